//! Runs queries: which documents match, how often, in which order.

use super::matches::clause_count::ClauseCount;
use super::matches::counts::Counter;
use super::matches::phrase::Match;
use super::matches::run::{Run, best_to_front, by_score, forms_of};
use super::matches::totals::{counted_lenses, totals, totals_around};
use super::query::Query;
use crate::analysis::Lens;
use crate::index::{DocumentId, Documents, FormId, Index, PageId, Scope};
use crate::sorting::Arrange;

/// Searches an index.
#[derive(Clone, Copy, Debug)]
pub struct Search<'i> {
    pub(super) index: &'i Index,
}

/// Hits and documents by lens, strictest first, and by scope, narrowest first.
pub type TotalsAround = (Vec<(Lens, (usize, usize))>, [(usize, usize); 3]);

/// Says whether a document counts, beside what the query asks.
pub type Keep<'k> = dyn Fn(&Documents<'_>, DocumentId) -> bool + 'k;

/// What a query found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Matching occurrences in the documents that match; a phrase is one.
    pub hits: usize,
    /// Documents that match.
    pub document_count: usize,
    /// Those asked for, best first; equal scores in page order.
    pub documents: Vec<DocumentMatch>,
    /// Beside each clause of the query.
    pub clauses: Vec<ClauseCount>,
}

/// One document that matches.
#[derive(Clone, Debug)]
pub struct DocumentMatch {
    /// The document.
    pub document: DocumentId,
    /// BM25 score.
    pub score: f64,
    /// Its matches in order of position, each once, with the clause that matched.
    pub matches: Vec<(Match, usize)>,
    /// Which forms matched which words, and how often, by clause and word.
    pub forms: Vec<MatchedForm>,
}

/// A form that matched a word of a query in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MatchedForm {
    /// Number of the clause.
    pub clause: usize,
    /// Number of the word in the clause.
    pub word: usize,
    /// The form.
    pub form: FormId,
    /// How often.
    pub count: usize,
}

impl<'i> Search<'i> {
    /// Searches `index`, which must have been refreshed; otherwise nothing is found.
    #[must_use]
    pub fn new(index: &'i Index) -> Self {
        Self { index }
    }

    /// Finds the documents that match.
    #[must_use]
    pub fn all(&self, query: &Query, lens: Lens, scope: Scope) -> Found {
        self.page(query, lens, scope, 0..usize::MAX)
    }

    /// Finds the documents that match and gives those of some
    /// ranks, the best being 0. Numbers are of all.
    #[must_use]
    pub fn page(
        &self,
        query: &Query,
        lens: Lens,
        scope: Scope,
        ranks: std::ops::Range<usize>,
    ) -> Found {
        let run = Run::new(self.index, query, lens, scope);
        run.map_or_else(Found::default, |run| self.found(run, ranks))
    }

    fn found(&self, run: Run<'i>, ranks: std::ops::Range<usize>) -> Found {
        let mut scored = run.matching();
        run.score(&mut scored);
        let hits = run.hits(&scored);
        let document_count = scored.len();
        let end = ranks.end.min(scored.len());
        best_to_front(&mut scored, end);
        scored.truncate(end);
        scored.arrange_by(by_score);
        let shown = scored.get(ranks.start..).unwrap_or_default();
        Found {
            hits,
            document_count,
            documents: run.with_matches(shown),
            clauses: run
                .clauses
                .into_iter()
                .map(|c| c.count(self.index))
                .collect(),
        }
    }

    /// The matches of one page's documents, by document, and the number of
    /// those documents.
    #[must_use]
    pub fn on_page(
        &self,
        query: &Query,
        lens: Lens,
        scope: Scope,
        page: PageId,
    ) -> Vec<DocumentMatch> {
        let Some(run) = Run::new(self.index, query, lens, scope) else {
            return Vec::new();
        };
        let mut scored = run.matching();
        scored.retain(|scored| run.documents.page(scored.document) == page);
        run.score(&mut scored);
        run.with_matches(&scored)
    }

    /// Number of hits and documents alone.
    #[must_use]
    pub fn totals(&self, query: &Query, lens: Lens, scope: Scope) -> (usize, usize) {
        self.totals_of_each(lens, scope)(query)
    }

    /// The same of one query after another; what they have in common is counted once.
    pub fn totals_of_each(
        &self,
        lens: Lens,
        scope: Scope,
    ) -> impl FnMut(&Query) -> (usize, usize) + use<'i> {
        let index = self.index;
        let mut counter = Counter::new(index);
        move |query| totals(index, query, lens, scope, &mut counter).unwrap_or_default()
    }

    /// Beside each clause of a list that must match, in order, whether some document has all the others.
    #[must_use]
    pub fn found_without(&self, query: &Query, lens: Lens, scope: Scope) -> Vec<bool> {
        let counter = &mut Counter::new(self.index);
        let run = forms_of(self.index, query, lens)
            .map(|forms| Run::of_forms(self.index, query, forms, scope, counter, None));
        run.map_or_else(Vec::new, |run| run.found_without())
    }

    /// Number of hits and documents under every lens that is counted beside this one ([`Search::counted_lenses`])
    /// in this scope, and in every scope under this lens, of the documents that `keep` leaves.
    #[must_use]
    pub fn totals_around(
        &self,
        query: &Query,
        lens: Lens,
        scope: Scope,
        keep: Option<&Keep<'_>>,
    ) -> TotalsAround {
        totals_around(self.index, query, lens, scope, keep).unwrap_or_default()
    }

    /// The lenses that [`Search::totals_around`] counts beside one, strictest first.
    pub fn counted_lenses(&self, lens: Lens) -> impl Iterator<Item = Lens> {
        counted_lenses(self.index, lens)
    }
}
