//! Whether a short line is the title of the paragraph that follows it: the
//! words of a title come back in the first lines of its article.

use crate::text::char_class::is_arabic;
use crate::text::fold::fold_letters;
use crate::text::{ByteSpan, floor_border, tokenize};
use rustc_hash::FxHashSet;

/// So many bytes of a paragraph are looked at.
const PARAGRAPH_BYTES: usize = 1_200;

/// So many bytes of a title are looked at.
const TITLE_BYTES: usize = 400;

/// A stem is compared by so many letters.
const STEM_LETTERS: usize = 4;

/// Paragraphs of one text that stand beside each other share so many words.
pub(super) const GOES_ON_WORDS: usize = 4;

/// How many words of a title come back in a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cohesion {
    pub(super) shared: usize,
    /// Words of the title that could come back.
    pub(super) all: usize,
}

impl Cohesion {
    /// Two words and a quarter of all, or all of a short title.
    pub(super) fn is_strong(self) -> bool {
        self.shared >= 2 && self.shared * 4 >= self.all || self.all > 0 && self.shared == self.all
    }
}

/// Compares the words of `title` with those of `paragraph`.
pub(super) fn cohesion(text: &str, title: ByteSpan, paragraph: ByteSpan) -> Cohesion {
    let wanted = stems(text, title, TITLE_BYTES);
    let have = stems(text, paragraph, PARAGRAPH_BYTES);
    Cohesion {
        shared: wanted.intersection(&have).count(),
        all: wanted.len(),
    }
}

fn stems(text: &str, span: ByteSpan, most: usize) -> FxHashSet<u32> {
    let near = span.of(text);
    let near = ByteSpan::new(0, floor_border(near, most)).of(near);
    let mut folded = String::new();
    tokenize(near)
        .filter_map(|token| {
            folded.clear();
            fold_letters(token.span.of(near), &mut folded);
            stem(&folded)
        })
        .collect()
}

/// The first letters of a word without its proclitics, as a number; `None` for
/// words too short to say anything.
fn stem(folded: &str) -> Option<u32> {
    let (mut word, mut least) = (folded, STEM_LETTERS);
    if folded.starts_with(is_arabic) {
        let letters = |word: &str| word.chars().count();
        for clitic in ["و", "ف"] {
            word = word
                .strip_prefix(clitic)
                .filter(|rest| letters(rest) >= 4)
                .unwrap_or(word);
        }
        for article in ["بال", "كال", "ال", "لل"] {
            if let Some(rest) = word.strip_prefix(article).filter(|rest| letters(rest) >= 3) {
                (word, least) = (rest, STEM_LETTERS - 1);
                break;
            }
        }
    }
    if word.chars().count() < least {
        return None;
    }
    let letters = word.chars().take(STEM_LETTERS);
    Some(letters.fold(0, |hash: u32, c| hash.wrapping_mul(0x0101_0193) ^ c as u32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_shares_words_with_its_own_paragraph() {
        let paragraph =
            "أعلن الرئيس الروسي فلاديمير بوتين أن بلاده مستعدة لاستئناف المحادثات المباشرة مع كييف.";
        let cases = [
            ("بوتين: روسيا مستعدة لاستئناف المحادثات", true),
            ("أسعار الذهب ترتفع في الأسواق العالمية", false),
            ("في", false),
        ];
        for (title, expected) in cases {
            let text = format!("{title}\n{paragraph}");
            let title = ByteSpan::new(0, title.len());
            let found = cohesion(&text, title, ByteSpan::new(title.end as usize, text.len()));
            assert_eq!(found.is_strong(), expected, "{:?}", title.of(&text));
        }
    }
}
