//! Days of the Gregorian calendar and arithmetic on them.
//!
//! Day numbers count from 1 January 1970. The conversion is Howard Hinnant's
//! `days_from_civil` and its inverse (public domain); weeks are those of ISO
//! 8601: they begin on Monday and belong to the year of their Thursday.

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
        let exists = (1000..3000).contains(&year) && day >= 1 && day <= month_length(year, month)?;
        exists.then_some(Self { year, month, day })
    }

    /// Days since 1 January 1970.
    #[must_use]
    pub fn day_number(self) -> i32 {
        let (month, day) = (i32::from(self.month), i32::from(self.day));
        let year = i32::from(self.year) - i32::from(month <= 2);
        let era = year.div_euclid(400);
        let year_of_era = year.rem_euclid(400);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
        let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
        era * 146_097 + day_of_era - 719_468
    }

    /// The day with this number, if its year is 1000 to 2999.
    #[must_use]
    pub fn from_day_number(number: i32) -> Option<Self> {
        let shifted = number.checked_add(719_468)?;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
        let month = if shifted_month < 10 {
            shifted_month + 3
        } else {
            shifted_month - 9
        };
        let year = year_of_era + era * 400 + i32::from(month <= 2);
        Self::new(
            u16::try_from(year).ok()?,
            u8::try_from(month).ok()?,
            u8::try_from(day).ok()?,
        )
    }

    /// The day so many days later, or earlier when negative.
    #[must_use]
    pub fn plus_days(self, days: i32) -> Option<Self> {
        Self::from_day_number(self.day_number().checked_add(days)?)
    }

    /// Its day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        // 1 January 1970 was a Thursday.
        let index = (self.day_number() + 3).rem_euclid(7);
        Weekday::ALL
            .get(usize::try_from(index).unwrap_or_default())
            .copied()
            .unwrap_or(Weekday::Monday)
    }

    /// The ISO week it lies in: the week's year and its number, 1..=53.
    #[must_use]
    pub fn iso_week(self) -> Option<(u16, u8)> {
        let thursday = self.plus_days(3 - i32::from(self.weekday().index()))?;
        let first = Self::new(thursday.year, 1, 1)?;
        let week = (thursday.day_number() - first.day_number()) / 7 + 1;
        Some((thursday.year, u8::try_from(week).ok()?))
    }

    /// The Monday of an ISO week.
    #[must_use]
    pub fn of_iso_week(year: u16, week: u8) -> Option<Self> {
        // 4 January lies in week 1.
        let fourth = Self::new(year, 1, 4)?;
        let first_monday = fourth.plus_days(-i32::from(fourth.weekday().index()))?;
        first_monday.plus_days(7 * (i32::from(week) - 1))
    }
}

impl std::fmt::Display for CalendarDate {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// Days in a month, 28..=31; `None` when no month has that number.
#[must_use]
pub fn month_length(year: u16, month: u8) -> Option<u8> {
    let leap = year.is_multiple_of(4) && !year.is_multiple_of(100) || year.is_multiple_of(400);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if leap => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// A day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// الاثنين
    Monday,
    /// الثلاثاء
    Tuesday,
    /// الأربعاء
    Wednesday,
    /// الخميس
    Thursday,
    /// الجمعة
    Friday,
    /// السبت
    Saturday,
    /// الأحد
    Sunday,
}

impl Weekday {
    /// The days from Monday to Sunday.
    pub const ALL: [Self; 7] = [
        Self::Monday,
        Self::Tuesday,
        Self::Wednesday,
        Self::Thursday,
        Self::Friday,
        Self::Saturday,
        Self::Sunday,
    ];

    /// Days since Monday, 0..=6.
    #[must_use]
    pub fn index(self) -> u8 {
        self as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn weekdays_and_weeks_are_those_of_the_calendar() {
        let cases = [
            ((2023, 9, 15), Weekday::Friday, (2023, 37)),
            ((1970, 1, 1), Weekday::Thursday, (1970, 1)),
            ((2021, 1, 3), Weekday::Sunday, (2020, 53)),
            ((2024, 12, 30), Weekday::Monday, (2025, 1)),
            ((2000, 2, 29), Weekday::Tuesday, (2000, 9)),
        ];
        for ((year, month, day), weekday, week) in cases {
            let date = CalendarDate::new(year, month, day).expect("a day");
            assert_eq!(date.weekday(), weekday, "{date}");
            assert_eq!(date.iso_week(), Some(week), "{date}");
            let monday = CalendarDate::of_iso_week(week.0, week.1).expect("a week");
            let since = date.day_number() - monday.day_number();
            assert_eq!(since, i32::from(weekday.index()), "{date}");
        }
        assert_eq!(CalendarDate::new(2023, 2, 29), None);
        assert_eq!(CalendarDate::new(2023, 13, 1), None);
        assert_eq!(CalendarDate::new(2023, 1, 0), None);
    }

    proptest! {
        #[test]
        fn numbers_and_days_convert_both_ways(number in -350_000_i32..370_000) {
            let date = CalendarDate::from_day_number(number).expect("within the years");
            prop_assert_eq!(date.day_number(), number);
            let next = date.plus_days(1).expect("within the years");
            prop_assert!(next > date);
            prop_assert_eq!((date.weekday().index() + 1) % 7, next.weekday().index());
        }
    }
}
