//! The variant key: one string for the spellings of one foreign name.
//!
//! | step | why | example |
//! |---|---|---|
//! | fold letters | the letters lens | دميترى → دميتري |
//! | ؤ → و, ئ → ي | hamza seats vary | هنيئة → هنييه |
//! | غ ق → ج, تش → ش, ث → ت, ظ → ض | letters that transcribe one sound | جونغ, جونج → جونج; فوستوتشني, فوستوشني |
//! | drop ا و ي ء after the first letter | long vowels come and go | ترامب, ترمب → ترمب |
//! | drop a final ه, collapse doubles | spelling habits | أوديسّا, أوديسا |
//!
//! The key joins too much for short words: use it for names of two words or
//! of three consonants and more, never alone as a proof across types.

use crate::text::fold::fold_letters;

/// Folds a name to its variant key; words stay apart, separated by one space.
///
/// ```
/// use kashshaf::entities::variant_key::variant_key;
/// assert_eq!(variant_key("كيم جونج أون"), variant_key("كيم جونغ اون"));
/// assert_eq!(variant_key("ترمب"), variant_key("ترامب"));
/// assert_ne!(variant_key("كيم سونغ"), variant_key("كيم جونغ أون"));
/// ```
#[must_use]
pub fn variant_key(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut key = String::with_capacity(name.len());
    for word in name.split([' ', '-']).filter(|word| !word.is_empty()) {
        folded.clear();
        fold_letters(word, &mut folded);
        if !key.is_empty() {
            key.push(' ');
        }
        push_word(&folded.replace("تش", "ش"), &mut key);
    }
    key
}

/// Appends the key of one folded word.
fn push_word(word: &str, key: &mut String) {
    let mut last = None;
    let mut chars = word.chars().peekable();
    let mut first = true;
    while let Some(c) = chars.next() {
        let c = match c {
            'غ' | 'ق' => 'ج',
            'ث' => 'ت',
            'ظ' => 'ض',
            'ؤ' => 'و',
            'ئ' => 'ي',
            c => c,
        };
        let vowel = matches!(c, 'ا' | 'و' | 'ي' | 'ء');
        let final_ha = c == 'ه' && chars.peek().is_none();
        if !first && (vowel || final_ha || last == Some(c)) {
            continue;
        }
        key.push(c);
        last = Some(c);
        first = false;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_meet_and_others_do_not() {
        let same = [
            ("كيم جونغ أون", "كيم جونج اون"),
            ("دميترى بيسكوف", "ديمتري بيسكوف"),
            ("فوستوشني", "فوستوتشني"),
            ("سيرغي لافروف", "سيرجي لافروف"),
            ("دونالد ترمب", "دونالد ترامب"),
            ("فلاديمير بوتين", "فلاديمر بوتن"),
        ];
        for (one, other) in same {
            assert_eq!(variant_key(one), variant_key(other), "{one} {other}");
        }
        let apart = [
            ("كيم جونغ أون", "كيم جونغ إيل"),
            ("كيم جونغ أون", "كيم سونغ"),
            ("روبرت وود", "روبرت ريد"),
        ];
        for (one, other) in apart {
            assert_ne!(variant_key(one), variant_key(other), "{one} {other}");
        }
    }
}
