//! What a date expression stands for: a day, or a longer stretch of the calendar.

use super::calendar::{CalendarDate, month_length};

/// A stretch of the Gregorian calendar, as ISO 8601 writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DateValue {
    /// `2023-09-15`
    Day(CalendarDate),
    /// `2023-W37`: an ISO week, Monday to Sunday.
    Week {
        /// Year of the week's Thursday.
        year: u16,
        /// 1..=53.
        week: u8,
    },
    /// `2023-09`
    Month {
        /// Year, 1000..=2999.
        year: u16,
        /// 1..=12.
        month: u8,
    },
    /// `2023`
    Year(u16),
    /// `1980/1989`, `1701/1800`: whole years, both ends included.
    Years(u16, u16),
    /// `2024-01/2024-03`: whole months of one year, both ends included.
    Months {
        /// Year, 1000..=2999.
        year: u16,
        /// First month, 1..=12.
        first: u8,
        /// Last month, 1..=12.
        last: u8,
    },
    /// `2023-09-10/2023-09-12`: days, both ends included.
    Days(CalendarDate, CalendarDate),
}

impl DateValue {
    /// First and last day; `None` when they lie outside the years 1000 to 2999.
    #[must_use]
    pub fn bounds(self) -> Option<(CalendarDate, CalendarDate)> {
        let months = |year: u16, first: u8, end_year: u16, last: u8| {
            Some((
                CalendarDate::new(year, first, 1)?,
                CalendarDate::new(end_year, last, month_length(end_year, last)?)?,
            ))
        };
        match self {
            Self::Day(day) => Some((day, day)),
            Self::Week { year, week } => {
                let monday = CalendarDate::of_iso_week(year, week)?;
                Some((monday, monday.plus_days(6)?))
            }
            Self::Month { year, month } => months(year, month, year, month),
            Self::Year(year) => months(year, 1, year, 12),
            Self::Years(first, last) => months(first, 1, last, 12),
            Self::Months { year, first, last } => months(year, first, year, last),
            Self::Days(first, last) => Some((first, last)),
        }
    }

    /// Kebab-case name of its kind: `day`, `week`, `month`, `year`, `years`, `months`, `days`.
    #[must_use]
    pub fn kind(self) -> &'static str {
        match self {
            Self::Day(_) => "day",
            Self::Week { .. } => "week",
            Self::Month { .. } => "month",
            Self::Year(_) => "year",
            Self::Years(..) => "years",
            Self::Months { .. } => "months",
            Self::Days(..) => "days",
        }
    }
}

impl std::fmt::Display for DateValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Day(day) => day.fmt(f),
            Self::Week { year, week } => write!(f, "{year:04}-W{week:02}"),
            Self::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Years(first, last) => write!(f, "{first:04}/{last:04}"),
            Self::Months { year, first, last } => {
                write!(f, "{year:04}-{first:02}/{year:04}-{last:02}")
            }
            Self::Days(first, last) => write!(f, "{first}/{last}"),
        }
    }
}
