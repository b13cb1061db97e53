//! The lines of a page and their shape.

use crate::text::{ByteSpan, tokenize};

/// One line without its end and without white space around it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line {
    /// The text after a list bullet, if any, up to the last visible character.
    pub(super) span: ByteSpan,
    /// The bullet before it.
    pub(super) bullet: Option<ByteSpan>,
    /// Words, counted up to [`WORD_LIMIT`].
    pub(super) words: usize,
    /// How it ends.
    pub(super) ending: Ending,
}

/// How a line ends, closing marks aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a full stop, as paragraphs do.
    Stop,
    /// With a question or exclamation mark, as both paragraphs and titles do.
    Mark,
    /// Without either, or with an ellipsis.
    Open,
}

/// Counting stops here: whether a line has 200 words or a million is one to the rules.
const WORD_LIMIT: usize = 200;

/// Lines of this many words are paragraphs however they end.
const LONG_LINE_WORDS: usize = 30;

/// The longest title, in words.
const TITLE_WORDS: usize = 30;

impl Line {
    fn new(text: &str, start: usize, end: usize) -> Self {
        let raw = text.get(start..end).unwrap_or_default();
        let trimmed = raw.trim();
        let start = start + (raw.len() - raw.trim_start().len());
        let end = start + trimmed.len();
        let bullet_len = bullet_len(trimmed);
        let bullet = (bullet_len > 0).then(|| ByteSpan::new(start, start + bullet_len));
        let content = trimmed.get(bullet_len..).unwrap_or_default();
        let start = start + bullet_len + (content.len() - content.trim_start().len());
        let span = ByteSpan::new(start, end);
        Self {
            span,
            bullet,
            words: tokenize(span.of(text)).take(WORD_LIMIT).count(),
            ending: ending(span.of(text)),
        }
    }

    /// A line of its own for a stretch of another line.
    pub(super) fn within(text: &str, span: ByteSpan) -> Self {
        Self::new(text, span.start as usize, span.end as usize)
    }

    pub(super) fn is_blank(&self) -> bool {
        self.span.is_empty()
    }

    /// Reads like a paragraph of running text.
    pub(super) fn is_paragraph(&self) -> bool {
        match self.ending {
            Ending::Stop => self.words >= 4,
            Ending::Mark => self.words >= 15,
            Ending::Open => self.words >= LONG_LINE_WORDS,
        }
    }

    /// Could be a title: some words and no full stop.
    pub(super) fn is_title(&self) -> bool {
        self.ending != Ending::Stop && (2..=TITLE_WORDS).contains(&self.words)
    }
}

/// Splits a text into lines; `\r\n` and lone `\n` end one.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        lines.push(Line::new(text, start, end));
        start = end + 1;
    }
    lines.push(Line::new(text, start, text.len()));
    lines
}

/// Length in bytes of a bullet and the space after it.
fn bullet_len(trimmed: &str) -> usize {
    let Some(bullet) = trimmed.chars().next() else {
        return 0;
    };
    let always = matches!(
        bullet,
        '•' | '▪' | '●' | '■' | '◾' | '◼' | '▶' | '►' | '◄' | '◀' | '»'
    );
    let dash = matches!(bullet, '-' | '*' | '–' | '—' | '+');
    let rest = trimmed.get(bullet.len_utf8()..).unwrap_or_default();
    let spaced = rest.starts_with([' ', '\t', '\u{A0}']);
    if always || dash && spaced {
        trimmed.len() - rest.trim_start().len()
    } else {
        0
    }
}

fn ending(line: &str) -> Ending {
    let closers = [
        '"', '»', '”', '“', '’', '\'', ')', ']', '}', '\u{200F}', '\u{200E}',
    ];
    let bare = line.trim_end_matches(|c: char| closers.contains(&c) || c.is_whitespace());
    if bare.ends_with("..") || bare.ends_with('…') {
        return Ending::Open;
    }
    match bare.chars().next_back() {
        Some('.' | '۔') => Ending::Stop,
        Some('!' | '?' | '؟') => Ending::Mark,
        _ => Ending::Open,
    }
}
