//! Scores the documents that may be among the best, where many hold some of the words.
//!
//! Words come from the rarest to the most frequent, by what they can add. Once enough documents have more by the
//! words before than all that are left can add, a document that holds none of these is out, however many such there
//! are, and of the others those that the rest can lift among the best stay (`MaxScore`: Turtle and Flood 1995).

use crate::index::{Bits, DocumentId};
use crate::search::matches::run::{ClauseRun, Run, Scored, rank_at};
use crate::search::matches::weigher::EXACT;
use crate::sorting::score_of;

/// A word is rare that one of so many of the documents holds, or fewer.
const RARE: usize = 4;

/// What rounding may take of a sum, in parts.
const ROUNDING: f64 = 1e-6;

/// Scores documents, which come by number; of those that are not among the best so many some are left without a score.
pub(in crate::search) fn score(run: &Run<'_>, documents: &mut [Scored], best: usize) {
    let mut all = Bits::new(run.documents.numbers());
    all.extend(documents.iter().map(|scored| scored.document.0));
    let Some(mut candidates) = candidates(run, &all, documents.len(), best) else {
        return run.score(documents);
    };
    run.score(&mut candidates);
    let mut candidates = candidates.into_iter().peekable();
    for scored in documents {
        if let Some(known) = candidates.next_if(|known| known.document == scored.document) {
            *scored = known;
        }
    }
}

/// The documents that may be among the best of so many, by number, without a score; none where no word is rare.
pub(in crate::search) fn candidates(
    run: &Run<'_>,
    documents: &Bits,
    count: usize,
    best: usize,
) -> Option<Vec<Scored>> {
    let is_rare = |clause: &ClauseRun| RARE * clause.documents.len() < count;
    if count <= best || !run.required().any(is_rare) {
        return None;
    }
    let most = |clause: &ClauseRun| (1.0 + EXACT + ROUNDING) * run.idf(clause);
    let mut clauses: Vec<(f64, &ClauseRun)> = run.required().map(|c| (most(c), c)).collect();
    // What the words that are left can add.
    let mut left: f64 = clauses.iter().map(|(most, _)| most).sum();
    let mut rarest = || {
        let numbered = clauses.iter().enumerate();
        let rarest = numbered.max_by(|(_, a), (_, b)| a.0.total_cmp(&b.0))?.0;
        Some(clauses.swap_remove(rarest))
    };
    let mut sums = Sums {
        documents,
        sums: vec![0.0; run.documents.numbers()],
        met: Vec::new(),
    };
    let mut least = 0.0;
    while least <= 0.0 {
        let (most, clause) = rarest()?;
        sums.add(run, clause);
        left -= most;
        least = at_least(&sums.met, best, left);
    }
    let mut found = sums.from(least);
    while let Some((most, clause)) = rarest() {
        for as_typed in [false, true] {
            run.add(clause, as_typed, &mut found, None);
        }
        left -= most;
        least = at_least(&found, best, left);
        found.retain(|scored| scored.score >= least);
    }
    for scored in &mut found {
        scored.score = 0.0;
    }
    Some(found)
}

/// The least sum that may be among the best so many once `left` is added at most; 0 where there are not enough.
fn at_least(sums: &[Scored], best: usize, left: f64) -> f64 {
    match rank_at(sums, best) {
        0 => 0.0,
        rank => score_of(rank) * (1.0 - ROUNDING) - left,
    }
}

/// What documents have by the words so far.
struct Sums<'d> {
    /// Those that are asked for.
    documents: &'d Bits,
    /// By number of the document.
    sums: Vec<f64>,
    /// Those that have any.
    met: Vec<Scored>,
}

impl Sums<'_> {
    fn add(&mut self, run: &Run<'_>, clause: &ClauseRun) {
        let mut weigher = run.weigher(clause);
        clause
            .documents
            .for_each_in(self.documents, |document, held| {
                if let Some(sum) = self.sums.get_mut(document.0 as usize) {
                    if *sum <= 0.0 {
                        self.met.push(Scored::without_score(document));
                    }
                    *sum += weigher.weigh(document, held).1 + weigher.as_typed(held);
                }
            });
        for scored in &mut self.met {
            let sum = self.sums.get(scored.document.0 as usize);
            scored.score = sum.copied().unwrap_or_default();
        }
    }

    /// The documents that have so much, by number.
    fn from(&self, least: f64) -> Vec<Scored> {
        let mut found = Bits::new(self.sums.len());
        let met = self.met.iter();
        met.filter(|scored| scored.score >= least)
            .for_each(|scored| found.insert(scored.document.0));
        let scored = found.iter().map(|document| Scored {
            document: DocumentId(document),
            score: self.sum(document),
        });
        scored.collect()
    }

    fn sum(&self, document: u32) -> f64 {
        let sum = self.sums.get(document as usize);
        sum.copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Lens;
    use crate::index::{Index, Scope};
    use crate::parse::Page;
    use crate::search::Query;
    use crate::search::matches::run::by_score;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

        /// Words of which the first are in most documents and the last in few.
        #[test]
        fn the_best_are_those_of_all_scored(
            texts in proptest::collection::vec(proptest::collection::vec((0usize..8, 0usize..8), 1..12), 30..90),
            asked in proptest::collection::vec(0usize..8, 2..6),
            best in 1usize..12,
            excluded in proptest::option::of(0usize..8),
        ) {
            let words = ["في", "من", "وقال", "موسكو", "كييف", "بكين", "باريس", "روما"];
            let word = |&(a, b): &(usize, usize)| words[a * b / 8];
            let mut index = Index::default();
            for (n, text) in (0u32..).zip(&texts) {
                let text: Vec<&str> = text.iter().map(word).collect();
                let page = Page::from_article("page", &n.to_le_bytes(), "", &text.join(" "));
                index.add(page, false).expect("new");
            }
            index.refresh();
            let asked: Vec<&str> = asked.iter().map(|&n| words[n]).collect();
            let out = excluded.map_or(String::new(), |n| format!(" -{}", words[n]));
            let query = Query::parse(&format!("{}{out}", asked.join(" ")));
            let Some(some) = query.some() else { return Ok(()) };
            for lens in [Lens::Exact, Lens::Clitics, Lens::Similar] {
                let run = Run::new(&index, &some, lens, Scope::Articles).expect("refreshed");
                let mut all = run.matching();
                run.score(&mut all);
                let mut found = run.matching();
                score(&run, &mut found, best);
                all.sort_by(by_score);
                found.sort_by(by_score);
                let of = |scored: &[Scored]| -> Vec<_> {
                    scored.iter().take(best).map(|s| (s.document, s.score.to_bits())).collect()
                };
                prop_assert_eq!(of(&found), of(&all));
            }
        }
    }

    #[test]
    fn documents_that_hold_frequent_words_alone_are_passed_over() {
        let mut index = Index::default();
        for n in 0u32..200 {
            let rare = if n % 20 == 0 {
                "موسكو بكين"
            } else {
                "غدا"
            };
            let page = Page::from_article("page", &n.to_le_bytes(), "", &format!("قال {rare}"));
            index.add(page, false).expect("new");
        }
        index.refresh();
        let query = Query::parse("قال موسكو بكين").some().expect("a list");
        let run = Run::new(&index, &query, Lens::Exact, Scope::Articles).expect("refreshed");
        let all = run.matching();
        let mut held = Bits::new(200);
        held.extend(all.iter().map(|scored| scored.document.0));
        let found = candidates(&run, &held, 200, 5).expect("some lack each word");
        assert_eq!((all.len(), found.len()), (200, 10));
    }
}
