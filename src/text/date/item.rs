//! The text as the date grammar sees it: words with their role, and what stands between them.

use super::month_table::{HIJRI_MONTHS, MONTHS, TWO_WORDS, WEEKDAYS};
use super::word_table::WORDS;
use crate::text::char_class::{CharClass, class_of};
use crate::text::fold::fold_letters;
use crate::text::{ByteSpan, TokenKind, tokenize};
use rustc_hash::FxHashMap;
use std::sync::LazyLock;

/// A stretch of time that has a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stretch {
    Day,
    Week,
    Month,
    Year,
}

/// A day named from today.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DayName {
    Today,
    Yesterday,
    Tomorrow,
}

/// What a word is to the grammar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Value and number of digits, of plain digits.
    Number(u16, u8),
    /// Three numbers with dots between them, `18.9.2023`: each with its digits.
    Dotted([(u16, u8); 3]),
    /// A Gregorian month; whether the word is often something else.
    Month(u8, bool),
    /// A Hijri month.
    HijriMonth(u8),
    Weekday(u8),
    Relative(DayName),
    DayWord,
    PartOfDay,
    /// A stretch and whether it has the article.
    Unit(Stretch, bool),
    /// Several stretches: how many, 0 when the word does not say.
    Units(Stretch, u8),
    Century(bool),
    Modifier(i8),
    This,
    That,
    Part,
    /// النصف (2), الربع (4)
    Share(u8),
    Ordinal(u8),
    NumberWord(u8),
    DecadeName(u8),
    Ago,
    From,
    To,
    Between,
    And,
    In,
    HijriMark,
    GregorianMark,
    Corresponding,
    Zone,
    /// `st`, `nd`, `rd`, `th`, `of`
    English,
    Other,
}

/// What stands between a word and the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Gap {
    /// Nothing.
    Glued,
    /// White space on the line.
    Space,
    /// One mark, with or without space.
    Mark(char),
    /// A line break, the end, or anything longer.
    Break,
}

/// A word, or two that make one name.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    /// Where it stands, without its proclitic.
    pub(super) span: ByteSpan,
    /// Where the word starts, with its proclitic.
    pub(super) word_start: u32,
    pub(super) kind: Kind,
    pub(super) gap: Gap,
    /// Where the first mark after it ends, when that is a closing bracket.
    pub(super) closed: Option<u32>,
}

impl Item {
    /// Whether a proclitic stands before it.
    pub(super) fn has_clitic(&self) -> bool {
        self.word_start < self.span.start
    }
}

/// Reads a text into items. Linear in its length.
pub(super) fn items(text: &str) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut folded = String::new();
    let mut tokens = tokenize(text).peekable();
    let mut pending: Option<(String, Item)> = None;
    while let Some(token) = tokens.next() {
        folded.clear();
        fold_letters(token.span.of(text), &mut folded);
        let end = tokens
            .peek()
            .map_or(text.len(), |next| next.span.start as usize);
        let between = text.get(token.span.end as usize..end).unwrap_or_default();
        let (mut gap, closed) = gap(between, token.span.end, tokens.peek().is_none());
        let before_number = tokens
            .peek()
            .is_some_and(|next| next.kind == TokenKind::Number);
        if before_number && is_misplaced(between) {
            gap = Gap::Space;
        }
        if let Some((first, head)) = pending.take() {
            if let Some(kind) = two_words(&first, &folded) {
                let span = ByteSpan {
                    start: head.span.start,
                    end: token.span.end,
                };
                items.push(Item {
                    span,
                    word_start: head.word_start,
                    kind,
                    gap,
                    closed,
                });
                continue;
            }
            items.push(head);
        }
        let (kind, skipped) = match token.kind {
            TokenKind::Number => (number(&folded), 0),
            TokenKind::Word => kind_of(&folded),
        };
        let span = without_clitic(text, token.span, skipped);
        let item = Item {
            span,
            word_start: token.span.start,
            kind,
            gap,
            closed,
        };
        let is_open = kind == Kind::Other && gap == Gap::Space;
        match begins_name(&folded).filter(|_| is_open) {
            Some(clitics) => {
                let span = without_clitic(text, token.span, clitics);
                let bare = folded.chars().skip(clitics).collect();
                pending = Some((bare, Item { span, ..item }));
            }
            None => items.push(item),
        }
    }
    items.extend(pending.map(|(_, item)| item));
    items
}

/// Whether a date may start with a word, its letters folded.
pub(super) fn may_start_date(folded: &str) -> bool {
    kind_of(folded).0 != Kind::Other || begins_name(folded).is_some()
}

/// Length of the proclitics, none to two, before the first word of a name of two words.
fn begins_name(folded: &str) -> Option<usize> {
    let mut rest = folded;
    for clitics in 0..=2 {
        if TWO_WORDS.iter().any(|(first, ..)| *first == rest) {
            return Some(clitics);
        }
        rest = rest.strip_prefix(['و', 'ف', 'ب', 'ل', 'ك'])?;
    }
    None
}

fn two_words(first: &str, second: &str) -> Option<Kind> {
    TWO_WORDS
        .iter()
        .find(|(a, b, ..)| *a == first && *b == second)
        .map(|&(.., month, hijri)| {
            if hijri {
                Kind::HijriMonth(month)
            } else {
                Kind::Month(month, false)
            }
        })
}

static KINDS: LazyLock<FxHashMap<&'static str, Kind>> = LazyLock::new(|| {
    let months = MONTHS
        .iter()
        .map(|&(name, month, loose)| (name, Kind::Month(month, loose)));
    let hijri = HIJRI_MONTHS
        .iter()
        .map(|&(name, month)| (name, Kind::HijriMonth(month)));
    let weekdays = WEEKDAYS
        .iter()
        .map(|&(name, day)| (name, Kind::Weekday(day)));
    let words = WORDS.iter().copied();
    months.chain(hijri).chain(weekdays).chain(words).collect()
});

/// What a word is, and how many letters of proclitics stand before that.
fn kind_of(folded: &str) -> (Kind, usize) {
    // The longest word of the tables has 13 letters, 26 bytes; with proclitics 30.
    if folded.len() > 32 {
        return (Kind::Other, 0);
    }
    let known = |word: &str| KINDS.get(word).copied();
    if let Some(kind) = known(folded) {
        return (kind, 0);
    }
    let mut rest = folded;
    let mut skipped = 0;
    for clitics in ["وف", "بلك"] {
        let Some(after) = rest
            .chars()
            .next()
            .filter(|c| clitics.contains(*c))
            .and_then(|c| rest.get(c.len_utf8()..))
        else {
            continue;
        };
        skipped += 1;
        rest = after;
        // «للأحد» is ل and «الأحد».
        if let Some(kind) = known(rest) {
            return (kind, skipped);
        }
        if clitics == "بلك"
            && rest.starts_with('ل')
            && let Some(kind) = known(&format!("ا{rest}"))
        {
            return (kind, skipped);
        }
    }
    (Kind::Other, 0)
}

fn number(folded: &str) -> Kind {
    let plain = |part: &str| -> Option<(u16, u8)> {
        let digits = u8::try_from(part.len())
            .ok()
            .filter(|n| (1..=4).contains(n))?;
        Some((part.parse().ok()?, digits))
    };
    if let Some((value, digits)) = plain(folded) {
        return Kind::Number(value, digits);
    }
    let mut parts = folded.split('.').map(plain);
    match (parts.next(), parts.next(), parts.next(), parts.next()) {
        (Some(Some(a)), Some(Some(b)), Some(Some(c)), None) => Kind::Dotted([a, b, c]),
        _ => Kind::Other,
    }
}

/// The span without its first `letters` letters and their marks.
fn without_clitic(text: &str, span: ByteSpan, letters: usize) -> ByteSpan {
    if letters == 0 {
        return span;
    }
    let word = span.of(text);
    let starts = word.char_indices().filter(|&(_, c)| {
        !matches!(
            class_of(c),
            CharClass::Mark | CharClass::Tatweel | CharClass::Format
        )
    });
    let start = starts.map(|(at, _)| at).nth(letters).unwrap_or(0);
    ByteSpan::new(span.start as usize + start, span.end as usize)
}

/// «عام ،2015»: a comma that went to the wrong side of its number when the direction of a page was lost.
fn is_misplaced(between: &str) -> bool {
    let space = between.strip_suffix(['،', ',']);
    space.is_some_and(|space| !space.is_empty() && space.chars().all(|c| c == ' '))
}

/// Reads the text between two words; also where a closing bracket at its start ends.
fn gap(between: &str, from: u32, last: bool) -> (Gap, Option<u32>) {
    let mut mark = None;
    let mut spaced = false;
    let mut closed = None;
    for (at, c) in between.char_indices() {
        if c == '\n' {
            return (Gap::Break, closed);
        }
        if c.is_whitespace() {
            spaced = true;
        } else if class_of(c) == CharClass::Other {
            if mark.is_some() {
                return (Gap::Break, closed);
            }
            if c == ')' || c == ']' {
                closed = u32::try_from(at + c.len_utf8())
                    .ok()
                    .map(|length| from + length);
            }
            mark = Some(c);
        }
    }
    let gap = match mark {
        _ if last => Gap::Break,
        Some(c) => Gap::Mark(c),
        None if spaced => Gap::Space,
        None => Gap::Glued,
    };
    (gap, closed)
}
