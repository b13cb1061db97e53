//! The bag view: which words share a term of their bags.
//!
//! Every term of a bag is a function of the letters key, so an index of bags
//! need not be built: the postings of a term are those of the forms of its
//! words together, and BM25 over them is the same as over an index of the bags.

use crate::analysis::bag::bag_terms;
use crate::index::{Lexicon, Views};

/// Terms of the bags of all words of the letters lens, taken some words at a time.
#[derive(Clone, Debug, Default)]
pub struct BagView {
    /// The distinct terms.
    terms: Lexicon,
    /// Words of each term, ascending; one that has the term twice stands twice.
    words: Table,
    /// Terms of each word.
    bags: Table,
}

/// Lists of numbers, one behind the other.
#[derive(Clone, Debug, Default)]
struct Table {
    /// Where each list starts; one more entry than lists.
    starts: Vec<u32>,
    items: Vec<u32>,
}

impl Table {
    fn list(&self, number: u32) -> &[u32] {
        let at = |number: usize| self.starts.get(number).copied().unwrap_or_default() as usize;
        let range = at(number as usize)..at(number as usize + 1);
        self.items.get(range).unwrap_or_default()
    }

    fn end_list(&mut self) {
        let end = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.starts.push(end);
    }

    /// For each item the lists that hold it, by counting sort.
    fn inverse(&self, items: usize) -> Self {
        let mut starts = vec![0u32; items + 1];
        for &item in &self.items {
            if let Some(count) = starts.get_mut(item as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut holders = vec![0; self.items.len()];
        for (number, bounds) in (0u32..).zip(self.starts.windows(2)) {
            let &[start, end] = bounds else { continue };
            let list = self.items.get(start as usize..end as usize);
            for &item in list.unwrap_or_default() {
                let Some(slot) = next.get_mut(item as usize) else {
                    continue;
                };
                if let Some(place) = holders.get_mut(*slot as usize) {
                    *place = number;
                }
                *slot += 1;
            }
        }
        Self {
            starts,
            items: holders,
        }
    }
}

impl BagView {
    /// Takes the bags of the next words, at most so many; says whether all are taken.
    pub fn take(&mut self, views: &Views, most: usize) -> bool {
        if self.bags.starts.is_empty() {
            self.bags.end_list();
        }
        let taken = self.bags.starts.len() - 1;
        for word in (0u32..).take(views.len()).skip(taken).take(most) {
            let (bags, terms) = (&mut self.bags, &mut self.terms);
            bag_terms(views.key(word), |term| bags.items.push(terms.add(term).0));
            bags.end_list();
        }
        let is_done = taken + most >= views.len();
        if is_done {
            self.words = self.bags.inverse(self.terms.len());
        }
        is_done
    }

    /// Number of distinct terms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// Whether there is no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The number of a term that some word has.
    #[must_use]
    pub fn term(&self, term: &str) -> Option<u32> {
        self.terms.find(term).map(|term| term.0)
    }

    /// The words that have a term, ascending, each as often as it has it.
    #[must_use]
    pub fn words(&self, term: u32) -> &[u32] {
        self.words.list(term)
    }

    /// The terms of a word, each as often as the word has it.
    #[must_use]
    pub fn bag(&self, word: u32) -> &[u32] {
        self.bags.list(word)
    }
}
