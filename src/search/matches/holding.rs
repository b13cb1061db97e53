//! The units that hold a set of forms, and the documents that they make.

use crate::index::{DenseCounts, Documents, Index, Scope};
use crate::search::matches::holders::{DocumentCount, Held, Holders};
use std::rc::Rc;
use std::sync::Arc;

/// Units with the occurrences of all forms of a set; whether the form that is typed is among them is noted.
#[derive(Clone, Debug)]
pub(super) enum Holding {
    /// Ascending.
    Few(Rc<Vec<(u32, Held)>>),
    Most(Arc<DenseCounts>),
}

impl Holding {
    /// How many units there are.
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Few(units) => units.len(),
            Self::Most(units) => units.len(),
        }
    }

    /// The documents of the units.
    pub(super) fn of_documents(&self, index: &Index, documents: &Documents<'_>) -> Holders {
        let units = match self {
            Self::Few(units) => units,
            Self::Most(units) => return Holders::Most(index.counts_by_document(units, documents)),
        };
        let mut counts: Vec<DocumentCount> = Vec::with_capacity(units.len());
        let is_whole = documents.scope() == Scope::Pages;
        for &(unit, held) in units.iter() {
            let Some(document) = documents.of_unit(unit) else {
                continue;
            };
            match counts.last_mut() {
                Some(last) if is_whole && last.document == document => {
                    last.held = last.held.and(held);
                }
                _ => counts.push(DocumentCount { document, held }),
            }
        }
        Holders::Few(counts)
    }
}
