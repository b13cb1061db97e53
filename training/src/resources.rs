//! Reads the word lists that `prepare_resources.py` makes.

use anyhow::{Context, Result};
use kashshaf::entities::tagger::letters::Letters;
use kashshaf::entities::tagger::lexicon::{Cue, Signature, WordLexicon};
use std::path::Path;

/// The lists, as they are called in their folder.
pub const LISTS: [&str; 3] = ["lexicon.tsv", "phrases.tsv", "letters.tsv"];

/// Reads the lists of a folder.
pub fn read(folder: &Path) -> Result<WordLexicon> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let [words, phrases, letters] = LISTS.map(read);
    let (words, phrases, letters) = (words?, phrases?, letters?);
    let words = words
        .lines()
        .map(word)
        .collect::<Option<Vec<_>>>()
        .context("lexicon.tsv: a line is a word, its cues and nine numbers")?;
    let phrases = phrases
        .lines()
        .map(|line| {
            let (kind, phrase) = line.split_once('\t')?;
            let kind = ["PER", "LOC", "ORG"].iter().position(|k| *k == kind)?;
            Some((phrase, u8::try_from(kind).ok()?))
        })
        .collect::<Option<Vec<_>>>()
        .context("phrases.tsv: a line is PER, LOC or ORG and a phrase")?;
    let letters = letters
        .lines()
        .map(|line| {
            line.split_once('\t')
                .and_then(|(l, w)| Some((l, w.parse().ok()?)))
        })
        .collect::<Option<Vec<(&str, i8)>>>()
        .context("letters.tsv: a line is three letters and a weight")?;
    Ok(WordLexicon::build(
        words.into_iter(),
        phrases.into_iter(),
        Letters::build(letters.into_iter()),
    ))
}

fn word(line: &str) -> Option<(&str, Signature)> {
    let mut cells = line.split('\t');
    let (word, cues) = (cells.next()?, cells.next()?);
    let mut number = || cells.next()?.parse::<u8>().ok();
    let signature = Signature {
        cues: Cue::bits(cues),
        person: number()?,
        owner: number()?,
        place: number()?,
        frequency: number()?,
        article: number()?,
        suffix: number()?,
        ending: number()?,
        future: number()?,
        organisation: number()?,
    };
    Some((word, signature))
}
