//! Places what follows a «read also» marker, and lists of headlines.

use super::cue::{Cue, CueKind, is_button_text};
use super::line::{Ending, Line};
use super::splitter::{Progress, Section, Splitter};
use crate::parse::page::{Article, PartKind, Role};
use crate::text::ByteSpan;

/// What a «read also» marker announces.
enum ReadAlso {
    Headlines,
    /// Headlines up to this line, then the article around the marker goes on.
    Insertion(usize),
    /// Headlines up to this line, then an article that starts there.
    Embedded(usize),
}

impl Splitter<'_> {
    pub(super) fn place_read_also(&mut self, at: usize, cue: Cue) -> usize {
        self.push(cue.span, PartKind::ReadAlso, "cue-read-also", 0.97);
        let current = self.section;
        let next = at + 1;
        let end = (next..self.lines.len())
            .find(|&i| matches!(self.cue_kind(i), Some(CueKind::ReadAlso | CueKind::Related)))
            .unwrap_or(self.lines.len());
        let plan = self.plan_read_also(next, end, cue);
        self.section = Section::Headlines;
        match plan {
            ReadAlso::Headlines => {
                self.place_headline(cue.rest, "after-read-also");
                self.place_headlines(next, end, "after-read-also")
            }
            ReadAlso::Insertion(until) => {
                self.place_headline(cue.rest, "inside-article");
                self.place_headlines(next, until, "inside-article");
                self.section = current;
                until
            }
            ReadAlso::Embedded(from) => {
                self.place_headlines(next, from, "after-read-also");
                self.articles.push(Article::new(Role::Embedded));
                self.progress.push(Progress::default());
                self.section = Section::Article(self.articles.len() - 1);
                if !cue.rest.is_empty() {
                    self.place_title(cue.rest, "after-read-also", 0.85);
                }
                from
            }
        }
    }

    /// Decides what the lines `next..end` after a «read also» marker are.
    fn plan_read_also(&self, next: usize, end: usize, cue: Cue) -> ReadAlso {
        let text_line = |i: &usize| {
            self.lines
                .get(*i)
                .is_some_and(|(line, cue)| cue.is_none() && !line.is_blank())
        };
        let Some(paragraph) = (next..end).filter(text_line).find(|&i| {
            self.lines
                .get(i)
                .is_some_and(|(line, _)| line.is_paragraph())
        }) else {
            return ReadAlso::Headlines;
        };
        let open = match self.section {
            Section::Article(index) => self.has_body(index) && !self.is_closed(index),
            Section::Headlines => false,
        };
        let source_follows = (next..end).any(|i| self.cue_kind(i) == Some(CueKind::Outlet))
            && matches!(self.section, Section::Article(i) if self.articles.get(i).is_some_and(|a| a.outlets.is_empty()));
        let same_line = !cue.rest.is_empty();
        if open && (same_line || source_follows) {
            let after_headlines = (next..paragraph)
                .rev()
                .find(text_line)
                .map_or(next, |i| i + 1);
            return ReadAlso::Insertion(after_headlines.min(paragraph));
        }
        // The title is the last title-like line before the paragraph; metadata
        // and a dateline may stand between.
        let mut before: Vec<usize> = (next..paragraph).filter(text_line).collect();
        if before.len() > 1 && self.dateline_at(*before.last().unwrap_or(&next)).is_some() {
            before.pop();
        }
        match before.last() {
            Some(_) if same_line => ReadAlso::Embedded(next),
            Some(&title) => ReadAlso::Embedded(title),
            None => ReadAlso::Embedded(next),
        }
    }

    pub(super) fn place_headline(&mut self, span: ByteSpan, reason: &'static str) {
        self.push(span, PartKind::Headline, reason, 0.9);
    }

    pub(super) fn place_headlines(
        &mut self,
        from: usize,
        until: usize,
        reason: &'static str,
    ) -> usize {
        for at in from..until {
            let Some(&(line, cue)) = self.lines.get(at) else {
                break;
            };
            match cue {
                Some(cue) => {
                    self.place_cue(at, line, cue);
                }
                None => self.place_list_line(line, reason),
            }
        }
        until
    }

    pub(super) fn place_list_line(&mut self, line: Line, reason: &'static str) {
        if let Some(bullet) = line.bullet {
            self.push(bullet, PartKind::Boilerplate, "list-bullet", 0.95);
        }
        if line.is_blank() {
            return;
        }
        if is_button_text(self.text, line.span) {
            self.push(line.span, PartKind::Share, "only-button-words", 0.9);
        } else if line.is_paragraph() && line.ending == Ending::Stop && line.bullet.is_none() {
            self.push(line.span, PartKind::Unclassified, "paragraph-in-list", 0.4);
        } else {
            self.place_headline(line.span, reason);
        }
    }
}
