//! One text in several Unicode forms gives the same tokens and keys.
#![allow(
    clippy::expect_used,
    reason = "a failed expectation is the test's report"
)]

use kashshaf::analysis::Lens;
use kashshaf::analysis::fold::letters_key;
use kashshaf::index::{Index, Scope};
use kashshaf::parse::Page;
use kashshaf::search::{Query, Search};
use kashshaf::text::tokenize;
use proptest::prelude::*;
use unicode_normalization::UnicodeNormalization;

/// Letters that compose, fold or have presentation forms, with and without marks.
const LETTERS: &[&str] = &[
    "ا", "أ", "إ", "آ", "ٱ", "ب", "ت", "ة", "ج", "د", "ر", "س", "ل", "م", "ن", "ه", "و", "ؤ", "ي",
    "ئ", "ى", "ء", "ک", "ی", "گ", "پ", "ۀ", "ۂ", "ۓ", "َ", "ّ", "ُّ", "ً", "ـ", "é", "ç", "E\u{301}",
    "ñ", "x",
];

/// What stands between words.
const GAPS: &[&str] = &[" ", "، ", ". ", " «", "» ", "\n", " 12 ", " ١٢ "];

fn text() -> impl Strategy<Value = String> {
    let word = proptest::collection::vec(proptest::sample::select(LETTERS), 1..7)
        .prop_map(|letters| letters.concat());
    let piece =
        (word, proptest::sample::select(GAPS)).prop_map(|(word, gap)| format!("{word}{gap}"));
    proptest::collection::vec(piece, 1..12).prop_map(|pieces| pieces.concat())
}

/// The presentation forms of letters and of لا, by what they stand for.
fn presentation_forms() -> Vec<(String, char)> {
    let forms = ('\u{FE80}'..='\u{FEFC}')
        .chain('\u{FB50}'..='\u{FB9F}')
        .chain(['\u{FBFC}', '\u{FDF2}']);
    let letters = |form: char| -> String { std::iter::once(form).nfkc().collect() };
    forms
        .map(|form| (letters(form), form))
        .filter(|(text, form)| !text.starts_with(*form))
        .collect()
}

/// The text with some of its letters as presentation forms.
fn presented(text: &str, forms: &[(String, char)], seed: &[usize]) -> String {
    let (mut shown, mut rest, mut number) = (String::new(), text, 0);
    while let Some(first) = rest.chars().next() {
        let fitting: Vec<_> = forms
            .iter()
            .filter(|(letters, _)| rest.starts_with(letters.as_str()))
            .collect();
        let chosen = seed
            .get(number % seed.len().max(1))
            .copied()
            .unwrap_or_default();
        number += 1;
        // Every other time the letter stays.
        match fitting
            .get(chosen / 2 % fitting.len().max(1))
            .filter(|_| chosen % 2 == 1)
        {
            Some((letters, form)) => {
                shown.push(*form);
                rest = rest.get(letters.len()..).expect("a border");
            }
            None => {
                shown.push(first);
                rest = rest.get(first.len_utf8()..).expect("a border");
            }
        }
    }
    shown
}

fn keys(text: &str) -> Vec<String> {
    tokenize(text)
        .map(|token| letters_key(token.span.of(text)))
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..Default::default() })]

    #[test]
    fn every_form_of_a_text_gives_the_same_keys(
        text in text(),
        seed in proptest::collection::vec(0usize..8, 1..24),
    ) {
        let composed: String = text.nfc().collect();
        let expected = keys(&composed);
        let forms = presentation_forms();
        let others: [(&str, String); 4] = [
            ("NFD", text.nfd().collect()),
            ("NFKC", text.nfkc().collect()),
            ("NFKD", text.nfkd().collect()),
            ("presentation forms", presented(&composed, &forms, &seed)),
        ];
        for (name, other) in others {
            prop_assert_eq!(&keys(&other), &expected, "{}: {} as {}", name, &composed, &other);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..Default::default() })]

    /// What a word of one form finds in texts of all forms is what it finds in texts of its own, under the letters lens
    /// and all that are looser.
    #[test]
    fn words_find_texts_of_every_form(text in text(), seed in proptest::collection::vec(0usize..8, 1..24)) {
        let composed: String = text.nfc().collect();
        let decomposed: String = text.nfd().collect();
        let forms = [composed.clone(), decomposed, presented(&composed, &presentation_forms(), &seed)];
        let indexes = forms.clone().map(|text| {
            let mut index = Index::default();
            index.add(Page::from_article("a", text.as_bytes(), "", &text), false).expect("new");
            index.refresh();
            index
        });
        let asked: Vec<Vec<&str>> =
            forms.iter().map(|text| tokenize(text).map(|token| token.span.of(text)).collect()).collect();
        for (place, word) in asked[0].iter().enumerate() {
            for lens in Lens::ALL.into_iter().filter(|lens| *lens >= Lens::Letters) {
                let total = |index: &Index, word: &str| Search::new(index).totals(&Query::parse(word), lens, Scope::Articles);
                let expected = total(&indexes[0], word);
                for (index, words) in indexes.iter().zip(&asked) {
                    prop_assert_eq!(total(index, word), expected, "{} {:?}", word, lens);
                    prop_assert_eq!(total(&indexes[0], words[place]), expected, "{} {:?}", words[place], lens);
                }
            }
        }
    }
}
