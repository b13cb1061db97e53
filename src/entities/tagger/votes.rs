//! Votes: what the rest of the article and of the corpus say of a word.
//!
//! A first reading gives each token a probability for each type of name. The
//! second reading asks, for each word, what its *other* uses were taken for:
//! «أوبك» after «منظمة أوبك», a bare «شوماخر» after «ميشائيل شوماخر». It asks
//! too what the neighbours are taken for, here and elsewhere ([`second_codes`]).

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
const CODES: usize = 224;
/// Codes that [`second_codes`] can give.
pub const SECOND_CODES: usize = OWN_AND_NEAR + SUMMARIES * SUMMARIES;

/// The code that every token gets.
const ALWAYS: usize = 2 * CODES;
/// What a token, the one before and the one after are taken for here.
const OWN: usize = ALWAYS + 1;
/// What the uses elsewhere of the one before and the one after are taken for.
const NEIGHBOURS: usize = OWN + 3 * SUMMARIES;
/// What a token is taken for here and elsewhere.
const OWN_AND_ALL: usize = NEIGHBOURS + 4 * SUMMARIES;
const OWN_AND_NEAR: usize = OWN_AND_ALL + SUMMARIES * SUMMARIES;

/// Values of a summary: nothing, each type at each of five levels, and beyond the sentence.
const SUMMARIES: usize = 2 + TYPES * MEANS.len();
const BEYOND: u8 = SUMMARIES as u8 - 1;

const MEANS: [u32; 5] = [8, 40, 100, 160, 215];

fn level(p: u32) -> u32 {
    MEANS.iter().filter(|&&least| p >= least).count() as u32
}

/// The strongest of the levels of the types in one number: 0 where all are nothing.
fn summary(levels: [u32; TYPES]) -> u8 {
    let mut strongest = (0, 0);
    for (kind, level) in levels.into_iter().enumerate() {
        if level > strongest.1 {
            strongest = (kind, level);
        }
    }
    let (kind, level) = strongest;
    let number = 1 + kind * MEANS.len() + level as usize - 1;
    if level == 0 { 0 } else { number as u8 }
}

/// Summaries of a token: of this use, of its other uses in all text, and of those near by.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    own: u8,
    all: u8,
    near: u8,
}

/// Gives the codes of the tokens of a sentence, token and code, below [`SECOND_CODES`].
/// `taken` is memory that is used again.
pub fn second_codes(
    all: &Votes,
    near: &Votes,
    keys: &[u32],
    opinions: &[Opinion],
    taken: &mut Vec<Taken>,
    mut give: impl FnMut(usize, usize),
) {
    taken.clear();
    for (i, &opinion) in opinions.iter().enumerate() {
        taken.push(Taken {
            own: summary(opinion.map(|p| level(u32::from(p)))),
            all: all.codes(keys, opinions, i, |code| give(i, code as usize)),
            near: near.codes(keys, opinions, i, |code| give(i, CODES + code as usize)),
        });
    }
    const EDGE: Taken = Taken {
        own: BEYOND,
        all: BEYOND,
        near: BEYOND,
    };
    for (i, here) in taken.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|j| taken.get(j)).unwrap_or(&EDGE);
        let after = taken.get(i + 1).unwrap_or(&EDGE);
        let own = usize::from(here.own);
        give(i, ALWAYS);
        for (place, value) in [here.own, before.own, after.own].into_iter().enumerate() {
            give(i, OWN + place * SUMMARIES + usize::from(value));
        }
        let elsewhere = [before.all, after.all, before.near, after.near];
        for (place, value) in elsewhere.into_iter().enumerate() {
            give(i, NEIGHBOURS + place * SUMMARIES + usize::from(value));
        }
        give(i, OWN_AND_ALL + own * SUMMARIES + usize::from(here.all));
        give(i, OWN_AND_NEAR + own * SUMMARIES + usize::from(here.near));
    }
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

    /// Once all text has been heard: drops the pairs that nobody takes for a name. [`second_codes`] gives the same.
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

    /// Gives the codes of token `i`, below [`CODES`]; returns the summary of the word's other uses.
    fn codes(&self, keys: &[u32], opinions: &[Opinion], i: usize, mut give: impl FnMut(u32)) -> u8 {
        let Some((&key, &own)) = keys.get(i).zip(opinions.get(i)) else {
            return 0;
        };
        let mut levels = [0; TYPES];
        if let Some(tally) = self.words.get(&key) {
            for (t, of_type) in levels.iter_mut().enumerate() {
                let Some((uses, mean, highest)) = tally.others(own, t) else {
                    give(0);
                    break;
                };
                let many = (uses > 1) as u32 + (uses > 3) as u32 + (uses > 9) as u32;
                let t = t as u32;
                *of_type = level(mean);
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
        summary(levels)
    }
}
