//! Places metadata lines: dates, outlets, keywords, bylines.

use super::cue::is_button_text;
use super::rules::RuleKind;
use super::splitter::{Section, Splitter};
use super::unit::Unit;
use super::value::{date_in, keywords, outlets, trim};
use crate::parse::page::{PartKind, Published};
use crate::text::fold::folded_letters;
use crate::text::{ByteSpan, floor_border, tokenize};

/// The longest value of a label that stands on the line before it, in words.
const VALUE_WORDS: usize = 12;

/// Longest stretch of a date line that is looked at, in bytes.
const DATE_BYTES: usize = 400;

/// Most outlets and keywords of one line.
const VALUES: usize = 100;

impl Splitter<'_> {
    pub(super) fn place_published(
        &mut self,
        span: ByteSpan,
        value: ByteSpan,
        reason: &'static str,
        kind: RuleKind,
    ) {
        let confidence = if reason.starts_with("cue") {
            0.97
        } else {
            0.85
        };
        self.push(span, PartKind::Published, reason, confidence);
        let Some(published) = self.date_of(value) else {
            return;
        };
        if kind == RuleKind::Updated {
            let index = match self.section {
                Section::Article(index) => index,
                _ => self.articles.len().saturating_sub(1),
            };
            if let Some(progress) = self.progress.get_mut(index) {
                progress.updated = progress.updated.or(Some(published));
            }
        } else if let Some(article) = self.article() {
            article.published = article.published.or(Some(published));
        }
    }

    fn date_of(&self, value: ByteSpan) -> Option<Published> {
        let near = value.of(self.text);
        let near = ByteSpan::new(0, floor_border(near, DATE_BYTES)).of(near);
        let date = date_in(near)?;
        Some(Published {
            date,
            raw: trim(self.text, value),
            origin: "date-line",
        })
    }

    pub(super) fn place_outlets(&mut self, span: ByteSpan, value: ByteSpan, reason: &'static str) {
        self.push(span, PartKind::Outlet, reason, 0.97);
        let found = outlets(self.text, value);
        self.add_outlets(found.into_iter().take(VALUES));
    }

    /// Adds outlets to the current article, each name once.
    pub(super) fn add_outlets(&mut self, found: impl IntoIterator<Item = ByteSpan>) {
        let text = self.text;
        let Some(article) = self.article() else {
            return;
        };
        for outlet in found {
            let known = article
                .outlets
                .iter()
                .any(|have| have.of(text) == outlet.of(text));
            if !known && article.outlets.len() < VALUES {
                article.outlets.push(outlet);
            }
        }
    }

    pub(super) fn place_keywords(
        &mut self,
        span: ByteSpan,
        value: ByteSpan,
        reason: &'static str,
        confidence: f32,
    ) {
        self.push(span, PartKind::Keywords, reason, confidence);
        let (found, raw) = keywords(self.text, value);
        if let Some(article) = self.article() {
            article.keywords.extend(found.into_iter().take(VALUES));
            article.keywords_raw = article.keywords_raw.or(raw);
        }
    }

    pub(super) fn place_byline(&mut self, span: ByteSpan, value: ByteSpan, reason: &'static str) {
        self.push(span, PartKind::Byline, reason, 0.85);
        let published = self.date_of(value);
        if let Some(article) = self.article() {
            article.published = article.published.or(published);
        }
    }

    /// What stands behind a share marker on its line: more buttons, or keywords.
    pub(super) fn place_after_share(&mut self, rest: ByteSpan) {
        let text = rest.of(self.text);
        let is_button = |word: &str| {
            self.rules
                .tree()
                .has_word(RuleKind::Button, &folded_letters(word))
        };
        let mut words = tokenize(text).take(4).map(|token| token.span.of(text));
        let count = tokenize(text).take(2).count();
        if count == 0 {
            return;
        }
        if words.any(is_button) || count == 1 || is_button_text(self.rules, self.text, rest) {
            self.push(rest, PartKind::Share, "after-share", 0.8);
        } else {
            self.place_keywords(rest, rest, "after-share", 0.8);
        }
    }

    /// Takes the line as the value of the label before it.
    pub(super) fn place_awaited(&mut self, unit: &Unit) -> bool {
        let Some(kind) = self.awaited.take() else {
            return false;
        };
        if unit.words > VALUE_WORDS || unit.is_paragraph() {
            return false;
        }
        let (span, value) = (unit.whole(), unit.span);
        match kind {
            RuleKind::Published | RuleKind::Updated if date_in(value.of(self.text)).is_some() => {
                self.place_published(span, value, "after-published", kind);
            }
            RuleKind::Outlet => self.place_outlets(span, value, "after-source"),
            RuleKind::Keywords => {
                self.place_keywords(span, value, "after-keywords", 0.8);
                // A tag a line: the next line may be one too.
                self.awaited = (unit.words <= 3).then_some(kind);
            }
            _ => return false,
        }
        true
    }
}
