//! The letters of a text, by which copies are told.

use crate::text::char_class::{CharClass, class_of};
use crate::text::fold::fold_letter;
use rustc_hash::FxHasher;
use std::hash::Hasher;
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

/// A hash of the first and the last folded letters; none of a text that has too
/// few of them. Texts with one hash are compared whole.
pub(in crate::index) fn hash_letters(text: &str) -> Option<u64> {
    const ENDS: usize = 256;
    let (mut hasher, mut count) = (FxHasher::default(), 0);
    for c in letters(text).take(ENDS) {
        hasher.write_u32(c.into());
        count += 1;
    }
    for c in letters(text).rev().take(ENDS) {
        hasher.write_u32(c.into());
    }
    (count >= LEAST_LETTERS).then(|| hasher.finish())
}

pub(in crate::index) fn same_letters(one: &str, other: &str) -> bool {
    letters(one).eq(letters(other))
}
