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
    /// Writes the spans of the next tokens one behind the other; says of how many, fewer than there is room for only at
    /// the end of the text.
    #[inline(never)] // called for every few tokens, so that a browser compiles it well on the way
    pub(crate) fn take_spans(&mut self, spans: &mut [ByteSpan]) -> usize {
        let mut count = 0;
        for (free, token) in spans.iter_mut().zip(self) {
            *free = token.span;
            count += 1;
        }
        count
    }

    /// The class and the end of the character that starts at byte `at`.
    #[inline]
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

    /// End of the plain letters from `start` on; the word ends there too unless
    /// something rarer follows.
    #[inline]
    fn plain_word_end(&self, start: usize) -> Option<usize> {
        let at = plain_letters(self.text.as_bytes(), start);
        if at == start {
            return None;
        }
        let ends = match self.text.as_bytes().get(at) {
            None | Some(b' ') => true,
            Some(&byte) if byte < 0x80 => {
                byte != b'.' && class_of(char::from(byte)) == CharClass::Other
                    || byte.is_ascii_digit()
            }
            _ => matches!(
                self.look(at),
                Some((CharClass::Other | CharClass::Digit, ..))
            ),
        };
        ends.then_some(at)
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

    #[inline]
    fn next(&mut self) -> Option<Token> {
        loop {
            // One space stands before nearly every word.
            if self.text.as_bytes().get(self.at) == Some(&b' ') {
                self.at += 1;
            }
            let start = self.at;
            if let Some(end) = self.plain_word_end(start) {
                self.at = end;
                let span = ByteSpan::new(start, end);
                return Some(Token {
                    span,
                    kind: TokenKind::Word,
                });
            }
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

/// Whether a word has no other letters than U+0620–U+064A, and neither marks nor tatweel.
pub(crate) fn is_plain_word(word: &[u8]) -> bool {
    plain_letters(word, 0) == word.len()
}

/// End of the run of letters U+0620–U+064A, tatweel apart, that begins at byte `start`.
#[inline]
fn plain_letters(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    // How long a word is cannot be foreseen, but few are longer than eight letters.
    while let Some(&eights) = bytes.get(at..).and_then(<[u8]>::first_chunk::<16>) {
        let both = u128::from_le_bytes(eights);
        let (first, second) = (
            leading_letters(both as u64),
            leading_letters((both >> 64) as u64),
        );
        let letters = first + second * (first / 4);
        at += 2 * letters;
        if letters < 8 {
            return at;
        }
    }
    while let Some(&[lead, trail]) = bytes.get(at..at + 2) {
        let is_letter = match lead {
            0xD8 => trail >= 0xA0,
            0xD9 => matches!(trail, 0x81..=0x8A),
            _ => false,
        };
        if !is_letter {
            break;
        }
        at += 2;
    }
    at
}

/// How many of the four byte pairs of `pairs` (the first in the lowest bytes)
/// are such letters, up to the first that is not: `D8 A0..=BF` or `D9 81..=8A`.
///
/// Four pairs are compared at once in lanes of 16 bits; no lane borrows from
/// the next, since every difference is taken from a lane whose top bit is set.
#[inline]
fn leading_letters(pairs: u64) -> usize {
    const LANES: u64 = 0x0001_0001_0001_0001;
    const TOP: u64 = 0x8000 * LANES;
    let lead = (pairs & (0xFF * LANES)) ^ (0xD8 * LANES);
    let trail = (pairs >> 8) & (0xFF * LANES);
    let is_d9 = lead & LANES;
    let least = 0xA0 * LANES - is_d9 * 0x1F;
    let most = 0xBF * LANES - is_d9 * 0x35;
    let other_lead = lead + (0x7FFE * LANES);
    let in_range = ((trail | TOP) - least) & ((most | TOP) - trail);
    let letters = in_range & !other_lead & TOP;
    ((letters ^ TOP).trailing_zeros() / 16) as usize
}

#[cfg(test)]
#[path = "token_reference.rs"]
mod reference;

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<&str> {
        tokenize(text).map(|t| t.span.of(text)).collect()
    }

    /// Characters that meet in the rules, and every neighbour of the fast path's ranges.
    const MEETING: &str = "[ا-ي\u{600}-\u{660}\u{64B}-\u{652}ـ.,٫0-9٠-٩a-zA-Z \u{200C}\u{200F}\u{AD}\n«»پکیﻼé_-]{0,80}";

    proptest! {
        #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..Default::default() })]

        #[test]
        fn tokens_are_those_of_the_plain_reading(text in MEETING) {
            let expected: Vec<Token> = reference::tokenize(&text).collect();
            prop_assert_eq!(tokenize(&text).collect::<Vec<_>>(), expected);
        }

        #[test]
        fn tokens_of_any_text_are_those_of_the_plain_reading(text in "\\PC{0,60}|[\u{0}-\u{10FFFF}]{0,60}") {
            let expected: Vec<Token> = reference::tokenize(&text).collect();
            prop_assert_eq!(tokenize(&text).collect::<Vec<_>>(), expected);
        }
    }

    #[test]
    fn pairs_of_bytes_are_letters_one_at_a_time_or_four() {
        for lead in 0..=u8::MAX {
            for trail in 0..=u8::MAX {
                let is_letter = lead == 0xD8 && (0xA0..=0xBF).contains(&trail)
                    || lead == 0xD9 && (0x81..=0x8A).contains(&trail);
                for place in 0..4 {
                    let mut bytes = *"كيمج".as_bytes().first_chunk::<8>().expect("eight bytes");
                    (bytes[2 * place], bytes[2 * place + 1]) = (lead, trail);
                    let expected = if is_letter { 4 } else { place };
                    let pairs = u64::from_le_bytes(bytes);
                    assert_eq!(
                        leading_letters(pairs),
                        expected,
                        "{lead:02X} {trail:02X} at {place}"
                    );
                }
            }
        }
    }

    #[test]
    fn the_bundled_pages_are_cut_as_the_plain_reading_cuts_them() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
        let files: Vec<_> = std::fs::read_dir(folder)
            .expect("the bundled pages")
            .filter_map(|file| std::fs::read_to_string(file.expect("a file").path()).ok())
            .collect();
        assert!(files.len() >= 5);
        for text in files {
            let expected: Vec<Token> = reference::tokenize(&text).collect();
            assert_eq!(tokenize(&text).collect::<Vec<_>>(), expected);
        }
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
