//! Steps through sorted lists of documents.

use crate::index::DocumentId;
use crate::search::matches::holders::{DocumentCount, Held};
use crate::search::matches::run::Scored;

/// The number of members before the first that is not below what is sought: near the front it is found in few steps.
pub(in crate::search) fn reaching<T>(list: &[T], is_below: impl Fn(&T) -> bool) -> usize {
    let below = |at: usize| list.get(at).is_some_and(&is_below);
    if !below(0) {
        return 0;
    }
    let mut step = 2;
    while below(step - 1) {
        step *= 2;
    }
    let from = step / 2;
    let window = list.get(from..list.len().min(step));
    from + window.unwrap_or_default().partition_point(is_below)
}

/// Looks documents up that are asked for in order: never looks back, and takes long steps.
pub(in crate::search) struct Ahead<'c> {
    rest: &'c [DocumentCount],
}

impl<'c> Ahead<'c> {
    pub(in crate::search) fn new(rest: &'c [DocumentCount]) -> Self {
        Self { rest }
    }

    fn skip_to(&mut self, document: DocumentId) -> Option<&'c DocumentCount> {
        let before = reaching(self.rest, |count| count.document < document);
        self.rest = self.rest.get(before..).unwrap_or_default();
        self.rest.first()
    }

    /// Occurrences in the document.
    #[inline]
    pub(in crate::search) fn find(&mut self, document: DocumentId) -> Option<u32> {
        let here = self.skip_to(document)?;
        (here.document == document).then_some(here.held.occurrences())
    }
}

/// The documents that are in two lists, both by number; takes long steps in either.
pub(in crate::search) struct Both<'c> {
    counts: Ahead<'c>,
    /// Place in the list of the other documents.
    at: usize,
}

impl<'c> Both<'c> {
    pub(in crate::search) fn new(counts: &'c [DocumentCount]) -> Self {
        Self {
            counts: Ahead::new(counts),
            at: 0,
        }
    }

    /// The next one's place in `documents`, which are the same at each call, and what is in it.
    pub(in crate::search) fn next(&mut self, documents: &[Scored]) -> Option<(usize, Held)> {
        let mut count = self.counts.rest.first()?;
        loop {
            let here = documents.get(self.at)?.document;
            if here == count.document {
                self.counts.rest = self.counts.rest.get(1..)?;
                self.at += 1;
                return Some((self.at - 1, count.held));
            }
            if here > count.document {
                count = self.counts.skip_to(here)?;
            } else {
                let rest = documents.get(self.at..)?;
                self.at += reaching(rest, |scored| scored.document < count.document);
            }
        }
    }
}
