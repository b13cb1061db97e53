//! The forms of words.

use crate::index::{FormId, Views};
use std::ops::Range;

impl Views {
    /// Forms of neighbouring words.
    #[must_use]
    pub fn forms(&self, words: Range<u32>) -> &[FormId] {
        let start = |word: u32| self.form_starts.get(word as usize);
        let range = start(words.start).zip(start(words.end));
        range
            .and_then(|(start, end)| self.forms.get(start as usize..end as usize))
            .unwrap_or_default()
    }

    /// Adds the forms of words that need not be neighbours to a list.
    pub(crate) fn list_forms(&self, words: impl Iterator<Item = u32>, to: &mut Vec<FormId>) {
        for word in words {
            // Nearly every word has one form or two.
            let forms = self.forms.get(self.form_starts.stretch(word as usize + 1));
            for &form in forms.unwrap_or_default() {
                to.push(form);
            }
        }
    }
}
