//! The passage of a document that shows best why it was found.

use super::engine::DocumentMatch;
use super::matcher::Match;
use crate::index::{Documents, Field, Index, PageId, Scope};
use crate::text::{ByteSpan, floor_border};

/// About how many tokens a snippet has.
pub const SNIPPET_TOKENS: u32 = 36;

/// So many first matches of a document are tried as the start of its snippet.
const CANDIDATES: usize = 1_000;

/// Longest snippet, in bytes: a word may be megabytes long.
const SNIPPET_BYTES: usize = 4_000;

/// A passage with its hits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Snippet {
    /// Bytes of the page's text.
    pub span: ByteSpan,
    /// Hits inside, in order, apart from each other.
    pub hits: Vec<ByteSpan>,
    /// Text of the same part stands before it.
    pub cut_before: bool,
    /// Text of the same part stands after it.
    pub cut_after: bool,
}

/// Bytes of a match in the text of its page.
#[must_use]
pub fn match_span(index: &Index, m: &Match) -> ByteSpan {
    let first = index.span_at(m.start);
    let last = index.span_at(m.start + m.tokens.saturating_sub(1));
    ByteSpan {
        start: first.start,
        end: last.end,
    }
}

/// Chooses the window that shows most clauses, then most hits, then stands
/// first; one in a title only when nothing else matched, since titles are shown anyway.
#[must_use]
pub fn best_snippet(index: &Index, found: &DocumentMatch) -> (PageId, Snippet) {
    let Some(first) = found.matches.first() else {
        return (PageId(0), Snippet::default());
    };
    let page = index.page_at(first.0.start);
    let mut best: Option<((bool, usize, usize), u32, u32)> = None;
    for (at, (m, _)) in found.matches.iter().enumerate().take(CANDIDATES) {
        let (part_start, part_end) = part_around(index, page, m.start);
        let end = part_end.min(m.start.saturating_add(SNIPPET_TOKENS));
        let inside = found
            .matches
            .iter()
            .skip(at)
            .take_while(|(n, _)| n.start + n.tokens <= end);
        let mut clauses: Vec<usize> = inside.map(|&(_, clause)| clause).collect();
        let hits = clauses.len();
        clauses.sort();
        clauses.dedup();
        let worth = (!in_title(index, m.start), clauses.len(), hits);
        if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
            let last = found
                .matches
                .get(at + hits.saturating_sub(1))
                .map_or(end, |(n, _)| n.start + n.tokens);
            best = Some((
                worth,
                centred_start(index, m.start, last, part_start),
                part_end,
            ));
        }
    }
    let Some((_, start, part_end)) = best else {
        return (page, Snippet::default());
    };
    let end = part_end.min(start + SNIPPET_TOKENS).max(start + 1);
    (page, cut(index, page, found, start, end))
}

fn in_title(index: &Index, position: u32) -> bool {
    let run = Documents::new(index, Scope::Articles).run_at(position);
    run.is_some_and(|run| run.field == Field::Title)
}

/// Where a window around the matches `first..last` starts: at the start of
/// their sentence if that is near, else so that they stand in the middle.
fn centred_start(index: &Index, first: u32, last: u32, part_start: u32) -> u32 {
    let room = SNIPPET_TOKENS.saturating_sub(last - first);
    let earliest = first.saturating_sub(room).max(part_start);
    let sentence = (earliest..=first)
        .rev()
        .find(|&position| index.begins_sentence(position));
    sentence.unwrap_or_else(|| first.saturating_sub(room / 3).max(part_start))
}

/// First position of the part around a position and one past its last, looked
/// for no farther than a snippet reaches.
fn part_around(index: &Index, page: PageId, position: u32) -> (u32, u32) {
    let positions = index
        .page(page)
        .map_or(position..position + 1, |p| p.positions.clone());
    let lowest = position.saturating_sub(SNIPPET_TOKENS).max(positions.start);
    let highest = position
        .saturating_add(2 * SNIPPET_TOKENS)
        .min(positions.end);
    let start = (lowest..=position)
        .rev()
        .find(|&p| index.begins_part(p))
        .unwrap_or(lowest);
    let end = (position + 1..highest)
        .find(|&p| index.begins_part(p))
        .unwrap_or(highest);
    (start, end)
}

fn cut(index: &Index, page: PageId, found: &DocumentMatch, start: u32, end: u32) -> Snippet {
    let text = index.page(page).map_or("", |p| p.page.text.as_str());
    let (first, last) = (index.span_at(start), index.span_at(end - 1));
    // A window that starts a part takes the punctuation before its first word along.
    let begins_part = index.begins_part(start);
    let from = if begins_part {
        line_start(text, first.start as usize)
    } else {
        first.start as usize
    };
    let positions = index.page(page).map_or(0..0, |p| p.positions.clone());
    let ends_part = end >= positions.end || index.begins_part(end);
    let to = if ends_part {
        with_closing_marks(text, last.end) as usize
    } else {
        last.end as usize
    };
    let to = floor_border(text, to.min(from + SNIPPET_BYTES));
    let span = ByteSpan::new(from, to);
    let from = found.matches.partition_point(|(m, _)| m.start < start);
    let shown = found
        .matches
        .iter()
        .skip(from)
        .take_while(|(m, _)| m.start < end);
    let inside = shown
        .map(|(m, _)| match_span(index, m))
        .filter(|hit| span.contains(hit));
    let hits = merge(inside);
    Snippet {
        span,
        hits,
        cut_before: !begins_part,
        cut_after: !ends_part,
    }
}

/// Joins spans that overlap; they come in order.
#[must_use]
pub fn merge(spans: impl Iterator<Item = ByteSpan>) -> Vec<ByteSpan> {
    let mut merged: Vec<ByteSpan> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start < last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// Punctuation against a word at the start of its line belongs to the passage.
fn line_start(text: &str, word: usize) -> usize {
    let before = text.get(..word).unwrap_or_default();
    let opening = |c: char| !c.is_whitespace() && !c.is_alphanumeric();
    word - before
        .chars()
        .rev()
        .take_while(|&c| opening(c))
        .take(4)
        .map(char::len_utf8)
        .sum::<usize>()
}

/// Moves the end of a word past the punctuation that stands against it or
/// after it on its line.
#[must_use]
pub fn with_closing_marks(text: &str, word_end: u32) -> u32 {
    const MOST: usize = 8;
    let after = text.get(word_end as usize..).unwrap_or_default();
    let closing = |c: char| !c.is_alphanumeric() && c != '\n';
    // An opening mark belongs to what follows.
    let opening = |c: char| matches!(c, '«' | '(' | '[' | '“' | '„');
    let taken: usize = after
        .chars()
        .take_while(|&c| closing(c) && !opening(c))
        .take(MOST)
        .map(char::len_utf8)
        .sum();
    let marks = after.get(..taken).unwrap_or_default().trim_end();
    word_end + u32::try_from(marks.len()).unwrap_or_default()
}
