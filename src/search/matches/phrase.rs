//! Finds where words stand next to each other.

use crate::index::{DocumentId, Documents, FormId, Index};
use crate::search::matches::ahead::reaching;
use crate::search::matches::spread;
use crate::search::query::{Clause, Shape};
use crate::search::words::clause_words::ClauseWords;
use crate::sorting::{Arrange, sort_numbers, sort_pairs};
use std::ops::Range;

/// One occurrence of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// The document it is in.
    pub document: DocumentId,
    /// First position.
    pub start: u32,
    /// Number of tokens.
    pub tokens: u32,
}

/// All occurrences of a phrase in a scope, by document and position, and the
/// forms of each, one behind the other.
#[derive(Clone, Debug, Default)]
pub(in crate::search) struct Phrases {
    pub(in crate::search) matches: Vec<Match>,
    pub(in crate::search) forms: Vec<FormId>,
}

/// Finds a clause: `words` are the forms that each of its words stands for.
pub(in crate::search) fn find(
    index: &Index,
    documents: &Documents<'_>,
    clause: &Clause,
    words: &[Vec<FormId>],
) -> Phrases {
    let mut found = match &clause.shape {
        Shape::Adjacent => adjacent(index, documents, words, clause.in_title),
        shape => spread::find(index, documents, shape, words),
    };
    if clause.in_title || clause.in_sentence {
        let fits = |m: &Match| {
            (!clause.in_title || spread::in_title(index, m))
                && (!clause.in_sentence || spread::in_sentence(index, documents, m))
        };
        let kept: Vec<bool> = found.matches.iter().map(fits).collect();
        let mut one = kept.iter();
        found.matches.retain(|_| one.next() == Some(&true));
        let width = words.len().max(1);
        let rows = found.forms.chunks_exact(width).zip(&kept);
        let kept_rows = rows.filter(|(_, kept)| **kept);
        found.forms = kept_rows.flat_map(|(row, _)| row).copied().collect();
    }
    found
}

/// Finds words next to each other.
fn adjacent(
    index: &Index,
    documents: &Documents<'_>,
    words: &[Vec<FormId>],
    exact: bool,
) -> Phrases {
    let mut found = Phrases::default();
    let tokens = u32::try_from(words.len()).unwrap_or(u32::MAX);
    let candidates = with_all_words(index, documents, words);
    if candidates.is_empty() {
        return found;
    }
    let positions: Vec<Vec<(u32, FormId)>> = words
        .iter()
        .map(|forms| positions(index, documents, &candidates, forms, exact))
        .collect();
    // Look where the rarest word stands and check its neighbours.
    let rarest = (0u32..).zip(&positions).min_by_key(|(_, list)| list.len());
    let Some((offset, rarest)) = rarest else {
        return found;
    };
    let mut next = vec![0; positions.len()];
    let mut forms = Vec::with_capacity(words.len());
    let mut unsorted = false;
    for &(position, _) in rarest {
        let Some(start) = position.checked_sub(offset) else {
            continue;
        };
        forms.clear();
        for ((wanted, list), next) in (start..).zip(&positions).zip(&mut next) {
            let rest = list.get(*next..).unwrap_or_default();
            *next += reaching(rest, |&(position, _)| position < wanted);
            let here = list.get(*next).filter(|(position, _)| *position == wanted);
            let Some(&(_, form)) = here else { break };
            forms.push(form);
        }
        let last = start + tokens - 1;
        let crosses = index
            .next_part(start + 1)
            .is_some_and(|border| border <= last);
        if forms.len() < words.len() || crosses {
            continue;
        }
        let Some(document) = documents.holding(start, last) else {
            continue;
        };
        let m = Match {
            document,
            start,
            tokens,
        };
        unsorted |= found.matches.last().is_some_and(|last| *last > m);
        found.matches.push(m);
        found.forms.extend_from_slice(&forms);
    }
    if unsorted {
        found.sort(words.len());
    }
    found
}

impl Phrases {
    /// Articles may stand inside each other: brings documents together.
    pub(in crate::search) fn sort(&mut self, words: usize) {
        let forms = self.forms.chunks_exact(words.max(1));
        let mut both: Vec<(Match, &[FormId])> = self.matches.iter().copied().zip(forms).collect();
        both.arrange_by_key(|&(m, _)| m);
        let matches = both.iter().map(|&(m, _)| m).collect();
        let forms = both.iter().flat_map(|&(_, forms)| forms).copied().collect();
        (self.matches, self.forms) = (matches, forms);
    }
}

/// The documents that hold every word.
pub(in crate::search) fn with_all_words(
    index: &Index,
    documents: &Documents<'_>,
    words: &[Vec<FormId>],
) -> Candidates {
    let mut seen = vec![0u8; documents.numbers()];
    let mut found: Vec<DocumentId> = Vec::new();
    // A phrase of more words than a byte counts is told apart well enough by so many.
    for (number, forms) in (0u8..u8::MAX).zip(words) {
        found.clear();
        for &form in forms {
            for list in index.lists(form) {
                list.for_each(|posting| {
                    let Some(document) = documents.of_unit(posting.unit) else {
                        return;
                    };
                    let seen = seen.get_mut(document.0 as usize);
                    if let Some(seen) = seen.filter(|seen| **seen == number) {
                        *seen += 1;
                        found.push(document);
                    }
                });
            }
        }
        if found.is_empty() {
            break;
        }
    }
    let found = found.into_iter();
    let mut units: Vec<u32> = found
        .flat_map(|document| documents.units(document))
        .collect();
    sort_numbers(&mut units);
    let all = u8::try_from(words.len()).unwrap_or(u8::MAX);
    Candidates { seen, all, units }
}

pub(in crate::search) struct Candidates {
    seen: Vec<u8>,
    /// Words that a candidate has.
    all: u8,
    /// Their units, ascending.
    units: Vec<u32>,
}

impl Candidates {
    pub(in crate::search) fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// Whether one of these units is one of a candidate.
    fn has_any(&self, units: Range<u32>) -> bool {
        let before = self.units.partition_point(|&unit| unit < units.start);
        self.units.get(before).is_some_and(|&unit| unit < units.end)
    }

    #[inline]
    fn contains(&self, document: DocumentId) -> bool {
        self.seen.get(document.0 as usize) == Some(&self.all)
    }
}

/// Positions of the forms in the candidates, ascending; those of an index in parts need be `exact`
/// for more than which words are neighbours.
pub(in crate::search) fn positions(
    index: &Index,
    documents: &Documents<'_>,
    candidates: &Candidates,
    forms: &[FormId],
    exact: bool,
) -> Vec<(u32, FormId)> {
    let wanted = |unit| {
        let document = documents.of_unit(unit);
        let is_wanted = document.is_some_and(|document| candidates.contains(document));
        if is_wanted && exact {
            index.want_exact(unit);
        }
        is_wanted
    };
    let mut found = Vec::new();
    for &form in forms {
        for list in index.lists(form) {
            list.for_each_places(
                |unit| index.place_limit(unit),
                wanted,
                |units| candidates.has_any(units),
                |posting, places| {
                    index.positions(posting.unit, places, |position| {
                        found.push((position, form));
                    });
                },
            );
        }
    }
    if !found.is_sorted() {
        sort_pairs(
            &mut found,
            |(position, FormId(form))| u64::from(position) << 32 | u64::from(form),
            |both| ((both >> 32) as u32, FormId(both as u32)),
        );
    }
    found
}

/// Where words of clauses stand in one document: position, number of the first clause that has it, and form.
pub(in crate::search) fn words_in(
    index: &Index,
    documents: &Documents<'_>,
    document: DocumentId,
    words: &ClauseWords<'_>,
) -> Vec<(Match, usize, FormId)> {
    let Some(page) = index.page(documents.page(document)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut reader = index.form_reader(page);
    for unit in documents.units(document) {
        index.units().each_run(unit, |run| {
            reader.read(run, |start, form| {
                let m = Match {
                    document,
                    start,
                    tokens: 1,
                };
                found.extend(words.of(form).next().map(|clause| (m, clause, form)));
            });
        });
    }
    found
}
