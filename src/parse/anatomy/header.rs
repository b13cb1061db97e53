//! Places what stands before the first paragraph of an article: navigation, a
//! title, dates, bylines, a dateline.

use super::cohesion::cohesion;
use super::rules::RuleKind;
use super::splitter::Splitter;
use super::unit::{Ending, Unit};
use super::value::{bare_date, date_cell, dateline};
use crate::parse::page::PartKind;
use crate::text::tokenize;

/// A line of so many words behind the title is a first line of text.
const TEXT_WORDS: usize = 8;

/// So many headers' lines are weighed as titles; a page has fewer.
const CANDIDATES: usize = 40;

impl Splitter<'_> {
    /// Places the units from `at` up to and with the first paragraph, or up to
    /// the next marker when there is none.
    pub(super) fn place_header(&mut self, at: usize, index: usize) -> usize {
        let is_lead =
            |i: usize| self.units.get(i).is_some_and(Unit::is_paragraph) && !self.is_announced(i);
        let end = self.units.len();
        let lead = (at..end)
            .find(|&i| self.is_marker(i) || is_lead(i))
            .unwrap_or(end);
        self.looks += lead - at;
        if lead == end || self.is_marker(lead) {
            return self.place_without_paragraph(at, lead);
        }
        let best = self.title_among(at, lead);
        let title = best.map(|(at, _)| at);
        for i in at..lead {
            let Some(&unit) = self.units.get(i) else {
                break;
            };
            if unit.span.is_empty() {
                self.place_bullet(unit);
            } else if let Some(cue) = unit.cue {
                self.place_cue(i, unit, cue);
            } else if Some(i) == title {
                self.awaited = None;
                let sure = best.is_some_and(|(_, is_cohesive)| is_cohesive);
                self.place_title(unit.whole(), "first-line", if sure { 0.95 } else { 0.85 });
            } else if !self.place_awaited(&unit) {
                self.place_header_line(i, lead, unit, title, index);
            }
        }
        self.awaited = None;
        if let Some(unit) = self.units.get(lead).copied() {
            self.place_body(&unit, "running-text", 0.95);
            self.read_dateline_of(&unit, index);
        }
        lead + 1
    }

    fn place_header_line(
        &mut self,
        at: usize,
        lead: usize,
        unit: Unit,
        title: Option<usize>,
        index: usize,
    ) {
        let (span, behind_title) = (unit.whole(), title.is_some_and(|title| title < at));
        if bare_date(self.rules, self.text, &unit).is_some() {
            self.place_published(span, unit.span, "bare-date", RuleKind::Published);
        } else if title.is_some() && date_cell(self.rules, self.text, &unit).is_some() {
            self.place_published(span, unit.span, "date-cell", RuleKind::Published);
        } else if self.is_buttons(&unit) {
            self.push(span, PartKind::Share, "only-button-words", 0.9);
        } else if is_hashtags(unit.span.of(self.text)) {
            self.place_keywords(span, unit.span, "hashtags", 0.85);
        } else if self.is_dateline(at, lead, behind_title) {
            self.place_dateline(unit, index);
        } else if is_navigation(unit.span.of(self.text)) {
            self.push(span, PartKind::Boilerplate, "navigation", 0.8);
        } else if self.has_body(index) || behind_title && unit.words >= TEXT_WORDS {
            self.place_body(&unit, "line-before-paragraph", 0.6);
        } else {
            let reason = if behind_title {
                "between-title-and-text"
            } else {
                "before-title"
            };
            self.push(span, PartKind::Unclassified, reason, 0.6);
        }
    }

    /// The unit between `at` and the first paragraph that is most like a title,
    /// and whether its words come back there.
    fn title_among(&self, at: usize, lead: usize) -> Option<(usize, bool)> {
        let mut best: Option<(usize, i32, bool)> = None;
        for i in (at..lead).take(CANDIDATES) {
            let Some(score) = self.title_score(i, lead) else {
                continue;
            };
            let is_cohesive = self.is_cohesive(i, lead);
            let score = score + 4 * i32::from(is_cohesive);
            let score = match best {
                // «Title | Site» above «Title»: the second is the title.
                Some((earlier, score_before, _)) if self.is_part_of(i, earlier) => {
                    score.max(score_before + 1)
                }
                _ => score,
            };
            if best.is_none_or(|(_, most, _)| score > most) {
                best = Some((i, score, is_cohesive));
            }
        }
        best.map(|(at, _, is_cohesive)| (at, is_cohesive))
    }

    fn title_score(&self, at: usize, lead: usize) -> Option<i32> {
        let unit = self.units.get(at).filter(|unit| unit.is_title())?;
        let text = unit.span.of(self.text);
        let awaits = at
            .checked_sub(1)
            .and_then(|before| self.units.get(before)?.cue);
        let is_value = awaits.is_some_and(|cue| cue.kind.has_value() && cue.rest.is_empty());
        if is_value && unit.words <= 6
            || bare_date(self.rules, self.text, unit).is_some()
            || is_hashtags(text)
            || self.is_buttons(unit)
            || self.known_dateline(at, lead)
        {
            return None;
        }
        let mut score = match unit.words {
            0..=2 => 0,
            3 => 1,
            _ => 2,
        };
        score -= 4 * i32::from(is_navigation(text));
        score += i32::from(self.is_announced(at));
        // A line that states a date in one of its cells is no title as long as another is one.
        score -= 3 * i32::from(date_cell(self.rules, self.text, unit).is_some());
        Some(score)
    }

    /// Whether a line without a full stop has a date or a byline right behind
    /// it, as titles have however long they are.
    fn is_announced(&self, at: usize) -> bool {
        let Some((unit, next)) = self.units.get(at).zip(self.units.get(at + 1)) else {
            return false;
        };
        let label = matches!(
            next.kind(),
            Some(RuleKind::Published | RuleKind::Updated | RuleKind::Byline)
        );
        unit.is_title() && (label || bare_date(self.rules, self.text, next).is_some())
    }

    fn is_cohesive(&self, at: usize, lead: usize) -> bool {
        let (Some(unit), Some(lead)) = (self.units.get(at), self.units.get(lead)) else {
            return false;
        };
        cohesion(self.text, unit.span, lead.span).is_strong()
    }

    fn is_part_of(&self, at: usize, earlier: usize) -> bool {
        let text = |at: usize| {
            self.units
                .get(at)
                .map_or("", |unit| unit.span.of(self.text))
        };
        let (short, long) = (text(at), text(earlier));
        long.starts_with(short) && short.len() * 3 >= long.len() && short.len() < long.len()
    }

    /// Whether the unit stands right before the first paragraph and names an agency.
    fn known_dateline(&self, at: usize, lead: usize) -> bool {
        self.stands_before(at, lead)
            && self.units.get(at).is_some_and(|unit| {
                dateline(self.rules, self.text, unit.span).is_some_and(|line| line.has_agency)
            })
    }

    fn is_dateline(&self, at: usize, lead: usize, behind_title: bool) -> bool {
        let Some(unit) = self.units.get(at).filter(|unit| unit.bullet.is_none()) else {
            return false;
        };
        let ends = unit.ending != Ending::Stop && unit.ending != Ending::Mark;
        ends && self.stands_before(at, lead)
            && dateline(self.rules, self.text, unit.span)
                .is_some_and(|line| behind_title || line.has_agency)
    }

    /// Whether only metadata stands between the unit and the first paragraph.
    fn stands_before(&self, at: usize, lead: usize) -> bool {
        (at + 1..lead).take(4).all(|i| {
            self.units.get(i).is_some_and(|unit| {
                unit.cue.is_some() || bare_date(self.rules, self.text, unit).is_some()
            })
        }) && lead - at <= 4
    }

    fn place_dateline(&mut self, unit: Unit, index: usize) {
        self.push(
            unit.whole(),
            PartKind::Dateline,
            "before-first-paragraph",
            0.85,
        );
        let Some(line) = dateline(self.rules, self.text, unit.span) else {
            return;
        };
        self.add_outlets(line.outlet);
        if let Some(article) = self.articles.get_mut(index) {
            article.dateline_place = article.dateline_place.or(line.place);
        }
    }

    /// The place of a dateline that the first paragraph begins with: «موسكو (رويترز) - أعلن …».
    fn read_dateline_of(&mut self, unit: &Unit, index: usize) {
        let text = unit.span.of(self.text);
        let words = tokenize(text).take(8);
        let Some(near) = words
            .last()
            .and_then(|token| text.get(..token.span.end as usize))
        else {
            return;
        };
        if !near.contains(')') {
            return;
        }
        let signs = [") - ", ") – ", ") -- ", ") ـ ", ")-", ")–", "): ", ") :"];
        let close = signs.iter().filter_map(|sign| near.find(sign)).min();
        let Some(end) = close.map(|at| at + 1) else {
            return;
        };
        let head = crate::text::ByteSpan {
            start: unit.span.start,
            end: unit.span.start + u32::try_from(end).unwrap_or(0),
        };
        let found = dateline(self.rules, self.text, head).filter(|line| line.has_agency);
        if let (Some(line), Some(article)) = (found, self.articles.get_mut(index)) {
            article.dateline_place = article.dateline_place.or(line.place);
        }
    }

    /// Units up to a marker or the end, none of which is a paragraph: a short
    /// note, or a list of headlines.
    fn place_without_paragraph(&mut self, at: usize, end: usize) -> usize {
        let lines = || {
            (at..end)
                .filter_map(|i| self.units.get(i))
                .filter(|unit| unit.cue.is_none())
        };
        let (count, bulleted) = (
            lines().count(),
            lines().filter(|unit| unit.bullet.is_some()).count(),
        );
        if count >= 3 && bulleted * 2 > count {
            return self.place_headlines(at, end, "only-headlines");
        }
        let first = self.units.get(at).copied();
        let is_announced = (at + 1..end).take(3).any(|i| {
            matches!(
                self.cue_kind(i),
                Some(RuleKind::Published | RuleKind::Outlet)
            )
        });
        let titled = first.is_some_and(|unit| unit.is_title() && is_announced);
        for i in at..end {
            let Some(&unit) = self.units.get(i) else {
                break;
            };
            if unit.span.is_empty() {
                self.place_bullet(unit);
            } else if let Some(cue) = unit.cue {
                self.place_cue(i, unit, cue);
            } else if self.place_awaited(&unit) {
            } else if i == at && titled {
                self.place_title(unit.whole(), "first-line", 0.7);
            } else if bare_date(self.rules, self.text, &unit).is_some() {
                self.place_published(unit.whole(), unit.span, "bare-date", RuleKind::Published);
            } else if self.is_buttons(&unit) {
                self.push(unit.whole(), PartKind::Share, "only-button-words", 0.9);
            } else if is_navigation(unit.span.of(self.text)) {
                self.push(unit.whole(), PartKind::Boilerplate, "navigation", 0.8);
            } else if !unit.span.of(self.text).contains(char::is_alphabetic) {
                self.push(unit.whole(), PartKind::Unclassified, "no-letters", 0.6);
            } else {
                self.place_body(&unit, "short-text", 0.5);
            }
        }
        end
    }
}

/// A line of cells, as menus and paths have: «الرئيسية / أخبار / سياسة».
pub(super) fn is_navigation(line: &str) -> bool {
    let is_separator = |c: char| {
        matches!(
            c,
            '|' | '/' | '>' | '»' | '›' | '•' | '·' | '\\' | '‹' | '«'
        )
    };
    let cells = line.split(is_separator);
    let (mut count, mut short) = (0, 0);
    for cell in cells.take(20) {
        count += 1;
        short += usize::from(cell.split_whitespace().take(4).count() <= 3);
    }
    count >= 3 && short == count && !line.contains(['"', '.'])
}

/// Whether every word of the line is a hashtag.
pub(super) fn is_hashtags(line: &str) -> bool {
    line.starts_with('#') && line.split_whitespace().all(|word| word.starts_with('#'))
}
