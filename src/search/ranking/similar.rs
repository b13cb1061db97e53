//! Which words of a document are like the words of a query: they share so much
//! of their bags, weighted by how rare it is, that one may stand for the other.

use crate::analysis::bag::is_question_word;
use crate::analysis::fold::letters_key;
use crate::index::{DocumentId, Documents, FormId, Index, Scope};
use crate::search::engine::DocumentMatch;
use crate::search::matches::phrase::Match;
use crate::search::ranking::bag_ranking::BagRanking;
use crate::search::words::form_set::FormSet;
use crate::sorting::{Arrange, sort_numbers};
use crate::text::tokenize;
use rustc_hash::FxHashMap;

/// Least share of two bags (Dice, weighted by idf) for words to be like each other.
const LIKE: f64 = 0.4;

/// Least share of all that a query is worth, for a document to be similar.
pub const SIMILAR_SHARE: f64 = 0.1;

/// The words of a query, to be compared with those of documents.
#[derive(Debug)]
pub struct Likeness<'b> {
    bags: &'b BagRanking,
    /// Terms of each word and what they weigh together.
    asked: Vec<(Vec<u32>, f64)>,
    /// The forms that share any of the terms: no other is like a word.
    sharing: FormSet,
    known: FxHashMap<FormId, Option<usize>>,
}

impl<'b> Likeness<'b> {
    /// Of the words of a text.
    #[must_use]
    pub fn new(bags: &'b BagRanking, index: &Index, text: &str) -> Self {
        let keys = tokenize(text).map(|token| letters_key(token.span.of(text)));
        let asked = keys.filter(|key| !is_question_word(key)).map(|key| {
            let terms = bags.terms_of(&key);
            let weight = terms.iter().map(|&term| bags.idf(term)).sum();
            (terms, weight)
        });
        let asked: Vec<(Vec<u32>, f64)> = asked.collect();
        let terms = asked.iter().flat_map(|(terms, _)| terms).copied();
        Self {
            bags,
            sharing: bags.forms_with(index, terms),
            asked,
            known: FxHashMap::default(),
        }
    }

    /// The word of the query that a form is most like.
    fn word_like(&mut self, form: FormId) -> Option<usize> {
        if !self.sharing.contains(form) {
            return None;
        }
        if let Some(&known) = self.known.get(&form) {
            return known;
        }
        let mut bag: Vec<u32> = self.bags.bag_of(form).collect();
        sort_numbers(&mut bag);
        bag.dedup();
        let weight: f64 = bag.iter().map(|&term| self.bags.idf(term)).sum();
        let share = |(terms, of_asked): &(Vec<u32>, f64)| {
            let shared = bag.iter().filter(|term| terms.binary_search(term).is_ok());
            let shared: f64 = shared.map(|&term| self.bags.idf(term)).sum();
            2.0 * shared / (weight + of_asked).max(f64::MIN_POSITIVE)
        };
        let shares = self.asked.iter().map(share).enumerate();
        let best = shares.max_by(|a, b| a.1.total_cmp(&b.1));
        let like = best
            .filter(|&(_, share)| share >= LIKE)
            .map(|(word, _)| word);
        self.known.insert(form, like);
        like
    }

    /// A document with its words that are like those of the query.
    #[must_use]
    pub fn matches(
        &mut self,
        index: &Index,
        scope: Scope,
        document: DocumentId,
        score: f64,
    ) -> DocumentMatch {
        let documents = Documents::new(index, scope);
        let mut matches = Vec::new();
        if let Some(page) = index.page(documents.page(document)) {
            let mut reader = index.form_reader(page);
            for unit in documents.units(document) {
                if documents.of_unit(unit).is_none() {
                    continue;
                }
                index.units().each_run(unit, |run| {
                    reader.read(run, |start, form| {
                        let m = Match {
                            document,
                            start,
                            tokens: 1,
                        };
                        matches.extend(self.word_like(form).map(|word| (m, word)));
                    });
                });
            }
        }
        matches.arrange();
        DocumentMatch {
            document,
            score,
            matches,
            forms: Vec::new(),
        }
    }
}
