//! Gathers forms to words, for the views.

use crate::analysis::clitics::{Evidence, Word, strip_proclitics_of};
use crate::analysis::fold::marks_key;
use crate::index::lexicon::{AT_ONCE, Frequencies, Lookup};
use crate::index::store::number;
use crate::index::{FormId, Lexicon};
use crate::sorting::Arrange;
use crate::text::fold::{fold_letters, fold_plain_letters};
use crate::text::{ByteSpan, is_plain_word};
use std::ops::Range;

/// The words of a lexicon in the order they are first met, while the views are made.
pub(in crate::index) struct Words {
    /// Their letters keys, with the running words of each.
    pub(in crate::index) keys: Lexicon,
    /// Running words of each that begin with a hamza on alef.
    with_hamza: Frequencies,
    /// Running words of each that have «ال» before them.
    with_article: Frequencies,
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
            with_article: Frequencies::default(),
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
        let count = words.keys.len();
        words.with_article = Frequencies::with_room(count);
        (0..count).for_each(|_| words.with_article.push(0));
        (0..number(count)).for_each(|word| words.count_article(word));
        words
    }

    /// Counts a word that begins with «ال» for the word behind it.
    #[inline(never)] // called for every word, so that a browser compiles it well on the way
    fn count_article(&mut self, word: u32) {
        let base = self.key(word).strip_prefix("ال".as_bytes());
        if let Some(base) = base.and_then(|base| self.keys.find_bytes(base)) {
            let frequency = self.keys.frequency(FormId(word));
            self.with_article.set(base.0 as usize, frequency);
        }
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

    /// Bytes of proclitics at the start of each key.
    pub(in crate::index) fn cuts(&self) -> Vec<u8> {
        let (words, text) = (0..number(self.keys.len()), self.keys.text());
        words.map(|word| self.cut(word, text)).collect()
    }

    /// The same of one, with the text of all keys.
    #[inline(never)] // called for every word, so that a browser compiles it well on the way
    fn cut(&self, word: u32, keys: &str) -> u8 {
        let key = self.keys.form_of(keys, FormId(word));
        let number = Some(word);
        let base = strip_proclitics_of(Word { key, number }, self);
        u8::try_from(key.len() - base.len()).unwrap_or_default()
    }

    /// Gives back what only proclitics are found by.
    pub(in crate::index) fn forget_evidence(&mut self) {
        self.keys.keep_forms();
        self.with_hamza = Frequencies::default();
        self.with_article = Frequencies::default();
    }

    pub(in crate::index) fn key(&self, word: u32) -> &[u8] {
        self.keys.bytes(FormId(word))
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
    fn number(&self, key: &str) -> Option<u32> {
        self.keys.find_bytes(key.as_bytes()).map(|word| word.0)
    }

    fn frequency(&self, number: u32) -> u64 {
        self.keys.frequency(FormId(number)).into()
    }

    fn frequency_with_article(&self, word: Word<'_>) -> u64 {
        if let Some(number) = word.number {
            return self.with_article.get(number as usize).into();
        }
        let word = self.number(&format!("ال{}", word.key));
        word.map_or(0, |word| self.frequency(word))
    }

    fn starts_with_hamza(&self, number: u32) -> bool {
        let with_hamza = u64::from(self.with_hamza.get(number as usize));
        with_hamza * 2 > self.frequency(number)
    }
}

pub(in crate::index) fn has_hamza(form: &[u8]) -> bool {
    ["أ", "إ", "آ"]
        .iter()
        .any(|alef| form.starts_with(alef.as_bytes()))
}

/// Sorts the forms of a word by their marks keys, then as written.
pub(in crate::index) fn sort_forms(lexicon: &Lexicon, forms: &mut [FormId]) {
    // Most words have two forms, and most forms are their own marks keys.
    if let [one, other] = forms {
        let (first, second) = (lexicon.bytes(*one), lexicon.bytes(*other));
        let is_behind = if is_plain_word(first) && is_plain_word(second) {
            first > second
        } else {
            form_key(lexicon, *one) > form_key(lexicon, *other)
        };
        if is_behind {
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
    use super::{form_key, sort_forms};
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

        #[test]
        fn forms_of_a_word_stand_in_the_order_of_their_marks_keys(written in proptest::collection::btree_set("[اأإب]{1,3}|[اأب\u{64B}ـ]{1,4}|[a.é]{1,3}", 2..4)) {
            let mut lexicon = Lexicon::default();
            let mut forms: Vec<_> = written.iter().rev().map(|form| lexicon.add(form)).collect();
            let mut naive = forms.clone();
            naive.sort_by_key(|&form| form_key(&lexicon, form));
            sort_forms(&lexicon, &mut forms);
            prop_assert_eq!(forms, naive);
        }
    }
}
