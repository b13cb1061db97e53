//! Compares what was found on a page with what was put into it.

use super::pour::{Gold, Poured};
use kashshaf::parse::{Article, Part, PartKind};
use kashshaf::text::ByteSpan;
use std::collections::BTreeSet;

/// Right, found and put in, summed over pages.
#[derive(Clone, Copy, Default)]
pub(crate) struct Tally {
    pub(crate) right: usize,
    pub(crate) found: usize,
    pub(crate) gold: usize,
}

impl Tally {
    pub(crate) fn precision(&self) -> f64 {
        share(self.right, self.found)
    }

    pub(crate) fn recall(&self) -> f64 {
        share(self.right, self.gold)
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.found += other.found;
        self.gold += other.gold;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts are far below 2^52")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        1.0
    } else {
        part as f64 / whole as f64
    }
}

/// What is compared.
#[derive(Clone, Copy, Default)]
pub(crate) struct Score {
    pub(crate) boundaries: Tally,
    pub(crate) bytes: Tally,
    pub(crate) titles: Tally,
    pub(crate) dates: Tally,
    pub(crate) outlets: Tally,
}

impl Score {
    pub(crate) fn add(&mut self, other: &Self) {
        self.boundaries.add(other.boundaries);
        self.bytes.add(other.bytes);
        self.titles.add(other.titles);
        self.dates.add(other.dates);
        self.outlets.add(other.outlets);
    }

    /// Whether everything was found and nothing else.
    pub(crate) fn is_perfect(&self) -> bool {
        let all = [self.boundaries, self.titles, self.dates, self.outlets];
        all.iter().all(|t| t.right == t.found && t.right == t.gold)
    }
}

/// Splits the page and compares.
pub(crate) fn score(page: &Poured) -> Score {
    let text = page.text.as_str();
    let (parts, articles) = kashshaf::parse::anatomy::split(text);
    let found: Vec<Vec<(usize, usize)>> = (0..articles.len())
        .map(|index| runs(text, &text_of(&parts, index)))
        .collect();
    let gold: Vec<Vec<(usize, usize)>> = page
        .articles
        .iter()
        .map(|article| runs(text, &article.spans))
        .collect();
    let mut score = Score::default();
    let (found_ends, gold_ends) = (ends(&found), ends(&gold));
    score.boundaries = Tally {
        right: found_ends.intersection(&gold_ends).count(),
        found: found_ends.len(),
        gold: gold_ends.len(),
    };
    // Each article put in meets the found one that shares most with it.
    let mut met = BTreeSet::new();
    for (put, runs) in page.articles.iter().zip(&gold) {
        let shared = found.iter().map(|other| overlap(runs, other));
        let best = shared
            .enumerate()
            .max_by_key(|&(at, shared)| (shared, std::cmp::Reverse(at)));
        let (at, shared) = best
            .filter(|&(_, shared)| shared > 0)
            .unwrap_or((usize::MAX, 0));
        score.bytes.right += shared;
        met.insert(at);
        compare(text, put, articles.get(at), &mut score);
    }
    let length = |runs: &Vec<Vec<(usize, usize)>>| -> usize {
        runs.iter().flatten().map(|(start, end)| end - start).sum()
    };
    score.bytes.found = length(&found);
    score.bytes.gold = length(&gold);
    for (at, article) in articles.iter().enumerate() {
        score.titles.found += usize::from(article.title.is_some());
        score.dates.found += usize::from(article.published.is_some());
        let unmet = !met.contains(&at) && !article.outlets.is_empty();
        score.outlets.found += usize::from(unmet);
    }
    score
}

fn compare(text: &str, put: &Gold, found: Option<&Article>, score: &mut Score) {
    let title = found
        .and_then(|article| article.title)
        .map(|span| span.of(text));
    score.titles.gold += usize::from(put.title.is_some());
    score.titles.right += usize::from(put.title.is_some() && title == put.title.as_deref());
    let date = found
        .and_then(|article| article.published)
        .map(|published| published.date);
    score.dates.gold += usize::from(put.date.is_some());
    score.dates.right += usize::from(put.date.is_some() && date == put.date);
    let named: BTreeSet<&str> = found.map_or_else(BTreeSet::new, |article| {
        article.outlets.iter().map(|span| span.of(text)).collect()
    });
    let is_tolerated = |name: &&&str| put.tolerated.iter().any(|agency| agency == **name);
    let asked: BTreeSet<&str> = put.outlets.iter().map(String::as_str).collect();
    let kept: BTreeSet<&str> = named
        .iter()
        .filter(|name| asked.contains(**name) || !is_tolerated(name))
        .copied()
        .collect();
    score.outlets.gold += usize::from(!asked.is_empty());
    score.outlets.right += usize::from(!asked.is_empty() && kept == asked);
    // Where only tolerated ones were found there is no answer to count.
    score.outlets.found += usize::from(!kept.is_empty());
}

/// Byte ranges of the title and body of an article, in order.
fn text_of(parts: &[Part], index: usize) -> Vec<(usize, usize)> {
    let of_article = parts.iter().filter(|part| {
        part.article == Some(index) && matches!(part.kind, PartKind::Title | PartKind::Body)
    });
    of_article
        .map(|part| (part.span.start as usize, part.span.end as usize))
        .collect()
}

/// Joins ranges with nothing but space between.
fn runs(text: &str, spans: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for &(start, end) in spans {
        match runs.last_mut() {
            Some(last) if ByteSpan::new(last.1, start).of(text).trim().is_empty() => last.1 = end,
            _ => runs.push((start, end)),
        }
    }
    runs
}

/// The places where runs start (`true`) and end.
fn ends(articles: &[Vec<(usize, usize)>]) -> BTreeSet<(usize, bool)> {
    let runs = articles.iter().flatten();
    runs.flat_map(|&(start, end)| [(start, true), (end, false)])
        .collect()
}

fn overlap(one: &[(usize, usize)], other: &[(usize, usize)]) -> usize {
    let shared = |a: &(usize, usize), b: &(usize, usize)| a.1.min(b.1).saturating_sub(a.0.max(b.0));
    one.iter()
        .map(|a| other.iter().map(|b| shared(a, b)).sum::<usize>())
        .sum()
}
