//! How often a set of forms stands in each document of a scope.

use super::clause_count::FormCount;
use crate::index::{DocumentId, Documents, FormId, Index};

/// A document with a number of occurrences, one at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DocumentCount {
    pub(super) document: DocumentId,
    pub(super) occurrences: u32,
}

/// Counts occurrences; keeps its tables from one set of forms to the next.
#[derive(Debug)]
pub(super) struct Counter<'i> {
    index: &'i Index,
    documents: Documents<'i>,
    /// Occurrences in each document; all 0 between two counts.
    occurrences: Vec<u32>,
}

/// A sorted list costs as much as looking at so many documents for each of its members.
const LOOKS: usize = 16;

impl<'i> Counter<'i> {
    pub(super) fn new(index: &'i Index, documents: Documents<'i>) -> Self {
        Self {
            index,
            documents,
            occurrences: Vec::new(),
        }
    }

    /// The documents that hold any of the forms, by number, and the occurrences of each form in them.
    pub(super) fn count(&mut self, forms: &[FormId]) -> (Vec<DocumentCount>, Vec<FormCount>) {
        let mut by_form = Vec::with_capacity(forms.len());
        if let [form] = forms {
            let mut counts: Vec<DocumentCount> = Vec::new();
            self.each_document(*form, |document, occurrences| match counts.last_mut() {
                Some(last) if last.document == document => last.occurrences += occurrences,
                _ => counts.push(DocumentCount {
                    document,
                    occurrences,
                }),
            });
            let occurrences = counts.iter().map(|count| count.occurrences).sum();
            by_form.push(FormCount::new(*form, occurrences));
            return (counts, by_form);
        }
        let mut table = std::mem::take(&mut self.occurrences);
        table.resize(self.documents.numbers(), 0);
        let mut touched: Vec<u32> = Vec::new();
        for &form in forms {
            let mut of_form = 0;
            self.each_document(form, |document, occurrences| {
                of_form += occurrences;
                if let Some(count) = table.get_mut(document.0 as usize) {
                    if *count == 0 {
                        touched.push(document.0);
                    }
                    *count += occurrences;
                }
            });
            by_form.push(FormCount::new(form, of_form));
        }
        if touched.len() * LOOKS > table.len() {
            let all = (0u32..).zip(&table).filter(|&(_, &count)| count > 0);
            touched.clear();
            touched.extend(all.map(|(document, _)| document));
        } else {
            touched.sort_unstable();
        }
        let counts = touched.into_iter().map(|document| DocumentCount {
            document: DocumentId(document),
            occurrences: table
                .get_mut(document as usize)
                .map(std::mem::take)
                .unwrap_or_default(),
        });
        let counts = counts.collect();
        self.occurrences = table;
        (counts, by_form)
    }

    #[inline]
    fn each_document(&self, form: FormId, mut take: impl FnMut(DocumentId, u32)) {
        for postings in self.index.postings() {
            let Some(list) = postings.list(form) else {
                continue;
            };
            list.for_each(|posting| {
                if let Some(document) = self.documents.of_unit(posting.unit) {
                    take(document, posting.occurrences);
                }
            });
        }
    }
}
