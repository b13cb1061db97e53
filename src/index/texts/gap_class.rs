//! What the gap between two tokens says about sentences and lines, worked out
//! once for each distinct gap.

use crate::text::sentence::ends_sentence;

/// What a gap does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct GapClass {
    /// Ends a sentence behind a word of several letters, and of one.
    ends_after_word: bool,
    ends_after_letter: bool,
    /// Is one end of a line, and no sentence ends before it.
    continues_after_word: bool,
    continues_after_letter: bool,
}

impl GapClass {
    /// A single space.
    pub(in crate::index) const SPACE: Self = Self {
        ends_after_word: false,
        ends_after_letter: false,
        continues_after_word: false,
        continues_after_letter: false,
    };

    pub(in crate::index) fn of(gap: &str) -> Self {
        // Of the word before, only its number of letters matters.
        let (word, letter) = ("لا", "ا");
        let one_line_end = gap.matches('\n').count() == 1;
        let end_of_line = gap.split('\n').next().unwrap_or_default();
        let continues = |before| one_line_end && !ends_sentence(before, end_of_line);
        Self {
            ends_after_word: ends_sentence(word, gap),
            ends_after_letter: ends_sentence(letter, gap),
            continues_after_word: continues(word),
            continues_after_letter: continues(letter),
        }
    }

    /// Whether a sentence ends here.
    pub(in crate::index) fn ends_sentence(self, after_letter: bool) -> bool {
        if after_letter {
            self.ends_after_letter
        } else {
            self.ends_after_word
        }
    }

    /// Whether a line ends here whose sentence may go on.
    pub(in crate::index) fn continues_line(self, after_letter: bool) -> bool {
        if after_letter {
            self.continues_after_letter
        } else {
            self.continues_after_word
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_class_says_what_the_rule_says(before in "[بك]{1,3}", gap in "[ .!؟\n«»…a]{0,5}") {
            let class = GapClass::of(&gap);
            let one = before.chars().count() == 1;
            prop_assert_eq!(class.ends_sentence(one), ends_sentence(&before, &gap));
        }
    }
}
