//! The corpus as the rules of stems see it.

use crate::analysis::fold::marks_key;
use crate::analysis::stem::Bases;
use crate::index::{FormId, Lexicon, Views};

/// Views with their lexicon: the evidence of the stem lens.
#[derive(Clone, Copy, Debug)]
pub(in crate::search) struct CorpusBases<'i> {
    pub(in crate::search) views: &'i Views,
    pub(in crate::search) lexicon: &'i Lexicon,
    /// A word of a query that the corpus does not have: the query is the
    /// evidence that it is a word, however frequent those made from it are.
    pub(in crate::search) asked: Option<&'i str>,
}

impl CorpusBases<'_> {
    fn forms(&self, base: &str) -> &[FormId] {
        self.views.forms(self.views.clitic_class(base))
    }

    /// Running words of a base whose forms, from the base on and without marks, fulfil something.
    fn running(&self, base: &str, fits: impl Fn(&str) -> bool) -> u64 {
        let letters = base.chars().count();
        let forms = self.forms(base).iter();
        let running = forms.map(|&form| {
            let key = marks_key(self.lexicon.form(form));
            let start = key.char_indices().rev().nth(letters.saturating_sub(1));
            let own = start.and_then(|(at, _)| key.get(at..)).unwrap_or(&key);
            if fits(own) {
                u64::from(self.lexicon.frequency(form))
            } else {
                0
            }
        });
        running.sum()
    }
}

impl Bases for CorpusBases<'_> {
    fn frequency(&self, base: &str) -> u64 {
        let forms = self.forms(base).iter();
        let known = forms
            .map(|&form| u64::from(self.lexicon.frequency(form)))
            .sum();
        match known {
            0 if self.asked == Some(base) => u64::MAX,
            known => known,
        }
    }

    fn ends_in_teh(&self, base: &str) -> bool {
        2 * self.running(base, |form| form.ends_with(['ة', 'ۃ'])) > self.frequency(base)
    }

    fn hamza_above(&self, base: &str) -> bool {
        let above = self.running(base, |form| form.starts_with('أ'));
        above > self.running(base, |form| form.starts_with('إ'))
    }
}
