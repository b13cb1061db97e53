//! Places metadata lines: dates, outlets, keywords.

use super::cue::CueKind;
use super::line::Line;
use super::splitter::{Splitter, whole_line};
use super::value::{keywords, outlets, trim};
use crate::parse::page::{PartKind, Published};
use crate::text::ByteSpan;
use crate::text::date::find_date;

/// The longest value of a label that stands on the line before it, in words.
const VALUE_WORDS: usize = 8;

/// Longest date line, in bytes.
const DATE_BYTES: usize = 300;

impl Splitter<'_> {
    pub(super) fn place_published(
        &mut self,
        span: ByteSpan,
        value: ByteSpan,
        reason: &'static str,
    ) {
        self.push(span, PartKind::Published, reason, 0.97);
        let near = value.of(self.text);
        let near = if near.len() <= DATE_BYTES { near } else { "" };
        let Some((_, date)) = find_date(near) else {
            return;
        };
        let raw = trim(self.text, value);
        if let Some(article) = self.article().filter(|article| article.published.is_none()) {
            article.published = Some(Published {
                date,
                raw,
                origin: "date-line",
            });
        }
    }

    pub(super) fn place_outlets(&mut self, span: ByteSpan, value: ByteSpan, reason: &'static str) {
        self.push(span, PartKind::Outlet, reason, 0.97);
        let found = outlets(self.text, value);
        if let Some(article) = self.article() {
            for outlet in found {
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
            article.keywords.extend(found);
            article.keywords_raw = article.keywords_raw.or(raw);
        }
    }

    /// Takes the line as the value of the label before it.
    pub(super) fn place_awaited(&mut self, line: Line) -> bool {
        let Some(kind) = self.awaited.take() else {
            return false;
        };
        if line.words > VALUE_WORDS || line.is_paragraph() {
            return false;
        }
        let span = whole_line(line);
        match kind {
            CueKind::Published if find_date(span.of(self.text)).is_some() => {
                self.place_published(span, span, "after-published");
            }
            CueKind::Outlet => self.place_outlets(span, span, "after-source"),
            CueKind::Keywords => self.place_keywords(span, span, "after-keywords", 0.8),
            _ => return false,
        }
        true
    }
}
