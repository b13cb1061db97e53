//! Places what follows a «read also» or «related» marker.

use super::cohesion::{GOES_ON_WORDS, cohesion};
use super::cue::Cue;
use super::rules::RuleKind;
use super::splitter::{Section, Splitter};
use super::unit::{Ending, Unit};
use super::value::{bare_date, dateline};
use crate::parse::page::PartKind;
use crate::text::ByteSpan;

/// The first paragraph of an article has at least so many words.
const LEAD_WORDS: usize = 10;

/// An item of a list that is a paragraph, and no headline, has at least so many.
const ITEM_WORDS: usize = 22;

/// What a marker announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Plan {
    Headlines,
    /// Headlines up to this unit, then the article around the marker goes on.
    Insertion(usize),
    /// Headlines up to this unit, then an article whose header starts there.
    Embedded(usize),
    /// The rest of the marker's line is the title of an article.
    Titled,
}

/// What stands between a marker and the first paragraph behind it.
struct Ahead {
    paragraph: usize,
    /// The line that may be the title of the paragraph's article.
    title: Option<usize>,
    /// Lines that may be headlines.
    lines: usize,
    /// A date or a dateline stands between title and paragraph.
    is_dated: bool,
}

impl Splitter<'_> {
    pub(super) fn place_marker(&mut self, at: usize, unit: Unit, cue: Cue) -> usize {
        self.place_bullet(unit);
        let is_read_also = cue.kind == RuleKind::ReadAlso;
        let (kind, reason, after) = if is_read_also {
            (PartKind::ReadAlso, "cue-read-also", "after-read-also")
        } else {
            (PartKind::Related, "cue-related", "after-related")
        };
        let reason = if cue.is_own { "own-rule" } else { reason };
        self.push(cue.span, kind, reason, 0.97);
        let next = at + 1;
        let end = (next..self.units.len())
            .find(|&i| self.is_marker(i))
            .unwrap_or(self.units.len());
        self.looks += end - at;
        let plan = self.plan(next, end, cue);
        let around = std::mem::replace(&mut self.section, Section::Headlines);
        match plan {
            Plan::Headlines => {
                self.place_rest(cue, after);
                self.place_headlines(next, end, after);
                // The text may go on behind the next marker.
                self.section = around;
                end
            }
            Plan::Insertion(until) => {
                self.place_rest(cue, "inside-article");
                self.place_headlines(next, until, "inside-article");
                self.section = around;
                until
            }
            Plan::Embedded(from) => {
                self.place_rest(cue, after);
                self.place_headlines(next, from, after);
                self.begin_article();
                from
            }
            Plan::Titled => {
                self.begin_article();
                self.place_title(cue.rest, after, 0.85);
                next
            }
        }
    }

    /// What stands on the marker's own line behind it.
    fn place_rest(&mut self, cue: Cue, reason: &'static str) {
        if self.has_rest(cue) {
            self.push(cue.rest, PartKind::Headline, reason, 0.9);
        }
    }

    fn has_rest(&self, cue: Cue) -> bool {
        cue.rest.of(self.text).contains(char::is_alphanumeric)
    }

    /// Decides what the units `next..end` behind a marker are.
    fn plan(&self, next: usize, end: usize, cue: Cue) -> Plan {
        let Some(ahead) = self.ahead(next, end) else {
            return Plan::Headlines;
        };
        let Some(&lead) = self.units.get(ahead.paragraph) else {
            return Plan::Headlines;
        };
        let current = match self.section {
            Section::Article(index) => Some(index),
            _ => None,
        };
        let is_open = current.is_some_and(|index| self.has_body(index) && !self.is_closed(index));
        let awaits_source = current
            .and_then(|index| self.articles.get(index))
            .is_some_and(|article| article.outlets.is_empty())
            && (ahead.paragraph..end).any(|i| self.cue_kind(i) == Some(RuleKind::Outlet));
        let continues = self.continues(lead.span);
        let strong = |title: ByteSpan| cohesion(self.text, title, lead.span).is_strong();
        let title_fits = ahead
            .title
            .and_then(|at| self.units.get(at))
            .is_some_and(|title| strong(title.span));
        if self.has_rest(cue) {
            let rest_fits = strong(cue.rest) && !continues;
            return match ahead.title {
                Some(title) if title_fits && !is_open => Plan::Embedded(title),
                _ if is_open && (awaits_source || !rest_fits) => Plan::Insertion(next),
                _ if rest_fits || !continues && ahead.lines == 0 => Plan::Titled,
                Some(title) => Plan::Embedded(title),
                None => Plan::Titled,
            };
        }
        let embedded = Plan::Embedded(self.header_start(next, &ahead));
        if !is_open {
            let begun = self.progress.iter().any(|progress| progress.has_body);
            let is_list = cue.kind == RuleKind::Related && begun && !title_fits && !ahead.is_dated;
            return if is_list { Plan::Headlines } else { embedded };
        }
        // A heading of one or two words is no title of an article.
        let title_fits = title_fits
            && ahead
                .title
                .and_then(|at| self.units.get(at))
                .is_some_and(|title| title.words >= 4);
        let goes_on = current
            .and_then(|index| self.progress.get(index))
            .is_some_and(|progress| {
                cohesion(self.text, progress.last_paragraph, lead.span).shared >= GOES_ON_WORDS
            });
        // «Read also» alone on its line leads on; «related» lists, and the text goes on.
        let lists = i32::from(cue.kind == RuleKind::Related);
        let inserted = (1 + lists) * i32::from(!title_fits)
            + i32::from(goes_on)
            + 2 * i32::from(continues)
            + 3 * i32::from(awaits_source)
            + 3 * i32::from(ahead.title.is_none())
            + i32::from(ahead.lines > 1)
            + lists;
        let begins = 2 * i32::from(title_fits)
            + 3 * i32::from(ahead.is_dated)
            + i32::from(!continues)
            + i32::from(ahead.lines == 1)
            + (1 - lists);
        if begins > inserted {
            embedded
        } else {
            Plan::Insertion(ahead.paragraph)
        }
    }

    /// What stands before the first paragraph of `next..end`; `None` without one.
    fn ahead(&self, next: usize, end: usize) -> Option<Ahead> {
        let is_lead = |unit: &Unit| {
            let is_item = unit.bullet.is_some();
            let words = if is_item { ITEM_WORDS } else { LEAD_WORDS };
            let goes_on = !is_item && self.continues(unit.span);
            unit.is_paragraph() && (unit.words >= words || goes_on)
        };
        let paragraph = (next..end).find(|&i| self.units.get(i).is_some_and(is_lead))?;
        let mut ahead = Ahead {
            paragraph,
            title: None,
            lines: 0,
            is_dated: false,
        };
        for at in (next..paragraph).rev() {
            let Some(unit) = self.units.get(at) else {
                break;
            };
            let is_date = matches!(unit.kind(), Some(RuleKind::Published | RuleKind::Updated))
                || unit.cue.is_none() && bare_date(self.rules, self.text, unit).is_some();
            let is_line = unit.cue.is_none() && !is_date && !unit.span.is_empty();
            if ahead.title.is_none() {
                ahead.is_dated |= is_date;
                let place = is_line && ahead.lines == 0 && at > next && unit.bullet.is_none();
                let line = place
                    .then(|| dateline(self.rules, self.text, unit.span))
                    .flatten();
                if line.is_some()
                    && unit.ending == Ending::Open
                    && self.units.get(at - 1).is_some_and(Unit::is_title)
                {
                    ahead.is_dated = true;
                    continue;
                }
                if unit.is_title() && !is_date {
                    ahead.title = Some(at);
                }
            }
            ahead.lines += usize::from(is_line);
        }
        Some(ahead)
    }

    /// Where the header of the article behind a marker starts: at its title, at
    /// a date right above it, or at the metadata between the marker and it.
    fn header_start(&self, next: usize, ahead: &Ahead) -> usize {
        let title = ahead.title.unwrap_or(next);
        let is_date = |at: usize| {
            let unit = self.units.get(at).filter(|unit| unit.cue.is_none());
            unit.is_some_and(|unit| bare_date(self.rules, self.text, unit).is_some())
        };
        let is_cue = |at: usize| self.units.get(at).is_some_and(|unit| unit.cue.is_some());
        if (next..title).all(|at| is_cue(at) || is_date(at)) {
            return next;
        }
        // In a list of headlines with dates the date belongs to the one above it.
        match title.checked_sub(1) {
            Some(above) if is_date(above) && !(next..above).any(is_date) => above,
            _ => title,
        }
    }

    pub(super) fn place_headlines(
        &mut self,
        from: usize,
        until: usize,
        reason: &'static str,
    ) -> usize {
        for at in from..until {
            let Some(&unit) = self.units.get(at) else {
                break;
            };
            self.looks += 1;
            match unit.cue {
                Some(cue) => {
                    self.place_cue(at, unit, cue);
                }
                None if self.place_awaited(&unit) => {}
                None => self.place_list_line(&unit, reason),
            }
        }
        until
    }

    pub(super) fn place_list_line(&mut self, unit: &Unit, reason: &'static str) {
        self.place_bullet(*unit);
        if unit.span.is_empty() {
            return;
        }
        if self.is_buttons(unit) {
            self.push(unit.span, PartKind::Share, "only-button-words", 0.9);
        } else if bare_date(self.rules, self.text, unit).is_some() {
            self.push(unit.span, PartKind::Boilerplate, "date-in-list", 0.8);
        } else if unit.is_paragraph() && unit.ending == Ending::Stop && unit.bullet.is_none() {
            self.push(unit.span, PartKind::Unclassified, "paragraph-in-list", 0.4);
        } else if unit.words < 2 && unit.bullet.is_none() {
            self.push(unit.span, PartKind::Unclassified, "word-in-list", 0.5);
        } else {
            self.push(unit.span, PartKind::Headline, reason, 0.9);
        }
    }
}
