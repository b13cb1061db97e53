//! The first records of a file: what its columns are called and hold.

use super::RecordField;
use super::json_record::{flat_values, longest_list};
use super::plan::guess;
use crate::parse::format::FileFormat;

/// Records that are looked at.
const RECORDS: usize = 5;
/// Characters of a value that are shown.
const VALUE_CHARS: usize = 200;

/// The first records of a file.
#[derive(Debug, Default)]
pub(super) struct Sample {
    pub(super) delimiter: u8,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Vec<String>>,
}

impl Sample {
    /// Takes an object as the next row.
    fn take(&mut self, values: &[(String, String)]) {
        for (key, _) in values {
            if !self.columns.contains(key) {
                self.columns.push(key.clone());
            }
        }
        let value_of = |column: &String| {
            let value = values.iter().find(|(key, _)| key == column);
            value.map_or_else(String::new, |(_, value)| shown(value))
        };
        let row = self.columns.iter().map(value_of).collect();
        self.rows.push(row);
    }
}

/// Looks at the first records; the text may be cut off anywhere.
pub(super) fn sample(format: FileFormat, text: &str) -> Sample {
    match format {
        FileFormat::Tsv => table(text, b'\t'),
        FileFormat::Csv => {
            let tables = [b',', b';', b'\t', b'|'].map(|delimiter| table(text, delimiter));
            let columns = |table: &Sample| {
                // Every row has as many cells as the first, and more than one.
                let width = table.columns.len();
                let even = table.rows.iter().filter(|row| row.len() == width).count();
                if width > 1 {
                    (even + 1) * 100 + width
                } else {
                    0
                }
            };
            let mut tables = tables.into_iter();
            let first = tables.next().unwrap_or_default();
            tables.fold(first, |best, table| {
                if columns(&table) > columns(&best) {
                    table
                } else {
                    best
                }
            })
        }
        FileFormat::Jsonl | FileFormat::Json => objects(text),
        _ => Sample::default(),
    }
}

fn shown(value: &str) -> String {
    value.chars().take(VALUE_CHARS).collect()
}

fn table(text: &str, delimiter: u8) -> Sample {
    let mut reader = csv_core::ReaderBuilder::new().delimiter(delimiter).build();
    let mut found = Sample {
        delimiter,
        ..Sample::default()
    };
    let mut rest = text.as_bytes();
    let mut output = vec![0; text.len() + 1];
    let mut ends = vec![0; text.len() + 1];
    for number in 0..=RECORDS {
        let (result, used, _, cells) = reader.read_record(rest, &mut output, &mut ends);
        rest = rest.get(used..).unwrap_or_default();
        // The last row may be cut off; of a short file it is all there is.
        let is_whole = matches!(result, csv_core::ReadRecordResult::Record)
            || (matches!(result, csv_core::ReadRecordResult::InputEmpty) && used > 0);
        if !is_whole {
            break;
        }
        let cells = if matches!(result, csv_core::ReadRecordResult::InputEmpty) {
            let written = output.get(..).unwrap_or_default();
            let (_, _, _, more) = reader.read_record(
                &[],
                &mut vec![0; written.len()],
                ends.get_mut(cells..).unwrap_or_default(),
            );
            cells + more
        } else {
            cells
        };
        let mut start = 0;
        let row = ends.iter().take(cells).map(|&end| {
            let cell = output.get(start..end).unwrap_or_default();
            start = end;
            String::from_utf8_lossy(cell).into_owned()
        });
        if number == 0 {
            found.columns = row.map(|name| name.trim().to_owned()).collect();
        } else {
            found.rows.push(row.map(|value| shown(&value)).collect());
        }
        if rest.is_empty() {
            break;
        }
    }
    found
}

/// Keys and values of the first objects, wherever they begin.
fn objects(text: &str) -> Sample {
    let mut found = Sample::default();
    let mut rest = text;
    // The list may lie in an object: the first `{` that opens a whole object with a text counts.
    while found.rows.len() < RECORDS {
        let Some(start) = rest.find('{') else { break };
        rest = rest.get(start..).unwrap_or_default();
        let mut values =
            serde_json::Deserializer::from_str(rest).into_iter::<&serde_json::value::RawValue>();
        let whole = values.next().and_then(Result::ok);
        let Some(object) = whole else {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        };
        rest = rest.get(object.get().len()..).unwrap_or_default();
        let values = flat_values(object.get());
        let is_body = |key: &str| guess(key).is_some_and(|(field, _)| field == RecordField::Body);
        // An object without a text may hold the list of records.
        let list = if values.iter().any(|(key, _)| is_body(key)) {
            Vec::new()
        } else {
            longest_list(object.get())
        };
        if list.is_empty() {
            found.take(&values);
        }
        let missing = RECORDS.saturating_sub(found.rows.len());
        for element in list.iter().take(missing) {
            found.take(&flat_values(element.get()));
        }
    }
    let width = found.columns.len();
    for row in &mut found.rows {
        row.resize(width, String::new());
    }
    found
}
