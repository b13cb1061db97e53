//! The index finds on random corpora what a scan of the texts finds.
//!
//! The scan knows nothing of lexicon, classes or postings.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
#[path = "common/scan.rs"]
mod scan;

use kashshaf::analysis::Lens;
use kashshaf::index::Scope;
use kashshaf::parse::Page;
use kashshaf::search::snippet::{SNIPPET_TOKENS, best_snippet, match_span};
use kashshaf::search::{Found, Query, Search};
use kashshaf::text::{ByteSpan, tokenize};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::Index;
use scan::{Asked, AskedClause, Scan};
use std::collections::{BTreeMap, BTreeSet};

/// What stands against the front of a word.
const PROCLITICS: &[&str] = &[
    "", "", "", "و", "ب", "ل", "ال", "وال", "بال", "لل", "ول", "س", "ك", "فب",
];

/// Words that collide under one lens or another.
const STEMS: &[&str] = &[
    "رب",
    "ربي",
    "ربى",
    "بلد",
    "بلدة",
    "بلده",
    "أمر",
    "امر",
    "إمر",
    "يرى",
    "يري",
    "كلب",
    "رَب",
    "بـلد",
    "بـ.لد",
    "ﺑﻠﺪ",
    "کلب",
    "بلدات",
    "بلدين",
    "بلدتهم",
    "بلدان",
    "كلاب",
    "كلابها",
    "أموار",
    "أمور",
    "أمرة",
    "ألمر",
    "المر",
    "مر",
    "19",
    "١٩",
    "Rab",
    "rab",
];

/// What stands between words.
const SEPARATORS: &[&str] = &[" ", " ", " ", "، ", " - ", " «", "» ", ". ", "؟ ", "-"];

/// Lines that part a page.
const MARKERS: &[&str] = &[
    "",
    "إقرأ أيضاً:",
    "إقرأ أيضاً: بلد أمر كلب",
    "اقرأ أيضاًبلد رب",
    "المصدر: رب بلد",
    "كلمات دلالية: بلد",
    "مقالات مشابهة",
    "تاريخ النشر: 15th, September 2023 GMT",
    "  • أمر بلد كلب رب",
    "البلد (رب)",
];

/// Words of few letters, so that they collide under the looser lenses.
fn word() -> impl Strategy<Value = String> + Clone {
    prop_oneof![
        (
            proptest::sample::select(PROCLITICS),
            proptest::sample::select(STEMS)
        )
            .prop_filter("letters and digits are two words", |(proclitic, stem)| {
                proclitic.is_empty() || !stem.starts_with(|c: char| c.is_numeric())
            })
            .prop_map(|(proclitic, stem)| format!("{proclitic}{stem}")),
        "[بلورايىةه][بلورايىةه\u{64E}ـ]{0,2}[بلري]",
    ]
}

fn line() -> impl Strategy<Value = String> {
    let words = vec((word(), proptest::sample::select(SEPARATORS)), 0..12);
    let running =
        (words, proptest::sample::select(&["", ".", "؟", "..."])).prop_map(|(words, end)| {
            let text: String = words
                .iter()
                .flat_map(|(word, gap)| [word.as_str(), gap])
                .collect();
            format!("{}{end}", text.trim_end())
        });
    prop_oneof![5 => running, 2 => proptest::sample::select(MARKERS).prop_map(str::to_owned)]
}

fn corpus() -> impl Strategy<Value = Vec<String>> {
    vec(vec(line(), 1..10).prop_map(|lines| lines.join("\n")), 1..6)
}

fn clause() -> impl Strategy<Value = AskedClause> {
    let asked = (word(), proptest::bool::weighted(0.25))
        .prop_map(|(word, is_prefix)| Asked { word, is_prefix });
    let words = prop_oneof![3 => vec(asked.clone(), 1..=1), 2 => vec(asked, 2..=3)];
    (proptest::bool::weighted(0.2), words)
        .prop_map(|(excluded, words)| AskedClause { excluded, words })
}

/// A corpus and a query: most clauses are words that stand somewhere in it.
fn corpus_and_query() -> impl Strategy<Value = (Vec<String>, Vec<AskedClause>)> {
    let pick = proptest::option::weighted(0.75, any::<(Index, Index)>());
    (corpus(), vec((clause(), pick), 1..4)).prop_map(|(texts, drawn)| {
        let clauses = drawn.into_iter().map(|(mut clause, pick)| {
            let Some((page, place)) = pick else {
                return clause;
            };
            let text = page.get(&texts);
            let tokens: Vec<ByteSpan> = tokenize(text).map(|token| token.span).collect();
            let starts = (tokens.len() + 1).saturating_sub(clause.words.len());
            if starts > 0 {
                let from = tokens.iter().skip(place.index(starts));
                for (asked, span) in clause.words.iter_mut().zip(from) {
                    span.of(text).clone_into(&mut asked.word);
                }
            }
            clause
        });
        let clauses = clauses.collect();
        (texts, clauses)
    })
}

/// The query as a reader would type it.
fn typed(query: &[AskedClause]) -> String {
    let clauses = query.iter().map(|clause| {
        let word =
            |asked: &Asked| format!("{}{}", asked.word, if asked.is_prefix { "*" } else { "" });
        let words: Vec<String> = clause.words.iter().map(word).collect();
        let minus = if clause.excluded { "-" } else { "" };
        let (open, close) = if words.len() > 1 {
            ("«", "»")
        } else {
            ("", "")
        };
        format!("{minus}{open}{}{close}", words.join(" "))
    });
    clauses.collect::<Vec<_>>().join(" ")
}

/// The clauses without those that stand before already: asked twice is asked once.
fn distinct(query: Vec<AskedClause>) -> Vec<AskedClause> {
    let mut kept: Vec<AskedClause> = Vec::new();
    for clause in query {
        if kept
            .iter()
            .all(|other| format!("{other:?}") != format!("{clause:?}"))
        {
            kept.push(clause);
        }
    }
    kept
}

/// Reads the texts that are new and not empty.
fn pages(texts: &[String]) -> Vec<Page> {
    let distinct: BTreeSet<&String> = texts.iter().filter(|text| !text.is_empty()).collect();
    distinct
        .iter()
        .map(|text| Page::read("page.txt", text.as_bytes()).expect("text"))
        .collect()
}

fn indexed(pages: &[Page]) -> kashshaf::index::Index {
    let mut index = kashshaf::index::Index::default();
    for page in pages {
        index.add(page.clone(), false).expect("a new page");
    }
    index.refresh();
    index
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..Default::default() })]

    #[test]
    fn the_index_finds_what_a_scan_finds((texts, query) in corpus_and_query()) {
        let pages = pages(&texts);
        let index = indexed(&pages);
        let scan = Scan::new(pages);
        let text = typed(&query);
        let parsed = Query::parse(&text);
        let query = distinct(query);
        prop_assert_eq!(parsed.clauses.len(), query.len(), "{}", &text);
        for lens in Lens::ALL {
            for scope in Scope::ALL {
                let expected = scan.search(&query, lens, scope);
                let found = Search::new(&index).all(&parsed, lens, scope);
                let context = format!("{text} {lens:?} {scope:?}");
                let places: BTreeMap<usize, BTreeSet<(usize, usize)>> = found
                    .documents
                    .iter()
                    .map(|document| {
                        let places = document.matches.iter();
                        let places = places.map(|(m, _)| (m.start as usize, m.tokens as usize));
                        (document.document.0 as usize, places.collect())
                    })
                    .collect();
                let naive: BTreeMap<usize, BTreeSet<(usize, usize)>> =
                    expected.iter().map(|(&at, hits)| (at, hits.places.clone())).collect();
                prop_assert_eq!(&places, &naive, "{}", &context);
                let hits: usize = naive.values().map(BTreeSet::len).sum();
                prop_assert_eq!(found.hits, hits, "{}", &context);
                for document in &found.documents {
                    let score = expected[&(document.document.0 as usize)].score;
                    prop_assert!((document.score - score).abs() < 1e-9, "{} {} {}", context, document.score, score);
                }
                let ranked = |pair: &[kashshaf::search::DocumentMatch]| {
                    let (a, b) = (&pair[0], &pair[1]);
                    a.score > b.score || a.score == b.score && a.document < b.document
                };
                prop_assert!(found.documents.windows(2).all(ranked), "{}", context);
                let some = Search::new(&index).page(&parsed, lens, scope, 1..3);
                prop_assert_eq!((some.hits, some.document_count), (hits, expected.len()));
                let all = found.documents.iter().skip(1).take(2);
                let shown = |found: &kashshaf::search::DocumentMatch| (found.document, found.matches.clone());
                prop_assert!(some.documents.iter().map(shown).eq(all.map(shown)), "{}", context);
                let counts = |found: &Found| found.clauses.iter().map(|c| (c.hits, c.form_count, c.forms.clone())).collect::<Vec<_>>();
                prop_assert_eq!(counts(&some), counts(&found), "{}", context);
                let (by_lens, by_scope) = Search::new(&index).totals_around(&parsed, lens, scope, None);
                let counted = if lens < Lens::Stem { 5 } else { 6 };
                prop_assert_eq!(by_lens.len(), counted);
                for (other, totals) in by_lens {
                    prop_assert_eq!(totals, Search::new(&index).totals(&parsed, other, scope), "{} {:?}", context, other);
                }
                for (other, totals) in Scope::ALL.iter().zip(by_scope) {
                    prop_assert_eq!(totals, Search::new(&index).totals(&parsed, lens, *other), "{} {:?}", context, other);
                }
            }
        }
    }

    #[test]
    fn a_snippet_shows_a_hit_and_stays_inside_its_part((texts, query) in corpus_and_query()) {
        let pages = pages(&texts);
        let index = indexed(&pages);
        let scan = Scan::new(pages);
        for (lens, scope) in [(Lens::Exact, Scope::Articles), (Lens::Clitics, Scope::Pages)] {
            for found in &Search::new(&index).all(&Query::parse(&typed(&query)), lens, scope).documents {
                let (page, snippet) = best_snippet(&index, found, scope);
                let text = index.text(page);
                let first = snippet.passage.positions().start;
                let before = index.span_at(first).start - snippet.passage.span_at(first).start;
                let on_page = |span: &ByteSpan| ByteSpan { start: before + span.start, end: before + span.end };
                let shown = on_page(&snippet.span);
                prop_assert!(text.get(shown.range()).is_some(), "cut inside a character");
                prop_assert_eq!(snippet.passage.excerpt().of(snippet.span), shown.of(&text));
                prop_assert!(!snippet.hits.is_empty());
                prop_assert!(snippet.hits.is_sorted_by(|a, b| a.end <= b.start));
                let spans: Vec<ByteSpan> = found.matches.iter().map(|(m, _)| match_span(&index, m)).collect();
                for hit in &snippet.hits {
                    prop_assert!(snippet.span.contains(hit));
                    let hit = on_page(hit);
                    let covered = spans.iter().filter(|span| hit.contains(span));
                    prop_assert_eq!(covered.clone().map(|span| span.start).min(), Some(hit.start));
                    prop_assert_eq!(covered.map(|span| span.end).max(), Some(hit.end));
                }
                let positions = index.page(page).expect("its page").positions.clone();
                let inside: Vec<u32> = positions
                    .filter(|&position| shown.contains(&index.span_at(position)))
                    .collect();
                prop_assert!(inside.len() <= SNIPPET_TOKENS as usize);
                let border = |position: &u32| scan.tokens[*position as usize].after_border;
                prop_assert!(!inside.iter().skip(1).any(border), "runs over the end of its part");
                prop_assert_eq!(snippet.cut_before, !border(&inside[0]));
            }
        }
    }
}
