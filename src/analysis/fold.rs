//! Keys of single words under the lenses that need no knowledge of a corpus.

use crate::text::fold::{fold_marks, folded_letters};

/// The word without its marks.
///
/// ```
/// assert_eq!(kashshaf::analysis::fold::marks_key("استُخدمت"), "استخدمت");
/// ```
#[must_use]
pub fn marks_key(word: &str) -> String {
    let mut key = String::with_capacity(word.len());
    fold_marks(word, &mut key);
    key
}

/// The word without its marks and with its letters folded.
///
/// ```
/// assert_eq!(kashshaf::analysis::fold::letters_key("کوریا"), "كوريا");
/// ```
#[must_use]
pub fn letters_key(word: &str) -> String {
    folded_letters(word)
}
