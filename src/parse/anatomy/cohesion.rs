//! Whether a short line is the title of the paragraph that follows it: the
//! words of a title come back in the first lines of its article.

use crate::text::char_class::is_arabic;
use crate::text::fold::fold_first_letters;
use crate::text::{ByteSpan, floor_border, tokenize};

/// So many bytes of a paragraph are looked at.
const PARAGRAPH_BYTES: usize = 1_200;

/// So many bytes of a title are looked at.
const TITLE_BYTES: usize = 400;

/// A stem is compared by so many letters.
const STEM_LETTERS: usize = 4;

/// So many letters of a word are looked at: two proclitics, an article, a stem,
/// and one more.
const FIRST_LETTERS: usize = 10;

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
    // Each stem of the title once; so few are found faster in a row than in a set.
    let mut wanted: Vec<u32> = Vec::with_capacity(24);
    let mut filter = 0_u64;
    for stem in stems(text, title, TITLE_BYTES) {
        if !wanted.contains(&stem) {
            wanted.push(stem);
            filter |= bit(stem);
        }
    }
    let all = wanted.len();
    for stem in stems(text, paragraph, PARAGRAPH_BYTES) {
        if filter & bit(stem) == 0 {
            continue;
        }
        if let Some(at) = wanted.iter().position(|&wanted| wanted == stem) {
            wanted.swap_remove(at);
            if wanted.is_empty() {
                break;
            }
        }
    }
    Cohesion {
        shared: all - wanted.len(),
        all,
    }
}

fn bit(stem: u32) -> u64 {
    1 << (stem.wrapping_mul(0x9E37_79B9) >> 26)
}

fn stems(text: &str, span: ByteSpan, most: usize) -> impl Iterator<Item = u32> {
    let near = span.of(text);
    let near = ByteSpan::new(0, floor_border(near, most)).of(near);
    let mut folded = ['\0'; FIRST_LETTERS];
    tokenize(near).filter_map(move |token| {
        let letters = fold_first_letters(token.span.of(near), &mut folded);
        stem(folded.get(..letters)?)
    })
}

/// The first letters of a word without its proclitics, as a number; `None` for
/// words too short to say anything.
fn stem(folded: &[char]) -> Option<u32> {
    let (mut word, mut least) = (folded, STEM_LETTERS);
    if folded.first().copied().is_some_and(is_arabic) {
        for clitic in ['و', 'ف'] {
            word = match word {
                [first, rest @ ..] if *first == clitic && rest.len() >= 4 => rest,
                _ => word,
            };
        }
        let rest = match word {
            ['ب' | 'ك', 'ا', 'ل', rest @ ..] | ['ا' | 'ل', 'ل', rest @ ..] => Some(rest),
            _ => None,
        };
        if let Some(rest) = rest.filter(|rest| rest.len() >= 3) {
            (word, least) = (rest, STEM_LETTERS - 1);
        }
    }
    if word.len() < least {
        return None;
    }
    let letters = word.iter().take(STEM_LETTERS);
    Some(letters.fold(0, |hash: u32, &c| hash.wrapping_mul(0x0101_0193) ^ c as u32))
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
