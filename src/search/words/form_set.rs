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
        for &form in forms {
            set.insert(form);
        }
        set
    }

    #[inline]
    pub(in crate::search) fn insert(&mut self, form: FormId) {
        if let Some(word) = self.words.get_mut(form.0 as usize / 64) {
            *word |= 1 << (form.0 % 64);
        }
    }

    #[inline]
    pub(in crate::search) fn remove(&mut self, form: FormId) {
        if let Some(word) = self.words.get_mut(form.0 as usize / 64) {
            *word &= !(1 << (form.0 % 64));
        }
    }

    /// Where its forms stand among each other.
    pub(in crate::search) fn places(&self) -> Places<'_> {
        let mut before = 0;
        let counts = self.words.iter().map(|word| {
            before += word.count_ones() as usize;
            before - word.count_ones() as usize
        });
        Places {
            set: self,
            before: counts.collect(),
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

/// The places of the forms of a set among each other, by number.
pub(in crate::search) struct Places<'s> {
    set: &'s FormSet,
    /// Forms before those of each word of bits.
    before: Vec<usize>,
}

impl Places<'_> {
    /// The place of a form that is in the set.
    pub(in crate::search) fn of(&self, form: FormId) -> usize {
        let at = form.0 as usize / 64;
        let lower = (1u64 << (form.0 % 64)) - 1;
        let before = self.before.get(at).copied().unwrap_or_default();
        let word = self.set.words.get(at).copied().unwrap_or_default();
        before + (word & lower).count_ones() as usize
    }
}
