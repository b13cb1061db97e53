//! Precision and recall of the best name.

use super::pairs::{Data, Row};
use anyhow::Result;
use kashshaf::analysis::names::{Channel, NameMatcher, Threshold};
use kashshaf::entities::sounds_alike;
use rustc_hash::FxHashSet;
use std::time::{Duration, Instant};

/// Thresholds at which precision and recall are printed, the shipped one last.
const THRESHOLDS: [Threshold; 6] = [
    Threshold::ALL,
    at(0.5, 4.0),
    at(0.6, 6.0),
    at(0.7, 6.0),
    at(0.8, 7.0),
    Threshold::SURE,
];

const fn at(share: f32, log_odds: f32) -> Threshold {
    Threshold { share, log_odds }
}

/// Numbers of names that are searched.
const SIZES: [usize; 3] = [500, 2_000, 10_000];

/// Prints tables for the dev split, and for the test split where the data has one.
pub fn run(data: &Data, channel: &Channel) -> Result<()> {
    for (split, rows) in [("dev", &data.dev), ("test", &data.test)] {
        for size in SIZES {
            if rows.is_empty() {
                continue;
            }
            // As many lists as the rows fill, each asked for its own names.
            let lists = (rows.len() / size).max(1);
            let mut answers = Answers::default();
            for list in 0..lists {
                let asked: Vec<&Row> = rows.iter().skip(list).step_by(lists).take(size).collect();
                answers.ask(channel, &asked, &names(&asked, &data.train, size));
            }
            println!("{split}: {lists} × {size} names, {}", answers.summary());
            answers.print();
        }
        print_joined(split, rows);
    }
    Ok(())
}

/// Of names of two words, made of rows that follow each other: how many are joined with their own Arabic
/// name, and how many with one of which a word is another's.
fn print_joined(split: &str, rows: &[Row]) {
    let (mut made, mut own, mut near) = (0_u32, 0_u32, 0_u32);
    for rows in rows.windows(3) {
        let [first, last, other] = rows else { continue };
        let latin = format!("{} {}", first.latin, last.latin);
        made += 1;
        own += u32::from(sounds_alike(
            &latin,
            &format!("{} {}", first.arabic, last.arabic),
        ));
        near += u32::from(sounds_alike(
            &latin,
            &format!("{} {}", first.arabic, other.arabic),
        ));
    }
    if made > 0 {
        let share = |count: u32| f64::from(count) / f64::from(made);
        println!(
            "{split}: {made} made names of two words: joined with their own {:.3}, with a near one {:.4}",
            share(own),
            share(near)
        );
    }
}

/// The names asked for, filled up to `size` with others.
fn names<'r>(asked: &[&'r Row], others: &'r [Row], size: usize) -> Vec<&'r str> {
    let mut seen = FxHashSet::default();
    let all = asked.iter().copied().chain(others);
    all.map(|row| row.arabic.as_str())
        .filter(|name| seen.insert(*name))
        .take(size)
        .collect()
}

/// The best name of each query: its share, its log-odds, whether it is the right one.
#[derive(Default)]
struct Answers {
    answers: Vec<(f32, f32, bool)>,
    asked: usize,
    took: Duration,
}

impl Answers {
    fn ask(&mut self, channel: &Channel, asked: &[&Row], names: &[&str]) {
        let matcher = NameMatcher::new(names.iter().copied());
        let started = Instant::now();
        self.asked += asked.len();
        self.answers.extend(asked.iter().filter_map(|row| {
            let best = *matcher
                .find(channel, &row.latin, 1, Threshold::ALL)
                .first()?;
            Some((best.share, best.log_odds, names[best.name] == row.arabic))
        }));
        self.took += started.elapsed();
    }

    fn summary(&self) -> String {
        let each = self.took.as_secs_f64() * 1e3 / f64::from(self.asked as u32);
        format!("{} queries, {each:.2} ms a query", self.asked)
    }

    fn print(&self) {
        for threshold in THRESHOLDS {
            let Threshold { share, log_odds } = threshold;
            let accepted = self
                .answers
                .iter()
                .filter(|answer| answer.0 >= share && answer.1 >= log_odds);
            let (given, right) = accepted.fold((0_u32, 0_u32), |(given, right), answer| {
                (given + 1, right + u32::from(answer.2))
            });
            let precision = f64::from(right) / f64::from(given.max(1));
            let recall = f64::from(right) / f64::from(self.asked as u32);
            let shipped = if threshold == Threshold::SURE {
                " ← shipped"
            } else {
                ""
            };
            println!(
                "  share ≥ {share:.2}, log-odds ≥ {log_odds}: precision {precision:.3}, recall {recall:.3}{shipped}"
            );
        }
    }
}
