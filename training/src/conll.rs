//! Reads marked text: one token a line, a tab, its tag; a blank line between sentences.

use anyhow::{Context, Result};
use kashshaf::entities::tagger::label::Label;
use std::path::Path;

/// One marked sentence.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    pub words: Vec<String>,
    pub labels: Vec<Label>,
}

/// Reads a file of sentences; types other than people, places and organisations count as O.
pub fn read(path: &Path) -> Result<Vec<Sentence>> {
    let text =
        std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim().is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
            continue;
        }
        let (word, tag) = line.rsplit_once('\t').with_context(|| {
            format!("{}:{number}: no tab between token and tag", path.display())
        })?;
        let label = Label::of_name(tag);
        // An I- that continues nothing starts a name, as the scorer reads it.
        let last = sentence.labels.last().copied().unwrap_or_default();
        let label = match label.kind() {
            Some(kind) if !last.may_precede(label) => Label::begin(kind),
            _ => label,
        };
        sentence.words.push(word.to_owned());
        sentence.labels.push(label);
    }
    if !sentence.words.is_empty() {
        sentences.push(sentence);
    }
    Ok(sentences)
}
