//! Tags sentences that are already cut into tokens, as CoNLL files hold them.

use super::label::Label;
use super::model::Model;
use super::reading::{Form, Sentence, Surroundings, leaning};
use super::votes::{Opinion, Votes};
use rustc_hash::FxHashMap;

/// Sentences before and after that count as near: a stream of sentences does not tell its articles apart.
pub const NEAR: usize = 20;

/// Tags all sentences; those of one call vote together.
#[must_use]
pub fn tag<S: AsRef<str>>(model: &Model, sentences: &[Vec<S>]) -> Vec<Vec<Label>> {
    let mut forms: Vec<Form> = Vec::new();
    let mut numbers: FxHashMap<&str, u32> = FxHashMap::default();
    let mut ids: Vec<Vec<u32>> = Vec::with_capacity(sentences.len());
    for sentence in sentences {
        let mut numbered = Vec::with_capacity(sentence.len());
        for word in sentence {
            let next = u32::try_from(forms.len()).unwrap_or(u32::MAX);
            let number = *numbers.entry(word.as_ref()).or_insert(next);
            if number == next {
                forms.push(model.form(word.as_ref()));
            }
            numbered.push(number);
        }
        ids.push(numbered);
    }
    let mut scratch = Sentence::default();
    let mut all = Votes::default();
    let mut heard: Vec<(Vec<u32>, Vec<Opinion>, i64)> = Vec::with_capacity(ids.len());
    for ids in &ids {
        model.read_sentence(ids, &forms, &mut scratch);
        let (keys, opinions) = model.opinions(&mut scratch);
        all.add(keys, opinions);
        heard.push((keys.to_vec(), opinions.to_vec(), leaning(ids, &forms)));
    }
    all.settle();
    let mut out = Vec::with_capacity(ids.len());
    for (i, ids) in ids.iter().enumerate() {
        let mut near = Votes::default();
        let mut near_leaning = 0;
        for (keys, opinions, leaning) in
            heard.iter().take(i + NEAR + 1).skip(i.saturating_sub(NEAR))
        {
            near.add(keys, opinions);
            near_leaning += leaning;
        }
        near.settle();
        model.read_sentence(ids, &forms, &mut scratch);
        model.opinions(&mut scratch);
        let mut labels = Vec::new();
        let around = Surroundings {
            all: &all,
            near: &near,
            leaning: near_leaning,
        };
        model.second_labels(ids, &forms, &mut scratch, around, &mut labels);
        out.push(labels);
    }
    out
}
