//! What the score of one document is made of.

use crate::index::DocumentId;
use crate::search::matches::run::{Run, Scored};

/// The score of a document, part by part.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Explained {
    /// Its parts in the order of [`Part`]; those that add nothing are left out.
    pub parts: Vec<ExplainedPart>,
    /// Documents of the scope.
    pub documents: usize,
    /// How many documents are better.
    pub rank: usize,
    /// The score that put it there: the sum of the weights of all parts.
    pub score: f64,
}

/// What adds to a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// BM25 over the clauses, in the lens.
    Words,
    /// Words found as typed.
    Exact,
    /// BM25 over the bags of the words.
    Bag,
    /// Clauses found in the title.
    Title,
    /// How recent it is.
    Recent,
    /// The preferred outlet.
    Outlet,
}

impl Part {
    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Exact => "exact",
            Self::Bag => "bag",
            Self::Title => "title",
            Self::Recent => "recent",
            Self::Outlet => "outlet",
        }
    }
}

/// One part of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct ExplainedPart {
    /// What it is.
    pub part: Part,
    /// Of words and bags: tokens of the document, terms of its bag; else 0.
    pub length: u32,
    /// The mean of that over all documents.
    pub average: f64,
    /// Its terms, in the order they were added.
    pub terms: Vec<ExplainedTerm>,
    /// The sum of their weights.
    pub weight: f64,
}

impl ExplainedPart {
    /// A part that does not depend on the length of documents.
    pub(in crate::search) fn of(part: Part, terms: Vec<ExplainedTerm>) -> Self {
        Self {
            part,
            length: 0,
            average: 0.0,
            weight: terms.iter().map(|term| term.weight).sum(),
            terms,
        }
    }
}

/// What one term adds to a score; `length` is that of its part, of words [rounded](crate::index::rounded). Of words and bags `idf · tf / (tf + k1 · (1 − b + b · length / average))`;
/// of exact words a tenth and of titles half of the idf.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ExplainedTerm {
    /// The clause as typed, the term of the bag, the day, the outlet.
    pub text: String,
    /// Occurrences in the document; those that only resemble count less than one. Of days and outlets 0.
    pub tf: f64,
    /// Documents that have it.
    pub df: usize,
    /// Inverse document frequency, times its occurrences in the query where bags rank.
    pub idf: f64,
    /// What it adds.
    pub weight: f64,
}

impl Run<'_> {
    /// What the clauses of a document are worth.
    pub(in crate::search) fn explain(&self, document: DocumentId) -> Explained {
        let (documents, tokens) = self.documents.count();
        let (mut words, mut exact) = (Vec::new(), Vec::new());
        let mut scored = [Scored {
            document,
            score: 0.0,
        }];
        let clauses = || self.query.clauses.iter().zip(&self.clauses);
        for (clause, found) in clauses().filter(|(clause, _)| !clause.excluded) {
            let term = |tf, idf, weight| ExplainedTerm {
                text: clause.text.clone(),
                tf,
                df: found.documents.len(),
                idf,
                weight,
            };
            let mut worth = term(0.0, self.idf(found), 0.0);
            let mut tell = |idf, tf, weight| worth = term(tf, idf, weight);
            self.add(found, false, &mut scored, Some(&mut tell));
            words.push(worth);
            let mut tell = |idf, tf, weight| exact.push(term(tf, idf, weight));
            self.add(found, true, &mut scored, Some(&mut tell));
        }
        let words = ExplainedPart {
            length: self.documents.rounded_length(document),
            average: tokens as f64 / (documents as f64).max(1.0),
            ..ExplainedPart::of(Part::Words, words)
        };
        let mut parts = vec![words, ExplainedPart::of(Part::Exact, exact)];
        parts.retain(|part| !part.terms.is_empty());
        Explained {
            parts,
            documents,
            rank: 0,
            score: scored.iter().map(|scored| scored.score).sum(),
        }
    }
}
