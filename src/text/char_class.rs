//! What a character is to the tokeniser: one table, one source.
//!
//! Characters below U+0800 (Latin, Greek, Cyrillic, Hebrew, Arabic, Syriac)
//! come from a table made at compile time; the rest, rare here, from the
//! standard library.

/// Class of a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CharClass {
    /// Space, punctuation, symbols: between words.
    Other,
    /// A letter.
    Letter,
    /// A decimal digit of any of the three sets in use (0–9, ٠–٩, ۰–۹).
    Digit,
    /// A vowel sign or another mark on a letter.
    Mark,
    /// The elongation stroke ـ (U+0640).
    Tatweel,
    /// An invisible character (joiners, direction marks, soft hyphen): part of
    /// a word only between its letters.
    Format,
}

use CharClass::{Digit, Format, Letter, Mark, Other, Tatweel};

const TABLE_SIZE: usize = 0x800;

/// Ranges of letters below U+0800, ends included.
const LETTERS: &[(u16, u16)] = &[
    (0x41, 0x5A),
    (0x61, 0x7A),
    (0xAA, 0xAA),
    (0xB5, 0xB5),
    (0xBA, 0xBA),
    (0xC0, 0xD6),
    (0xD8, 0xF6),
    (0xF8, 0x2C1),
    (0x370, 0x374),
    (0x376, 0x377),
    (0x37A, 0x37D),
    (0x37F, 0x37F),
    (0x386, 0x386),
    (0x388, 0x38A),
    (0x38C, 0x38C),
    (0x38E, 0x3A1),
    (0x3A3, 0x3F5),
    (0x3F7, 0x481),
    (0x48A, 0x52F),
    (0x531, 0x556),
    (0x560, 0x588),
    (0x5D0, 0x5EA),
    (0x5EF, 0x5F2),
    (0x620, 0x63F),
    (0x641, 0x64A),
    (0x66E, 0x66F),
    (0x671, 0x6D3),
    (0x6D5, 0x6D5),
    (0x6E5, 0x6E6),
    (0x6EE, 0x6EF),
    (0x6FA, 0x6FC),
    (0x6FF, 0x6FF),
    (0x710, 0x710),
    (0x712, 0x72F),
    (0x74D, 0x7A5),
    (0x7B1, 0x7B1),
    (0x7CA, 0x7EA),
];

/// Ranges of marks below U+0800, ends included.
const MARKS: &[(u16, u16)] = &[
    (0x300, 0x36F),
    (0x483, 0x487),
    (0x591, 0x5BD),
    (0x5BF, 0x5BF),
    (0x5C1, 0x5C2),
    (0x5C4, 0x5C5),
    (0x5C7, 0x5C7),
    (0x610, 0x61A),
    (0x64B, 0x65F),
    (0x670, 0x670),
    (0x6D6, 0x6DC),
    (0x6DF, 0x6E4),
    (0x6E7, 0x6E8),
    (0x6EA, 0x6ED),
    (0x711, 0x711),
    (0x730, 0x74A),
    (0x7A6, 0x7B0),
    (0x7EB, 0x7F3),
];

const DIGITS: &[(u16, u16)] = &[(0x30, 0x39), (0x660, 0x669), (0x6F0, 0x6F9)];

const fn fill(
    mut table: [CharClass; TABLE_SIZE],
    ranges: &[(u16, u16)],
    class: CharClass,
) -> [CharClass; TABLE_SIZE] {
    let mut i = 0;
    while i < ranges.len() {
        let mut c = ranges[i].0 as usize;
        while c <= ranges[i].1 as usize {
            table[c] = class;
            c += 1;
        }
        i += 1;
    }
    table
}

static TABLE: [CharClass; TABLE_SIZE] = {
    let table = fill([Other; TABLE_SIZE], LETTERS, Letter);
    let table = fill(table, MARKS, Mark);
    let mut table = fill(table, DIGITS, Digit);
    table[0x640] = Tatweel;
    table[0xAD] = Format; // soft hyphen
    table[0x61C] = Format; // Arabic letter mark
    table
};

/// Classifies a character.
#[must_use]
pub fn class_of(c: char) -> CharClass {
    match TABLE.get(c as usize) {
        Some(&class) => class,
        None => class_of_rare(c),
    }
}

fn class_of_rare(c: char) -> CharClass {
    match c {
        '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2069}'
        | '\u{FEFF}' => Format,
        '\u{FE00}'..='\u{FE0F}' | '\u{FE20}'..='\u{FE2F}' => Mark,
        // Arabic presentation forms of whole phrases are words to a reader.
        '\u{FDF0}'..='\u{FDFB}' => Letter,
        // The forms of single vowel signs.
        '\u{FE70}'..='\u{FE7F}' => Mark,
        _ if c.is_alphabetic() || c.is_numeric() => Letter,
        _ => Other,
    }
}

/// Whether the character belongs to the Arabic script (letters of Arabic,
/// Persian, Urdu and their presentation forms).
#[must_use]
pub fn is_arabic(c: char) -> bool {
    matches!(c,
        '\u{0620}'..='\u{064A}' | '\u{066E}'..='\u{06D3}' | '\u{06D5}' | '\u{06FA}'..='\u{06FC}'
        | '\u{0750}'..='\u{077F}' | '\u{08A0}'..='\u{08C9}'
        | '\u{FB50}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The table was typed by hand; the standard library's Unicode data is the oracle.
    #[test]
    fn letters_below_u0800_are_the_alphabetic_ones_that_are_not_marks() {
        for code in 0..TABLE_SIZE as u32 {
            let Some(c) = char::from_u32(code) else {
                continue;
            };
            if class_of(c) == Letter {
                // U+0374 and a few signs are not `Alphabetic`, but no running text has them.
                assert!(
                    c.is_alphabetic() || matches!(code, 0x375 | 0x37E),
                    "U+{code:04X}"
                );
            } else if c.is_alphabetic() {
                assert!(
                    matches!(class_of(c), Mark | Tatweel)
                        || (0x2C2..0x370).contains(&code)
                        || matches!(code, 0x559 | 0x7F4 | 0x7F5 | 0x7FA),
                    "U+{code:04X} {c} is alphabetic but {:?}",
                    class_of(c)
                );
            }
        }
    }

    #[test]
    fn digits_of_three_sets_are_digits() {
        for c in "09٠٩۰۹".chars() {
            assert_eq!(class_of(c), Digit, "{c}");
        }
    }
}
