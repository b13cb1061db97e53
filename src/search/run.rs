//! One query under one lens in one scope: clauses counted, documents matched and scored.

use super::bm25;
use super::clause_count::{ClauseCount, FormCount};
use super::counts::{Counter, DocumentCount};
use super::engine::DocumentMatch;
use super::phrase::{self, Match, Phrases};
use super::query::{Query, Word};
use super::terms::{FormSet, Terms};
use crate::analysis::Lens;
use crate::index::{DocumentId, Documents, FormId, Index, Scope};
use std::cmp::Ordering;

/// A document that matches, with its score.
pub(super) struct Scored {
    pub(super) document: DocumentId,
    score: f64,
}

pub(super) fn by_score(a: &Scored, b: &Scored) -> Ordering {
    let by_score = b.score.total_cmp(&a.score);
    by_score.then_with(|| a.document.cmp(&b.document))
}

/// A query under one lens in one scope.
pub(super) struct Run<'i> {
    index: &'i Index,
    pub(super) documents: Documents<'i>,
    pub(super) clauses: Vec<ClauseRun>,
    /// Occurrences of all words together, where clauses share forms.
    shared: Option<Vec<DocumentCount>>,
}

/// What one clause found.
pub(super) struct ClauseRun {
    excluded: bool,
    /// The documents that match, by number.
    documents: Vec<DocumentCount>,
    kind: Kind,
}

enum Kind {
    /// Its forms, by number, and the occurrences of each.
    Word(Vec<FormId>, Vec<FormCount>),
    /// Its occurrences and its number of words.
    Phrase(Phrases, usize),
}

/// The forms that each word of each clause stands for.
pub(super) type Forms = Vec<Vec<Vec<FormId>>>;

/// `None` when the index has not been refreshed.
pub(super) fn forms_of(index: &Index, query: &Query, lens: Lens) -> Option<Forms> {
    let terms = Terms::new(index, lens)?;
    let words = |words: &[Word]| words.iter().map(|word| terms.forms(word)).collect();
    Some(query.clauses.iter().map(|c| words(&c.words)).collect())
}

impl<'i> Run<'i> {
    pub(super) fn new(index: &'i Index, query: &Query, lens: Lens, scope: Scope) -> Option<Self> {
        let forms = forms_of(index, query, lens)?;
        let counter = &mut Counter::new(index);
        Some(Self::of_forms(index, query, forms, scope, counter))
    }

    pub(super) fn of_forms(
        index: &'i Index,
        query: &Query,
        forms: Forms,
        scope: Scope,
        counter: &mut Counter<'i>,
    ) -> Self {
        let documents = Documents::new(index, scope);
        let mut clauses = Vec::with_capacity(query.clauses.len());
        for (clause, words) in query.clauses.iter().zip(forms) {
            let excluded = clause.excluded;
            clauses.push(clause_run(index, &documents, counter, excluded, words));
        }
        let mut run = Self {
            index,
            documents,
            clauses,
            shared: None,
        };
        run.shared = run.shared(counter);
        run
    }

    pub(super) fn totals(&self) -> (usize, usize) {
        let matching = self.matching();
        (self.hits(&matching), matching.len())
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
            if let Kind::Word(forms, _) = &clause.kind {
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
        (all.len() < count).then(|| counter.count(&self.documents, &all).0)
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
    pub(super) fn score(&self) -> Vec<Scored> {
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
    pub(super) fn hits(&self, documents: &[Scored]) -> usize {
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
                Kind::Word(..) if self.shared.is_some() => {}
                Kind::Word(..) => hits += sum(&clause.documents),
                Kind::Phrase(found, _) => phrases.push(found),
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
    pub(super) fn with_matches(&self, documents: &[Scored]) -> Vec<DocumentMatch> {
        let mut sets = Vec::new();
        for (number, clause) in self.clauses.iter().enumerate() {
            if let (Kind::Word(forms, _), false) = (&clause.kind, clause.excluded) {
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
            if let (Kind::Phrase(found, _), false) = (&clause.kind, clause.excluded) {
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
    counter: &mut Counter<'_>,
    excluded: bool,
    mut words: Vec<Vec<FormId>>,
) -> ClauseRun {
    if words.len() == 1
        && let Some(forms) = words.pop()
    {
        let (documents, by_form) = counter.count(documents, &forms);
        return ClauseRun {
            excluded,
            documents,
            kind: Kind::Word(forms, by_form),
        };
    }
    let found = phrase::find(index, documents, &words);
    let by_document = found.matches.chunk_by(|a, b| a.document == b.document);
    let counts = by_document.filter_map(|group| {
        Some(DocumentCount {
            document: group.first()?.document,
            occurrences: u32::try_from(group.len()).ok()?,
        })
    });
    ClauseRun {
        excluded,
        documents: counts.collect(),
        kind: Kind::Phrase(found, words.len()),
    }
}

impl ClauseRun {
    pub(super) fn count(self, index: &Index) -> ClauseCount {
        match self.kind {
            Kind::Word(_, by_form) => ClauseCount::of_forms(index.lexicon(), by_form),
            Kind::Phrase(found, words) => {
                let forms = found.forms.chunks_exact(words.max(1));
                ClauseCount::of_phrases(index.lexicon(), forms)
            }
        }
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
