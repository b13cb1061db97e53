//! Arabic spellings of one name, and names that look alike: how well the rules tell them apart.
//!
//! `cargo test --test name_variants -- --nocapture` prints the figures; the pairs and how they
//! were made: `tests/variants/README.md`.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a failed expectation is the test's report, and the figures are printed"
)]

use kashshaf::entities::EntityType;
use kashshaf::entities::aliases::{JOINED, Rule, judge};

struct Pair {
    half: &'static str,
    same: bool,
    kind: EntityType,
    names: [&'static str; 2],
}

fn pairs() -> Vec<Pair> {
    let lines = include_str!("variants/pairs.tsv").lines();
    lines
        .filter(|line| !line.starts_with('#'))
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let &[half, verdict, kind, one, other, _source] = cells.as_slice() else {
                panic!("six cells: {line}");
            };
            Pair {
                half,
                same: verdict == "same",
                kind: EntityType::ALL
                    .into_iter()
                    .find(|k| k.name() == kind)
                    .expect("a type"),
                names: [one, other],
            }
        })
        .collect()
}

/// Pairs of a half taken for one name at this confidence: right ones, wrong ones, and all that are
/// one. Without `table`, a row of the alias table counts for nothing.
fn count(pairs: &[Pair], half: &str, least: f32, table: bool) -> (usize, usize, usize) {
    let (mut right, mut wrong, mut all) = (0, 0, 0);
    for pair in pairs.iter().filter(|p| p.half == half) {
        let [one, other] = pair.names;
        let proof = judge(pair.kind, one, other);
        let back = judge(pair.kind, other, one);
        assert_eq!(proof, back, "{one} | {other} is judged by its order");
        let counts = |rule| table || rule != Rule::Table;
        let taken = proof.is_some_and(|proof| proof.confidence >= least && counts(proof.rule));
        all += usize::from(pair.same);
        right += usize::from(taken && pair.same);
        wrong += usize::from(taken && !pair.same);
        if half == "dev" && least == 0.0 && table && taken != pair.same {
            println!(
                "{} {one} | {other} {proof:?}",
                if taken { "wrong " } else { "missed" }
            );
        }
    }
    (right, wrong, all)
}

#[test]
fn spellings_of_one_name_are_told_from_names_that_look_alike() {
    let pairs = pairs();
    let same = pairs.iter().filter(|p| p.same).count();
    assert!(same >= 200 && pairs.len() - same >= 200);
    println!("{same} pairs of one name, {} of two", pairs.len() - same);
    println!("half  taken             recall  precision");
    for half in ["dev", "held"] {
        let rows = [
            ("offered", 0.0, true),
            ("offered, no table", 0.0, false),
            ("joined", JOINED, true),
        ];
        for (name, least, table) in rows {
            let (right, wrong, all) = count(&pairs, half, least, table);
            let recall = right as f64 / all as f64;
            let precision = right as f64 / (right + wrong) as f64;
            println!(
                "{half:5} {name:17} {recall:7.3} ({right}/{all}) {precision:7.3} ({right}/{})",
                right + wrong
            );
            let lowest = if name == "offered" { 0.85 } else { 0.6 };
            assert!(recall >= lowest && precision >= 0.95, "{half} {name}");
        }
    }
}
