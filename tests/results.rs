//! What stands around the hits: filters, facets, order, exports, suggestions and ways on, against plain definitions.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::{add, bundled_explorer, repository};
use kashshaf::analysis::Lens;
use kashshaf::api::{Explorer, SearchRequest, SuggestRequest};
use kashshaf::index::{DocumentId, Documents, Index, Scope};
use kashshaf::parse::Page;
use kashshaf::parse::given::{Given, GivenDate, GivenOrigin};
use kashshaf::search::Query;
use kashshaf::search::columns::{Columns, Facet, Filters, NONE, count_facets};
use kashshaf::search::results::{Order, Results};
use kashshaf::text::date::CalendarDate;
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// What a document states.
#[derive(Clone, Debug)]
struct Stated {
    body: String,
    outlets: Vec<String>,
    keywords: Vec<String>,
    date: Option<(u16, u8, u8)>,
}

fn stated() -> impl Strategy<Value = Stated> {
    let names = |pattern: &'static str, most| {
        btree_set(pattern, 0..most).prop_map(|names| names.into_iter().collect::<Vec<_>>())
    };
    let date = proptest::option::of((2022u16..2024, 1u8..4, 1u8..4));
    (
        "(كلب|بلد|قلم)( (كلب|بلد|قلم)){0,5}",
        names("[ابج]", 3),
        names("[سصع]", 4),
        date,
    )
        .prop_map(|(body, outlets, keywords, date)| Stated {
            body,
            outlets,
            keywords,
            date,
        })
}

fn index_of(documents: &[Stated]) -> Index {
    let mut index = Index::default();
    for (n, stated) in documents.iter().enumerate() {
        let mut page = Page::from_article(&n.to_string(), &n.to_le_bytes(), "", &stated.body);
        page.given = Given {
            outlets: stated.outlets.clone(),
            keywords: stated.keywords.clone(),
            published: stated.date.map(|(year, month, day)| GivenDate {
                date: CalendarDate::new(year, month, day).expect("a day"),
                raw: String::new(),
                origin: GivenOrigin::Field,
            }),
            ..Given::default()
        };
        index.add(page, false).expect("new");
    }
    index.refresh();
    index
}

/// Values of a document, as a filter names them.
fn values(stated: &Stated, facet: Facet) -> Vec<String> {
    let mut values = match facet {
        Facet::Outlet => stated.outlets.clone(),
        Facet::Keyword => stated.keywords.clone(),
        Facet::Date => {
            let date = stated.date.iter();
            date.map(|(year, month, _)| format!("{year}-{month:02}"))
                .collect()
        }
        Facet::Entity => Vec::new(),
    };
    if values.is_empty() && facet != Facet::Entity {
        values.push(NONE.to_owned());
    }
    values
}

proptest! {
    #[test]
    fn filters_and_facets_are_those_of_the_definition(
        documents in vec(stated(), 1..12),
        outlets in btree_set("[ابج]|none", 0..3),
        dates in btree_set("2022|2022-0[1-3]|2023-02|none", 0..3),
        keywords in btree_set("[سصعا]|none", 0..2),
    ) {
        let index = index_of(&documents);
        let mut columns = Columns::default();
        while !columns.prepare(&index, 3) {}
        let chosen: [(Facet, Vec<String>); 3] = [
            (Facet::Outlet, outlets.into_iter().collect()),
            (Facet::Date, dates.into_iter().collect()),
            (Facet::Keyword, keywords.into_iter().collect()),
        ];
        let mut filters = Filters::default();
        for (facet, values) in &chosen {
            filters.choose(&columns, *facet, values).expect("good values");
        }
        let passes = |stated: &Stated, but: Option<Facet>| chosen.iter().all(|(facet, chosen)| {
            let has = |value: &String| chosen.iter().any(|c| value == c || (*facet == Facet::Date && value.starts_with(c.as_str())));
            chosen.is_empty() || Some(*facet) == but || values(stated, *facet).iter().any(has)
        });
        let query = Query::parse("كلب");
        let matching: Vec<usize> = (0..documents.len()).filter(|&n| documents[n].body.contains("كلب")).collect();

        let keep = |documents: &Documents<'_>, document| filters.keep(&columns, documents, document);
        let results = Results::find(&index, &query, Lens::Exact, Scope::Articles, Some(&keep)).expect("refreshed");
        let expected: Vec<u32> = matching.iter().filter(|&&n| passes(&documents[n], None)).map(|&n| n as u32).collect();
        let found: Vec<u32> = results.documents().map(|document| document.0).collect();
        prop_assert_eq!(&found, &expected);
        let occurrences = |&n: &u32| documents[n as usize].body.split(' ').filter(|word| *word == "كلب").count();
        prop_assert_eq!(results.totals(), (expected.iter().map(occurrences).sum(), expected.len()));

        let all = matching.iter().map(|&n| DocumentId(n as u32));
        let counted = count_facets(&columns, &filters, &Documents::new(&index, Scope::Articles), all);
        for (facet, counted) in Facet::ALL.into_iter().zip(counted) {
            let mut naive: BTreeMap<String, usize> = BTreeMap::new();
            for &n in matching.iter().filter(|&&n| passes(&documents[n], Some(facet))) {
                for value in values(&documents[n], facet) {
                    *naive.entry(value).or_default() += 1;
                }
            }
            if naive.keys().all(|value| value == NONE) {
                naive.clear();
            }
            let counted: BTreeMap<String, usize> = counted.into_iter().map(|count| (count.value, count.documents)).collect();
            prop_assert_eq!(counted, naive, "{}", facet.name());
        }
    }

    #[test]
    fn documents_come_in_the_order_asked_for(documents in vec(stated(), 1..12)) {
        let index = index_of(&documents);
        let mut columns = Columns::default();
        columns.prepare(&index, usize::MAX);
        let query = Query::parse("كلب");
        for order in [Order::Newest, Order::Oldest, Order::Outlet] {
            let mut results = Results::find(&index, &query, Lens::Exact, Scope::Articles, None).expect("refreshed");
            let mut expected: Vec<u32> = results.documents().map(|document| document.0).collect();
            results.order(order, &columns, usize::MAX);
            let found: Vec<u32> = results.documents().map(|document| document.0).collect();
            let date = |n: u32| documents[n as usize].date;
            let outlet = |n: u32| documents[n as usize].outlets.first().cloned();
            match order {
                Order::Newest => expected.sort_by_key(|&n| (date(n).is_none(), std::cmp::Reverse(date(n)), n)),
                Order::Oldest => expected.sort_by_key(|&n| (date(n).is_none(), date(n), n)),
                _ => {
                    let keys = |list: &[u32]| list.iter().map(|&n| (outlet(n).is_none(), outlet(n))).collect::<Vec<_>>();
                    let mut sorted = keys(&expected);
                    sorted.sort();
                    prop_assert_eq!(keys(&found), sorted);
                    continue;
                }
            }
            prop_assert_eq!(found, expected);
        }
    }
}

fn request(query: &str) -> SearchRequest {
    SearchRequest {
        query: query.to_owned(),
        ..SearchRequest::default()
    }
}

/// The whole export, in pieces of a few documents.
fn exported(explorer: &mut Explorer, query: &str, format: &str) -> String {
    let (mut text, mut offset) = (String::new(), Some(0));
    while let Some(from) = offset {
        let piece = explorer
            .export(&SearchRequest {
                format: Some(format.to_owned()),
                limit: Some(3.0),
                offset: Some(from as f64),
                ..request(query)
            })
            .unwrap();
        text.push_str(&piece.text);
        offset = piece.next;
    }
    text
}

#[test]
fn an_export_has_all_hits_and_agrees_with_the_totals() {
    let mut explorer = bundled_explorer();
    let totals = explorer.search(&request("بوتين")).unwrap().totals;
    assert!(totals.documents > 3);
    let csv = exported(&mut explorer, "بوتين", "csv");
    assert!(csv.starts_with("\u{FEFF}document,page,title,"));
    let plain = exported(&mut explorer, "بوتين", "csv-plain");
    assert!(plain.starts_with("document,"));
    // No cell of the bundled pages holds a line break.
    assert_eq!(plain.lines().count(), totals.hits + 1);
    let lines = exported(&mut explorer, "بوتين", "jsonl");
    let rows: Vec<serde_json::Value> = lines
        .lines()
        .map(|line| serde_json::from_str(line).expect("an object"))
        .collect();
    assert_eq!(rows.len(), totals.hits);
    for row in &rows {
        assert!(row["hit"].as_str().unwrap().contains("وتين"), "{row}");
        let page =
            std::fs::read_to_string(repository("corpus").join(row["page"].as_str().unwrap()))
                .unwrap();
        for context in ["before", "hit", "after"] {
            assert!(page.contains(row[context].as_str().unwrap()), "{row}");
        }
    }
    let ris = exported(&mut explorer, "بوتين", "ris");
    assert_eq!(ris.matches("TY  - NEWS\r\n").count(), totals.documents);
    assert_eq!(ris.matches("\r\nER  - \r\n").count(), totals.documents);
    let bibtex = exported(&mut explorer, "بوتين", "bibtex");
    assert_eq!(bibtex.matches("\n}\n\n").count(), totals.documents);
    let error = explorer.export(&request("بوتين")).unwrap_err();
    assert_eq!(error.code(), "bad-request");
}

#[test]
fn similar_documents_are_apart_from_those_that_match() {
    let mut explorer = Explorer::default();
    add(
        &mut explorer,
        "1.txt",
        "أطلقت كوريا صاروخا باليستيا نحو البحر.".as_bytes(),
    );
    add(
        &mut explorer,
        "2.txt",
        "سقطت صواريخ باليستية في البحر قرب اليابان.".as_bytes(),
    );
    add(
        &mut explorer,
        "3.txt",
        "فاز الفريق بكأس البطولة في كرة القدم.".as_bytes(),
    );
    for (name, text) in [
        ("4.txt", "تحسن الطقس وعاد الناس من السوق."),
        ("5.txt", "نشر الكاتب رواية جديدة عن مدينته."),
        ("6.txt", "وقع الوزير عقدا مع شركة النقل."),
        ("7.txt", "زرع الفلاح القمح قبل الشتاء."),
    ] {
        add(&mut explorer, name, text.as_bytes());
    }
    let reply = explorer.search(&request("صواريخ باليستية")).unwrap();
    let pages = |hits: &[kashshaf::api::DocumentHit]| -> Vec<String> {
        hits.iter().map(|hit| hit.page.clone()).collect()
    };
    assert_eq!(
        (pages(&reply.hits), reply.totals.documents),
        (vec!["2.txt".to_owned()], 1)
    );
    let mut similar = |asked: &SearchRequest| explorer.around(asked).unwrap().similar;
    let found = similar(&request("صواريخ باليستية"));
    assert_eq!(pages(&found), ["1.txt"]);
    assert!(
        found[0]
            .snippet
            .iter()
            .any(|piece| piece.hit && piece.text == "باليستيا")
    );
    let excluded = similar(&request("صواريخ باليستية -كوريا"));
    assert_eq!(pages(&excluded), [""; 0]);
    let words = SearchRequest {
        ranking: Some("words".to_owned()),
        ..request("صواريخ باليستية")
    };
    assert!(similar(&words).is_empty());
}

#[test]
fn exact_words_and_titles_come_first() {
    let mut explorer = Explorer::default();
    for (name, text) in [
        ("looser.txt", "خبر عن شيء\n\nزار وللرئيس الحديقة أمس."),
        ("exact.txt", "خبر عن شيء\n\nزار رئيس الحديقة أمس."),
    ] {
        add(&mut explorer, name, text.as_bytes());
    }
    let hits = explorer.search(&request("رئيس")).unwrap().hits;
    assert_eq!(hits[0].page, "exact.txt");
    assert_eq!(hits.len(), 2);
}

#[test]
fn whatever_finds_nothing_offers_what_finds_something() {
    let mut explorer = bundled_explorer();
    let cases = [
        ("بوتيين", "spelling", "بوتين"),
        ("بوتين قرنفل", "fewer", "بوتين"),
        ("«كيم الروسي»", "phrase-words", "كيم الروسي"),
        ("بوتين -روسيا", "no-exclusions", "بوتين"),
    ];
    for (query, kind, expected) in cases {
        let reply = explorer.search(&request(query)).unwrap();
        if reply.totals.documents > 0 {
            assert_eq!(kind, "no-exclusions", "{query} finds something");
            continue;
        }
        let found = explorer.around(&request(query)).unwrap().ways;
        let ways: Vec<_> = found
            .iter()
            .map(|way| (way.kind, way.query.as_str()))
            .collect();
        assert!(ways.contains(&(kind, expected)), "{query}: {ways:?}");
        for way in &found {
            let there = explorer
                .search(&SearchRequest {
                    lens: Some(way.lens.to_owned()),
                    scope: Some(way.scope.to_owned()),
                    ..request(&way.query)
                })
                .unwrap();
            assert_eq!(
                (there.totals.hits, there.totals.documents),
                (way.hits, way.documents),
                "{way:?}"
            );
            assert!(way.documents > 0);
        }
    }
    let filtered = SearchRequest {
        outlets: vec!["ليس منها".to_owned()],
        ..request("بوتين")
    };
    let reply = explorer.search(&filtered).unwrap();
    let ways = explorer.around(&filtered).unwrap().ways;
    assert_eq!((reply.totals.documents, ways[0].kind), (0, "no-filters"));
}

#[test]
fn facets_filter_as_they_count() {
    let mut explorer = bundled_explorer();
    explorer.prepare();
    let facets = explorer.facets(&request("بوتين")).unwrap();
    let total = explorer.search(&request("بوتين")).unwrap().totals.documents;
    assert_eq!(facets.documents, total);
    assert!(
        !facets
            .facets
            .iter()
            .any(|(name, rows)| *name == "entity" && !rows.is_empty())
    );
    let _ = explorer.entities(&Default::default()).unwrap();
    let facets = explorer.facets(&request("بوتين")).unwrap();
    let mut seen = 0;
    for (facet, rows) in facets.facets {
        for row in rows {
            let mut chosen = request("بوتين");
            let values = vec![row.value.clone()];
            match facet {
                "outlet" => chosen.outlets = values,
                "date" => chosen.dates = values,
                "keyword" => chosen.keywords = values,
                _ => chosen.entities = values,
            }
            let totals = explorer.search(&chosen).unwrap().totals;
            assert_eq!(totals.documents, row.documents, "{facet} {row:?}");
            assert_eq!(row.label.is_some(), facet == "entity" && row.value != NONE);
            seen += 1;
        }
    }
    assert!(seen > 10);
    let bad = SearchRequest {
        dates: vec!["أمس".to_owned()],
        ..request("بوتين")
    };
    assert_eq!(explorer.search(&bad).unwrap_err().code(), "bad-request");
}

#[test]
fn suggestions_go_on_from_the_word_at_the_caret() {
    let mut explorer = bundled_explorer();
    let suggest = |explorer: &mut Explorer, query: &str, at: Option<f64>| {
        let request = SuggestRequest {
            query: query.to_owned(),
            at,
            ..SuggestRequest::default()
        };
        explorer.suggest(&request).unwrap().suggestions
    };
    let found = suggest(&mut explorer, "كيم بوت", None);
    assert_eq!(
        (found[0].kind, found[0].query.as_str()),
        ("word", "كيم بوتين")
    );
    assert_eq!(found[0].at_utf16, "كيم بوتين".encode_utf16().count());
    assert!(found.windows(2).all(|pair| pair[0].count >= pair[1].count));
    // The caret in the first word: the second stays.
    let found = suggest(&mut explorer, "بوت كيم", Some(3.0));
    assert_eq!(found[0].query, "بوتين كيم");
    assert!(suggest(&mut explorer, "كيم ", None).is_empty());
    let near = suggest(&mut explorer, "بوتيين", None);
    assert_eq!((near[0].kind, near[0].text.as_str()), ("near", "بوتين"));
    let _ = explorer.entities(&Default::default()).unwrap();
    let names = suggest(&mut explorer, "فلادي", None);
    assert!(
        names
            .iter()
            .any(|s| s.kind == "name" && s.query == "«فلاديمير بوتين»"),
        "{names:?}"
    );
}
