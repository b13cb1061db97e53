//! The documents that hold something, with how often they do.
//!
//! Where few do they are a list, by number, in which long steps are taken; where most do, what
//! each holds is found by its number.

use crate::index::{Bits, DenseCounts, DocumentId};
use crate::search::matches::ahead::{Ahead, Both};
use crate::search::matches::run::Scored;
use std::sync::Arc;

/// A document with a number of occurrences, one at least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) struct DocumentCount {
    pub(in crate::search) document: DocumentId,
    pub(in crate::search) held: Held,
}

/// What a document holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::search) struct Held {
    /// Occurrences, and [`AS_TYPED`].
    noted: u32,
}

/// Beside the occurrences: one form, that is typed so, is among them.
const AS_TYPED: u32 = 1 << (u32::BITS - 1);

impl Held {
    #[inline]
    pub(in crate::search) fn new(occurrences: u32, is_as_typed: bool) -> Self {
        let mark = if is_as_typed { AS_TYPED } else { 0 };
        Self {
            noted: occurrences | mark,
        }
    }

    #[inline]
    pub(in crate::search) fn occurrences(self) -> u32 {
        self.noted & !AS_TYPED
    }

    /// Whether the form is among them that was asked to be noted.
    #[inline]
    pub(in crate::search) fn is_as_typed(self) -> bool {
        self.noted & AS_TYPED != 0
    }

    /// What two units of a document hold together.
    #[inline]
    pub(in crate::search) fn and(self, other: Self) -> Self {
        let is_as_typed = self.is_as_typed() || other.is_as_typed();
        Self::new(self.occurrences() + other.occurrences(), is_as_typed)
    }
}

/// Documents with what they hold.
#[derive(Clone, Debug)]
pub(in crate::search) enum Holders {
    /// By number.
    Few(Vec<DocumentCount>),
    /// Occurrences by number of the document, marked where one stands as typed.
    Most(Arc<DenseCounts>),
}

impl Default for Holders {
    fn default() -> Self {
        Self::Few(Vec::new())
    }
}

impl Holders {
    /// How many documents there are.
    pub(in crate::search) fn len(&self) -> usize {
        match self {
            Self::Few(counts) => counts.len(),
            Self::Most(counts) => counts.len(),
        }
    }

    /// The documents, by number.
    pub(in crate::search) fn documents(&self) -> Vec<DocumentId> {
        match self {
            Self::Few(counts) => counts.iter().map(|count| count.document).collect(),
            Self::Most(counts) => {
                let mut documents = Vec::with_capacity(counts.len());
                documents.extend(counts.held().iter().map(DocumentId));
                documents
            }
        }
    }

    /// Notes the documents by their numbers.
    pub(in crate::search) fn note(&self, any: &mut Bits) {
        match self {
            Self::Few(counts) => any.extend(counts.iter().map(|count| count.document.0)),
            Self::Most(counts) => any.add_all(counts.held()),
        }
    }

    /// Calls `take` with every one of some documents that is here and what it holds, by number.
    #[inline]
    pub(in crate::search) fn for_each_in(
        &self,
        documents: &Bits,
        mut take: impl FnMut(DocumentId, Held),
    ) {
        match self {
            Self::Few(counts) => {
                let here = counts.iter();
                here.filter(|count| documents.contains(count.document.0))
                    .for_each(|count| take(count.document, count.held));
            }
            Self::Most(counts) => counts.held().iter_in(documents).for_each(|document| {
                if let Some((occurrences, is_as_typed)) = counts.get(document) {
                    take(DocumentId(document), Held::new(occurrences, is_as_typed));
                }
            }),
        }
    }

    /// Looks documents up that are asked for in order.
    pub(in crate::search) fn finder(&self) -> Finder<'_> {
        match self {
            Self::Few(counts) => Finder::Few(Ahead::new(counts)),
            Self::Most(counts) => Finder::Most(counts),
        }
    }

    /// Keeps of some documents, which come by number, those that are here, or those that are not.
    pub(in crate::search) fn keep(&self, documents: &mut Vec<DocumentId>, are_here: bool) {
        let mut finder = self.finder();
        documents.retain(|&document| finder.find(document).is_some() == are_here);
    }

    /// Occurrences in some documents, which come by number.
    pub(in crate::search) fn occurrences_in(&self, documents: &[Scored]) -> usize {
        let mut walk = self.walk();
        let found = std::iter::from_fn(|| walk.next(documents));
        found.map(|(_, held)| held.occurrences() as usize).sum()
    }

    /// All documents with what they hold.
    #[cfg(test)]
    pub(in crate::search) fn listed(&self) -> Vec<(DocumentId, Held)> {
        let scored = |document| Scored {
            document,
            score: 0.0,
        };
        let all: Vec<Scored> = self.documents().into_iter().map(scored).collect();
        let mut walk = self.walk();
        let found = std::iter::from_fn(|| walk.next(&all));
        found
            .map(|(place, held)| (all[place].document, held))
            .collect()
    }

    /// Steps through those that are among other documents.
    pub(in crate::search) fn walk(&self) -> Walk<'_> {
        match self {
            Self::Few(counts) => Walk::Few(Both::new(counts)),
            Self::Most(counts) => Walk::Most(counts, 0),
        }
    }
}

/// Looks documents up that are asked for in order.
pub(in crate::search) enum Finder<'c> {
    Few(Ahead<'c>),
    Most(&'c DenseCounts),
}

impl Finder<'_> {
    /// Occurrences in the document.
    #[inline]
    pub(in crate::search) fn find(&mut self, document: DocumentId) -> Option<u32> {
        match self {
            Self::Few(counts) => counts.find(document),
            Self::Most(counts) => Some(counts.get(document.0)?.0),
        }
    }
}

/// Steps through what some documents hold.
pub(in crate::search) enum Walk<'c> {
    Few(Both<'c>),
    /// With the place in the list of documents.
    Most(&'c DenseCounts, usize),
}

impl Walk<'_> {
    /// The next place in `documents`, which come by number and are the same at each call, that is here, and what it holds.
    #[inline]
    pub(in crate::search) fn next(&mut self, documents: &[Scored]) -> Option<(usize, Held)> {
        match self {
            Self::Few(both) => both.next(documents),
            Self::Most(counts, at) => loop {
                let document = documents.get(*at)?.document;
                *at += 1;
                if let Some((occurrences, is_as_typed)) = counts.get(document.0) {
                    return Some((*at - 1, Held::new(occurrences, is_as_typed)));
                }
            },
        }
    }
}
