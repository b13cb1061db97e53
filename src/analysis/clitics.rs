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

/// What the rules ask of a corpus. All words are letters keys.
pub trait Evidence {
    /// Running words with this key.
    fn frequency(&self, key: &str) -> u64;

    /// Running words with this key behind «ال».
    fn frequency_with_article(&self, key: &str) -> u64 {
        self.frequency(&format!("ال{key}"))
    }

    /// Whether the words with this key are mostly written with أ, إ or آ at their start.
    fn starts_with_hamza(&self, key: &str) -> bool;
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
///     fn frequency(&self, key: &str) -> u64 { u64::from(matches!(key, "بوتين" | "رئيس")) }
///     fn starts_with_hamza(&self, _: &str) -> bool { false }
/// }
/// assert_eq!(strip_proclitics("وببوتين", &Corpus), "بوتين");
/// assert_eq!(strip_proclitics("بوتين", &Corpus), "بوتين");
/// assert_eq!(strip_proclitics("وللرئيس", &Corpus), "رئيس");
/// ```
#[must_use]
pub fn strip_proclitics<'k>(key: &'k str, corpus: &impl Evidence) -> &'k str {
    if key.len() > LONGEST_BYTES {
        return key;
    }
    let reader = Reader { corpus };
    let after_conjunction = reader.conjunction(key);
    let after_preposition = reader.preposition(after_conjunction);
    reader.article(after_preposition)
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
    fn conjunction<'k>(&self, key: &'k str) -> &'k str {
        match strip_letter(key, &['و', 'ف']) {
            Some(rest) if PARTICLES.contains(&rest) && !self.has_article_before(key) => rest,
            Some(rest) if self.is_proclitic(key, rest) => rest,
            _ => key,
        }
    }

    fn preposition<'k>(&self, key: &'k str) -> &'k str {
        let rest = strip_letter(key, &['ب', 'ل', 'ك']);
        if let Some(rest) = rest.filter(|rest| self.is_proclitic(key, rest)) {
            return rest;
        }
        match strip_letter(key, &['س']) {
            Some(rest)
                if rest.starts_with(['ا', 'ي', 'ت', 'ن']) && self.is_proclitic(key, rest) =>
            {
                rest
            }
            _ => key,
        }
    }

    fn article<'k>(&self, key: &'k str) -> &'k str {
        // للرئيس: the article's alef is not written after ل, and the ل before
        // it is not taken off on its own.
        let rest = key
            .strip_prefix("ال")
            .or_else(|| key.strip_prefix("لل").filter(|_| self.is_lam_article(key)));
        match rest {
            Some(rest) if self.is_article(key, rest) => rest,
            _ => key,
        }
    }

    /// Whether the first letter of `key` is a proclitic before `rest`.
    fn is_proclitic(&self, key: &str, rest: &str) -> bool {
        if self.has_article_before(key) {
            return false;
        }
        // ال right behind it, or one more preposition and then ال, shows it.
        let inner = strip_letter(rest, &['ب', 'ك']).unwrap_or(rest);
        let articled = [rest, inner]
            .into_iter()
            .find(|rest| rest.starts_with("ال"));
        if let Some(articled) = articled.filter(|rest| !NOT_THE_ARTICLE.contains(rest)) {
            let word = articled.strip_prefix("ال").unwrap_or_default();
            let known = self.known(word) + self.corpus.frequency(rest) > 0;
            return letters(word) >= 4 || letters(word) >= 2 && known;
        }
        // «لل» stays together until the article is looked at: ل + ل never part.
        if key.starts_with("لل") {
            return false;
        }
        if rest.starts_with("لل") && self.is_lam_article(rest) {
            return true;
        }
        // وببوتين: ببوتين need not occur if بوتين does.
        let mut frequency = self.known(rest);
        let mut word = rest;
        if frequency == 0
            && let Some(second) = strip_letter(rest, &['ب', 'ل', 'ك'])
        {
            (word, frequency) = (second, self.known(second));
        }
        frequency > 0
            && letters(word) >= 3
            && frequency * RARER_AT_MOST >= self.corpus.frequency(key)
    }

    fn is_lam_article(&self, key: &str) -> bool {
        let Some(word) = key.strip_prefix("لل") else {
            return false;
        };
        !self.has_article_before(key)
            && (letters(word) >= 4 || letters(word) >= 2 && self.known(word) > 0)
    }

    fn is_article(&self, key: &str, rest: &str) -> bool {
        letters(rest) >= 2
            && !NOT_THE_ARTICLE.contains(&key)
            && !self.corpus.starts_with_hamza(key)
            && !self.has_article_before(key)
    }

    /// Running words of `word`, with the article or without.
    fn known(&self, word: &str) -> u64 {
        self.corpus.frequency(word) + self.corpus.frequency_with_article(word)
    }

    /// The article stands before the whole of `key` somewhere: its first letter is its own.
    fn has_article_before(&self, key: &str) -> bool {
        let with_article = self.corpus.frequency_with_article(key);
        with_article > 0 && with_article > self.corpus.frequency(key) / ARTICLE_SHARE
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
        fn frequency(&self, key: &str) -> u64 {
            self.0
                .iter()
                .find(|(word, _)| *word == key)
                .map_or(0, |&(_, n)| n)
        }

        fn starts_with_hamza(&self, key: &str) -> bool {
            key == "المانيا"
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
