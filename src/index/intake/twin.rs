//! Whether a text is there already, in other letters perhaps.

use super::Intake;
use crate::index::pages::letters::{hash_letters, same_letters};
use crate::index::{Index, PageId};
use crate::parse::Given;

/// What is there already of a text.
#[derive(Clone, Copy)]
pub(super) struct Twin {
    /// Hash of its letters, where it has enough of them.
    pub(super) letters: Option<u64>,
    /// The page that has them, and whether what is stated of both agrees.
    pub(super) page: Option<(PageId, bool)>,
}

impl Intake {
    /// The page that has the letters of a text, and whether it can be the same publication.
    pub(super) fn twin(&mut self, index: &Index, text: &str, given: &Given) -> Twin {
        let letters = if self.is_segment {
            None
        } else {
            hash_letters(text)
        };
        let page = letters
            .and_then(|letters| self.by_letters.get(&letters))
            .and_then(|&id| index.page(id))
            .filter(|twin| same_letters(&index.text(twin.number), text));
        Twin {
            letters,
            page: page.map(|twin| (twin.number, twin.page.given().agrees_with(given))),
        }
    }
}
