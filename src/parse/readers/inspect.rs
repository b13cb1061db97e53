//! What a file holds, by its first bytes: for the step in which a reader says
//! which column is the title and which encoding the text is in.

use super::plan::Plan;
use super::transcode::decode_lossily;
use super::{RecordField, SourceFile};
use crate::parse::Encoding;
use crate::parse::encoding::byte_order_mark;
use crate::parse::format::{FileFormat, format_of};

/// Characters of the beginning of a text that are shown.
const SHOWN_CHARS: usize = 600;

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
    /// The first characters of it as a text, at most 600.
    pub beginning: String,
    /// Its first records: the beginning of each value, column by column.
    pub rows: Vec<Vec<String>>,
}

/// A column of a table, or a key of records.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its name, as written; of a column without one, its number.
    pub name: String,
    /// The field that it is taken for.
    pub field: Option<RecordField>,
    /// Whether its name says so, or it was chosen, rather than that its texts are the longest.
    pub named: bool,
    /// In how many of the first records it holds something.
    pub filled: usize,
}

/// Looks at the first bytes of a file.
#[must_use]
pub fn inspect(file: &SourceFile, head: &[u8]) -> Inspected {
    let format = file.format.unwrap_or_else(|| format_of(&file.name, head));
    let plan = Plan::new(format, head, file);
    let (_, mark) = byte_order_mark(head);
    let text = decode_lossily(
        head.get(mark..mark + 4 * SHOWN_CHARS)
            .or(head.get(mark..))
            .unwrap_or_default(),
        plan.encoding,
    );
    let filled = |at: usize| {
        let values = plan.rows.iter().filter_map(|row| row.get(at));
        values.filter(|value| !value.trim().is_empty()).count()
    };
    Inspected {
        format,
        encoding: plan.encoding,
        encoding_confidence: plan.encoding_confidence,
        columns: plan
            .columns
            .iter()
            .enumerate()
            .map(|(at, name)| Column {
                name: name.clone(),
                field: plan.meaning(name).map(|(field, _)| field),
                named: plan.is_named(name),
                filled: filled(at),
            })
            .collect(),
        beginning: text.chars().take(SHOWN_CHARS).collect(),
        rows: plan.rows,
    }
}
