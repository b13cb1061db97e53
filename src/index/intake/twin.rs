//! Whether a text is there already, in other letters perhaps.

use super::Intake;
use crate::index::pages::letters::same_letters;
use crate::index::{Index, PageId};
use crate::parse::Given;
use std::borrow::Cow;

/// What is there already of a text.
#[derive(Clone, Copy)]
pub(super) struct Twin {
    /// Hash of its letters; 0 where it has not enough of them.
    pub(super) letters: u64,
    /// The page that has them, and whether what is stated of both agrees.
    pub(super) page: Option<(PageId, bool)>,
}

impl Intake {
    /// The page that has the letters of a text, and whether it can be the same publication.
    pub(super) fn twin<'t>(
        &self,
        index: &Index,
        letters: u64,
        text: impl FnOnce() -> Cow<'t, str>,
        given: &Given,
    ) -> Twin {
        let page = self
            .letters
            .first_page(letters)
            .and_then(|id| index.page(id))
            .filter(|twin| same_letters(&index.text(twin.number), &text()));
        Twin {
            letters,
            page: page.map(|twin| (twin.number, twin.page.given().agrees_with(given))),
        }
    }
}
