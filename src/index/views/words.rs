//! Gathers forms to words, for the views.

use crate::analysis::clitics::{Evidence, strip_proclitics};
use crate::analysis::fold::marks_key;
use crate::index::lexicon::{AT_ONCE, Frequencies, Lookup};
use crate::index::store::number;
use crate::index::{FormId, Lexicon};
use crate::sorting::Arrange;
use crate::text::ByteSpan;
use crate::text::fold::{fold_letters, fold_plain_letters};
use std::ops::Range;

/// The words of a lexicon in the order they are first met, while the views are made.
pub(in crate::index) struct Words {
    /// Their letters keys, with the running words of each.
    pub(in crate::index) keys: Lexicon,
    /// Running words of each that begin with a hamza on alef.
    with_hamza: Frequencies,
    of_form: Vec<u32>,
}

/// Keys of forms that are looked up side by side.
#[derive(Default)]
struct Batch {
    keys: Vec<u8>,
    spans: Vec<ByteSpan>,
    found: Vec<Lookup>,
    key: String,
}

impl Words {
    /// `of_form` is empty, and has room for all forms.
    pub(in crate::index) fn of(lexicon: &Lexicon, of_form: Vec<u32>) -> Self {
        let mut words = Self {
            keys: Lexicon::with_room(lexicon.len(), lexicon.text_len()),
            with_hamza: Frequencies::with_room(lexicon.len()),
            of_form,
        };
        let mut batch = Batch::default();
        let forms = number(lexicon.len());
        for first in (0..forms).step_by(AT_ONCE) {
            words.add(
                lexicon,
                first..forms.min(first + AT_ONCE as u32),
                &mut batch,
            );
        }
        words
    }

    /// Adds forms to their words.
    #[inline(never)] // called for every few forms, so that a browser compiles it well on the way
    fn add(&mut self, lexicon: &Lexicon, forms: Range<u32>, batch: &mut Batch) {
        batch.keys.clear();
        batch.spans.clear();
        for form in forms.clone().map(FormId) {
            let start = batch.keys.len();
            if !fold_plain_letters(lexicon.bytes(form), &mut batch.keys) {
                batch.key.clear();
                fold_letters(lexicon.form(form), &mut batch.key);
                batch.keys.extend_from_slice(batch.key.as_bytes());
            }
            batch.spans.push(ByteSpan::new(start, batch.keys.len()));
        }
        self.keys
            .add_all(&batch.keys, &batch.spans, 0, &mut batch.found);
        for (form, &Lookup { form: word, .. }) in forms.map(FormId).zip(&batch.found) {
            let frequency = lexicon.frequency(form);
            self.keys.count(word, frequency);
            let place = word.0 as usize;
            if place == self.with_hamza.len() {
                self.with_hamza.push(0);
            }
            if has_hamza(lexicon.bytes(form)) {
                self.with_hamza.add(place, frequency);
            }
            self.of_form.push(word.0);
        }
    }

    /// Bytes of proclitics at the start of a key.
    #[inline(never)] // called for every word, so that a browser compiles it well on the way
    pub(in crate::index) fn cut(&self, word: u32) -> u8 {
        let key = self.keys.form(FormId(word));
        let base = strip_proclitics(key, self);
        u8::try_from(key.len() - base.len()).unwrap_or_default()
    }

    /// Gives back what only proclitics are found by.
    pub(in crate::index) fn forget_evidence(&mut self) {
        self.keys.keep_forms();
        self.with_hamza = Frequencies::default();
    }

    pub(in crate::index) fn key(&self, word: u32) -> &[u8] {
        self.keys.bytes(FormId(word))
    }

    fn frequency_of(&self, key: &[u8]) -> u64 {
        let word = self.keys.find_bytes(key);
        word.map_or(0, |word| u64::from(self.keys.frequency(word)))
    }

    /// Beside each form the number that `place` gives its word.
    pub(in crate::index) fn numbers_by(mut self, place: &impl Fn(u32) -> u32) -> Vec<u32> {
        for word in &mut self.of_form {
            *word = place(*word);
        }
        self.of_form
    }
}

impl Evidence for Words {
    fn frequency(&self, key: &str) -> u64 {
        self.frequency_of(key.as_bytes())
    }

    fn frequency_with_article(&self, key: &str) -> u64 {
        // Looked up for every word, and most are short.
        let mut room = [0; 64];
        let article = "ال".bytes();
        let bytes = article.chain(key.bytes());
        let count = room
            .iter_mut()
            .zip(bytes)
            .map(|(to, byte)| *to = byte)
            .count();
        match room.get(..count).filter(|_| count < room.len()) {
            Some(key) => self.frequency_of(key),
            None => self.frequency(&format!("ال{key}")),
        }
    }

    fn starts_with_hamza(&self, key: &str) -> bool {
        let word = self.keys.find(key);
        word.is_some_and(|word| {
            let with_hamza = u64::from(self.with_hamza.get(word.0 as usize));
            with_hamza * 2 > u64::from(self.keys.frequency(word))
        })
    }
}

pub(in crate::index) fn has_hamza(form: &[u8]) -> bool {
    ["أ", "إ", "آ"]
        .iter()
        .any(|alef| form.starts_with(alef.as_bytes()))
}

/// Sorts the forms of a word by their marks keys, then as written.
pub(in crate::index) fn sort_forms(lexicon: &Lexicon, forms: &mut [FormId]) {
    // Most words have two forms.
    if let [one, other] = forms {
        if form_key(lexicon, *one) > form_key(lexicon, *other) {
            std::mem::swap(one, other);
        }
        return;
    }
    forms.arrange_by_cached_key(|&form| form_key(lexicon, form));
}

fn form_key(lexicon: &Lexicon, form: FormId) -> (String, &str) {
    let form = lexicon.form(form);
    (marks_key(form), form)
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
