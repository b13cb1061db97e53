//! Rules for years: after «عام», in lists, in ranges, bare.

use super::expression::{DateFlag, DateMeaning};
use super::hijri::HijriDate;
use super::item::{Gap, Kind, Stretch};
use super::parser::{Found, Parser};
use super::value::DateValue;
use super::word_table::{AFTER_YEAR, COUNTED};
use crate::text::fold::folded_letters;

/// Years that a number of four digits may mean when little speaks for it.
const LIKELY: std::ops::RangeInclusive<u16> = 1900..=2099;

/// Longest range of years written with a dash.
const LONGEST_DASHED: u16 = 120;

impl Parser<'_> {
    /// A year where one is expected: «2023», «2023م», «1445هـ», «2023-2024».
    pub(super) fn year_number(&self, at: usize) -> Option<Found> {
        let Kind::Number(number, 3 | 4) = self.kind(at) else {
            return None;
        };
        if self.kind(at + 1) == Kind::HijriMark && self.follows(at + 1) {
            let (first, last) = HijriDate::year_bounds(number)?;
            let found = Found::new(at + 2, DateMeaning::Fixed(DateValue::Days(first, last)));
            return Some(found.flag(DateFlag::Hijri));
        }
        let year = self.year(at)?;
        if self.is_counted(at + 1) {
            return None;
        }
        if let Some(found) = self.dashed(at, year) {
            return Some(found);
        }
        let marked = self.kind(at + 1) == Kind::GregorianMark && self.follows(at + 1);
        let next = at + 1 + usize::from(marked);
        Some(Found::new(next, DateMeaning::Fixed(DateValue::Year(year))))
    }

    /// «2019-2021», «2023/2024».
    fn dashed(&self, at: usize, first: u16) -> Option<Found> {
        let last = self.year(at + 1)?;
        let plausible = match self.gap_before(at + 1) {
            Gap::Mark('-' | '\u{2013}' | '\u{2014}') => {
                last > first && last - first <= LONGEST_DASHED
            }
            Gap::Mark('/') => last == first + 1,
            _ => false,
        };
        let meaning = DateMeaning::Fixed(DateValue::Years(first, last));
        plausible.then(|| Found::new(at + 2, meaning))
    }

    /// A year with nothing but its surroundings to show it.
    pub(super) fn bare_year(&self, at: usize) -> Option<Found> {
        let year = self.year(at).filter(|year| LIKELY.contains(year))?;
        let before = self.word_before(at);
        if let Some(found) = self.between(at, year, before) {
            return Some(found);
        }
        if let Some(found) = self.dashed(at, year) {
            return Some(found);
        }
        let headed = matches!(before, Kind::Units(Stretch::Year, _));
        let listed = self.continues_years(at);
        let timed = matches!(
            before,
            Kind::In | Kind::Ago | Kind::From | Kind::To | Kind::Between
        );
        let evident = headed || listed || timed && self.ends_like_a_year(at + 1);
        let counted = self.is_counted(at + 1);
        (evident && !counted).then(|| Found::new(at + 1, DateMeaning::Fixed(DateValue::Year(year))))
    }

    /// The word before, when only space stands between.
    fn word_before(&self, at: usize) -> Kind {
        match at.checked_sub(1) {
            Some(before) if matches!(self.gap_before(at), Gap::Space | Gap::Glued) => {
                self.kind(before)
            }
            _ => Kind::Other,
        }
    }

    /// «بين 2003 و2011», «من 2003 إلى 2011», «بين عامي 2003 و2011».
    fn between(&self, at: usize, first: u16, before: Kind) -> Option<Found> {
        let before = match before {
            Kind::Units(Stretch::Year, _) | Kind::Unit(Stretch::Year, _) => {
                self.word_before(at - 1)
            }
            other => other,
        };
        let joined = match before {
            Kind::Between => self.kind(at + 1) == Kind::And,
            Kind::From | Kind::In | Kind::Ago | Kind::Other => self.kind(at + 1) == Kind::To,
            _ => false,
        };
        if !joined || self.gap_before(at + 1) != Gap::Space {
            return None;
        }
        let named = matches!(self.kind(at + 2), Kind::Unit(Stretch::Year, _));
        let end = at + 2 + usize::from(named);
        let last = self
            .year(end)
            .filter(|last| *last > first && LIKELY.contains(last))?;
        Some(Found::new(
            end + 1,
            DateMeaning::Fixed(DateValue::Years(first, last)),
        ))
    }

    /// Whether a year stands before it in a list: «2006 و2009», «2006، 2009».
    fn continues_years(&self, at: usize) -> bool {
        let likely = |at: Option<usize>| {
            at.and_then(|at| self.year(at))
                .is_some_and(|year| LIKELY.contains(&year))
        };
        let Some(before) = at.checked_sub(1) else {
            return false;
        };
        match self.gap_before(at) {
            Gap::Mark('،' | ',') => likely(Some(before)) && self.starts_in_years(before),
            Gap::Glued | Gap::Space => {
                self.kind(before) == Kind::And
                    && before
                        .checked_sub(1)
                        .is_some_and(|first| likely(Some(first)) && self.starts_in_years(first))
            }
            _ => false,
        }
    }

    /// Whether the year at `at` is itself shown to be one, a bounded way back.
    fn starts_in_years(&self, mut at: usize) -> bool {
        for _ in 0..12 {
            match self.word_before(at) {
                Kind::Units(Stretch::Year, _)
                | Kind::Unit(Stretch::Year, _)
                | Kind::In
                | Kind::Part => return true,
                _ => {}
            }
            let back = match self.gap_before(at) {
                Gap::Mark('،' | ',') => 1,
                _ if self.word_before(at) == Kind::And => 2,
                _ => return false,
            };
            match at
                .checked_sub(back)
                .filter(|&first| self.year(first).is_some())
            {
                Some(first) => at = first,
                None => return false,
            }
        }
        false
    }

    /// Whether the number before item `at` counts it.
    fn is_counted(&self, at: usize) -> bool {
        self.gap_before(at) == Gap::Space
            && COUNTED.contains(&folded_letters(self.word(at)).as_str())
    }

    /// Whether what stands at `at` may follow a year but not a count.
    fn ends_like_a_year(&self, at: usize) -> bool {
        if self.gap_before(at) != Gap::Space {
            return !matches!(self.gap_before(at), Gap::Mark('%' | '٪' | '$'));
        }
        let Some(item) = self.items.get(at) else {
            return true;
        };
        if item.has_clitic() || matches!(item.kind, Kind::And | Kind::GregorianMark) {
            return true;
        }
        let word = folded_letters(item.span.of(self.text));
        let begins = ["ال", "وال", "بال", "لل", "وب", "وت", "وك", "فال"];
        AFTER_YEAR.contains(&word.as_str()) || begins.iter().any(|b| word.starts_with(b))
    }
}
