//! Proclitics: what Arabic writes against the front of a word.
//!
//! ```text
//! (و | ف)?  (ب | ل | ك | س)?  ال?   word
//! ```
//!
//! Whether a first letter is a proclitic or the word's own cannot be seen from
//! the word alone: ببوتين is «by Putin», but بلاد is «country». The corpus
//! itself gives the evidence:
//!
//! * a proclitic is taken off only if what remains is a word of the corpus,
//!   and not a far rarer one (بوتين stays whole: وتين is no word);
//! * the article never stands before a proclitic: where البلدية occurs, the ب
//!   of بلدية is its own;
//! * ال, وال, بال, كال, فال, لل come off without such evidence when enough
//!   letters remain, unless the word is listed (الذي, الله) or the corpus
//!   writes it with a hamza on its alef (ألمانيا).
//!
//! What this is not: suffixes stay, and a name such as كمال can be read as
//! ك + مال where the corpus has مال.

use super::particle_table::{NOT_THE_ARTICLE, PARTICLES};

/// A word of which the rules ask, by its letters key.
#[derive(Clone, Copy, Debug)]
pub struct Word<'k> {
    /// Its letters key.
    pub key: &'k str,
    /// The number that the corpus has for it; none where it does not occur.
    pub number: Option<u32>,
}

/// What the rules ask of a corpus. All keys are letters keys.
pub trait Evidence {
    /// The number of the word with this key, if it occurs.
    fn number(&self, key: &str) -> Option<u32>;

    /// Running words with the key of a word.
    fn frequency(&self, number: u32) -> u64;

    /// Running words with the key of a word behind «ال».
    fn frequency_with_article(&self, word: Word<'_>) -> u64 {
        let number = self.number(&format!("ال{}", word.key));
        number.map_or(0, |number| self.frequency(number))
    }

    /// Whether a word is mostly written with أ, إ or آ at its start.
    fn starts_with_hamza(&self, number: u32) -> bool;
}

/// A longer run of letters is no word, and looking its parts up is dear.
const LONGEST_BYTES: usize = 120;

/// A form is read as proclitic + word only if the word is at least one such
/// part as frequent as the form.
const RARER_AT_MOST: u64 = 20;

/// The article before a form counts as evidence from one such part of its frequency on.
const ARTICLE_SHARE: u64 = 50;

/// Takes the proclitics off a word: returns the end of `key` that remains,
/// all of it when nothing came off.
///
/// ```
/// use kashshaf::analysis::clitics::{strip_proclitics, Evidence};
/// struct Corpus;
/// impl Evidence for Corpus {
///     fn number(&self, key: &str) -> Option<u32> { matches!(key, "بوتين" | "رئيس").then_some(0) }
///     fn frequency(&self, _: u32) -> u64 { 1 }
///     fn starts_with_hamza(&self, _: u32) -> bool { false }
/// }
/// assert_eq!(strip_proclitics("وببوتين", &Corpus), "بوتين");
/// assert_eq!(strip_proclitics("بوتين", &Corpus), "بوتين");
/// assert_eq!(strip_proclitics("وللرئيس", &Corpus), "رئيس");
/// ```
#[must_use]
pub fn strip_proclitics<'k>(key: &'k str, corpus: &impl Evidence) -> &'k str {
    let number = corpus.number(key);
    strip_proclitics_of(Word { key, number }, corpus)
}

/// The same for a word whose number is known.
#[must_use]
pub fn strip_proclitics_of<'k>(word: Word<'k>, corpus: &impl Evidence) -> &'k str {
    if word.key.len() > LONGEST_BYTES {
        return word.key;
    }
    let reader = Reader { corpus };
    let after_conjunction = reader.conjunction(word);
    let after_preposition = reader.preposition(after_conjunction);
    reader.article(after_preposition)
}

/// Whether a letter of a letters key may be one of its proclitics.
#[must_use]
pub fn is_of_proclitics(letter: char) -> bool {
    matches!(letter, 'و' | 'ف' | 'ب' | 'ل' | 'ك' | 'س' | 'ا')
}

/// Every way to write proclitics before a word that carries none, letters
/// folded: و, ب, وب, ال, وال, لل … Used for a word of a query that the corpus
/// only has with proclitics, where it gives no evidence by itself.
///
/// ```
/// use kashshaf::analysis::clitics::with_proclitics;
/// let written: Vec<_> = with_proclitics("رئيس").collect();
/// assert!(written.contains(&"وبالرئيس".to_owned()) && written.contains(&"للرئيس".to_owned()));
/// ```
pub fn with_proclitics(base: &str) -> impl Iterator<Item = String> + use<'_> {
    const CONJUNCTIONS: [&str; 3] = ["", "و", "ف"];
    const PREPOSITIONS: [&str; 9] = ["", "ب", "ل", "ك", "س", "ال", "بال", "كال", "لل"];
    let pairs = CONJUNCTIONS
        .into_iter()
        .flat_map(|c| PREPOSITIONS.map(|p| (c, p)));
    pairs
        .filter(|pair| *pair != ("", ""))
        .map(move |(c, p)| format!("{c}{p}{base}"))
}

/// Every way to cut proclitics but the article off `key`, longest last: byte
/// lengths of what may be cut, 0 first. No evidence is asked; callers that
/// hold a list of words choose by it. For «لل» the cut leaves one ل in place
/// of the article's alef.
///
/// ```
/// use kashshaf::analysis::clitics::proclitic_splits;
/// let cut: Vec<_> = proclitic_splits("وببوتين").map(|at| &"وببوتين"[at..]).collect();
/// assert_eq!(cut, ["وببوتين", "ببوتين", "بوتين"]);
/// ```
pub fn proclitic_splits(key: &str) -> impl Iterator<Item = usize> {
    let letter = |at: usize| key.get(at..).and_then(|rest| rest.chars().next());
    let conjunction = letter(0)
        .filter(|c| matches!(c, 'و' | 'ف'))
        .map_or(0, char::len_utf8);
    let preposition = |at: usize| {
        letter(at)
            .filter(|c| matches!(c, 'ب' | 'ل' | 'ك' | 'س'))
            .map(|c| at + c.len_utf8())
    };
    let direct = preposition(0);
    let second = if conjunction > 0 {
        preposition(conjunction)
    } else {
        None
    };
    [
        Some(0),
        (conjunction > 0).then_some(conjunction),
        direct,
        second,
    ]
    .into_iter()
    .flatten()
}

struct Reader<'e, E: Evidence> {
    corpus: &'e E,
}

impl<E: Evidence> Reader<'_, E> {
    fn look<'k>(&self, key: &'k str) -> Word<'k> {
        let number = self.corpus.number(key);
        Word { key, number }
    }

    fn conjunction<'k>(&self, word: Word<'k>) -> Word<'k> {
        match strip_letter(word.key, &['و', 'ف']) {
            Some(rest) if PARTICLES.contains(&rest) && !self.has_article_before(word) => {
                self.look(rest)
            }
            Some(rest) => self.without_proclitic(word, rest).unwrap_or(word),
            None => word,
        }
    }

    fn preposition<'k>(&self, word: Word<'k>) -> Word<'k> {
        let without = |rest| self.without_proclitic(word, rest);
        if let Some(rest) = strip_letter(word.key, &['ب', 'ل', 'ك']) {
            return without(rest).unwrap_or(word);
        }
        let rest = strip_letter(word.key, &['س']);
        rest.filter(|rest| rest.starts_with(['ا', 'ي', 'ت', 'ن']))
            .and_then(without)
            .unwrap_or(word)
    }

    fn article<'k>(&self, word: Word<'k>) -> &'k str {
        // للرئيس: the article's alef is not written after ل, and the ل before
        // it is not taken off on its own.
        let key = word.key;
        let rest = key
            .strip_prefix("ال")
            .or_else(|| key.strip_prefix("لل").filter(|_| self.is_lam_article(word)));
        match rest {
            Some(rest) if self.is_article(word, rest) => rest,
            _ => key,
        }
    }

    /// What remains of a word, if its first letter is a proclitic before `rest`.
    fn without_proclitic<'k>(&self, word: Word<'k>, rest: &'k str) -> Option<Word<'k>> {
        if self.has_article_before(word) {
            return None;
        }
        // ال right behind it, or one more preposition and then ال, shows it.
        let inner = strip_letter(rest, &['ب', 'ك']).unwrap_or(rest);
        let articled = [rest, inner]
            .into_iter()
            .find(|rest| rest.starts_with("ال"));
        if let Some(articled) = articled.filter(|rest| !NOT_THE_ARTICLE.contains(rest)) {
            let base = articled.strip_prefix("ال").unwrap_or_default();
            let few = letters(base);
            let rest = self.look(rest);
            let is_known = || self.known(self.look(base)) + self.frequency(rest) > 0;
            return (few >= 4 || few >= 2 && is_known()).then_some(rest);
        }
        // «لل» stays together until the article is looked at: ل + ل never part.
        if word.key.starts_with("لل") {
            return None;
        }
        let rest = self.look(rest);
        if rest.key.starts_with("لل") && self.is_lam_article(rest) {
            return Some(rest);
        }
        // وببوتين: ببوتين need not occur if بوتين does.
        let mut frequency = self.known(rest);
        let mut base = rest.key;
        if frequency == 0
            && let Some(second) = strip_letter(rest.key, &['ب', 'ل', 'ك'])
        {
            (base, frequency) = (second, self.known(self.look(second)));
        }
        let is_word = frequency > 0
            && letters(base) >= 3
            && frequency * RARER_AT_MOST >= self.frequency(word);
        is_word.then_some(rest)
    }

    fn is_lam_article(&self, word: Word<'_>) -> bool {
        let Some(rest) = word.key.strip_prefix("لل") else {
            return false;
        };
        !self.has_article_before(word)
            && (letters(rest) >= 4 || letters(rest) >= 2 && self.known(self.look(rest)) > 0)
    }

    fn is_article(&self, word: Word<'_>, rest: &str) -> bool {
        let has_hamza = |number| self.corpus.starts_with_hamza(number);
        letters(rest) >= 2
            && !NOT_THE_ARTICLE.contains(&word.key)
            && !word.number.is_some_and(has_hamza)
            && !self.has_article_before(word)
    }

    fn frequency(&self, word: Word<'_>) -> u64 {
        word.number
            .map_or(0, |number| self.corpus.frequency(number))
    }

    /// Running words of `word`, with the article or without.
    fn known(&self, word: Word<'_>) -> u64 {
        self.frequency(word) + self.corpus.frequency_with_article(word)
    }

    /// The article stands before the whole of a word somewhere: its first letter is its own.
    fn has_article_before(&self, word: Word<'_>) -> bool {
        let with_article = self.corpus.frequency_with_article(word);
        with_article > 0 && with_article > self.frequency(word) / ARTICLE_SHARE
    }
}

fn strip_letter<'k>(key: &'k str, letters: &[char]) -> Option<&'k str> {
    key.strip_prefix(letters)
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Corpus<'a>(&'a [(&'a str, u64)]);

    impl Evidence for Corpus<'_> {
        fn number(&self, key: &str) -> Option<u32> {
            let place = self.0.iter().position(|(word, _)| *word == key)?;
            u32::try_from(place).ok()
        }

        fn frequency(&self, number: u32) -> u64 {
            self.0[number as usize].1
        }

        fn starts_with_hamza(&self, number: u32) -> bool {
            self.0[number as usize].0 == "المانيا"
        }
    }

    #[test]
    fn proclitics_come_off_where_the_corpus_shows_that_they_are() {
        let corpus = Corpus(&[
            ("بوتين", 60),
            ("ببوتين", 1),
            ("الرئيس", 20),
            ("رئيس", 3),
            ("روسيا", 50),
            ("بلدية", 3),
            ("بلديه", 3),
            ("البلديه", 9),
            ("لديه", 90),
            ("وزير", 40),
            ("زير", 1),
            ("قال", 80),
            ("يعزز", 2),
            ("قلم", 1),
            ("المانيا", 1),
        ]);
        let cases = [
            ("ببوتين", "بوتين"),
            ("وبوتين", "بوتين"),
            ("وببوتين", "بوتين"),
            ("بوتين", "بوتين"),
            ("الرئيس", "رئيس"),
            ("والرئيس", "رئيس"),
            ("بالرئيس", "رئيس"),
            ("للرئيس", "رئيس"),
            ("وللرئيس", "رئيس"),
            ("فبالرئيس", "رئيس"),
            ("لروسيا", "روسيا"),
            ("بلديه", "بلديه"), // the article stands before it: its ب is its own
            ("وزير", "وزير"),   // زير is far rarer
            ("وقال", "قال"),
            ("سيعزز", "يعزز"),
            ("ومن", "من"),
            ("المانيا", "المانيا"), // written with a hamza
            ("الذي", "الذي"),
            ("الله", "الله"),
            ("الكرملين", "كرملين"),
            ("والكرملين", "كرملين"),
            ("للكرملين", "كرملين"),
            ("كيم", "كيم"),
            ("لم", "لم"),
            ("وبروسيا", "روسيا"), // بروسيا does not occur, روسيا does
        ];
        for (key, expected) in cases {
            assert_eq!(strip_proclitics(key, &corpus), expected, "{key}");
        }
    }
}
