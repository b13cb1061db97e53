//! Gathers forms to words, for the views.

use super::{FormId, Lexicon};
use crate::analysis::clitics::Evidence;
use crate::analysis::fold::marks_key;
use crate::text::fold::{fold_letters, fold_plain_letters};

/// The words of a lexicon in the order they are first met, while the views are made.
pub(super) struct Words {
    /// Their letters keys, with the running words of each.
    pub(super) keys: Lexicon,
    /// Running words of each that begin with a hamza on alef.
    with_hamza: Vec<u32>,
    of_form: Vec<u32>,
}

impl Words {
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        let mut words = Self {
            keys: Lexicon::with_room(lexicon.len(), lexicon.text_len()),
            with_hamza: Vec::with_capacity(lexicon.len()),
            of_form: Vec::with_capacity(lexicon.len()),
        };
        let (mut key, mut plain) = (String::new(), Vec::new());
        for (id, form) in lexicon.forms() {
            words.add(form, lexicon.frequency(id), &mut key, &mut plain);
        }
        words
    }

    /// Adds a form to its word.
    #[inline(never)] // called for every form, so that a browser compiles it well on the way
    fn add(&mut self, form: &str, frequency: u32, key: &mut String, plain: &mut Vec<u8>) {
        plain.clear();
        let FormId(word) = if fold_plain_letters(form.as_bytes(), plain) {
            self.keys.add_running(plain, frequency)
        } else {
            key.clear();
            fold_letters(form, key);
            self.keys.add_running(key.as_bytes(), frequency)
        };
        if word as usize == self.with_hamza.len() {
            self.with_hamza.push(0);
        }
        if let Some(with_hamza) = self.with_hamza.get_mut(word as usize)
            && has_hamza(form)
        {
            *with_hamza += frequency;
        }
        self.of_form.push(word);
    }

    pub(super) fn key(&self, word: u32) -> &[u8] {
        self.keys.bytes(FormId(word))
    }

    /// Beside each form the number that `place` gives its word.
    pub(super) fn numbers_by(mut self, place: &impl Fn(u32) -> u32) -> Vec<u32> {
        for word in &mut self.of_form {
            *word = place(*word);
        }
        self.of_form
    }
}

impl Evidence for Words {
    fn frequency(&self, key: &str) -> u64 {
        let word = self.keys.find(key);
        word.map_or(0, |word| u64::from(self.keys.frequency(word)))
    }

    fn starts_with_hamza(&self, key: &str) -> bool {
        let word = self.keys.find(key);
        let with_hamza = |word: FormId| self.with_hamza.get(word.0 as usize).copied();
        word.is_some_and(|word| {
            let with_hamza = u64::from(with_hamza(word).unwrap_or_default());
            with_hamza * 2 > u64::from(self.keys.frequency(word))
        })
    }
}

pub(super) fn has_hamza(form: &str) -> bool {
    form.starts_with(['أ', 'إ', 'آ'])
}

/// Sorts the forms of a word by their marks keys, then as written.
pub(super) fn sort_forms(lexicon: &Lexicon, forms: &mut [FormId]) {
    let key = |form: FormId| (marks_key(lexicon.form(form)), lexicon.form(form));
    let mut keyed: Vec<((String, &str), FormId)> =
        forms.iter().map(|&form| (key(form), form)).collect();
    keyed.sort();
    for (form, (_, sorted)) in forms.iter_mut().zip(keyed) {
        *form = sorted;
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Lexicon, Views};
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

        #[test]
        fn every_word_is_found_by_its_key_and_no_other(
            stems in proptest::collection::vec("[ابتل]{0,4}", 1..12),
            asked in proptest::collection::vec("(و|ف|وال|ب|ال|لل)?[ابتل]{0,4}", 0..40),
        ) {
            let mut lexicon = Lexicon::default();
            for stem in stems.iter().map(String::as_str).chain(["كتاب"]) {
                for proclitics in ["", "و", "ال", "وال", "لل", "ب"] {
                    let word = format!("{proclitics}{stem}");
                    if !word.is_empty() {
                        lexicon.add(&word);
                    }
                }
            }
            let views = Views::new(&lexicon);
            let words = 0..views.len() as u32;
            prop_assert!(words.clone().any(|word| views.key(word) != views.base(word)));
            for word in words.clone() {
                prop_assert_eq!(views.word(views.key(word)), Some(word));
            }
            for key in &asked {
                let naive = words.clone().find(|&word| views.key(word) == key);
                prop_assert_eq!(views.word(key), naive);
            }
        }
    }
}
