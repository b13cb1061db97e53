//! The lexicon: every distinct word form as written, with a number and a frequency.

use hashbrown::HashTable;
use rustc_hash::FxHasher;
use std::hash::Hasher;

/// Number of a distinct word form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FormId(pub u32);

/// Distinct word forms in the order they were first met.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    /// All forms, one behind the other.
    text: String,
    /// Where each form ends in `text`.
    ends: Vec<u32>,
    frequencies: Vec<u32>,
    table: HashTable<u32>,
}

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
        form_at(&self.text, &self.ends, id.0 as usize)
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

    /// Counts one running word and returns the number of its form.
    pub fn add(&mut self, form: &str) -> FormId {
        let hash = hash(form);
        let (text, ends) = (&self.text, &self.ends);
        if let Some(&id) = self
            .table
            .find(hash, |&id| form_at(text, ends, id as usize) == form)
        {
            if let Some(frequency) = self.frequencies.get_mut(id as usize) {
                *frequency += 1;
            }
            return FormId(id);
        }
        let id = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.text.push_str(form);
        self.ends
            .push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
        self.frequencies.push(1);
        let (text, ends) = (&self.text, &self.ends);
        self.table
            .insert_unique(hash, id, |&id| self::hash(form_at(text, ends, id as usize)));
        FormId(id)
    }
}

fn form_at<'a>(text: &'a str, ends: &[u32], index: usize) -> &'a str {
    let start = index
        .checked_sub(1)
        .and_then(|before| ends.get(before))
        .copied()
        .unwrap_or(0);
    let end = ends.get(index).copied().unwrap_or(start);
    text.get(start as usize..end as usize).unwrap_or_default()
}

fn hash(form: &str) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(form.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_keep_their_number_and_are_counted() {
        let mut lexicon = Lexicon::default();
        let ids: Vec<_> = ["كوريا", "روسيا", "كوريا", "کوریا"]
            .map(|w| lexicon.add(w))
            .to_vec();
        assert_eq!(ids, [FormId(0), FormId(1), FormId(0), FormId(2)]);
        assert_eq!(lexicon.frequency(FormId(0)), 2);
        assert_eq!(lexicon.form(FormId(2)), "کوریا");
        assert_eq!(lexicon.len(), 3);
        assert_eq!(lexicon.form(FormId(9)), "");
    }
}
