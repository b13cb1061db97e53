//! Words that begin with what is typed, the most frequent first, in time that
//! does not grow with their number: the frequencies stand in the order of the
//! words' letters, with the most of every block beside them, so that blocks
//! without a better word are passed over.

use crate::sorting::Arrange;
use std::cmp::Reverse;

use crate::index::{Index, Views};

const BLOCK: usize = 256;

/// In a corpus of so many documents and more, words that stand in most of them
/// are passed over: nobody looks for them.
const TELLS: usize = 1_000;

/// The frequencies of all words, ready for prefixes.
#[derive(Clone, Debug, Default)]
pub struct Completions {
    /// Running words of each word, in the order of letters keys.
    frequencies: Vec<u32>,
    /// The most in each block.
    most: Vec<u32>,
    /// Words above this are passed over.
    ceiling: u32,
}

/// A word with the number of running words that have its letters.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// Its most frequent form, as written.
    pub form: String,
    /// Running words, whatever their marks.
    pub words: u32,
}

impl Completions {
    /// Counts the words of an index; nothing when it has not been refreshed.
    #[must_use]
    pub fn new(index: &Index) -> Self {
        let Some(views) = index.views() else {
            return Self::default();
        };
        let lexicon = index.lexicon();
        let frequency = |&word: &u32| -> u32 {
            let forms = views.forms(word..word + 1).iter();
            forms.map(|&form| lexicon.frequency(form)).sum()
        };
        let frequencies: Vec<u32> = views.by_letters().iter().map(frequency).collect();
        let blocks = frequencies.chunks(BLOCK);
        let most = blocks.map(|block| block.iter().copied().max().unwrap_or_default());
        let documents = index.articles().len();
        Self {
            most: most.collect(),
            frequencies,
            ceiling: if documents < TELLS {
                u32::MAX
            } else {
                u32::try_from(documents / 2).unwrap_or(u32::MAX)
            },
        }
    }

    /// Whether the index has other words by now.
    #[must_use]
    pub fn is_stale(&self, views: &Views) -> bool {
        self.frequencies.len() != views.len()
    }

    /// The most frequent words whose letters key begins with `prefix` and is longer, at most so many.
    #[must_use]
    pub fn find(&self, index: &Index, prefix: &str, most: usize) -> Vec<Completion> {
        let Some(views) = index.views() else {
            return Vec::new();
        };
        let places = views.letters_prefix_places(prefix);
        let by_letters = views.by_letters();
        let word = |place: usize| by_letters.get(place).copied().unwrap_or_default();
        // Ascending by frequency, later places first among equals.
        let mut best: Vec<(u32, Reverse<usize>)> = Vec::new();
        let mut at = places.start;
        while at < places.end {
            let least = best.first().map_or(0, |&(frequency, _)| frequency);
            let of_block = self.most.get(at / BLOCK).copied().unwrap_or_default();
            let block_end = (at / BLOCK + 1) * BLOCK;
            if best.len() == most && of_block <= least {
                at = block_end;
                continue;
            }
            for place in at..block_end.min(places.end) {
                let frequency = self.frequencies.get(place).copied().unwrap_or_default();
                let least = best.first().map_or(0, |&(frequency, _)| frequency);
                let is_full = best.len() == most;
                let is_better = frequency > least && frequency <= self.ceiling;
                if (is_full && !is_better) || frequency > self.ceiling {
                    continue;
                }
                if views.key(word(place)).len() <= prefix.len() {
                    continue;
                }
                if is_full {
                    best.remove(0);
                }
                let new = (frequency, Reverse(place));
                let behind = best.partition_point(|other| *other < new);
                best.insert(behind, new);
            }
            at = block_end;
        }
        let completion = |&(words, Reverse(place)): &(u32, Reverse<usize>)| {
            let form = main_form(index, views, word(place))?;
            Some(Completion {
                form: form.to_owned(),
                words,
            })
        };
        best.iter().rev().filter_map(completion).collect()
    }
}

/// The most frequent form of a word; among several, the first in the order of its letters, as numbers of forms
/// depend on the order in which pages came.
pub(in crate::search) fn main_form<'i>(
    index: &'i Index,
    views: &Views,
    word: u32,
) -> Option<&'i str> {
    let forms = views.forms(word..word + 1).iter().copied();
    let lexicon = index.lexicon();
    let main = forms.max_by_key(|&form| (lexicon.frequency(form), Reverse(lexicon.form(form))))?;
    Some(lexicon.form(main))
}

/// Words of the corpus that a word may be a misspelling of: within one edit
/// (two, when there are none and it is long), fewest edits first, then most
/// frequent; and two words that it may be, written together.
#[must_use]
pub fn corrections(index: &Index, key: &str, most: usize) -> Vec<String> {
    const LONG: usize = 6;
    let Some(views) = index.views() else {
        return Vec::new();
    };
    let letters = key.chars().count();
    if letters < 3 {
        return Vec::new();
    }
    let frequency = |word: u32| -> u64 {
        let forms = views.forms(word..word + 1).iter();
        forms
            .map(|&form| u64::from(index.lexicon().frequency(form)))
            .sum()
    };
    // Both distances are looked for at once: going through all words takes longest.
    let mut near = views.similar_keys(key, if letters >= LONG { 2 } else { 1 });
    near.retain(|similar| similar.edits > 0);
    let fewest = near.first().map(|similar| similar.edits);
    near.retain(|similar| Some(similar.edits) == fewest);
    near.arrange_by_cached_key(|near| (near.edits, Reverse(frequency(near.word)), near.word));
    near.truncate(most);
    let forms = near
        .iter()
        .filter_map(|near| main_form(index, views, near.word));
    let mut found: Vec<String> = forms.map(ToOwned::to_owned).collect();
    let halves = key.char_indices().filter_map(|(at, _)| {
        let (first, second) = key.split_at(at);
        let (a, b) = (views.word(first)?, views.word(second)?);
        let is_word = first.chars().count() > 2 && second.chars().count() > 2;
        is_word.then(|| (frequency(a).min(frequency(b)), a, b))
    });
    if let Some((_, a, b)) = halves.max() {
        let both = [a, b].map(|word| main_form(index, views, word).unwrap_or_default());
        found.push(both.join(" "));
    }
    found
}
