//! Reads the word lists that `prepare_resources.py` makes.

use anyhow::{Context, Result};
use kashshaf::entities::tagger::lexicon::{Cue, Signature, WordLexicon};
use std::path::Path;

/// Reads `lexicon.tsv` and `phrases.tsv` of a folder.
pub fn read(folder: &Path) -> Result<WordLexicon> {
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let (words, phrases) = (read("lexicon.tsv")?, read("phrases.tsv")?);
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
    Ok(WordLexicon::build(words.into_iter(), phrases.into_iter()))
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
