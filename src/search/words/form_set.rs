//! A set of forms.

use crate::index::FormId;

/// A set of forms as bits.
#[derive(Clone, Debug)]
pub(in crate::search) struct FormSet {
    words: Vec<u64>,
}

impl FormSet {
    /// `lexicon`: number of all forms.
    pub(in crate::search) fn new(forms: &[FormId], lexicon: usize) -> Self {
        let mut set = Self {
            words: vec![0; lexicon.div_ceil(64)],
        };
        set.extend(forms);
        set
    }

    /// Adds forms. Neighbours are put together before: they mostly ascend.
    pub(in crate::search) fn extend(&mut self, forms: &[FormId]) {
        let (mut at, mut bits) = (0, 0);
        for &FormId(form) in forms {
            let here = form as usize / 64;
            if here != at {
                self.add(at, bits);
                (at, bits) = (here, 0);
            }
            bits |= 1 << (form % 64);
        }
        self.add(at, bits);
    }

    #[inline]
    pub(in crate::search) fn insert(&mut self, form: FormId) {
        self.add(form.0 as usize / 64, 1 << (form.0 % 64));
    }

    #[inline]
    fn add(&mut self, at: usize, bits: u64) {
        if let Some(word) = self.words.get_mut(at) {
            *word |= bits;
        }
    }

    #[inline]
    pub(in crate::search) fn remove(&mut self, form: FormId) {
        if let Some(word) = self.words.get_mut(form.0 as usize / 64) {
            *word &= !(1 << (form.0 % 64));
        }
    }

    /// Adds its forms to a list, by number.
    pub(in crate::search) fn list(&self, to: &mut Vec<FormId>) {
        for (number, &word) in (0u32..).zip(&self.words) {
            let mut left = word;
            while left != 0 {
                to.push(FormId(number * 64 + left.trailing_zeros()));
                left &= left - 1;
            }
        }
    }

    #[inline]
    pub(in crate::search) fn contains(&self, form: FormId) -> bool {
        let word = self.words.get(form.0 as usize / 64);
        word.is_some_and(|word| word >> (form.0 % 64) & 1 == 1)
    }
}
