//! What is known of a word form, worked out once per distinct form.

use super::class::Classes;
use super::lexicon::Lexicon;
use crate::analysis::clitics::proclitic_splits;
use crate::analysis::fold::letters_key;
use crate::text::char_class::{CharClass, class_of};

/// One way to read a form: whole, or without the proclitics before it.
#[derive(Clone, Debug)]
pub struct Reading {
    /// Bytes of the form, as written, that the proclitics take.
    pub skip_bytes: u32,
    /// Letters key of what remains (for لل the article comes back: للولايات → الولايات).
    pub key: String,
    pub(super) word: Option<u32>,
    pub(super) classes: Classes,
}

/// The facts of one form.
#[derive(Clone, Debug)]
pub struct FormFacts {
    /// The whole form first, then shorter remainders.
    pub readings: Vec<Reading>,
    /// Whether it starts with the article ال.
    pub definite: bool,
    /// Whether nothing about it speaks against a foreign name: see [`FormTable`](super::FormTable).
    pub(super) foreign: bool,
    /// The word and classes of the best reading: the first that any table knows.
    pub(super) best: usize,
    /// Whether a listed name starts with one of its readings.
    pub(super) starts_name: bool,
    /// Classes of the best reading.
    pub(super) classes: Classes,
}

impl FormFacts {
    /// Analyses one form as written.
    pub(super) fn of(surface: &str, lexicon: &Lexicon) -> Self {
        let key = letters_key(surface);
        let mut readings = vec![reading(surface, 0, key.clone(), lexicon)];
        let whole_is_ordinary = readings.iter().any(|r| r.classes.any(Classes::NOT_IN_NAME));
        if !whole_is_ordinary {
            for (letters, rest) in remainders(&key) {
                readings.push(reading(surface, letters, rest, lexicon));
            }
        }
        let known = |r: &Reading| {
            !r.classes.is_empty() || r.word.is_some_and(|word| lexicon.starts_name(word))
        };
        let best = readings.iter().position(known).unwrap_or(0);
        let starts_name = readings
            .iter()
            .any(|r| r.word.is_some_and(|w| lexicon.starts_name(w)));
        let classes = readings.get(best).map(|r| r.classes).unwrap_or_default();
        let foreign =
            best == 0 && classes.is_empty() && !starts_name && looks_foreign(surface, &key);
        Self {
            readings,
            definite: key.starts_with("ال"),
            foreign,
            best,
            starts_name,
            classes,
        }
    }

    /// Letters key of the whole form.
    #[must_use]
    pub fn key(&self) -> &str {
        self.readings.first().map_or("", |r| r.key.as_str())
    }

    /// Classes of the form read whole.
    pub(super) fn whole(&self) -> Classes {
        self.readings.first().map(|r| r.classes).unwrap_or_default()
    }

    /// Whether the form, read whole, is a word of personal names and nothing ordinary.
    pub(super) fn is_name(&self) -> bool {
        let whole = self.whole();
        whole.any(Classes::NAME)
            && !whole.any(Classes::NOT_IN_NAME)
            && !whole.any(Classes::NAME_TAIL)
    }
}

fn reading(surface: &str, letters: usize, key: String, lexicon: &Lexicon) -> Reading {
    let word = lexicon.word(&key);
    Reading {
        skip_bytes: bytes_of_letters(surface, letters),
        classes: lexicon.classes(word),
        word,
        key,
    }
}

/// Readings of a folded word without its nominal proclitics: letters taken,
/// remainder. A ل before لل gives the article its alef back (للولايات → الولايات).
fn remainders(key: &str) -> Vec<(usize, String)> {
    let mut out = Vec::new();
    for at in proclitic_splits(key).skip(1) {
        let (Some(cut), Some(rest)) = (key.get(..at), key.get(at..)) else {
            continue;
        };
        if cut.ends_with('س') || rest.chars().count() < 3 {
            continue;
        }
        let letters = cut.chars().count();
        if let Some(noun) = rest.strip_prefix('ل').filter(|_| cut.ends_with('ل')) {
            out.push((letters, format!("ال{noun}")));
        }
        out.push((letters, rest.to_owned()));
    }
    out
}

/// Length in bytes of the first `letters` letters of `surface`, their marks included.
pub(super) fn bytes_of_letters(surface: &str, letters: usize) -> u32 {
    let mut left = letters;
    for (at, c) in surface.char_indices() {
        if matches!(class_of(c), CharClass::Letter | CharClass::Digit) {
            if left == 0 {
                return u32::try_from(at).unwrap_or(0);
            }
            left -= 1;
        }
    }
    0
}

/// Whether nothing in the shape of an unknown word speaks against a foreign name.
fn looks_foreign(surface: &str, key: &str) -> bool {
    let letters = key.chars().count();
    let ends = |endings: &[&str]| endings.iter().any(|end| key.ends_with(end));
    let starts = |beginnings: &[&str]| beginnings.iter().any(|start| key.starts_with(start));
    let native = ends(&["ات", "ها", "هم", "وا", "تين", "هما", "ائنا", "ه"])
        || starts(&[
            "ال", "وال", "بال", "فال", "كال", "لل", "ولل", "ي", "سي", "ست", "تت", "تست", "است",
            "يست",
        ])
        || starts(&["ت", "ن", "ان"]) && letters <= 5;
    // Foreign names are not written with tanwin or ta marbuta, nor with a
    // hamza on an alef inside, which is a proclitic's trace (وأكد).
    let marked = surface.contains(['\u{64B}', '\u{64C}', '\u{64D}', '\u{629}']);
    let hamza_after_first = matches!(surface.chars().nth(1), Some('أ' | 'إ' | 'آ'));
    letters >= 3
        && !native
        && !marked
        && !hamza_after_first
        && key.chars().all(|c| !c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn proclitics_come_off_the_surface() {
        // form, key of the best reading, bytes skipped
        let cases = [
            ("روسيا", "روسيا", 0),
            ("لروسيا", "روسيا", 2),
            ("وَلِروسيا", "روسيا", 8),
            ("واشنطن", "واشنطن", 0),
            ("وواشنطن", "واشنطن", 2),
            ("بوتين", "بوتين", 0),
            ("لبوتين", "بوتين", 2),
            ("للولايات", "الولايات", 2),
            ("وبيونغيانغ", "بيونغيانغ", 2),
            ("لبنان", "لبنان", 0),
        ];
        let lexicon = Lexicon::read();
        for (surface, key, skipped) in cases {
            let facts = FormFacts::of(surface, &lexicon);
            let best = &facts.readings[facts.best];
            assert_eq!(
                (best.key.as_str(), best.skip_bytes),
                (key, skipped),
                "{surface}"
            );
        }
    }
}
