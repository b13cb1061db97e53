//! The pass over the units of a page that places each one.

use super::cue::{Cue, is_button_text};
use super::glue::PageWords;
use super::rules::{Condition, RuleKind, Rules};
use super::unit::{Unit, units};
use crate::parse::page::{Article, Part, PartKind, Published, Role};
use crate::text::ByteSpan;

/// Where the pass is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Inside the article at this index.
    Article(usize),
    /// Inside a list of headlines.
    Headlines,
    /// Behind a marker of readers' comments.
    Comments,
}

/// What the pass knows of an article so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Progress {
    pub(super) has_body: bool,
    /// A source or keyword line stands behind the body.
    pub(super) is_closed: bool,
    /// The paragraph placed last.
    pub(super) last_paragraph: ByteSpan,
    /// When it was changed: counts when nothing says when it was published.
    pub(super) updated: Option<Published>,
}

pub(super) struct Splitter<'a> {
    pub(super) text: &'a str,
    pub(super) rules: &'a Rules,
    pub(super) units: Vec<Unit>,
    /// For each unit: how many title-like ones run from it to the next cue or
    /// the end, 0 when another stands among them.
    pub(super) title_runs: Vec<u32>,
    pub(super) parts: Vec<Part>,
    pub(super) articles: Vec<Article>,
    /// Beside each article.
    pub(super) progress: Vec<Progress>,
    pub(super) section: Section,
    /// Made when the first candidate for glued headlines is met.
    pub(super) words: Option<PageWords>,
    /// A label whose value stands on the next line.
    pub(super) awaited: Option<RuleKind>,
    /// Units looked at, for the test that this grows with the page and no faster.
    pub(super) looks: usize,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(text: &'a str, rules: &'a Rules) -> Self {
        let units = units(text, rules);
        Self {
            text,
            rules,
            title_runs: title_runs(&units),
            parts: Vec::with_capacity(units.len() * 2 + 4),
            units,
            articles: vec![Article::new(Role::Main)],
            progress: vec![Progress::default()],
            section: Section::Article(0),
            words: None,
            awaited: None,
            looks: 0,
        }
    }

    /// Places every unit.
    pub(super) fn run(&mut self) {
        let mut at = 0;
        while let Some(&unit) = self.units.get(at) {
            self.looks += 1;
            at = self.place(at, unit).max(at + 1);
        }
    }

    fn place(&mut self, at: usize, unit: Unit) -> usize {
        if unit.span.is_empty() {
            self.place_bullet(unit);
            return at + 1;
        }
        if let Some(cue) = unit.cue.filter(|cue| self.counts(cue)) {
            return self.place_cue(at, unit, cue);
        }
        if self.place_awaited(&unit) {
            return at + 1;
        }
        match self.section {
            Section::Article(index) if self.has_body(index) => self.place_in_body(at, unit, index),
            Section::Article(index) => self.place_header(at, index),
            Section::Headlines => {
                self.place_list_line(&unit, "after-related");
                at + 1
            }
            Section::Comments => {
                self.push(unit.whole(), PartKind::Boilerplate, "after-comments", 0.8);
                at + 1
            }
        }
    }

    /// A byline stands before the text or behind it; inside it «كتب: …» is running text.
    fn counts(&self, cue: &Cue) -> bool {
        match self.section {
            Section::Article(index) if cue.kind == RuleKind::Byline => {
                !self.has_body(index) || self.is_closed(index)
            }
            _ => true,
        }
    }

    pub(super) fn place_cue(&mut self, at: usize, unit: Unit, cue: Cue) -> usize {
        self.awaited = None;
        let (whole, reason) = (
            whole(cue),
            |code| if cue.is_own { "own-rule" } else { code },
        );
        match cue.kind {
            RuleKind::ReadAlso | RuleKind::Related => return self.place_marker(at, unit, cue),
            _ => self.place_bullet(unit),
        }
        match cue.kind {
            RuleKind::Share if cue.condition != Condition::Any => {
                self.push(whole, PartKind::Share, reason("cue-share"), 0.95);
            }
            RuleKind::Share => {
                self.push(cue.span, PartKind::Share, reason("cue-share"), 0.95);
                self.place_after_share(cue.rest);
            }
            RuleKind::Published | RuleKind::Updated => {
                let code = if cue.kind == RuleKind::Updated {
                    "cue-updated"
                } else {
                    "cue-published"
                };
                self.place_published(whole, cue.rest, reason(code), cue.kind);
            }
            RuleKind::Outlet => self.place_outlets(whole, cue.rest, reason("cue-source")),
            RuleKind::Keywords => {
                self.place_keywords(whole, cue.rest, reason("cue-keywords"), 0.97);
            }
            RuleKind::Byline => self.place_byline(whole, cue.rest, reason("cue-byline")),
            RuleKind::Comments => {
                self.push(whole, PartKind::Boilerplate, reason("cue-comments"), 0.9);
                self.section = Section::Comments;
            }
            _ => self.push(whole, PartKind::Boilerplate, reason("cue-boilerplate"), 0.9),
        }
        let value_missing =
            !cue.rest.of(self.text).contains(char::is_alphanumeric) && cue.kind.has_value();
        self.awaited = value_missing.then_some(cue.kind);
        at + 1
    }

    pub(super) fn place_bullet(&mut self, unit: Unit) {
        if let Some(bullet) = unit.bullet {
            self.push(bullet, PartKind::Boilerplate, "list-bullet", 0.95);
        }
    }

    pub(super) fn push(
        &mut self,
        span: ByteSpan,
        kind: PartKind,
        reason: &'static str,
        confidence: f32,
    ) {
        let of_article = matches!(
            kind,
            PartKind::Title
                | PartKind::Body
                | PartKind::Published
                | PartKind::Dateline
                | PartKind::Outlet
                | PartKind::Keywords
                | PartKind::Byline
        );
        let article = match self.section {
            Section::Article(index) if of_article => Some(index),
            _ => None,
        };
        if let Some(progress) = article.and_then(|index| self.progress.get_mut(index)) {
            progress.has_body |= kind == PartKind::Body;
            let metadata = matches!(kind, PartKind::Outlet | PartKind::Keywords);
            progress.is_closed |= metadata && progress.has_body;
        }
        self.parts.push(Part {
            span,
            kind,
            article,
            reason,
            confidence,
        });
    }

    pub(super) fn place_body(&mut self, unit: &Unit, reason: &'static str, confidence: f32) {
        self.push(unit.whole(), PartKind::Body, reason, confidence);
        let Section::Article(index) = self.section else {
            return;
        };
        if let Some(progress) = self.progress.get_mut(index).filter(|_| unit.is_paragraph()) {
            progress.last_paragraph = unit.span;
        }
    }

    pub(super) fn place_title(&mut self, span: ByteSpan, reason: &'static str, confidence: f32) {
        self.push(span, PartKind::Title, reason, confidence);
        if let Some(article) = self.article() {
            article.title = Some(span);
        }
    }

    /// The article that metadata belongs to: the current one, or the last.
    pub(super) fn article(&mut self) -> Option<&mut Article> {
        match self.section {
            Section::Article(index) => self.articles.get_mut(index),
            Section::Headlines | Section::Comments => self.articles.last_mut(),
        }
    }

    /// Starts an embedded article, or the page's own if it has not begun.
    pub(super) fn begin_article(&mut self) -> usize {
        let fresh = self.articles.len() == 1
            && !self.has_body(0)
            && self
                .articles
                .first()
                .is_some_and(|article| article.title.is_none());
        if !fresh {
            self.articles.push(Article::new(Role::Embedded));
            self.progress.push(Progress::default());
        }
        let index = self.articles.len() - 1;
        self.section = Section::Article(index);
        index
    }

    pub(super) fn has_body(&self, index: usize) -> bool {
        self.progress
            .get(index)
            .is_some_and(|progress| progress.has_body)
    }

    /// Whether the article has its source or keyword line behind it.
    pub(super) fn is_closed(&self, index: usize) -> bool {
        self.progress
            .get(index)
            .is_some_and(|progress| progress.is_closed)
    }

    /// The kind of the cue that the unit at `at` starts with.
    pub(super) fn cue_kind(&self, at: usize) -> Option<RuleKind> {
        self.units.get(at).and_then(Unit::kind)
    }

    pub(super) fn is_marker(&self, at: usize) -> bool {
        matches!(
            self.cue_kind(at),
            Some(RuleKind::ReadAlso | RuleKind::Related | RuleKind::Comments)
        )
    }

    pub(super) fn is_buttons(&self, unit: &Unit) -> bool {
        unit.words <= 30 && !unit.is_paragraph() && is_button_text(self.rules, self.text, unit.span)
    }

    /// Drops the articles without text; their metadata stays on the page.
    pub(super) fn finish(mut self) -> (Vec<Part>, Vec<Article>) {
        for (article, progress) in self.articles.iter_mut().zip(&self.progress) {
            article.published = article.published.or(progress.updated);
        }
        let with_text: Vec<bool> = self.progress.iter().map(|p| p.has_body).collect();
        let mut next = 0;
        let new_index: Vec<Option<usize>> = with_text
            .iter()
            .map(|&kept| {
                let index = kept.then_some(next);
                next += usize::from(kept);
                index
            })
            .collect();
        for part in &mut self.parts {
            let Some(old) = part.article else { continue };
            part.article = new_index.get(old).copied().flatten();
            if part.article.is_none() && part.kind == PartKind::Title {
                part.kind = PartKind::Headline;
                part.reason = "title-without-text";
            }
        }
        let mut kept = with_text.iter();
        self.articles
            .retain(|_| kept.next().copied().unwrap_or(false));
        (self.parts, self.articles)
    }
}

fn title_runs(units: &[Unit]) -> Vec<u32> {
    let mut runs = vec![0; units.len()];
    let (mut count, mut broken) = (0, false);
    for (run, unit) in runs.iter_mut().zip(units).rev() {
        if unit.cue.is_some() {
            (count, broken) = (0, false);
        } else {
            broken |= !unit.is_title() || unit.is_paragraph() || unit.words < 4;
            count += 1;
        }
        *run = if broken || unit.cue.is_some() {
            0
        } else {
            count
        };
    }
    runs
}

/// A cue with what stands after it.
pub(super) fn whole(cue: Cue) -> ByteSpan {
    ByteSpan {
        start: cue.span.start,
        end: cue.rest.end.max(cue.span.end),
    }
}
