//! What may follow a day: the same day of another calendar, a time, the end of a range.

use super::calendar::CalendarDate;
use super::expression::{DateFlag, DateMeaning};
use super::item::{Gap, Kind};
use super::parser::{Found, Parser};
use super::value::DateValue;

impl Parser<'_> {
    /// A second date of the other calendar: «… الموافق 17 أغسطس 2023».
    pub(super) fn corresponding(&self, found: Found) -> Found {
        let DateMeaning::Fixed(DateValue::Day(first)) = found.meaning else {
            return found;
        };
        let hijri = found.flags.contains(&DateFlag::Hijri);
        let named = self.kind(found.next) == Kind::Corresponding
            && !matches!(self.gap_before(found.next), Gap::Break);
        let beside = matches!(
            self.gap_before(found.next),
            Gap::Mark('-' | '/' | '(' | '\u{2013}' | '،' | '=')
        );
        if !named && !beside {
            return found;
        }
        let open = self.gap_before(found.next) == Gap::Mark('(');
        let mut at = found.next + usize::from(named);
        // «الموافق لـ 17», «الموافق يوم الخميس 17»
        for _ in 0..3 {
            if matches!(self.kind(at), Kind::DayWord | Kind::Weekday(_))
                || self.word(at) == "لـ"
                || self.word(at) == "ل"
            {
                at += 1;
            }
        }
        let second = if hijri {
            self.numeric(at).or_else(|| self.days_of_month(at))
        } else {
            self.hijri_day(at)
        };
        let Some(mut second) = second else {
            return found;
        };
        let DateMeaning::Fixed(DateValue::Day(day)) = second.meaning else {
            return found;
        };
        let gap = (day.day_number() - first.day_number()).abs();
        second.meaning = if hijri { second.meaning } else { found.meaning };
        second.flags.retain(|&flag| flag != DateFlag::Hijri);
        second.bracket |= open;
        let flags = found.flags.iter().filter(|&&flag| flag != DateFlag::Hijri);
        let second = flags.fold(second, |second, &flag| second.flag(flag));
        if gap > 2 {
            second.flag(DateFlag::CalendarConflict)
        } else {
            second
        }
    }

    /// A time and a zone after a day: «10:30», `GMT`. The value stays the day.
    pub(super) fn time_of_day(&self, mut found: Found) -> Found {
        if !matches!(found.meaning, DateMeaning::Fixed(DateValue::Day(_))) {
            return found;
        }
        let glued =
            self.gap_before(found.next) == Gap::Glued && matches!(self.word(found.next), "T" | "t");
        let at = found.next + usize::from(glued);
        let number = |at: usize, most: u16| matches!(self.kind(at), Kind::Number(value, 1 | 2) if value <= most);
        let colon = |at: usize| self.gap_before(at) == Gap::Mark(':');
        let near = glued || self.follows_after(at, "-،,|");
        if near && number(at, 24) && colon(at + 1) && number(at + 1, 59) {
            found.next = at + 2;
            found.bracket = false;
            if colon(at + 2) && number(at + 2, 59) {
                found.next += 1;
            }
            if self.gap_before(found.next) == Gap::Glued
                && matches!(self.word(found.next), "Z" | "z")
            {
                found.next += 1;
            }
        }
        if self.kind(found.next) == Kind::Zone && self.follows(found.next) {
            found.next += 1;
            found.bracket = false;
        }
        found
    }

    /// «10 سبتمبر إلى 3 أكتوبر 2023»: the end of a range takes its year to the start.
    pub(super) fn until(&self, found: Found) -> Found {
        let joined = self.kind(found.next) == Kind::To && self.gap_before(found.next) == Gap::Space;
        let dashed = matches!(
            self.gap_before(found.next),
            Gap::Mark('\u{2013}' | '\u{2014}' | '-')
        );
        if !joined && !dashed {
            return found;
        }
        let at = found.next + usize::from(joined);
        let Some(second) = self.numeric(at).or_else(|| self.days_of_month(at)) else {
            return found;
        };
        let DateMeaning::Fixed(DateValue::Day(last)) = second.meaning else {
            return found;
        };
        let first = match found.meaning {
            DateMeaning::Fixed(DateValue::Day(first)) => Some(first),
            DateMeaning::DayOfMonth {
                month,
                day,
                last_day: None,
                ..
            } => CalendarDate::new(last.year, month, day)
                .filter(|first| *first < last)
                .or_else(|| CalendarDate::new(last.year - 1, month, day)),
            _ => None,
        };
        match first.filter(|first| *first < last) {
            Some(first) => {
                let meaning = DateMeaning::Fixed(DateValue::Days(first, last));
                let flags = found.flags.iter().chain(&second.flags);
                flags.fold(Found::new(second.next, meaning), |found, &flag| {
                    found.flag(flag)
                })
            }
            None => found,
        }
    }
}
