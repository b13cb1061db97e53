//! Stems: number, gender and pronouns set aside, with the corpus as evidence.
//!
//! Works on what the clitics lens leaves of a word. Each word has at most one
//! *parent*; following parents ends at the *stem*. So stems never join parts
//! of a class of the clitics lens with parts of another:
//!
//! | rule | example |
//! |---|---|
//! | a listed broken plural | رؤساء → رئيس, كتب → كتاب |
//! | a suffix, if what remains is a word of the corpus | الصحفيين → صحفي, حكومتهم → حكومه |
//! | a broken plural by its pattern, if its singular is a word of the corpus | صواريخ → صاروخ, مكاتب → مكتب |
//! | a feminine, where its pattern has a masculine in the corpus | رئيسه → رئيس, روسيه → روسي |
//!
//! What this is not: verbs keep their prefixes (يكتب ≠ كتب) and derivation is
//! not undone (كاتب ≠ كتاب).

use super::plural_pattern::{plurals, singulars};
use super::plural_table::PLURALS;
use crate::sorting::Arrange;
use std::sync::OnceLock;

/// What the rules ask of a corpus. Words are given without proclitics, letters folded.
pub trait Bases {
    /// Running words of which the clitics lens leaves `base`.
    fn frequency(&self, base: &str) -> u64;

    /// Whether most of them end in ة rather than ه.
    fn ends_in_teh(&self, base: &str) -> bool;

    /// Whether most of those written with a hamza on their first alef have it above (أ).
    fn hamza_above(&self, base: &str) -> bool;
}

/// A remainder is a word only if it is at least one such part as frequent as the word.
const RARER_AT_MOST: u64 = 20;

/// Letters that must remain.
const LEAST: usize = 3;

/// Parents are followed no farther.
const MOST_STEPS: usize = 5;

/// Suffixes, longest first; those that begin with ت stand for ة and what follows it, or
/// for themselves.
const SUFFIXES: &[&str] = &[
    "اتهما",
    "اتها",
    "اتهم",
    "اتهن",
    "اتنا",
    "اتكم",
    "تهما",
    "اته",
    "تها",
    "تهم",
    "تهن",
    "تنا",
    "تكم",
    "تان",
    "تين",
    "هما",
    "ات",
    "ته",
    "ها",
    "هم",
    "هن",
    "نا",
    "كم",
    "ان",
    "ين",
    "ون",
    "وا",
    "ه",
    "ا",
    "ت",
];

/// Listed plurals with their singulars, and the other way round, by letters.
struct Table {
    singulars: Vec<(&'static str, &'static str)>,
    plurals: Vec<(&'static str, &'static str)>,
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut singulars = Vec::new();
        for line in PLURALS.lines() {
            let mut words = line.split(' ');
            let singular = words.next().unwrap_or_default();
            singulars.extend(words.map(|plural| (plural, singular)));
        }
        let mut plurals: Vec<_> = singulars.iter().map(|&(p, s)| (s, p)).collect();
        singulars.arrange();
        plurals.arrange();
        Table { singulars, plurals }
    })
}

fn entries<'t>(
    list: &'t [(&'static str, &'static str)],
    word: &str,
) -> impl Iterator<Item = &'static str> + use<'t> {
    let start = list.partition_point(|(key, _)| *key < word);
    let rest = list.get(start..).unwrap_or_default();
    let count = rest.partition_point(|(key, _)| *key == word);
    rest.iter().take(count).map(|&(_, other)| other)
}

/// The stem of a word without proclitics.
///
/// ```
/// use kashshaf::analysis::stem::{Bases, stem};
/// struct Corpus;
/// impl Bases for Corpus {
///     fn frequency(&self, base: &str) -> u64 { u64::from(matches!(base, "صاروخ" | "حكومه")) }
///     fn ends_in_teh(&self, base: &str) -> bool { base == "حكومه" }
///     fn hamza_above(&self, _: &str) -> bool { false }
/// }
/// assert_eq!(stem("صواريخ", &Corpus), "صاروخ");
/// assert_eq!(stem("حكومتهم", &Corpus), "حكومه");
/// assert_eq!(stem("رؤساء", &Corpus), "رئيس");
/// assert_eq!(stem("لبنان", &Corpus), "لبنان");
/// ```
#[must_use]
pub fn stem(base: &str, corpus: &impl Bases) -> String {
    let mut path = vec![base.to_owned()];
    while path.len() <= MOST_STEPS
        && let Some(next) = path.last().and_then(|word| parent(word, corpus))
    {
        // Words that lead to each other in a circle are named by the first of them.
        if let Some(from) = path.iter().position(|word| *word == next) {
            return path.drain(from..).min().unwrap_or(next);
        }
        path.push(next);
    }
    path.pop().unwrap_or_default()
}

/// The words that may have `stem` as their stem, itself first; the
/// corpus need not have a singular that stands between.
#[must_use]
pub fn family(stem_of_all: &str, corpus: &impl Bases) -> Vec<String> {
    const MOST: usize = 400;
    let mut members = vec![stem_of_all.to_owned()];
    let mut at = 0;
    while at < members.len().min(MOST) {
        let word = members.get(at).cloned().unwrap_or_default();
        at += 1;
        children(&word, &mut |child| {
            let is_singular = || entries(&table().plurals, &child).next().is_some();
            if (corpus.frequency(&child) > 0 || is_singular())
                && !members.contains(&child)
                && parent(&child, corpus).as_deref() == Some(&word)
            {
                members.push(child);
            }
        });
    }
    members.retain(|member| stem(member, corpus) == stem_of_all);
    members
}

/// The word that a word is a form of, one step.
fn parent(base: &str, corpus: &impl Bases) -> Option<String> {
    if base.len() > 2 * 24 || !base.starts_with(|c: char| ('\u{621}'..='\u{64A}').contains(&c)) {
        return None;
    }
    if let Some(singular) = entries(&table().singulars, base).next() {
        return Some(singular.to_owned());
    }
    let frequency = corpus.frequency(base);
    let is_word = |word: &str| {
        let known = corpus.frequency(word);
        letters(word) >= LEAST && known > 0 && known.saturating_mul(RARER_AT_MOST) >= frequency
    };
    let mut found = None;
    for suffix in SUFFIXES {
        let Some(rest) = base.strip_suffix(suffix).filter(|rest| !rest.is_empty()) else {
            continue;
        };
        if is_after_teh(suffix) {
            let feminine = format!("{rest}ه");
            if is_word(&feminine) {
                found = Some(feminine);
                break;
            }
            if suffix.starts_with('ت') {
                continue;
            }
        }
        if is_word(rest) && may_end(rest, suffix, base, corpus) {
            found = Some(rest.to_owned());
            break;
        }
    }
    found.or_else(|| {
        let mut singular = None;
        singulars(base, &mut |candidate| {
            if singular.is_none() && is_word(&candidate) {
                singular = Some(candidate);
            }
        });
        singular.filter(|_| is_plural(base, corpus))
    })
}

/// Whether a suffix may stand in the place of a ة, or behind it as ت.
fn is_after_teh(suffix: &str) -> bool {
    suffix.starts_with("ات") || suffix.starts_with('ت') && suffix != "ت"
}

/// Whether a short suffix is one after `rest`.
fn may_end(rest: &str, suffix: &str, base: &str, corpus: &impl Bases) -> bool {
    match suffix {
        // The alef of an accusative; روسيا is no form of روسي.
        "ا" => !rest.ends_with(['ي', 'ه', 'ا']),
        // A verb has no long vowel before it: بيروت is none.
        "ت" => !rest.ends_with(['ا', 'و', 'ي']),
        // Names end so too (لبنان): a dual has another case.
        "ان" => corpus.frequency(&format!("{rest}ين")) > 0,
        "ه" if corpus.ends_in_teh(base) => has_masculine(rest),
        _ => true,
    }
}

/// Feminines of which the masculine is the same word: روسية, كاتبة, رئيسة, متحدة.
fn has_masculine(rest: &str) -> bool {
    let at = |n: usize| rest.chars().nth(n);
    match letters(rest) {
        4.. if rest.ends_with('ي') => true,
        4 => at(1) == Some('ا') || at(2) == Some('ي'),
        5.. => rest.starts_with('م'),
        _ => false,
    }
}

/// A word of these patterns is no plural where it takes the endings of a person or begins with إ.
fn is_plural(base: &str, corpus: &impl Bases) -> bool {
    if base.starts_with('ا') {
        return base.ends_with("اء") || corpus.hamza_above(base);
    }
    ["ين", "ون", "ه"]
        .iter()
        .all(|ending| corpus.frequency(&format!("{base}{ending}")) == 0)
}

/// Words that may have `word` as their parent.
fn children(word: &str, take: &mut dyn FnMut(String)) {
    for plural in entries(&table().plurals, word) {
        take(plural.to_owned());
    }
    let feminine = word.strip_suffix('ه');
    for suffix in SUFFIXES {
        take(format!("{word}{suffix}"));
        let after_teh = feminine.filter(|_| is_after_teh(suffix));
        if let Some(rest) = after_teh {
            take(format!("{rest}{suffix}"));
        }
    }
    plurals(word, take);
}

fn letters(word: &str) -> usize {
    word.chars().count()
}

#[cfg(test)]
#[path = "stem_tests.rs"]
mod tests;
