//! What is promised about the five bundled pages.
#![allow(
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::panic,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;
#[path = "common/golden.rs"]
mod golden;

use common::{bundled_index, bundled_pages, totals};
use golden::check;
use kashshaf::analysis::Lens;
use kashshaf::index::Scope;
use kashshaf::parse::Role;

const LENSES: [Lens; 4] = [Lens::Exact, Lens::Marks, Lens::Letters, Lens::Clitics];

#[test]
fn every_page_is_split_as_its_golden_says() {
    for page in bundled_pages() {
        check(&page, "tests/golden/pages", "seeds");
    }
}

#[test]
fn there_are_ten_articles_and_two_dates() {
    let pages = bundled_pages();
    let role = |role: Role| {
        pages
            .iter()
            .map(|page| page.articles.iter().filter(|a| a.role == role).count())
            .collect()
    };
    let (main, embedded): (Vec<usize>, Vec<usize>) = (role(Role::Main), role(Role::Embedded));
    assert_eq!(main, [1, 1, 1, 1, 1]);
    assert_eq!(embedded.iter().sum::<usize>(), 5);
    let (words, forms) = (
        bundled_index().token_count() as usize,
        bundled_index().lexicon().len(),
    );
    assert!(
        words > forms && forms > 1_000,
        "{words} words, {forms} forms"
    );
    let dates: Vec<(&str, usize, String)> = pages
        .iter()
        .flat_map(|page| {
            let dated = page.articles.iter().enumerate();
            dated.filter_map(|(at, article)| {
                Some((page.name.get(..3)?, at, article.published?.date.to_string()))
            })
        })
        .collect();
    assert_eq!(
        dates,
        [
            ("001", 0, "2023-09-18".to_owned()),
            ("002", 0, "2023-09-15".to_owned())
        ]
    );
}

#[test]
fn the_parts_of_a_page_are_the_page() {
    for page in bundled_pages() {
        let joined: String = page
            .parts
            .iter()
            .map(|part| part.span.of(&page.text))
            .collect();
        assert_eq!(joined, page.text, "{}", page.name);
        let mut end = 0;
        for part in &page.parts {
            assert_eq!(part.span.start, end, "{}: gap or overlap", page.name);
            end = part.span.end;
        }
        assert_eq!(end as usize, page.source_bytes, "{}", page.name);
    }
}

#[test]
fn names_are_counted_as_promised_in_each_scope() {
    let index = bundled_index();
    // query, lens, hits in main, articles, pages
    let cases = [
        ("ترامب", Lens::Exact, [0, 2, 4]),
        ("ترامب", Lens::Clitics, [0, 5, 8]),
    ];
    for (query, lens, expected) in cases {
        let found = Scope::ALL.map(|scope| totals(&index, query, lens, scope).0);
        assert_eq!(found, expected, "{query} {}", lens.name());
    }
    let putin = LENSES.map(|lens| totals(&index, "بوتين", lens, Scope::Pages).0);
    assert_eq!((putin[0], putin[3]), (61, 65));
}

#[test]
fn spellings_meet_under_the_lens_that_joins_them_and_part_under_the_stricter() {
    let index = bundled_index();
    let forms = |word: &str, lens: Lens| -> Vec<String> {
        let query = kashshaf::search::Query::parse(word);
        let found = kashshaf::search::Search::new(&index).all(&query, lens, Scope::Pages);
        let mut forms: Vec<String> = found.clauses[0]
            .forms
            .iter()
            .map(|(form, _)| form.clone())
            .collect();
        forms.sort();
        forms
    };
    // one spelling, another, the strictest lens that joins them
    let pairs = [
        ("الروسى", "الروسي", Lens::Letters),
        ("كوريا", "کوریا", Lens::Letters),
        ("استُخدمت", "استخدمت", Lens::Marks),
        ("مرّات", "مرات", Lens::Marks),
        ("ترامب", "لترامب", Lens::Clitics),
    ];
    for (one, other, joining) in pairs {
        for lens in LENSES {
            let (found, same) = (forms(one, lens), forms(other, lens));
            assert_eq!(
                found == same && !found.is_empty(),
                lens >= joining,
                "{one} {other} {lens:?}"
            );
        }
    }
}

#[test]
fn an_evasive_spelling_is_found_without_its_dot_but_not_as_written() {
    let index = bundled_index();
    let counts = LENSES.map(|lens| totals(&index, "قاتل", lens, Scope::Pages).0);
    let written = totals(&index, "قاتـ.ل", Lens::Exact, Scope::Pages).0;
    assert!(written > 0, "قاتـ.ل stands in the corpus");
    assert!(counts[1] >= counts[0] + written, "{counts:?}");
}

#[test]
fn every_quotation_mark_makes_the_same_phrase() {
    let index = bundled_index();
    let phrase = "الرئيس الروسي";
    let count = |open: &str, close: &str, lens, scope| {
        totals(&index, &format!("{open}{phrase}{close}"), lens, scope)
    };
    let marks = [
        ("«", "»"),
        ("“", "”"),
        ("”", "“"),
        ("„", "“"),
        ("‹", "›"),
        ("»", "«"),
        ("＂", "＂"),
    ];
    for scope in Scope::ALL {
        for lens in LENSES {
            let expected = count("\"", "\"", lens, scope);
            assert!(expected.0 > 0);
            for (open, close) in marks {
                assert_eq!(count(open, close, lens, scope), expected, "{open}{close}");
            }
            let words = totals(&index, phrase, lens, scope);
            assert!(
                words.1 >= expected.1,
                "a phrase stands only where its words do"
            );
        }
    }
}

#[test]
fn a_prefix_finds_what_its_words_find_together_and_an_exclusion_takes_away() {
    let index = bundled_index();
    let count = |query: &str| totals(&index, query, Lens::Exact, Scope::Articles);
    let starting: usize = index
        .lexicon()
        .forms()
        .filter(|(_, form)| form.starts_with("كور"))
        .map(|(_, form)| count(form).0)
        .sum();
    assert!(starting > 0);
    assert_eq!(count("كور*").0, starting);

    let (all, without) = (count("بوتين").1, count("بوتين -ترامب").1);
    let both = count("بوتين ترامب").1;
    assert!(both > 0);
    assert_eq!(without + both, all);
    assert_eq!(count("-ترامب"), (0, 0));
}

/// Hits and documents of every form of the corpus, by lens and scope.
#[test]
fn looser_lenses_and_wider_scopes_never_find_less() {
    let index = bundled_index();
    for (_, form) in index.lexicon().forms() {
        let found = LENSES.map(|lens| Scope::ALL.map(|scope| totals(&index, form, lens, scope)));
        for scopes in &found {
            let hits = scopes.map(|(hits, _)| hits);
            assert!(hits.is_sorted(), "{form}: scopes {found:?}");
        }
        for scope in 0..Scope::ALL.len() {
            let counts = found.map(|scopes| scopes[scope]);
            assert!(
                counts.is_sorted_by(|a, b| a.0 <= b.0 && a.1 <= b.1),
                "{form}: lenses {found:?}"
            );
        }
        assert!(
            found[0][2].0 > 0,
            "{form} stands in the corpus and is not found"
        );
    }
}
