//! The forms of a corpus that a word in Latin letters may be the name of.

use crate::analysis::names::letters::{Letters, arabic_letters, latin_letters};
use crate::analysis::names::list::WordList;
use crate::analysis::names::{Channel, Threshold};
use crate::index::{FormId, Lexicon};
use crate::sorting::{Arrange, sort_by_number};
use std::sync::Mutex;

/// Words that are compared for each query word.
const COMPARED: usize = 48;

/// So many answers are kept: the words of a query are asked for several times, by its first reply and its second.
const ANSWERS: usize = 8;

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
    /// The words that were asked for last, in Latin letters, and what was found.
    answers: Mutex<Vec<(Vec<u8>, Vec<FormName>)>>,
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
        // By their letters, the most frequent of equal ones first, then the first that was seen.
        let mut order: Vec<(u64, u32)> = forms.iter().map(|_| 0).zip(0..).collect();
        let mut sort_by = |number: &dyn Fn(&[u8], FormId) -> u64| {
            for (key, at) in &mut order {
                let of_form = forms.get(*at as usize);
                *key = of_form.map_or(0, |(letters, form)| number(letters, *form));
            }
            sort_by_number(&mut order);
        };
        sort_by(&|_, form| !u64::from(lexicon.frequency(form)));
        for before in [20, 10, 0] {
            sort_by(&|letters, _| ten_letters(letters.get(before..).unwrap_or_default()));
        }
        let (mut words, mut of_words): (Vec<Letters>, Vec<FormId>) = (Vec::new(), Vec::new());
        for (_, at) in order {
            let Some((letters, form)) = forms.get_mut(at as usize) else {
                continue;
            };
            if words.last() != Some(letters) {
                words.push(std::mem::take(letters));
                of_words.push(*form);
            }
        }
        Self {
            list: WordList::new(words),
            forms: of_words,
            seen: lexicon.len(),
            answers: Mutex::default(),
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
        let Ok(mut answers) = self.answers.lock() else {
            return Vec::new();
        };
        let known = answers.iter().position(|(asked, _)| *asked == latin);
        let at = known.unwrap_or_else(|| {
            answers.truncate(ANSWERS - 1);
            let found = self.likely(channel, &latin);
            answers.insert(0, (latin, found));
            0
        });
        let found = answers.get(at).map_or(&[][..], |(_, found)| found);
        found.iter().take(limit).copied().collect()
    }

    /// The forms that are likely meant by a word, best first.
    fn likely(&self, channel: &Channel, latin: &[u8]) -> Vec<FormName> {
        let found = self.list.search(channel, latin, COMPARED);
        let mut odds: Vec<(f32, FormId)> = found
            .iter()
            .filter_map(|found| {
                let letters = self.list.words().get(found.word)?;
                Some((
                    channel.log_odds(latin, letters),
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
            .collect()
    }
}

/// The first ten letters as one number; numbers are in the order of the letters. No word has more than thirty.
fn ten_letters(letters: &[u8]) -> u64 {
    let letters = letters.iter().copied().chain(std::iter::repeat(0));
    let pack = |number, letter| number << 6 | u64::from(letter);
    letters.take(10).fold(0, pack)
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
        assert_eq!(find("Erdogan"), ["أردوغان"], "asked again");
        assert!(!names.is_stale(&lexicon));
        lexicon.add("واشنطن");
        assert!(names.is_stale(&lexicon));
    }

    #[test]
    fn words_are_in_the_order_of_their_letters() {
        let mut lexicon = Lexicon::default();
        let long = "والاستقلاليات والاستقلالية والاستقلاليه والاستقلال والاستقلالات";
        for form in long
            .split(' ')
            .chain(["ب", "با", "أب", "اب", "آب", "آب", "زيد", "را"])
        {
            lexicon.add(form);
        }
        let names = FormNames::new(&lexicon);
        assert!(names.list.words().is_sorted());
        let forms: Vec<&str> = names.forms.iter().map(|&form| lexicon.form(form)).collect();
        let expected = "آب با را زيد والاستقلال والاستقلالات والاستقلاليات والاستقلالية";
        assert_eq!(forms.join(" "), expected);
        for (letters, form) in names.list.words().iter().zip(forms) {
            assert_eq!(*letters, arabic_letters(form));
        }
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
