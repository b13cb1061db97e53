//! Votes: what the rest of the article and of the corpus say of a word.
//!
//! A first reading gives each token a probability for each type of name. The
//! second reading asks, for each word, what its *other* uses were taken for:
//! «أوبك» after «منظمة أوبك», a bare «شوماخر» after «ميشائيل شوماخر».

use super::hash::join;
use rustc_hash::FxHashMap;

/// Types of names that are voted for: person, place, organisation.
pub const TYPES: usize = 3;
/// Probability of each type for one token, 0 to 255.
pub type Opinion = [u8; TYPES];

/// What all uses of a word, or of a pair of words, add up to.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    uses: u32,
    sum: [u32; TYPES],
    highest: Opinion,
    second: Opinion,
}

impl Tally {
    fn add(&mut self, opinion: Opinion) {
        self.uses += 1;
        for (t, &p) in opinion.iter().enumerate() {
            self.sum[t] += u32::from(p);
            if p >= self.highest[t] {
                self.second[t] = self.highest[t];
                self.highest[t] = p;
            } else if p > self.second[t] {
                self.second[t] = p;
            }
        }
    }

    /// Other uses, their mean opinion of a type and the highest.
    fn others(&self, own: Opinion, t: usize) -> Option<(u32, u32, u8)> {
        let uses = self.uses.checked_sub(1).filter(|&uses| uses > 0)?;
        let mean = self.sum[t].saturating_sub(u32::from(own[t])) / uses;
        let highest = if own[t] == self.highest[t] {
            self.second[t]
        } else {
            self.highest[t]
        };
        Some((uses, mean, highest))
    }
}

/// Votes of a stretch of text.
#[derive(Clone, Debug, Default)]
pub struct Votes {
    words: FxHashMap<u32, Tally>,
    pairs: FxHashMap<u32, Tally>,
}

/// Codes that [`Votes::codes`] can give.
pub const CODES: usize = 224;

const MEANS: [u32; 5] = [8, 40, 100, 160, 215];

fn level(p: u32) -> u32 {
    MEANS.iter().filter(|&&least| p >= least).count() as u32
}

fn opinion_of_pair(a: Opinion, b: Opinion) -> Opinion {
    std::array::from_fn(|t| a[t].min(b[t]))
}

impl Votes {
    /// Forgets all votes; the memory is kept.
    pub fn clear(&mut self) {
        self.words.clear();
        self.pairs.clear();
    }

    /// Once all text has been heard: drops the pairs that nobody takes for a name. [`Votes::codes`] gives the same.
    pub fn settle(&mut self) {
        self.pairs
            .retain(|_, tally| tally.highest.iter().any(|&p| u32::from(p) >= MEANS[1]));
        self.pairs.shrink_to_fit();
    }

    /// Adds a sentence: the key of each token and the opinion of it.
    pub fn add(&mut self, keys: &[u32], opinions: &[Opinion]) {
        for (i, (&key, &opinion)) in keys.iter().zip(opinions).enumerate() {
            self.words.entry(key).or_default().add(opinion);
            if let (Some(&next), Some(&other)) = (keys.get(i + 1), opinions.get(i + 1)) {
                let pair = join(0x70, key, next);
                self.pairs
                    .entry(pair)
                    .or_default()
                    .add(opinion_of_pair(opinion, other));
            }
        }
    }

    /// Gives the codes of token `i`, below [`CODES`].
    pub fn codes(&self, keys: &[u32], opinions: &[Opinion], i: usize, mut give: impl FnMut(u32)) {
        let Some((&key, &own)) = keys.get(i).zip(opinions.get(i)) else {
            return;
        };
        if let Some(tally) = self.words.get(&key) {
            for t in 0..TYPES {
                let Some((uses, mean, highest)) = tally.others(own, t) else {
                    give(0);
                    break;
                };
                let many = (uses > 1) as u32 + (uses > 3) as u32 + (uses > 9) as u32;
                let t = t as u32;
                give(1 + (t * 6 + level(mean)) * 4 + many);
                give(73 + t * 6 + level(u32::from(highest)));
                give(91 + (t * 6 + level(mean)) * 6 + level(u32::from(highest)));
            }
        }
        let mut pair = |a: usize, base: u32| {
            let key = |i: usize| keys.get(i).copied().zip(opinions.get(i).copied());
            let Some(((first, one), (second, two))) = key(a).zip(key(a + 1)) else {
                return;
            };
            let Some(tally) = self.pairs.get(&join(0x70, first, second)) else {
                return;
            };
            for t in 0..TYPES {
                if let Some((_, mean, highest)) = tally.others(opinion_of_pair(one, two), t) {
                    let best = mean.max(u32::from(highest) / 2);
                    if best >= MEANS[1] {
                        give(base + t as u32 * 2 + u32::from(best >= MEANS[3]));
                    }
                }
            }
        };
        if let Some(before) = i.checked_sub(1) {
            pair(before, 200);
        }
        pair(i, 206);
    }
}
