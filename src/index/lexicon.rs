//! The lexicon: every distinct word form as written, with a number and a frequency.
//!
//! Forms are found by open addressing: a slot holds 32 bits of a form's hash
//! and its number, so that one probe and one comparison answer for nearly
//! every running word.

/// Number of a distinct word form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormId(pub u32);

/// Distinct word forms in the order they were first met.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// All forms, one behind the other.
    text: Vec<u8>,
    /// Where each form ends in `text`.
    ends: Vec<u32>,
    frequencies: Vec<u32>,
    /// Tag in the high half, number of the form plus one in the low; 0 is free.
    slots: Vec<u64>,
}

/// A table is at most this full, in quarters.
const FULL_QUARTERS: usize = 3;

impl Lexicon {
    /// Number of distinct forms.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether no form was met yet.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The form as written; empty for a number that no form has.
    #[must_use]
    pub fn form(&self, id: FormId) -> &str {
        std::str::from_utf8(self.bytes(id)).unwrap_or_default()
    }

    /// The bytes of a form.
    #[inline]
    pub(crate) fn bytes(&self, id: FormId) -> &[u8] {
        bytes_at(&self.text, &self.ends, id.0 as usize)
    }

    /// Running words with this form.
    #[must_use]
    pub fn frequency(&self, id: FormId) -> u32 {
        self.frequencies
            .get(id.0 as usize)
            .copied()
            .unwrap_or_default()
    }

    /// Every form in order of number.
    pub fn forms(&self) -> impl Iterator<Item = (FormId, &str)> {
        (0..self.ends.len()).map(|i| {
            let id = FormId(u32::try_from(i).unwrap_or(u32::MAX));
            (id, self.form(id))
        })
    }

    /// The number of a form, if it was met.
    #[must_use]
    pub fn find(&self, form: &str) -> Option<FormId> {
        let hash = hash(form.as_bytes());
        self.probe(form.as_bytes(), hash).ok().map(FormId)
    }

    /// Counts one running word and returns the number of its form.
    #[inline]
    pub fn add(&mut self, form: &str) -> FormId {
        let hash = hash(form.as_bytes());
        match self.probe(form.as_bytes(), hash) {
            Ok(id) => {
                if let Some(frequency) = self.frequencies.get_mut(id as usize) {
                    *frequency += 1;
                }
                FormId(id)
            }
            Err(slot) => self.insert(form.as_bytes(), hash, slot),
        }
    }

    /// Bytes of all forms together.
    pub(super) fn text_len(&self) -> usize {
        self.text.len()
    }

    /// Bytes that the lexicon holds.
    #[must_use]
    pub fn memory(&self) -> usize {
        self.text.capacity()
            + 4 * (self.ends.capacity() + self.frequencies.capacity())
            + 8 * self.slots.capacity()
    }

    /// The number of the form with these bytes, or the free slot where it belongs.
    #[inline]
    fn probe(&self, form: &[u8], hash: u64) -> Result<u32, usize> {
        let mask = self.slots.len().wrapping_sub(1);
        let mut at = hash as usize & mask;
        while let Some(&slot) = self.slots.get(at) {
            if slot == 0 {
                return Err(at);
            }
            let id = (slot as u32).wrapping_sub(1);
            if slot >> 32 == hash >> 32 && bytes_at(&self.text, &self.ends, id as usize) == form {
                return Ok(id);
            }
            at = (at + 1) & mask;
        }
        Err(0)
    }

    #[cold]
    fn insert(&mut self, form: &[u8], hash: u64, slot: usize) -> FormId {
        let id = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.extend_from_slice(form);
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.frequencies.push(1);
        let entry = hash >> 32 << 32 | (u64::from(id) + 1);
        if 4 * self.ends.len() > FULL_QUARTERS * self.slots.len() {
            self.grow();
        } else if let Some(free) = self.slots.get_mut(slot) {
            *free = entry;
        }
        FormId(id)
    }

    /// Doubles the table and enters every form again.
    fn grow(&mut self) {
        let size = (2 * self.slots.len()).max(1 << 10);
        let mut slots = vec![0u64; size];
        for id in 0..self.ends.len() {
            let hash = hash(bytes_at(&self.text, &self.ends, id));
            let mut at = hash as usize & (size - 1);
            while slots.get(at).is_some_and(|&slot| slot != 0) {
                at = (at + 1) & (size - 1);
            }
            if let Some(slot) = slots.get_mut(at) {
                *slot = hash >> 32 << 32 | (id as u64 + 1);
            }
        }
        self.slots = slots;
    }
}

#[inline]
fn bytes_at<'a>(text: &'a [u8], ends: &[u32], index: usize) -> &'a [u8] {
    let start = match index.checked_sub(1) {
        Some(before) => ends.get(before).copied().unwrap_or_default(),
        None => 0,
    };
    let end = ends.get(index).copied().unwrap_or(start);
    text.get(start as usize..end as usize).unwrap_or_default()
}

/// Multiplies and rotates words of eight bytes, after the *FxHash* of Firefox;
/// the last multiplication is folded, so that all bits of the result tell.
#[inline]
fn hash(bytes: &[u8]) -> u64 {
    const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut state = bytes.len() as u64;
    let mut rest = bytes;
    while let Some((eight, after)) = rest.split_first_chunk::<8>() {
        state = (state.rotate_left(5) ^ u64::from_le_bytes(*eight)).wrapping_mul(FACTOR);
        rest = after;
    }
    if let Some((four, after)) = rest.split_first_chunk::<4>() {
        state = (state.rotate_left(5) ^ u64::from(u32::from_le_bytes(*four))).wrapping_mul(FACTOR);
        rest = after;
    }
    for &byte in rest {
        state = (state.rotate_left(5) ^ u64::from(byte)).wrapping_mul(FACTOR);
    }
    state ^ (state >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    #[test]
    fn forms_keep_their_number_and_are_counted() {
        let mut lexicon = Lexicon::default();
        let ids: Vec<_> = ["كوريا", "روسيا", "كوريا", "کوریا"]
            .map(|w| lexicon.add(w))
            .to_vec();
        assert_eq!(ids, [FormId(0), FormId(1), FormId(0), FormId(2)]);
        assert_eq!(lexicon.frequency(FormId(0)), 2);
        assert_eq!(lexicon.form(FormId(2)), "کوریا");
        assert_eq!(lexicon.find("روسيا"), Some(FormId(1)));
        assert_eq!(lexicon.find("روسي"), None);
        assert_eq!(Lexicon::default().find("روسيا"), None);
        assert_eq!(lexicon.len(), 3);
        assert_eq!(lexicon.form(FormId(9)), "");
    }

    proptest! {
        #[test]
        fn a_lexicon_counts_as_a_map_does(words in proptest::collection::vec("[ابت]{0,4}|[a-z]{0,20}", 0..3_000)) {
            let mut lexicon = Lexicon::default();
            let mut naive: BTreeMap<&str, (u32, u32)> = BTreeMap::new();
            for word in &words {
                let next = u32::try_from(naive.len()).expect("few");
                let (number, count) = naive.entry(word).or_insert((next, 0));
                *count += 1;
                prop_assert_eq!(lexicon.add(word), FormId(*number));
            }
            prop_assert_eq!(lexicon.len(), naive.len());
            for (word, (number, count)) in naive {
                prop_assert_eq!(lexicon.find(word), Some(FormId(number)));
                prop_assert_eq!(lexicon.frequency(FormId(number)), count);
                prop_assert_eq!(lexicon.form(FormId(number)), word);
            }
        }
    }
}
