//! How fast page anatomy is, beside a pass that only finds line breaks.
//!
//! ```text
//! cargo bench --bench anatomy_speed -- --news FILE.jsonl
//! ```
//!
//! Each article of the file becomes a page of title, date line, body and source
//! line. The rounds take turns, so that both meet the same machine; the median
//! of each is printed, in megabytes of UTF-8 a second.
#![allow(clippy::print_stdout, reason = "a program that prints its report")]

use serde::Deserialize;
use std::hint::black_box;
use std::process::ExitCode;
use std::time::{Duration, Instant};

const ROUNDS: usize = 15;

#[derive(Deserialize)]
struct Record {
    #[serde(default)]
    title: String,
    #[serde(default)]
    source: String,
    #[serde(default)]
    body: String,
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let path = args
        .windows(2)
        .find_map(|pair| (pair[0] == "--news").then(|| pair[1].clone()));
    match path
        .ok_or("--news FILE.jsonl is missing".to_owned())
        .and_then(|path| run(&path))
    {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            println!("{what}");
            ExitCode::from(2)
        }
    }
}

fn run(path: &str) -> Result<(), String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{path}: {error}"))?;
    let records = text
        .lines()
        .map(|line| serde_json::from_str(line).map_err(|error| format!("{path}: {error}")));
    let pages: Vec<String> = records
        .collect::<Result<Vec<Record>, _>>()?
        .iter()
        .map(|record| {
            format!(
                "{}\nتاريخ النشر: 18th, September 2023 GMT\n{}\nالمصدر: {}\n",
                record.title, record.body, record.source
            )
        })
        .collect();
    let bytes: usize = pages.iter().map(String::len).sum();
    let count = |page: &String| kashshaf::parse::anatomy::split(page).0.len();
    let lines = |page: &String| memchr::memchr_iter(b'\n', page.as_bytes()).count();
    let check = |page: &String| usize::from(std::str::from_utf8(page.as_bytes()).is_ok());
    let mut times: [Vec<Duration>; 3] = Default::default();
    for _ in 0..ROUNDS {
        times[0].push(time(&pages, lines));
        times[1].push(time(&pages, check));
        times[2].push(time(&pages, count));
    }
    println!(
        "{} pages, {bytes} bytes, median of {ROUNDS} rounds",
        pages.len()
    );
    let names = ["line breaks (memchr)", "UTF-8 check", "page anatomy"];
    for (name, times) in names.iter().zip(&mut times) {
        times.sort();
        let median = times[ROUNDS / 2].as_secs_f64();
        #[expect(clippy::cast_precision_loss, reason = "below 2^52")]
        let rate = bytes as f64 / 1e6 / median;
        println!("{name:<24} {rate:>8.0} MB/s");
    }
    Ok(())
}

/// How long the work takes on all pages.
fn time(pages: &[String], work: impl Fn(&String) -> usize) -> Duration {
    let start = Instant::now();
    let mut sum = 0;
    for page in pages {
        sum += work(page);
    }
    black_box(sum);
    start.elapsed()
}
