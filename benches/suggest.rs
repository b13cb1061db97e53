//! Times suggestions: `cargo bench --bench suggest -- --news FILE.jsonl`, a file
//! of articles, one JSON object `{title, body}` a line. Every prefix of one to
//! six letters of the most frequent words is asked for, as it would be typed.
#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a bench that fails should say where"
)]

use kashshaf::api::{Explorer, FileOptions, SuggestRequest};
use std::time::{Duration, Instant};

/// Words whose beginnings are typed.
const WORDS: usize = 200;

fn main() {
    let mut arguments = std::env::args()
        .skip(1)
        .filter(|argument| argument != "--bench");
    let (Some("--news"), Some(path)) = (arguments.next().as_deref(), arguments.next()) else {
        println!("usage: cargo bench --bench suggest -- --news FILE.jsonl");
        return;
    };
    let news = std::fs::read_to_string(path).expect("a file of articles");
    let mut explorer = Explorer::default();
    let mut counts = std::collections::BTreeMap::<&str, usize>::new();
    let articles: Vec<String> = news
        .lines()
        .map(|line| {
            let article: serde_json::Value = serde_json::from_str(line).expect("an object");
            let text = |key: &str| article[key].as_str().unwrap_or_default().to_owned();
            format!("{}\n\n{}", text("title"), text("body"))
        })
        .collect();
    for (number, text) in articles.iter().enumerate() {
        let options = FileOptions {
            name: format!("{number}.txt"),
            ..FileOptions::default()
        };
        explorer.add_file(&options, text.as_bytes());
    }
    for word in articles
        .iter()
        .take(2_000)
        .flat_map(|text| text.split_whitespace())
    {
        *counts.entry(word).or_default() += 1;
    }
    while !explorer.prepare() {}
    let mut words: Vec<(&str, usize)> = counts.into_iter().collect();
    words.sort_by_key(|&(word, count)| (std::cmp::Reverse(count), word));
    let mut times: Vec<(Duration, String)> = Vec::new();
    for (word, _) in words
        .iter()
        .filter(|(word, _)| word.chars().count() > 3)
        .take(WORDS)
    {
        for letters in 1..=6.min(word.chars().count()) {
            let query: String = word.chars().take(letters).collect();
            // A misspelling as well: it has no completions, and near words are looked for.
            for query in [query.clone(), format!("{query}ظغ")] {
                let request = SuggestRequest {
                    query: query.clone(),
                    ..SuggestRequest::default()
                };
                let started = Instant::now();
                let reply = explorer.suggest(&request).expect("a reply");
                times.push((started.elapsed(), query));
                std::hint::black_box(reply);
            }
        }
    }
    times.sort();
    let at = |share: f64| &times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "{} articles, {} suggestions asked for",
        articles.len(),
        times.len()
    );
    for (name, share) in [("median", 0.5), ("p99", 0.99), ("longest", 1.0)] {
        let (time, query) = at(share);
        println!("{name}: {:.3} ms ({query})", time.as_secs_f64() * 1e3);
    }
}
