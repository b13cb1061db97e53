//! How much a query finds under every lens and in every scope.
//!
//! A stricter lens finds a part of what a looser one does. Where the documents
//! that match a list of words are few they are read once, and their words
//! compared under every stricter lens; otherwise each lens is counted from
//! postings, the strictest first, so that each adds to the one before.

use crate::analysis::Lens;
use crate::index::{DocumentId, Documents, FormId, Index, Scope};
use crate::parse::Role;
use crate::search::engine::{Keep, TotalsAround};
use crate::search::matches::counts::{Counter, Typed};
use crate::search::matches::phrase::{self, Match};
use crate::search::matches::run::{Forms, Kind, Run, Scored, forms_of};
use crate::search::query::{Node, Query, Shape};
use crate::search::words::clause_words::ClauseWords;
use crate::sorting::Arrange;

/// Documents that are read for each clause of a query at most.
const READ: usize = 12;

/// Hits and documents of a query; what was counted before is not counted again. `None` when the index has not been refreshed.
pub(in crate::search) fn totals(
    index: &Index,
    query: &Query,
    lens: Lens,
    scope: Scope,
    counter: &mut Counter<'_>,
) -> Option<(usize, usize)> {
    let forms = forms_of(index, query, lens)?;
    if query.is_list() && !some_has_all(index, query, &forms, scope, counter) {
        return Some((0, 0));
    }
    Some(Run::of_forms(index, query, forms, scope, counter, None).totals(None))
}

/// Whether some document has all words of a list: the frequent ones are not counted where none has the others.
fn some_has_all(
    index: &Index,
    query: &Query,
    forms: &Forms,
    scope: Scope,
    counter: &mut Counter<'_>,
) -> bool {
    let lexicon = index.lexicon();
    let documents = Documents::new(index, scope);
    let clauses = query.clauses.iter().zip(forms);
    let words = clauses.filter(|(clause, _)| !clause.excluded && clause.is_word());
    let mut words: Vec<&Vec<FormId>> = words.filter_map(|(_, forms)| forms.first()).collect();
    words.arrange_by_cached_key(|forms| {
        let running = forms.iter().map(|&form| u64::from(lexicon.frequency(form)));
        running.sum::<u64>()
    });
    let mut found: Option<Vec<DocumentId>> = None;
    for forms in words {
        let (holders, _) = counter.count(&documents, forms, Typed::Anywhere);
        let among = match found {
            None => holders.documents(),
            Some(mut found) => {
                holders.keep(&mut found, true);
                found
            }
        };
        if among.is_empty() {
            return false;
        }
        found = Some(among);
    }
    true
}

/// The totals of a query under every lens and in every scope; only documents that `keep` leaves
/// count. `None` when the index has not been refreshed.
///
/// A lens that reads the query as another one does is not counted again, nor is
/// a scope that has the same documents as another.
pub(in crate::search) fn totals_around(
    index: &Index,
    query: &Query,
    lens: Lens,
    scope: Scope,
    keep: Option<&Keep<'_>>,
) -> Option<TotalsAround> {
    let mut around = Around {
        index,
        query,
        scope,
        keep,
        counter: Counter::new(index),
        counted: Vec::new(),
    };
    let own = forms_of(index, query, lens)?;
    let mut asked = None;
    let mut few = None;
    if around.reads_well() {
        let run = around.run(&own, scope);
        let matching = around.matching(&run);
        around.count(&own, (run.hits(&matching), matching.len()));
        if matching.len() <= READ * query.clauses.len() {
            let documents = matching.iter().map(|scored| scored.document);
            few = Some(Few::read(index, Some(&run), scope, documents, &own));
        }
        asked = Some((run, matching));
    }
    let mut by_lens = Vec::with_capacity(Lens::ALL.len());
    for other in counted_lenses(index, lens) {
        if other == lens && asked.is_none() {
            let run = around.run(&own, scope);
            let matching = around.matching(&run);
            around.count(&own, (run.hits(&matching), matching.len()));
            asked = Some((run, matching));
        }
        let forms = if other == lens {
            own.clone()
        } else {
            forms_of(index, query, other).unwrap_or_default()
        };
        by_lens.push((other, around.of_lens(&forms, few.as_ref())));
    }
    let (run, matching) = asked?;
    let by_scope = around.by_scope(&run, &matching, &own);
    Some((by_lens, by_scope))
}

/// The lenses that are counted beside one, strictest first: the similar one, which costs most, beside
/// itself and the one before; of an index in parts those whose parts a search needs anyway.
pub(in crate::search) fn counted_lenses(index: &Index, lens: Lens) -> impl Iterator<Item = Lens> {
    let is_in_parts = index.is_in_parts();
    Lens::ALL.into_iter().filter(move |&other| {
        (other != Lens::Similar || lens >= Lens::Stem)
            && (!is_in_parts || other <= lens.max(Lens::Clitics))
    })
}

struct Around<'i, 'k> {
    index: &'i Index,
    query: &'i Query,
    scope: Scope,
    keep: Option<&'k Keep<'k>>,
    counter: Counter<'i>,
    /// Hits and documents of what was counted in the scope.
    counted: Vec<(Forms, (usize, usize))>,
}

impl<'i> Around<'i, '_> {
    /// Whether a query is a list of words and phrases that stands to gain from its documents being
    /// read. Of an index in parts no text is fetched for that.
    fn reads_well(&self) -> bool {
        let query = self.query;
        let is_clause = |node: &Node| matches!(node, Node::Clause(_));
        let is_list = match &query.tree {
            Node::All(nodes) => nodes.iter().all(is_clause),
            node => is_clause(node),
        };
        let mut clauses = query.clauses.iter();
        let is_plain = clauses.all(|clause| clause.shape == Shape::Adjacent && !clause.excluded);
        let words = query.clauses.iter().map(|clause| clause.words.len());
        let is_short = !is_list || !is_plain || words.sum::<usize>() < 2;
        !is_short && query.filters.is_empty() && !self.index.is_in_parts()
    }

    fn run(&mut self, forms: &Forms, scope: Scope) -> Run<'i> {
        Run::of_forms(
            self.index,
            self.query,
            forms.clone(),
            scope,
            &mut self.counter,
            None,
        )
    }

    fn matching(&self, run: &Run<'_>) -> Vec<Scored> {
        let mut matching = run.matching();
        if let Some(keep) = self.keep {
            matching.retain(|scored| keep(&run.documents, scored.document));
        }
        matching
    }

    fn count(&mut self, forms: &Forms, totals: (usize, usize)) {
        self.counted.push((forms.clone(), totals));
    }

    fn of_lens(&mut self, forms: &Forms, few: Option<&Few<'_>>) -> (usize, usize) {
        let same = self.counted.iter().find(|(counted, _)| counted == forms);
        if let Some(&(_, totals)) = same {
            return totals;
        }
        let totals = match few.filter(|few| few.holds(forms)) {
            Some(few) => few.totals(forms),
            None => match self.few_with_rarest(forms) {
                Some(totals) => totals,
                None => self.run(forms, self.scope).totals(self.keep),
            },
        };
        self.count(forms, totals);
        totals
    }

    /// Hits and documents of a list of words whose rarest one few documents hold: no other can match.
    fn few_with_rarest(&mut self, forms: &Forms) -> Option<(usize, usize)> {
        let clauses = &self.query.clauses;
        if !self.reads_well() || !clauses.iter().all(crate::search::Clause::is_word) {
            return None;
        }
        let lexicon = self.index.lexicon();
        let frequency = |words: &&Vec<Vec<FormId>>| -> u64 {
            let forms = words.iter().flatten();
            forms.map(|&form| u64::from(lexicon.frequency(form))).sum()
        };
        let rarest = forms.iter().min_by_key(frequency)?.first()?;
        let documents = Documents::new(self.index, self.scope);
        let (holding, _) = self.counter.count(&documents, rarest, Typed::Anywhere);
        if holding.len() > READ * clauses.len() {
            return None;
        }
        let holding = holding.documents().into_iter();
        let kept =
            holding.filter(|&document| self.keep.is_none_or(|keep| keep(&documents, document)));
        Some(Few::read(self.index, None, self.scope, kept, forms).totals(forms))
    }

    fn by_scope(&mut self, run: &Run<'_>, matching: &[Scored], own: &Forms) -> [(usize, usize); 3] {
        let mut counted = vec![(self.scope, (run.hits(matching), matching.len()))];
        Scope::ALL.map(|other| {
            let index = self.index;
            let same = |&&(counted, _): &&(Scope, _)| index.has_same_documents(counted, other);
            if let Some(&(_, totals)) = counted.iter().find(same) {
                return totals;
            }
            let totals = if (self.scope, other) == (Scope::Articles, Scope::Main) {
                // Main articles are articles, with the same words.
                let is_main = |document: DocumentId| {
                    let article = index.articles().get(document.0 as usize);
                    article.is_some_and(|article| article.role == Role::Main)
                };
                let main = matching.iter().filter(|scored| is_main(scored.document));
                let main: Vec<Scored> = main
                    .map(|scored| Scored {
                        document: scored.document,
                        score: 0.0,
                    })
                    .collect();
                (run.hits(&main), main.len())
            } else {
                self.run(own, other).totals(self.keep)
            };
            counted.push((other, totals));
            totals
        })
    }
}

/// What the few documents that match hold of a query.
struct Few<'f> {
    /// What each clause stood for.
    forms: &'f Forms,
    /// Whether each clause is a word, wherever it stands.
    is_word: Vec<bool>,
    documents: Vec<Held>,
}

/// What one document holds.
struct Held {
    /// The forms of its tokens that a word stands for, one for each token.
    words: Vec<FormId>,
    /// The occurrences of phrases: clause, place and forms.
    phrases: Vec<(usize, Match, Vec<FormId>)>,
}

impl<'f> Few<'f> {
    /// Reads documents; `run` knows the phrases, without it there are words alone.
    fn read(
        index: &Index,
        run: Option<&Run<'_>>,
        scope: Scope,
        documents: impl Iterator<Item = DocumentId>,
        forms: &'f Forms,
    ) -> Self {
        let is_word: Vec<bool> = match run {
            Some(run) => {
                let clauses = run.clauses.iter();
                clauses
                    .map(|clause| matches!(clause.kind, Kind::Word(..)))
                    .collect()
            }
            None => vec![true; forms.len()],
        };
        let clauses = forms.iter().zip(&is_word).enumerate();
        let clauses = clauses.filter(|(_, (_, is_word))| **is_word);
        let clauses = clauses.filter_map(|(number, (words, _))| Some((number, &**words.first()?)));
        let words_of = ClauseWords::new(clauses.collect(), index.lexicon().len());
        let of_scope = Documents::new(index, scope);
        let documents = documents.map(|document| {
            let words = if is_word.contains(&true) {
                phrase::words_in(index, &of_scope, document, &words_of)
            } else {
                Vec::new()
            };
            Held {
                words: words.into_iter().map(|(_, _, form)| form).collect(),
                phrases: run.map_or_else(Vec::new, |run| phrases_in(run, document)),
            }
        });
        Self {
            forms,
            documents: documents.collect(),
            is_word,
        }
    }

    /// Whether each word stands for no other forms than those that were looked for.
    fn holds(&self, forms: &Forms) -> bool {
        let pairs = self.forms.iter().flatten().zip(forms.iter().flatten());
        let mut pairs = pairs.map(|(all, some)| crate::search::matches::counts::holds(all, some));
        pairs.all(|inside| inside)
    }

    /// Hits and documents where each word stands for these forms alone.
    fn totals(&self, forms: &Forms) -> (usize, usize) {
        let (mut hits, mut documents) = (0, 0);
        let has = |words: &[FormId], form: &FormId| words.binary_search(form).is_ok();
        for document in &self.documents {
            let mut held = vec![false; forms.len()];
            let mut here = 0;
            for form in &document.words {
                let mut is_hit = false;
                let clauses = forms.iter().zip(&self.is_word).zip(&mut held);
                for ((words, _), held) in clauses.filter(|((_, is_word), _)| **is_word) {
                    if words.first().is_some_and(|words| has(words, form)) {
                        (*held, is_hit) = (true, true);
                    }
                }
                here += usize::from(is_hit);
            }
            let mut matches: Vec<Match> = Vec::new();
            for &(clause, m, ref row) in &document.phrases {
                let words = forms.get(clause).map(Vec::as_slice).unwrap_or_default();
                if !words.iter().zip(row).all(|(words, form)| has(words, form)) {
                    continue;
                }
                if let Some(held) = held.get_mut(clause) {
                    *held = true;
                }
                // A word that counts in titles alone may be counted as a word already.
                let is_counted = row.len() == 1
                    && forms.iter().zip(&self.is_word).any(|(words, &is_word)| {
                        let counted = words.first().zip(row.first());
                        is_word && counted.is_some_and(|(words, form)| has(words, form))
                    });
                if !is_counted && !matches.contains(&m) {
                    matches.push(m);
                }
            }
            if held.iter().all(|&held| held) {
                hits += here + matches.len();
                documents += 1;
            }
        }
        (hits, documents)
    }
}

/// The occurrences of phrases in a document: clause, place and forms.
fn phrases_in(run: &Run<'_>, document: DocumentId) -> Vec<(usize, Match, Vec<FormId>)> {
    let mut found = Vec::new();
    for (number, clause) in run.clauses.iter().enumerate() {
        if let Kind::Phrase(phrases, width) = &clause.kind {
            let start = phrases.matches.partition_point(|m| m.document < document);
            let here = phrases.matches.get(start..).unwrap_or_default().iter();
            let here = here.take_while(|m| m.document == document);
            let rows = phrases.forms.chunks_exact((*width).max(1)).skip(start);
            found.extend(here.zip(rows).map(|(&m, row)| (number, m, row.to_vec())));
        }
    }
    found
}
