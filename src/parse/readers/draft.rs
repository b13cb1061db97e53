//! A record on its way: values by field, then a text.

use super::context::problem;
use super::fields::RecordField;
use super::html;
use super::plan::Meaning;
use super::source::Identity;
use crate::parse::encoding::ReadWarning;
use crate::parse::given::{GivenDate, GivenOrigin};
use crate::parse::record::{Layout, Problem, Record};
use crate::parse::{Encoding, Given};
use crate::text::date::{CalendarDate, find_date};
use std::borrow::Cow;

/// A value of a record.
#[derive(Clone, Debug)]
pub(super) enum Value<'a> {
    Text(Cow<'a, str>),
    List(Vec<String>),
}

impl Value<'_> {
    fn into_text(self, between: &str) -> String {
        match self {
            Self::Text(text) => text.into_owned(),
            Self::List(items) => items.join(between),
        }
    }

    /// The items of a list; of a text, what commas or semicolons part.
    fn into_items(self) -> Vec<String> {
        let items = match self {
            Self::List(items) => items,
            Self::Text(text) => text
                .split([',', '،', ';', '؛', '|', '\n'])
                .map(ToOwned::to_owned)
                .collect(),
        };
        let trimmed = items.iter().map(|item| item.trim());
        let kept = trimmed.filter(|item| !item.is_empty());
        kept.map(ToOwned::to_owned).collect()
    }
}

/// Values of a record by field.
#[derive(Debug, Default)]
pub(super) struct Draft<'a> {
    values: [Option<(u16, Value<'a>)>; RecordField::ALL.len()],
}

/// What is known of the bytes of a record.
pub(super) struct Bytes {
    pub(super) digest: [u8; 32],
    pub(super) length: u64,
    pub(super) encoding: Encoding,
    pub(super) warning: Option<ReadWarning>,
}

impl<'a> Draft<'a> {
    /// Takes a value; of several for a field, the one with the likeliest name
    /// counts, and chosen ones (rank 0) are joined.
    pub(super) fn put(&mut self, (field, rank): Meaning, value: Value<'a>) {
        let Some(slot) = self.values.get_mut(field as usize) else {
            return;
        };
        match slot {
            Some((0, there)) if rank == 0 => {
                let between = if field == RecordField::Body {
                    "\n\n"
                } else {
                    " "
                };
                let before = std::mem::replace(there, Value::List(Vec::new())).into_text(between);
                *there = Value::Text(Cow::Owned(before + between + &value.into_text(between)));
            }
            Some((known, _)) if *known <= rank => {}
            _ => *slot = Some((rank, value)),
        }
    }

    /// Whether it has a text.
    pub(super) fn has_body(&self) -> bool {
        self.values
            .get(RecordField::Body as usize)
            .is_some_and(Option::is_some)
    }

    fn take(&mut self, field: RecordField) -> Option<Value<'a>> {
        let slot = self.values.get_mut(field as usize)?;
        slot.take().map(|(_, value)| value)
    }

    fn text(&mut self, field: RecordField, between: &str) -> Option<String> {
        let text = self.take(field)?.into_text(between);
        let trimmed = text.trim();
        if trimmed.is_empty() {
            None
        } else if trimmed.len() == text.len() {
            Some(text)
        } else {
            Some(trimmed.to_owned())
        }
    }

    /// The text of a record, and the fields beside it.
    pub(super) fn into_record(
        mut self,
        identity: &Identity,
        number: u64,
        bytes: Bytes,
    ) -> Result<Record, Problem> {
        let one_line = |text: String| {
            if text.contains(['\n', '\r']) {
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            } else {
                text
            }
        };
        let title = self.text(RecordField::Title, " ").map(one_line);
        let mut body = match self.take(RecordField::Body) {
            Some(Value::Text(text)) => text,
            Some(Value::List(items)) => Cow::Owned(items.join("\n")),
            None => Cow::Borrowed(""),
        };
        if html::is_markup(&body) {
            body = Cow::Owned(html::fragment_text(&body));
        }
        let description = self.text(RecordField::Description, " ");
        if title.is_none() && body.trim().is_empty() {
            return Err(problem(
                "record-without-text",
                "the record has no text and no title; choose which of its fields is the text",
            ));
        }
        let mut text = title.unwrap_or_default();
        let title_end = text.len();
        if body.trim().is_empty() {
            body = Cow::Borrowed("");
        }
        if !body.is_empty() {
            text.reserve_exact(body.len() + 1);
            if title_end > 0 {
                text.push('\n');
            }
            text.push_str(&body);
        }
        let length = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let layout = if title_end > 0 {
            Layout::Article {
                title_end: length(title_end),
            }
        } else {
            Layout::Split {
                main_end: length(text.len()),
            }
        };
        let given = Given {
            title: None,
            published: self
                .text(RecordField::Date, " ")
                .and_then(|raw| date_of(raw, GivenOrigin::Field)),
            outlets: self.text(RecordField::Outlet, " ").into_iter().collect(),
            authors: self
                .take(RecordField::Author)
                .map_or_else(Vec::new, Value::into_items),
            keywords: self
                .take(RecordField::Keywords)
                .map_or_else(Vec::new, Value::into_items),
            url: self
                .text(RecordField::Url, " ")
                .and_then(|url| web_address(&url)),
            description,
            id: self.text(RecordField::Id, " "),
        };
        Ok(Record {
            key: identity.key,
            name: format!("{}:{number}", identity.page_name),
            digest: bytes.digest,
            source_bytes: bytes.length,
            is_source: false,
            encoding: bytes.encoding,
            warning: bytes.warning,
            given,
            layout,
            text,
        })
    }
}

/// The day that words or a number of seconds (or milliseconds) since 1970 state.
pub(super) fn date_of(raw: String, origin: GivenOrigin) -> Option<GivenDate> {
    const DAY_SECONDS: i64 = 86_400;
    let seconds = || {
        let number: i64 = raw.parse().ok()?;
        let seconds = match raw.trim_start_matches('-').len() {
            9 | 10 => number,
            12 | 13 => number / 1_000,
            _ => return None,
        };
        let epoch = CalendarDate::new(1970, 1, 1)?;
        epoch.plus_days(i32::try_from(seconds.div_euclid(DAY_SECONDS)).ok()?)
    };
    let date = find_date(&raw).map(|(_, date)| date).or_else(seconds)?;
    Some(GivenDate { date, raw, origin })
}

/// An address of the web; anything else (`javascript:`, `data:`, a path) is none.
pub(super) fn web_address(text: &str) -> Option<String> {
    const MOST: usize = 4_096;
    let text = text.trim();
    let is_web = ["http://", "https://"].iter().any(|scheme| {
        let start = text.get(..scheme.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(scheme)) && text.len() > scheme.len()
    });
    let is_clean =
        !text.contains(|c: char| c.is_control() || c.is_whitespace() || "<>\"".contains(c));
    (is_web && is_clean && text.len() <= MOST).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_web_are_kept() {
        let cases = [
            ("https://a.example/خبر?x=1", true),
            (" HTTP://a.example ", true),
            ("javascript:alert(1)", false),
            ("data:text/html,x", false),
            ("//a.example", false),
            ("https://", false),
            ("https://a\n.example", false),
            ("https://a.example/\"onclick=", false),
        ];
        for (text, kept) in cases {
            assert_eq!(web_address(text).is_some(), kept, "{text}");
        }
    }

    #[test]
    fn dates_come_in_words_and_in_seconds() {
        let cases = [
            ("2015-08-09T12:00:00Z", Some("2015-08-09")),
            ("18 سبتمبر 2023", Some("2023-09-18")),
            ("1694995200", Some("2023-09-18")),
            ("1694995200000", Some("2023-09-18")),
            ("أمس", None),
            ("12345", None),
        ];
        for (raw, date) in cases {
            let found = date_of(raw.to_owned(), GivenOrigin::Field);
            assert_eq!(
                found.map(|found| found.date.to_string()).as_deref(),
                date,
                "{raw}"
            );
        }
    }
}
