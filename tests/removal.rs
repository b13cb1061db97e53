//! A corpus that pages were taken out of answers as one that never had them.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[path = "common/archives.rs"]
#[allow(dead_code, reason = "each test file uses some of it")]
mod archives;

use archives::{Packed, zip};
use kashshaf::api::{
    BeginRequest, Explorer, FileOptions, LedgerRequest, OverviewRequest, PageRequest, Reader,
    ReaderRequest, RemoveRequest, SearchRequest,
};
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

        let unknown = ["0123456789abcdef", "بوتين", ""].map(ToOwned::to_owned).to_vec();
        let request = RemoveRequest { ids: Some([unknown, removed.clone()].concat()), ..RemoveRequest::default() };
        let reply = explorer_of_all.remove(&request).expect("known");
        prop_assert_eq!((reply.pages, reply.bundled), (removed.len(), Vec::<String>::new()));
        let overview = |explorer: &mut Explorer| explorer.overview(&OverviewRequest::default()).expect("an overview").fingerprint;
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

/// Lines of the ledger: path, status, reason, pages and the page that is the same.
fn lines(explorer: &Explorer) -> Vec<(String, &'static str, Option<String>, u64, bool)> {
    let ledger = explorer
        .ledger(&LedgerRequest::default())
        .expect("a ledger");
    let lines = ledger.lines.into_iter();
    lines
        .map(|line| {
            let same = line.same_as.is_some();
            (line.path, line.status, line.reason, line.pages, same)
        })
        .collect()
}

fn read_archive(explorer: &mut Explorer, file: f64, name: &str, bytes: &[u8]) {
    let mut reader = Reader::new(&ReaderRequest::default()).expect("a reader");
    let request = BeginRequest {
        name: name.to_owned(),
        file: Some(file),
        size: Some(bytes.len() as f64),
        ..BeginRequest::default()
    };
    reader.begin(&request).expect("it is begun");
    while let Some(want) = reader.want() {
        reader.give(&bytes[want.from as usize..][..want.length]);
        while let Some(piece) = reader.take() {
            explorer.add_records(&piece).expect("records");
        }
    }
}

fn of_source(file: u32, member: Option<u32>) -> RemoveRequest {
    RemoveRequest {
        file: Some(f64::from(file)),
        member: member.map(f64::from),
        ..RemoveRequest::default()
    }
}

#[test]
fn a_member_a_file_and_a_bundled_page_are_taken_out_and_the_ledger_says_so() {
    let text = |what: &str| {
        format!(
            "نبت {what} في حديقة البيت القديم، وكتب الأستاذ عنه مقالة طويلة نشرتها الصحيفة في عددها الأخير يوم أمس."
        )
    };
    let texts = ["القرنفل", "الورد", "الياسمين", "النرجس"].map(text);
    let packed = |name, text| Packed {
        name,
        bytes: str::as_bytes(text),
        method: 8,
    };
    let inner = zip(&[packed("ب.txt", &texts[1]), packed("ج.txt", &texts[2])]);
    let outer = zip(&[
        packed("أ.txt", &texts[0]),
        Packed {
            name: "داخل.zip",
            bytes: &inner,
            method: 0,
        },
        packed("د.txt", &texts[3]),
    ]);
    let mut explorer = Explorer::default();
    let plain = |name: &str, bundled, file| FileOptions {
        name: name.to_owned(),
        bundled: Some(bundled),
        file,
    };
    let bundled = explorer.add_file(&plain("مرفق.txt", true, None), text("الزعتر").as_bytes());
    read_archive(&mut explorer, 1.0, "كل.zip", &outer);
    explorer.add_file(&plain("نسخة.txt", false, Some(2.0)), texts[1].as_bytes());
    let line = |path: &str, status, reason: Option<&str>, pages, same| {
        (
            path.to_owned(),
            status,
            reason.map(ToOwned::to_owned),
            pages,
            same,
        )
    };
    let as_read = [
        line("كل.zip", "split", None, 0, false),
        line("كل.zip/أ.txt", "read", None, 1, false),
        line("كل.zip/داخل.zip", "split", None, 0, false),
        line("كل.zip/داخل.zip/ب.txt", "read", None, 1, false),
        line("كل.zip/داخل.zip/ج.txt", "read", None, 1, false),
        line("كل.zip/د.txt", "read", None, 1, false),
        line("نسخة.txt", "duplicate", Some("same-bytes"), 0, true),
    ];
    assert_eq!(lines(&explorer), as_read);
    assert!(
        explorer
            .remove(&of_source(7, None))
            .is_ok_and(|reply| reply.pages == 0)
    );
    assert_eq!(lines(&explorer), as_read, "a file that is not there");

    let inner_member = 2;
    assert_eq!(
        explorer
            .remove(&of_source(1, Some(inner_member)))
            .expect("removed")
            .pages,
        2
    );
    let mut expected = as_read.clone();
    for at in [3, 4] {
        expected[at].1 = "skipped";
        expected[at].2 = Some("taken-out".to_owned());
        expected[at].3 = 0;
    }
    // Its copy was passed over and does not come back; what it was a copy of is no longer there to be opened.
    expected[6].4 = false;
    assert_eq!(lines(&explorer), expected);

    // What an index file holds says the same, and its pages come under the file that holds them.
    let saved = explorer.save_index().expect("an index");
    let mut other = Explorer::default();
    other.open_index(&plain("متن.kashshaf", false, Some(5.0)), saved);
    let under: Vec<_> = lines(&other)
        .into_iter()
        .skip(1)
        .map(|line| line.1)
        .collect();
    let before: Vec<_> = expected.iter().map(|line| line.1).collect();
    assert_eq!(under, before);
    assert_eq!(other.remove(&of_source(5, None)).expect("removed").pages, 2);

    assert_eq!(
        explorer.remove(&of_source(1, None)).expect("removed").pages,
        2
    );
    let request = RemoveRequest {
        ids: bundled.id.clone().map(|id| vec![id]),
        ..RemoveRequest::default()
    };
    let reply = explorer.remove(&request).expect("removed");
    assert_eq!(
        (reply.pages, reply.bundled),
        (1, Vec::from_iter(bundled.id))
    );
    let overview = explorer
        .overview(&OverviewRequest::default())
        .expect("an overview");
    assert_eq!(overview.totals.pages, 0);

    // The same file again is read as if for the first time.
    read_archive(&mut explorer, 3.0, "كل.zip", &outer);
    let again: Vec<_> = lines(&explorer)
        .into_iter()
        .skip(7)
        .map(|line| line.1)
        .collect();
    assert_eq!(again, ["split", "read", "split", "read", "read", "read"]);
}
