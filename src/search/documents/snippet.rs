//! The passage of a document that shows best why it was found.

use crate::index::{Documents, Field, Index, PageId, Passage, Run, Scope};
use crate::search::engine::DocumentMatch;
use crate::search::matches::phrase::Match;
use crate::text::{ByteSpan, Excerpt};
use std::cmp::Reverse;
use std::ops::Range;

/// About how many tokens a snippet has.
pub const SNIPPET_TOKENS: u32 = 36;

/// So many first matches of a document are tried as the start of its snippet.
const CANDIDATES: usize = 1_000;

/// Longest snippet, in bytes: a word may be megabytes long.
const SNIPPET_BYTES: u32 = 4_000;

/// A passage with its hits.
#[derive(Clone, Debug, Default)]
pub struct Snippet {
    /// Bytes of the text of its passage.
    pub span: ByteSpan,
    /// Hits inside, in order, apart from each other.
    pub hits: Vec<ByteSpan>,
    /// Text of the same part stands before it.
    pub cut_before: bool,
    /// Text of the same part stands after it.
    pub cut_after: bool,
    /// Its tokens with their text; bytes are counted from its start.
    pub passage: Passage,
}

/// Bytes of a match in the text of its page. For many matches, read a [`Passage`].
#[must_use]
pub fn match_span(index: &Index, m: &Match) -> ByteSpan {
    let page = index.page_at(m.start);
    let passage = index.passage(page, m.start..m.start + m.tokens);
    span_in(&passage, m)
}

/// Bytes of a match whose tokens are all in the passage; empty otherwise.
#[must_use]
pub fn span_in(passage: &Passage, m: &Match) -> ByteSpan {
    let first = passage.span_at(m.start);
    let last = passage.span_at(m.start + m.tokens.saturating_sub(1));
    if last.is_empty() {
        return last;
    }
    ByteSpan {
        start: first.start,
        end: last.end,
    }
}

/// A window of tokens that may become the snippet.
struct Window {
    /// The matches that it shows.
    matches: Range<u32>,
    part: Range<u32>,
}

/// Outside a title, clauses shown, tokens until all of them have been shown, hits.
type Worth = (bool, usize, Reverse<u32>, usize);

/// Chooses the window that shows most clauses, then the one that shows them
/// nearest to each other, then most hits, then stands first; one in a title
/// only when nothing else matched, since titles are shown anyway.
///
/// A document that conditions alone found has no hits: its snippet is empty.
#[must_use]
pub fn best_snippet(index: &Index, found: &DocumentMatch, scope: Scope) -> (PageId, Snippet) {
    let page = Documents::new(index, scope).page(found.document);
    let page_end = index.page(page).map_or(u32::MAX, |page| page.positions.end);
    let articles = Documents::new(index, Scope::Articles);
    let mut best: Option<(Worth, Range<u32>)> = None;
    let mut clauses: Vec<usize> = Vec::new();
    // Matches ascend: most are in the part and in the run that the one before is in.
    let (mut part_end, mut run) = (0, None);
    for (at, (m, _)) in found.matches.iter().enumerate().take(CANDIDATES) {
        if m.start >= part_end {
            part_end = index.next_part(m.start + 1).unwrap_or(page_end);
        }
        if run.is_none_or(|run: &Run| m.start >= run.end) {
            run = articles.run_at(m.start);
        }
        let in_title = run.is_some_and(|run| run.field == Field::Title);
        let end = m.start.saturating_add(SNIPPET_TOKENS);
        let end = end.min(part_end).min(page_end);
        let inside = found
            .matches
            .iter()
            .skip(at)
            .take_while(|(n, _)| n.start + n.tokens <= end);
        clauses.clear();
        let (mut hits, mut nearest) = (0, 0);
        for &(n, clause) in inside {
            hits += 1;
            if !clauses.contains(&clause) {
                clauses.push(clause);
                nearest = n.start - m.start;
            }
        }
        let worth = (!in_title, clauses.len(), Reverse(nearest), hits);
        if best.as_ref().is_none_or(|(most, ..)| worth > *most) {
            let last = found
                .matches
                .get(at + hits.saturating_sub(1))
                .map_or(end, |(n, _)| n.start + n.tokens);
            best = Some((worth, m.start..last));
        }
    }
    let Some((_, matches)) = best else {
        return (page, Snippet::default());
    };
    let part = part_around(index, page, matches.start);
    (page, cut(index, page, found, &Window { matches, part }))
}

pub(in crate::search) fn in_title(index: &Index, position: u32) -> bool {
    let run = Documents::new(index, Scope::Articles).run_at(position);
    run.is_some_and(|run| run.field == Field::Title)
}

/// Positions of the part around a position, looked for no farther than a snippet reaches.
fn part_around(index: &Index, page: PageId, position: u32) -> Range<u32> {
    let positions = index
        .page(page)
        .map_or(position..position + 1, |p| p.positions.clone());
    let lowest = position.saturating_sub(SNIPPET_TOKENS).max(positions.start);
    let highest = position
        .saturating_add(2 * SNIPPET_TOKENS)
        .min(positions.end);
    let start = index.part_start(position).unwrap_or(lowest).max(lowest);
    let end = index
        .next_part(position + 1)
        .unwrap_or(highest)
        .min(highest);
    start..end
}

/// Where a window around matches starts: at the start of their sentence if that
/// is near, else so that they stand in the middle.
fn centred_start(begins_sentence: &dyn Fn(u32) -> bool, window: &Window) -> u32 {
    let (first, part_start) = (window.matches.start, window.part.start);
    let room = SNIPPET_TOKENS.saturating_sub(window.matches.end - first);
    let earliest = first.saturating_sub(room).max(part_start);
    let sentence = (earliest..=first)
        .rev()
        .find(|&position| begins_sentence(position));
    sentence.unwrap_or_else(|| first.saturating_sub(room / 3).max(part_start))
}

/// The last end of a sentence that leaves the matches and most of the snippet,
/// else `end`.
fn sentence_end(begins_sentence: &dyn Fn(u32) -> bool, start: u32, matches: u32, end: u32) -> u32 {
    let least = matches.max(start + (end - start) * 2 / 3).max(start + 1);
    let mut ends = (least..end).rev();
    ends.find(|&position| begins_sentence(position))
        .unwrap_or(end)
}

fn cut(index: &Index, page: PageId, found: &DocumentMatch, window: &Window) -> Snippet {
    let reach = window.part.start..window.part.end.min(window.matches.start + SNIPPET_TOKENS);
    let Some(reading) = index.reading(page, reach) else {
        return Snippet::default();
    };
    let part_start = window.part.start;
    let begins_sentence = |position: u32| {
        reading.ends_before(position) || position == part_start && index.begins_part(position)
    };
    let start = centred_start(&begins_sentence, window);
    let end = window.part.end.min(start + SNIPPET_TOKENS).max(start + 1);
    let end = sentence_end(&begins_sentence, start, window.matches.end, end);
    let mut passage = Passage::default();
    reading.put_apart(start..end, &mut passage);
    // A window that starts a part takes the punctuation before its first word along.
    let begins_part = index.begins_part(start);
    let excerpt = passage.excerpt();
    let (first, last) = (passage.span_at(start), passage.span_at(end - 1));
    let from = if begins_part {
        line_start(&excerpt, first.start)
    } else {
        first.start
    };
    let positions = index.page(page).map_or(0..0, |p| p.positions.clone());
    let ends_part = end >= positions.end || index.begins_part(end);
    let to = if ends_part {
        with_closing_marks(&excerpt, last.end)
    } else {
        last.end
    };
    let span = excerpt.shortened(
        ByteSpan {
            start: from,
            end: to,
        },
        SNIPPET_BYTES,
    );
    let from = found.matches.partition_point(|(m, _)| m.start < start);
    let shown = found
        .matches
        .iter()
        .skip(from)
        .take_while(|(m, _)| m.start < end);
    let inside = shown
        .map(|(m, _)| span_in(&passage, m))
        .filter(|hit| !hit.is_empty() && span.contains(hit));
    let hits = merge(inside);
    Snippet {
        span,
        hits,
        cut_before: !begins_part,
        cut_after: !ends_part,
        passage,
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
fn line_start(text: &Excerpt<'_>, word: u32) -> u32 {
    let opening = |c: char| !c.is_whitespace() && !c.is_alphanumeric();
    let taken: usize = text
        .before(word)
        .chars()
        .rev()
        .take_while(|&c| opening(c))
        .take(4)
        .map(char::len_utf8)
        .sum();
    word - u32::try_from(taken).unwrap_or_default()
}

/// Moves the end of a word past the punctuation that stands against it or
/// after it on its line.
#[must_use]
pub fn with_closing_marks(text: &Excerpt<'_>, word_end: u32) -> u32 {
    const MOST: usize = 8;
    let after = text.after(word_end);
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
