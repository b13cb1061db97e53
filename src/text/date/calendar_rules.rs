//! Rules for days of a month, with or without their year.

use super::calendar::CalendarDate;
use super::expression::{DateFlag, DateMeaning, Direction};
use super::hijri::HijriDate;
use super::item::{Gap, Kind, Stretch};
use super::parser::{Found, Parser, direction};
use super::value::DateValue;

/// A month that was read: the item after it, its number, what is to be said of it.
pub(super) struct MonthFound {
    pub(super) next: usize,
    pub(super) month: u8,
    pub(super) conflict: bool,
    pub(super) bracket: bool,
    /// Whether the word is often something else and nothing beside it helps.
    pub(super) loose: bool,
}

/// What is known of a year.
#[derive(Clone, Copy)]
pub(super) enum YearFound {
    Stated(u16),
    Relative(Direction),
}

impl Parser<'_> {
    /// A day of a month at item `at`, in any calendar and order.
    pub(super) fn calendar(&self, at: usize) -> Option<Found> {
        let found = self
            .numeric(at)
            .or_else(|| self.hijri_day(at))
            .or_else(|| self.days_of_month(at))
            .or_else(|| self.month_first(at))
            .or_else(|| self.of_this_month(at))?;
        let found = self.corresponding(found);
        Some(self.until(self.time_of_day(found)))
    }

    /// `2023-09-18`, `18/09/2023`, `18.9.2023`.
    pub(super) fn numeric(&self, at: usize) -> Option<Found> {
        let number = |at: usize| match self.kind(at) {
            Kind::Number(value, digits) => Some((value, digits)),
            _ => None,
        };
        let (next, parts) = if let Kind::Dotted(parts) = self.kind(at) {
            (at + 1, parts)
        } else {
            let first = self.gap_before(at + 1);
            let separated = matches!(first, Gap::Mark('-' | '/' | '\u{2013}' | '\\' | '.'));
            if !separated || self.gap_before(at + 2) != first {
                return None;
            }
            (at + 3, [number(at)?, number(at + 1)?, number(at + 2)?])
        };
        let (date, flag) = from_numbers(parts)?;
        let found = Found::new(next, DateMeaning::Fixed(DateValue::Day(date)));
        Some(match flag {
            Some(flag) => found.flag(flag),
            None => found,
        })
    }

    /// `18`, `18th`, «الثامن عشر», «الحادي والعشرون»: the item after it and the day.
    pub(super) fn day_number(&self, at: usize) -> Option<(usize, u8)> {
        match self.kind(at) {
            Kind::Number(value, 1 | 2) => {
                let day = u8::try_from(value)
                    .ok()
                    .filter(|day| (1..=31).contains(day))?;
                let suffixed =
                    self.kind(at + 1) == Kind::English && self.gap_before(at + 1) == Gap::Glued;
                Some((at + 1 + usize::from(suffixed), day))
            }
            Kind::Ordinal(ones) => self.ordinal(at, ones).filter(|&(_, day)| day <= 31),
            _ => None,
        }
    }

    /// An ordinal of one or two words that begins at item `at`.
    pub(super) fn ordinal(&self, at: usize, ones: u8) -> Option<(usize, u8)> {
        if self.gap_before(at + 1) != Gap::Space || ones >= 10 {
            return Some((at + 1, ones));
        }
        let item = self.items.get(at + 1)?;
        match item.kind {
            Kind::NumberWord(10) if !item.has_clitic() => Some((at + 2, ones + 10)),
            Kind::Ordinal(tens @ (20 | 30)) if item.has_clitic() => Some((at + 2, ones + tens)),
            _ => Some((at + 1, ones)),
        }
    }

    /// A month name, after «شهر» or not, with a second name of the same month or not.
    pub(super) fn month(&self, at: usize) -> Option<MonthFound> {
        let named = self.kind(at) == Kind::Unit(Stretch::Month, false) && self.follows(at + 1);
        let at = at + usize::from(named);
        let Kind::Month(month, loose) = self.kind(at) else {
            return None;
        };
        let mut found = MonthFound {
            next: at + 1,
            month,
            conflict: false,
            bracket: false,
            loose: loose && !named,
        };
        if let (Gap::Mark(mark @ ('/' | '-' | '(' | '\u{2013}')), Kind::Month(second, _)) =
            (self.gap_before(at + 1), self.kind(at + 1))
            && (mark != '-' || second == month)
        {
            found.next = at + 2;
            found.conflict = second != month;
            found.bracket = mark == '(';
            found.loose = false;
        }
        Some(found)
    }

    /// A year after a month: «2023», «، 2023», «من العام 2023», «من العام الماضي», «الماضي».
    pub(super) fn year_after(&self, at: usize) -> Option<(usize, YearFound)> {
        if let Kind::Modifier(offset) = self.kind(at) {
            return self
                .follows_after(at, ")")
                .then_some((at + 1, YearFound::Relative(direction(offset))));
        }
        if !self.follows_after(at, "،,/-)") {
            return None;
        }
        let mut next = at;
        if matches!(self.kind(next), Kind::From | Kind::In) && self.follows(next + 1) {
            next += 1;
        }
        if matches!(self.kind(next), Kind::Unit(Stretch::Year, _)) && self.follows(next + 1) {
            if let Kind::Modifier(offset) = self.kind(next + 1) {
                return Some((
                    next + 2,
                    YearFound::Relative(Direction::Years(i32::from(offset))),
                ));
            }
            next += 1;
        }
        let year = self.year(next)?;
        let marked = self.kind(next + 1) == Kind::GregorianMark && self.follows(next + 1);
        if self.kind(next + 1) == Kind::HijriMark && self.follows(next + 1) {
            return None;
        }
        Some((next + 1 + usize::from(marked), YearFound::Stated(year)))
    }

    /// A number of four digits that may be a year.
    pub(super) fn year(&self, at: usize) -> Option<u16> {
        match self.kind(at) {
            Kind::Number(year @ 1000..3000, 4) => Some(year),
            _ => None,
        }
    }

    /// `18th, September 2023`, «18 من سبتمبر 2023», «10 و12 سبتمبر», «10-12 سبتمبر».
    pub(super) fn days_of_month(&self, at: usize) -> Option<Found> {
        let (mut next, first) = self.day_number(at)?;
        let mut last = None;
        let joined = self.kind(next) == Kind::And && matches!(self.gap_before(next), Gap::Space)
            || self.kind(next) == Kind::To && self.follows(next);
        let dashed = matches!(
            self.gap_before(next),
            Gap::Mark('-' | '\u{2013}' | '\u{2014}')
        );
        if (joined || dashed)
            && let Some((after, day)) = self.day_number(next + usize::from(joined))
            && day > first
            && self.month_of_day(after).is_some()
        {
            last = Some(day);
            next = after;
        }
        let month = self.month_of_day(next)?;
        self.dated(&month, first, last)
    }

    /// The month after a day: directly, after «من», «of», a comma or a hyphen.
    fn month_of_day(&self, at: usize) -> Option<MonthFound> {
        if !self.follows_after(at, ",،-/") {
            return None;
        }
        let linked = matches!(self.kind(at), Kind::From | Kind::English) && self.follows(at + 1);
        self.month(at + usize::from(linked))
    }

    /// `September 18, 2023`
    fn month_first(&self, at: usize) -> Option<Found> {
        let month = self.month(at)?;
        if !self.word(at).is_ascii() || !self.follows(month.next) {
            return None;
        }
        let (next, day) = self.day_number(month.next)?;
        let (next, YearFound::Stated(year)) = self.year_after(next)? else {
            return None;
        };
        let date = CalendarDate::new(year, month.month, day)?;
        Some(Found::new(next, DateMeaning::Fixed(DateValue::Day(date))))
    }

    /// Days of a month with the year that may follow.
    fn dated(&self, month: &MonthFound, day: u8, last: Option<u8>) -> Option<Found> {
        let MonthFound {
            next,
            month: number,
            conflict,
            bracket,
            ..
        } = *month;
        let (next, meaning, bracket) = match self.year_after(next) {
            Some((after, YearFound::Stated(year))) => {
                let first = CalendarDate::new(year, number, day)?;
                let value = match last {
                    Some(last) => DateValue::Days(first, CalendarDate::new(year, number, last)?),
                    None => DateValue::Day(first),
                };
                (after, DateMeaning::Fixed(value), false)
            }
            other => {
                // A year that every month of that length has is asked later.
                CalendarDate::new(2024, number, day)?;
                let (after, direction) = match other {
                    Some((after, YearFound::Relative(direction))) => (after, direction),
                    _ => (next, Direction::Unstated),
                };
                let meaning = DateMeaning::DayOfMonth {
                    month: number,
                    day,
                    last_day: last,
                    direction,
                };
                (after, meaning, bracket && after == next)
            }
        };
        let mut found = Found::new(next, meaning);
        found.bracket = bracket;
        Some(if conflict {
            found.flag(DateFlag::MonthConflict)
        } else {
            found
        })
    }

    /// «15 الجاري», «15 من الشهر الماضي».
    fn of_this_month(&self, at: usize) -> Option<Found> {
        let (next, day) = self.day_number(at)?;
        if !self.follows(next) || !matches!(self.kind(at), Kind::Number(..)) {
            return None;
        }
        let found = |next: usize, months: i8| {
            let meaning = DateMeaning::DayOfRelativeMonth {
                day,
                months: i32::from(months),
            };
            Some(Found::new(next, meaning))
        };
        if self.kind(next) == Kind::Modifier(0) {
            return found(next + 1, 0);
        }
        let month = Kind::Unit(Stretch::Month, true);
        if self.kind(next) != Kind::From || self.kind(next + 1) != month || !self.follows(next + 2)
        {
            return None;
        }
        match self.kind(next + 2) {
            Kind::Modifier(offset) => found(next + 3, offset),
            _ => None,
        }
    }

    /// «1 صفر 1445هـ».
    pub(super) fn hijri_day(&self, at: usize) -> Option<Found> {
        let (next, day) = self.day_number(at)?;
        let linked = self.kind(next) == Kind::From && self.follows(next);
        let next = next + usize::from(linked);
        let named = self.kind(next) == Kind::Unit(Stretch::Month, false) && self.follows(next);
        let next = next + usize::from(named);
        let Kind::HijriMonth(month) = self.kind(next) else {
            return None;
        };
        if !self.follows_after(next, "،,-/") {
            return None;
        }
        let (next, year) = self.hijri_year(next + 1)?;
        let date = HijriDate::new(year, month, day)?.gregorian()?;
        let found = Found::new(next, DateMeaning::Fixed(DateValue::Day(date)));
        Some(found.flag(DateFlag::Hijri))
    }

    /// A Hijri year after its month: «1445», «1445هـ», «عام 1445».
    pub(super) fn hijri_year(&self, at: usize) -> Option<(usize, u16)> {
        let linked = self.kind(at) == Kind::From && self.follows(at);
        let at = at + usize::from(linked);
        let named = matches!(self.kind(at), Kind::Unit(Stretch::Year, _))
            && self.gap_before(at) == Gap::Space;
        let at = at + usize::from(named);
        let Kind::Number(year, digits) = self.kind(at) else {
            return None;
        };
        if !self.follows_after(at, "،,-/") {
            return None;
        }
        let marked = self.kind(at + 1) == Kind::HijriMark && self.follows(at + 1);
        let plausible = digits == 4 && (1300..1600).contains(&year) || marked && year < 1700;
        plausible.then_some((at + 1 + usize::from(marked), year))
    }
}

/// Reads three numbers as a date: the year first or last, else no date. Between
/// the other two the day comes first unless only the other order is a date.
fn from_numbers(parts: [(u16, u8); 3]) -> Option<(CalendarDate, Option<DateFlag>)> {
    let [(a, a_digits), (b, b_digits), (c, c_digits)] = parts;
    let small = |n: u16| u8::try_from(n).ok();
    if b_digits > 2 {
        return None;
    }
    match (a_digits, c_digits) {
        (4, 1 | 2) => CalendarDate::new(a, small(b)?, small(c)?).map(|date| (date, None)),
        (1 | 2, 4) => {
            let day_first = CalendarDate::new(c, small(b)?, small(a)?);
            let month_first = CalendarDate::new(c, small(a)?, small(b)?);
            match (day_first, month_first) {
                (Some(date), Some(other)) if date != other => {
                    Some((date, Some(DateFlag::DayFirst)))
                }
                (Some(date), _) => Some((date, None)),
                (None, other) => other.map(|date| (date, Some(DateFlag::MonthFirst))),
            }
        }
        _ => None,
    }
}
