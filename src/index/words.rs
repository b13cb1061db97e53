//! Gathers forms to words, for the views.

use super::views::has_hamza;
use super::{FormId, Lexicon};
use crate::analysis::clitics::Evidence;
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
            plain.clear();
            let frequency = lexicon.frequency(id);
            let FormId(word) = if fold_plain_letters(form.as_bytes(), &mut plain) {
                words.keys.add_running(&plain, frequency)
            } else {
                key.clear();
                fold_letters(form, &mut key);
                words.keys.add_running(key.as_bytes(), frequency)
            };
            if word as usize == words.with_hamza.len() {
                words.with_hamza.push(0);
            }
            if let Some(with_hamza) = words.with_hamza.get_mut(word as usize)
                && has_hamza(form)
            {
                *with_hamza += frequency;
            }
            words.of_form.push(word);
        }
        words
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
