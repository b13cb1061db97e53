//! Dates in words and numbers: the one grammar for date lines of pages and for prose.
//!
//! ```text
//! text ──items──▶ words with roles ──rules──▶ DateExpression ──resolve(published)──▶ Resolution
//! ```
//!
//! | shape | example |
//! |---|---|
//! | day, month name, year | 18 سبتمبر 2023، 25 حزيران/يونيو 2024، ٢ كانون الثاني (يناير) ٢٠٢٤، الثامن عشر من غشت |
//! | English and French | `18th, September 2023 GMT`, `Monday, September 18, 2023`, `3 février 2021` |
//! | numbers | 2023-09-18T10:00, 18/09/2023, 18.9.2023, ١٥-٩-٢٠٢٣ |
//! | Hijri | 1 صفر 1445هـ الموافق 17 أغسطس 2023، شهر رمضان 1444 |
//! | weekday, relative day | الأربعاء، الجمعة المقبل، أمس الخميس، اليوم (الأحد)، أول أمس، قبل يومين |
//! | stretches | هذا الأسبوع، الشهر الماضي، مطلع الشهر، نهاية 2022، الربع الأول من 2023، القرن الثامن عشر، ثمانينيات القرن الماضي |
//! | ranges, lists | بين 10 و12 سبتمبر، من 10 سبتمبر إلى 3 أكتوبر 2023، بين 2003 و2011، الأعوام 2006 و2009 و2016 |
//!
//! Not attempted: years of two digits, days of Hijri months without their year,
//! years before Christ, seasons, «بعد يومين» (counted from the story, not from
//! the day of publication), vague stretches («الأيام الماضية»), durations.

mod calendar;
mod calendar_rules;
mod expression;
mod hijri;
mod item;
mod month_table;
mod parser;
mod resolve;
mod stretch_rules;
mod tail_rules;
mod umm_al_qura_table;
mod value;
mod word_table;
mod year_rules;

pub use calendar::{CalendarDate, Weekday, month_length};
pub use expression::{CalendarUnit, DateExpression, DateFlag, DateMeaning, Direction};
pub use hijri::HijriDate;
pub use resolve::{Anchor, DATE_RULES, Resolution, resolve};
pub use value::DateValue;

use super::ByteSpan;

/// Finds the first full date of a line: its span and its day.
///
/// ```
/// use kashshaf::text::date::find_date;
/// let (span, date) = find_date("تاريخ النشر: 18th, September 2023 GMT").unwrap();
/// assert_eq!(span.of("تاريخ النشر: 18th, September 2023 GMT"), "18th, September 2023 GMT");
/// assert_eq!(date.to_string(), "2023-09-18");
/// ```
#[must_use]
pub fn find_date(text: &str) -> Option<(ByteSpan, CalendarDate)> {
    dates_in(text)
        .into_iter()
        .filter(|found| !found.flags.contains(&DateFlag::MonthConflict))
        .find_map(|found| Some((found.span, found.day()?)))
}

/// Whether a date may start with a word whose letters are folded.
pub(crate) fn may_start_date(folded: &str) -> bool {
    item::may_start_date(folded)
}

/// Finds every date of a text, in order; no two overlap, none crosses a line break.
///
/// ```
/// use kashshaf::text::date::{CalendarDate, dates_in, resolve};
/// let text = "وصل أمس الخميس وغادر في 18 أيلول/سبتمبر 2023";
/// let found = dates_in(text);
/// assert_eq!(found[0].span.of(text), "أمس الخميس");
/// let published = CalendarDate::new(2023, 9, 15);
/// assert_eq!(resolve(&found[0], published).value.unwrap().to_string(), "2023-09-14");
/// assert_eq!(resolve(&found[0], None).value, None);
/// assert_eq!(resolve(&found[1], None).value.unwrap().to_string(), "2023-09-18");
/// ```
#[must_use]
pub fn dates_in(text: &str) -> Vec<DateExpression> {
    parser::Parser::new(text).run()
}

#[cfg(test)]
mod tests;
