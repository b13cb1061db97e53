use super::prepare::estimated_frequency;
use super::*;
use crate::parse::Page;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap};

/// BM25 over an index of the bags, as plainly as it can be written.
fn naive(documents: &[String], text: &str) -> Vec<f64> {
    let bags: Vec<HashMap<String, usize>> = documents
        .iter()
        .map(|document| {
            let mut bag = HashMap::new();
            for token in tokenize(document) {
                bag_terms(&letters_key(token.span.of(document)), |term| {
                    *bag.entry(term.to_owned()).or_insert(0) += 1;
                });
            }
            bag
        })
        .collect();
    let lengths: Vec<usize> = bags.iter().map(|bag| bag.values().sum()).collect();
    let n = documents.len();
    let average = lengths.iter().sum::<usize>() as f64 / n as f64;
    let terms: BTreeMap<String, u32> = query_terms(text).into_iter().collect();
    let scores = |share: f64| -> Vec<f64> {
        let of_bag = |(bag, &length): (&HashMap<String, usize>, &usize)| {
            terms
                .iter()
                .map(|(term, &times)| {
                    let df = bags.iter().filter(|bag| bag.contains_key(term)).count();
                    if df as f64 > (n as f64 * share).max(FEW) {
                        return 0.0;
                    }
                    let idf = bm25::idf(df, n) * f64::from(times);
                    let tf = bag.get(term).copied().unwrap_or(0);
                    bm25::weight(idf, tf as f64, u32::try_from(length).unwrap(), average)
                })
                .sum()
        };
        bags.iter().zip(&lengths).map(of_bag).collect()
    };
    let rare = scores(COMMON_SHARE);
    if rare.iter().any(|&score| score > 0.0) {
        rare
    } else {
        scores(1.0)
    }
}

fn index_of(documents: &[String]) -> Index {
    let mut index = Index::default();
    for (n, body) in documents.iter().enumerate() {
        let page = Page::from_article(&n.to_string(), &n.to_le_bytes(), "", body);
        index.add(page, false).expect("new");
    }
    index.refresh();
    index
}

#[test]
fn estimates_lie_between_one_document_and_all_occurrences() {
    for count in [1.0, 10.0, 50_000.0] {
        let mut before = 0;
        for occurrences in [0u32, 1, 2, 7, 100, 40_000, 5_000_000] {
            let found = estimated_frequency(f64::from(occurrences), count);
            assert!(found <= occurrences && f64::from(found) <= count);
            assert!(found >= before && (found > 0) == (occurrences > 0));
            before = found;
        }
    }
}

proptest! {
    #[test]
    fn scores_are_those_of_an_index_of_the_bags(
        documents in proptest::collection::vec("([ابتمكروينل]{1,7} ){1,12}", 1..8),
        text in "([ابتمكروينل]{1,7} ){1,4}",
    ) {
        let index = index_of(&documents);
        let ranked = BagRanking::new(&index, Scope::Articles).expect("refreshed").rank(&index, &text, usize::MAX);
        let expected = naive(&documents, &text);
        let found: HashMap<u32, f64> = ranked.iter().map(|(d, score)| (d.0, *score)).collect();
        for (n, expected) in (0u32..).zip(expected) {
            let score = found.get(&n).copied().unwrap_or(0.0);
            prop_assert!((score - expected).abs() < 1e-9, "document {n}: {score} for {expected}");
        }
        prop_assert!(ranked.windows(2).all(|pair| pair[0].1 >= pair[1].1));
    }

    #[test]
    fn the_best_few_are_the_first_of_all(
        documents in proptest::collection::vec("([ابتمكروينل]{1,4} ){1,12}", 1..40),
        text in "([ابتمكروينل]{1,5} ){2,9}",
        limit in 1usize..5,
    ) {
        let index = index_of(&documents);
        let ranking = BagRanking::new(&index, Scope::Articles).expect("refreshed");
        let mut all = ranking.rank(&index, &text, usize::MAX);
        all.truncate(limit);
        // Not nearly the same: the sums are made in the same order.
        prop_assert_eq!(ranking.rank(&index, &text, limit), all);
    }
}
