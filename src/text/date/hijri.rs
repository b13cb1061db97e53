//! Days of the Islamic (Hijri) calendar and what they are in the Gregorian.
//!
//! | years | by | error |
//! |---|---|---|
//! | 1300–1600 | the Umm al-Qura table | none in Saudi Arabia; elsewhere a month may begin a day earlier or later, as the moon was seen |
//! | others | the tabular calendar, 30-year cycle with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26, 29, epoch 16 July 622 (Julian) | a day or two |

use super::calendar::CalendarDate;
use super::umm_al_qura_table::{FIRST_DAY, FIRST_YEAR, LONG_MONTHS};

/// Day number of 1 Muharram 1 in the tabular calendar: 19 July 622 (Gregorian).
const EPOCH: i32 = -492_148;

/// A day of the Islamic calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HijriDate {
    /// Year of the Hijra, 1..=1700.
    pub year: u16,
    /// Month, 1 (محرم) to 12 (ذو الحجة).
    pub month: u8,
    /// Day, 1..=30.
    pub day: u8,
}

impl HijriDate {
    /// Makes a date if that day may exist: whether a month has 29 or 30 days
    /// is not asked, since countries differ in it.
    #[must_use]
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let exists =
            (1..=1700).contains(&year) && (1..=12).contains(&month) && (1..=30).contains(&day);
        exists.then_some(Self { year, month, day })
    }

    /// The same day in the Gregorian calendar, give or take a day.
    #[must_use]
    pub fn gregorian(self) -> Option<CalendarDate> {
        let start = month_start(self.year, self.month)?;
        CalendarDate::from_day_number(start + i32::from(self.day) - 1)
    }

    /// First and last day of its month in the Gregorian calendar, give or take a day.
    #[must_use]
    pub fn month_bounds(year: u16, month: u8) -> Option<(CalendarDate, CalendarDate)> {
        let start = month_start(year, month)?;
        let next = if month == 12 {
            month_start(year + 1, 1)?
        } else {
            month_start(year, month + 1)?
        };
        Some((
            CalendarDate::from_day_number(start)?,
            CalendarDate::from_day_number(next - 1)?,
        ))
    }

    /// First and last day of a year in the Gregorian calendar, give or take a day.
    #[must_use]
    pub fn year_bounds(year: u16) -> Option<(CalendarDate, CalendarDate)> {
        let (start, next) = (month_start(year, 1)?, month_start(year + 1, 1)?);
        Some((
            CalendarDate::from_day_number(start)?,
            CalendarDate::from_day_number(next - 1)?,
        ))
    }
}

/// Day number of the first of a month.
fn month_start(year: u16, month: u8) -> Option<i32> {
    if !(1..=1701).contains(&year) || !(1..=12).contains(&month) {
        return None;
    }
    by_table(year, month).or_else(|| Some(by_cycle(year, month)))
}

fn by_table(year: u16, month: u8) -> Option<i32> {
    let index = usize::from(year.checked_sub(FIRST_YEAR)?);
    let this = *LONG_MONTHS.get(index)?;
    let days = |bits: u16, months: u32| -> i32 {
        let long = (bits & ((1_u16 << months) - 1)).count_ones();
        i32::try_from(29 * months + long).unwrap_or_default()
    };
    let before: i32 = LONG_MONTHS
        .iter()
        .take(index)
        .map(|&bits| days(bits, 12))
        .sum();
    Some(FIRST_DAY + before + days(this, u32::from(month) - 1))
}

fn by_cycle(year: u16, month: u8) -> i32 {
    let (years, months) = (i32::from(year) - 1, i32::from(month) - 1);
    EPOCH + years * 354 + (11 * years + 14) / 30 + months * 29 + (months + 1) / 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_days_convert() {
        // As official announcements and almanacs give them.
        let cases = [
            ((1445, 2, 1), "2023-08-17"),
            ((1445, 9, 1), "2024-03-11"),
            ((1442, 12, 10), "2021-07-20"),
            ((1444, 10, 1), "2023-04-21"),
            ((1600, 12, 30), "2174-11-25"),
        ];
        for ((year, month, day), expected) in cases {
            let date = HijriDate::new(year, month, day).expect("a day");
            let found = date.gregorian().expect("within the years");
            assert_eq!(found.to_string(), expected);
        }
    }

    #[test]
    fn the_cycle_stays_within_two_days_of_the_table() {
        for year in FIRST_YEAR..=1600 {
            for month in 1..=12 {
                let table = by_table(year, month).expect("in the table");
                let difference = (table - by_cycle(year, month)).abs();
                assert!(difference <= 2, "{month}/{year}: {difference} days");
            }
        }
    }

    #[test]
    fn years_outside_the_table_go_by_the_cycle() {
        // The fall of Granada, 2 Rabi al-awwal 897, was 2 January 1492 (Julian), 11 January (Gregorian).
        let date = HijriDate::new(897, 3, 2).expect("a day");
        let found = date.gregorian().expect("within the years").to_string();
        let near = ["1492-01-10", "1492-01-11", "1492-01-12", "1492-01-13"];
        assert!(near.contains(&found.as_str()), "{found}");
        assert_eq!(HijriDate::new(1445, 13, 1), None);
        assert_eq!(HijriDate::new(1445, 1, 31), None);
    }
}
