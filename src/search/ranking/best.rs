//! Scores the documents that may be among the best, where many hold some of the words.
//!
//! Where enough documents have more by the rare words than the frequent ones can add, those that hold
//! none of the rare ones are out, however many they are (`MaxScore`: Turtle and Flood 1995).

use crate::search::matches::run::{ClauseRun, EXACT, Run, Scored};
use crate::sorting::{at_rank, rank_of, score_of};

/// A word is rare that one of so many of the documents holds, or fewer.
const RARE: usize = 4;

/// What rounding may take of a sum, in parts.
const ROUNDING: f64 = 1e-6;

/// Scores documents, which come by number; of those that are not among the best so many some are left without a score.
pub(in crate::search) fn score(run: &Run<'_>, documents: &mut [Scored], best: usize) {
    let candidates = candidates(run, documents, best);
    let Some(mut candidates) = candidates else {
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

/// The documents that may be among the best, by number; none where the rare words do not tell.
fn candidates(run: &Run<'_>, documents: &[Scored], best: usize) -> Option<Vec<Scored>> {
    let is_rare = |clause: &&ClauseRun| RARE * clause.documents.len() < documents.len();
    if documents.len() <= best || !run.required().any(|clause| is_rare(&clause)) {
        return None;
    }
    let mut has_rare = vec![false; run.documents.numbers()];
    for clause in run.required().filter(is_rare) {
        clause.documents.note(&mut has_rare);
    }
    let has_rare = |scored: &&Scored| has_rare.get(scored.document.0 as usize) == Some(&true);
    let mut sums: Vec<Scored> = documents.iter().filter(has_rare).copied().collect();
    if sums.len() <= best {
        return None;
    }
    // What the frequent words can add.
    let mut most = 0.0;
    for clause in run.required() {
        if is_rare(&clause) {
            for as_typed in [false, true] {
                run.add(clause, as_typed, &mut sums, None);
            }
        } else {
            most += (1.0 + EXACT + ROUNDING) * run.idf(clause);
        }
    }
    let ranks = sums.iter().map(|scored| rank_of(scored.score));
    let last = score_of(at_rank(ranks, best));
    let least = last * (1.0 - ROUNDING) - most;
    if least <= 0.0 {
        return None;
    }
    sums.retain(|scored| scored.score >= least);
    for scored in &mut sums {
        scored.score = 0.0;
    }
    Some(sums)
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
        let found = candidates(&run, &all, 5).expect("some lack each word");
        assert_eq!((all.len(), found.len()), (200, 10));
    }
}
