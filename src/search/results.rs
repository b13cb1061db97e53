//! All documents that match a query: filtered, put in order, shown page by page.
//!
//! *Relevance* is made in two steps. Every document gets its BM25 over the
//! clauses in the lens; the best [`WINDOW`] of them are then read, and each part
//! of what they are worth is added:
//!
//! | part | what it is |
//! |---|---|
//! | lens | BM25 over the clauses, in the lens |
//! | bag | BM25 over the bags of the words: spellings nearest to those typed |
//! | title | for each clause found in the title, half of its idf |
//! | exact | for each word found as typed, a tenth of its idf |
//! | recent | where asked for: a share that halves every [`HALF_LIFE`] days |
//! | outlet | where one is preferred: the same share |

use super::bag_ranking::BagRanking;
use super::bm25;
use super::columns::Columns;
use super::counts::Counter;
use super::engine::{DocumentMatch, Keep, TotalsAround, run_with_totals};
use super::query::{ClauseKind, Query};
use super::run::{Run, Scored, by_score};
use super::snippet::in_title;
use crate::analysis::Lens;
use crate::index::{DocumentId, Index, Scope};
use crate::sorting::Arrange;

/// So many documents, best by the lens, are read to be put in order.
pub const WINDOW: usize = 100;

/// Days after which a document is worth half as much for being recent.
pub const HALF_LIFE: f64 = 90.0;

/// What a clause found in the title adds, in parts of its idf.
const TITLE: f64 = 0.5;

/// What a word found as typed adds, in parts of its idf.
const EXACT: f64 = 0.1;

/// What being recent or of the preferred outlet adds at most, in parts of the best score by the lens.
const PREFERRED: f64 = 0.5;

/// The order of documents; equal ones in page order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// Best first.
    #[default]
    Relevance,
    /// By day of publication, the latest first; those without a day last.
    Newest,
    /// The earliest first; those without a day last.
    Oldest,
    /// By name of the outlet, best first within one; those without last.
    Outlet,
}

impl Order {
    /// Every order.
    pub const ALL: [Self; 4] = [Self::Relevance, Self::Newest, Self::Oldest, Self::Outlet];

    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
            Self::Outlet => "outlet",
        }
    }

    /// The order of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|order| order.name() == name)
    }
}

/// What else counts for relevance.
#[derive(Clone, Debug, Default)]
pub struct Preferences {
    /// Recent documents first.
    pub recent: bool,
    /// Documents of this outlet first.
    pub outlet: Option<String>,
}

/// The documents that match a query.
pub struct Results<'i> {
    index: &'i Index,
    run: Run<'i>,
    scored: Vec<Scored>,
    hits: usize,
}

impl std::fmt::Debug for Results<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Results")
            .field("documents", &self.scored.len())
            .finish_non_exhaustive()
    }
}

impl<'i> Results<'i> {
    /// Finds the documents that match every clause and that `keep` leaves, by
    /// number. `None` when the index has not been refreshed.
    #[must_use]
    pub fn find(
        index: &'i Index,
        query: &'i Query,
        lens: Lens,
        scope: Scope,
        keep: Option<&Keep<'_>>,
    ) -> Option<Self> {
        let run = Run::new(index, query, lens, scope)?;
        Some(Self::of_run(index, run, keep))
    }

    /// The same, with the totals under every lens and in every scope.
    #[must_use]
    pub fn find_with_totals(
        index: &'i Index,
        query: &'i Query,
        lens: Lens,
        scope: Scope,
        keep: Option<&Keep<'_>>,
    ) -> Option<(Self, TotalsAround)> {
        index.views()?;
        let (run, around) = run_with_totals(index, query, lens, scope, keep)?;
        Some((Self::of_run(index, run, keep), around))
    }

    fn of_run(index: &'i Index, run: Run<'i>, keep: Option<&Keep<'_>>) -> Self {
        let mut scored = run.score();
        if let Some(keep) = keep {
            scored.retain(|scored| keep(&run.documents, scored.document));
        }
        let hits = run.hits(&scored);
        Self {
            index,
            run,
            scored,
            hits,
        }
    }

    /// Hits and documents.
    #[must_use]
    pub fn totals(&self) -> (usize, usize) {
        (self.hits, self.scored.len())
    }

    /// The documents, in their present order.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> {
        self.scored.iter().map(|scored| scored.document)
    }

    /// Puts the documents in order; `columns` must be complete for any but
    /// plain relevance.
    pub fn order(&mut self, order: Order, columns: &Columns) {
        let documents = &self.run.documents;
        let mut by_number = std::mem::take(&mut self.scored);
        match order {
            Order::Relevance => by_number.sort_unstable_by(by_score),
            Order::Newest | Order::Oldest => by_number.arrange_by_cached_key(|scored| {
                let day = columns.day(documents, scored.document);
                let day = day.map(|day| i64::from(day.day_number()));
                let sign = if order == Order::Newest { -1 } else { 1 };
                (day.is_none(), sign * day.unwrap_or_default())
            }),
            Order::Outlet => {
                by_number.arrange_by(by_score);
                by_number.arrange_by_cached_key(|scored| {
                    let outlet = columns.outlet(documents, scored.document);
                    let key = crate::analysis::fold::letters_key(outlet.unwrap_or_default());
                    (outlet.is_none(), key)
                });
            }
        }
        self.scored = by_number;
    }

    /// Reads the best documents and puts them in order; they must be in the order
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
        let Some(shown) = self.scored.get_mut(..window) else {
            return;
        };
        shown.arrange_by_key(|scored| scored.document);
        let documents: Vec<DocumentId> = shown.iter().map(|scored| scored.document).collect();
        let mut added = vec![0.0; window];
        if let Some(bags) = bags {
            added = bags.score_of(self.index, text, &documents);
        }
        let count = self.run.documents.count().0;
        let idf: Vec<f64> = self
            .run
            .frequencies()
            .map(|df| bm25::idf(df, count))
            .collect();
        let of_clause = |clause: usize| idf.get(clause).copied().unwrap_or_default();
        for (found, added) in self.run.with_matches(shown).iter().zip(&mut added) {
            let mut in_titles: Vec<usize> = Vec::new();
            for &(m, clause) in &found.matches {
                if !in_titles.contains(&clause) && in_title(self.index, m.start) {
                    in_titles.push(clause);
                }
            }
            *added += in_titles.into_iter().map(of_clause).sum::<f64>() * TITLE;
        }
        for (number, clause) in self.run.query.clauses.iter().enumerate() {
            let ([word], ClauseKind::Word, false) =
                (clause.words.as_slice(), clause.kind, clause.excluded)
            else {
                continue;
            };
            for document in self.holding(&word.text) {
                if let Ok(at) = documents.binary_search(&document)
                    && let Some(added) = added.get_mut(at)
                {
                    *added += EXACT * of_clause(number);
                }
            }
        }
        self.prefer(&documents, &mut added, columns, preferences, best);
        if let Some(shown) = self.scored.get_mut(..window) {
            for (scored, added) in shown.iter_mut().zip(added) {
                scored.score += added;
            }
            shown.arrange_by(by_score);
        }
    }

    /// The documents that hold a word as written.
    fn holding(&self, word: &str) -> Vec<DocumentId> {
        let form = self.index.lexicon().find(word);
        let counted = form.map(|form| {
            Counter::new(self.index)
                .count(&self.run.documents, &[form])
                .0
        });
        let counted = counted.unwrap_or_default().into_iter();
        counted.map(|count| count.document).collect()
    }

    fn prefer(
        &self,
        documents: &[DocumentId],
        added: &mut [f64],
        columns: &Columns,
        preferences: &Preferences,
        best: f64,
    ) {
        let day = |&document: &DocumentId| {
            let day = columns.day(&self.run.documents, document)?;
            Some(f64::from(day.day_number()))
        };
        let latest = documents.iter().filter_map(day).reduce(f64::max);
        for (document, added) in documents.iter().zip(added) {
            if let (true, Some(day), Some(latest)) = (preferences.recent, day(document), latest) {
                *added += PREFERRED * best * (-(latest - day) / HALF_LIFE).exp2();
            }
            let wanted = preferences.outlet.as_deref();
            if wanted.is_some() && columns.outlet(&self.run.documents, *document) == wanted {
                *added += PREFERRED * best;
            }
        }
    }

    /// The documents of some ranks, the best being 0, with their matches.
    #[must_use]
    pub fn page(&self, ranks: std::ops::Range<usize>) -> Vec<DocumentMatch> {
        let end = ranks.end.min(self.scored.len());
        let shown = self.scored.get(ranks.start..end);
        self.run.with_matches(shown.unwrap_or_default())
    }

    /// What each clause found.
    #[must_use]
    pub fn clauses(self) -> Vec<super::ClauseCount> {
        let clauses = self.run.clauses.into_iter();
        clauses.map(|clause| clause.count(self.index)).collect()
    }
}
