//! The facts of every form of a corpus, and what the corpus says against foreign names.

use super::class::Classes;
use super::form::FormFacts;
use super::latin::LatinWord;
use super::recogniser::Recogniser;
use crate::index::FormId;
use rustc_hash::FxHashMap;

/// Endings of Arabic nouns and verbs that may hide a shorter form.
const ENDINGS: [&str; 14] = [
    "ا", "ت", "ها", "هم", "وا", "ون", "ين", "ان", "تا", "تها", "ته", "ي", "نا", "تم",
];

/// A form is read as proclitic and word if the word is at least one such part as frequent.
const RARER_AT_MOST: u64 = 8;

/// The facts of every form, by form id.
///
/// An unknown form counts as a foreign name only while the corpus does not
/// show it to be an ordinary word:
///
/// | evidence | example |
/// |---|---|
/// | the form with ال occurs | اجتماع beside الاجتماع |
/// | it is a proclitic before a form that is not far rarer | بعدم beside عدم |
/// | it is a form at least as frequent and an ending | كثيرا beside كثير |
/// | it is a verb: the other person occurs | تتعامل beside يتعامل |
#[derive(Debug, Default)]
pub struct FormTable {
    facts: Vec<FormFacts>,
    frequencies: Vec<u32>,
    /// Of each form.
    latin: Vec<LatinWord>,
    has_latin: bool,
}

impl FormTable {
    /// Analyses the forms, given with their frequencies in the order of their ids.
    pub fn new<'a>(
        recogniser: &Recogniser,
        forms: impl IntoIterator<Item = (&'a str, u32)>,
    ) -> Self {
        let (mut table, mut frequencies) = (Self::default(), Vec::new());
        for (form, frequency) in forms {
            table.add(recogniser, form);
            frequencies.push(frequency);
        }
        table.judge(recogniser, |form| {
            frequencies
                .get(form.0 as usize)
                .copied()
                .unwrap_or_default()
        });
        table
    }

    /// Analyses the next form. When all are in, [`FormTable::judge`] is due.
    pub(super) fn add(&mut self, recogniser: &Recogniser, form: &str) {
        self.facts.push(recogniser.analyse_form(form));
        let latin = LatinWord::of(form);
        self.has_latin |= latin == LatinWord::Capital;
        self.latin.push(latin);
    }

    /// Whether a form is written in Latin letters.
    pub(super) fn latin(&self, form: u32) -> LatinWord {
        let latin = self.latin.get(form as usize).copied();
        latin.unwrap_or(LatinWord::No)
    }

    /// Whether any form is a capitalised word in Latin letters.
    pub(super) fn has_latin(&self) -> bool {
        self.has_latin
    }

    /// Judges the forms by how frequent they are in the corpus.
    pub(super) fn judge(&mut self, recogniser: &Recogniser, frequency: impl Fn(FormId) -> u32) {
        let forms = (0..).map(FormId);
        self.frequencies = forms.take(self.facts.len()).map(frequency).collect();
        // Running words by key: the evidence against foreign names.
        let mut by_key: FxHashMap<String, u64> = FxHashMap::default();
        for (facts, &frequency) in self.facts.iter().zip(&self.frequencies) {
            *by_key.entry(facts.key().to_owned()).or_default() += u64::from(frequency);
            // الاجتماع may occur only as بالاجتماع or للاجتماع.
            let articles = facts.readings.iter().skip(1);
            for reading in articles.filter(|r| r.key.starts_with("ال")) {
                by_key.entry(reading.key.clone()).or_insert(1);
            }
        }
        for facts in self.facts.iter_mut().filter(|facts| facts.foreign) {
            facts.foreign = !is_native(facts, recogniser, &by_key);
        }
    }

    /// The facts of a form.
    #[must_use]
    pub fn get(&self, form: u32) -> Option<&FormFacts> {
        self.facts.get(form as usize)
    }

    /// Forms with their ids and frequencies.
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &FormFacts, u32)> {
        let frequencies = self.frequencies.iter().copied();
        (0..)
            .zip(self.facts.iter().zip(frequencies))
            .map(|(id, (facts, frequency))| (id, facts, frequency))
    }

    /// Number of forms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.facts.len()
    }

    /// Whether there is no form.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.facts.is_empty()
    }
}

/// Whether the corpus or the tables show that the form is an ordinary word.
fn is_native(facts: &FormFacts, recogniser: &Recogniser, by_key: &FxHashMap<String, u64>) -> bool {
    let frequency = |key: &str| by_key.get(key).copied().unwrap_or_default();
    let own = frequency(facts.key());
    let ordinary = |key: &str| {
        let lexicon = &recogniser.lexicon;
        lexicon.classes(lexicon.word(key)).any(Classes::NOT_IN_NAME)
    };
    let key = facts.key();
    let definite = facts
        .readings
        .iter()
        .any(|r| frequency(&format!("ال{}", r.key)) > 0);
    let proclitic = facts
        .readings
        .iter()
        .skip(1)
        .any(|r| frequency(&r.key) * RARER_AT_MOST >= own);
    let ending = ENDINGS
        .iter()
        .filter_map(|ending| key.strip_suffix(ending))
        .any(|stem| stem.chars().count() >= 3 && (ordinary(stem) || frequency(stem) >= own));
    let verb = key
        .strip_prefix(['ت', 'ن'])
        .is_some_and(|rest| frequency(&format!("ي{rest}")) > 0);
    definite || proclitic || ending || verb
}
