//! What the words of phrases begin or end with, as a sieve before the tree itself.

use crate::text::char_class::{CharClass, class_of};
use crate::text::fold::fold_letter;

/// So many letters of a word are looked at.
const LETTERS: usize = 3;

/// First or last letters of words, as a set that may say yes too often, never no.
#[derive(Clone, Debug)]
pub(super) struct WordEnds([u64; 64]);

/// The first or last letters of a word, those of a shorter one with zeros behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    /// Folded letters; the first counts from the end of the word in question.
    Of([u32; LETTERS]),
    /// Something rarer, such as a letter of another script: ask the tree itself.
    Unknown,
    /// There is no word.
    None,
}

impl Letters {
    /// Any number.
    pub(super) const NUMBER: Self = Self::Of(['0' as u32, 0, 0]);
}

impl Default for WordEnds {
    fn default() -> Self {
        Self([0; 64])
    }
}

impl WordEnds {
    /// Adds a word.
    pub(super) fn add(&mut self, word: Letters) {
        match word {
            Letters::Of(letters) => {
                let place = place(letters);
                if let Some(bits) = self.0.get_mut(place >> 6) {
                    *bits |= 1 << (place & 63);
                }
            }
            // A text with such a letter is asked anyway.
            Letters::Unknown | Letters::None => {}
        }
    }

    /// Adds all words.
    pub(super) fn add_all(&mut self) {
        self.0 = [u64::MAX; 64];
    }

    /// Whether one of the words may begin, or end, what these are letters of.
    pub(super) fn may_have(&self, letters: Letters) -> bool {
        match letters {
            Letters::Of([first, second, third]) => {
                // A shorter word may stand there with more letters beside it.
                self.has([first, second, third])
                    || self.has([first, second, 0])
                    || self.has([first, 0, 0])
            }
            Letters::Unknown => true,
            Letters::None => false,
        }
    }

    fn has(&self, letters: [u32; LETTERS]) -> bool {
        let place = place(letters);
        self.0
            .get(place >> 6)
            .is_some_and(|bits| bits >> (place & 63) & 1 == 1)
    }
}

/// One of 4,096 places.
fn place(letters: [u32; LETTERS]) -> usize {
    let [first, second, third] = letters;
    // Letters of Arabic differ in their lowest seven bits.
    let key = first << 14 ^ second << 7 ^ third;
    (key.wrapping_mul(0x9E37_79B1) >> 20) as usize
}

/// The first letters of the first word.
pub(super) fn first_letters(text: &str) -> Letters {
    letters(text.chars())
}

/// The last letters of the last word, signs behind it aside.
pub(super) fn last_letters(text: &str) -> Letters {
    let is_sign = |c: &char| class_of(*c) == CharClass::Other;
    letters(text.chars().rev().skip_while(is_sign))
}

fn letters(mut chars: impl Iterator<Item = char>) -> Letters {
    let mut letters = [0_u32; LETTERS];
    let (mut have, mut was_tatweel) = (0, false);
    while let Some(c) = chars.next() {
        let class = class_of(c);
        match class {
            CharClass::Digit if have == 0 => return Letters::NUMBER,
            CharClass::Letter if have == LETTERS => break,
            CharClass::Letter => {
                let folded = match c as u32 {
                    0..0x80 => c.to_ascii_lowercase(),
                    0x600..0x700 => fold_letter(c),
                    _ => return Letters::Unknown,
                };
                if let Some(slot) = letters.get_mut(have) {
                    *slot = folded as u32;
                }
                have += 1;
            }
            // A madda or a hamza that stands apart may make another letter of its own.
            CharClass::Mark if have > 0 && matches!(c, '\u{653}'..='\u{655}') => {
                return Letters::Unknown;
            }
            // A dot beside a tatweel may stand inside a word.
            CharClass::Other if c == '.' && have > 0 => {
                if was_tatweel || chars.next() == Some('\u{640}') {
                    return Letters::Unknown;
                }
                break;
            }
            CharClass::Mark | CharClass::Tatweel | CharClass::Format => {}
            CharClass::Digit | CharClass::Other => break,
        }
        was_tatweel = class == CharClass::Tatweel;
    }
    if have == 0 {
        Letters::None
    } else {
        Letters::Of(letters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_found_in_every_spelling() {
        let cases = [
            ("المصدر", "المصدر: رويترز", true),
            ("اقرا", "إقـــرأ أيضا", true),
            ("في", "في القاهرة", true),
            ("في", "فيه خبر", true),
            ("source", "SOURCE: Reuters", true),
            ("اقرا", "اقـ.رأ أيضا", true),
            ("اقرا", "اق.ـرأ أيضا", true),
            ("شائع", "شاي\u{654}ع", true),
            ("المصدر", "غادر الرئيس", false),
            ("المصدر", "Новости дня", true),
            ("المصدر", "•", false),
        ];
        for (word, text, found) in cases {
            let mut words = WordEnds::default();
            words.add(first_letters(word));
            assert_eq!(words.may_have(first_letters(text)), found, "{word}: {text}");
        }
        let mut words = WordEnds::default();
        words.add(last_letters("ايضا"));
        assert!(words.may_have(last_letters("في موسكوإقرأ أيضاً:")));
        assert!(!words.may_have(last_letters("في موسكو")));
        words.add(Letters::NUMBER);
        assert!(words.may_have(first_letters("٣ دقائق")));
    }
}
