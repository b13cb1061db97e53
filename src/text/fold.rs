//! Folding of single words: what is dropped and what is read as what.
//!
//! | step | what happens | example |
//! |---|---|---|
//! | [`fold_marks`] | vowel signs, tatweel, invisible characters and evasive dots go; a separate hamza or madda joins its letter; Latin letters lose their accents | استُخدمت → استخدمت, قاتـ.ل → قاتل |
//! | [`fold_letters`] | the above, then: alef forms → ا, ى → ي, ة → ه, Persian letters, presentation forms, digits → 0–9, Latin lower case | الروسى → الروسي, کوریا → كوريا |
//!
//! Source of the rules: Unicode's own decompositions, and what search on Arabic
//! news gains from (the trap is to decompose and strip only U+0300–U+036F,
//! which leaves every Arabic vowel sign in place). ؤ ئ ء stay as they are.

use super::char_class::{CharClass, class_of};
use super::fold_table::{ARABIC_LETTERS, HAMZA_COMPOSITIONS, LATIN_BASES};
use super::presentation_form_table::PRESENTATION_FORMS;

/// Appends `word` without its marks to `out`.
///
/// ```
/// use kashshaf::text::fold::fold_marks;
/// let mut out = String::new();
/// fold_marks("استُخدمت", &mut out);
/// assert_eq!(out, "استخدمت");
/// ```
pub fn fold_marks(word: &str, out: &mut String) {
    // A dot between digits is part of a number; between letters it is evasive.
    let is_number = word
        .chars()
        .next()
        .is_some_and(|c| class_of(c) == CharClass::Digit);
    let mut chars = word.chars().peekable();
    while let Some(c) = chars.next() {
        let dropped = match class_of(c) {
            CharClass::Mark | CharClass::Tatweel | CharClass::Format => true,
            _ => c == '.' && !is_number,
        };
        if dropped {
            continue;
        }
        // A mark may stand between the letter and its hamza; the first hamza or madda counts.
        let mut composed = c;
        while let Some(&mark) = chars.peek() {
            if class_of(mark) != CharClass::Mark {
                break;
            }
            composed = compose(composed, mark).unwrap_or(composed);
            chars.next();
        }
        match latin_base(composed) {
            Some(base) => out.push_str(base),
            None => out.push(composed),
        }
    }
}

/// Appends `word` with its letters folded (marks dropped too) to `out`.
///
/// ```
/// use kashshaf::text::fold::fold_letters;
/// let mut out = String::new();
/// fold_letters("الأُمّة", &mut out);
/// assert_eq!(out, "الامه");
/// ```
pub fn fold_letters(word: &str, out: &mut String) {
    let before = out.len();
    // Nearly every word is bare letters of Arabic.
    for c in word.chars() {
        let Some(folded) = bare_letter(c) else {
            out.truncate(before);
            return fold_any_letters(word, out);
        };
        out.push(folded);
    }
}

/// Writes the first letters of `word`, folded as [`fold_letters`] folds them, as
/// many as `out` has room for, and returns their number.
pub fn fold_first_letters(word: &str, out: &mut [char]) -> usize {
    let mut count = 0;
    for (slot, c) in out.iter_mut().zip(word.chars()) {
        match bare_letter(c) {
            Some(folded) => *slot = folded,
            None => {
                let folded = folded_letters(word);
                let slots = out.iter_mut().zip(folded.chars());
                return slots.map(|(slot, folded)| *slot = folded).count();
            }
        }
        count += 1;
    }
    count
}

/// What a bare letter of Arabic folds to.
#[inline]
fn bare_letter(c: char) -> Option<char> {
    let folded = BARE_LETTERS.get((c as usize).wrapping_sub(0x621)).copied();
    folded.filter(|&folded| folded != '\0')
}

/// What the letters U+0621 to U+064A fold to; `\0` where a mark or the tatweel stands.
static BARE_LETTERS: [char; 0x2A] = {
    let mut table = ['\0'; 0x2A];
    let mut at = 0;
    while at < table.len() {
        let code = 0x621 + at as u32;
        let mut letter = match char::from_u32(code) {
            Some(letter) if code < 0x63B || code > 0x640 => letter,
            _ => '\0',
        };
        let mut row = 0;
        while row < ARABIC_LETTERS.len() {
            if ARABIC_LETTERS[row].0 == letter {
                letter = ARABIC_LETTERS[row].1;
                row = ARABIC_LETTERS.len();
            }
            row += 1;
        }
        table[at] = letter;
        at += 1;
    }
    table
};

fn fold_any_letters(word: &str, out: &mut String) {
    let mut bare = String::with_capacity(word.len());
    fold_marks(word, &mut bare);
    for c in bare.chars() {
        match presentation_form(c) {
            Some(letters) => out.extend(letters.chars().map(fold_letter)),
            None if c.is_ascii() => out.push(c.to_ascii_lowercase()),
            None if (c as u32) < 0x600 => out.extend(c.to_lowercase()),
            None => out.push(fold_letter(c)),
        }
    }
}

/// What each of U+0620–U+064A is read as, in UTF-8; nothing for tatweel, which is dropped.
static PLAIN: [Option<[u8; 2]>; 0x2B] = {
    let mut table = [None; 0x2B];
    let mut at = 0;
    while at < table.len() {
        let mut to = 0x620 + at as u32;
        let mut row = 0;
        while row < ARABIC_LETTERS.len() {
            if ARABIC_LETTERS[row].0 as u32 == to {
                to = ARABIC_LETTERS[row].1 as u32;
                break;
            }
            row += 1;
        }
        if at != 0x20 {
            table[at] = Some([0xC0 | (to >> 6) as u8, 0x80 | (to & 0x3F) as u8]);
        }
        at += 1;
    }
    table
};

/// Appends a word of letters U+0620–U+064A, without tatweel, with its letters
/// folded to `out`; says whether it is one, and appends nothing otherwise.
///
/// It writes what [`fold_letters`] writes, without looking at every character
/// from all sides; most words of Arabic are such.
pub fn fold_plain_letters(word: &[u8], out: &mut Vec<u8>) -> bool {
    let before = out.len();
    out.resize(before + word.len(), 0);
    let (pairs, rest) = word.as_chunks::<2>();
    let (slots, _) = out.get_mut(before..).unwrap_or_default().as_chunks_mut();
    let mut is_plain = rest.is_empty();
    for (slot, &[lead, trail]) in slots.iter_mut().zip(pairs) {
        let code = usize::from(lead & 0x1F) << 6 | usize::from(trail & 0x3F);
        let folded = PLAIN.get(code.wrapping_sub(0x620)).copied().flatten();
        is_plain &= folded.is_some() && matches!(lead, 0xD8 | 0xD9);
        *slot = folded.unwrap_or_default();
    }
    if !is_plain {
        out.truncate(before);
    }
    is_plain
}

/// The word with its letters folded, as [`fold_letters`] writes it.
#[must_use]
pub fn folded_letters(word: &str) -> String {
    let mut folded = String::with_capacity(word.len());
    fold_letters(word, &mut folded);
    folded
}

/// The letter or digit that `c` is read as under the letters lens.
#[must_use]
pub fn fold_letter(c: char) -> char {
    if let Some(folded) = bare_letter(c) {
        return folded;
    }
    match c {
        '\u{0660}'..='\u{0669}' => ascii_digit(c as u32 - 0x660),
        '\u{06F0}'..='\u{06F9}' => ascii_digit(c as u32 - 0x6F0),
        '\u{066B}' => '.',
        '\u{066C}' => ',',
        _ => ARABIC_LETTERS
            .iter()
            .find(|(from, _)| *from == c)
            .map_or(c, |&(_, to)| to),
    }
}

fn ascii_digit(value: u32) -> char {
    char::from_digit(value, 10).unwrap_or('0')
}

fn compose(base: char, mark: char) -> Option<char> {
    HAMZA_COMPOSITIONS
        .iter()
        .find(|(b, m, _)| *b == base && *m == mark)
        .map(|&(_, _, c)| c)
}

fn latin_base(c: char) -> Option<&'static str> {
    let index = (c as usize).checked_sub(0xC0)?;
    LATIN_BASES.get(index).copied()
}

fn presentation_form(c: char) -> Option<&'static str> {
    if !('\u{FB50}'..='\u{FEFC}').contains(&c) {
        return None;
    }
    let code = u16::try_from(c as u32).ok()?;
    let row = PRESENTATION_FORMS.partition_point(|&(_, last, _)| last < code);
    PRESENTATION_FORMS
        .get(row)
        .filter(|(first, ..)| *first <= code)
        .map(|&(_, _, letters)| letters)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn marks(word: &str) -> String {
        let mut out = String::new();
        fold_marks(word, &mut out);
        out
    }

    fn letters(word: &str) -> String {
        let mut out = String::new();
        fold_letters(word, &mut out);
        out
    }

    #[test]
    fn words_fold_as_the_rules_say() {
        // word, marks, letters
        let cases = [
            ("الروسى", "الروسى", "الروسي"),
            ("کوریا", "کوریا", "كوريا"),
            ("استُخدمت", "استخدمت", "استخدمت"),
            ("العـــراق", "العراق", "العراق"),
            ("قاتـ.ل", "قاتل", "قاتل"),
            ("مدرسة", "مدرسة", "مدرسه"),
            ("ا\u{654}وكرانيا", "أوكرانيا", "اوكرانيا"),
            ("مسؤول", "مسؤول", "مسؤول"),
            ("٢٠٢٣", "٢٠٢٣", "2023"),
            ("1,234.5", "1,234.5", "1,234.5"),
            ("١٬٢٣٤٫٥", "١٬٢٣٤٫٥", "1,234.5"),
            ("Café", "Cafe", "cafe"),
            ("Cafe\u{301}", "Cafe", "cafe"),
            ("ﷲ", "ﷲ", "الله"),
            ("ﻻ", "ﻻ", "لا"),
            ("می\u{200C}شود", "میشود", "ميشود"),
        ];
        for (word, without_marks, folded) in cases {
            assert_eq!(marks(word), without_marks, "{word}");
            assert_eq!(letters(word), folded, "{word}");
        }
    }

    #[test]
    fn presentation_forms_agree_with_unicode() {
        for &(first, last, expected) in PRESENTATION_FORMS {
            for code in first..=last {
                let c = char::from_u32(u32::from(code)).expect("a character");
                let decomposed: String = std::iter::once(c)
                    .nfkc()
                    .filter(|&c| class_of(c) == CharClass::Letter)
                    .collect();
                assert_eq!(decomposed, expected, "U+{code:04X}");
            }
        }
    }

    proptest! {
        #[test]
        fn plain_words_are_folded_alike(word in "[\u{620}-\u{64A}]{0,8}|[\u{600}-\u{660}پa]{0,4}") {
            let mut plain = Vec::new();
            if fold_plain_letters(word.as_bytes(), &mut plain) {
                prop_assert_eq!(plain, letters(&word).into_bytes());
            } else {
                prop_assert!(plain.is_empty());
                let is_plain = |c: char| ('\u{620}'..='\u{64A}').contains(&c) && c != 'ـ';
                prop_assert!(!word.chars().all(is_plain));
            }
        }

        #[test]
        fn folding_twice_is_folding_once(word in "[ء-ي\u{64B}-\u{655}ٱ-ۓA-Za-zÀ-ſ٠-٩ﭐ-ﻼ]{0,12}") {
            prop_assert_eq!(letters(&letters(&word)), letters(&word));
            prop_assert_eq!(marks(&marks(&word)), marks(&word));
        }

        #[test]
        fn composed_and_decomposed_words_fold_alike(word in "[ء-ي\u{64B}-\u{655}A-Za-zÀ-ÿ]{1,12}") {
            let composed: String = word.nfc().collect();
            let decomposed: String = word.nfd().collect();
            prop_assert_eq!(letters(&composed), letters(&decomposed));
            prop_assert_eq!(marks(&composed), marks(&decomposed));
        }
    }
}
