//! Tokens: the words and numbers of a text, as byte spans.
//!
//! | run | one token | example |
//! |---|---|---|
//! | letters and their marks | yes | كوريا، استُخدمت |
//! | letters and tatweel | yes | العـــراق |
//! | tatweel and a lone dot between letters | yes: an evasive spelling | قاتـ.ل |
//! | invisible characters between letters | yes | می‌شود |
//! | digits, with `.` or `,` (also ٫ ٬) between digits | yes | 1,234.5 |
//! | letters next to digits | two tokens | كوفيد19 |
//!
//! Everything else stands between tokens. What does not happen here: no
//! folding, no stemming, no splitting of proclitics.

use super::ByteSpan;
use super::char_class::{CharClass, class_of};

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// Digits.
    Number,
}

/// One token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Where it stands, in bytes of the text that was tokenised.
    pub span: ByteSpan,
    /// Word or number.
    pub kind: TokenKind,
}

/// Yields the tokens of `text` in order.
///
/// ```
/// use kashshaf::text::tokenize;
/// let text = "فيروس قاتـ.ل، 1,234 مرّة";
/// let words: Vec<_> = tokenize(text).map(|t| t.span.of(text)).collect();
/// assert_eq!(words, ["فيروس", "قاتـ.ل", "1,234", "مرّة"]);
/// ```
#[must_use]
pub fn tokenize(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// Iterator of [`tokenize`].
#[derive(Clone, Debug)]
pub struct Tokens<'a> {
    text: &'a str,
    at: usize,
}

impl Tokens<'_> {
    /// The class and the end of the character that starts at byte `at`.
    fn look(&self, at: usize) -> Option<(CharClass, char, usize)> {
        let bytes = self.text.as_bytes();
        let first = *bytes.get(at)?;
        // Two bytes are nearly every character of Arabic text.
        let c = match first {
            0..=0x7F => char::from(first),
            0xC2..=0xDF => {
                let second = u32::from(*bytes.get(at + 1)? & 0x3F);
                char::from_u32((u32::from(first & 0x1F) << 6) | second)?
            }
            _ => self.text.get(at..)?.chars().next()?,
        };
        Some((class_of(c), c, at + c.len_utf8()))
    }

    /// End of the word that may start at `start`; `None` when no letter is in it.
    fn word_end(&self, start: usize) -> (usize, bool) {
        let (mut at, mut end, mut has_letter, mut after_tatweel) = (start, start, false, false);
        while let Some((class, c, next)) = self.look(at) {
            match class {
                CharClass::Letter => {
                    (has_letter, after_tatweel, end) = (true, false, next);
                }
                CharClass::Mark => end = next,
                CharClass::Tatweel => (after_tatweel, end) = (true, next),
                CharClass::Format => {} // counts only when a letter follows
                CharClass::Other
                    if c == '.' && has_letter && self.is_evasive_dot(next, after_tatweel) => {}
                _ => break,
            }
            at = next;
        }
        (end, has_letter)
    }

    /// A dot inside a word: a tatweel on one side of it, a letter on the other.
    fn is_evasive_dot(&self, next: usize, after_tatweel: bool) -> bool {
        match self.look(next) {
            Some((CharClass::Letter, ..)) => after_tatweel,
            Some((CharClass::Tatweel, _, after)) => {
                matches!(
                    self.look(after),
                    Some((CharClass::Letter | CharClass::Tatweel, ..))
                )
            }
            _ => false,
        }
    }

    fn number_end(&self, start: usize) -> usize {
        let (mut at, mut end) = (start, start);
        while let Some((class, c, next)) = self.look(at) {
            if class == CharClass::Digit {
                end = next;
            } else if end != at || !matches!(c, '.' | ',' | '\u{066B}' | '\u{066C}') {
                break;
            }
            at = next;
        }
        end
    }
}

impl Iterator for Tokens<'_> {
    type Item = Token;

    fn next(&mut self) -> Option<Token> {
        loop {
            let start = self.at;
            let (class, _, next) = self.look(start)?;
            match class {
                CharClass::Digit => {
                    self.at = self.number_end(start);
                    let span = ByteSpan::new(start, self.at);
                    return Some(Token {
                        span,
                        kind: TokenKind::Number,
                    });
                }
                CharClass::Letter | CharClass::Mark | CharClass::Tatweel => {
                    let (end, has_letter) = self.word_end(start);
                    self.at = end.max(next);
                    if has_letter {
                        let span = ByteSpan::new(start, end);
                        return Some(Token {
                            span,
                            kind: TokenKind::Word,
                        });
                    }
                }
                CharClass::Other | CharClass::Format => self.at = next,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text).map(|t| t.span.of(text)).collect()
    }

    #[test]
    fn runs_are_cut_as_the_table_says() {
        let cases: &[(&str, &[&str])] = &[
            ("", &[]),
            ("كوفيد-19", &["كوفيد", "19"]),
            ("كوفيد19", &["كوفيد", "19"]),
            ("قاتـ.ل", &["قاتـ.ل"]),
            ("قات.ـل", &["قات.ـل"]),
            ("انتهى.وقال", &["انتهى", "وقال"]),
            ("د.محمد", &["د", "محمد"]),
            ("بـ موسكو", &["بـ", "موسكو"]),
            ("العـــراق.", &["العـــراق"]),
            ("أيضاًبوتين:", &["أيضاًبوتين"]),
            ("استُخدمت مرّات", &["استُخدمت", "مرّات"]),
            (" \u{651} ّ ـ ", &[]),
            ("#كوريا_الشمالية", &["كوريا", "الشمالية"]),
            ("1,234.5 و٣٫١٤", &["1,234.5", "و", "٣٫١٤"]),
            ("2006 و2009", &["2006", "و", "2009"]),
            ("5. ثم", &["5", "ثم"]),
            ("می\u{200C}شود", &["می\u{200C}شود"]),
            ("كتاب\u{200F} آخر", &["كتاب", "آخر"]),
            ("«الروسى»، U.S. (GMT)", &["الروسى", "U", "S", "GMT"]),
            ("ﷲ ﻻ", &["ﷲ", "ﻻ"]),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text), *expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn tokens_are_ordered_apart_and_on_borders(text in "[ا-ي\u{64B}-\u{652}ـ.,0-9٠-٩a-z \u{200C}\n«»-]{0,60}") {
            let mut last = 0;
            for token in tokenize(&text) {
                prop_assert!(token.span.start >= last);
                prop_assert!(!token.span.of(&text).is_empty());
                last = token.span.end;
            }
        }

        #[test]
        fn every_letter_and_digit_is_in_a_token(text in "\\PC{0,40}") {
            let spans: Vec<_> = tokenize(&text).map(|t| t.span).collect();
            for (at, c) in text.char_indices() {
                if matches!(class_of(c), CharClass::Letter | CharClass::Digit) {
                    let here = ByteSpan::new(at, at + c.len_utf8());
                    prop_assert!(spans.iter().any(|s| s.contains(&here)), "{c} at {at} in {text:?}");
                }
            }
        }
    }
}
