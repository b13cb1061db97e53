//! From what the words say to the days they mean, seen from the day of publication.
//!
//! | words | rule | seen from Friday 2023-09-15 |
//! |---|---|---|
//! | «أمس», «قبل يومين» | that many days back | 2023-09-14, 2023-09-13 |
//! | «الأربعاء» | the last one, today included | 2023-09-13 |
//! | «الجمعة الماضي» | the last one before today | 2023-09-08 |
//! | «هذا الأسبوع» | the ISO week | 2023-W37 |
//! | «سبتمبر الماضي» | the last one before this month | 2022-09 |
//! | «25 حزيران» | the nearest of its years, a day to come counting as twice as far | 2023-06-25 |
//!
//! Without a day of publication only what the words say themselves has a value.

use super::calendar::{CalendarDate, Weekday, month_length};
use super::expression::{CalendarUnit, DateExpression, DateFlag, DateMeaning, Direction};
use super::hijri::HijriDate;
use super::value::DateValue;
use crate::sorting::Arrange;

/// What a value rests on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Anchor {
    /// The words name the time in full.
    Explicit,
    /// The article's own date of publication.
    Published,
}

impl Anchor {
    /// `explicit`, `published`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Explicit => "explicit",
            Self::Published => "published",
        }
    }
}

/// Codes of every rule that can give a value, and of none.
pub const DATE_RULES: [&str; 15] = [
    "explicit",
    "no-anchor",
    "same-day",
    "days-before",
    "days-after",
    "last-weekday",
    "weekday-before",
    "weekday-after",
    "weekday-of-week",
    "unit",
    "nearest-year",
    "nearest-hijri-year",
    "day-of-month",
    "share-of-year",
    "decade",
];

/// The value of a date expression and how it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resolution {
    /// The time meant; `None` without a day to count from.
    pub value: Option<DateValue>,
    /// What the value rests on; `None` when there is none.
    pub anchor: Option<Anchor>,
    /// Code of the rule, one of [`DATE_RULES`].
    pub rule: &'static str,
    /// What a reader should know, in the order of the enumeration.
    pub flags: Vec<DateFlag>,
}

/// Resolves an expression against the day its article was published.
#[must_use]
pub fn resolve(expression: &DateExpression, published: Option<CalendarDate>) -> Resolution {
    let mut flags = expression.flags.clone();
    if let DateMeaning::Fixed(value) = expression.meaning {
        flags.arrange();
        return Resolution {
            value: Some(value),
            anchor: Some(Anchor::Explicit),
            rule: "explicit",
            flags,
        };
    }
    let counted = published.and_then(|today| count(expression.meaning, today, &mut flags));
    if let (Some(named), Some((DateValue::Day(day), _))) = (expression.weekday, counted)
        && day.weekday() != named
        && !flags.contains(&DateFlag::WeekdayConflict)
    {
        flags.push(DateFlag::WeekdayConflict);
    }
    flags.arrange();
    match counted {
        Some((value, rule)) => Resolution {
            value: Some(value),
            anchor: Some(Anchor::Published),
            rule,
            flags,
        },
        None => Resolution {
            value: None,
            anchor: None,
            rule: "no-anchor",
            flags,
        },
    }
}

fn count(
    meaning: DateMeaning,
    today: CalendarDate,
    flags: &mut Vec<DateFlag>,
) -> Option<(DateValue, &'static str)> {
    match meaning {
        DateMeaning::Fixed(value) => Some((value, "explicit")),
        DateMeaning::Days(days) => {
            let rule = match days {
                0 => "same-day",
                days if days < 0 => "days-before",
                _ => "days-after",
            };
            Some((DateValue::Day(today.plus_days(days)?), rule))
        }
        DateMeaning::Weekday(weekday, direction) => weekday_near(weekday, direction, today),
        DateMeaning::Units(unit, offset) => Some((unit_near(unit, offset, today)?, "unit")),
        DateMeaning::DayOfMonth {
            month,
            day,
            last_day,
            direction,
        } => {
            let first = year_near(direction, today, |year| CalendarDate::new(year, month, day))?;
            if !matches!(direction, Direction::Years(_)) {
                flags.push(DateFlag::YearAssumed);
            }
            let value = match last_day {
                Some(last) => DateValue::Days(first, CalendarDate::new(first.year, month, last)?),
                None => DateValue::Day(first),
            };
            Some((value, "nearest-year"))
        }
        DateMeaning::DayOfRelativeMonth { day, months } => {
            let (year, month) = month_near(today, months)?;
            Some((
                DateValue::Day(CalendarDate::new(year, month, day)?),
                "day-of-month",
            ))
        }
        DateMeaning::Month(month, direction) => {
            // The middle of the month, so that the present month is the nearest.
            let middle = |year| CalendarDate::new(year, month, 15);
            let present = CalendarDate::new(today.year, today.month, 15)?;
            let near = year_near(direction, present, middle)?;
            if !matches!(direction, Direction::Years(_)) {
                flags.push(DateFlag::YearAssumed);
            }
            Some((
                DateValue::Month {
                    year: near.year,
                    month,
                },
                "nearest-year",
            ))
        }
        DateMeaning::HijriMonth(month, direction) => hijri_near(month, direction, today),
        DateMeaning::ShareOfYear(number, parts, years) => {
            let months = 12_u8.checked_div(parts)?;
            let year = shifted(today.year, years)?;
            let (first, last) = (months * (number - 1) + 1, months * number);
            Some((DateValue::Months { year, first, last }, "share-of-year"))
        }
        DateMeaning::DecadeOfCentury(tens, offset) => {
            let century = (i32::from(today.year) - 1) / 100 + offset;
            let start = u16::try_from(century * 100 + i32::from(tens) * 10).ok()?;
            Some((DateValue::Years(start, start + 9), "decade"))
        }
        DateMeaning::Decade(tens) => {
            let century = today.year / 100 * 100;
            let this = century + u16::from(tens) * 10;
            let start = if this > today.year { this - 100 } else { this };
            Some((DateValue::Years(start, start + 9), "decade"))
        }
    }
}

fn weekday_near(
    weekday: Weekday,
    direction: Direction,
    today: CalendarDate,
) -> Option<(DateValue, &'static str)> {
    let back = i32::from(7 + today.weekday().index() - weekday.index()) % 7;
    let ahead = (7 - back) % 7;
    let (days, rule) = match direction {
        Direction::Unstated => (-back, "last-weekday"),
        Direction::Past => (-(if back == 0 { 7 } else { back }), "weekday-before"),
        Direction::Future => (if ahead == 0 { 7 } else { ahead }, "weekday-after"),
        Direction::Present | Direction::Years(_) => (
            i32::from(weekday.index()) - i32::from(today.weekday().index()),
            "weekday-of-week",
        ),
    };
    Some((DateValue::Day(today.plus_days(days)?), rule))
}

fn unit_near(unit: CalendarUnit, offset: i32, today: CalendarDate) -> Option<DateValue> {
    Some(match unit {
        CalendarUnit::Week => {
            let (year, week) = today.plus_days(offset.checked_mul(7)?)?.iso_week()?;
            DateValue::Week { year, week }
        }
        CalendarUnit::Month => {
            let (year, month) = month_near(today, offset)?;
            DateValue::Month { year, month }
        }
        CalendarUnit::Year => DateValue::Year(shifted(today.year, offset)?),
        CalendarUnit::Century => {
            let century = (i32::from(today.year) - 1) / 100 + offset;
            let first = u16::try_from(century * 100 + 1).ok()?;
            DateValue::Years(first, first + 99)
        }
    })
}

fn month_near(today: CalendarDate, offset: i32) -> Option<(u16, u8)> {
    let months = i32::from(today.year) * 12 + i32::from(today.month) - 1 + offset;
    let year = u16::try_from(months.div_euclid(12)).ok()?;
    let month = u8::try_from(months.rem_euclid(12) + 1).ok()?;
    month_length(year, month)?;
    Some((year, month))
}

fn shifted(year: u16, years: i32) -> Option<u16> {
    let year = u16::try_from(i32::from(year) + years).ok()?;
    (1000..3000).contains(&year).then_some(year)
}

/// The day of the year that the direction asks for; the nearest when it does not say.
fn year_near(
    direction: Direction,
    today: CalendarDate,
    day: impl Fn(u16) -> Option<CalendarDate>,
) -> Option<CalendarDate> {
    if let Direction::Years(years) = direction {
        return day(shifted(today.year, years)?);
    }
    // Four years either way hold a 29 February, but near 1900 and 2100.
    let mut near: Vec<CalendarDate> = (-4..=4)
        .filter_map(|offset| day(shifted(today.year, offset)?))
        .filter(|found| match direction {
            Direction::Past => *found < today,
            Direction::Future => *found > today,
            Direction::Present => found.year == today.year,
            Direction::Unstated | Direction::Years(_) => true,
        })
        .collect();
    near.arrange_by_key(|found| {
        // News looks back more than ahead: a day to come counts as twice as far.
        let distance = found.day_number() - today.day_number();
        if distance > 0 {
            2 * distance
        } else {
            -distance
        }
    });
    near.first().copied()
}

fn hijri_near(
    month: u8,
    direction: Direction,
    today: CalendarDate,
) -> Option<(DateValue, &'static str)> {
    // The Hijri year that has begun in this one, give or take one.
    let about = (i32::from(today.year) - 622) * 33 / 32;
    let mut near: Vec<(CalendarDate, CalendarDate)> = (about - 2..=about + 2)
        .filter_map(|year| HijriDate::month_bounds(u16::try_from(year).ok()?, month))
        .filter(|&(first, last)| match direction {
            Direction::Past => last < today,
            Direction::Future => first > today,
            _ => true,
        })
        .collect();
    near.arrange_by_key(|&(first, last)| {
        let middle = (first.day_number() + last.day_number()) / 2;
        (middle - today.day_number()).abs()
    });
    let &(first, last) = near.first()?;
    Some((DateValue::Days(first, last), "nearest-hijri-year"))
}
