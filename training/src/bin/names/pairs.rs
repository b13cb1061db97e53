//! Pairs of name tokens and how they are split.

use anyhow::{Context, Result, bail};
use kashshaf::analysis::names::letters::{Letters, arabic_letters, latin_letters, without_accents};
use rustc_hash::FxHashSet;
use std::path::Path;

/// A row of the data.
pub struct Row {
    pub latin: String,
    pub arabic: String,
}

/// What may be learned from and what must not be.
#[derive(Default)]
pub struct Data {
    pub train: Vec<Row>,
    pub dev: Vec<Row>,
    pub test: Vec<Row>,
}

/// A pair of words as letters.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Pair {
    pub latin: Letters,
    pub arabic: Letters,
}

/// Reads tab-separated rows: split, Latin, Arabic, count; after one line of
/// headings.
pub fn read(path: &Path) -> Result<Data> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut data = Data::default();
    for (number, line) in (1..).zip(text.lines()).skip(1) {
        let fields: Vec<&str> = line.split('\t').collect();
        let [split, latin, arabic, _count] = fields[..] else {
            bail!(
                "{}:{number}: four fields parted by tabs, not «{line}»",
                path.display()
            );
        };
        let row = Row {
            latin: latin.to_owned(),
            arabic: arabic.to_owned(),
        };
        match split {
            "train" => data.train.push(row),
            "dev" => data.dev.push(row),
            "test" => data.test.push(row),
            other => bail!(
                "{}:{number}: split «{other}» is none of train, dev, test",
                path.display()
            ),
        }
    }
    Ok(data)
}

/// The distinct pairs of letters, those with accents also without them.
pub fn pairs(rows: &[Row]) -> Vec<Pair> {
    let mut seen = FxHashSet::default();
    let mut pairs = Vec::new();
    for row in rows {
        let arabic = arabic_letters(&row.arabic);
        let latin = latin_letters(&row.latin);
        for latin in [without_accents(&latin), latin] {
            let pair = Pair {
                latin,
                arabic: arabic.clone(),
            };
            let whole = !pair.latin.is_empty() && !pair.arabic.is_empty();
            if whole && seen.insert(pair.clone()) {
                pairs.push(pair);
            }
        }
    }
    pairs
}
