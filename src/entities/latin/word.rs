//! Which words are written in Latin letters.

use crate::entities::recogniser::Scan;
use crate::search::form_names::is_latin;

/// Whether a word is in Latin letters, and begins with a capital.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::entities) enum LatinWord {
    /// In another script, or no word.
    No,
    /// In small letters.
    Small,
    /// With a capital first.
    Capital,
}

impl LatinWord {
    /// Looks at a word.
    pub(in crate::entities) fn of(word: &str) -> Self {
        match word.chars().next() {
            Some(first) if first.is_alphabetic() && is_latin(word) => {
                if first.is_uppercase() {
                    Self::Capital
                } else {
                    Self::Small
                }
            }
            _ => Self::No,
        }
    }
}

impl Scan<'_> {
    fn latin(&self, at: usize) -> LatinWord {
        let form = self.page.forms.get(at);
        form.map_or(LatinWord::No, |&form| self.forms.latin(form))
    }

    /// Whether a token is a word in Latin letters.
    pub(in crate::entities) fn is_latin(&self, at: usize) -> bool {
        self.latin(at) != LatinWord::No
    }

    /// Whether a token is one that begins with a capital.
    pub(in crate::entities) fn is_capitalised(&self, at: usize) -> bool {
        self.latin(at) == LatinWord::Capital
    }
}
