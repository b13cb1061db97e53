//! What the words of a date say, before anything outside them is asked.

use super::calendar::{CalendarDate, Weekday};
use super::value::DateValue;
use crate::text::ByteSpan;

/// Words that name a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateExpression {
    /// Where they stand, without a proclitic before them.
    pub span: ByteSpan,
    /// What they say.
    pub meaning: DateMeaning,
    /// The day of the week they name beside it: «أمس الخميس».
    pub weekday: Option<Weekday>,
    /// What a reader should know of the reading.
    pub flags: Vec<DateFlag>,
}

/// What the words of a date say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DateMeaning {
    /// A time that they name in full.
    Fixed(DateValue),
    /// A day so many days from today: «أمس» −1, «اليوم» 0, «قبل يومين» −2.
    Days(i32),
    /// A day of the week: «الأربعاء», «الأربعاء المقبل».
    Weekday(Weekday, Direction),
    /// A week, month or year counted from the present one: «الأسبوع الماضي» −1.
    Units(CalendarUnit, i32),
    /// A day of a month without its year: «25 حزيران», with its direction.
    DayOfMonth {
        /// 1..=12
        month: u8,
        /// 1..=31
        day: u8,
        /// Last day when several are named.
        last_day: Option<u8>,
        /// «الماضي», «المقبل».
        direction: Direction,
    },
    /// A day of the present month, «15 الجاري», or of a month beside it.
    DayOfRelativeMonth {
        /// 1..=31
        day: u8,
        /// Months from the present one.
        months: i32,
    },
    /// A month without its year: «سبتمبر الماضي».
    Month(u8, Direction),
    /// A Hijri month without its year: «شهر رمضان».
    HijriMonth(u8, Direction),
    /// Half, third or quarter of a year counted from the present one: number from 1, parts of the year, years.
    ShareOfYear(u8, u8, i32),
    /// The decade of the century counted from the present one: «ثمانينيات القرن الماضي», 8 and −1.
    DecadeOfCentury(u8, i32),
    /// A decade without its century: «الثمانينيات».
    Decade(u8),
}

/// Which of the days or months of a name is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// The words do not say: the last one, today included, or the nearest for a month.
    Unstated,
    /// «الماضي»: the last one before today.
    Past,
    /// «الجاري», «الحالي»: the one of the present week or year.
    Present,
    /// «المقبل»: the next one after today.
    Future,
    /// «من العام الماضي»: years from the present one.
    Years(i32),
}

/// Stretches that are counted from the present one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CalendarUnit {
    /// ISO week.
    Week,
    /// Calendar month.
    Month,
    /// Calendar year.
    Year,
    /// Century: 2001 to 2100.
    Century,
}

/// What a reader should know of the reading of a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DateFlag {
    /// `5/9/2023` was read with the day first; the other order is a date too.
    DayFirst,
    /// Day and month stood the other way round: `09/18/2023`.
    MonthFirst,
    /// The named weekday is not that of the day.
    WeekdayConflict,
    /// Two names beside each other name two months.
    MonthConflict,
    /// Converted from the Hijri calendar: a day more or less where the moon was seen otherwise.
    Hijri,
    /// The Hijri and the Gregorian day beside it differ by more than two days; the Gregorian stands.
    CalendarConflict,
    /// The year was not written; the nearest was taken.
    YearAssumed,
    /// Only part of the stretch is meant: «مطلع», «منتصف», «نهاية».
    Part,
    /// Counted back in whole months or years: near, not exact.
    Approximate,
    /// A verb in the future before a bare weekday: the next one was taken.
    FutureCue,
}

impl DateFlag {
    /// Every flag.
    pub const ALL: [Self; 10] = [
        Self::DayFirst,
        Self::MonthFirst,
        Self::WeekdayConflict,
        Self::MonthConflict,
        Self::Hijri,
        Self::CalendarConflict,
        Self::YearAssumed,
        Self::Part,
        Self::Approximate,
        Self::FutureCue,
    ];

    /// Stable kebab-case code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::DayFirst => "day-first",
            Self::MonthFirst => "month-first",
            Self::WeekdayConflict => "weekday-conflict",
            Self::MonthConflict => "month-conflict",
            Self::Hijri => "hijri",
            Self::CalendarConflict => "calendar-conflict",
            Self::YearAssumed => "year-assumed",
            Self::Part => "part",
            Self::Approximate => "approximate",
            Self::FutureCue => "future-cue",
        }
    }
}

impl DateExpression {
    /// The day, when the words name one in full.
    #[must_use]
    pub fn day(&self) -> Option<CalendarDate> {
        match self.meaning {
            DateMeaning::Fixed(DateValue::Day(day)) => Some(day),
            _ => None,
        }
    }
}
