//! A set of forms.

use crate::index::{Bits, FormId};

/// A set of forms as bits.
#[derive(Clone, Debug)]
pub(in crate::search) struct FormSet {
    bits: Bits,
}

impl FormSet {
    /// `lexicon`: number of all forms.
    pub(in crate::search) fn new(forms: &[FormId], lexicon: usize) -> Self {
        let mut set = Self {
            bits: Bits::new(lexicon),
        };
        set.extend(forms);
        set
    }

    /// Adds forms.
    pub(in crate::search) fn extend(&mut self, forms: &[FormId]) {
        self.bits.extend(forms.iter().map(|form| form.0));
    }

    #[inline]
    pub(in crate::search) fn insert(&mut self, form: FormId) {
        self.bits.insert(form.0);
    }

    #[inline]
    pub(in crate::search) fn remove(&mut self, form: FormId) {
        self.bits.remove(form.0);
    }

    /// Adds its forms to a list, by number.
    pub(in crate::search) fn list(&self, to: &mut Vec<FormId>) {
        to.extend(self.bits.iter().map(FormId));
    }

    #[inline]
    pub(in crate::search) fn contains(&self, form: FormId) -> bool {
        self.bits.contains(form.0)
    }
}
