//! Ranking by bags: BM25 over grams, stems and roots of every word.
//!
//! A document need not hold any word of the query as typed. The scores equal
//! those of an index of the bags themselves (a test shows it).

mod explain;
mod prepare;

use crate::analysis::bag::{bag_terms, is_question_word};
use crate::analysis::fold::letters_key;
use crate::index::{BagView, DocumentId, Documents, FormId, Index, Scope};
use crate::search::bm25;
use crate::search::words::form_set::FormSet;
use crate::sorting::{Arrange, at_rank, rank_of, score_of};
use crate::text::tokenize;

/// Terms found in a larger share of the documents are passed over, unless
/// nothing else is found: they cost most and tell least.
const COMMON_SHARE: f64 = 0.3;

/// In a corpus of so many words and fewer the documents that have a term are
/// counted: about 3,000 articles. In a larger one they are estimated.
pub(in crate::search) const EXACT_WORDS: u32 = 1_000_000;

/// A term found in no more documents than this is never too common.
const FEW: f64 = 3.0;

/// Ranks documents of one scope by bags. It belongs to one state of an index,
/// which is handed to every method.
#[derive(Clone, Debug)]
pub struct BagRanking {
    scope: Scope,
    bags: BagView,
    /// The word of each form.
    word_of: Vec<u32>,
    /// Occurrences of each term among all words.
    occurrences: Vec<u32>,
    /// Documents that have each term; counted in a corpus of up to [`EXACT_WORDS`], estimated in a larger one.
    frequencies: Vec<u32>,
    terms_counted: usize,
    /// Terms in the bags of each document.
    lengths: Vec<u32>,
    /// Documents, and the mean number of their terms.
    count: usize,
    average: f64,
    /// Forms whose occurrences are in `lengths`; all when it is complete.
    forms_counted: usize,
    /// Words whose terms are in `occurrences`; none while their bags are being taken.
    words_counted: Option<usize>,
    /// Whether all of them are.
    has_bags: bool,
}

/// A term of a query.
#[derive(Clone, Copy, Debug)]
struct Term {
    number: u32,
    /// About how many documents have it.
    frequency: usize,
    /// Inverse document frequency times the occurrences in the query: more than
    /// it can ever add to a score.
    weight: f64,
}

impl BagRanking {
    /// The forms that have any of some terms.
    pub(in crate::search) fn forms_with(
        &self,
        index: &Index,
        terms: impl Iterator<Item = u32>,
    ) -> FormSet {
        let mut forms = FormSet::new(&[], index.lexicon().len());
        if let Some(views) = index.views() {
            for (word, _) in terms.flat_map(|term| self.bags.words(term)) {
                for &form in views.forms(word..word + 1) {
                    forms.insert(form);
                }
            }
        }
        forms
    }

    /// Calls `take` with every running word of a document that has one of the forms.
    fn each_word(
        &self,
        index: &Index,
        document: DocumentId,
        forms: &FormSet,
        mut take: impl FnMut(u32),
    ) {
        let documents = Documents::new(index, self.scope);
        let Some(page) = index.page(documents.page(document)) else {
            return;
        };
        let mut reader = index.form_reader(page);
        for unit in documents.units(document) {
            if documents.of_unit(unit).is_none() {
                continue;
            }
            index.units().each_run(unit, |run| {
                reader.read(run, |_, form| {
                    if forms.contains(form) {
                        let word = self.word_of.get(form.0 as usize);
                        take(word.copied().unwrap_or_default());
                    }
                });
            });
        }
    }

    /// The documents that share a term with the text, best first, at most `limit`.
    #[must_use]
    pub fn rank(&self, index: &Index, text: &str, limit: usize) -> Vec<(DocumentId, f64)> {
        let terms = query_terms(text);
        let mut ranked = self.score(index, &self.terms(&terms, COMMON_SHARE), limit);
        if ranked.is_empty() {
            ranked = self.score(index, &self.terms(&terms, 1.0), limit);
        }
        ranked.truncate(limit);
        ranked
    }

    /// The scores of some documents, in their order.
    #[must_use]
    pub fn score_of(&self, index: &Index, text: &str, documents: &[DocumentId]) -> Vec<f64> {
        let terms = query_terms(text);
        let mut known = self.terms(&terms, COMMON_SHARE);
        if known.is_empty() {
            known = self.terms(&terms, 1.0);
        }
        let numbers: Vec<u32> = documents.iter().map(|document| document.0).collect();
        let mut scores = vec![0.0; self.lengths.len()];
        self.add_rest(index, &known, &mut scores, &numbers);
        let score = |&number: &u32| scores.get(number as usize).copied();
        numbers
            .iter()
            .map(|n| score(n).unwrap_or_default())
            .collect()
    }

    /// What a text can be worth at most.
    #[must_use]
    pub fn most(&self, text: &str) -> f64 {
        let terms = self.terms(&query_terms(text), COMMON_SHARE);
        terms.iter().map(|term| term.weight).sum()
    }

    /// The distinct terms of a text's words that documents have, ascending.
    pub(in crate::search) fn terms_of(&self, key: &str) -> Vec<u32> {
        let mut terms = Vec::new();
        bag_terms(key, |term| terms.extend(self.bags.term(term)));
        terms.arrange();
        terms.dedup();
        terms
    }

    /// The bag of a form.
    pub(in crate::search) fn bag_of(&self, form: FormId) -> impl Iterator<Item = u32> {
        let word = self.word_of.get(form.0 as usize).copied();
        self.bags.bag(word.unwrap_or(u32::MAX))
    }

    /// Inverse document frequency of a term.
    pub(in crate::search) fn idf(&self, term: u32) -> f64 {
        bm25::idf(self.frequency(term), self.count)
    }

    /// The terms that no larger share of the documents has, those that can add most first.
    fn terms(&self, terms: &[(String, u32)], share: f64) -> Vec<Term> {
        let known = terms.iter().filter_map(|(term, times)| {
            let number = self.bags.term(term)?;
            let frequency = self.frequency(number);
            let too_common = frequency as f64 > (share * self.count as f64).max(FEW);
            let weight = bm25::idf(frequency, self.count) * f64::from(*times);
            (frequency > 0 && !too_common).then_some(Term {
                number,
                frequency,
                weight,
            })
        });
        let mut known: Vec<Term> = known.collect();
        known.arrange_by(|a, b| b.weight.total_cmp(&a.weight));
        known
    }

    /// BM25 over terms that come in falling order of what they can add, as in
    /// *MaxScore* (Turtle and Flood 1995): once the terms that are left cannot
    /// lift an unseen document among the best, only documents that can still
    /// get there are looked at, in their own texts.
    fn score(&self, index: &Index, terms: &[Term], limit: usize) -> Vec<(DocumentId, f64)> {
        let mut scores = vec![0.0; self.lengths.len()];
        let mut counts = vec![0u32; self.lengths.len()];
        let mut seen: Vec<u32> = Vec::new();
        let mut left: f64 = terms.iter().map(|term| term.weight).sum();
        let mut rest = terms;
        while let Some((term, after)) = rest.split_first() {
            self.add_term(index, *term, &mut scores, &mut counts, &mut seen);
            (rest, left) = (after, left - term.weight);
            // Looking for the least of the best costs about as much as a term.
            let due = rest.len().is_multiple_of(4) && !rest.is_empty();
            let least = if due {
                nth_best(&scores, &seen, limit)
            } else {
                None
            };
            if least.is_some_and(|least| left < least * SURELY) {
                let least = least.unwrap_or_default();
                let score = |&document: &u32| scores.get(document as usize).copied();
                let hopeful =
                    |document: &u32| score(document).is_some_and(|s| s + left >= least * SURELY);
                let texts = seen.iter().filter(|d| hopeful(d)).count() as f64 * self.average;
                let lists: usize = rest.iter().map(|term| term.frequency).sum();
                // Reading a document costs its whole bag, a term all its documents.
                if texts < lists as f64 {
                    seen.retain(hopeful);
                    self.add_rest(index, rest, &mut scores, &seen);
                    break;
                }
            }
        }
        let scored = seen.into_iter().filter_map(|document| {
            let score = scores.get(document as usize).copied()?;
            Some((DocumentId(document), score))
        });
        let mut ranked: Vec<(DocumentId, f64)> = scored.collect();
        ranked.arrange_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ranked
    }

    /// Adds what a term adds to every document that has it.
    fn add_term(
        &self,
        index: &Index,
        term: Term,
        scores: &mut [f64],
        counts: &mut [u32],
        seen: &mut Vec<u32>,
    ) {
        let Some(views) = index.views() else { return };
        let documents = Documents::new(index, self.scope);
        let mut touched: Vec<u32> = Vec::new();
        for (word, in_word) in self.bags.words(term.number) {
            for &form in views.forms(word..word + 1) {
                for list in index.lists(form) {
                    list.for_each(|posting| {
                        let Some(DocumentId(document)) = documents.of_unit(posting.unit) else {
                            return;
                        };
                        if let Some(count) = counts.get_mut(document as usize) {
                            if *count == 0 {
                                touched.push(document);
                            }
                            *count += in_word * posting.occurrences;
                        }
                    });
                }
            }
        }
        for document in touched {
            let at = document as usize;
            let count = counts.get_mut(at).map(std::mem::take).unwrap_or_default();
            if let Some(score) = scores.get_mut(at) {
                if *score == 0.0 {
                    seen.push(document);
                }
                *score += self.weight(term, count, at);
            }
        }
    }

    fn weight(&self, term: Term, count: u32, document: usize) -> f64 {
        let length = self.lengths.get(document).copied().unwrap_or_default();
        bm25::weight(term.weight, f64::from(count), length, self.average)
    }

    /// Adds what terms add to a few documents, in the order of the terms.
    fn add_rest(&self, index: &Index, terms: &[Term], scores: &mut [f64], documents: &[u32]) {
        // Few words have any of the terms: all others are passed over by their forms.
        let forms = self.forms_with(index, terms.iter().map(|term| term.number));
        let places = terms.iter().zip(0u64..);
        let mut places: Vec<u64> = places
            .map(|(term, place)| u64::from(term.number) << 32 | place)
            .collect();
        places.sort_unstable();
        let mut counts = vec![0u32; terms.len()];
        for &document in documents {
            counts.fill(0);
            self.each_word(index, DocumentId(document), &forms, |word| {
                for term in self.bags.bag(word) {
                    let place = places.binary_search_by(|place| ((place >> 32) as u32).cmp(&term));
                    let place = place.ok().and_then(|at| places.get(at));
                    if let Some(count) = place.and_then(|&p| counts.get_mut(p as u32 as usize)) {
                        *count += 1;
                    }
                }
            });
            for (&term, &count) in terms.iter().zip(&counts) {
                let added = self.weight(term, count, document as usize);
                if let Some(score) = scores.get_mut(document as usize) {
                    *score += added;
                }
            }
        }
    }
}

/// Bounds are sums in another order than scores: what is below one by less than this may be above it.
const SURELY: f64 = 1.0 - 1e-9;

/// The score of the n-th best of some documents, the first being 1; `None` when they are fewer.
fn nth_best(scores: &[f64], documents: &[u32], n: usize) -> Option<f64> {
    let at = n.checked_sub(1).filter(|&at| at < documents.len())?;
    let score = |&document: &u32| scores.get(document as usize).copied().unwrap_or_default();
    let ranks = documents.iter().map(|document| rank_of(score(document)));
    Some(score_of(at_rank(ranks, at)))
}

/// The terms of a text with how often each occurs, in the order of their
/// letters. Question words are left out unless nothing else is there.
fn query_terms(text: &str) -> Vec<(String, u32)> {
    let keys: Vec<String> = tokenize(text)
        .map(|token| letters_key(token.span.of(text)))
        .collect();
    let telling: Vec<&String> = keys.iter().filter(|key| !is_question_word(key)).collect();
    let keys = if telling.is_empty() {
        keys.iter().collect()
    } else {
        telling
    };
    let mut terms: Vec<String> = Vec::new();
    for key in keys {
        bag_terms(key, |term| terms.push(term.to_owned()));
    }
    terms.arrange();
    let counted = terms.chunk_by(|a, b| a == b);
    counted
        .filter_map(|group| Some((group.first()?.clone(), u32::try_from(group.len()).ok()?)))
        .collect()
}

#[cfg(test)]
mod tests;
