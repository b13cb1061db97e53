//! Conditions on documents: outlet, date, keyword, role, page.

use crate::analysis::fold::letters_key;
use crate::index::{Column, DocumentId, Documents, FormId, Index, Values};
use crate::parse::Role;
use crate::text::date::CalendarDate;
use crate::text::fold::fold_letter;

/// A condition on documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Filter {
    /// One of its outlets contains this, letters folded.
    Outlet(String),
    /// One of its keywords contains this, letters folded.
    Keyword(String),
    /// Its page's name contains this, letters folded, or its page's id is this.
    Page(String),
    /// Its role is this; `None`: a page without an article.
    Role(Option<Role>),
    /// It was published on one of these days, both included, as `2023-09-01`.
    Date(String, String),
}

/// First and last days there are, for ranges that are open on one side.
const DAYS: (&str, &str) = ("0000-01-01", "9999-12-31");

impl Filter {
    /// The condition that a field of a query states; `None` for a value that it cannot have.
    #[must_use]
    pub fn new(field: &str, value: &str) -> Option<Self> {
        let folded = letters_key(value.trim());
        if folded.is_empty() {
            return None;
        }
        Some(match field {
            "outlet" => Self::Outlet(folded),
            "keyword" => Self::Keyword(folded),
            "page" => Self::Page(folded),
            "role" => Self::Role(match value.trim() {
                "main" => Some(Role::Main),
                "embedded" => Some(Role::Embedded),
                "none" => None,
                _ => return None,
            }),
            _ => {
                let folded: String = value
                    .chars()
                    .map(|c| fold_letter(c).to_ascii_lowercase())
                    .collect();
                let (from, to) = days(folded.trim())?;
                Self::Date(from, to)
            }
        })
    }

    /// Whether a document fulfils it.
    #[must_use]
    pub fn holds(&self, index: &Index, documents: &Documents<'_>, document: DocumentId) -> bool {
        // Of a page, what its first article states.
        let article = documents.articles_of(document).next();
        if let Self::Role(role) = self {
            let article = article.and_then(|article| index.articles().get(article as usize));
            return article.map(|article| article.role) == *role;
        }
        let contains = |text: &str, part: &str| letters_key(text).contains(part);
        let within = |day: CalendarDate, (from, to): (&str, &str)| {
            let day = day.to_string();
            *from <= *day && *day <= *to
        };
        let written = self
            .column()
            .and_then(|column| index.written_columns(column));
        if let Some((columns, _)) = written {
            let article = article.unwrap_or(u32::MAX);
            let names = |values: &Values, part: &str| {
                let mut names = values.of(article).iter();
                names.any(|&name| contains(values.names().form(FormId(name)), part))
            };
            return match self {
                Self::Outlet(part) => names(&columns.outlets, part),
                Self::Keyword(part) => names(&columns.keywords, part),
                Self::Date(from, to) => {
                    let day = columns.days.get(article as usize).copied().flatten();
                    day.is_some_and(|day| within(day, (from, to)))
                }
                Self::Page(_) | Self::Role(_) => false,
            };
        }
        let Some(page) = index.page(documents.page(document)) else {
            return false;
        };
        let number = article.map_or(0, |article| {
            article.saturating_sub(page.articles.start) as usize
        });
        let facts = index.facts(page);
        let any = |texts: &[String], part: &str| texts.iter().any(|text| contains(text, part));
        match self {
            Self::Outlet(part) => any(&facts.outlets_of(number), part),
            Self::Keyword(part) => any(&facts.keywords_of(number), part),
            Self::Page(part) => contains(&page.page.name, part) || page.page.id() == *part,
            Self::Role(_) => false,
            Self::Date(from, to) => {
                let day = facts.day_of(number);
                day.is_some_and(|day| within(day, (from, to)))
            }
        }
    }

    /// The column that tells whether a document fulfils it.
    fn column(&self) -> Option<Column> {
        match self {
            Self::Outlet(_) => Some(Column::Outlets),
            Self::Keyword(_) => Some(Column::Keywords),
            Self::Date(..) => Some(Column::Days),
            Self::Page(_) | Self::Role(_) => None,
        }
    }
}

/// Reads `2023`, `2023-09`, `2023-09-18`, `[… TO …]` and `…..…` as first and last day.
fn days(text: &str) -> Option<(String, String)> {
    let inside = text
        .strip_prefix('[')
        .map(|rest| rest.strip_suffix(']').unwrap_or(rest));
    let range = inside.unwrap_or(text);
    let (from, to) = match range.split_once(" to ").or_else(|| range.split_once("..")) {
        Some((from, to)) => (from.trim(), to.trim()),
        None => (range.trim(), range.trim()),
    };
    let open = |day: &str| day.is_empty() || day == "*";
    let first = if open(from) {
        DAYS.0.to_owned()
    } else {
        completed(from, DAYS.0)?
    };
    let last = if open(to) {
        DAYS.1.to_owned()
    } else {
        completed(to, "9999-12-31")?
    };
    (first <= last).then_some((first, last))
}

/// A day whose missing month or day is that of `edge`.
fn completed(day: &str, edge: &str) -> Option<String> {
    let pieces: Vec<&str> = day.split('-').collect();
    let widths = [4, 2, 2];
    let fits = pieces.len() <= 3
        && pieces.iter().zip(widths).all(|(piece, width)| {
            piece.len() == width && piece.bytes().all(|b| b.is_ascii_digit())
        });
    let number = |at: usize| {
        pieces
            .get(at)
            .map_or(Some(1), |piece| piece.parse::<u32>().ok())
    };
    let in_year = number(1).is_some_and(|m| (1..=12).contains(&m))
        && number(2).is_some_and(|d| (1..=31).contains(&d));
    let missing = edge.get(day.len()..)?;
    (fits && in_year).then(|| format!("{day}{missing}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_ranges() {
        let cases = [
            ("2023", Some(("2023-01-01", "2023-12-31"))),
            ("٢٠٢٣-٠٩", Some(("2023-09-01", "2023-09-31"))),
            ("2023-09-18", Some(("2023-09-18", "2023-09-18"))),
            (
                "[2023-09-01 TO 2023-09-30]",
                Some(("2023-09-01", "2023-09-30")),
            ),
            ("2023-08..2023-09-10", Some(("2023-08-01", "2023-09-10"))),
            ("[2023 TO *]", Some(("2023-01-01", "9999-12-31"))),
            ("..2022", Some(("0000-01-01", "2022-12-31"))),
            ("[2023-10 TO 2023-09]", None),
            ("2023-13", None),
            ("23", None),
            ("2023-9", None),
            ("2023-09-18-01", None),
            ("أمس", None),
        ];
        for (text, expected) in cases {
            let expected = expected.map(|(from, to)| Filter::Date(from.to_owned(), to.to_owned()));
            assert_eq!(Filter::new("date", text), expected, "{text}");
        }
        assert_eq!(
            Filter::new("role", "main"),
            Some(Filter::Role(Some(Role::Main)))
        );
        assert_eq!(Filter::new("role", "chief"), None);
        assert_eq!(Filter::new("outlet", " "), None);
    }
}
