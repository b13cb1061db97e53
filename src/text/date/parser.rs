//! The grammar: which items in a row are a date. Every rule looks a bounded
//! number of items ahead, so that reading is linear in the text.

use super::calendar::Weekday;
use super::expression::{DateExpression, DateFlag, DateMeaning, Direction};
use super::item::{DayName, Gap, Item, Kind, items};
use super::value::DateValue;
use super::word_table::{FUTURE, NO_TODAY_AFTER, NOT_TODAY};
use crate::text::ByteSpan;
use crate::text::fold::folded_letters;

/// Words before a weekday in which a verb in the future is looked for.
const FUTURE_REACH: usize = 8;

/// Items that were read, and what they say.
pub(super) struct Found {
    /// One past the last item.
    pub(super) next: usize,
    pub(super) meaning: DateMeaning,
    pub(super) weekday: Option<Weekday>,
    pub(super) flags: Vec<DateFlag>,
    /// Whether a bracket was opened inside, so that the closing one belongs to it.
    pub(super) bracket: bool,
}

impl Found {
    pub(super) fn new(next: usize, meaning: DateMeaning) -> Self {
        Self {
            next,
            meaning,
            weekday: None,
            flags: Vec::new(),
            bracket: false,
        }
    }

    pub(super) fn flag(mut self, flag: DateFlag) -> Self {
        if !self.flags.contains(&flag) {
            self.flags.push(flag);
        }
        self
    }
}

/// A text and its items.
pub(super) struct Parser<'a> {
    pub(super) text: &'a str,
    pub(super) items: Vec<Item>,
}

impl<'a> Parser<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            items: items(text),
        }
    }

    /// All dates, in order, apart from each other.
    pub(super) fn run(&self) -> Vec<DateExpression> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < self.items.len() {
            match self.expression(at) {
                Some((expression, next)) => {
                    found.push(expression);
                    at = next.max(at + 1);
                }
                None => at += 1,
            }
        }
        found
    }

    pub(super) fn kind(&self, at: usize) -> Kind {
        self.items.get(at).map_or(Kind::Other, |item| item.kind)
    }

    /// What stands before item `at`.
    pub(super) fn gap_before(&self, at: usize) -> Gap {
        at.checked_sub(1)
            .and_then(|before| self.items.get(before))
            .map_or(Gap::Break, |item| item.gap)
    }

    /// Whether item `at` follows the one before it with only space between, and without a proclitic.
    pub(super) fn follows(&self, at: usize) -> bool {
        matches!(self.gap_before(at), Gap::Space | Gap::Glued)
            && self.items.get(at).is_some_and(|item| !item.has_clitic())
    }

    /// Whether it follows with space or one of the marks.
    pub(super) fn follows_after(&self, at: usize, marks: &str) -> bool {
        match self.gap_before(at) {
            Gap::Mark(c) => {
                marks.contains(c) && self.items.get(at).is_some_and(|item| !item.has_clitic())
            }
            _ => self.follows(at),
        }
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        self.items
            .get(at)
            .map_or("", |item| item.span.of(self.text))
    }

    fn expression(&self, at: usize) -> Option<(DateExpression, usize)> {
        if self.kind(at) == Kind::Other {
            return None;
        }
        let head = self.leads(at);
        let found = self
            .day(head, at)
            .or_else(|| self.stretch(at).filter(|_| head == at))?;
        let last = self.items.get(found.next.checked_sub(1)?)?;
        let start = self.items.get(at)?.span.start;
        let end = last
            .closed
            .filter(|_| found.bracket)
            .unwrap_or(last.span.end);
        let expression = DateExpression {
            span: ByteSpan { start, end },
            meaning: found.meaning,
            weekday: found.weekday,
            flags: found.flags,
        };
        Some((expression, found.next))
    }

    /// The item after «يوم», «صباح» and the like, when there are some.
    fn leads(&self, at: usize) -> usize {
        let mut head = at;
        while head < at + 3
            && matches!(self.kind(head), Kind::DayWord | Kind::PartOfDay)
            && self.gap_before(head + 1) == Gap::Space
        {
            head += 1;
        }
        head
    }

    /// A day: from today, of the week, of a month, alone or beside each other.
    fn day(&self, at: usize, start: usize) -> Option<Found> {
        if let Some((next, offset)) = self.day_name(at, start) {
            return Some(self.with_date(next, DateMeaning::Days(offset), true));
        }
        if let Kind::Weekday(day) = self.kind(at) {
            let clitic = self.items.get(at).is_some_and(Item::has_clitic);
            if clitic && at > start {
                return None;
            }
            return self.weekday(at, start, day);
        }
        self.calendar(at)
    }

    /// «أمس», «أول أمس», «أول من أمس», «بعد غد», «اليوم».
    fn day_name(&self, at: usize, start: usize) -> Option<(usize, i32)> {
        let name = |at: usize| match self.kind(at) {
            Kind::Relative(name) => Some(name),
            _ => None,
        };
        if self.kind(at) == Kind::Ordinal(1) {
            let of = self.kind(at + 1) == Kind::From && self.follows(at + 1);
            let yesterday = at + 1 + usize::from(of);
            if name(yesterday) == Some(DayName::Yesterday) && self.follows(yesterday) {
                return Some((yesterday + 1, -2));
            }
        }
        if self.kind(at) == Kind::In
            && name(at + 1) == Some(DayName::Tomorrow)
            && self.follows(at + 1)
            && folded_letters(self.word(at)) == "بعد"
        {
            return Some((at + 2, 2));
        }
        match name(at)? {
            DayName::Yesterday if self.kind(at + 1) == Kind::Ordinal(1) && self.follows(at + 1) => {
                Some((at + 2, -2))
            }
            // «في أمس الحاجة» is the superlative of another word.
            DayName::Yesterday if folded_letters(self.word(at + 1)) == "الحاجه" => None,
            DayName::Yesterday => Some((at + 1, -1)),
            DayName::Tomorrow => Some((at + 1, 1)),
            DayName::Today => self.is_today(at, start).then_some((at + 1, 0)),
        }
    }

    /// Whether «اليوم» is today and neither «the next day» nor part of a name.
    fn is_today(&self, at: usize, start: usize) -> bool {
        let weekday = matches!(self.kind(at + 1), Kind::Weekday(_));
        if weekday && self.follows_after(at + 1, "(،,") {
            return true;
        }
        let after = folded_letters(self.word(at + 1));
        if self.gap_before(at + 1) == Gap::Space && NOT_TODAY.contains(&after.as_str()) {
            return false;
        }
        let Some(before) = start
            .checked_sub(1)
            .filter(|_| self.gap_before(start) == Gap::Space)
        else {
            return true;
        };
        // «في اليوم»: each day, or the day of the story.
        let each = self.kind(before) == Kind::In && folded_letters(self.word(before)) == "في";
        let before = folded_letters(self.word(before));
        !each && !NO_TODAY_AFTER.contains(&before.as_str())
    }

    fn weekday(&self, at: usize, start: usize, day: u8) -> Option<Found> {
        let weekday = Weekday::ALL.get(usize::from(day)).copied()?;
        if start == at && !self.is_weekday(at) {
            return None;
        }
        if let Kind::Modifier(offset) = self.kind(at + 1)
            && self.follows(at + 1)
        {
            let direction = direction(offset);
            return Some(self.with_date(at + 2, DateMeaning::Weekday(weekday, direction), false));
        }
        let meaning = DateMeaning::Weekday(weekday, Direction::Unstated);
        let mut found = self.with_date(at + 1, meaning, false);
        if found.next == at + 1 && self.lies_ahead(start) {
            found.meaning = DateMeaning::Weekday(weekday, Direction::Future);
            return Some(found.flag(DateFlag::FutureCue));
        }
        if found.next > at + 1 {
            found.weekday = Some(weekday);
            found = self.checked(found);
        }
        Some(found)
    }

    /// Whether a verb in the future stands before item `start` in its clause: «سيلتقي الوزيران الأربعاء».
    fn lies_ahead(&self, start: usize) -> bool {
        for at in (start.saturating_sub(FUTURE_REACH)..start).rev() {
            if !matches!(self.gap_before(at + 1), Gap::Space | Gap::Glued) {
                return false;
            }
            if FUTURE.contains(&folded_letters(self.word(at)).as_str()) {
                return true;
            }
        }
        false
    }

    /// Whether the name of a day is used as one: not «صلاة الجمعة», not «الاثنين» for the two.
    fn is_weekday(&self, at: usize) -> bool {
        if self.gap_before(at) != Gap::Space {
            return true;
        }
        let Some(before) = at.checked_sub(1) else {
            return true;
        };
        let before = folded_letters(self.word(before));
        let bound = [
            "صلاه", "خطبه", "خطيب", "جمعه", "بين", "كلا", "سوق", "مسجد", "حزب",
        ];
        !bound.contains(&before.as_str())
    }

    /// Adds a weekday and a calendar date that stand after a day of another kind.
    fn with_date(&self, next: usize, meaning: DateMeaning, weekday_too: bool) -> Found {
        let mut found = Found::new(next, meaning);
        if let (true, Kind::Weekday(day)) = (weekday_too, self.kind(found.next))
            && self.follows_after(found.next, "(،,")
        {
            found.bracket = self.gap_before(found.next) == Gap::Mark('(');
            found.weekday = Weekday::ALL.get(usize::from(day)).copied();
            found.next += 1;
        }
        let open = self.gap_before(found.next) == Gap::Mark('(');
        if !self.follows_after(found.next, "(،,-") {
            return found;
        }
        let Some(date) = self
            .calendar(found.next)
            .filter(|date| is_day(date.meaning))
        else {
            return found;
        };
        let weekday = found.weekday;
        let mut date = Found {
            weekday,
            bracket: date.bracket || open,
            ..date
        };
        date = self.checked(date);
        date
    }

    /// Flags a weekday that is not that of the day.
    fn checked(&self, found: Found) -> Found {
        match (found.weekday, found.meaning) {
            (Some(weekday), DateMeaning::Fixed(DateValue::Day(day)))
                if day.weekday() != weekday =>
            {
                found.flag(DateFlag::WeekdayConflict)
            }
            _ => found,
        }
    }
}

/// Whether the meaning is a day of a month, with or without its year.
fn is_day(meaning: DateMeaning) -> bool {
    matches!(
        meaning,
        DateMeaning::Fixed(DateValue::Day(_))
            | DateMeaning::DayOfMonth { .. }
            | DateMeaning::DayOfRelativeMonth { .. }
    )
}

/// The direction of «الماضي» and its like.
pub(super) fn direction(offset: i8) -> Direction {
    match offset {
        0 => Direction::Present,
        n if n < 0 => Direction::Past,
        _ => Direction::Future,
    }
}
