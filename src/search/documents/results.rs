//! All documents that match a query: filtered, put in order, shown page by page.
//! What relevance is made of is told in [`relevance`](crate::search::ranking::relevance).

use crate::analysis::Lens;
use crate::index::{Bits, DocumentId, Index, Scope};
use crate::parse::Role;
use crate::search::documents::columns::Columns;
use crate::search::engine::{DocumentMatch, Keep};
use crate::search::matches::run::{Run, Scored, best_to_front, by_score};
use crate::search::query::{Node, Query};
use crate::search::ranking::best;
use crate::search::ranking::relevance::Worth;
use crate::sorting::Arrange;

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

/// Whether it is one group of clauses and nothing else.
fn is_one_group(tree: &Node) -> bool {
    let Node::All(nodes) = tree else {
        return false;
    };
    let is_clause = |node: &Node| matches!(node, Node::Clause(_));
    matches!(nodes.as_slice(), [Node::Any(parts)] if parts.iter().all(is_clause))
}

/// The documents that match a query.
pub struct Results<'i> {
    pub(in crate::search) index: &'i Index,
    pub(in crate::search) run: Run<'i>,
    pub(in crate::search) scored: Vec<Scored>,
    hits: usize,
    /// Documents that match but are not among those scored.
    others: usize,
    /// What the documents that were read are worth beside what their words are, by number.
    pub(in crate::search) read: Vec<(DocumentId, Worth)>,
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

    fn of_run(index: &'i Index, run: Run<'i>, keep: Option<&Keep<'_>>) -> Self {
        let mut scored = run.matching();
        if let Some(keep) = keep {
            scored.retain(|scored| keep(&run.documents, scored.document));
        }
        let hits = match (&run.query.tree, keep) {
            // All that the clause found is in these documents.
            (Node::Clause(_), None) => run.all_hits(),
            _ => run.hits(&scored),
        };
        Self {
            index,
            run,
            scored,
            hits,
            others: 0,
            read: Vec::new(),
        }
    }

    /// Looks for the documents of another query with the same clauses, but for those that are
    /// here now: for those that hold some of the clauses ([`Query::some`]) where none holds all. Where only the
    /// `best` so many are asked for, the others may be counted alone.
    pub fn loosen(&mut self, query: &'i Query, keep: Option<&Keep<'_>>, best: Option<usize>) {
        let mut known = Bits::new(self.run.documents.numbers());
        known.extend(self.documents().map(|document| document.0));
        self.run.query = query;
        self.read = Vec::new();
        let is_whole = keep.is_none() && is_one_group(&query.tree);
        if let Some(best) = best.filter(|_| is_whole)
            && self.count_all_but(&known, best)
        {
            return;
        }
        self.scored = self.run.matching();
        let documents = &self.run.documents;
        self.scored.retain(|scored| {
            !known.contains(scored.document.0)
                && keep.is_none_or(|keep| keep(documents, scored.document))
        });
        self.hits = self.run.hits(&self.scored);
    }

    /// Counts the documents that hold any clause, and their hits, but for some that are known, and
    /// finds those that may be among the best so many of them; not where all may be.
    fn count_all_but(&mut self, known: &Bits, best: usize) -> bool {
        let run = &self.run;
        let mut all = Bits::new(run.documents.numbers());
        let clauses = run.required();
        clauses.for_each(|clause| clause.documents.note(&mut all));
        known.iter().for_each(|document| all.remove(document));
        let count = all.count();
        let Some(scored) = best::candidates(run, &all, count, best) else {
            return false;
        };
        let known = known.iter().map(DocumentId);
        let known: Vec<Scored> = known.map(Scored::without_score).collect();
        self.hits = run.all_hits() - run.hits(&known);
        self.others = count - scored.len();
        self.scored = scored;
        true
    }

    /// The clauses that a document does not hold, by number, where documents hold some of
    /// them ([`Results::loosen`]); of a group, of which it holds nothing, the first.
    #[must_use]
    pub fn missing(&self, document: DocumentId) -> Vec<usize> {
        let Node::All(nodes) = &self.run.query.tree else {
            return Vec::new();
        };
        let parts = nodes.first().map(|node| match node {
            Node::Any(parts) => parts.as_slice(),
            _ => &[],
        });
        let parts = parts.unwrap_or_default().iter();
        let missing = parts.filter(|part| !self.run.holds(document, part));
        missing.filter_map(Node::first_clause).collect()
    }

    /// Whether a page's own article is among the documents, or a page.
    #[must_use]
    pub fn has_main(&self) -> bool {
        let articles = self.index.articles();
        let is_main = |scored: &Scored| {
            let article = articles.get(scored.document.0 as usize);
            article.is_some_and(|article| article.role == Role::Main)
        };
        match self.run.documents.scope() {
            Scope::Articles => self.scored.iter().any(is_main),
            Scope::Main | Scope::Pages => !self.scored.is_empty(),
        }
    }

    /// Hits and documents.
    #[must_use]
    pub fn totals(&self) -> (usize, usize) {
        (self.hits, self.scored.len() + self.others)
    }

    /// The documents, in their present order.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> {
        self.scored.iter().map(|scored| scored.document)
    }

    /// Puts the documents in order, once, by relevance at least the first so many, and scores these; the others
    /// come behind. `columns` must be complete for any but plain relevance.
    pub fn order(&mut self, order: Order, columns: &Columns, first: usize) {
        let documents = &self.run.documents;
        let mut by_number = std::mem::take(&mut self.scored);
        match order {
            Order::Relevance => {
                best::score(&self.run, &mut by_number, first);
                best_to_front(&mut by_number, first);
                let first = first.min(by_number.len());
                if let Some(shown) = by_number.get_mut(..first) {
                    shown.arrange_by(by_score);
                }
            }
            Order::Newest | Order::Oldest => {
                self.run.score(&mut by_number);
                by_number.arrange_by_cached_key(|scored| {
                    let day = columns.day(documents, scored.document);
                    let day = day.map(|day| i64::from(day.day_number()));
                    let sign = if order == Order::Newest { -1 } else { 1 };
                    (day.is_none(), sign * day.unwrap_or_default())
                });
            }
            Order::Outlet => {
                self.run.score(&mut by_number);
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

    /// The documents of some ranks, the best being 0, with their matches.
    #[must_use]
    pub fn page(&self, ranks: std::ops::Range<usize>) -> Vec<DocumentMatch> {
        let end = ranks.end.min(self.scored.len());
        let shown = self.scored.get(ranks.start..end);
        self.run.with_matches(shown.unwrap_or_default())
    }

    /// What each clause found.
    #[must_use]
    pub fn clauses(self) -> Vec<crate::search::ClauseCount> {
        let clauses = self.run.clauses.into_iter();
        clauses.map(|clause| clause.count(self.index)).collect()
    }
}
