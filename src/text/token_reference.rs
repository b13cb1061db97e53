//! The rules of the tokeniser character by character: the oracle of its tests.

use super::{Token, TokenKind};
use crate::text::ByteSpan;
use crate::text::char_class::{CharClass, class_of};

/// Yields the tokens of `text` in order.
#[must_use]
pub(super) fn tokenize(text: &str) -> Tokens<'_> {
    Tokens { text, at: 0 }
}

/// Iterator of [`tokenize`].
#[derive(Clone, Debug)]
pub(super) struct Tokens<'a> {
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
