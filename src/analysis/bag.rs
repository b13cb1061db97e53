//! The bag of a word: everything it is looked up by when ranking may be loose.
//!
//! | term | example for والمكتبة |
//! |---|---|
//! | 4-grams of the folded word between borders | `_وال` … `تبه_` |
//! | `#` and the light stem | `#مكتب` |
//! | `@` and the root | `@كتب` |
//!
//! The whole word between borders is one gram when it has four characters or
//! fewer. Measured on questions and paragraphs, character grams beat every
//! stemmer alone, and stem and root beside them add a little.

use super::light_stem::light_stem;
use super::question_word_table::QUESTION_WORDS;
use super::root::root;

const GRAM: usize = 4;

/// Calls `take` with each term of the bag of a letters key, repeated grams included.
pub fn bag_terms(key: &str, mut take: impl FnMut(&str)) {
    let bordered: Vec<char> = std::iter::once('_')
        .chain(key.chars())
        .chain(['_'])
        .collect();
    let mut term = String::new();
    if bordered.len() <= GRAM {
        term.extend(&bordered);
        take(&term);
    }
    for gram in bordered.windows(GRAM).filter(|_| bordered.len() > GRAM) {
        term.clear();
        term.extend(gram);
        take(&term);
    }
    term.clear();
    term.push('#');
    term.push_str(light_stem(key));
    take(&term);
    term.clear();
    term.push('@');
    term.push_str(&root(key));
    take(&term);
}

/// Whether a letters key is a word that asks and says nothing of the answer.
#[must_use]
pub fn is_question_word(key: &str) -> bool {
    QUESTION_WORDS.contains(&key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bag(key: &str) -> Vec<String> {
        let mut terms = Vec::new();
        bag_terms(key, |term| terms.push(term.to_owned()));
        terms
    }

    #[test]
    fn bags_hold_grams_stem_and_root() {
        assert_eq!(bag("من"), ["_من_", "#من", "@من"]);
        assert_eq!(bag("كيم"), ["_كيم", "كيم_", "#كيم", "@كيم"]);
        assert_eq!(
            bag("مكتوبات"),
            [
                "_مكت",
                "مكتو",
                "كتوب",
                "توبا",
                "وبات",
                "بات_",
                "#مكتوب",
                "@كتب"
            ]
        );
    }
}
