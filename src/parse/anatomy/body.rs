//! Places what stands behind the first paragraph of an article.

use super::cohesion::{GOES_ON_WORDS, cohesion};
use super::glue::{PageWords, may_be_glued, split_glued};
use super::header::is_hashtags;
use super::rules::RuleKind;
use super::splitter::{Section, Splitter};
use super::unit::{Ending, Unit};
use super::value::{bare_date, dateline, trim};
use crate::parse::page::PartKind;
use crate::text::fold::folded_letters;
use crate::text::{ByteSpan, tokenize};

/// Longest page on which glued headlines are looked for, in bytes.
const GLUE_PAGE_BYTES: usize = 1 << 20;

/// So many title-like lines at the end of an article are a list of headlines.
const TRAILING_HEADLINES: u32 = 3;

/// So many units behind a title are looked at for the first paragraph.
const AHEAD: usize = 6;

/// Words with a first letter «و» of their own that paragraphs begin with.
const WAW_WORDS: &[&str] = &[
    "وزير",
    "وزيره",
    "وزراء",
    "وزاره",
    "وزارة",
    "وكاله",
    "وكالات",
    "وكيل",
    "وفد",
    "وفاه",
    "واشنطن",
    "وصل",
    "وصلت",
    "وصول",
    "وقع",
    "وقعت",
    "وجه",
    "وجهت",
    "وافق",
    "وافقت",
    "ورد",
    "وردت",
    "وسط",
    "وسايل",
    "وسائل",
    "وضع",
    "وضعت",
    "والي",
    "ولي",
    "وليد",
    "والد",
    "والده",
    "وثيقه",
    "وثائق",
    "وعد",
    "وقف",
    "وباء",
    "ودع",
    "ودعت",
    "وجد",
    "وجدت",
    "وحده",
    "وحدات",
    "وقود",
    "وقت",
    "ورشه",
    "وثق",
    "وثقت",
    "وارسو",
    "ولايه",
    "ولد",
    "وحيد",
    "وكلاء",
    "واصل",
    "واصلت",
    "واجه",
    "واجهت",
    "وصف",
    "وصفت",
    "وجبه",
    "وظائف",
    "وتيره",
    "وليام",
    "ويليام",
    "وائل",
    "وقائع",
];

impl Splitter<'_> {
    pub(super) fn place_in_body(&mut self, at: usize, unit: Unit, index: usize) -> usize {
        let span = unit.whole();
        if let Some(pieces) = self.glued_headlines(at, &unit) {
            for piece in pieces {
                let piece = trim(self.text, piece);
                self.push(piece, PartKind::Headline, "glued-headlines", 0.75);
            }
            return at + 1;
        }
        if unit.is_paragraph() {
            self.place_paragraph(&unit, index);
            return at + 1;
        }
        if self.is_buttons(&unit) {
            self.push(span, PartKind::Share, "only-button-words", 0.9);
            return at + 1;
        }
        if self.starts_article(at, index) {
            let next = self.begin_article();
            return self.place_header(at, next);
        }
        if bare_date(self.rules, self.text, &unit).is_some() {
            self.place_published(span, unit.span, "bare-date", RuleKind::Published);
            return at + 1;
        }
        if is_hashtags(unit.span.of(self.text)) {
            self.place_keywords(span, unit.span, "hashtags", 0.85);
            return at + 1;
        }
        if let Some(end) = self.trailing_list(at) {
            let section = std::mem::replace(&mut self.section, Section::Headlines);
            self.place_headlines(at, end, "trailing-list");
            self.section = section;
            return end;
        }
        if self.is_closed(index) {
            self.push(span, PartKind::Unclassified, "after-source-line", 0.5);
        } else {
            self.place_body(&unit, "running-text", 0.7);
        }
        at + 1
    }

    fn place_paragraph(&mut self, unit: &Unit, index: usize) {
        // A credit may stand in the middle of a text, a notice behind its end.
        if self.is_closed(index) && !self.continues(unit.span) {
            self.push(
                unit.whole(),
                PartKind::Unclassified,
                "paragraph-after-source",
                0.5,
            );
        } else {
            self.place_body(unit, "running-text", 0.95);
        }
    }

    /// Whether a new article starts at a unit behind the text of another: a
    /// title with a date or a dateline of its own, or one whose words come back
    /// in the paragraph behind it and are no words of the paragraph before.
    pub(super) fn starts_article(&mut self, at: usize, index: usize) -> bool {
        let Some(unit) = self.units.get(at).copied() else {
            return false;
        };
        let is_date =
            |splitter: &Self, unit: &Unit| bare_date(splitter.rules, splitter.text, unit).is_some();
        if is_date(self, &unit) || unit.kind() == Some(RuleKind::Published) {
            // The date stands above the title.
            let next = self
                .units
                .get(at + 1)
                .filter(|next| next.is_title() && !is_date(self, next));
            let lead = self.units.get(at + 2).filter(|lead| lead.is_paragraph());
            return next.zip(lead).is_some_and(|(title, lead)| {
                cohesion(self.text, title.span, lead.span).is_strong() && !self.continues(lead.span)
            });
        }
        if !unit.is_title() || unit.words < 3 || unit.bullet.is_some() {
            return false;
        }
        let (mut dated, mut signed) = (false, false);
        for i in at + 1..=at + AHEAD {
            self.looks += 1;
            let Some(next) = self.units.get(i).copied() else {
                return false;
            };
            match next.kind() {
                Some(RuleKind::Published | RuleKind::Updated) => dated = true,
                Some(RuleKind::Byline) => signed = true,
                Some(RuleKind::Share | RuleKind::Boilerplate) => {}
                Some(_) => return false,
                None if next.is_paragraph() => {
                    return self.is_title_of(&unit, &next, index, dated, signed);
                }
                None if is_date(self, &next) => dated = true,
                None => {
                    let line = dateline(self.rules, self.text, next.span);
                    let follows = self.units.get(i + 1).is_some_and(Unit::is_paragraph);
                    if line.is_none() || !follows {
                        return false;
                    }
                    dated = true;
                }
            }
        }
        false
    }

    fn is_title_of(
        &self,
        title: &Unit,
        lead: &Unit,
        index: usize,
        dated: bool,
        signed: bool,
    ) -> bool {
        if dated {
            return true;
        }
        if self.continues(lead.span) {
            return false;
        }
        let own = cohesion(self.text, title.span, lead.span);
        let is_closed = self.is_closed(index);
        if is_closed && index > 0 && title.words >= 4 {
            return true;
        }
        if !own.is_strong() {
            return false;
        }
        if is_closed || signed {
            return true;
        }
        let last = self
            .progress
            .get(index)
            .map_or_else(ByteSpan::default, |progress| progress.last_paragraph);
        let before = cohesion(self.text, title.span, last);
        let goes_on = cohesion(self.text, last, lead.span).shared >= GOES_ON_WORDS;
        // Headings inside the page's own article are no articles.
        index > 0 && !goes_on && before.shared * 2 < own.shared
    }

    /// Where the list ends that the rest of the article, up to the next marker, is.
    fn trailing_list(&self, at: usize) -> Option<usize> {
        let run = self
            .title_runs
            .get(at)
            .copied()
            .filter(|&run| run >= TRAILING_HEADLINES)?;
        let end = at + run as usize;
        let bulleted = self
            .units
            .get(at..end)?
            .iter()
            .all(|unit| unit.bullet.is_some());
        // Before the source line stand the last lines of the text.
        let is_text = matches!(
            self.cue_kind(end),
            Some(
                RuleKind::Outlet
                    | RuleKind::Keywords
                    | RuleKind::Published
                    | RuleKind::Byline
                    | RuleKind::Updated
            )
        );
        (bulleted || !is_text).then_some(end)
    }

    /// Headlines run together on one line inside an article.
    fn glued_headlines(&mut self, at: usize, unit: &Unit) -> Option<Vec<ByteSpan>> {
        let candidate = unit.ending == Ending::Open && unit.words >= 8;
        let follows = self.units.get(at + 1).is_some_and(Unit::is_paragraph);
        self.glued_pieces(unit, candidate && follows)
    }

    fn glued_pieces(&mut self, unit: &Unit, candidate: bool) -> Option<Vec<ByteSpan>> {
        if !candidate || self.text.len() > GLUE_PAGE_BYTES || !may_be_glued(unit.span.of(self.text))
        {
            return None;
        }
        let words = self.words.get_or_insert_with(|| PageWords::new(self.text));
        let pieces = split_glued(self.text, unit.span, words)?;
        let long = |piece: &ByteSpan| Unit::within(self.text, *piece).words >= 3;
        pieces.iter().all(long).then_some(pieces)
    }

    /// Whether a paragraph reads like the middle of a text: it begins with «و»,
    /// or with a word that takes up what was said.
    pub(super) fn continues(&self, paragraph: ByteSpan) -> bool {
        let text = paragraph.of(self.text);
        let Some(first) = tokenize(text).next() else {
            return false;
        };
        if self.rules.tree().starts_with(RuleKind::Continues, text) {
            return true;
        }
        let word = folded_letters(first.span.of(text));
        word.starts_with('و') && word.chars().count() > 2 && !WAW_WORDS.contains(&word.as_str())
    }
}
