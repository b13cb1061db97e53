//! Ranking by bags: BM25 over grams, stems and roots of every word.
//!
//! A document need not hold any word of the query as typed. The scores equal
//! those of an index of the bags themselves (a test shows it).

use super::bm25;
use crate::analysis::bag::{bag_terms, is_question_word};
use crate::analysis::fold::letters_key;
use crate::index::{BagView, DocumentId, Documents, Index, Scope, Views};
use crate::text::tokenize;

/// Terms found in a larger share of the documents are passed over, unless
/// nothing else is found: they cost most and tell least.
const COMMON_SHARE: f64 = 0.3;

/// Ranks documents of one scope by bags.
#[derive(Clone, Debug)]
pub struct BagRanking<'i> {
    index: &'i Index,
    views: &'i Views,
    documents: Documents<'i>,
    bags: BagView,
    /// Terms in the bags of each document.
    lengths: Vec<u32>,
    /// Documents that have a term, and the mean number of their terms.
    count: usize,
    average: f64,
}

impl<'i> BagRanking<'i> {
    /// Takes the bags of an index; `None` when it has not been refreshed.
    #[must_use]
    pub fn new(index: &'i Index, scope: Scope) -> Option<Self> {
        let views = index.views()?;
        let bags = BagView::new(views);
        let documents = Documents::new(index, scope);
        let mut lengths = vec![0u32; documents.numbers()];
        for word in (0u32..).take(views.len()) {
            let length = bags.length(word);
            for &form in views.forms(word..word + 1) {
                for list in index.postings().iter().filter_map(|p| p.list(form)) {
                    list.for_each(|posting| {
                        let document = documents.of_unit(posting.unit);
                        if let Some(sum) = document.and_then(|d| lengths.get_mut(d.0 as usize)) {
                            *sum += length * posting.occurrences;
                        }
                    });
                }
            }
        }
        let (count, _) = documents.count();
        let total: u64 = lengths.iter().map(|&length| u64::from(length)).sum();
        let average = total as f64 / (count as f64).max(1.0);
        Some(Self {
            index,
            views,
            documents,
            bags,
            lengths,
            count,
            average,
        })
    }

    /// The documents that share a term with the text, best first, at most `limit`.
    #[must_use]
    pub fn rank(&self, text: &str, limit: usize) -> Vec<(DocumentId, f64)> {
        let terms = query_terms(text);
        let mut ranked = self.score(&terms, COMMON_SHARE);
        if ranked.is_empty() {
            ranked = self.score(&terms, 1.0);
        }
        ranked.truncate(limit);
        ranked
    }

    /// BM25 over the terms that no larger share of the documents has.
    fn score(&self, terms: &[(String, u32)], share: f64) -> Vec<(DocumentId, f64)> {
        let mut scores = vec![0.0; self.lengths.len()];
        let mut occurrences = vec![0u32; self.lengths.len()];
        let mut touched: Vec<u32> = Vec::new();
        for (term, times) in terms {
            for words in self.bags.words(term).chunk_by(|a, b| a == b) {
                let Some(&word) = words.first() else { continue };
                let in_word = u32::try_from(words.len()).unwrap_or(u32::MAX);
                for &form in self.views.forms(word..word + 1) {
                    let lists = self.index.postings().iter().filter_map(|p| p.list(form));
                    for list in lists {
                        list.for_each(|posting| {
                            let document = self.documents.of_unit(posting.unit);
                            let count = document
                                .and_then(|d| Some((d.0, occurrences.get_mut(d.0 as usize)?)));
                            let Some((document, count)) = count else {
                                return;
                            };
                            if *count == 0 {
                                touched.push(document);
                            }
                            *count += in_word * posting.occurrences;
                        });
                    }
                }
            }
            let too_common = touched.len() as f64 > share * self.count as f64;
            let weight = bm25::idf(touched.len(), self.count) * f64::from(*times);
            for document in touched.drain(..) {
                let at = document as usize;
                let Some(count) = occurrences.get_mut(at) else {
                    continue;
                };
                let (tf, length) = (*count as usize, self.lengths.get(at).copied().unwrap_or(0));
                *count = 0;
                if let Some(score) = scores.get_mut(at).filter(|_| !too_common) {
                    *score += bm25::weight(weight, tf, length, self.average);
                }
            }
        }
        let scored = (0u32..).zip(scores).filter(|&(_, score)| score > 0.0);
        let mut ranked: Vec<(DocumentId, f64)> =
            scored.map(|(d, score)| (DocumentId(d), score)).collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ranked
    }
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
    terms.sort();
    let counted = terms.chunk_by(|a, b| a == b);
    counted
        .filter_map(|group| Some((group.first()?.clone(), u32::try_from(group.len()).ok()?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Page;
    use proptest::prelude::*;
    use std::collections::{BTreeMap, HashMap};

    /// BM25 over an index of the bags, as plainly as it can be written.
    fn naive(documents: &[String], text: &str) -> Vec<f64> {
        let bags: Vec<HashMap<String, usize>> = documents
            .iter()
            .map(|document| {
                let mut bag = HashMap::new();
                for token in tokenize(document) {
                    bag_terms(&letters_key(token.span.of(document)), |term| {
                        *bag.entry(term.to_owned()).or_insert(0) += 1;
                    });
                }
                bag
            })
            .collect();
        let lengths: Vec<usize> = bags.iter().map(|bag| bag.values().sum()).collect();
        let n = documents.len();
        let average = lengths.iter().sum::<usize>() as f64 / n as f64;
        let terms: BTreeMap<String, u32> = query_terms(text).into_iter().collect();
        let scores = |share: f64| -> Vec<f64> {
            let of_bag = |(bag, &length): (&HashMap<String, usize>, &usize)| {
                terms
                    .iter()
                    .map(|(term, &times)| {
                        let df = bags.iter().filter(|bag| bag.contains_key(term)).count();
                        if df as f64 > n as f64 * share {
                            return 0.0;
                        }
                        let idf = bm25::idf(df, n) * f64::from(times);
                        let tf = bag.get(term).copied().unwrap_or(0);
                        bm25::weight(idf, tf, u32::try_from(length).unwrap(), average)
                    })
                    .sum()
            };
            bags.iter().zip(&lengths).map(of_bag).collect()
        };
        let rare = scores(COMMON_SHARE);
        if rare.iter().any(|&score| score > 0.0) {
            rare
        } else {
            scores(1.0)
        }
    }

    proptest! {
        #[test]
        fn scores_are_those_of_an_index_of_the_bags(
            documents in proptest::collection::vec("([ابتمكروينل]{1,7} ){1,12}", 1..8),
            text in "([ابتمكروينل]{1,7} ){1,4}",
        ) {
            let mut index = Index::default();
            for (n, body) in documents.iter().enumerate() {
                let page = Page::from_article(&n.to_string(), &n.to_le_bytes(), "", body);
                index.add(page, false).expect("new");
            }
            index.refresh();
            let ranked = BagRanking::new(&index, Scope::Articles).expect("refreshed").rank(&text, usize::MAX);
            let expected = naive(&documents, &text);
            let found: HashMap<u32, f64> = ranked.iter().map(|(d, score)| (d.0, *score)).collect();
            for (n, expected) in (0u32..).zip(expected) {
                let score = found.get(&n).copied().unwrap_or(0.0);
                prop_assert!((score - expected).abs() < 1e-9, "document {n}: {score} for {expected}");
            }
            prop_assert!(ranked.windows(2).all(|pair| pair[0].1 >= pair[1].1));
        }
    }
}
