//! A lexicon counts as a map does.

use super::*;
use crate::text::ByteSpan;
use proptest::prelude::*;
use std::collections::BTreeMap;

#[test]
fn forms_keep_their_number_and_are_counted() {
    let mut lexicon = Lexicon::default();
    let ids: Vec<_> = ["كوريا", "روسيا", "كوريا", "کوریا"]
        .map(|w| lexicon.add(w))
        .to_vec();
    assert_eq!(ids, [FormId(0), FormId(1), FormId(0), FormId(2)]);
    assert_eq!(lexicon.frequency(FormId(0)), 2);
    assert_eq!(lexicon.form(FormId(2)), "کوریا");
    assert_eq!(lexicon.find("روسيا"), Some(FormId(1)));
    assert_eq!(lexicon.find("روسي"), None);
    assert_eq!(Lexicon::default().find("روسيا"), None);
    assert_eq!(lexicon.len(), 3);
    assert_eq!(lexicon.form(FormId(9)), "");
}

proptest! {
    #[test]
    fn a_lexicon_counts_as_a_map_does(words in proptest::collection::vec("[ابت]{0,4}|[a-z]{0,20}", 0..3_000)) {
        let mut lexicon = Lexicon::default();
        let mut naive: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
        for word in &words {
            let next = u32::try_from(naive.len()).expect("few");
            let (number, count) = naive.entry(word).or_insert((next, 0));
            *count += 1;
            prop_assert_eq!(lexicon.add(word), FormId(*number));
        }
        prop_assert_eq!(lexicon.len(), naive.len());
        for (word, (number, count)) in naive {
            prop_assert_eq!(lexicon.find(word), Some(FormId(number)));
            prop_assert_eq!(lexicon.frequency(FormId(number)), count);
            prop_assert_eq!(lexicon.form(FormId(number)), word);
        }
        let text = words.join(" ");
        let ends = words.iter().scan(0, |end, word| {
            *end += word.len() + 1;
            Some(ByteSpan::new(*end - word.len() - 1, *end - 1))
        });
        let (spans, mut at_once, mut found): (Vec<_>, _, _) = (ends.collect(), Lexicon::default(), Vec::new());
        for (words, spans) in words.chunks(700).zip(spans.chunks(700)) {
            at_once.add_all(text.as_bytes(), spans, 1, &mut found);
            let expected: Vec<_> = words.iter().map(|word| lexicon.find(word).expect("known")).collect();
            prop_assert_eq!(found.iter().map(|word| word.form).collect::<Vec<_>>(), expected);
        }
        for form in (0..lexicon.len() as u32).map(FormId) {
            prop_assert_eq!(at_once.frequency(form), lexicon.frequency(form));
        }
    }
}
