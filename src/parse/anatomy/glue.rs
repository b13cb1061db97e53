//! Headlines run together with nothing between: «… في إسرائيلأوكرانيا في مرمى …».
//!
//! A scraper that drops the tags of a list leaves such lines inside an article.
//! The seam is a word that only exists because two were glued: one side of it
//! is a word that the page uses elsewhere, the other side is no ending or
//! proclitic of Arabic. Only lines without a full stop are looked at.

use crate::text::fold::folded_letters as folded;
use crate::text::{ByteSpan, tokenize};
use rustc_hash::FxHashMap;

/// The longest line that is looked at, in bytes.
const LINE_BYTES: usize = 4_000;

/// A longer run of letters is no two words.
const WORD_BYTES: usize = 160;

/// The known side of a seam has at least so many letters.
const KNOWN_LETTERS: usize = 4;

/// The other side has at least so many.
const OTHER_LETTERS: usize = 4;

/// The words of a page, letters folded, with how often each occurs.
pub(super) struct PageWords {
    counts: FxHashMap<String, u32>,
}

impl PageWords {
    pub(super) fn new(text: &str) -> Self {
        let mut counts = FxHashMap::default();
        for token in tokenize(text) {
            *counts.entry(folded(token.span.of(text))).or_insert(0) += 1;
        }
        Self { counts }
    }

    fn has(&self, word: &str) -> bool {
        self.counts.contains_key(word)
    }

    /// Byte offset of the seam inside `word`, if it is two glued words.
    fn seam(&self, word: &str) -> Option<usize> {
        if word.len() > WORD_BYTES {
            return None;
        }
        let whole = folded(word);
        let enough = whole.chars().count() >= KNOWN_LETTERS + OTHER_LETTERS;
        if !enough || self.counts.get(&whole).is_none_or(|&count| count > 1) {
            return None;
        }
        word.char_indices()
            .skip(OTHER_LETTERS - 1)
            .map(|(at, _)| at)
            .find(|&at| {
                let (Some(head), Some(tail)) = (word.get(..at), word.get(at..)) else {
                    return false;
                };
                let (before, after) = (folded(head), folded(tail));
                let long = |s: &str, n: usize| s.chars().count() >= n;
                let known_tail = long(&after, KNOWN_LETTERS)
                    && self.has(&after)
                    && long(&before, OTHER_LETTERS)
                    && !before.chars().all(|c| "وفبلكسا".contains(c));
                let known_head = long(&before, KNOWN_LETTERS)
                    && self.has(&before)
                    && long(&after, OTHER_LETTERS)
                    && !after.chars().all(|c| "اتهمينوك".contains(c));
                known_tail || known_head
            })
    }
}

/// Whether the line has a word with a letter inside that Arabic writes at the
/// end or the beginning of words alone: the sign of at least one seam.
pub(super) fn may_be_glued(line: &str) -> bool {
    tokenize(line).take(200).any(|token| {
        let word = token.span.of(line);
        let count = word.chars().count();
        let mut letters = word.chars().enumerate();
        letters.any(|(at, c)| match c {
            'ة' | 'ى' => at >= 3 && at + 4 < count,
            'أ' | 'إ' | 'آ' => at >= 4 && at + 4 < count,
            _ => false,
        })
    })
}

/// Cuts the stretch `line` at its seams; `None` when it has none.
pub(super) fn split_glued(text: &str, line: ByteSpan, words: &PageWords) -> Option<Vec<ByteSpan>> {
    if line.len() > LINE_BYTES {
        return None;
    }
    let content = line.of(text);
    let mut seams: Vec<usize> = tokenize(content)
        .filter_map(|token| {
            let at = words.seam(token.span.of(content))?;
            Some(line.start as usize + token.span.start as usize + at)
        })
        .collect();
    if seams.is_empty() {
        return None;
    }
    seams.push(line.end as usize);
    let mut start = line.start as usize;
    Some(
        seams
            .into_iter()
            .map(|end| ByteSpan::new(std::mem::replace(&mut start, end), end))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_headlines_part_at_their_seams() {
        let line = "فيروس يضرب تل أبيب في إسرائيلأوكرانيا في مرمى الاتهامات بموسكومقتل مسئول";
        let text = format!("زار الوفد موسكو ثم بموسكو التقى وفد أوكرانيا.\n{line}");
        let words = PageWords::new(&text);
        let span = ByteSpan::new(text.len() - line.len(), text.len());
        let pieces = split_glued(&text, span, &words).expect("two seams");
        let pieces: Vec<_> = pieces.iter().map(|piece| piece.of(&text)).collect();
        assert_eq!(
            pieces,
            [
                "فيروس يضرب تل أبيب في إسرائيل",
                "أوكرانيا في مرمى الاتهامات بموسكو",
                "مقتل مسئول"
            ]
        );
    }

    #[test]
    fn inflected_and_prefixed_words_are_whole() {
        let text = "الروس والروسية والروسيتان والمستقبليون المستقبل اقتصادي واقتصادياتهم";
        let words = PageWords::new(text);
        assert_eq!(
            split_glued(text, ByteSpan::new(0, text.len()), &words),
            None
        );
    }
}
