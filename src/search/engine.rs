//! Runs queries: which documents match, how often, in which order.

use super::bm25;
use super::matcher::{Match, Matcher};
use super::query::Query;
use crate::analysis::Lens;
use crate::index::{DocumentId, Documents, FormId, Index, Scope};
use rustc_hash::FxHashMap;

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
    /// The documents, best first; equal scores in page order.
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

/// What one clause found by itself in the scope.
#[derive(Clone, Debug, Default)]
pub struct ClauseCount {
    /// Occurrences, whether or not the other clauses match.
    pub hits: usize,
    /// Distinct forms that it matched, most frequent first.
    pub forms: Vec<(String, usize)>,
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
        let Some(matcher) = Matcher::new(self.index, lens) else {
            return Found::default();
        };
        let documents = Documents::new(self.index, scope);
        let (count, tokens) = documents.count();
        let average = tokens as f64 / (count as f64).max(1.0);
        let required = query.required().count();
        let mut found = Found::default();
        let mut gathered: FxHashMap<DocumentId, Gathered> = FxHashMap::default();
        for (number, clause) in query.clauses.iter().enumerate() {
            let matches = matcher.matches(clause, &documents);
            found.clauses.push(self.count(&matches));
            let by_document = || matches.chunk_by(|a, b| a.document == b.document);
            let idf = bm25::idf(by_document().count(), count);
            for group in by_document() {
                let Some(document) = group.first().map(|m| m.document) else {
                    continue;
                };
                let entry = gathered.entry(document).or_default();
                if clause.excluded {
                    entry.excluded = true;
                    continue;
                }
                entry.clauses += 1;
                entry.score += bm25::weight(idf, group.len(), documents.length(document), average);
                entry.matches.extend(group.iter().map(|&m| (m, number)));
            }
        }
        // Hash order never shows: everything is sorted before it leaves.
        #[expect(clippy::iter_over_hash_type, reason = "sorted right after")]
        for (document, mut entry) in gathered {
            if entry.excluded || entry.clauses < required {
                continue;
            }
            entry.matches.sort_by_key(|&(m, clause)| (m, clause));
            entry.matches.dedup_by_key(|&mut (m, _)| m);
            found.hits += entry.matches.len();
            let (score, matches) = (entry.score, entry.matches);
            found.documents.push(DocumentMatch {
                document,
                score,
                matches,
            });
        }
        found.documents.sort_by(|a, b| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| a.document.cmp(&b.document))
        });
        found
    }

    /// Number of hits and documents alone.
    #[must_use]
    pub fn totals(&self, query: &Query, lens: Lens, scope: Scope) -> (usize, usize) {
        let found = self.all(query, lens, scope);
        (found.hits, found.documents.len())
    }

    /// Counts the forms of single words, or the whole phrases, that matched.
    fn count(&self, matches: &[Match]) -> ClauseCount {
        let mut counts: FxHashMap<&[FormId], usize> = FxHashMap::default();
        for m in matches {
            let (start, end) = (m.start as usize, (m.start + m.tokens) as usize);
            let forms = self.index.stream().get(start..end).unwrap_or_default();
            *counts.entry(forms).or_default() += 1;
        }
        let written = |forms: &[FormId]| {
            let words: Vec<&str> = forms
                .iter()
                .map(|&f| self.index.lexicon().form(f))
                .collect();
            words.join(" ")
        };
        let mut forms: Vec<(String, usize)> = counts
            .into_iter()
            .map(|(forms, count)| (written(forms), count))
            .collect();
        forms.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        ClauseCount {
            hits: matches.len(),
            forms,
        }
    }
}

#[derive(Default)]
struct Gathered {
    clauses: usize,
    excluded: bool,
    score: f64,
    matches: Vec<(Match, usize)>,
}
