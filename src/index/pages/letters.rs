//! The letters of a text, by which copies are told.

use crate::text::char_class::{CharClass, class_of};
use crate::text::fold::fold_letter;
use std::sync::LazyLock;

/// Texts with fewer letters are never taken for copies of one another: two
/// pages that hold the same few words need not be the same.
const LEAST_LETTERS: usize = 80;

/// Characters below this are folded by a table.
const TABLED: usize = 0x800;

/// The folded letter or digit for each character below [`TABLED`]; U+0000 for
/// what is neither.
static FOLDED: LazyLock<[char; TABLED]> = LazyLock::new(|| {
    std::array::from_fn(|code| {
        let c = u32::try_from(code).ok().and_then(char::from_u32);
        c.and_then(folded).unwrap_or('\0')
    })
});

/// The letter or digit that a character is read as; none for all else.
fn folded(c: char) -> Option<char> {
    matches!(class_of(c), CharClass::Letter | CharClass::Digit).then(|| fold_letter(c))
}

/// The letters and digits of a text, folded; from its end they come backwards.
fn letters(text: &str) -> impl DoubleEndedIterator<Item = char> {
    text.chars().filter_map(|c| match FOLDED.get(c as usize) {
        Some('\0') => None,
        Some(&folded) => Some(folded),
        None => folded(c),
    })
}

/// A hash of the first and the last folded letters, the same on every machine; 0 of a text that has too
/// few of them. Texts with one hash are compared whole.
pub(in crate::index) fn hash_letters(text: &str) -> u64 {
    const ENDS: usize = 256;
    // An odd number whose bits look like chance.
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let (mut hash, mut count) = (0u64, 0);
    let mut add = |c: char| {
        let number = u64::from(u32::from(c));
        hash = hash.wrapping_add(number).wrapping_mul(FACTOR);
    };
    for c in letters(text).take(ENDS) {
        add(c);
        count += 1;
    }
    for c in letters(text).rev().take(ENDS) {
        add(c);
    }
    if count < LEAST_LETTERS {
        0
    } else {
        hash.max(1)
    }
}

pub(in crate::index) fn same_letters(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}
