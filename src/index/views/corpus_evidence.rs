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
    fn counts(&self, key: &str) -> (u64, u64) {
        let word = self.views.word(key);
        let forms = word.map_or(&[][..], |word| self.views.forms(word..word + 1));
        let mut counts = (0, 0);
        for &form in forms {
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
    fn frequency(&self, key: &str) -> u64 {
        self.counts(key).0
    }

    fn starts_with_hamza(&self, key: &str) -> bool {
        let (all, with_hamza) = self.counts(key);
        with_hamza * 2 > all
    }
}
