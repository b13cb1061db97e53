//! Compares a name in Latin letters with Arabic ones, word by word.

use super::channel::Channel;
use super::letters::{Letters, Script, spell};

/// What each letter of the Latin name costs that stands in a word that the Arabic one
/// does not have, in nats: an initial may be left over, hardly a word.
const LETTER_LEFT_OVER: f32 = 10.0;

/// The Arabic article as Latin letters write it, also before sun letters.
const ARTICLES: [&str; 12] = [
    "al", "el", "ul", "ad", "an", "ar", "as", "ash", "at", "az", "ed", "es",
];

/// What an article costs that the Arabic name does not have, in nats.
const ARTICLE_LEFT_OVER: f32 = 2.0;

/// What a word of the Arabic name costs that the Latin one does not have, in nats.
const ARABIC_LEFT_OVER: f32 = 2.0;

/// What it costs to read two words as one, in nats.
const JOINED: f32 = 1.0;

/// A name in Latin letters, ready to be compared with many.
#[derive(Debug)]
pub struct LatinName<'c> {
    channel: &'c Channel,
    words: Vec<Word>,
    /// Of each word the two that it and the next one make together.
    joined: Vec<Word>,
}

#[derive(Debug)]
struct Word {
    letters: Letters,
    /// What it scores against words that are not its name.
    null: f32,
    /// What it costs where the Arabic name does not have it.
    left_over: f32,
}

impl<'c> LatinName<'c> {
    /// A name by its words.
    #[must_use]
    pub fn new(channel: &'c Channel, words: Vec<Letters>) -> Self {
        let word = |letters: Letters| Word {
            null: channel.null(&letters),
            left_over: left_over(&letters),
            letters,
        };
        let joined = words.windows(2).map(|pair| word(pair.concat())).collect();
        Self {
            channel,
            words: words.into_iter().map(word).collect(),
            joined,
        }
    }

    /// How many letters it has.
    #[must_use]
    pub fn letters(&self) -> usize {
        self.words.iter().map(|word| word.letters.len()).sum()
    }

    /// The log-odds, in nats, that it and an Arabic name are one: its words in order, neighbours
    /// joined where that fits better; a word left over on either side costs.
    #[must_use]
    pub fn log_odds(&self, arabic: &[Letters]) -> f32 {
        let (high, width) = (self.words.len() + 1, arabic.len() + 1);
        let odds = |word: &Word, name: &[u8]| self.channel.score(&word.letters, name) - word.null;
        let pairs: Vec<f32> = self
            .words
            .iter()
            .flat_map(|word| arabic.iter().map(move |name| odds(word, name)))
            .collect();
        let pair = |i: usize, j: usize| pairs[i * arabic.len() + j];
        let mut best = vec![f32::NEG_INFINITY; high * width];
        best[0] = 0.0;
        for i in 0..high {
            for j in 0..width {
                let here = best[i * width + j];
                let mut reach = |l: usize, a: usize, gain: f32| {
                    let there = &mut best[(i + l) * width + j + a];
                    *there = there.max(here + gain);
                };
                if let Some(word) = self.words.get(i) {
                    reach(1, 0, -word.left_over);
                }
                if j < arabic.len() {
                    reach(0, 1, -ARABIC_LEFT_OVER);
                }
                let (Some(word), Some(name)) = (self.words.get(i), arabic.get(j)) else {
                    continue;
                };
                reach(1, 1, pair(i, j));
                // Two are one only where that fits better: otherwise one of them is rather left over.
                if let Some(both) = self.joined.get(i) {
                    let joined = odds(both, name);
                    if joined > pair(i, j).max(pair(i + 1, j)) {
                        reach(2, 1, joined - JOINED);
                    }
                }
                if let Some(next) = arabic.get(j + 1) {
                    let joined = odds(word, &[name.as_slice(), next].concat());
                    if joined > pair(i, j).max(pair(i, j + 1)) {
                        reach(1, 2, joined - JOINED);
                    }
                }
            }
        }
        best.last().copied().unwrap_or(f32::NEG_INFINITY)
    }
}

/// What a word of the Latin name costs that the Arabic one does not have, in nats.
fn left_over(word: &[u8]) -> f32 {
    let spelled = spell(Script::Latin, word);
    if ARTICLES.contains(&spelled.as_str()) {
        return ARTICLE_LEFT_OVER;
    }
    LETTER_LEFT_OVER * word.len() as f32
}
