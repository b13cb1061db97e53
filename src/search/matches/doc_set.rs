//! Which documents match a query: its tree over the documents of its clauses.

use crate::index::{Bits, DocumentId, Documents, Index};
use crate::search::matches::holders::Holders;
use crate::search::matches::run::ClauseRun;
use crate::search::query::{Node, Query};

/// The documents that match, by number.
pub(in crate::search) fn matching(
    index: &Index,
    documents: &Documents<'_>,
    query: &Query,
    clauses: &[ClauseRun],
) -> Vec<DocumentId> {
    Sets {
        index,
        documents,
        query,
        clauses,
    }
    .of(&query.tree)
}

struct Sets<'r> {
    index: &'r Index,
    documents: &'r Documents<'r>,
    query: &'r Query,
    clauses: &'r [ClauseRun],
}

impl<'r> Sets<'r> {
    fn clause(&self, number: usize) -> Option<&'r Holders> {
        self.clauses.get(number).map(|clause| &clause.documents)
    }

    /// Keeps the documents that hold a clause, or those that do not.
    fn keep_clause(&self, found: &mut Vec<DocumentId>, number: usize, holding: bool) {
        match self.clause(number) {
            Some(holders) => holders.keep(found, holding),
            None if holding => found.clear(),
            None => {}
        }
    }

    fn of(&self, node: &Node) -> Vec<DocumentId> {
        match node {
            Node::Clause(number) => self
                .clause(*number)
                .map(Holders::documents)
                .unwrap_or_default(),
            Node::All(nodes) => self.all(nodes),
            Node::Any(nodes) => {
                let mut any = Bits::new(self.documents.numbers());
                for node in nodes {
                    let clause = match node {
                        Node::Clause(number) => self.clause(*number),
                        _ => None,
                    };
                    if let Some(holders) = clause {
                        holders.note(&mut any);
                        continue;
                    }
                    any.extend(self.of(node).into_iter().map(|document| document.0));
                }
                let mut documents = Vec::with_capacity(any.count());
                documents.extend(any.iter().map(DocumentId));
                documents
            }
            Node::Filter(_) | Node::Not(_) => {
                let mut all = self.everything();
                self.keep(&mut all, node);
                all
            }
        }
    }

    fn everything(&self) -> Vec<DocumentId> {
        let numbers = u32::try_from(self.documents.numbers()).unwrap_or(u32::MAX);
        let is_document = |&document: &DocumentId| {
            let unit = self.documents.units(document).next();
            unit.and_then(|unit| self.documents.of_unit(unit)) == Some(document)
        };
        (0..numbers).map(DocumentId).filter(is_document).collect()
    }

    /// Begins with the clause that the fewest documents have and looks at those only.
    fn all(&self, nodes: &[Node]) -> Vec<DocumentId> {
        let least = nodes.iter().min_by_key(|node| match node {
            Node::Clause(number) => self.clause(*number).map_or(0, Holders::len),
            Node::Any(_) | Node::All(_) => usize::MAX - 2,
            Node::Filter(_) => usize::MAX - 1,
            Node::Not(_) => usize::MAX,
        });
        let Some(least) = least else {
            return Vec::new();
        };
        let mut found = self.of(least);
        // Filters read the pages, so they come last.
        let is_filter = |node: &&Node| matches!(node, Node::Filter(_));
        let rest = || nodes.iter().filter(|node| !std::ptr::eq(*node, least));
        for node in rest()
            .filter(|node| !is_filter(node))
            .chain(rest().filter(is_filter))
        {
            self.keep(&mut found, node);
        }
        found
    }

    /// Keeps the documents that a node matches.
    fn keep(&self, found: &mut Vec<DocumentId>, node: &Node) {
        match node {
            Node::Clause(number) => {
                self.keep_clause(found, *number, true);
            }
            Node::Filter(number) => {
                if let Some(filter) = self.query.filters.get(*number) {
                    found.retain(|&document| filter.holds(self.index, self.documents, document));
                }
            }
            Node::Not(inner) => {
                if let Node::Clause(number) = **inner {
                    self.keep_clause(found, number, false);
                } else {
                    let other = self.of(inner);
                    found.retain(|document| other.binary_search(document).is_err());
                }
            }
            Node::All(_) | Node::Any(_) => {
                let other = self.of(node);
                found.retain(|document| other.binary_search(document).is_ok());
            }
        }
    }
}
