//! What frequent words hold, from one question to the next.
//!
//! A word such as «في» stands in most units, most titles have one, and reading its lists takes longer than
//! all else that a question does. So the occurrences of the sets of forms that stand in most units are kept. A set of
//! a beginning holds more units still, and is seldom asked for again: only sets of few forms are kept.

use super::dense::DenseCounts;
use crate::index::pages::documents::{UnitRun, length_code};
use crate::index::{DocumentId, Documents, FormCounts, FormId, Index, Scope};
use std::sync::{Arc, Mutex, OnceLock};

/// Sets that are kept at most: those that stand in most units.
const MOST_SETS: usize = if cfg!(test) { 3 } else { 64 };

/// A word has seldom more forms than this under any lens.
const MOST_FORMS: usize = 256;

/// What is kept.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct Frequent {
    sets: Arc<Mutex<Vec<FrequentSet>>>,
    /// The units of the documents of each scope.
    runs: Arc<[OnceLock<Vec<UnitRun>>; Scope::ALL.len()]>,
    /// The rounded lengths of all articles and of all pages, which every score asks for.
    lengths: Arc<[OnceLock<Vec<u8>>; 2]>,
}

/// A set of forms and what it holds.
#[derive(Clone, Debug)]
pub(crate) struct FrequentSet {
    pub(crate) forms: Vec<FormId>,
    /// The form of the set whose units are marked.
    pub(crate) marked: Option<FormId>,
    pub(crate) by_form: FormCounts,
    /// The occurrences of all forms in each unit.
    pub(crate) units: Arc<DenseCounts>,
}

impl Frequent {
    pub(in crate::index) fn memory(&self) -> usize {
        let size =
            |set: &FrequentSet| set.units.memory() + 4 * set.forms.len() + set.by_form.memory();
        let sets = self.sets.lock();
        let runs = self.runs.iter().filter_map(OnceLock::get);
        let runs: usize = runs.map(|runs| size_of::<UnitRun>() * runs.len()).sum();
        let lengths = self.lengths.iter().filter_map(OnceLock::get);
        let lengths: usize = lengths.map(Vec::len).sum();
        runs + lengths + sets.map_or(0, |sets| sets.iter().map(size).sum::<usize>())
    }
}

impl Index {
    /// What is kept of a set of forms, with such a mark.
    pub(crate) fn frequent(
        &self,
        forms: &[FormId],
        is_marked_so: impl Fn(Option<FormId>) -> bool,
    ) -> Option<FrequentSet> {
        let sets = self.views()?.frequent.sets.lock().ok()?;
        let is_same = |set: &&FrequentSet| set.forms == forms && is_marked_so(set.marked);
        sets.iter().find(is_same).cloned()
    }

    /// What is counted by unit by documents.
    pub(crate) fn counts_by_document(
        &self,
        units: &Arc<DenseCounts>,
        documents: &Documents<'_>,
    ) -> Arc<DenseCounts> {
        let scope = documents.scope();
        let known = self.views().filter(|_| !self.is_in_parts());
        let known = known.and_then(|views| views.frequent.runs.get(scope as usize));
        let made;
        let runs = match known {
            Some(known) => known.get_or_init(|| documents.unit_runs()),
            None => {
                made = documents.unit_runs();
                &made
            }
        };
        match runs.as_slice() {
            [only] if (only.unit, only.document, only.length) == (0, 0, self.units.len()) => {
                Arc::clone(units)
            }
            runs => Arc::new(units.of_documents(documents.numbers(), runs)),
        }
    }

    /// The code of the length of every document by number; nothing of an index in parts.
    pub(crate) fn length_codes(&self, documents: &Documents<'_>) -> Option<&[u8]> {
        let views = self.views().filter(|_| !self.is_in_parts())?;
        let known = &views.frequent.lengths[usize::from(documents.scope() == Scope::Pages)];
        let codes = known.get_or_init(|| {
            let all = (0u32..).take(documents.numbers()).map(DocumentId);
            all.map(|document| length_code(documents.length(document)))
                .collect()
        });
        Some(codes)
    }

    /// Keeps what was counted of a set of forms, if few others stand in more units.
    pub(crate) fn keep_frequent(&self, set: FrequentSet) {
        let is_word = set.forms.len() <= MOST_FORMS && !self.is_in_parts();
        let Some(views) = self.views().filter(|_| is_word) else {
            return;
        };
        let Ok(mut sets) = views.frequent.sets.lock() else {
            return;
        };
        if sets.len() < MOST_SETS {
            sets.push(set);
            return;
        }
        let fewest = sets.iter_mut().min_by_key(|set| set.units.len());
        if let Some(fewest) = fewest.filter(|fewest| fewest.units.len() < set.units.len()) {
            *fewest = set;
        }
    }
}
