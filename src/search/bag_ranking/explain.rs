//! What the score of one document by bags is made of.

use super::{BagRanking, COMMON_SHARE, query_terms};
use crate::index::{DocumentId, Index};
use crate::search::{Explained, ExplainedTerm};

impl BagRanking {
    /// The score that [`BagRanking::rank`] gives a document, term by term.
    #[must_use]
    pub fn explain(&self, index: &Index, text: &str, document: DocumentId) -> Explained {
        let asked = query_terms(text);
        let mut terms = self.terms(&asked, COMMON_SHARE);
        if self.score(index, &terms, 1).is_empty() {
            terms = self.terms(&asked, 1.0);
        }
        let at = document.0 as usize;
        let mut explained = Explained {
            terms: Vec::new(),
            documents: self.count,
            length: self.lengths.get(at).copied().unwrap_or_default(),
            average: self.average,
            score: 0.0,
        };
        let mut counts = vec![0u32; terms.len()];
        self.each_word(index, document, |word| {
            for &term in self.bags.bag(word) {
                let place = terms.iter().position(|other| other.number == term);
                if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                    *count += 1;
                }
            }
        });
        for (term, count) in terms.iter().zip(counts) {
            let named = |(text, _): &&(String, u32)| self.bags.term(text) == Some(term.number);
            let weight = self.weight(*term, count, at);
            explained.score += weight;
            explained.terms.push(ExplainedTerm {
                text: asked
                    .iter()
                    .find(named)
                    .map(|(text, _)| text.clone())
                    .unwrap_or_default(),
                tf: f64::from(count),
                df: term.frequency,
                idf: term.weight,
                weight,
            });
        }
        explained
    }
}
