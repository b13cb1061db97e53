//! Where no document holds all the words: those that hold some. And words that are read in other spellings.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::{add, bundled_explorer};
use kashshaf::api::{EntitiesRequest, Explorer, PageRequest, SearchReply, SearchRequest};
use kashshaf::index::Scope;
use kashshaf::search::columns::Columns;
use kashshaf::search::results::{Order, Results};
use kashshaf::search::{Query, Search};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

const WORDS: [&str; 6] = ["كلب", "بلد", "قلم", "شجر", "نهر", "جبل"];

fn explorer_of(bodies: &[Vec<usize>]) -> Explorer {
    let mut explorer = Explorer::default();
    for (number, body) in bodies.iter().enumerate() {
        let words: Vec<&str> = body.iter().map(|&word| WORDS[word]).collect();
        let text = format!("وثيقة{number} {}.", words.join(" "));
        add(&mut explorer, &format!("{number:02}.txt"), text.as_bytes());
    }
    explorer
}

proptest! {
    #[test]
    fn some_words_are_found_where_no_document_has_all(
        bodies in vec(vec(0usize..5, 0..4), 1..14),
        asked in proptest::sample::subsequence((0..6).collect::<Vec<usize>>(), 1..4),
        excluded in proptest::option::weighted(0.3, 0usize..6),
        limit in 1usize..5,
    ) {
        let mut explorer = explorer_of(&bodies);
        let excluded = excluded.filter(|word| !asked.contains(word));
        let mut query: Vec<String> = asked.iter().map(|&word| WORDS[word].to_owned()).collect();
        query.extend(excluded.map(|word| format!("-{}", WORDS[word])));
        let request = |offset: usize| SearchRequest {
            query: query.join(" "),
            limit: Some(limit as f64),
            offset: Some(offset as f64),
            ..SearchRequest::default()
        };
        let held = |body: &Vec<usize>| asked.iter().filter(|word| body.contains(word)).count();
        let may = |body: &&Vec<usize>| excluded.is_none_or(|word| !body.contains(&word));
        let all = bodies.iter().filter(may).filter(|body| held(body) == asked.len()).count();
        let some: Vec<&Vec<usize>> = bodies.iter().filter(may).filter(|body| held(body) > 0).collect();
        let first = explorer.search(&request(0)).unwrap();
        prop_assert_eq!(first.totals.documents, all);
        if all > 0 || asked.len() < 2 || some.is_empty() {
            prop_assert_eq!(first.some, None);
            return Ok(());
        }
        // Leafed through piece by piece, each document comes once, best first.
        let (mut seen, mut last) = (BTreeSet::new(), f64::INFINITY);
        let occurrences: usize = some.iter().map(|body| body.iter().filter(|word| asked.contains(word)).count()).sum();
        for offset in (0..some.len()).step_by(limit) {
            let reply = explorer.search(&request(offset)).unwrap();
            let found = reply.some.expect("more of them");
            prop_assert_eq!((found.totals.hits, found.totals.documents), (occurrences, some.len()));
            prop_assert_eq!(found.hits.len(), limit.min(some.len() - offset));
            for hit in &found.hits {
                prop_assert!(hit.score <= last);
                last = hit.score;
                let number: usize = hit.page.trim_end_matches(".txt").parse().unwrap();
                let lacked = (0..asked.len()).filter(|&at| !bodies[number].contains(&asked[at]));
                prop_assert_eq!(&hit.missing, &lacked.collect::<Vec<_>>());
                prop_assert!(hit.occurrences > 0 && !hit.snippet.is_empty());
                prop_assert!(seen.insert(hit.document.clone()));
            }
            let similar = explorer.around(&request(0)).unwrap().similar;
            let also = similar.iter().filter(|hit| seen.contains(&hit.document)).count();
            prop_assert_eq!(also, 0, "similar documents are others");
        }
        prop_assert_eq!(seen.len(), some.len());
    }
}

fn search(
    explorer: &mut Explorer,
    query: &str,
    change: &dyn Fn(&mut SearchRequest),
) -> SearchReply {
    let mut request = SearchRequest {
        query: query.to_owned(),
        ..SearchRequest::default()
    };
    change(&mut request);
    explorer.search(&request).unwrap()
}

#[test]
fn what_has_some_words_is_told_by_groups_and_conditions() {
    let mut explorer = explorer_of(&[vec![0, 1], vec![2], vec![3, 4]]);
    // query, documents with some, missing of the first
    let cases: &[(&str, usize, &[usize])] = &[
        ("كلب قلم", 2, &[]),
        ("كلب قلم جبل", 2, &[]),
        ("(كلب | بلد) جبل", 1, &[2]),
        ("كلب page:01 قلم", 1, &[0]),
        ("«كلب بلد» جبل", 1, &[1]),
        ("كلب جبل role:main", 1, &[1]),
        ("كلب جبل role:embedded", 0, &[]),
        ("جبل", 0, &[]),
        ("جبل | قمر", 0, &[]),
        ("«كلب جبل»", 0, &[]),
    ];
    for (query, documents, missing) in cases {
        let reply = search(&mut explorer, query, &|_| {});
        let found = reply.some.as_ref().map_or(0, |some| some.totals.documents);
        assert_eq!(found, *documents, "{query}: {:?}", reply.some);
        if let (Some(some), false) = (&reply.some, missing.is_empty()) {
            assert_eq!(some.hits[0].missing, *missing, "{query}");
        }
    }
}

#[test]
fn an_embedded_article_with_all_words_leaves_room_for_main_ones_with_some() {
    // Every mention of ترامب in the bundled pages is outside the pages' own articles.
    let mut explorer = bundled_explorer();
    let query = "ترامب أوكرانيا";
    let all = search(&mut explorer, query, &|_| {});
    assert!(all.totals.documents > 0);
    assert!(all.hits.iter().all(|hit| hit.role == "embedded"));
    let some = all.some.expect("main articles have one of the words");
    assert!(some.hits.iter().any(|hit| hit.role == "main"));
    assert!(some.hits.iter().all(|hit| hit.missing.len() == 1));
    let shown: BTreeSet<_> = all.hits.iter().map(|hit| &hit.document).collect();
    assert!(some.hits.iter().all(|hit| !shown.contains(&hit.document)));
    let main = search(&mut explorer, query, &|request| {
        request.scope = Some("main".to_owned());
    });
    assert_eq!(main.totals.documents, 0);
    let some = main.some.expect("main articles have one of the words");
    // The reader marks what was found, all words or some.
    let request = PageRequest {
        id: some.hits[0].document.clone(),
        query: Some(query.to_owned()),
        scope: Some("main".to_owned()),
        ..PageRequest::default()
    };
    let read = explorer.page(&request).unwrap();
    assert_eq!(read.totals.hits, some.hits[0].occurrences);
    let found = search(&mut explorer, "بوتين كيم", &|_| {});
    assert_eq!(found.some, None, "a main article has both words");
}

#[test]
fn loosening_counts_as_a_search_for_any_of_the_words() {
    let index = common::bundled_index();
    for text in [
        "بوتين قققق",
        "«كوريا الشمالية» ممممم صاروخ*",
        "كيم~ قققق -الصين",
    ] {
        let query = Query::parse(text);
        let some = query.some().expect("a list of words");
        for (lens, scope) in kashshaf::analysis::Lens::ALL
            .iter()
            .flat_map(|&l| Scope::ALL.map(|s| (l, s)))
        {
            let mut results = Results::find(&index, &query, lens, scope, None).expect("refreshed");
            assert_eq!(results.totals().1, 0, "{text}");
            results.loosen(&some, None, None);
            assert_eq!(
                results.totals(),
                Search::new(&index).totals(&some, lens, scope),
                "{text}"
            );
        }
    }
}

#[test]
fn the_best_with_some_words_are_those_of_all_with_some() {
    let index = common::bundled_index();
    let columns = Columns::default();
    for text in [
        "بوتين قققق",
        "كيم بوتين في",
        "«كوريا الشمالية» ممممم صاروخ* على",
        "كيم~ روسيا بكين الذي",
        "كيم بوتين -الصين",
    ] {
        let query = Query::parse(text);
        let some = query.some().expect("a list of words");
        for (lens, scope) in kashshaf::analysis::Lens::ALL
            .iter()
            .flat_map(|&l| Scope::ALL.map(|s| (l, s)))
        {
            let found = |best: Option<usize>| {
                let mut results = Results::find(&index, &query, lens, scope, None).unwrap();
                results.loosen(&some, None, best);
                let totals = results.totals();
                let best = best.unwrap_or(usize::MAX);
                results.order(Order::Relevance, &columns, best);
                let shown = results.page(0..best).into_iter();
                let shown = shown.map(|found| (found.document, found.score.to_bits()));
                (totals, shown.collect::<Vec<_>>())
            };
            let (totals, all) = found(None);
            for best in [0, 1, 2, 5, 10, 100] {
                let (totals_of_best, shown) = found(Some(best));
                assert_eq!(totals_of_best, totals, "{text}");
                assert_eq!(shown, all[..best.min(all.len())], "{text} {best}");
            }
        }
    }
}

#[test]
fn a_hit_through_a_latin_name_says_so() {
    let mut explorer = bundled_explorer();
    let names = |request: &mut SearchRequest| request.also = Some(vec!["names".to_owned()]);
    let plain = search(&mut explorer, "Putin", &|_| {});
    assert_eq!(plain.totals.hits, 0);
    let found = search(&mut explorer, "Putin", &names);
    let arabic = search(&mut explorer, "بوتين", &|_| {});
    assert_eq!(found.totals, arabic.totals);
    let mut told = 0;
    for reason in found
        .hits
        .iter()
        .flat_map(|hit| &hit.reasons)
        .chain(found.clauses[0].reasons.iter().flatten())
    {
        assert_eq!(
            (reason.step, reason.detail.as_str()),
            ("name", "بوتين"),
            "{}",
            reason.form
        );
        told += 1;
    }
    assert!(told > found.hits.len());
    // Beside other words, in phrases and in the reader.
    assert!(search(&mut explorer, "Putin روسيا", &names).totals.hits > 0);
    assert!(
        search(&mut explorer, "«Vladimir Putin»", &names)
            .totals
            .hits
            > 0
    );
    let request = PageRequest {
        id: found.hits[0].document.clone(),
        query: Some("Putin".to_owned()),
        also: Some(vec!["names".to_owned()]),
        ..PageRequest::default()
    };
    assert!(explorer.page(&request).unwrap().totals.hits > 0);
    // Words that are no names of the corpus stay as they are.
    assert_eq!(search(&mut explorer, "Qwxz", &names).totals.hits, 0);
    let request = SearchRequest {
        query: "x".to_owned(),
        also: Some(vec!["stems".to_owned()]),
        ..SearchRequest::default()
    };
    assert_eq!(
        explorer.search(&request).unwrap_err().data().code,
        "bad-request"
    );
}

#[test]
fn a_hit_through_an_alias_says_so() {
    let mut explorer = Explorer::default();
    let texts = [
        "قال الرئيس الأمريكي دونالد ترامب إن دونالد ترامب سعيد. وعاد ترامب.",
        "قال الرئيس الأمريكي دونالد ترمب في خطاب. وعاد ترمب إلى البيت. وقال دونالد ترمب ذلك.",
        "زار الوفد بيونغيانغ عاصمة كوريا الشمالية. وفي بيونغيانغ قال المسؤول ذلك.",
        "وصل الوفد إلى بيونغ يانغ عاصمة كوريا الشمالية. وفي بيونغ يانغ قال المسؤول ذلك.",
    ];
    for (number, text) in texts.iter().enumerate() {
        add(&mut explorer, &format!("{number}.txt"), text.as_bytes());
    }
    let aliases = |request: &mut SearchRequest| request.also = Some(vec!["aliases".to_owned()]);
    // Before names have been looked for nothing is known of them.
    let before = search(&mut explorer, "ترامب", &aliases);
    assert_eq!(before.totals.documents, 1);
    explorer.entities(&EntitiesRequest::default()).unwrap();
    // typed, documents without and with aliases, a form, its step, the spelling it was read as
    let cases = [
        ("ترامب", 1, 2, "ترمب", "ترمب"),
        ("ترمب", 1, 2, "ترامب", "ترامب"),
        ("«دونالد ترامب»", 1, 2, "ترمب", "ترمب"),
        ("بيونغيانغ", 1, 2, "يانغ", "يانغ"),
        ("«بيونغ يانغ»", 1, 2, "بيونغيانغ", "بيونغيانغ"),
    ];
    for (typed, without, with, form, read) in cases {
        assert_eq!(
            search(&mut explorer, typed, &|_| {}).totals.documents,
            without,
            "{typed}"
        );
        let found = search(&mut explorer, typed, &aliases);
        assert_eq!(found.totals.documents, with, "{typed}");
        let reasons: Vec<_> = found.hits.iter().flat_map(|hit| &hit.reasons).collect();
        let told = reasons.iter().find(|reason| reason.form == form);
        let told = told.unwrap_or_else(|| panic!("{typed}: {reasons:?}"));
        assert_eq!(
            (told.step, told.detail.as_str()),
            ("alias", read),
            "{typed}"
        );
    }
    let both = search(&mut explorer, "ترامب بيونغيانغ", &aliases);
    let some = both.some.expect("each of the two in two documents");
    assert_eq!(some.totals.documents, 4);
    assert!(
        some.hits.iter().all(|hit| hit.missing.len() == 1),
        "{:?}",
        some.hits
    );
}
