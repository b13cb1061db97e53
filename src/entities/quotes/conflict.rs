//! The same words credited to different speakers.
//!
//! Quotes are compared with their letters folded, word by word. Two are the same
//! words when the longest run of words in common order covers four fifths of the
//! shorter one, so that a word left out or spelled otherwise does not hide a pair.

use crate::sorting::Arrange;
use crate::text::ByteSpan;
use crate::text::fold::folded_letters;
use crate::text::tokenize;
use rustc_hash::FxHashMap;

/// Fewer words are said by many.
const SHORTEST: usize = 6;

/// Longest quote that is aligned, in words; of a longer one the first so many.
const LONGEST: usize = 400;

/// A run of so many words that two quotes share makes them a pair to compare.
const SHINGLE: usize = 3;

/// A run of words shared by more quotes tells nothing.
const COMMON: usize = 60;

/// Copies of one wording with one credit that are listed beside the first.
const COPIES: usize = 20;

/// A quote as it is credited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Credited<'a> {
    /// The page's text.
    pub text: &'a str,
    /// Its spans there.
    pub spans: &'a [ByteSpan],
    /// Sorted numbers of those who are said to speak; none when nobody is named.
    pub speakers: Vec<u32>,
}

/// Quotes that share their words and not their speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributionConflict {
    /// Numbers of the quotes, in order.
    pub quotes: Vec<usize>,
    /// Of each quote, the words that another of them has too.
    pub shared: Vec<Vec<ByteSpan>>,
}

struct Read {
    spans: Vec<ByteSpan>,
    words: Vec<u32>,
}

/// Finds the quotes with the same words and different speakers, in order.
#[must_use]
pub fn attribution_conflicts(quotes: &[Credited<'_>]) -> Vec<AttributionConflict> {
    let mut numbers: FxHashMap<String, u32> = FxHashMap::default();
    let read: Vec<Read> = quotes
        .iter()
        .map(|quote| read(quote, &mut numbers))
        .collect();
    let copies = copies(quotes, &read);
    let mut groups: Vec<usize> = (0..quotes.len()).collect();
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for (a, b) in candidates(&read, copies.iter().map(|&(first, _)| first)) {
        let same = read
            .get(a)
            .zip(read.get(b))
            .is_some_and(|(a, b)| are_same(&a.words, &b.words));
        if !same {
            continue;
        }
        join(&mut groups, a, b);
        let of = |quote: usize| {
            let place = copies
                .binary_search_by_key(&quote, |&(first, _)| first)
                .ok();
            place.map_or(&[][..], |place| copies[place].1.as_slice())
        };
        pairs.push((a, b));
        pairs.extend(of(a).iter().map(|&copy| (copy.min(b), copy.max(b))));
        pairs.extend(of(b).iter().map(|&copy| (copy.min(a), copy.max(a))));
    }
    for (first, more) in &copies {
        for &copy in more {
            join(&mut groups, *first, copy);
        }
    }
    let mut by_group: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
    for quote in 0..quotes.len() {
        by_group
            .entry(root(&groups, quote))
            .or_default()
            .push(quote);
    }
    let mut found: Vec<AttributionConflict> = by_group
        .into_values()
        .filter(|group| disagree(quotes, group))
        .map(|group| conflict(&read, &pairs, group))
        .collect();
    found.arrange_by(|a, b| a.quotes.cmp(&b.quotes));
    found
}

fn read(quote: &Credited<'_>, numbers: &mut FxHashMap<String, u32>) -> Read {
    let mut read = Read {
        spans: Vec::new(),
        words: Vec::new(),
    };
    if quote.speakers.is_empty() {
        return read;
    }
    for span in quote.spans {
        for token in tokenize(span.of(quote.text)).take(LONGEST - read.words.len().min(LONGEST)) {
            let word = folded_letters(token.span.of(span.of(quote.text)));
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            read.words.push(*numbers.entry(word).or_insert(next));
            read.spans.push(ByteSpan {
                start: span.start + token.span.start,
                end: span.start + token.span.end,
            });
        }
    }
    read
}

/// The first quote of each wording and credit, with the copies of it.
fn copies(quotes: &[Credited<'_>], read: &[Read]) -> Vec<(usize, Vec<usize>)> {
    // Where the first of each stands among the copies, which are in order.
    let mut places: FxHashMap<(&[u32], &[u32]), usize> = FxHashMap::default();
    let mut copies: Vec<(usize, Vec<usize>)> = Vec::new();
    for (number, (quote, read)) in quotes.iter().zip(read).enumerate() {
        if read.words.len() < SHORTEST {
            continue;
        }
        let place = *places
            .entry((&read.words, &quote.speakers))
            .or_insert(copies.len());
        match copies.get_mut(place) {
            None => copies.push((number, Vec::new())),
            Some((_, more)) if more.len() < COPIES => more.push(number),
            Some(_) => {}
        }
    }
    copies
}

/// Pairs of quotes that share a run of words, in order, once each.
fn candidates(read: &[Read], quotes: impl Iterator<Item = usize>) -> Vec<(usize, usize)> {
    let mut runs: FxHashMap<&[u32], Vec<usize>> = FxHashMap::default();
    for (number, quote) in quotes.filter_map(|number| Some((number, read.get(number)?))) {
        for run in quote.words.windows(SHINGLE) {
            let list = runs.entry(run).or_default();
            if list.len() <= COMMON && list.last() != Some(&number) {
                list.push(number);
            }
        }
    }
    let mut pairs: Vec<(usize, usize)> = Vec::new();
    for list in runs
        .into_values()
        .filter(|list| list.len() > 1 && list.len() <= COMMON)
    {
        for (at, &a) in list.iter().enumerate() {
            pairs.extend(list.iter().skip(at + 1).map(|&b| (a, b)));
        }
    }
    pairs.arrange();
    pairs.dedup();
    pairs
}

/// Whether the words in common order cover four fifths of the shorter quote.
fn are_same(a: &[u32], b: &[u32]) -> bool {
    let shorter = a.len().min(b.len());
    // Words in common, order aside, bound the run.
    let mut sorted = (a.to_vec(), b.to_vec());
    sorted.0.arrange();
    sorted.1.arrange();
    let mut common = 0;
    let (mut i, mut j) = (sorted.0.iter().peekable(), sorted.1.iter().peekable());
    while let (Some(x), Some(y)) = (i.peek(), j.peek()) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => {
                i.next();
            }
            std::cmp::Ordering::Greater => {
                j.next();
            }
            std::cmp::Ordering::Equal => {
                common += 1;
                i.next();
                j.next();
            }
        }
    }
    common * 5 >= shorter * 4 && aligned(a, b).len() * 5 >= shorter * 4
}

/// The longest common subsequence of two word lists, as pairs of places.
fn aligned(a: &[u32], b: &[u32]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut lengths = vec![0_u16; (a.len() + 1) * width];
    let at = |i: usize, j: usize| i * width + j;
    for (i, x) in a.iter().enumerate().rev() {
        for (j, y) in b.iter().enumerate().rev() {
            let get = |k: usize| lengths.get(k).copied().unwrap_or_default();
            let best = if x == y {
                get(at(i + 1, j + 1)) + 1
            } else {
                get(at(i + 1, j)).max(get(at(i, j + 1)))
            };
            if let Some(slot) = lengths.get_mut(at(i, j)) {
                *slot = best;
            }
        }
    }
    let get = |i: usize, j: usize| lengths.get(at(i, j)).copied().unwrap_or_default();
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if a.get(i) == b.get(j) {
            pairs.push((i, j));
            i += 1;
            j += 1;
        } else if get(i + 1, j) >= get(i, j + 1) {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

fn root(groups: &[usize], mut at: usize) -> usize {
    while let Some(&parent) = groups.get(at).filter(|&&parent| parent != at) {
        at = parent;
    }
    at
}

fn join(groups: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(groups, a), root(groups, b));
    if let Some(slot) = groups.get_mut(a.max(b)) {
        *slot = a.min(b);
    }
}

/// Whether two quotes of the group have no speaker in common.
fn disagree(quotes: &[Credited<'_>], group: &[usize]) -> bool {
    let speakers = |at: &usize| {
        quotes
            .get(*at)
            .map_or(&[][..], |quote| quote.speakers.as_slice())
    };
    let apart = |a: &[u32], b: &[u32]| !a.iter().any(|speaker| b.contains(speaker));
    // Copies of one attribution are one.
    let mut credits: Vec<&[u32]> = group.iter().map(speakers).collect();
    credits.arrange();
    credits.dedup();
    let mut pairs = credits.iter().enumerate();
    pairs.any(|(at, a)| credits.iter().skip(at + 1).any(|b| apart(a, b)))
}

fn conflict(read: &[Read], pairs: &[(usize, usize)], quotes: Vec<usize>) -> AttributionConflict {
    let mut shared: Vec<Vec<ByteSpan>> = vec![Vec::new(); quotes.len()];
    for &(a, b) in pairs {
        let (Ok(a_at), Ok(b_at)) = (quotes.binary_search(&a), quotes.binary_search(&b)) else {
            continue;
        };
        let Some((first, second)) = read.get(a).zip(read.get(b)) else {
            continue;
        };
        for (i, j) in aligned(&first.words, &second.words) {
            for (quote, words, word) in [(a_at, &first.spans, i), (b_at, &second.spans, j)] {
                if let (Some(list), Some(&span)) = (shared.get_mut(quote), words.get(word)) {
                    list.push(span);
                }
            }
        }
    }
    for list in &mut shared {
        list.arrange();
        list.dedup();
    }
    AttributionConflict { quotes, shared }
}
