//! Gathers forms to words, for the views.

use super::views::has_hamza;
use super::{FormId, Lexicon};
use crate::analysis::clitics::Evidence;
use crate::text::fold::{fold_letters, fold_plain_letters};

/// The words of a lexicon in the order they are first met, while the views are made.
pub(super) struct Words {
    pub(super) keys: Lexicon,
    /// Running words of each, and those of them that begin with a hamza on alef.
    counts: Vec<(u32, u32)>,
    pub(super) of_form: Vec<u32>,
}

impl Words {
    pub(super) fn of(lexicon: &Lexicon) -> Self {
        let mut words = Self {
            keys: Lexicon::with_room(lexicon.len(), lexicon.text_len()),
            counts: Vec::with_capacity(lexicon.len()),
            of_form: Vec::with_capacity(lexicon.len()),
        };
        let (mut key, mut plain) = (String::new(), Vec::new());
        for (id, form) in lexicon.forms() {
            plain.clear();
            let word = if fold_plain_letters(form.as_bytes(), &mut plain) {
                words.keys.add_bytes(&plain).0
            } else {
                key.clear();
                fold_letters(form, &mut key);
                words.keys.add(&key).0
            };
            if word as usize == words.counts.len() {
                words.counts.push((0, 0));
            }
            let frequency = lexicon.frequency(id);
            if let Some(counts) = words.counts.get_mut(word as usize) {
                counts.0 += frequency;
                counts.1 += if has_hamza(form) { frequency } else { 0 };
            }
            words.of_form.push(word);
        }
        words
    }

    pub(super) fn key(&self, word: u32) -> &[u8] {
        self.keys.bytes(FormId(word))
    }

    pub(super) fn number_by(&mut self, place: &impl Fn(u32) -> u32) {
        for word in &mut self.of_form {
            *word = place(*word);
        }
    }

    fn counts(&self, key: &str) -> (u64, u64) {
        let word = self.keys.find(key);
        let counts = word.and_then(|word| self.counts.get(word.0 as usize));
        counts.map_or((0, 0), |&(all, with_hamza)| {
            (u64::from(all), u64::from(with_hamza))
        })
    }
}

impl Evidence for Words {
    fn frequency(&self, key: &str) -> u64 {
        self.counts(key).0
    }

    fn starts_with_hamza(&self, key: &str) -> bool {
        let (all, with_hamza) = self.counts(key);
        with_hamza * 2 > all
    }
}
