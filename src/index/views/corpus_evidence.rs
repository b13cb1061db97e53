//! The corpus as the rules of proclitics see it.

use crate::analysis::clitics::Evidence;
use crate::index::views::words::has_hamza;
use crate::index::{Lexicon, Views};

/// Views with their lexicon: the evidence of the clitics lens for words of a query.
#[derive(Clone, Copy, Debug)]
pub struct CorpusEvidence<'i> {
    /// The views.
    pub views: &'i Views,
    /// Their lexicon.
    pub lexicon: &'i Lexicon,
}

impl CorpusEvidence<'_> {
    /// Running words of a word, and those that begin with a hamza on alef.
    fn counts(&self, word: u32) -> (u64, u64) {
        let mut counts = (0, 0);
        for &form in self.views.forms(word..word + 1) {
            let words = u64::from(self.lexicon.frequency(form));
            counts.0 += words;
            counts.1 += if has_hamza(self.lexicon.form(form).as_bytes()) {
                words
            } else {
                0
            };
        }
        counts
    }
}

impl Evidence for CorpusEvidence<'_> {
    fn number(&self, key: &str) -> Option<u32> {
        self.views.word(key)
    }

    fn frequency(&self, number: u32) -> u64 {
        self.counts(number).0
    }

    fn starts_with_hamza(&self, number: u32) -> bool {
        let (all, with_hamza) = self.counts(number);
        with_hamza * 2 > all
    }
}
