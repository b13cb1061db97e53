//! How often the stem lens is right: prints a sample of the words that it joins
//! with another, as judged in `judged.tsv`.
//!
//! `cargo bench --bench stem_precision -- --corpus ARTICLES.jsonl [--all]`
//! reads the string fields of records; `--all` lists every pair.
#![allow(clippy::print_stdout, reason = "a program that prints its report")]

use kashshaf::analysis::Lens;
use kashshaf::index::{Index, Scope};
use kashshaf::parse::Page;
use kashshaf::search::reason::Reasons;
use kashshaf::search::{Query, Search};
use std::collections::BTreeMap;
use std::error::Error;

/// Every so many-th pair is in the sample.
const SAMPLE: usize = 150;

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name);
        at.and_then(|at| arguments.get(at + 1))
    };
    let Some(corpus) = value("--corpus") else {
        println!("stem_precision: no --corpus ARTICLES.jsonl, nothing measured");
        return Ok(());
    };
    let mut index = Index::default();
    for (number, line) in std::fs::read_to_string(corpus)?.lines().enumerate() {
        let record: BTreeMap<String, serde_json::Value> = serde_json::from_str(line)?;
        let texts = record.values().filter_map(|value| value.as_str());
        let text = texts.collect::<Vec<_>>().join("\n");
        let name = number.to_string();
        // Records that stand twice count once.
        let _known = index.add(Page::from_article(&name, name.as_bytes(), "", &text), false);
    }
    index.refresh();
    let pairs = pairs(&index)?;
    let judged: BTreeMap<&str, &str> = include_str!("judged.tsv")
        .lines()
        .filter_map(|line| line.rsplit_once('\t'))
        .collect();
    let (mut right, mut wrong, mut unjudged) = (0, 0, 0);
    let step = (pairs.len() / SAMPLE).max(1);
    for (number, pair) in pairs.iter().enumerate() {
        if number % step != 0 && !arguments.iter().any(|argument| argument == "--all") {
            continue;
        }
        let verdict = judged.get(pair.as_str()).copied().unwrap_or("?");
        match verdict {
            "right" => right += 1,
            "wrong" => wrong += 1,
            _ => unjudged += 1,
        }
        println!("{pair}\t{verdict}");
    }
    let share = f64::from(right) / f64::from((right + wrong).max(1));
    println!(
        "{} words joined with a stem of another spelling; of the sample {right} right, {wrong} wrong, {unjudged} not judged: precision {share:.3}",
        pairs.len()
    );
    Ok(())
}

/// `word TAB stem` for each word without proclitics that has another word as its stem.
fn pairs(index: &Index) -> Result<Vec<String>, Box<dyn Error>> {
    let views = index.views().ok_or("no views")?;
    let query = Query::default();
    let reasons = Reasons::new(index, &query, Lens::Stem).ok_or("no views")?;
    let mut pairs = Vec::new();
    let mut before = "";
    for word in 0..u32::try_from(views.len())? {
        let base = views.base(word);
        if base == before {
            continue;
        }
        before = base;
        let stem = reasons.stem(base);
        let found = Search::new(index).totals(&Query::parse(&stem), Lens::Clitics, Scope::Articles);
        if stem != base && found.0 > 0 {
            pairs.push(format!("{base}\t{stem}"));
        }
    }
    Ok(pairs)
}
