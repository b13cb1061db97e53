//! Calendar dates written out in full: a day, a month and a year.
//!
//! | shape | example |
//! |---|---|
//! | day, month name, year | 18 سبتمبر 2023، 25 حزيران/يونيو 2024، ٢ كانون الثاني/يناير ٢٠٢٤ |
//! | English ordinal | `18th, September 2023`, `September 18, 2023` |
//! | numbers | 2023-09-18, 18/09/2023, 18.9.2023 |
//!
//! In numbers the year stands first or last; between the other two the day
//! comes first unless only the other order is a date. Not attempted here:
//! Hijri dates, weekdays, relative dates («أمس»), dates without a year.

use super::fold::folded_letters;
use super::month_table::MONTHS;
use super::{ByteSpan, Token, TokenKind, tokenize};

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CalendarDate {
    /// Year, 1000..=2999.
    pub year: u16,
    /// Month, 1..=12.
    pub month: u8,
    /// Day, 1..=31.
    pub day: u8,
}

impl CalendarDate {
    /// Makes a date if that day exists.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
        let length = match month {
            1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
            4 | 6 | 9 | 11 => 30,
            2 if leap => 29,
            2 => 28,
            _ => return None,
        };
        let exists = (1..=length).contains(&day) && (1000..3000).contains(&year);
        exists.then_some(Self { year, month, day })
    }
}

impl std::fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Finds the first full date of `text`: its span and its day.
///
/// ```
/// use kashshaf::text::date::find_date;
/// let (span, date) = find_date("تاريخ النشر: 18th, September 2023 GMT").unwrap();
/// assert_eq!(span.of("تاريخ النشر: 18th, September 2023 GMT"), "18th, September 2023");
/// assert_eq!(date.to_string(), "2023-09-18");
/// ```
#[must_use]
pub fn find_date(text: &str) -> Option<(ByteSpan, CalendarDate)> {
    let reader = Reader::new(text);
    (0..reader.tokens.len()).find_map(|at| reader.date_at(at))
}

/// The tokens of a text with their folded forms.
struct Reader<'a> {
    text: &'a str,
    tokens: Vec<Token>,
    folded: Vec<String>,
}

impl<'a> Reader<'a> {
    fn new(text: &'a str) -> Self {
        let tokens: Vec<Token> = tokenize(text).collect();
        let folded = tokens
            .iter()
            .map(|token| folded_letters(token.span.of(text)))
            .collect();
        Self {
            text,
            tokens,
            folded,
        }
    }

    fn date_at(&self, at: usize) -> Option<(ByteSpan, CalendarDate)> {
        let (end, date) = self
            .dotted(at)
            .or_else(|| self.numeric(at))
            .or_else(|| self.day_first(at))
            .or_else(|| self.month_first(at))?;
        let start = self.tokens.get(at)?.span.start;
        let end = self.tokens.get(end.checked_sub(1)?)?.span.end;
        Some((ByteSpan { start, end }, date))
    }

    /// `18.9.2023`, which the tokeniser keeps as one number.
    fn dotted(&self, at: usize) -> Option<(usize, CalendarDate)> {
        let parts: Vec<&str> = self.folded.get(at)?.split('.').collect();
        let &[a, b, c] = parts.as_slice() else {
            return None;
        };
        Some((at + 1, from_numbers(a, b, c)?))
    }

    /// `2023-09-18`, `18/09/2023`: three numbers with one separator between each.
    fn numeric(&self, at: usize) -> Option<(usize, CalendarDate)> {
        let separated = |i: usize| matches!(self.gap(i), Some("-" | "/" | "\u{2013}" | "\\"));
        if !separated(at) || !separated(at + 1) {
            return None;
        }
        let date = from_numbers(
            self.folded.get(at)?,
            self.folded.get(at + 1)?,
            self.folded.get(at + 2)?,
        )?;
        Some((at + 3, date))
    }

    /// `18th, September 2023`, `18 سبتمبر 2023`, `25 حزيران/يونيو 2024`.
    fn day_first(&self, at: usize) -> Option<(usize, CalendarDate)> {
        let day = self.number(at, 31)?;
        let mut next = at + 1;
        let ordinal = matches!(
            self.folded.get(next).map(String::as_str),
            Some("st" | "nd" | "rd" | "th")
        );
        if ordinal && self.gap(at) == Some("") {
            next += 1;
        }
        let (mut next, month) = self.month(next)?;
        // A second name of the same month after a slash.
        if let Some((after, same)) = self
            .month(next)
            .filter(|_| self.gap_is(next - 1, &["/", "-", "("]))
        {
            if same != month {
                return None;
            }
            next = after;
        }
        let year = self.year(next)?;
        Some((next + 1, CalendarDate::new(year, month, day)?))
    }

    /// `September 18, 2023`.
    fn month_first(&self, at: usize) -> Option<(usize, CalendarDate)> {
        let (next, month) = self.month(at)?;
        let day = self.number(next, 31)?;
        let mut next = next + 1;
        if matches!(
            self.folded.get(next).map(String::as_str),
            Some("st" | "nd" | "rd" | "th")
        ) {
            next += 1;
        }
        let year = self.year(next)?;
        Some((next + 1, CalendarDate::new(year, month, day)?))
    }

    fn number(&self, at: usize, most: u8) -> Option<u8> {
        let token = self
            .tokens
            .get(at)
            .filter(|t| t.kind == TokenKind::Number)?;
        let value: u8 = self.folded.get(at)?.parse().ok()?;
        (token.span.len() <= 4 && (1..=most).contains(&value)).then_some(value)
    }

    fn year(&self, at: usize) -> Option<u16> {
        let word = self.folded.get(at).filter(|w| w.chars().count() == 4)?;
        word.parse().ok().filter(|year| (1000..3000).contains(year))
    }

    /// The month named at `at`, by one word or two, and the token after it.
    fn month(&self, at: usize) -> Option<(usize, u8)> {
        let first = self.folded.get(at)?;
        let two = self
            .folded
            .get(at + 1)
            .map(|second| format!("{first} {second}"));
        let named = |name: &str| {
            MONTHS
                .iter()
                .find(|(n, _)| *n == name)
                .map(|&(_, month)| month)
        };
        if let Some(month) = two.as_deref().and_then(named) {
            return Some((at + 2, month));
        }
        named(first).map(|month| (at + 1, month))
    }

    /// The text between token `at` and the next.
    fn gap(&self, at: usize) -> Option<&'a str> {
        let start = self.tokens.get(at)?.span.end as usize;
        let end = self.tokens.get(at + 1)?.span.start as usize;
        self.text.get(start..end)
    }

    fn gap_is(&self, at: usize, allowed: &[&str]) -> bool {
        self.gap(at)
            .is_some_and(|gap| allowed.contains(&gap.trim()))
    }
}

/// Reads three numbers as a date: the year first or last, else no date.
fn from_numbers(a: &str, b: &str, c: &str) -> Option<CalendarDate> {
    let number = |s: &str| s.parse::<u16>().ok();
    let (first, second, third) = (number(a)?, number(b)?, number(c)?);
    let small = |n: u16| u8::try_from(n).ok();
    match (a.len(), c.len()) {
        (4, _) => CalendarDate::new(first, small(second)?, small(third)?),
        (_, 4) => CalendarDate::new(third, small(second)?, small(first)?)
            .or_else(|| CalendarDate::new(third, small(first)?, small(second)?)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_every_shape_are_read() {
        let cases = [
            ("تاريخ النشر: 18th, September 2023 GMT", Some("2023-09-18")),
            ("15th, September 2023 GMT", Some("2023-09-15")),
            ("في 2 كانون الثاني/يناير 2024\" قائلا", Some("2024-01-02")),
            ("25 حزيران/يونيو 2024", Some("2024-06-25")),
            ("٢٥ يونيو ٢٠٢٤", Some("2024-06-25")),
            ("الاثنين 18 سبتمبر 2023 - 10:30", Some("2023-09-18")),
            ("03 غشت 2021", Some("2021-08-03")),
            ("12 جويلية 2020", Some("2020-07-12")),
            ("September 18, 2023", Some("2023-09-18")),
            ("Sep 3rd, 2023", Some("2023-09-03")),
            ("2023-09-18T10:00:00Z", Some("2023-09-18")),
            ("18/09/2023", Some("2023-09-18")),
            ("09/18/2023", Some("2023-09-18")),
            ("18.9.2023", Some("2023-09-18")),
            ("31 فبراير 2023", None),
            ("25 حزيران/يوليو 2024", None),
            ("في الأعوام 2006 و2009 و2016", None),
            ("75 عاما", None),
            ("أمس الخميس", None),
            ("", None),
        ];
        for (text, expected) in cases {
            let found = find_date(text).map(|(_, date)| date.to_string());
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
