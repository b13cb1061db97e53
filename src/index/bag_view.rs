//! The bag view: which words share a term of their bags, and how long bags are.
//!
//! Every term of a bag is a function of the letters key, so an index of bags
//! need not be built: the postings of a term are those of the forms of its
//! words together, and BM25 over them is the same as over an index of the bags.

use super::{Lexicon, Views};
use crate::analysis::bag::bag_terms;

/// Terms of the bags of all words of the letters lens.
#[derive(Clone, Debug, Default)]
pub struct BagView {
    /// The distinct terms.
    terms: Lexicon,
    /// Where the words of each term start in `words`; one more entry than terms.
    starts: Vec<u32>,
    /// Words of each term, ascending; one that has the term twice stands twice.
    words: Vec<u32>,
    /// Terms of each word, repeated ones counted.
    lengths: Vec<u32>,
}

impl BagView {
    /// Takes the bags of all words.
    #[must_use]
    pub fn new(views: &Views) -> Self {
        let mut view = Self::default();
        let mut terms_of_words: Vec<u32> = Vec::new();
        for word in (0u32..).take(views.len()) {
            let before = terms_of_words.len();
            bag_terms(views.key(word), |term| {
                terms_of_words.push(view.terms.add(term).0);
            });
            let length = terms_of_words.len() - before;
            view.lengths.push(u32::try_from(length).unwrap_or(u32::MAX));
        }
        view.starts = vec![0; view.terms.len() + 1];
        for &term in &terms_of_words {
            if let Some(count) = view.starts.get_mut(term as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut view.starts {
            sum += *start;
            *start = sum;
        }
        let mut next = view.starts.clone();
        view.words = vec![0; terms_of_words.len()];
        let mut terms = terms_of_words.into_iter();
        for (word, &length) in (0u32..).zip(&view.lengths) {
            for term in terms.by_ref().take(length as usize) {
                let Some(slot) = next.get_mut(term as usize) else {
                    continue;
                };
                if let Some(place) = view.words.get_mut(*slot as usize) {
                    *place = word;
                }
                *slot += 1;
            }
        }
        view
    }

    /// The words that have a term, ascending, each as often as it has it.
    #[must_use]
    pub fn words(&self, term: &str) -> &[u32] {
        let Some(term) = self.terms.find(term) else {
            return &[];
        };
        let at = |term: usize| self.starts.get(term).copied().unwrap_or_default() as usize;
        let range = at(term.0 as usize)..at(term.0 as usize + 1);
        self.words.get(range).unwrap_or_default()
    }

    /// Terms in the bag of a word.
    #[must_use]
    pub fn length(&self, word: u32) -> u32 {
        self.lengths.get(word as usize).copied().unwrap_or_default()
    }
}
