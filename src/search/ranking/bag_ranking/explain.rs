//! What the score of one document by bags is made of.

use super::{BagRanking, COMMON_SHARE, Term, query_terms};
use crate::index::{DocumentId, Index};
use crate::search::ranking::explain::{ExplainedPart, ExplainedTerm, Part};

impl BagRanking {
    /// The score that [`BagRanking::rank`] and [`BagRanking::score_of`] give a document, term by term.
    #[must_use]
    pub fn explain(&self, index: &Index, text: &str, document: DocumentId) -> ExplainedPart {
        let asked = query_terms(text);
        let rare = self.terms(&asked, COMMON_SHARE);
        let part = self.explain_terms(index, &asked, &rare, document);
        // What is too common counts where nothing else is found.
        if part.weight > 0.0 {
            return part;
        }
        self.explain_terms(index, &asked, &self.terms(&asked, 1.0), document)
    }

    fn explain_terms(
        &self,
        index: &Index,
        asked: &[(String, u32)],
        terms: &[Term],
        document: DocumentId,
    ) -> ExplainedPart {
        let at = document.0 as usize;
        let mut counts = vec![0u32; terms.len()];
        let forms = self.forms_with(index, terms.iter().map(|term| term.number));
        self.each_word(index, document, &forms, |word| {
            for term in self.bags.bag(word) {
                let place = terms.iter().position(|other| other.number == term);
                if let Some(count) = place.and_then(|place| counts.get_mut(place)) {
                    *count += 1;
                }
            }
        });
        let told = terms.iter().zip(counts).map(|(term, count)| {
            let named = |(text, _): &&(String, u32)| self.bags.term(text) == Some(term.number);
            let name = asked.iter().find(named);
            ExplainedTerm {
                text: name.map(|(text, _)| text.clone()).unwrap_or_default(),
                tf: f64::from(count),
                df: term.frequency,
                idf: term.weight,
                weight: self.weight(*term, count, at),
            }
        });
        ExplainedPart {
            length: self.lengths.get(at).copied().unwrap_or_default(),
            average: self.average,
            ..ExplainedPart::of(Part::Bag, told.collect())
        }
    }
}
