//! The pass over the lines of a page that places each one.

use super::cue::{Cue, CueKind, find_cue, inner_cue, is_button_text};
use super::glue::{PageWords, split_glued};
use super::line::{Ending, Line, lines};
use super::value::{dateline, trim};
use crate::parse::page::{Article, Part, PartKind, Role};
use crate::text::ByteSpan;

/// Longest page on which glued headlines are looked for, in bytes.
const GLUE_PAGE_BYTES: usize = 1 << 20;

/// So many title-like lines at the end of an article are a list of headlines.
const TRAILING_HEADLINES: usize = 3;

/// Where the pass is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    /// Inside the article at this index.
    Article(usize),
    /// Inside a list of headlines.
    Headlines,
}

/// One unit of the pass: a line, or what a cue leaves of it.
pub(super) type Lines = Vec<(Line, Option<Cue>)>;

/// What the pass knows of an article so far.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Progress {
    has_body: bool,
    /// A source or keyword line stands behind the body.
    is_closed: bool,
}

pub(super) struct Splitter<'a> {
    pub(super) text: &'a str,
    pub(super) lines: Lines,
    /// For each line: how many title-like lines run from it to the next cue or
    /// the end, 0 when another line stands among them.
    title_runs: Vec<usize>,
    pub(super) parts: Vec<Part>,
    pub(super) articles: Vec<Article>,
    /// Beside each article.
    pub(super) progress: Vec<Progress>,
    pub(super) section: Section,
    /// Made when the first candidate for glued headlines is met.
    words: Option<PageWords>,
    /// A label whose value stands on the next line.
    pub(super) awaited: Option<CueKind>,
}

impl<'a> Splitter<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut units = Lines::new();
        for line in lines(text) {
            push_units(text, line, &mut units);
        }
        Self {
            text,
            title_runs: title_runs(&units),
            lines: units,
            parts: Vec::new(),
            articles: vec![Article::new(Role::Main)],
            progress: vec![Progress::default()],
            section: Section::Article(0),
            words: None,
            awaited: None,
        }
    }

    pub(super) fn run(mut self) -> (Vec<Part>, Vec<Article>) {
        let mut at = 0;
        while let Some(&(line, cue)) = self.lines.get(at) {
            at = match cue {
                Some(cue) => self.place_cue(at, line, cue),
                None => self.place_line(at, line),
            };
        }
        self.without_empty_articles()
    }

    pub(super) fn push(
        &mut self,
        span: ByteSpan,
        kind: PartKind,
        reason: &'static str,
        confidence: f32,
    ) {
        let article = match (self.section, kind) {
            (
                Section::Article(index),
                PartKind::Title
                | PartKind::Body
                | PartKind::Published
                | PartKind::Dateline
                | PartKind::Outlet
                | PartKind::Keywords,
            ) => Some(index),
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

    /// The article that metadata belongs to: the current one, or the last.
    pub(super) fn article(&mut self) -> Option<&mut Article> {
        match self.section {
            Section::Article(index) => self.articles.get_mut(index),
            Section::Headlines => self.articles.last_mut(),
        }
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

    pub(super) fn place_cue(&mut self, at: usize, line: Line, cue: Cue) -> usize {
        self.awaited = None;
        if let Some(bullet) = line.bullet {
            self.push(bullet, PartKind::Boilerplate, "list-bullet", 0.9);
        }
        match cue.kind {
            CueKind::ReadAlso => return self.place_read_also(at, cue),
            CueKind::Related => {
                self.push(cue.span, PartKind::Related, "cue-related", 0.97);
                self.section = Section::Headlines;
                self.place_headline(cue.rest, "after-related");
            }
            CueKind::Share => {
                self.push(cue.span, PartKind::Share, "cue-share", 0.95);
                self.place_keywords(cue.rest, cue.rest, "after-share", 0.8);
            }
            CueKind::Published => self.place_published(whole(cue), cue.rest, "cue-published"),
            CueKind::Outlet => self.place_outlets(whole(cue), cue.rest, "cue-source"),
            CueKind::Keywords => self.place_keywords(whole(cue), cue.rest, "cue-keywords", 0.97),
        }
        let value_missing = cue.rest.is_empty()
            && matches!(
                cue.kind,
                CueKind::Published | CueKind::Outlet | CueKind::Keywords
            );
        self.awaited = value_missing.then_some(cue.kind);
        at + 1
    }

    fn place_line(&mut self, at: usize, line: Line) -> usize {
        if line.is_blank() {
            return at + 1;
        }
        if self.place_awaited(line) {
            return at + 1;
        }
        let Section::Article(index) = self.section else {
            self.place_list_line(line, "after-related");
            return at + 1;
        };
        if is_button_text(self.text, line.span) {
            self.push(line.span, PartKind::Share, "only-button-words", 0.9);
            return at + 1;
        }
        let span = whole_line(line);
        if !self.has_body(index) {
            if let Some(place) = self.dateline_at(at).filter(|_| self.paragraph_follows(at)) {
                self.push(span, PartKind::Dateline, "before-first-paragraph", 0.85);
                if let Some(article) = self.articles.get_mut(index) {
                    article.outlets.extend(place.outlet);
                    article.dateline_place = place.place;
                }
                return at + 1;
            }
            let untitled = self.articles.get(index).is_some_and(|a| a.title.is_none());
            if untitled && line.is_title() && self.title_follows(at, line) {
                self.place_title(span, "first-line", 0.9);
                return at + 1;
            }
        }
        if self.is_trailing_list(at, index) {
            let until = self.lines.len();
            let section = std::mem::replace(&mut self.section, Section::Headlines);
            let end = (at..until)
                .find(|&i| self.cue_kind(i).is_some())
                .unwrap_or(until);
            let end = self.place_headlines(at, end, "trailing-list");
            self.section = section;
            return end;
        }
        if let Some(pieces) = self.glued_headlines(at, line, index) {
            for piece in pieces {
                self.push(
                    trim(self.text, piece),
                    PartKind::Headline,
                    "glued-headlines",
                    0.75,
                );
            }
            return at + 1;
        }
        if self.is_closed(index) && !line.is_paragraph() {
            self.push(span, PartKind::Unclassified, "after-source-line", 0.5);
        } else {
            let confidence = if line.is_paragraph() { 0.95 } else { 0.7 };
            self.push(span, PartKind::Body, "running-text", confidence);
        }
        at + 1
    }

    pub(super) fn place_title(&mut self, span: ByteSpan, reason: &'static str, confidence: f32) {
        self.push(span, PartKind::Title, reason, confidence);
        if let Some(article) = self.article() {
            article.title = Some(span);
        }
    }

    pub(super) fn cue_kind(&self, at: usize) -> Option<CueKind> {
        self.lines
            .get(at)
            .and_then(|(_, cue)| cue.map(|cue| cue.kind))
    }

    pub(super) fn dateline_at(&self, at: usize) -> Option<super::value::Dateline> {
        let (line, cue) = self.lines.get(at)?;
        let plain = cue.is_none() && line.bullet.is_none() && line.ending == Ending::Open;
        if plain {
            dateline(self.text, line.span)
        } else {
            None
        }
    }

    /// The next line with text or a cue.
    fn next_line(&self, at: usize) -> Option<&(Line, Option<Cue>)> {
        self.lines
            .get(at + 1..)?
            .iter()
            .find(|(line, _)| !line.is_blank())
    }

    fn paragraph_follows(&self, at: usize) -> bool {
        self.next_line(at)
            .is_some_and(|(line, cue)| cue.is_none() && line.is_paragraph())
    }

    /// Whether what follows a title-like line shows that it is a title.
    fn title_follows(&self, at: usize, title: Line) -> bool {
        match self.next_line(at) {
            Some((_, Some(cue))) => matches!(cue.kind, CueKind::Published | CueKind::Outlet),
            Some((line, None)) => {
                let after = self.lines.get(at + 1..).unwrap_or_default();
                let dateline = after.iter().position(|(line, _)| !line.is_blank());
                let dateline = dateline.map(|offset| at + 1 + offset);
                line.is_paragraph() && line.words >= title.words.min(12)
                    || dateline
                        .is_some_and(|i| self.dateline_at(i).is_some() && self.paragraph_follows(i))
            }
            None => false,
        }
    }

    /// Whether the rest of an article, up to the next marker, is lines in the shape of headlines.
    fn is_trailing_list(&self, at: usize, index: usize) -> bool {
        let run = self.title_runs.get(at).copied().unwrap_or_default();
        self.has_body(index) && run >= TRAILING_HEADLINES
    }

    /// Headlines run together on one line inside an article.
    fn glued_headlines(&mut self, at: usize, line: Line, index: usize) -> Option<Vec<ByteSpan>> {
        let candidate = line.ending == Ending::Open && line.words >= 8 && self.has_body(index);
        if !candidate || !self.paragraph_follows(at) || self.text.len() > GLUE_PAGE_BYTES {
            return None;
        }
        let words = self.words.get_or_insert_with(|| PageWords::new(self.text));
        let pieces = split_glued(self.text, line.span, words)?;
        let long = |piece: &ByteSpan| Line::within(self.text, *piece).words >= 3;
        pieces.iter().all(long).then_some(pieces)
    }

    /// Drops the articles that have neither title nor body; their metadata stays on the page.
    fn without_empty_articles(mut self) -> (Vec<Part>, Vec<Article>) {
        let with_text: Vec<bool> = (0..self.articles.len())
            .map(|index| self.has_body(index))
            .collect();
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

fn title_runs(lines: &Lines) -> Vec<usize> {
    let mut runs = vec![0; lines.len()];
    let (mut count, mut broken) = (0, false);
    for (run, (line, cue)) in runs.iter_mut().zip(lines).rev() {
        if cue.is_some() {
            (count, broken) = (0, false);
        } else if !line.is_blank() {
            broken |= !line.is_title() || line.is_paragraph() || line.words < 4;
            count += 1;
        }
        *run = if broken { 0 } else { count };
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

/// A line with its bullet: inside an article a list is running text.
pub(super) fn whole_line(line: Line) -> ByteSpan {
    let start = line.bullet.map_or(line.span.start, |bullet| bullet.start);
    ByteSpan {
        start,
        end: line.span.end,
    }
}

/// A line is cut at so many labels at most; what follows belongs to the last.
const LABELS: usize = 8;

/// Adds a line, cut where a metadata line carries a second label.
fn push_units(text: &str, mut line: Line, units: &mut Lines) {
    for _ in 1..LABELS {
        let Some((mut cue, inner)) = two_labels(text, line.span) else {
            break;
        };
        let head = Line::within(text, ByteSpan::new(line.span.start as usize, inner));
        cue.rest.end = head.span.end.max(cue.rest.start);
        units.push((
            Line {
                bullet: line.bullet,
                ..head
            },
            Some(cue),
        ));
        line = Line::within(text, ByteSpan::new(inner, line.span.end as usize));
    }
    units.push((line, find_cue(text, line.span)));
}

/// The label that a metadata line starts with and where the next one starts.
fn two_labels(text: &str, line: ByteSpan) -> Option<(Cue, usize)> {
    let cue = find_cue(text, line).filter(|cue| !cue.glued)?;
    let metadata = [CueKind::Outlet, CueKind::Published, CueKind::Keywords];
    let inner = metadata
        .contains(&cue.kind)
        .then(|| inner_cue(text, cue.rest))??;
    Some((cue, inner))
}
