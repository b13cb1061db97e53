//! A light stem: common affixes off, by letters alone.
//!
//! The rules of *light10* (Larkey, Ballesteros and Connell 2007): one prefix of
//! ال وال بال كال فال لل و, then suffixes ها ان ات ون ين يه ية ه ة ي, each where
//! two letters or more remain.

const PREFIXES: &[&str] = &["ال", "وال", "بال", "كال", "فال", "لل", "و"];
const SUFFIXES: &[&str] = &["ها", "ان", "ات", "ون", "ين", "يه", "ية", "ه", "ة", "ي"];

/// Stems a letters key.
///
/// ```
/// use kashshaf::analysis::light_stem::light_stem;
/// assert_eq!(light_stem("والمعلومات"), "معلوم");
/// assert_eq!(light_stem("وعد"), "وعد");
/// ```
#[must_use]
pub fn light_stem(key: &str) -> &str {
    let letters = |word: &str| word.chars().count();
    // و needs three letters after it, a longer prefix two.
    let least = |prefix: &str| if prefix == "و" { 3 } else { 2 };
    let mut stem = PREFIXES
        .iter()
        .filter_map(|prefix| Some((key.strip_prefix(prefix)?, least(prefix))))
        .find(|(rest, least)| letters(rest) >= *least)
        .map_or(key, |(rest, _)| rest);
    for suffix in SUFFIXES {
        let rest = stem.strip_suffix(suffix).filter(|rest| letters(rest) >= 2);
        stem = rest.unwrap_or(stem);
    }
    stem
}
