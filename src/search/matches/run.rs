//! One query under one lens in one scope: clauses counted, documents matched and scored.

use crate::analysis::Lens;
use crate::index::{DocumentId, Documents, FormId, Index, Scope};
use crate::search::bm25;
use crate::search::engine::Keep;
use crate::search::matches::clause_count::{ClauseCount, WordCounts};
use crate::search::matches::counts::{Counter, Typed};
use crate::search::matches::doc_set;
use crate::search::matches::holders::{DocumentCount, Finder, Held, Holders};
use crate::search::matches::phrase::{self, Match, Phrases};
use crate::search::query::{Clause, ClauseKind, Query, Word};
use crate::search::words::terms::Terms;
use crate::sorting::{Arrange, at_rank, rank_of};
use std::cell::OnceCell;
use std::cmp::Ordering;

/// A document that matches, with its score.
#[derive(Clone, Copy)]
pub(in crate::search) struct Scored {
    pub(in crate::search) document: DocumentId,
    pub(in crate::search) score: f64,
}

pub(in crate::search) fn by_score(a: &Scored, b: &Scored) -> Ordering {
    let by_score = b.score.total_cmp(&a.score);
    by_score.then_with(|| a.document.cmp(&b.document))
}

/// Brings the best so many to the front, in any order.
pub(in crate::search) fn best_to_front(scored: &mut [Scored], best: usize) {
    // Often few have a score: those that may be among the best.
    let mut some = 0;
    for place in 0..scored.len() {
        if scored.get(place).is_some_and(|one| one.score > 0.0) {
            if some < place {
                scored.swap(some, place);
            }
            some += 1;
        }
    }
    let among = if some < best { scored.len() } else { some };
    let scored = scored.get_mut(..among).unwrap_or_default();
    let Some(last) = best.checked_sub(1).filter(|_| best < scored.len()) else {
        return;
    };
    let rank = |one: &Scored| rank_of(one.score);
    let least = at_rank(scored.iter().map(rank), last);
    let mut chosen: Vec<(usize, Scored)> = Vec::with_capacity(best);
    let numbered = scored.iter().copied().enumerate();
    chosen.extend(numbered.filter(|(_, one)| rank(one) >= least));
    // Of those with the last score the first documents are better.
    let better = chosen.iter().filter(|(_, one)| rank(one) > least).count();
    let equal = chosen.iter().filter(|(_, one)| rank(one) == least);
    let equal = equal.map(|(_, one)| !u64::from(one.document.0));
    let document = !at_rank(equal, last - better);
    let is_best = |one: &Scored| rank(one) > least || u64::from(one.document.0) <= document;
    let best = chosen.iter().filter(|(_, one)| is_best(one));
    for (at, &(place, _)) in best.enumerate() {
        scored.swap(at, place);
    }
}

/// A query under one lens in one scope.
pub(in crate::search) struct Run<'i> {
    pub(in crate::search) index: &'i Index,
    pub(in crate::search) query: &'i Query,
    pub(in crate::search) documents: Documents<'i>,
    pub(in crate::search) clauses: Vec<ClauseRun>,
    /// What the words hold, made when occurrences are counted.
    apart: OnceCell<Vec<Holders>>,
}

/// What one clause found.
pub(in crate::search) struct ClauseRun {
    pub(in crate::search) excluded: bool,
    /// The documents that match.
    pub(in crate::search) documents: Holders,
    /// Occurrences of forms that count less than whole, with what one counts.
    pub(in crate::search) light: Vec<(f64, Holders)>,
    pub(in crate::search) kind: Kind,
    /// It is noted where a form stands as typed.
    is_noted: bool,
}

/// Hears of what is added: `inverse document frequency, occurrences as they count, what is added`.
pub(in crate::search) type Tell<'t> = Option<&'t mut dyn FnMut(f64, f64, f64)>;

/// What a word found as typed adds, in parts of its idf.
pub(in crate::search) const EXACT: f64 = 0.1;

pub(in crate::search) enum Kind {
    /// Its forms, by number, and their occurrences.
    Word(Vec<FormId>, WordCounts),
    /// Its occurrences and its number of words.
    Phrase(Phrases, usize),
}

/// The forms that each word of each clause stands for.
pub(in crate::search) type Forms = Vec<Vec<Vec<FormId>>>;

/// `None` when the index has not been refreshed.
pub(in crate::search) fn forms_of(index: &Index, query: &Query, lens: Lens) -> Option<Forms> {
    let terms = Terms::new(index, lens, query.apart)?;
    let words = |words: &[Word]| words.iter().map(|word| terms.forms(word)).collect();
    Some(query.clauses.iter().map(|c| words(&c.words)).collect())
}

impl<'i> Run<'i> {
    pub(in crate::search) fn new(
        index: &'i Index,
        query: &'i Query,
        lens: Lens,
        scope: Scope,
    ) -> Option<Self> {
        let counter = &mut Counter::new(index);
        let forms = forms_of(index, query, lens)?;
        let terms = Terms::new(index, lens, query.apart)?;
        let mut run = Self::of_forms(index, query, forms, scope, counter, Some(&terms));
        for (clause, run_of) in query.clauses.iter().zip(&mut run.clauses) {
            if let ([word], true) = (clause.words.as_slice(), clause.is_word()) {
                let light = terms.light(word).into_iter();
                let counted = |(share, forms): (f64, Vec<FormId>)| {
                    (
                        share,
                        counter.count(&run.documents, &forms, Typed::Anywhere).0,
                    )
                };
                run_of.light = light.map(counted).collect();
            }
        }
        Some(run)
    }

    /// The run of these forms, without what is needed for scores alone; where there are `terms`,
    /// documents that hold words as typed are noted.
    pub(in crate::search) fn of_forms(
        index: &'i Index,
        query: &'i Query,
        forms: Forms,
        scope: Scope,
        counter: &mut Counter<'_>,
        terms: Option<&Terms<'_>>,
    ) -> Self {
        let documents = Documents::new(index, scope);
        let mut clauses = Vec::with_capacity(query.clauses.len());
        for (clause, words) in query.clauses.iter().zip(forms) {
            let word = match (clause.words.as_slice(), clause.kind) {
                ([word], ClauseKind::Word) if !clause.excluded => Some(&word.text),
                _ => None,
            };
            // Without terms there are no scores.
            let typed = terms.map_or(Typed::Anywhere, |terms| {
                Typed::Form(word.and_then(|word| terms.form(word)))
            });
            clauses.push(clause_run(index, &documents, counter, clause, words, typed));
        }
        Self {
            index,
            query,
            documents,
            clauses,
            apart: OnceCell::new(),
        }
    }

    pub(in crate::search) fn totals(&self, keep: Option<&Keep<'_>>) -> (usize, usize) {
        let mut matching = self.matching();
        if let Some(keep) = keep {
            matching.retain(|scored| keep(&self.documents, scored.document));
        }
        (self.hits(&matching), matching.len())
    }

    /// The clauses that must match.
    pub(in crate::search) fn required(&self) -> impl Iterator<Item = &ClauseRun> {
        self.clauses.iter().filter(|clause| !clause.excluded)
    }

    /// What the words hold, so that no occurrence is in two of them: words that share forms are counted together.
    fn apart(&self) -> &[Holders] {
        self.apart.get_or_init(|| {
            let mut groups: Vec<(Vec<FormId>, Vec<&ClauseRun>)> = Vec::new();
            for clause in self.required() {
                let Kind::Word(forms, _) = &clause.kind else {
                    continue;
                };
                let mut joined = (forms.clone(), vec![clause]);
                groups.retain_mut(|(known, clauses)| {
                    let shares = known
                        .iter()
                        .any(|form| joined.0.binary_search(form).is_ok());
                    if shares {
                        joined.0.append(known);
                        joined.1.append(clauses);
                        joined.0.sort_unstable();
                        joined.0.dedup();
                    }
                    !shares
                });
                groups.push(joined);
            }
            let mut counter = Counter::new(self.index);
            let held = groups.into_iter().map(|(all, clauses)| {
                let is_all = |clause: &&&ClauseRun| match &clause.kind {
                    Kind::Word(forms, _) => *forms == all,
                    Kind::Phrase(..) => false,
                };
                match clauses.iter().find(is_all) {
                    Some(clause) => clause.documents.clone(),
                    None => counter.count(&self.documents, &all, Typed::Anywhere).0,
                }
            });
            held.collect()
        })
    }

    /// The documents that match, by number.
    pub(in crate::search) fn matching(&self) -> Vec<Scored> {
        if !self.query.asks() {
            return Vec::new();
        }
        let matching = doc_set::matching(self.index, &self.documents, self.query, &self.clauses);
        let scored = matching.into_iter().map(|document| Scored {
            document,
            score: 0.0,
        });
        scored.collect()
    }

    /// Scores documents, which come by number.
    pub(in crate::search) fn score(&self, documents: &mut [Scored]) {
        for clause in self.required() {
            self.add(clause, false, documents, None);
        }
        for clause in self.required() {
            self.add(clause, true, documents, None);
        }
    }

    /// Inverse document frequency of a clause.
    pub(in crate::search) fn idf(&self, clause: &ClauseRun) -> f64 {
        bm25::idf(clause.documents.len(), self.documents.count().0)
    }

    /// Adds what a clause adds to the scores of the documents that hold it, or beside that where it stands
    /// as typed; documents come by number.
    pub(in crate::search) fn add(
        &self,
        clause: &ClauseRun,
        as_typed: bool,
        documents: &mut [Scored],
        mut tell: Tell<'_>,
    ) {
        if as_typed && !clause.is_noted {
            return;
        }
        let idf = self.idf(clause);
        let (count, tokens) = self.documents.count();
        let average = tokens as f64 / (count as f64).max(1.0);
        let mut weights = bm25::Weights::new(average);
        let mut light: Vec<(f64, Finder<'_>)> = clause
            .light
            .iter()
            .map(|(share, counts)| (1.0 - share, counts.finder()))
            .collect();
        let mut walk = clause.documents.walk();
        while let Some((place, held)) = walk.next(documents) {
            let Some(scored) = documents.get_mut(place) else {
                break;
            };
            if as_typed {
                if held.is_as_typed() {
                    scored.score += EXACT * idf;
                    if let Some(tell) = &mut tell {
                        tell(idf, 1.0, EXACT * idf);
                    }
                }
                continue;
            }
            let mut tf = f64::from(held.occurrences());
            for (missing, counts) in &mut light {
                tf -= *missing * f64::from(counts.find(scored.document).unwrap_or_default());
            }
            let length = self.documents.rounded_length(scored.document);
            let added = weights.of(idf, tf, length);
            scored.score += added;
            if let Some(tell) = &mut tell {
                tell(idf, tf, added);
            }
        }
    }

    /// Occurrences in the documents, which come by number; where two clauses match the same, once.
    pub(in crate::search) fn hits(&self, documents: &[Scored]) -> usize {
        if documents.is_empty() {
            return 0;
        }
        let apart = self.apart().iter();
        let hits: usize = apart.map(|held| held.occurrences_in(documents)).sum();
        let (mut phrases, mut words) = (Vec::new(), Vec::new());
        for clause in self.required() {
            match &clause.kind {
                Kind::Word(forms, _) => words.push(forms),
                Kind::Phrase(found, _) => phrases.push(found),
            }
        }
        // A word that counts in titles alone may be counted as a word already.
        let is_counted = |form| words.iter().any(|word| word.binary_search(form).is_ok());
        let mut matches: Vec<Match> = Vec::new();
        for found in &phrases {
            if found.forms.len() == found.matches.len() {
                let places = found.matches.iter().zip(&found.forms);
                let own = places.filter(|(_, form)| !is_counted(form));
                matches.extend(own.map(|(&m, _)| m));
            } else {
                matches.extend_from_slice(&found.matches);
            }
        }
        if phrases.len() > 1 {
            matches.arrange();
            matches.dedup();
        }
        let is_here = |m: &Match| {
            let document = |scored: &Scored| scored.document.cmp(&m.document);
            documents.binary_search_by(document).is_ok()
        };
        hits + matches.iter().filter(|m| is_here(m)).count()
    }
}

fn clause_run(
    index: &Index,
    documents: &Documents<'_>,
    counter: &mut Counter<'_>,
    clause: &Clause,
    mut words: Vec<Vec<FormId>>,
    typed: Typed,
) -> ClauseRun {
    let excluded = clause.excluded;
    if clause.is_word()
        && let Some(forms) = words.pop()
    {
        let (documents, by_form) = counter.count(documents, &forms, typed);
        return ClauseRun {
            excluded,
            documents,
            light: Vec::new(),
            kind: Kind::Word(forms, by_form),
            is_noted: typed.form().is_some(),
        };
    }
    let found = phrase::find(index, documents, clause, &words);
    let by_document = found.matches.chunk_by(|a, b| a.document == b.document);
    let counts = by_document.filter_map(|group| {
        let document = group.first()?.document;
        let held = Held::new(u32::try_from(group.len()).ok()?, false);
        Some(DocumentCount { document, held })
    });
    ClauseRun {
        excluded,
        documents: Holders::Few(counts.collect()),
        light: Vec::new(),
        kind: Kind::Phrase(found, words.len()),
        is_noted: false,
    }
}

impl ClauseRun {
    pub(in crate::search) fn count(self, index: &Index) -> ClauseCount {
        match self.kind {
            Kind::Word(_, by_form) => ClauseCount::of_forms(index.lexicon(), &by_form),
            Kind::Phrase(found, words) => {
                let forms = found.forms.chunks_exact(words.max(1));
                ClauseCount::of_phrases(index.lexicon(), forms)
            }
        }
    }
}
