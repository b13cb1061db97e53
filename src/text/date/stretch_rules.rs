//! Rules for weeks, months, decades, centuries and times counted back from now.

use super::calendar_rules::YearFound;
use super::expression::{CalendarUnit, DateFlag, DateMeaning, Direction};
use super::hijri::HijriDate;
use super::item::{DayName, Gap, Item, Kind, Stretch};
use super::parser::{Found, Parser, direction};
use super::value::DateValue;
use super::word_table::GENERAL;
use crate::text::fold::folded_letters;

impl Parser<'_> {
    /// A stretch of time at item `at`.
    pub(super) fn stretch(&self, at: usize) -> Option<Found> {
        match self.kind(at) {
            Kind::Part => self.part(at),
            Kind::Share(parts) => self.share(at, parts),
            Kind::This => self.this(at),
            Kind::Ago => self.ago(at),
            Kind::DecadeName(tens) => self.decade(at, tens),
            _ => self.whole(at),
        }
    }

    /// A stretch without a part before it.
    fn whole(&self, at: usize) -> Option<Found> {
        match self.kind(at) {
            Kind::Unit(Stretch::Month, false) => {
                self.hijri_month(at).or_else(|| self.month_alone(at))
            }
            Kind::Unit(stretch, definite) => self.unit(at, stretch, definite),
            Kind::Century(_) => self.century(at),
            Kind::Month(..) => self.month_alone(at),
            Kind::HijriMonth(_) => self.hijri_month(at),
            Kind::Number(..) => self.bare_year(at),
            _ => None,
        }
    }

    /// «مطلع الشهر», «نهاية 2022», «أواخر سبتمبر الماضي».
    fn part(&self, at: usize) -> Option<Found> {
        if !self.follows(at + 1) {
            return None;
        }
        let found = match self.kind(at + 1) {
            Kind::DecadeName(tens) => self.decade(at + 1, tens),
            Kind::This => self.this(at + 1),
            Kind::Number(..) => self.year_number(at + 1),
            Kind::Month(..) => self.named_month(at + 1),
            _ => self.whole(at + 1),
        };
        let found = found.or_else(|| self.present_unit(at + 1))?;
        Some(found.flag(DateFlag::Part))
    }

    /// A unit with the article alone, «الشهر» in «مطلع الشهر»: the present one.
    fn present_unit(&self, at: usize) -> Option<Found> {
        let unit = match self.kind(at) {
            Kind::Unit(stretch, true) => calendar_unit(stretch)?,
            Kind::Century(true) => CalendarUnit::Century,
            _ => return None,
        };
        // «نهاية العام الدراسي» is another year.
        let qualified =
            self.gap_before(at + 1) == Gap::Space && self.word(at + 1).starts_with("ال");
        (!qualified).then(|| Found::new(at + 1, DateMeaning::Units(unit, 0)))
    }

    /// «النصف الأول من العام 2023», «الربع الثالث من العام الجاري».
    fn share(&self, at: usize, parts: u8) -> Option<Found> {
        let Kind::Ordinal(number) = self.kind(at + 1) else {
            return None;
        };
        if number > parts || !self.follows(at + 1) || !self.follows(at + 2) {
            return None;
        }
        let next = at + 2 + usize::from(self.kind(at + 2) == Kind::From);
        let months = 12 / parts;
        let year = self
            .year_number(next)
            .or_else(|| self.whole(next))
            .or_else(|| self.present_unit(next))?;
        let meaning = match year.meaning {
            DateMeaning::Fixed(DateValue::Year(year)) => DateMeaning::Fixed(DateValue::Months {
                year,
                first: months * (number - 1) + 1,
                last: months * number,
            }),
            DateMeaning::Units(CalendarUnit::Year, years) => {
                DateMeaning::ShareOfYear(number, parts, years)
            }
            _ => return None,
        };
        Some(Found::new(year.next, meaning))
    }

    /// «هذا الأسبوع»
    fn this(&self, at: usize) -> Option<Found> {
        if !self.follows(at + 1) {
            return None;
        }
        match self.kind(at + 1) {
            Kind::Unit(stretch, true) => {
                let meaning = DateMeaning::Units(calendar_unit(stretch)?, 0);
                Some(Found::new(at + 2, meaning))
            }
            Kind::Relative(DayName::Today) => Some(Found::new(at + 2, DateMeaning::Days(0))),
            _ => None,
        }
    }

    /// «الأسبوع الماضي», «عام 2023», «العام 2023».
    fn unit(&self, at: usize, stretch: Stretch, definite: bool) -> Option<Found> {
        if !self.follows(at + 1) {
            return None;
        }
        if stretch == Stretch::Year
            && let Some(found) = self.year_number(at + 1)
        {
            return Some(found);
        }
        if !definite {
            return None;
        }
        let Kind::Modifier(offset) = self.kind(at + 1) else {
            return None;
        };
        let general = stretch == Stretch::Year
            && at.checked_sub(1).is_some_and(|before| {
                GENERAL.contains(&folded_letters(self.word(before)).as_str())
            });
        let meaning = DateMeaning::Units(calendar_unit(stretch)?, i32::from(offset));
        (!general).then(|| Found::new(at + 2, meaning))
    }

    /// «القرن الثامن عشر», «القرن 19», «القرن الماضي».
    fn century(&self, at: usize) -> Option<Found> {
        let (next, meaning) = self.century_value(at)?;
        let after = folded_letters(self.word(next));
        let other = ["الهجري", "قبل", "ق"].contains(&after.as_str());
        if other && self.gap_before(next) == Gap::Space {
            return None;
        }
        Some(Found::new(next, meaning))
    }

    fn century_value(&self, at: usize) -> Option<(usize, DateMeaning)> {
        if !self.follows(at + 1) {
            return None;
        }
        let fixed = |next: usize, number: u8| {
            let last = u16::from(number) * 100;
            let within = (2..=30).contains(&number);
            within.then_some((next, DateMeaning::Fixed(DateValue::Years(last - 99, last))))
        };
        match self.kind(at + 1) {
            Kind::Modifier(offset) => {
                let meaning = DateMeaning::Units(CalendarUnit::Century, i32::from(offset));
                Some((at + 2, meaning))
            }
            Kind::Ordinal(ones) => {
                let (next, number) = self.ordinal(at + 1, ones)?;
                fixed(next, number)
            }
            Kind::Number(value, 1 | 2) => fixed(at + 2, u8::try_from(value).ok()?),
            _ => None,
        }
    }

    /// «ثمانينيات القرن الماضي», «التسعينيات».
    fn decade(&self, at: usize, tens: u8) -> Option<Found> {
        let mut next = at + 1;
        if self.kind(next) == Kind::From && self.follows(next) {
            let after = folded_letters(self.word(next + 1));
            if after.contains("عمر") {
                return None; // «في الأربعينيات من عمره» is an age
            }
            next += 1;
        }
        if matches!(self.kind(next), Kind::Century(true))
            && self.gap_before(next) == Gap::Space
            && let Some((next, century)) = self.century_value(next)
        {
            let meaning = match century {
                DateMeaning::Units(_, offset) => DateMeaning::DecadeOfCentury(tens, offset),
                DateMeaning::Fixed(DateValue::Years(first, _)) => {
                    let start = first - 1 + u16::from(tens) * 10;
                    DateMeaning::Fixed(DateValue::Years(start, start + 9))
                }
                _ => return None,
            };
            return Some(Found::new(next, meaning));
        }
        // Without the article and a century it may be anything: «خمسينات القرن» aside.
        let definite = self.word(at).starts_with("ال");
        definite.then(|| Found::new(at + 1, DateMeaning::Decade(tens)))
    }

    /// A month with its year, with «الماضي», after «شهر», or after a word of time.
    fn month_alone(&self, at: usize) -> Option<Found> {
        let found = self.named_month(at)?;
        let month = self.month(at)?;
        let said = found.next > month.next || self.kind(at) == Kind::Unit(Stretch::Month, false);
        if said {
            return Some(found);
        }
        let before = at
            .checked_sub(1)
            .map_or(Kind::Other, |before| self.kind(before));
        let clitic = self.items.get(at).is_some_and(Item::has_clitic);
        let timed = matches!(
            before,
            Kind::In | Kind::Ago | Kind::To | Kind::From | Kind::Between | Kind::Part
        );
        let timed = timed && self.gap_before(at) == Gap::Space;
        let doubled = month.next > at + 1;
        (doubled || timed && !clitic && !month.loose).then_some(found)
    }

    /// A month and what may follow it.
    fn named_month(&self, at: usize) -> Option<Found> {
        let month = self.month(at)?;
        let (next, meaning) = match self.year_after(month.next) {
            Some((next, YearFound::Stated(year))) => {
                let value = DateValue::Month {
                    year,
                    month: month.month,
                };
                (next, DateMeaning::Fixed(value))
            }
            Some((next, YearFound::Relative(direction))) => {
                (next, DateMeaning::Month(month.month, direction))
            }
            None => (
                month.next,
                DateMeaning::Month(month.month, Direction::Unstated),
            ),
        };
        let mut found = Found::new(next, meaning);
        found.bracket = month.bracket && next == month.next;
        Some(if month.conflict {
            found.flag(DateFlag::MonthConflict)
        } else {
            found
        })
    }

    /// «صفر 1445هـ», «شهر رمضان», «رمضان الماضي».
    fn hijri_month(&self, at: usize) -> Option<Found> {
        let named = self.kind(at) == Kind::Unit(Stretch::Month, false) && self.follows(at + 1);
        let month_at = at + usize::from(named);
        let Kind::HijriMonth(month) = self.kind(month_at) else {
            return None;
        };
        let next = month_at + 1;
        if let Some((next, year)) = self.hijri_year(next) {
            let (first, last) = HijriDate::month_bounds(year, month)?;
            let found = Found::new(next, DateMeaning::Fixed(DateValue::Days(first, last)));
            return Some(found.flag(DateFlag::Hijri));
        }
        if let (Kind::Modifier(offset), true) = (self.kind(next), self.follows(next)) {
            let meaning = DateMeaning::HijriMonth(month, direction(offset));
            return Some(Found::new(next + 1, meaning).flag(DateFlag::Hijri));
        }
        let meaning = DateMeaning::HijriMonth(month, Direction::Unstated);
        named.then(|| Found::new(next, meaning).flag(DateFlag::Hijri))
    }

    /// «قبل يومين», «منذ ثلاثة أيام»; not «قبل يومين من …».
    fn ago(&self, at: usize) -> Option<Found> {
        if !self.follows(at + 1) {
            return None;
        }
        let (next, stretch, count) = match self.kind(at + 1) {
            Kind::Units(stretch, count @ 1..) => (at + 2, stretch, count),
            Kind::Unit(stretch, false) => (at + 2, stretch, 1),
            Kind::DayWord => (at + 2, Stretch::Day, 1),
            Kind::NumberWord(count) => (at + 3, self.counted(at + 2)?, count),
            Kind::Number(count, 1 | 2) => {
                (at + 3, self.counted(at + 2)?, u8::try_from(count).ok()?)
            }
            _ => return None,
        };
        // «منذ عام 2014», «قبل شهر رمضان», «قبل يومين من»
        let goes_on = matches!(
            self.kind(next),
            Kind::Number(..)
                | Kind::Month(..)
                | Kind::HijriMonth(_)
                | Kind::From
                | Kind::Weekday(_)
        );
        if goes_on && matches!(self.gap_before(next), Gap::Space | Gap::Glued) || count == 0 {
            return None;
        }
        let back = -i32::from(count);
        let found = |meaning| Found::new(next, meaning);
        Some(match calendar_unit(stretch) {
            None => found(DateMeaning::Days(back)),
            Some(unit) => found(DateMeaning::Units(unit, back)).flag(DateFlag::Approximate),
        })
    }

    /// What is counted at item `at`.
    fn counted(&self, at: usize) -> Option<Stretch> {
        if self.gap_before(at) != Gap::Space {
            return None;
        }
        match self.kind(at) {
            Kind::Units(stretch, 0) | Kind::Unit(stretch, false) => Some(stretch),
            _ => None,
        }
    }
}

fn calendar_unit(stretch: Stretch) -> Option<CalendarUnit> {
    match stretch {
        Stretch::Day => None,
        Stretch::Week => Some(CalendarUnit::Week),
        Stretch::Month => Some(CalendarUnit::Month),
        Stretch::Year => Some(CalendarUnit::Year),
    }
}
