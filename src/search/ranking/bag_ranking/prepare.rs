//! Makes the ranking of an index, at once or in steps.

use super::{BagRanking, EXACT_WORDS};
use crate::index::{BagView, Documents, FormId, Index, Scope, Views};

/// Where few forms stand for most running words, a step ends behind so many running words for each form that it may take.
const RUNNING: usize = 128;

impl BagRanking {
    /// Takes the bags of an index; `None` when it has not been refreshed.
    #[must_use]
    pub fn new(index: &Index, scope: Scope) -> Option<Self> {
        let mut ranking = Self::begin(index, scope)?;
        while !ranking.prepare(index, usize::MAX) {}
        Some(ranking)
    }

    /// The same without bags: they are taken by [`BagRanking::prepare`].
    #[must_use]
    pub fn begin(index: &Index, scope: Scope) -> Option<Self> {
        index.views()?;
        let documents = Documents::new(index, scope);
        Some(Self {
            scope,
            bags: BagView::default(),
            word_of: Vec::new(),
            occurrences: Vec::new(),
            frequencies: Vec::new(),
            terms_counted: 0,
            lengths: vec![0; documents.numbers()],
            count: documents.count().0,
            average: 0.0,
            forms_counted: 0,
            words_counted: None,
            has_bags: false,
        })
    }

    /// The scope whose documents are ranked.
    #[must_use]
    pub fn scope(&self) -> Scope {
        self.scope
    }

    /// Whether all is done for the scope it was begun with or set to last.
    #[must_use]
    pub fn is_ready(&self) -> bool {
        let forms = self.forms_counted >= self.word_of.len();
        self.has_bags && forms && self.terms_counted >= self.occurrences.len()
    }

    /// Takes the bags of some words, or counts some forms; says whether all is done.
    pub fn prepare(&mut self, index: &Index, most: usize) -> bool {
        let Some(views) = index.views() else {
            return true;
        };
        if !self.has_bags {
            if let Some(from) = self.words_counted {
                self.count_terms(index, views, from, most);
            } else if self.bags.take(views, most) {
                self.words_counted = Some(0);
            }
            return false;
        }
        if self.forms_counted < index.lexicon().len() {
            self.count_lengths(index, most);
            return false;
        }
        if !self.is_ready() {
            self.count_documents(index, views, most);
        }
        self.is_ready()
    }

    /// Counts the documents that have the next terms. In a large corpus that
    /// would take long; there it is worked out from how often the corpus has
    /// a term, as if occurrences fell at random (Poisson).
    fn count_documents(&mut self, index: &Index, views: &Views, most: usize) {
        let terms = self.occurrences.len();
        let end = terms.min(self.terms_counted.saturating_add(most));
        if index.token_count() > EXACT_WORDS {
            let count = self.count as f64;
            let estimated = self.occurrences.iter();
            let estimated = estimated.map(|&n| estimated_frequency(f64::from(n), count));
            self.frequencies = estimated.collect();
            self.terms_counted = terms;
            return;
        }
        let documents = Documents::new(index, self.scope);
        self.frequencies.resize(terms, 0);
        // The last term that was met in each document.
        let mut met = vec![u32::MAX; self.lengths.len()];
        for term in self.terms_counted..end {
            let number = u32::try_from(term).unwrap_or(u32::MAX);
            let mut found = 0;
            let words = self.bags.words(number);
            let forms = words.flat_map(|(word, _)| views.forms(word..word + 1));
            for list in forms.flat_map(|&form| index.lists(form)) {
                list.for_each(|posting| {
                    let document = documents.of_unit(posting.unit);
                    let met = document.and_then(|d| met.get_mut(d.0 as usize));
                    if let Some(met) = met.filter(|met| **met != number) {
                        *met = number;
                        found += 1;
                    }
                });
            }
            if let Some(frequency) = self.frequencies.get_mut(term) {
                *frequency = found;
            }
        }
        self.terms_counted = end;
    }

    /// Counts the occurrences of the terms among the next words.
    fn count_terms(&mut self, index: &Index, views: &Views, from: usize, most: usize) {
        self.word_of.resize(index.lexicon().len(), 0);
        self.occurrences.resize(self.bags.len(), 0);
        let end = views.len().min(from.saturating_add(most));
        for word in (0u32..).take(end).skip(from) {
            let mut of_word = 0;
            for &form in views.forms(word..word + 1) {
                of_word += index.lexicon().frequency(form);
                if let Some(of_form) = self.word_of.get_mut(form.0 as usize) {
                    *of_form = word;
                }
            }
            for term in self.bags.bag(word) {
                if let Some(of_term) = self.occurrences.get_mut(term as usize) {
                    *of_term += of_word;
                }
            }
        }
        self.words_counted = Some(end);
        self.has_bags = end == views.len();
    }

    pub(super) fn frequency(&self, term: u32) -> usize {
        let frequency = self.frequencies.get(term as usize).copied();
        frequency.unwrap_or_default() as usize
    }

    /// Ranks the documents of another scope from now on; their terms are counted by [`BagRanking::prepare`].
    pub fn set_scope(&mut self, index: &Index, scope: Scope) {
        if scope == self.scope {
            return;
        }
        let documents = Documents::new(index, scope);
        self.lengths = vec![0; documents.numbers()];
        (self.scope, self.count) = (scope, documents.count().0);
        (self.forms_counted, self.terms_counted) = (0, 0);
    }

    /// Counts the terms of the documents from the postings of the next forms.
    fn count_lengths(&mut self, index: &Index, most: usize) {
        let documents = Documents::new(index, self.scope);
        let (forms, mut running) = (self.word_of.len(), 0);
        let last = forms.min(self.forms_counted.saturating_add(most));
        while self.forms_counted < last && running <= most.saturating_mul(RUNNING) {
            let form = self.forms_counted;
            self.forms_counted += 1;
            let word = self.word_of.get(form).copied().unwrap_or_default();
            let terms = u32::try_from(self.bags.bag(word).count()).unwrap_or(u32::MAX);
            let form = FormId(u32::try_from(form).unwrap_or(u32::MAX));
            running += index.lexicon().frequency(form) as usize;
            for list in index.lists(form) {
                list.for_each(|posting| {
                    let document = documents.of_unit(posting.unit);
                    let length = document.and_then(|d| self.lengths.get_mut(d.0 as usize));
                    if let Some(length) = length {
                        *length += terms * posting.occurrences;
                    }
                });
            }
        }
        if self.forms_counted == forms {
            let total: u64 = self.lengths.iter().map(|&length| u64::from(length)).sum();
            self.average = total as f64 / (self.count as f64).max(1.0);
        }
    }
}

/// About how many of `count` documents have something that occurs so often in all.
pub(super) fn estimated_frequency(occurrences: f64, count: f64) -> u32 {
    let share = -(-occurrences / count.max(1.0)).exp_m1();
    (count * share).ceil().min(occurrences) as u32
}
