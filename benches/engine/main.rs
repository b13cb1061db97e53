//! How fast the engine builds and answers, and what it holds in memory.
//!
//! `CORPUS=FILE.jsonl cargo bench --bench engine` measures on records
//! `{title, body}`, one a line; without `CORPUS` on the bundled pages.
//! `LIMIT=N` takes the first N records, `CLASS=title` times queries of that class alone. Times are CPU-bound wall times of this
//! machine: compare ratios of one run, not figures of two.
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    clippy::unwrap_used,
    clippy::string_slice,
    reason = "a program that prints its findings and may stop where it cannot go on"
)]

mod workload;

use kashshaf::analysis::Lens;
use kashshaf::api::{Explorer, FileOptions, SearchRequest};
use kashshaf::index::{Index, Lexicon, Scope};
use kashshaf::parse::Page;
use kashshaf::search::bag_ranking::BagRanking;
use kashshaf::search::snippet::best_snippet;
use kashshaf::search::{Query, Search};
use kashshaf::text::tokenize;
use std::hint::black_box;
use std::time::Instant;
use workload::{Rng, median, percentiles};

fn main() {
    let records = workload::records();
    let bytes: usize = records.iter().map(|r| r.title.len() + r.body.len()).sum();
    let mb = bytes as f64 / 1e6;
    println!("{} records, {mb:.1} MB of text", records.len());

    // The floor under every build: cut the text and look every word up once.
    let loops = (0..3).map(|_| {
        let start = Instant::now();
        let mut lexicon = Lexicon::default();
        for record in &records {
            for text in [&record.title, &record.body] {
                for token in tokenize(text) {
                    lexicon.add(token.span.of(text));
                }
            }
        }
        black_box(lexicon.len());
        start.elapsed().as_secs_f64()
    });
    let tokenise = median(loops.collect());
    println!("tokenise and hash: {:.0} MB/s", mb / tokenise);

    let mut built = None;
    let mut builds: Vec<[f64; 2]> = Vec::new();
    for _ in 0..3 {
        drop(built.take());
        let pages: Vec<Page> = records
            .iter()
            .enumerate()
            .map(|(n, r)| Page::from_article(&n.to_string(), &n.to_le_bytes(), &r.title, &r.body))
            .collect();
        let start = Instant::now();
        let mut index = Index::default();
        for page in pages {
            index.add(page, false).expect("new");
        }
        let added = start.elapsed().as_secs_f64();
        index.refresh();
        builds.push([added, start.elapsed().as_secs_f64()]);
        built = Some(index);
    }
    let index = built.expect("built");
    let add = median(builds.iter().map(|b| b[0]).collect());
    let build = median(builds.iter().map(|b| b[1]).collect());
    println!(
        "build: {:.2} s, {:.0} MB/s, {:.0} % of the loop (adding {:.2} s, refresh {:.2} s)",
        build,
        mb / build,
        100.0 * tokenise / build,
        add,
        build - add
    );

    println!(
        "\n{} tokens, {} forms",
        index.token_count(),
        index.lexicon().len()
    );
    let mut sum = 0;
    for (section, size) in index.memory() {
        println!(
            "{section:>22} {:8.2} MB {:6.3}",
            size as f64 / 1e6,
            size as f64 / bytes as f64
        );
        sum += size;
    }
    println!(
        "{:>22} {:8.2} MB {:6.3} of the text",
        "all",
        sum as f64 / 1e6,
        sum as f64 / bytes as f64
    );

    let queries = workload::queries(&records, &mut Rng(7));
    println!(
        "\n{:>24} {:>8} {:>8} {:>8} ms, each query the least of three",
        "clitics lens, top ten", "p50", "p95", "p99"
    );
    let search = Search::new(&index);
    let only = std::env::var("CLASS").unwrap_or_default();
    for (class, texts) in &queries {
        if !class.contains(&only) {
            continue;
        }
        let times = least_ms(texts, |text| {
            let query = Query::parse(text);
            let found = search.page(&query, Lens::Clitics, Scope::Articles, 0..10);
            for document in &found.documents {
                black_box(best_snippet(&index, document, Scope::Articles));
            }
        });
        print_row(class, times);
    }
    println!(
        "\n{:>24} {:>8} {:>8} {:>8} ms",
        "totals around", "p50", "p95", "p99"
    );
    for (class, texts) in queries.iter().filter(|(class, _)| class.contains(&only)) {
        let times = least_ms(texts, |text| {
            let query = Query::parse(text);
            black_box(search.totals_around(&query, Lens::Clitics, Scope::Articles, None));
        });
        print_row(class, times);
    }
    replies(&records, &queries, &only);
    if !only.is_empty() {
        return;
    }
    let start = Instant::now();
    let ranking = BagRanking::new(&index, Scope::Articles).expect("refreshed");
    println!("bags made in {:.0} ms", start.elapsed().as_secs_f64() * 1e3);
    for (class, texts) in &queries {
        if *class != "title" && *class != "two words" {
            continue;
        }
        let times = least_ms(texts, |text| {
            black_box(ranking.rank(&index, text, 10));
        });
        print_row(&format!("{class}, bags"), times);
    }
}

/// Whole replies in the default ranking, with totals, reasons and snippets.
fn replies(records: &[workload::Record], queries: &[(&'static str, Vec<String>)], only: &str) {
    let mut explorer = Explorer::default();
    for (number, record) in records.iter().enumerate() {
        let options = FileOptions {
            name: format!("{number}.txt"),
            ..FileOptions::default()
        };
        let text = format!("{}\n\n{}", record.title, record.body);
        explorer.add_file(&options, text.as_bytes());
    }
    while !explorer.prepare() {}
    println!(
        "\n{:>24} {:>8} {:>8} {:>8} ms",
        "whole reply", "p50", "p95", "p99"
    );
    for (class, texts) in queries.iter().filter(|(class, _)| class.contains(only)) {
        let times = least_ms(texts, |text| {
            let request = SearchRequest {
                query: text.to_owned(),
                ..SearchRequest::default()
            };
            black_box(explorer.search(&request).expect("a reply"));
        });
        print_row(class, times);
    }
}

/// The least of three times for each text, so that what else the machine does
/// counts little. All are asked before any is asked again.
fn least_ms(texts: &[String], mut work: impl FnMut(&str)) -> Vec<f64> {
    let mut least = vec![f64::INFINITY; texts.len()];
    for _ in 0..3 {
        for (text, least) in texts.iter().zip(&mut least) {
            let start = Instant::now();
            work(text);
            *least = least.min(start.elapsed().as_secs_f64() * 1e3);
        }
    }
    least
}

fn print_row(class: &str, times: Vec<f64>) {
    let [p50, p95, p99] = percentiles(times);
    println!("{class:>24} {p50:8.3} {p95:8.3} {p99:8.3}");
}
