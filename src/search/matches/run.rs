//! One query under one lens in one scope: clauses counted, documents matched and scored.

use crate::analysis::Lens;
use crate::index::{DocumentId, Documents, FormId, Index, Scope};
use crate::search::engine::Keep;
use crate::search::matches::clause_count::{ClauseCount, WordCounts};
use crate::search::matches::counts::{Counter, Typed};
use crate::search::matches::doc_set;
use crate::search::matches::holders::{DocumentCount, Held, Holders};
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

impl Scored {
    pub(in crate::search) fn without_score(document: DocumentId) -> Self {
        Self {
            document,
            score: 0.0,
        }
    }
}

pub(in crate::search) fn by_score(a: &Scored, b: &Scored) -> Ordering {
    let by_score = b.score.total_cmp(&a.score);
    by_score.then_with(|| a.document.cmp(&b.document))
}

/// The [rank](rank_of) of the score at a place once the best come first; 0 where there are not so many.
pub(in crate::search) fn rank_at(scored: &[Scored], place: usize) -> u64 {
    at_rank(scored.iter().map(|one| rank_of(one.score)), place)
}

/// Brings the best so many to the front, in any order.
pub(in crate::search) fn best_to_front(scored: &mut [Scored], best: usize) {
    let Some(last) = best.checked_sub(1).filter(|_| best < scored.len()) else {
        return;
    };
    let rank = |one: &Scored| rank_of(one.score);
    let least = rank_at(scored, last);
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
    apart: OnceCell<Vec<Apart>>,
}

/// What a group of words holds, and the occurrences in all documents.
type Apart = (Holders, usize);

/// What one clause found.
pub(in crate::search) struct ClauseRun {
    pub(in crate::search) excluded: bool,
    /// The documents that match.
    pub(in crate::search) documents: Holders,
    /// Occurrences of forms that count less than whole, with what one counts.
    pub(in crate::search) light: Vec<(f64, Holders)>,
    pub(in crate::search) kind: Kind,
    /// It is noted where a form stands as typed.
    pub(super) is_noted: bool,
}

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
    fn apart(&self) -> &[Apart] {
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
                        joined.0.arrange();
                        joined.0.dedup();
                    }
                    !shares
                });
                groups.push(joined);
            }
            let mut counter = Counter::new(self.index);
            let held = groups.into_iter().map(|(all, clauses)| {
                let of_all = |clause: &&ClauseRun| match &clause.kind {
                    Kind::Word(forms, counts) if *forms == all => {
                        Some((clause.documents.clone(), counts.occurrences()))
                    }
                    _ => None,
                };
                clauses.iter().find_map(of_all).unwrap_or_else(|| {
                    let (held, counts) = counter.count(&self.documents, &all, Typed::Anywhere);
                    (held, counts.occurrences())
                })
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
        let scored = matching.into_iter().map(Scored::without_score);
        scored.collect()
    }

    /// Occurrences in the documents, which come by number; where two clauses match the same, once.
    pub(in crate::search) fn hits(&self, documents: &[Scored]) -> usize {
        if documents.is_empty() {
            return 0;
        }
        self.hits_in(Some(documents))
    }

    /// The same in all documents of the scope, whether they match or not.
    pub(in crate::search) fn all_hits(&self) -> usize {
        self.hits_in(None)
    }

    fn hits_in(&self, documents: Option<&[Scored]>) -> usize {
        let apart = self.apart().iter();
        let hits = apart.map(|(held, all)| match documents {
            Some(documents) => held.occurrences_in(documents),
            None => *all,
        });
        let hits: usize = hits.sum();
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
            documents.is_none_or(|all| all.binary_search_by(document).is_ok())
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
