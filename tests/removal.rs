//! A corpus that pages were taken out of answers as one that never had them.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

use kashshaf::api::{Explorer, FileOptions, LedgerRequest, PageRequest, SearchRequest};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeSet;

const WORDS: &[&str] = &[
    "بوتين",
    "وبوتين",
    "كيم",
    "روسيا",
    "الروسية",
    "بلد",
    "البلد",
    "بلدة",
    "أمر",
    "امر",
    "في",
    "قال",
    "19",
];

fn text() -> impl Strategy<Value = String> {
    let word = proptest::sample::select(WORDS);
    let gap = proptest::sample::select(&[" ", " ", ". ", "\n", "\n\n", "\nالمصدر: روسيا اليوم\n"]);
    vec((word, gap), 1..30).prop_map(|pieces| {
        pieces
            .into_iter()
            .flat_map(|(word, gap)| [word, gap])
            .collect()
    })
}

/// An explorer of some texts, and the id of each page by its text.
fn explorer(texts: &[&String]) -> (Explorer, Vec<String>) {
    let mut explorer = Explorer::default();
    let ids = texts.iter().map(|text| {
        // Lines of the ledger are named by the text, so that they can be compared.
        let options = FileOptions {
            name: (*text).clone(),
            ..FileOptions::default()
        };
        explorer
            .add_file(&options, text.as_bytes())
            .id
            .expect("an id")
    });
    let ids = ids.collect();
    (explorer, ids)
}

/// All that is compared: totals, documents and scores of every query in every scope, and whole pages.
fn answers(explorer: &mut Explorer, ids: &[&String]) -> Vec<String> {
    let mut answers = Vec::new();
    for query in ["بوتين", "بلد", "«في بلد»", "بو*", "امر -كيم", "روسيا كيم"]
    {
        for scope in ["main", "articles", "pages"] {
            let request = SearchRequest {
                query: query.to_owned(),
                scope: Some(scope.to_owned()),
                limit: Some(50.0),
                ..SearchRequest::default()
            };
            let reply = explorer.search(&request).expect("a reply");
            let around = explorer.around(&request).expect("a reply");
            answers.push(format!(
                "{query} {scope} {:?} {:?} {:?}",
                reply.totals, around.by_lens, around.by_scope
            ));
            let hits: BTreeSet<String> = reply
                .hits
                .iter()
                .map(|hit| format!("{} {} {}", hit.document, hit.score, hit.occurrences))
                .collect();
            answers.push(format!("{hits:?}"));
        }
    }
    for id in ids {
        let request = PageRequest {
            id: (*id).clone(),
            ..PageRequest::default()
        };
        let page = explorer.page(&request).expect("the page");
        answers.push(serde_json::to_string(&page).expect("JSON"));
    }
    let ledger = explorer
        .ledger(&LedgerRequest::default())
        .expect("a ledger");
    answers.push(format!("{} {}", ledger.totals.pages, ledger.totals.words));
    answers
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    #[test]
    fn nothing_is_left_of_pages_that_were_taken_out(texts in proptest::collection::btree_set(text(), 1..12), out in vec(any::<bool>(), 12)) {
        let texts: Vec<&String> = texts.iter().collect();
        let (mut explorer_of_all, ids) = explorer(&texts);
        let distinct: BTreeSet<&String> = ids.iter().collect();
        // Copies lie apart: one of them is no page.
        prop_assume!(distinct.len() == ids.len());
        let removed: Vec<String> = ids.iter().zip(&out).filter(|(_, out)| **out).map(|(id, _)| id.clone()).collect();
        let kept: Vec<&String> = texts.iter().zip(&out).filter(|(_, out)| !**out).map(|(text, _)| *text).collect();
        let (mut never, kept_ids) = explorer(&kept);
        let kept_ids: Vec<&String> = kept_ids.iter().collect();

        let unknown = ["0123456789abcdef".to_owned(), ids[0].clone()];
        prop_assert!(explorer_of_all.remove_pages(&unknown).is_err());
        prop_assert_eq!(explorer_of_all.remove_pages(&removed).expect("known"), removed.len());
        let overview = |explorer: &mut Explorer| explorer.overview(&kashshaf::api::OverviewRequest::default()).expect("an overview").fingerprint;
        prop_assert_eq!(overview(&mut explorer_of_all), overview(&mut never));
        prop_assert_eq!(answers(&mut explorer_of_all, &kept_ids), answers(&mut never, &kept_ids));
        for id in &removed {
            let request = PageRequest { id: id.clone(), ..PageRequest::default() };
            prop_assert!(explorer_of_all.page(&request).is_err());
        }
        // What was taken out can be added again.
        for (text, _) in texts.iter().zip(&out).filter(|(_, out)| **out) {
            let options = FileOptions { name: (*text).clone(), ..FileOptions::default() };
            prop_assert_eq!(explorer_of_all.add_file(&options, text.as_bytes()).status, "read");
        }
        let (mut whole, _) = explorer(&texts);
        prop_assert_eq!(overview(&mut explorer_of_all), overview(&mut whole));
    }
}
