//! What the score of one document is made of.

use super::engine::Search;
use super::query::Query;
use super::run::{Run, Scored};
use crate::analysis::Lens;
use crate::index::{DocumentId, Scope};

/// The score of a document, term by term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explained {
    /// Its terms, in the order they were added.
    pub terms: Vec<ExplainedTerm>,
    /// Documents of the scope.
    pub documents: usize,
    /// Tokens of the document; terms of its bag, where bags rank.
    pub length: u32,
    /// The mean of that over all documents.
    pub average: f64,
    /// The sum of the weights.
    pub score: f64,
}

/// What one term adds to a score: `idf · times · tf / (tf + k1 · (1 − b + b · length / average))`.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedTerm {
    /// The clause as typed, or the term of the bag.
    pub text: String,
    /// Occurrences in the document; those that only resemble count less than one.
    pub tf: f64,
    /// Documents that have it.
    pub df: usize,
    /// Inverse document frequency, times its occurrences in the query where bags rank.
    pub idf: f64,
    /// What it adds.
    pub weight: f64,
}

impl Search<'_> {
    /// The score that [`Search::page`] gives a document, clause by clause; `None` when it does not match.
    #[must_use]
    pub fn explain(
        &self,
        query: &Query,
        lens: Lens,
        scope: Scope,
        document: DocumentId,
    ) -> Option<Explained> {
        let run = Run::new(self.index, query, lens, scope)?;
        run.matching()
            .iter()
            .find(|scored| scored.document == document)?;
        let (documents, tokens) = run.documents.count();
        let mut explained = Explained {
            terms: Vec::new(),
            documents,
            length: run.documents.length(document),
            average: tokens as f64 / (documents as f64).max(1.0),
            score: 0.0,
        };
        let mut scored = [Scored {
            document,
            score: 0.0,
        }];
        for (clause, found) in query.clauses.iter().zip(&run.clauses) {
            if clause.excluded {
                continue;
            }
            run.add(found, &mut scored, &mut |idf, tf, weight| {
                explained.terms.push(ExplainedTerm {
                    text: clause.text.clone(),
                    tf,
                    df: found.documents.len(),
                    idf,
                    weight,
                });
            });
        }
        explained.score = scored.iter().map(|scored| scored.score).sum();
        Some(explained)
    }
}
