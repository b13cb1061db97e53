//! The terms of an explained score add up to the score, under every lens and in
//! every scope, for words and for bags.
#![allow(
    clippy::expect_used,
    reason = "a failed expectation is the test's report"
)]

#[allow(dead_code, reason = "each test file uses some of it")]
mod common;

use common::bundled_index;
use kashshaf::analysis::Lens;
use kashshaf::index::Scope;
use kashshaf::search::bag_ranking::BagRanking;
use kashshaf::search::bm25::{B, K1};
use kashshaf::search::{Explained, Query, Search};

const QUERIES: &[&str] = &[
    "بوتين",
    "بوتين كيم -أوباما",
    "«كوريا الشمالية» | ترمب",
    "صاروخ (روسيا OR الصين)",
    "كيم ~5 بوتين",
    "title:بوتين روس*",
    "role:main الرئيس",
];

/// Checks the sums against a score and each weight against the formula.
fn check(explained: &Explained, score: f64, context: &str) {
    let sum: f64 = explained.terms.iter().map(|term| term.weight).sum();
    assert!((sum - score).abs() < 1e-9, "{context}: {sum} {score}");
    assert!((explained.score - score).abs() < 1e-9, "{context}");
    let held_back = 1.0 - B + B * f64::from(explained.length) / explained.average;
    for term in &explained.terms {
        let weight = term.idf * term.tf / (term.tf + K1 * held_back);
        let weight = if term.tf > 0.0 { weight } else { 0.0 };
        assert!((weight - term.weight).abs() < 1e-9, "{context}: {term:?}");
    }
}

#[test]
fn words_add_up_to_the_score_of_every_document_that_matches() {
    let index = bundled_index();
    let search = Search::new(&index);
    let mut checked = 0;
    for text in QUERIES {
        let query = Query::parse(text);
        for lens in Lens::ALL {
            for scope in Scope::ALL {
                for found in search.all(&query, lens, scope).documents {
                    let context = format!("{text} {lens:?} {scope:?} {:?}", found.document);
                    let explained = search
                        .explain(&query, lens, scope, found.document)
                        .expect(&context);
                    check(&explained, found.score, &context);
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 200, "{checked}");
    let none = search.explain(
        &Query::parse("قققق"),
        Lens::Clitics,
        Scope::Pages,
        kashshaf::index::DocumentId(0),
    );
    assert_eq!(none, None);
}

#[test]
fn bags_add_up_to_the_score_of_every_document() {
    let index = bundled_index();
    for scope in Scope::ALL {
        let ranking = BagRanking::new(&index, scope).expect("refreshed");
        for text in ["متى زار كيم روسيا؟", "من هو رئيس كوريا الشمالية", "بوتين"]
        {
            for (document, score) in ranking.rank(&index, text, 100) {
                check(&ranking.explain(&index, text, document), score, text);
            }
        }
    }
}
