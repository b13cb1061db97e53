//! The bag view: which forms share a term of their bags, and how long bags are.
//!
//! Every term of a bag is a function of the form, so an index of bags need not
//! be built: the postings of a term are those of its forms together, and BM25
//! over them is the same as over an index of the bags.

use super::{FormId, Lexicon};
use crate::analysis::bag::bag_terms;
use crate::analysis::fold::letters_key;
use rustc_hash::FxHashMap;

/// Terms of the bags of all forms.
#[derive(Clone, Debug, Default)]
pub struct BagView {
    /// For each term the forms that have it, with how often.
    forms: FxHashMap<Box<str>, Vec<(FormId, u16)>>,
    /// Terms of each form, repeated ones counted.
    lengths: Vec<u16>,
}

impl BagView {
    /// Takes the bags of all forms of a lexicon.
    #[must_use]
    pub fn new(lexicon: &Lexicon) -> Self {
        let mut view = Self::default();
        for (form, word) in lexicon.forms() {
            let mut length: u16 = 0;
            bag_terms(&letters_key(word), |term| {
                length = length.saturating_add(1);
                if !view.forms.contains_key(term) {
                    view.forms.insert(term.into(), Vec::new());
                }
                let Some(forms) = view.forms.get_mut(term) else {
                    return;
                };
                match forms.last_mut() {
                    Some((last, count)) if *last == form => *count = count.saturating_add(1),
                    _ => forms.push((form, 1)),
                }
            });
            view.lengths.push(length);
        }
        view
    }

    /// The forms that have a term, in order, with how often.
    #[must_use]
    pub fn forms(&self, term: &str) -> &[(FormId, u16)] {
        self.forms.get(term).map(Vec::as_slice).unwrap_or_default()
    }

    /// Terms in the bag of a form.
    #[must_use]
    pub fn length(&self, form: FormId) -> u16 {
        self.lengths
            .get(form.0 as usize)
            .copied()
            .unwrap_or_default()
    }
}
