//! Records and queries for the benches.

use kashshaf::text::tokenize;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};

/// One record of a corpus.
#[derive(Deserialize)]
pub(crate) struct Record {
    #[serde(default)]
    pub(crate) title: String,
    #[serde(default)]
    pub(crate) body: String,
}

/// The records of `CORPUS`, or the bundled pages; `LIMIT` of them.
pub(crate) fn records() -> Vec<Record> {
    let limit = std::env::var("LIMIT").ok().and_then(|n| n.parse().ok());
    let limit = limit.unwrap_or(usize::MAX);
    let Ok(path) = std::env::var("CORPUS") else {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
        let files = std::fs::read_dir(folder).expect("the bundled pages");
        let bodies = files.filter_map(|file| std::fs::read_to_string(file.ok()?.path()).ok());
        let title = String::new;
        return bodies
            .map(|body| Record {
                title: title(),
                body,
            })
            .take(limit)
            .collect();
    };
    let text = std::fs::read_to_string(&path).expect("CORPUS names a file that can be read");
    let lines = text.lines().filter(|line| !line.trim().is_empty());
    lines
        .take(limit)
        .map(|line| serde_json::from_str(line).expect("CORPUS holds one JSON object a line"))
        .collect()
}

/// A generator of numbers (SplitMix64), so that every run asks the same.
pub(crate) struct Rng(pub(crate) u64);

impl Rng {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) % n.max(1) as u64) as usize
    }

    fn pick<'t, T>(&mut self, list: &'t [T], n: usize) -> Vec<&'t T> {
        (0..n)
            .filter_map(|_| list.get(self.below(list.len())))
            .collect()
    }
}

const QUERIES: usize = 300;

/// Queries by class, drawn from the records.
pub(crate) fn queries(records: &[Record], rng: &mut Rng) -> Vec<(&'static str, Vec<String>)> {
    let mut df: BTreeMap<&str, usize> = BTreeMap::new();
    for record in records {
        let all = words(&record.title).chain(words(&record.body));
        let distinct: BTreeSet<&str> = all.collect();
        for word in distinct {
            *df.entry(word).or_default() += 1;
        }
    }
    let n = records.len() as f64;
    let letters = |word: &str| word.chars().count();
    let mut all: Vec<(&str, usize)> = df.iter().map(|(&word, &df)| (word, df)).collect();
    all.sort_unstable();
    all.retain(|(word, _)| letters(word) >= 4 && word.chars().all(|c| ('ء'..='ي').contains(&c)));
    let by = |fits: &dyn Fn(f64) -> bool| -> Vec<&str> {
        let fitting = all.iter().filter(|(_, df)| fits(*df as f64));
        fitting.map(|(word, _)| *word).collect()
    };
    let frequent = by(&|df| df / n > 0.03 && df / n < 0.3);
    let rare = by(&|df| (2.0..=4.0).contains(&df));
    let mut middle = by(&|df| df >= 3.0 && df / n < 0.03);
    middle.retain(|word| letters(word) >= 5);
    let mut most: Vec<(usize, &str)> = df.iter().map(|(&word, &df)| (df, word)).collect();
    most.sort_unstable();
    let most: Vec<&str> = most.iter().rev().take(20).map(|(_, word)| *word).collect();
    let common = |word: &&str| df.get(word).is_none_or(|&df| df as f64 / n >= 0.3);
    let run = |rng: &mut Rng, length: usize| loop {
        let record = &records[rng.below(records.len())];
        let words: Vec<&str> = words(&record.body).collect();
        let at = rng.below(words.len());
        let run = words.get(at..at + length).unwrap_or_default();
        if !run.is_empty() && run.iter().all(|word| letters(word) >= 3 && !common(word)) {
            break run.join(" ");
        }
    };
    let owned = |words: Vec<&&str>| words.into_iter().map(|word| (*word).to_owned()).collect();
    let first = |word: &str, n: usize| format!("{}*", word.chars().take(n).collect::<String>());
    let prefixes: Vec<String> = {
        let words = rng.pick(&middle, QUERIES);
        words
            .into_iter()
            .map(|word| first(word, 3 + rng.below(2)))
            .collect()
    };
    let typo = |word: &str, rng: &mut Rng| -> String {
        let left_out = 1 + rng.below(letters(word) - 2);
        let rest = word.chars().enumerate().filter(|(at, _)| *at != left_out);
        rest.map(|(_, c)| c).chain(['~']).collect()
    };
    let words = rng.pick(&middle, QUERIES);
    let fuzzy: Vec<String> = words.into_iter().map(|word| typo(word, rng)).collect();
    let short = rng
        .pick(&middle, QUERIES)
        .into_iter()
        .map(|word| first(word, 2))
        .collect();
    let titles: Vec<&str> = records
        .iter()
        .map(|r| {
            if r.title.is_empty() {
                r.body.as_str()
            } else {
                r.title.as_str()
            }
        })
        .collect();
    let titles = rng.pick(&titles, QUERIES).into_iter();
    let titles = titles
        .map(|title| title.chars().take(80).collect())
        .collect();
    vec![
        ("frequent word", owned(rng.pick(&frequent, QUERIES))),
        ("most frequent word", owned(rng.pick(&most, QUERIES))),
        ("rare word", owned(rng.pick(&rare, QUERIES))),
        ("two words", (0..QUERIES).map(|_| run(rng, 2)).collect()),
        ("three words", (0..QUERIES).map(|_| run(rng, 3)).collect()),
        ("prefix of 3 and 4", prefixes),
        ("prefix of 2", short),
        ("fuzzy", fuzzy),
        (
            "phrase of 3",
            (0..QUERIES).map(|_| format!("«{}»", run(rng, 3))).collect(),
        ),
        ("title", titles),
    ]
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    tokenize(text).map(|token| token.span.of(text))
}

pub(crate) fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// The middle, the 95th and the 99th of a hundred.
pub(crate) fn percentiles(mut values: Vec<f64>) -> [f64; 3] {
    values.sort_by(f64::total_cmp);
    let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
    [at(0.5), at(0.95), at(0.99)]
}
