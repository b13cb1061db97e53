//! How the records of a source are read: encoding, delimiter, fields.

use super::SourceFile;
use super::field_name_table::FIELD_NAMES;
use super::fields::{ChosenFields, RecordField};
use super::sample::sample;
use crate::parse::Encoding;
use crate::parse::detection::detect_with_confidence;
use crate::parse::encoding::{ReadWarning, byte_order_mark};
use crate::parse::format::FileFormat;
use crate::text::fold::folded_letters;

/// Bytes at the start of a file by which it is decided how it is read.
pub(super) const PLAN_BYTES: usize = 64 << 10;

/// How the records of a source are read.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    pub(super) encoding: Encoding,
    pub(super) encoding_confidence: f32,
    pub(super) delimiter: u8,
    /// The first row names the columns.
    pub(super) has_heading: bool,
    /// Names of columns or keys, in the order in which the first records have them.
    pub(super) columns: Vec<String>,
    /// Their values in the first records.
    pub(super) rows: Vec<Vec<String>>,
    chosen: ChosenFields,
    /// Column that is the text although its name does not say so.
    body: Option<String>,
}

/// A field, and how likely the name is for it: the lowest rank wins.
pub(super) type Meaning = (RecordField, u16);

impl Plan {
    /// Makes a plan from the first bytes of a source.
    pub(super) fn new(format: FileFormat, head: &[u8], file: &SourceFile) -> Self {
        let head = head.get(..PLAN_BYTES).unwrap_or(head);
        let (marked, mark) = byte_order_mark(head);
        let rest = head.get(mark..).unwrap_or_default();
        let (encoding, encoding_confidence) = match file.encoding.or(marked) {
            Some(encoding) => (encoding, 1.0),
            None => detect_with_confidence(rest),
        };
        let text = super::transcode::decode_lossily(rest, encoding);
        let found = sample(format, &text);
        let mut plan = Self {
            encoding,
            encoding_confidence,
            delimiter: found.delimiter,
            has_heading: true,
            columns: found.columns,
            rows: found.rows,
            chosen: file.fields.clone(),
            body: None,
        };
        if matches!(format, FileFormat::Csv | FileFormat::Tsv) {
            plan.has_heading = plan.looks_like_heading();
            if !plan.has_heading {
                let first = std::mem::take(&mut plan.columns);
                plan.columns = (1..=first.len()).map(|number| number.to_string()).collect();
                plan.rows.insert(0, first);
            }
        }
        plan.body = plan.longest_column();
        plan
    }

    /// The field that a column is taken for.
    pub(super) fn meaning(&self, column: &str) -> Option<Meaning> {
        for (field, columns) in &self.chosen {
            // Chosen columns are all wanted: they share the lowest rank.
            if columns.iter().any(|chosen| chosen == column) {
                return Some((*field, 0));
            }
        }
        let (field, rank) = if self.body.as_deref() == Some(column) {
            (RecordField::Body, 1)
        } else {
            guess(column)?
        };
        let is_chosen = self.chosen.iter().any(|(chosen, _)| *chosen == field);
        (!is_chosen).then_some((field, rank))
    }

    /// Whether a column has its meaning by its name, or was chosen for it.
    pub(super) fn is_named(&self, column: &str) -> bool {
        let is_guess = self.body.as_deref() == Some(column);
        self.meaning(column)
            .is_some_and(|(_, rank)| rank == 0 || !is_guess)
    }

    /// What is to be said of the first record: its text was looked for by length alone.
    pub(super) fn guess_warning(&self) -> Option<ReadWarning> {
        let body = self.body.as_deref()?;
        let is_taken = self.meaning(body).is_some_and(|(_, rank)| rank == 1);
        is_taken.then_some(ReadWarning::ColumnGuessed)
    }

    /// Whether something that lies in the object under this key is wanted.
    pub(super) fn has_below(&self, key: &str) -> bool {
        let below = |name: &String| {
            let rest = name.strip_prefix(key);
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        let chosen = self.chosen.iter().flat_map(|(_, columns)| columns);
        chosen.chain(&self.body).any(below)
    }

    /// Whether the first row holds names rather than values.
    fn looks_like_heading(&self) -> bool {
        const MOST_CHARS: usize = 60;
        let known = self.columns.iter().any(|name| self.meaning(name).is_some());
        let short = self
            .columns
            .iter()
            .all(|name| name.chars().count() <= MOST_CHARS && !name.trim().is_empty());
        known
            || (short
                && self
                    .rows
                    .iter()
                    .flatten()
                    .any(|value| value.chars().count() > MOST_CHARS))
    }

    /// The column with the longest texts, where no name says which is the text.
    fn longest_column(&self) -> Option<String> {
        let is_named = |name: &String| {
            self.meaning(name)
                .is_some_and(|(field, _)| field == RecordField::Body)
        };
        if self.columns.iter().any(is_named) {
            return None;
        }
        let length = |at: usize| -> usize {
            let values = self.rows.iter().filter_map(|row| row.get(at));
            values
                .map(|value| value.chars().filter(|c| c.is_alphabetic()).count())
                .sum()
        };
        let free = |at: &usize| {
            self.columns
                .get(*at)
                .is_some_and(|name| self.meaning(name).is_none())
        };
        let longest = (0..self.columns.len())
            .filter(free)
            .max_by_key(|&at| (length(at), std::cmp::Reverse(at)))?;
        self.columns
            .get(longest)
            .filter(|_| length(longest) > 0)
            .cloned()
    }
}

/// The field that a name says, by the table.
pub(super) fn guess(column: &str) -> Option<Meaning> {
    let mut key = folded_letters(column.trim());
    key.retain(char::is_alphanumeric);
    FIELD_NAMES.iter().find_map(|(field, names)| {
        let at = names.iter().position(|name| *name == key)?;
        Some((*field, u16::try_from(at + 1).unwrap_or(u16::MAX)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_table_are_folded() {
        for (_, names) in FIELD_NAMES {
            for name in *names {
                let mut key = folded_letters(name);
                key.retain(char::is_alphanumeric);
                assert_eq!(key, *name);
            }
        }
    }

    #[test]
    fn fields_are_guessed_and_chosen() {
        let head =
            "العنوان;نص الخبر;تاريخ_النشر;رابط\nخبر;قال الوزير إن;2020-01-02;http://a.example\n";
        let mut file = SourceFile::new(0, "a.csv", 0);
        let plan = Plan::new(FileFormat::Csv, head.as_bytes(), &file);
        assert_eq!((plan.delimiter, plan.has_heading), (b';', true));
        let found: Vec<_> = plan
            .columns
            .iter()
            .map(|c| plan.meaning(c).map(|m| m.0))
            .collect();
        use RecordField::{Body, Date, Title, Url};
        assert_eq!(found, [Some(Title), Some(Body), Some(Date), Some(Url)]);
        file.fields = vec![(Body, vec!["العنوان".to_owned()])];
        let plan = Plan::new(FileFormat::Csv, head.as_bytes(), &file);
        let found: Vec<_> = plan
            .columns
            .iter()
            .map(|c| plan.meaning(c).map(|m| m.0))
            .collect();
        assert_eq!(found, [Some(Body), None, Some(Date), Some(Url)]);
    }

    #[test]
    fn a_table_without_names_has_its_text_in_the_longest_column() {
        let head = "1\tقال الوزير إن المشروع الجديد سوف يبدأ في العام المقبل وإن الحكومة وافقت عليه\n2\tنص آخر\n";
        let plan = Plan::new(
            FileFormat::Tsv,
            head.as_bytes(),
            &SourceFile::new(0, "a.tsv", 0),
        );
        assert!(!plan.has_heading);
        assert_eq!(plan.columns, ["1", "2"]);
        assert_eq!(plan.meaning("2"), Some((RecordField::Body, 1)));
    }
}
