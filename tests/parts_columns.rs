//! Facets, filters, orders and the timeline over an index in parts are those of the whole index.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;
#[path = "common/made_texts.rs"]
#[allow(dead_code, reason = "each test file uses some of it")]
mod made_texts;
#[path = "common/parts_host.rs"]
#[allow(dead_code, reason = "each test file uses some of it")]
mod parts_host;
#[path = "common/seal.rs"]
mod seal;

use kashshaf::analysis::Lens;
use kashshaf::api::{DatesReply, DatesRequest, Error, Explorer, SearchRequest};
use kashshaf::index::{Index, Scope, unpacked, write_parts};
use kashshaf::parse::Page;
use kashshaf::parse::given::{Given, GivenDate, GivenOrigin};
use kashshaf::text::date::CalendarDate;
use made_texts::text;
use parts_host::{Host, index_of, request};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use proptest::sample::select;
use std::collections::BTreeSet;

/// A text and what comes with it.
fn page() -> impl Strategy<Value = (String, Given)> {
    let names = |of: &'static [&'static str], most| {
        btree_set(select(of), 0..most).prop_map(|names| {
            let names: BTreeSet<&str> = names;
            names.into_iter().map(ToOwned::to_owned).collect()
        })
    };
    let day = proptest::option::of((2021u16..2024, 1u8..13, 1u8..29));
    let outlets = names(&["صحيفة", " قناة ", "قناة", "موقع", ""], 3);
    let keywords = names(&["كيم", "روسيا", "بلد بعيد", "Öl"], 4);
    (text(), outlets, keywords, day).prop_map(|(text, outlets, keywords, day)| {
        let published = day.map(|(year, month, day)| GivenDate {
            date: CalendarDate::new(year, month, day).expect("a day"),
            raw: String::new(),
            origin: GivenOrigin::Field,
        });
        let given = Given {
            outlets,
            keywords,
            published,
            ..Given::default()
        };
        (text, given)
    })
}

fn corpus(pages: &[(String, Given)]) -> Index {
    let read = pages
        .iter()
        .enumerate()
        .filter_map(|(number, (text, given))| {
            let mut page = Page::read(&format!("{number}.txt"), text.as_bytes()).ok()?;
            page.given = given.clone();
            Some(page)
        });
    index_of(read.collect())
}

/// A search with whatever narrows or orders it.
fn question() -> impl Strategy<Value = SearchRequest> {
    let queries = [
        "بلد",
        "كيم -outlet:قناة",
        "outlet:صحيفه",
        "بوتين date:2022",
        "date:[2021-06 TO *]",
        "keyword:بلد",
        "role:embedded",
        "role:none بلد",
        "page:1",
        "«زار كيم»",
        "",
        "كيم | keyword:oel | keyword:öl",
    ];
    let some = |of: &'static [&'static str]| {
        let chosen = btree_set(select(of), 0..3);
        let chosen = chosen.prop_map(|of: BTreeSet<&str>| of.into_iter().map(ToOwned::to_owned));
        prop_oneof![2 => Just(Vec::new()), 1 => chosen.prop_map(Iterator::collect)]
    };
    (
        select(queries.to_vec()),
        select(Lens::ALL.to_vec()),
        select(Scope::ALL.to_vec()),
        some(&["صحيفة", "قناة", "none", "لا أحد"]),
        some(&["2021", "2022-03", "2023-09-15", "none"]),
        some(&["كيم", "روسيا", "none"]),
        select(vec!["relevance", "newest", "oldest", "outlet"]),
    )
        .prop_map(
            |(query, lens, scope, outlets, dates, keywords, sort)| SearchRequest {
                outlets,
                dates,
                keywords,
                sort: Some(sort.to_owned()),
                ..request(query, lens, scope)
            },
        )
}

fn value<T: serde::Serialize>(reply: T) -> serde_json::Value {
    serde_json::to_value(reply).expect("plain data")
}

/// The part of the reply that columns tell.
fn published(reply: DatesReply) -> serde_json::Value {
    value((
        reply.scope,
        reply.published,
        reply.dated_articles,
        reply.undated_articles,
    ))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

    #[test]
    fn columns_in_parts_answer_as_the_whole_index_does(
        pages in vec(page(), 0..8),
        questions in vec(question(), 1..8),
        fresh in any::<bool>(),
    ) {
        let index = corpus(&pages);
        let mut whole = Explorer::of_index(index.clone());
        let mut host = Host::of(write_parts(&index));
        let mut explorer = host.explorer();
        for request in &questions {
            if fresh {
                explorer = host.explorer();
                host.fetched.clear();
            }
            let found = host.ask(&mut explorer, |explorer| explorer.search(request)).expect("a good request");
            let expected = whole.search(request).expect("a good request");
            prop_assert_eq!(value(&found.hits), value(&expected.hits), "{:?}", request);
            prop_assert_eq!(value(found.totals), value(expected.totals), "{:?}", request);
            prop_assert_eq!(value(&found.some), value(&expected.some), "{:?}", request);

            let found = host.ask(&mut explorer, |explorer| explorer.facets(request)).expect("a good request");
            let expected = whole.facets(request).expect("a good request");
            prop_assert_eq!(value(found), value(expected), "facets {:?}", request);

            let found = host.ask(&mut explorer, |explorer| explorer.around(request)).expect("a good request");
            let expected = whole.around(request).expect("a good request");
            prop_assert_eq!(value(found.by_scope), value(expected.by_scope), "around {:?}", request);

            let export = SearchRequest { format: Some("jsonl".to_owned()), ..request.clone() };
            let found = host.ask(&mut explorer, |explorer| explorer.export(&export)).expect("a good request");
            let expected = whole.export(&export).expect("a good request");
            prop_assert_eq!(value(found), value(expected), "export {:?}", request);
        }
        for scope in Scope::ALL {
            for unit in ["day", "month", "year"] {
                let request = DatesRequest {
                    scope: Some(scope.name().to_owned()),
                    unit: Some(unit.to_owned()),
                    ..Default::default()
                };
                let found = host.ask(&mut explorer, |explorer| explorer.dates(&request)).expect("a good request");
                prop_assert!(!found.annotated && found.mentioned.is_empty() && found.rows.is_empty());
                let expected = whole.dates(&request).expect("a good request");
                prop_assert!(expected.annotated);
                prop_assert_eq!(published(found), published(expected));
            }
        }
    }

    #[test]
    fn columns_of_nonsense_are_named(
        pages in vec(page(), 1..5),
        changed in vec((any::<proptest::sample::Index>(), any::<u8>()), 1..4),
        part in any::<proptest::sample::Index>(),
    ) {
        let mut host = Host::of(write_parts(&corpus(&pages)));
        let columns: Vec<String> = host.files.keys().filter(|name| name.starts_with("columns/")).cloned().collect();
        let name = part.get(&columns);
        let mut bytes = unpacked(name, &host.files[name]).expect("deflated");
        for (place, byte) in changed {
            *place.get_mut(&mut bytes) = byte;
        }
        host.replace(name, &bytes);
        seal::seal(&mut host.directory);
        let mut explorer = host.explorer();
        let request = request("بلد", Lens::Clitics, Scope::Articles);
        let answered = ask_if_sane(&host, &mut explorer, &request);
        if let Err(error) = answered {
            prop_assert_eq!(error.code(), "index-inconsistent", "{}", error);
        }
    }
}

/// Facets, or what a part was refused with.
fn ask_if_sane(host: &Host, explorer: &mut Explorer, request: &SearchRequest) -> Result<(), Error> {
    for _ in 0..40 {
        let names = match explorer.facets(request) {
            Err(Error::PartsMissing { names }) => names,
            answer => return answer.map(|_| ()),
        };
        for name in names {
            let bytes = unpacked(&name, &host.files[&name]).expect("deflated");
            explorer.take_part(&name, &bytes)?;
        }
    }
    panic!("asks for ever");
}

/// So many articles of two outlets, a few days and many keywords.
fn dated(articles: u32) -> Index {
    let pages = (0..articles).map(|number| {
        let text = format!("خبر {number} عن بلد\nزار كيم بلدا.");
        let mut page = Page::from_article(&number.to_string(), &number.to_le_bytes(), "", &text);
        page.given = Given {
            outlets: vec![
                if number % 3 == 0 {
                    "صحيفة"
                } else {
                    "قناة"
                }
                .to_owned(),
            ],
            keywords: vec![
                format!("وسم {}", number * 7919 % 3_001),
                format!(
                    "باب {}",
                    number.wrapping_mul(number ^ 0x9E37_79B9) / 977 % 2_999
                ),
            ],
            published: CalendarDate::new(2020 + (number % 4) as u16, 2, 1 + (number % 28) as u8)
                .map(|date| GivenDate {
                    date,
                    raw: String::new(),
                    origin: GivenOrigin::Field,
                }),
            ..Given::default()
        };
        page
    });
    index_of(pages.collect())
}

/// The columns that were fetched.
fn columns(host: &Host) -> usize {
    host.bytes().get("columns").copied().unwrap_or_default()
}

#[test]
fn columns_come_when_they_are_asked_for_and_only_those() {
    let host = || Host::of(write_parts(&dated(12_000)));
    let mut all = host();
    let sizes = all
        .files
        .iter()
        .filter(|(name, _)| name.starts_with("columns/"));
    let sizes: Vec<usize> = sizes.map(|(_, bytes)| bytes.len()).collect();
    assert!(
        sizes.len() > 3 && sizes.iter().all(|&size| size <= 64_000),
        "{sizes:?}"
    );

    let mut explorer = all.explorer();
    let plain = request("كيم", Lens::Clitics, Scope::Articles);
    let reply = all.ask(&mut explorer, |explorer| explorer.search(&plain));
    assert_eq!(reply.expect("found").totals.documents, 12_000);
    assert_eq!(columns(&all), 0, "a search alone needs none");

    let cases = [
        SearchRequest {
            outlets: vec!["صحيفة".to_owned()],
            ..plain.clone()
        },
        SearchRequest {
            query: "كيم outlet:قناة".to_owned(),
            ..plain.clone()
        },
        SearchRequest {
            sort: Some("newest".to_owned()),
            ..plain.clone()
        },
        SearchRequest {
            query: "date:2021".to_owned(),
            ..plain.clone()
        },
        SearchRequest {
            dates: vec!["2021-02".to_owned()],
            ..plain.clone()
        },
    ];
    let facets = sizes.iter().sum::<usize>();
    for case in cases {
        let mut host = host();
        let mut explorer = host.explorer();
        let reply = host.ask(&mut explorer, |explorer| explorer.search(&case));
        assert!(reply.expect("found").totals.documents >= 3_000, "{case:?}");
        let fetched = columns(&host);
        assert!(
            fetched > 0 && 4 * fetched < facets,
            "{case:?}: {fetched} of {facets}"
        );
        // No page of another order, or that is left out, was looked at.
        let pages = host
            .fetched
            .iter()
            .filter(|name| name.starts_with("pages/"));
        assert!(pages.count() <= 10, "{case:?}");
    }
    let reply = all.ask(&mut explorer, |explorer| explorer.facets(&plain));
    assert_eq!(reply.expect("counted").documents, 12_000);
    assert_eq!(columns(&all), facets);
    all.fetched.clear();
    let timeline = all.ask(&mut explorer, |explorer| {
        explorer.dates(&DatesRequest::default())
    });
    assert_eq!(timeline.expect("told").dated_articles, 12_000);
    assert!(all.fetched.is_empty(), "they are there by now");
}

#[test]
fn a_column_that_is_not_what_the_directory_names_is_refused() {
    let host = Host::of(write_parts(&dated(40)));
    let mut explorer = host.explorer();
    let plain = request("كيم", Lens::Clitics, Scope::Articles);
    let Err(Error::PartsMissing { names }) = explorer.facets(&plain) else {
        panic!("nothing is there");
    };
    let name = names
        .iter()
        .find(|name| name.starts_with("columns/"))
        .expect("a column");
    let mut bytes = unpacked(name, &host.files[name]).expect("deflated");
    bytes[1] ^= 1;
    let refused = explorer.take_part(name, &bytes).expect_err("damaged");
    assert_eq!(refused.code(), "index-damaged");
    let other = names
        .iter()
        .rfind(|name| name.starts_with("columns/"))
        .expect("another");
    let bytes = unpacked(other, &host.files[other]).expect("deflated");
    let refused = explorer.take_part(name, &bytes).expect_err("foreign");
    assert_eq!(refused.code(), "index-damaged");
    let Err(Error::PartsMissing { names: again }) = explorer.facets(&plain) else {
        panic!("it is not there");
    };
    assert_eq!(again, names);
}
