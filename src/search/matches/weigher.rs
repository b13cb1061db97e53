//! What clauses add to the scores of documents.

use crate::index::{DocumentId, Documents, length_code};
use crate::search::bm25;
use crate::search::matches::holders::{Finder, Held};
use crate::search::matches::run::{ClauseRun, Run, Scored};

/// Weighs what documents hold of one clause.
pub(in crate::search) struct Weigher<'r> {
    idf: f64,
    /// What standing as typed adds, if that was noted.
    exact: f64,
    weights: bm25::Weights,
    documents: Documents<'r>,
    /// Codes of their lengths, where they are known of all.
    lengths: Option<&'r [u8]>,
    /// What forms that only resemble lack of a whole one, and where they are.
    light: Vec<(f64, Finder<'r>)>,
}

impl Weigher<'_> {
    /// Occurrences as they count, and what they add to the score; documents come by number.
    #[inline]
    pub(in crate::search) fn weigh(&mut self, document: DocumentId, held: Held) -> (f64, f64) {
        let mut tf = f64::from(held.occurrences());
        for (missing, counts) in &mut self.light {
            tf -= *missing * f64::from(counts.find(document).unwrap_or_default());
        }
        let known = self.lengths.map(|codes| codes.get(document.0 as usize));
        let code = match known {
            Some(code) => code.copied().unwrap_or_default(),
            None => length_code(self.documents.rounded_length(document)),
        };
        (tf, self.weights.of(self.idf, tf, code))
    }

    /// What a word adds beside that where it stands as typed.
    #[inline]
    pub(in crate::search) fn as_typed(&self, held: Held) -> f64 {
        if held.is_as_typed() { self.exact } else { 0.0 }
    }
}

/// Hears of what is added: `inverse document frequency, occurrences as they count, what is added`.
pub(in crate::search) type Tell<'t> = Option<&'t mut dyn FnMut(f64, f64, f64)>;

/// What a word found as typed adds, in parts of its idf.
pub(in crate::search) const EXACT: f64 = 0.1;

impl Run<'_> {
    /// Scores documents, which come by number.
    pub(in crate::search) fn score(&self, documents: &mut [Scored]) {
        for clause in self.required() {
            self.add(clause, false, documents, None);
        }
        for clause in self.required() {
            self.add(clause, true, documents, None);
        }
    }

    /// Inverse document frequency of a clause.
    pub(in crate::search) fn idf(&self, clause: &ClauseRun) -> f64 {
        bm25::idf(clause.documents.len(), self.documents.count().0)
    }

    /// Weighs what documents hold of a clause.
    pub(in crate::search) fn weigher<'r>(&'r self, clause: &'r ClauseRun) -> Weigher<'r> {
        let (count, tokens) = self.documents.count();
        let idf = self.idf(clause);
        let light = clause.light.iter();
        Weigher {
            idf,
            exact: if clause.is_noted { EXACT * idf } else { 0.0 },
            weights: bm25::Weights::new(tokens as f64 / (count as f64).max(1.0)),
            documents: self.documents,
            lengths: self.index.length_codes(&self.documents),
            light: light
                .map(|(share, counts)| (1.0 - share, counts.finder()))
                .collect(),
        }
    }

    /// Adds what a clause adds to the scores of the documents that hold it, or beside that where it stands
    /// as typed; documents come by number.
    pub(in crate::search) fn add(
        &self,
        clause: &ClauseRun,
        as_typed: bool,
        documents: &mut [Scored],
        mut tell: Tell<'_>,
    ) {
        if as_typed && !clause.is_noted {
            return;
        }
        let mut weigher = self.weigher(clause);
        let idf = weigher.idf;
        let mut walk = clause.documents.walk();
        while let Some((place, held)) = walk.next(documents) {
            let Some(scored) = documents.get_mut(place) else {
                break;
            };
            if as_typed {
                if held.is_as_typed() {
                    scored.score += EXACT * idf;
                    if let Some(tell) = &mut tell {
                        tell(idf, 1.0, EXACT * idf);
                    }
                }
                continue;
            }
            let (tf, added) = weigher.weigh(scored.document, held);
            scored.score += added;
            if let Some(tell) = &mut tell {
                tell(idf, tf, added);
            }
        }
    }
}
