//! A name word as a short run of letter codes, one alphabet a script.
//!
//! Codes fit 6 bits and 0 is the border of a word, so that two or three of
//! them pack into one number. Latin keeps the accented letters that writers of
//! Arabic read differently (č as تش, š as ش, é as a sounded vowel); every
//! other accent falls. Arabic is read as the letters lens reads it: أ إ آ are
//! ا, ة is ه, ى is ي. Keeping them apart gained nothing in the measurements
//! of `docs/names.md`, and corpora write them as they please.

use super::letter_table::{ACCENTED, ARABIC, COMBINING, EXTENDED_BASES, LATIN};
use crate::text::fold::{fold_letters, fold_marks};

/// Letters of a word beyond these are not looked at: no name is longer.
pub const LONGEST: usize = 28;

/// Letters of one word, coded; never longer than [`LONGEST`].
pub type Letters = Vec<u8>;

/// The code of the Arabic letter `c`, folded already.
fn arabic_code(c: char) -> Option<u8> {
    code(ARABIC, c)
}

fn code(alphabet: &[char], c: char) -> Option<u8> {
    let at = alphabet.iter().position(|&letter| letter == c)?;
    u8::try_from(at + 1).ok()
}

/// The letters of an Arabic word; what is no Arabic letter is left out.
///
/// ```
/// use kashshaf::analysis::names::letters::arabic_letters;
/// assert_eq!(arabic_letters("أُون"), arabic_letters("اون"));
/// assert!(arabic_letters("Putin").is_empty());
/// ```
#[must_use]
pub fn arabic_letters(word: &str) -> Letters {
    let mut folded = String::with_capacity(word.len());
    fold_letters(word, &mut folded);
    folded
        .chars()
        .filter_map(arabic_code)
        .take(LONGEST)
        .collect()
}

/// The letters of a Latin word; what is no Latin letter is left out.
///
/// ```
/// use kashshaf::analysis::names::letters::latin_letters;
/// assert_eq!(latin_letters("Guantánamo"), latin_letters("guantanamo"));
/// assert_ne!(latin_letters("Erdoğan"), latin_letters("Erdogan"));
/// assert_eq!(latin_letters("s\u{30C}"), latin_letters("š"));
/// ```
#[must_use]
pub fn latin_letters(word: &str) -> Letters {
    let mut letters = Letters::with_capacity(word.len());
    let mut chars = word.chars().flat_map(char::to_lowercase).peekable();
    while let Some(c) = chars.next() {
        let mut c = c;
        while let Some(mark) = chars.next_if(|c| ('\u{300}'..='\u{36F}').contains(c)) {
            c = compose(c, mark);
        }
        push_latin(c, &mut letters);
    }
    letters.truncate(LONGEST);
    letters
}

/// The same letters without accents, as a keyboard without them writes.
#[must_use]
pub fn without_accents(latin: &[u8]) -> Letters {
    latin
        .iter()
        .map(|&letter| {
            let plain = ACCENTED
                .iter()
                .find(|(accented, ..)| code(LATIN, *accented) == Some(letter))
                .and_then(|&(_, plain, _)| code(LATIN, plain));
            plain.unwrap_or(letter)
        })
        .collect()
}

fn compose(base: char, mark: char) -> char {
    COMBINING
        .iter()
        .find(|&&(b, m, _)| b == base && m == mark)
        .map_or(base, |&(.., composed)| composed)
}

fn push_latin(c: char, letters: &mut Letters) {
    let accented = ACCENTED
        .iter()
        .find(|(letter, _, same)| *letter == c || same.contains(c));
    if let Some(code) = code(LATIN, accented.map_or(c, |&(letter, ..)| letter)) {
        letters.push(code);
        return;
    }
    let extended = (c as usize)
        .checked_sub(0x1E00)
        .and_then(|at| EXTENDED_BASES.as_bytes().get(at));
    if let Some(&base) = extended {
        letters.extend(code(LATIN, char::from(base)));
        return;
    }
    if !c.is_alphabetic() {
        return;
    }
    let mut buffer = [0; 4];
    let mut base = String::new();
    fold_marks(c.encode_utf8(&mut buffer), &mut base);
    letters.extend(base.chars().filter_map(|base| code(LATIN, base)));
}

/// How the codes are written in tables and reports.
#[must_use]
pub fn spell(script: Script, letters: &[u8]) -> String {
    let alphabet = script.alphabet();
    letters
        .iter()
        .map(|&letter| {
            let at = usize::from(letter).checked_sub(1);
            at.and_then(|at| alphabet.get(at)).copied().unwrap_or('_')
        })
        .collect()
}

/// The codes of what [`spell`] wrote; `None` for a character of no alphabet.
#[must_use]
pub fn unspell(script: Script, text: &str) -> Option<Letters> {
    text.chars()
        .map(|c| match c {
            '_' => Some(0),
            c => code(script.alphabet(), c),
        })
        .collect()
}

/// One of the two alphabets.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// `a` to `z`, the sign of ayn, and accented letters of their own.
    Latin,
    /// The letters of the letters lens.
    Arabic,
}

impl Script {
    fn alphabet(self) -> &'static [char] {
        match self {
            Self::Latin => LATIN,
            Self::Arabic => ARABIC,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_words_are_read_letter_by_letter() {
        let cases = [
            ("Putin", "putin"),
            ("MILOŠEVIĆ", "miloševič"),
            ("Nguyễn", "nguyén"),
            ("Łódź", "lodž"),
            ("Ørsted", "örsted"),
            ("Strauß", "strauss"),
            ("Sa‘ūd", "sa'ud"),
            ("İlyas", "ilyas"),
            ("œuvre", "oeuvre"),
            ("Ṭāriq", "tariq"),
            ("3rd.", "rd"),
            ("بوتين", ""),
        ];
        for (word, expected) in cases {
            assert_eq!(
                spell(Script::Latin, &latin_letters(word)),
                expected,
                "{word}"
            );
        }
    }

    #[test]
    fn codes_fit_six_bits_and_are_written_and_read_alike() {
        for script in [Script::Latin, Script::Arabic] {
            let all: String = script.alphabet().iter().collect();
            let codes = unspell(script, &all).unwrap();
            assert!(codes.iter().all(|&code| (1..64).contains(&code)));
            assert_eq!(spell(script, &codes), all);
        }
        assert_eq!(unspell(Script::Latin, "ж"), None);
    }

    #[test]
    fn accents_fall_where_they_are_asked_to() {
        let plain = without_accents(&latin_letters("Erdoğan Çelik Žižek"));
        assert_eq!(spell(Script::Latin, &plain), "erdogancelikzizek");
    }
}
