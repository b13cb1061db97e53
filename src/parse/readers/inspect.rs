//! What a file holds, by its first bytes: for the step in which a reader says
//! which column is the title and which encoding the text is in.

use super::{RecordField, SourceFile};
use crate::parse::Encoding;
use crate::parse::encoding::decode;
use crate::parse::format::{FileFormat, format_of};

/// What the first bytes of a file tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Inspected {
    /// What it is.
    pub format: FileFormat,
    /// Its encoding.
    pub encoding: Encoding,
    /// How sure that is, 0..=1.
    pub encoding_confidence: f32,
    /// Columns or keys of its records.
    pub columns: Vec<Column>,
    /// Its first records: the beginning of each value, column by column.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table, or a key of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, as written.
    pub name: String,
    /// The field that it is taken for.
    pub field: Option<RecordField>,
    /// In how many of the first records it holds something.
    pub filled: usize,
}

/// Looks at the first bytes of a file.
#[must_use]
pub fn inspect(file: &SourceFile, head: &[u8]) -> Inspected {
    let format = file.format.unwrap_or_else(|| format_of(&file.name, head));
    let (text, found, _) = decode(head).unwrap_or((String::new(), Encoding::Utf8, None));
    let delimiter = match format {
        FileFormat::Csv => Some(','),
        FileFormat::Tsv => Some('\t'),
        _ => None,
    };
    let mut lines = text.lines();
    let heading = lines.next().filter(|_| delimiter.is_some());
    let column = |name: &str| Column {
        name: name.to_owned(),
        field: RecordField::from_name(name),
        filled: 0,
    };
    Inspected {
        format,
        encoding: file.encoding.unwrap_or(found),
        encoding_confidence: 1.0,
        columns: heading
            .into_iter()
            .flat_map(|heading| heading.split(delimiter.unwrap_or(',')))
            .map(column)
            .collect(),
        rows: Vec::new(),
    }
}
