//! One word form as the recogniser sees it: proclitics, article, stem.

use super::lexicon::WordLexicon;
use crate::analysis::fold::letters_key;

/// A word form taken apart. All letters are folded; digits are all `0`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The whole form.
    pub folded: String,
    /// Without و ف ب ل ك س; the article stays, and comes back after لل.
    pub key: String,
    /// Bytes of `folded` that the proclitics take.
    pub proclitics: usize,
    /// Whether `key` starts with ال.
    pub definite: bool,
}

/// Proclitics, in the order in which they are tried.
const PROCLITICS: [&str; 14] = [
    "و", "ف", "ب", "ل", "ك", "س", "وب", "ول", "فب", "فل", "وس", "فس", "وك", "أ",
];

impl Word {
    /// Takes a form as written apart. A proclitic comes off where the rest is
    /// listed and the whole is not, or, of unlisted words, و before three letters and more and
    /// whatever stands before ال.
    #[must_use]
    pub fn of(surface: &str, lexicon: &WordLexicon) -> Self {
        let mut folded = letters_key(surface);
        if folded.contains(|c: char| c.is_ascii_digit()) {
            folded = folded
                .chars()
                .map(|c| if c.is_ascii_digit() { '0' } else { c })
                .collect();
        }
        let (proclitics, key) = split(&folded, lexicon);
        Self {
            definite: key.starts_with("ال") && key.len() > 6,
            folded,
            key,
            proclitics,
        }
    }

    /// The key without the article.
    #[must_use]
    pub fn stem(&self) -> &str {
        if self.definite {
            self.key.strip_prefix("ال").unwrap_or(&self.key)
        } else {
            &self.key
        }
    }
}

fn is_listed(word: &str, lexicon: &WordLexicon) -> bool {
    let stem = word.strip_prefix("ال").filter(|stem| stem.len() > 4);
    stem.is_some_and(|stem| lexicon.signature(stem).is_some()) || lexicon.signature(word).is_some()
}

/// Bytes of proclitics, and the rest.
fn split(folded: &str, lexicon: &WordLexicon) -> (usize, String) {
    if folded.len() <= 4 || is_listed(folded, lexicon) {
        return (0, folded.to_owned());
    }
    let mut unlisted = None;
    for proclitics in PROCLITICS {
        let Some(rest) = folded.strip_prefix(proclitics) else {
            continue;
        };
        // للولايات: the second ل is the article.
        let noun = rest.strip_prefix('ل').filter(|_| proclitics.ends_with('ل'));
        if let Some(noun) = noun.filter(|noun| noun.len() >= 4) {
            let definite = format!("ال{noun}");
            if is_listed(&definite, lexicon) {
                return (proclitics.len(), definite);
            }
            unlisted = Some((proclitics.len(), definite));
            continue;
        }
        if rest.len() >= 4 && is_listed(rest, lexicon) {
            return (proclitics.len(), rest.to_owned());
        }
        let sure = rest.starts_with("ال") && rest.len() >= 8;
        if sure || proclitics == "و" && rest.len() >= 6 {
            unlisted = Some((proclitics.len(), rest.to_owned()));
        }
    }
    unlisted.unwrap_or_else(|| (0, folded.to_owned()))
}
