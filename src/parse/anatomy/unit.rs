//! The units of a page: its lines with text, cut where a label is glued to
//! other text, each with its shape.

use super::cue::{Cue, find_cue};
use super::label::inner_cue;
use super::rules::{RuleKind, Rules};
use crate::text::ByteSpan;

/// One line with text, or a stretch of one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Unit {
    /// The text after a list bullet, if any, up to the last visible character.
    pub(super) span: ByteSpan,
    /// The bullet before it.
    pub(super) bullet: Option<ByteSpan>,
    /// Words, counted up to [`WORD_LIMIT`]; what stands between separators.
    pub(super) words: usize,
    /// How it ends.
    pub(super) ending: Ending,
    /// The phrase of the rules that it starts with.
    pub(super) cue: Option<Cue>,
    /// Has an ASCII or Arabic digit and no more words than a date line.
    pub(super) has_digit: bool,
}

/// How a line ends, closing marks aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// With a full stop, as paragraphs do.
    Stop,
    /// With a question or exclamation mark, as both paragraphs and titles do.
    Mark,
    /// With a colon or a comma: something follows.
    Colon,
    /// Without any of these, or with an ellipsis.
    Open,
}

/// The longest line that may be a date and nothing else, in words.
const DATE_LINE_WORDS: usize = 20;

/// Counting stops here: whether a line has 40 words or a million is one to the rules.
const WORD_LIMIT: usize = 40;

/// Lines of this many words are paragraphs however they end.
const LONG_LINE_WORDS: usize = 24;

/// The same for lines that end with a question mark, an exclamation mark or a colon.
const LONG_QUESTION_WORDS: usize = 18;

/// The longest title, in words.
const TITLE_WORDS: usize = 30;

/// A line is cut at so many labels at most; what follows belongs to the last.
const LABELS: usize = 8;

impl Unit {
    fn new(text: &str, start: usize, end: usize) -> Self {
        let raw = text.get(start..end).unwrap_or_default();
        let trimmed = raw.trim_matches(is_blank);
        let start = start + (raw.len() - raw.trim_start_matches(is_blank).len());
        let end = start + trimmed.len();
        let bullet_len = bullet_len(trimmed);
        let bullet = (bullet_len > 0).then(|| ByteSpan::new(start, start + bullet_len));
        let content = trimmed.get(bullet_len..).unwrap_or_default();
        let words = count_words(content.as_bytes());
        let has_digit = words <= DATE_LINE_WORDS && has_digit(content.as_bytes());
        Self {
            span: ByteSpan::new(start + bullet_len, end),
            bullet,
            words,
            ending: ending(content),
            cue: None,
            has_digit,
        }
    }

    /// A unit of its own for a stretch of another one.
    pub(super) fn within(text: &str, span: ByteSpan) -> Self {
        Self::new(text, span.start as usize, span.end as usize)
    }

    /// The line with its bullet: inside an article a list is running text.
    pub(super) fn whole(&self) -> ByteSpan {
        let start = self.bullet.map_or(self.span.start, |bullet| bullet.start);
        ByteSpan {
            start,
            end: self.span.end,
        }
    }

    /// Reads like a paragraph of running text.
    pub(super) fn is_paragraph(&self) -> bool {
        let words = match self.ending {
            Ending::Stop => 4,
            Ending::Mark | Ending::Colon => LONG_QUESTION_WORDS,
            Ending::Open => LONG_LINE_WORDS,
        };
        self.cue.is_none() && self.words >= words
    }

    /// Could be a title: some words and no full stop.
    pub(super) fn is_title(&self) -> bool {
        let ends = matches!(self.ending, Ending::Open | Ending::Mark);
        self.cue.is_none() && ends && (2..=TITLE_WORDS).contains(&self.words)
    }

    /// The kind of its cue.
    pub(super) fn kind(&self) -> Option<RuleKind> {
        self.cue.map(|cue| cue.kind)
    }
}

/// The units of a text, in order; `\r\n` and lone `\n` end a line.
pub(super) fn units(text: &str, rules: &Rules) -> Vec<Unit> {
    let mut units = Vec::with_capacity(text.len() / 160 + 4);
    let mut start = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        push_line(text, rules, start, end, &mut units);
        start = end + 1;
    }
    push_line(text, rules, start, text.len(), &mut units);
    units
}

/// Adds a line, cut where a label stands behind other text.
fn push_line(text: &str, rules: &Rules, start: usize, end: usize, units: &mut Vec<Unit>) {
    let mut unit = Unit::new(text, start, end);
    if unit.span.is_empty() && unit.bullet.is_none() {
        return;
    }
    for _ in 1..LABELS {
        unit.cue = find_cue(rules, text, unit.span);
        let is_metadata = match unit.cue {
            Some(cue) if cue.kind.has_value() && !cue.is_glued => true,
            Some(_) => break,
            None => false,
        };
        if unit.words < 3 {
            break;
        }
        let looked_at = match unit.cue {
            Some(cue) => cue.rest,
            None => unit.span,
        };
        let Some(inner) = inner_cue(rules, text, looked_at, is_metadata) else {
            break;
        };
        let at = inner.span.start as usize;
        let line_end = unit.span.end as usize;
        let mut head = Unit::within(text, ByteSpan::new(unit.span.start as usize, at));
        if let Some(mut cue) = unit.cue {
            cue.rest.end = head.span.end.max(cue.rest.start);
            head.cue = Some(cue);
        } else if head.words >= 4 {
            // A label behind it ends a paragraph as well as a full stop.
            head.ending = Ending::Stop;
        }
        head.bullet = unit.bullet.or(head.bullet);
        units.push(head);
        unit = Unit::within(text, ByteSpan::new(at, line_end));
    }
    units.push(unit);
}

fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{FEFF}' | '\u{2060}')
}

/// Whether a byte stands in a word, to the count of words.
static WORD_BYTES: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = matches!(
            byte as u8,
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'\'' | b'_' | 0x80..
        );
        byte += 1;
    }
    table
};

/// Words of a line, up to the limit. Bytes of no ASCII character count as
/// letters: Arabic punctuation touches a word.
fn count_words(line: &[u8]) -> usize {
    let (eights, rest) = line.as_chunks::<8>();
    let (mut words, mut was_word) = (0, false);
    for eight in eights {
        let eight = u64::from_le_bytes(*eight);
        match letters_and_spaces(eight) {
            Some(letters) => {
                let starts = letters & !(letters << 8 | u64::from(was_word) << 7);
                words += starts.count_ones() as usize;
                was_word = letters >> 63 == 1;
            }
            None => count_bytes(&eight.to_le_bytes(), &mut words, &mut was_word),
        }
        if words >= WORD_LIMIT {
            return WORD_LIMIT;
        }
    }
    count_bytes(rest, &mut words, &mut was_word);
    words.min(WORD_LIMIT)
}

fn count_bytes(bytes: &[u8], words: &mut usize, was_word: &mut bool) {
    for &byte in bytes {
        let is_word = WORD_BYTES.get(usize::from(byte)) == Some(&true);
        *words += usize::from(is_word && !*was_word);
        *was_word = is_word;
    }
}

/// Of eight bytes none of which is ASCII other than the space: the upper bit of
/// each that is a letter's. Nearly all of Arabic text is such.
fn letters_and_spaces(eight: u64) -> Option<u64> {
    const UPPER: u64 = 0x8080_8080_8080_8080;
    let letters = eight & UPPER;
    let lower = (UPPER ^ letters) >> 7;
    let is_plain = (eight ^ (lower * 0x20)) & (lower * 0x7F) == 0;
    is_plain.then_some(letters)
}

/// Whether a line has an ASCII or Arabic digit.
fn has_digit(line: &[u8]) -> bool {
    let mut before = 0;
    line.iter().any(|&byte| {
        let is_digit = byte.is_ascii_digit() || before == 0xD9 && (0xA0..=0xA9).contains(&byte);
        before = byte;
        is_digit
    })
}

/// Length in bytes of a bullet, or the number of an item, and the space after it.
fn bullet_len(trimmed: &str) -> usize {
    let Some(first) = trimmed.chars().next() else {
        return 0;
    };
    let rest = trimmed.get(first.len_utf8()..).unwrap_or_default();
    let always = matches!(
        first,
        '•' | '▪'
            | '●'
            | '■'
            | '◾'
            | '◼'
            | '▶'
            | '►'
            | '◄'
            | '◀'
            | '»'
            | '‣'
            | '·'
            | '←'
            | '→'
            | '✔'
            | '◆'
            | '♦'
            | '★'
            | '☆'
            | '›'
    );
    let dash = matches!(first, '-' | '*' | '–' | '—' | '+' | '>');
    let spaced = |rest: &str| rest.starts_with([' ', '\t', '\u{A0}']);
    if always || dash && spaced(rest) {
        return trimmed.len() - rest.trim_start_matches(is_blank).len();
    }
    if !first.is_ascii_digit() && !('\u{660}'..='\u{669}').contains(&first) {
        return 0;
    }
    let digits = trimmed
        .trim_start_matches(|c: char| c.is_ascii_digit() || ('\u{660}'..='\u{669}').contains(&c));
    let after = digits
        .strip_prefix(['.', '-', ')'])
        .filter(|_| trimmed.len() - digits.len() <= 4);
    after.filter(|after| spaced(after)).map_or(0, |after| {
        trimmed.len() - after.trim_start_matches(is_blank).len()
    })
}

fn ending(line: &str) -> Ending {
    let is_closer =
        |c: char| is_blank(c) || matches!(c, '"' | '»' | '”' | '“' | '’' | '\'' | ')' | ']' | '}');
    let bare = line.trim_end_matches(is_closer);
    match bare.chars().next_back() {
        Some('.' | '۔') if bare.ends_with("..") => Ending::Open,
        Some('.' | '۔') => Ending::Stop,
        Some('!' | '?' | '؟') => Ending::Mark,
        Some(':' | '،' | ',' | '؛' | ';') => Ending::Colon,
        _ => Ending::Open,
    }
}
