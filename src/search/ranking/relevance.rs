//! What documents are worth, part by part.
//!
//! Every document gets the first two parts; the best [`WINDOW`] of them are then
//! read, and the others are added:
//!
//! | part | what it is |
//! |---|---|
//! | words | BM25 over the clauses, in the lens |
//! | exact | for each word found as typed, a tenth of its idf |
//! | bag | BM25 over the bags of the words: spellings nearest to those typed |
//! | title | for each clause found in the title, half of its idf |
//! | recent | where asked for: a share that halves every [`HALF_LIFE`] days |
//! | outlet | where one is preferred: the same share |

use crate::index::DocumentId;
use crate::search::documents::columns::Columns;
use crate::search::documents::results::Results;
use crate::search::matches::run::by_score;
use crate::search::ranking::bag_ranking::BagRanking;
use crate::search::ranking::explain::{Explained, ExplainedPart, ExplainedTerm, Part};
use crate::search::words::clause_words::ClauseWords;
use crate::sorting::Arrange;

/// So many documents, best by the lens, are read to be put in order.
pub const WINDOW: usize = 100;

/// Days after which a document is worth half as much for being recent.
pub const HALF_LIFE: f64 = 90.0;

/// What a clause found in the title adds, in parts of its idf.
const TITLE: f64 = 0.5;

/// What being recent or of the preferred outlet adds at most, in parts of the best score by the lens.
const PREFERRED: f64 = 0.5;

/// What else counts for relevance.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    /// Recent documents first.
    pub recent: bool,
    /// Documents of this outlet first.
    pub outlet: Option<String>,
}

/// What a document that was read is worth beside what its words are.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::search) struct Worth {
    bag: f64,
    title: f64,
    recent: f64,
    outlet: f64,
}

impl Worth {
    fn sum(&self) -> f64 {
        self.bag + self.title + self.recent + self.outlet
    }
}

impl Results<'_> {
    /// Reads the best documents and puts them in order; [`WINDOW`] of them, at least, must be in the order
    /// of relevance. `bags` may be missing: the other parts are added all the same.
    pub fn refine(
        &mut self,
        text: &str,
        bags: Option<&BagRanking>,
        columns: &Columns,
        preferences: &Preferences,
    ) {
        let window = self.scored.len().min(WINDOW);
        let Some(best) = self.scored.first().map(|scored| scored.score) else {
            return;
        };
        let mut documents: Vec<DocumentId> = self.documents().take(window).collect();
        documents.arrange();
        let bag = bags.map(|bags| bags.score_of(self.index, text, &documents));
        let mut bag = bag.unwrap_or_default().into_iter();
        let words = self.run.words();
        let worth = documents.into_iter().map(|document| {
            let title = self.titles(document, &words).map(|(_, added)| added).sum();
            let bag = bag.next().unwrap_or_default();
            let worth = Worth {
                bag,
                title,
                ..Worth::default()
            };
            (document, worth)
        });
        let mut read: Vec<(DocumentId, Worth)> = worth.collect();
        self.prefer(&mut read, columns, preferences, best);
        self.read = read;
        for scored in self.scored.iter_mut().take(window) {
            let at = self
                .read
                .binary_search_by(|(read, _)| read.cmp(&scored.document));
            let worth = at.ok().and_then(|at| self.read.get(at));
            scored.score += worth.map_or(0.0, |(_, worth)| worth.sum());
        }
        if let Some(shown) = self.scored.get_mut(..window) {
            shown.arrange_by(by_score);
        }
    }

    /// The clauses that the titles of a document hold, and what each adds.
    fn titles(
        &self,
        document: DocumentId,
        words: &ClauseWords<'_>,
    ) -> impl Iterator<Item = (usize, f64)> {
        let held = self.run.in_titles(document, words).into_iter();
        held.filter_map(|number| {
            let clause = self.run.clauses.get(number)?;
            Some((number, TITLE * self.run.idf(clause)))
        })
    }

    fn prefer(
        &self,
        read: &mut [(DocumentId, Worth)],
        columns: &Columns,
        preferences: &Preferences,
        best: f64,
    ) {
        let day = |document: DocumentId| {
            let day = columns.day(&self.run.documents, document)?;
            Some(f64::from(day.day_number()))
        };
        let days = read.iter().filter_map(|&(document, _)| day(document));
        let latest = days.reduce(f64::max);
        for (document, worth) in read {
            if let (true, Some(day), Some(latest)) = (preferences.recent, day(*document), latest) {
                worth.recent = PREFERRED * best * (-(latest - day) / HALF_LIFE).exp2();
            }
            let wanted = preferences.outlet.as_deref();
            if wanted.is_some() && columns.outlet(&self.run.documents, *document) == wanted {
                worth.outlet = PREFERRED * best;
            }
        }
    }

    /// What the score of a document is made of; `None` when it is not here. To be asked
    /// with what [`Results::refine`] was given, where that was called.
    #[must_use]
    pub fn explain(
        &self,
        document: DocumentId,
        text: &str,
        bags: Option<&BagRanking>,
        columns: &Columns,
    ) -> Option<Explained> {
        let rank = self
            .scored
            .iter()
            .position(|scored| scored.document == document)?;
        let mut explained = self.run.explain(document);
        let at = self.read.binary_search_by(|(read, _)| read.cmp(&document));
        let worth = at.ok().and_then(|at| self.read.get(at));
        let worth = worth.map_or_else(Worth::default, |&(_, worth)| worth);
        if let (Some(bags), true) = (bags, worth.bag > 0.0) {
            let part = bags.explain(self.index, text, document);
            explained.parts.push(part);
        }
        if worth.title > 0.0 {
            let words = self.run.words();
            let titles = self
                .titles(document, &words)
                .filter_map(|(number, weight)| {
                    let clause = self.run.query.clauses.get(number)?;
                    let found = self.run.clauses.get(number)?;
                    Some(ExplainedTerm {
                        text: clause.text.clone(),
                        tf: 1.0,
                        df: found.documents.len(),
                        idf: self.run.idf(found),
                        weight,
                    })
                });
            let terms = titles.collect();
            explained.parts.push(ExplainedPart::of(Part::Title, terms));
        }
        let stated = |text: Option<String>, weight: f64| {
            vec![ExplainedTerm {
                text: text.unwrap_or_default(),
                weight,
                ..ExplainedTerm::default()
            }]
        };
        if worth.recent > 0.0 {
            let day = columns.day(&self.run.documents, document);
            let terms = stated(day.map(|day| day.to_string()), worth.recent);
            explained.parts.push(ExplainedPart::of(Part::Recent, terms));
        }
        if worth.outlet > 0.0 {
            let outlet = columns.outlet(&self.run.documents, document);
            let terms = stated(outlet.map(ToOwned::to_owned), worth.outlet);
            explained.parts.push(ExplainedPart::of(Part::Outlet, terms));
        }
        explained.rank = rank;
        explained.score = self.scored.get(rank).map_or(0.0, |scored| scored.score);
        Some(explained)
    }
}
