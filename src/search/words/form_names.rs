//! The forms of a corpus that a word in Latin letters may be the name of.

use crate::analysis::names::letters::{arabic_letters, latin_letters};
use crate::analysis::names::list::WordList;
use crate::analysis::names::{Channel, Threshold};
use crate::index::{FormId, Lexicon};
use crate::sorting::Arrange;

/// Words that are compared for each query word.
const COMPARED: usize = 48;

/// The Arabic forms of a lexicon, ready to be searched by Latin words. Forms
/// that only the letters lens tells alike are one word here; the most frequent
/// of them stands for all.
#[derive(Debug, Default)]
pub struct FormNames {
    list: WordList,
    /// The form that stands for each word of the list.
    forms: Vec<FormId>,
    /// Forms that the lexicon had.
    seen: usize,
}

/// A form that a Latin word may be the name of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FormName {
    /// The form.
    pub form: FormId,
    /// How surely this form, no other and not none, is meant: 0 to 1.
    pub share: f32,
}

impl FormNames {
    /// Reads all forms of a lexicon.
    #[must_use]
    pub fn new(lexicon: &Lexicon) -> Self {
        let read = |(form, text): (FormId, &str)| (arabic_letters(text), form);
        let mut forms: Vec<_> = lexicon.forms().map(read).collect();
        forms.retain(|(letters, _)| letters.len() > 1);
        // The most frequent of equal ones first, then the first that was seen.
        forms.arrange_by(|(a, one), (b, other)| {
            let by_frequency = lexicon.frequency(*other).cmp(&lexicon.frequency(*one));
            a.cmp(b).then(by_frequency).then(one.cmp(other))
        });
        forms.dedup_by(|(a, _), (b, _)| a == b);
        let (words, forms) = forms.into_iter().unzip();
        Self {
            list: WordList::new(words),
            forms,
            seen: lexicon.len(),
        }
    }

    /// Whether the lexicon has grown since.
    #[must_use]
    pub fn is_stale(&self, lexicon: &Lexicon) -> bool {
        self.seen != lexicon.len()
    }

    /// The forms worth a reader's look, best first, at most `limit`.
    #[must_use]
    pub fn find(&self, channel: &Channel, word: &str, limit: usize) -> Vec<FormName> {
        let latin = latin_letters(word);
        let found = self.list.search(channel, &latin, COMPARED);
        let mut odds: Vec<(f32, FormId)> = found
            .iter()
            .filter_map(|found| {
                let letters = self.list.words().get(found.word)?;
                Some((
                    channel.log_odds(&latin, letters),
                    *self.forms.get(found.word)?,
                ))
            })
            .collect();
        odds.arrange_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let highest = odds.first().map_or(0.0, |best| best.0.max(0.0));
        let factor = |log_odds: f32| (log_odds - highest).exp();
        let total = factor(0.0) + odds.iter().map(|&(odds, _)| factor(odds)).sum::<f32>();
        let named = odds
            .into_iter()
            .map(|(odds, form)| (odds, factor(odds) / total, form));
        let Threshold { share, log_odds } = Threshold::LIKELY;
        named
            .take_while(|named| named.0 >= log_odds && named.1 >= share)
            .map(|(_, share, form)| FormName { form, share })
            .take(limit)
            .collect()
    }
}

/// Whether a word of a query is written in Latin letters alone.
#[must_use]
pub fn is_latin(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_alphabetic())
        && word.chars().all(|c| {
            !c.is_alphabetic() || (c as u32) < 0x250 || (0x1E00..0x1F00).contains(&(c as u32))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_form_stands_for_those_that_fold_alike() {
        let mut lexicon = Lexicon::default();
        for form in ["اردوغان", "أردوغان", "أردوغان", "أردني", "بوتين", "و"]
        {
            lexicon.add(form);
        }
        let names = FormNames::new(&lexicon);
        let find = |word| -> Vec<&str> {
            let found = names.find(Channel::shipped(), word, 3);
            found.iter().map(|found| lexicon.form(found.form)).collect()
        };
        assert_eq!(find("Erdogan"), ["أردوغان"]);
        assert_eq!(find("Poutine"), ["بوتين"]);
        assert!(find("Washington").is_empty() && find("").is_empty());
        assert!(!names.is_stale(&lexicon));
        lexicon.add("واشنطن");
        assert!(names.is_stale(&lexicon));
    }

    #[test]
    fn latin_words_are_told_from_others() {
        for word in ["Putin", "Erdoğan", "O'Neill", "Nguyễn"] {
            assert!(is_latin(word), "{word}");
        }
        for word in ["بوتين", "Путин", "123", "", "Jеan"] {
            assert!(!is_latin(word), "{word}"); // the е of the last is Cyrillic
        }
    }
}
