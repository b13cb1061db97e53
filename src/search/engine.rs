//! Runs queries: which documents match, how often, in which order.

use super::bm25;
use super::clause_count::ClauseCount;
use super::counts::{Counter, DocumentCount};
use super::phrase::{self, Match, Phrases};
use super::query::{Clause, Query};
use super::terms::{FormSet, Terms};
use crate::analysis::Lens;
use crate::index::{DocumentId, Documents, FormId, Index, Scope};
use std::cmp::Ordering;

/// Searches an index.
#[derive(Clone, Copy, Debug)]
pub struct Search<'i> {
    index: &'i Index,
}

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
}

impl<'i> Search<'i> {
    /// Searches `index`, which must have been refreshed; otherwise nothing is found.
    #[must_use]
    pub fn new(index: &'i Index) -> Self {
        Self { index }
    }

    /// Finds the documents that match every clause.
    #[must_use]
    pub fn all(&self, query: &Query, lens: Lens, scope: Scope) -> Found {
        self.page(query, lens, scope, 0..usize::MAX)
    }

    /// Finds the documents that match every clause and gives those of some
    /// ranks, the best being 0. Numbers are of all.
    #[must_use]
    pub fn page(
        &self,
        query: &Query,
        lens: Lens,
        scope: Scope,
        ranks: std::ops::Range<usize>,
    ) -> Found {
        let Some(run) = Run::new(self.index, query, lens, scope) else {
            return Found::default();
        };
        let mut scored = run.score();
        let hits = run.hits(&scored);
        let document_count = scored.len();
        let end = ranks.end.min(scored.len());
        if end < scored.len() {
            scored.select_nth_unstable_by(end, by_score);
            scored.truncate(end);
        }
        scored.sort_by(by_score);
        let shown = scored.get(ranks.start..).unwrap_or_default();
        Found {
            hits,
            document_count,
            documents: run.with_matches(shown),
            clauses: run.clauses.into_iter().map(|clause| clause.count).collect(),
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
        page: crate::index::PageId,
    ) -> Vec<DocumentMatch> {
        let Some(run) = Run::new(self.index, query, lens, scope) else {
            return Vec::new();
        };
        let mut scored = run.score();
        scored.retain(|scored| run.documents.page(scored.document) == page);
        run.with_matches(&scored)
    }

    /// Number of hits and documents alone.
    #[must_use]
    pub fn totals(&self, query: &Query, lens: Lens, scope: Scope) -> (usize, usize) {
        let Some(run) = Run::new(self.index, query, lens, scope) else {
            return (0, 0);
        };
        let matching = run.matching();
        (run.hits(&matching), matching.len())
    }
}

/// A document that matches, with its score.
struct Scored {
    document: DocumentId,
    score: f64,
}

fn by_score(a: &Scored, b: &Scored) -> Ordering {
    let by_score = b.score.total_cmp(&a.score);
    by_score.then_with(|| a.document.cmp(&b.document))
}

/// A query under one lens in one scope.
struct Run<'i> {
    index: &'i Index,
    documents: Documents<'i>,
    clauses: Vec<ClauseRun>,
    /// Occurrences of all words together, where clauses share forms.
    shared: Option<Vec<DocumentCount>>,
}

/// What one clause found.
struct ClauseRun {
    excluded: bool,
    /// The documents that match, by number.
    documents: Vec<DocumentCount>,
    count: ClauseCount,
    kind: Kind,
}

enum Kind {
    /// Its forms, by number.
    Word(Vec<FormId>),
    Phrase(Phrases),
}

impl<'i> Run<'i> {
    fn new(index: &'i Index, query: &Query, lens: Lens, scope: Scope) -> Option<Self> {
        let terms = Terms::new(index, lens)?;
        let documents = Documents::new(index, scope);
        let mut counter = Counter::new(index, documents);
        let mut clauses = Vec::with_capacity(query.clauses.len());
        for clause in &query.clauses {
            clauses.push(clause_run(index, &documents, &terms, &mut counter, clause));
        }
        let mut run = Self {
            index,
            documents,
            clauses,
            shared: None,
        };
        run.shared = run.shared(&mut counter);
        Some(run)
    }

    /// The clauses that must match.
    fn required(&self) -> impl Iterator<Item = &ClauseRun> {
        self.clauses.iter().filter(|clause| !clause.excluded)
    }

    /// Counts the words of all clauses together if some share forms, so that no occurrence counts twice.
    fn shared(&self, counter: &mut Counter<'_>) -> Option<Vec<DocumentCount>> {
        let mut all: Vec<FormId> = Vec::new();
        let mut words = 0;
        for clause in self.required() {
            if let Kind::Word(forms) = &clause.kind {
                all.extend_from_slice(forms);
                words += 1;
            }
        }
        if words < 2 {
            return None;
        }
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        (all.len() < count).then(|| counter.count(&all).0)
    }

    /// The documents that match every clause, by number.
    fn matching(&self) -> Vec<Scored> {
        let rarest = self.required().min_by_key(|clause| clause.documents.len());
        let Some(rarest) = rarest else {
            return Vec::new();
        };
        let mut matching: Vec<Scored> = rarest
            .documents
            .iter()
            .map(|count| Scored {
                document: count.document,
                score: 0.0,
            })
            .collect();
        for clause in &self.clauses {
            let mut counts = Ahead::new(&clause.documents);
            matching.retain(|scored| counts.find(scored.document).is_some() != clause.excluded);
        }
        matching
    }

    /// The documents that match, by number, with their scores.
    fn score(&self) -> Vec<Scored> {
        let mut matching = self.matching();
        let (count, tokens) = self.documents.count();
        let average = tokens as f64 / (count as f64).max(1.0);
        for clause in self.required() {
            let idf = bm25::idf(clause.documents.len(), count);
            let mut counts = Ahead::new(&clause.documents);
            for scored in &mut matching {
                let occurrences = counts.find(scored.document).unwrap_or_default();
                let length = self.documents.length(scored.document);
                scored.score += bm25::weight(idf, occurrences as usize, length, average);
            }
        }
        matching
    }

    /// Occurrences in the documents, which come by number; where two clauses match the same, once.
    fn hits(&self, documents: &[Scored]) -> usize {
        let sum = |counts: &[DocumentCount]| -> usize {
            let mut counts = Ahead::new(counts);
            let found = documents.iter().filter_map(|d| counts.find(d.document));
            found.map(|occurrences| occurrences as usize).sum()
        };
        let (mut hits, mut phrases) = (0, Vec::new());
        if let Some(shared) = &self.shared {
            hits += sum(shared);
        }
        for clause in self.required() {
            match &clause.kind {
                Kind::Word(_) if self.shared.is_some() => {}
                Kind::Word(_) => hits += sum(&clause.documents),
                Kind::Phrase(found) => phrases.push(found),
            }
        }
        let mut matches: Vec<Match> = phrases.iter().flat_map(|p| &p.matches).copied().collect();
        if phrases.len() > 1 {
            matches.sort_unstable();
            matches.dedup();
        }
        let is_here = |m: &Match| {
            let document = |scored: &Scored| scored.document.cmp(&m.document);
            documents.binary_search_by(document).is_ok()
        };
        hits + matches.iter().filter(|m| is_here(m)).count()
    }

    /// Documents with their matches.
    fn with_matches(&self, documents: &[Scored]) -> Vec<DocumentMatch> {
        let mut sets = Vec::new();
        for (number, clause) in self.clauses.iter().enumerate() {
            if let (Kind::Word(forms), false) = (&clause.kind, clause.excluded) {
                sets.push((number, FormSet::new(forms, self.index.lexicon().len())));
            }
        }
        let documents = documents.iter();
        documents
            .map(|scored| self.document(scored, &sets))
            .collect()
    }

    /// A document with its matches; `sets` are the forms of the words that must match.
    fn document(&self, scored: &Scored, sets: &[(usize, FormSet)]) -> DocumentMatch {
        let document = scored.document;
        let mut matches = if sets.is_empty() {
            Vec::new()
        } else {
            phrase::words_in(self.index, &self.documents, document, sets)
        };
        for (number, clause) in self.clauses.iter().enumerate() {
            if let (Kind::Phrase(found), false) = (&clause.kind, clause.excluded) {
                let start = found.matches.partition_point(|m| m.document < document);
                let here = found.matches.get(start..).unwrap_or_default().iter();
                let here = here.take_while(|m| m.document == document);
                matches.extend(here.map(|&m| (m, number)));
            }
        }
        matches.sort_unstable();
        matches.dedup_by_key(|&mut (m, _)| m);
        DocumentMatch {
            document,
            score: scored.score,
            matches,
        }
    }
}

fn clause_run(
    index: &Index,
    documents: &Documents<'_>,
    terms: &Terms<'_>,
    counter: &mut Counter<'_>,
    clause: &Clause,
) -> ClauseRun {
    let excluded = clause.excluded;
    if let [word] = clause.words.as_slice() {
        let forms = terms.forms(word);
        let (documents, by_form) = counter.count(&forms);
        return ClauseRun {
            excluded,
            documents,
            count: ClauseCount::of_forms(index.lexicon(), by_form),
            kind: Kind::Word(forms),
        };
    }
    let words: Vec<Vec<FormId>> = clause.words.iter().map(|word| terms.forms(word)).collect();
    let found = phrase::find(index, documents, &words);
    let by_document = found.matches.chunk_by(|a, b| a.document == b.document);
    let counts = by_document.filter_map(|group| {
        Some(DocumentCount {
            document: group.first()?.document,
            occurrences: u32::try_from(group.len()).ok()?,
        })
    });
    let forms = found.forms.chunks_exact(words.len().max(1));
    ClauseRun {
        excluded,
        documents: counts.collect(),
        count: ClauseCount::of_phrases(index.lexicon(), forms),
        kind: Kind::Phrase(found),
    }
}

/// Looks documents up that are asked for in order: never looks back, and takes long steps.
struct Ahead<'c> {
    rest: &'c [DocumentCount],
}

impl<'c> Ahead<'c> {
    fn new(rest: &'c [DocumentCount]) -> Self {
        Self { rest }
    }

    /// Occurrences in the document.
    #[inline]
    fn find(&mut self, document: DocumentId) -> Option<u32> {
        let below = |at: usize| {
            self.rest
                .get(at)
                .is_some_and(|count| count.document < document)
        };
        let mut step = 1;
        while below(step - 1) {
            step *= 2;
        }
        let from = step / 2;
        let window = self.rest.get(from..self.rest.len().min(step));
        let inside = window
            .unwrap_or_default()
            .partition_point(|count| count.document < document);
        self.rest = self.rest.get(from + inside..).unwrap_or_default();
        let here = self.rest.first();
        here.filter(|count| count.document == document)
            .map(|count| count.occurrences)
    }
}
