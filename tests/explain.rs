//! What a score is told to be made of adds up to the score that ordered the list: for every query, lens, scope and
//! option, for documents with all words, with some, and for similar ones.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::{add, bundled_explorer, bundled_index};
use kashshaf::analysis::Lens;
use kashshaf::api::{
    DocumentHit, ExplainReply, ExplainRequest, ExplainedPartReply, Explorer, SearchRequest,
};
use kashshaf::index::{DocumentId, Scope};
use kashshaf::search::bag_ranking::BagRanking;
use kashshaf::search::bm25::{B, K1};
use kashshaf::search::columns::Columns;
use kashshaf::search::results::{Order, Results};
use kashshaf::search::{Part, Query};
use std::collections::BTreeSet;

const QUERIES: &[&str] = &[
    "بوتين",
    "بوتين كيم -أوباما",
    "«كوريا الشمالية» | ترمب",
    "صاروخ (روسيا OR الصين)",
    "كيم ~5 بوتين",
    "title:بوتين روس*",
    "role:main الرئيس",
    "بوتين قققق الصاروخ",
    "«الرئيس الروسي» ممممم كيم~",
    "Putin",
];

/// Checks the sums against a score, and each weight against its formula.
fn check(told: &ExplainReply, score: f64, context: &str) {
    let sum: f64 = told.parts.iter().map(|part| part.weight).sum();
    assert!((sum - told.score).abs() < 1e-9, "{context}: {told:?}");
    assert!(
        (told.score - score).abs() < 1e-6,
        "{context}: {} {score}",
        told.score
    );
    let names: Vec<&str> = told.parts.iter().map(|part| part.part).collect();
    let order = ["words", "exact", "bag", "title", "recent", "outlet"];
    let in_order: Vec<&str> = order
        .into_iter()
        .filter(|name| names.contains(name))
        .collect();
    assert_eq!(names, in_order, "{context}");
    for part in &told.parts {
        let sum: f64 = part.terms.iter().map(|term| term.weight).sum();
        assert!((sum - part.weight).abs() < 1e-9, "{context}: {part:?}");
        check_terms(part, told.documents, context);
    }
}

fn check_terms(part: &ExplainedPartReply, documents: usize, context: &str) {
    let held_back = 1.0 - B + B * f64::from(part.length) / part.average;
    for term in &part.terms {
        let expected = match part.part {
            "words" | "bag" if term.tf > 0.0 => term.idf * term.tf / (term.tf + K1 * held_back),
            "words" | "bag" => 0.0,
            "exact" => term.idf / 10.0,
            "title" => term.idf / 2.0,
            _ => term.weight,
        };
        assert!((expected - term.weight).abs() < 1e-9, "{context}: {term:?}");
        if matches!(part.part, "words" | "exact" | "title") {
            let (n, df) = (documents as f64, term.df as f64);
            let idf = ((n - df + 0.5).max(0.0) / (df + 0.5)).ln_1p();
            assert!((idf - term.idf).abs() < 1e-9, "{context}: {term:?}");
        }
    }
}

/// A corpus with dates and outlets beside the bundled pages.
fn explorer() -> Explorer {
    let mut explorer = bundled_explorer();
    let pages = [
        ("a", "بوتين يزور الصين", "2023-09-01", "وكالة أ"),
        (
            "b",
            "لقاء كيم مع وزير الخارجية الروسي",
            "2023-09-20",
            "وكالة ب",
        ),
        ("c", "الصاروخ الجديد في بوتينا", "2023-06-01", "وكالة أ"),
    ];
    for (name, title, date, outlet) in pages {
        let text = format!(
            "{title}\n\nقال الرئيس بوتين إن روسيا تطلق صاروخ. المصدر: {outlet}\nتاريخ النشر: {date}\n"
        );
        add(&mut explorer, &format!("{name}.txt"), text.as_bytes());
    }
    explorer
}

/// The request for an explanation of a document of a search.
fn request(search: &SearchRequest, document: &str) -> ExplainRequest {
    let search = search.clone();
    ExplainRequest {
        query: search.query,
        lens: search.lens,
        apart: search.apart,
        also: search.also,
        scope: search.scope,
        sort: search.sort,
        ranking: search.ranking,
        recent: search.recent,
        prefer_outlet: search.prefer_outlet,
        outlets: search.outlets,
        dates: search.dates,
        keywords: search.keywords,
        entities: search.entities,
        document: document.to_owned(),
    }
}

/// Options of a search, each under a name.
fn options() -> Vec<(&'static str, SearchRequest)> {
    let with = |name, change: &dyn Fn(&mut SearchRequest)| {
        let mut search = SearchRequest {
            limit: Some(1_000.0),
            ..SearchRequest::default()
        };
        change(&mut search);
        (name, search)
    };
    vec![
        with("plain", &|_| {}),
        with("words", &|s| s.ranking = Some("words".to_owned())),
        with("bags", &|s| s.ranking = Some("bags".to_owned())),
        with("recent", &|s| s.recent = Some(true)),
        with("outlet", &|s| {
            s.prefer_outlet = Some("روسيا اليوم".to_owned());
        }),
        with("both", &|s| {
            (s.recent, s.prefer_outlet) = (Some(true), Some("وكالة أ".to_owned()));
        }),
        with("newest", &|s| s.sort = Some("newest".to_owned())),
        with("filtered", &|s| {
            s.dates = vec!["2023".to_owned(), "none".to_owned()];
        }),
        with("apart", &|s| {
            s.apart = Some(vec!["teh".to_owned(), "yeh".to_owned()]);
        }),
        with("names", &|s| s.also = Some(vec!["names".to_owned()])),
    ]
}

#[test]
fn what_is_told_adds_up_to_the_score_of_every_document_of_every_list() {
    let mut explorer = explorer();
    let mut seen: BTreeSet<(&str, &str)> = BTreeSet::new();
    for (option, search) in options() {
        for text in QUERIES {
            for (lens, scope) in Lens::ALL
                .into_iter()
                .flat_map(|lens| Scope::ALL.map(|scope| (lens, scope)))
            {
                let search = SearchRequest {
                    query: (*text).to_owned(),
                    lens: Some(lens.name().to_owned()),
                    scope: Some(scope.name().to_owned()),
                    ..search.clone()
                };
                let context = format!("{option} {text} {lens:?} {scope:?}");
                let reply = explorer.search(&search).unwrap();
                let similar = explorer.around(&search).unwrap().similar;
                let some = reply.some.iter().flat_map(|some| &some.hits);
                let lists: [(&str, Vec<&DocumentHit>); 3] = [
                    ("all", reply.hits.iter().collect()),
                    ("some", some.collect()),
                    ("similar", similar.iter().collect()),
                ];
                for (list, hits) in lists {
                    for (rank, hit) in hits.iter().enumerate() {
                        let told = explorer.explain(&request(&search, &hit.document)).unwrap();
                        let context = format!("{context} {list} {}", hit.document);
                        assert_eq!(told.found, list, "{context}");
                        assert_eq!(told.rank, (list != "similar").then_some(rank), "{context}");
                        check(&told, hit.score, &context);
                        let parts = told.parts.iter().filter(|part| part.weight > 0.0);
                        seen.extend(parts.map(|part| (list, part.part)));
                    }
                }
            }
        }
    }
    for part in ["words", "exact", "bag", "title", "recent", "outlet"] {
        assert!(
            seen.contains(&("all", part)),
            "no document of all has {part}: {seen:?}"
        );
    }
    for other in [
        ("some", "words"),
        ("some", "bag"),
        ("some", "title"),
        ("similar", "bag"),
    ] {
        assert!(seen.contains(&other), "{other:?}: {seen:?}");
    }
}

#[test]
fn what_no_list_has_is_told_too() {
    let mut explorer = explorer();
    let search = SearchRequest {
        query: "قققق".to_owned(),
        ..SearchRequest::default()
    };
    let all = SearchRequest {
        query: "روسيا".to_owned(),
        ..SearchRequest::default()
    };
    let id = explorer.search(&all).unwrap().hits[0].document.clone();
    let told = explorer.explain(&request(&search, &id)).unwrap();
    assert_eq!((told.found, told.rank, told.score), ("none", None, 0.0));
    assert!(told.parts.is_empty());
    let unknown = explorer.explain(&request(&search, "0123456789abcdef.1"));
    assert_eq!(unknown.unwrap_err().data().code, "unknown-document");
}

#[test]
fn words_come_first_as_typed_where_the_lens_alone_ranks() {
    let mut index = kashshaf::index::Index::default();
    for (number, body) in ["وبوتين هنا", "بوتين هنا", "لبوتين هنا"].iter().enumerate()
    {
        let number = number.to_string();
        let page = kashshaf::parse::Page::from_article(&number, number.as_bytes(), "", body);
        index.add(page, false).expect("new");
    }
    index.refresh();
    for (text, first) in [("بوتين", 1), ("لبوتين", 2), ("وبوتين", 0)] {
        let query = Query::parse(text);
        let mut results =
            Results::find(&index, &query, Lens::Clitics, Scope::Articles, None).expect("refreshed");
        results.order(Order::Relevance, &Columns::default(), usize::MAX);
        assert_eq!(
            results.documents().next(),
            Some(DocumentId(first)),
            "{text}"
        );
        let told = results.explain(DocumentId(first), text, None, &Columns::default());
        let parts: Vec<Part> = told
            .expect("it is there")
            .parts
            .iter()
            .map(|part| part.part)
            .collect();
        assert_eq!(parts, [Part::Words, Part::Exact]);
    }
}

#[test]
fn bags_add_up_to_the_score_of_every_document() {
    let index = bundled_index();
    for scope in Scope::ALL {
        let ranking = BagRanking::new(&index, scope).expect("refreshed");
        for text in ["متى زار كيم روسيا؟", "من هو رئيس كوريا الشمالية", "بوتين"]
        {
            for (document, score) in ranking.rank(&index, text, 100) {
                let part = ranking.explain(&index, text, document);
                let sum: f64 = part.terms.iter().map(|term| term.weight).sum();
                assert!((sum - score).abs() < 1e-9, "{text} {sum} {score}");
                assert!((part.weight - score).abs() < 1e-9, "{text}");
            }
        }
    }
}
