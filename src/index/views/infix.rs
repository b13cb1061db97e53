//! Words that hold given letters anywhere.
//!
//! The letters keys of all words stand one behind the other, so that one search
//! for the letters goes through the whole lexicon at the speed of memory; a
//! table of grams would take more room than the lexicon and save a millisecond.

use crate::index::Views;
use memchr::memmem::Finder;

impl Views {
    /// The words whose letters keys hold `letters`, which are folded, in the
    /// order of their numbers; all words for none.
    ///
    /// What a looser or stricter lens leaves of a word is part of its key or
    /// folds to it, so that these are the candidates of every lens for a
    /// pattern with these letters in it.
    #[must_use]
    pub fn words_holding(&self, letters: &str) -> Vec<u32> {
        self.look_at_all();
        let ends = &self.key_ends;
        let count = u32::try_from(ends.len()).unwrap_or(u32::MAX);
        if letters.is_empty() {
            return (0..count).collect();
        }
        let finder = Finder::new(letters.as_bytes());
        let (mut found, mut from, mut word) = (Vec::new(), 0, 0);
        while let Some(at) = self.keys.get(from..).and_then(|keys| finder.find(keys)) {
            let (start, end) = (from + at, from + at + letters.len());
            word = ends.first_above(word, u32::try_from(start).unwrap_or(u32::MAX));
            let Some(word_end) = ends.get(word) else {
                break;
            };
            // Letters that run over the end of a word stand in none.
            if end <= word_end as usize {
                found.push(u32::try_from(word).unwrap_or(u32::MAX));
            }
            from = word_end as usize;
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use crate::index::{Lexicon, Views};
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn words_are_those_of_a_scan(forms in proptest::collection::vec("[ابأ]{1,4}|[aب1]{1,3}", 0..60), letters in "[ابa]{0,3}") {
            let mut lexicon = Lexicon::default();
            for form in &forms {
                lexicon.add(form);
            }
            let views = Views::new(&lexicon);
            let naive: Vec<u32> = (0..views.len() as u32).filter(|&word| views.key(word).contains(&letters)).collect();
            prop_assert_eq!(views.words_holding(&letters), naive);
        }
    }
}
