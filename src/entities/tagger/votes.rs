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

/// The opinion that a token is no name.
const NOTHING: Opinion = [0; TYPES];

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
        if opinion == NOTHING {
            return;
        }
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

    /// Whether some use was taken for some type with at least this probability.
    fn reaches(&self, least: u32) -> bool {
        self.highest.iter().any(|&p| u32::from(p) >= least)
    }

    /// Of the uses but one of opinion `own`: their mean opinion of a type and the highest.
    fn others(&self, own: Opinion, t: usize) -> (u32, u8) {
        let uses = self.uses.saturating_sub(1).max(1);
        let mean = self.sum[t].saturating_sub(u32::from(own[t])) / uses;
        let highest = if own[t] == self.highest[t] {
            self.second[t]
        } else {
            self.highest[t]
        };
        (mean, highest)
    }
}

/// Votes of a stretch of text: heard sentence by sentence, then settled, then asked.
#[derive(Clone, Debug, Default)]
pub struct Votes {
    words: FxHashMap<u32, Tally>,
    /// Pairs that some use takes for a name.
    pairs: FxHashMap<u32, Tally>,
    /// Uses of pairs that are taken for no name there, until votes are settled: most
    /// are of pairs that nobody takes for one.
    doubted: Vec<(u32, Opinion)>,
    /// The same where the opinion is nothing.
    denied: Vec<u32>,
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

/// Steps of how often a word is used elsewhere.
const USES: usize = 4;
/// What [`second_codes`] gives for all codes of a word that nobody takes for a name, by the steps of its uses, in all text and near by.
const UNNAMED: usize = SECOND_CODES;
/// And for those of its neighbourhood, where the neighbours are no names either.
const UNNAMED_AROUND: usize = UNNAMED + 2 * USES;
/// Bundles of codes, numbered from [`SECOND_CODES`] on.
const BUNDLES: usize = 2 * USES + 1;

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

fn summary_of(opinion: Opinion) -> u8 {
    if opinion == NOTHING {
        return 0;
    }
    summary(opinion.map(|p| level(u32::from(p))))
}

/// Summaries of a token: of this use, of its other uses in all text, and of those near by.
#[derive(Clone, Copy, Debug)]
pub struct Taken {
    own: u8,
    all: u8,
    near: u8,
}

/// The codes of each bundle, in order: a code from [`SECOND_CODES`] on stands for those of one bundle.
pub fn bundles() -> impl Iterator<Item = Vec<usize>> {
    (0..BUNDLES).map(|bundle| {
        let mut codes = Vec::new();
        if bundle + UNNAMED == UNNAMED_AROUND {
            around([0; 3], [0; 4], [0; 2], |code| codes.push(code));
        } else {
            for t in 0..TYPES {
                let base = bundle / USES * CODES;
                codes.extend(type_codes(t, bundle % USES, 0, 0).map(|code| base + code));
            }
        }
        codes
    })
}

/// Gives the codes of the tokens of a sentence, token and code: below [`SECOND_CODES`], or of a
/// bundle of them ([`bundles`]). Both votes are settled. `taken` is memory that is used again.
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
            own: summary_of(opinion),
            all: all.codes(keys, opinions, i, 0, |code| give(i, code)),
            near: near.codes(keys, opinions, i, 1, |code| give(i, code)),
        });
    }
    const EDGE: Taken = Taken {
        own: BEYOND,
        all: BEYOND,
        near: BEYOND,
    };
    let mut before = EDGE;
    for (i, &here) in taken.iter().enumerate() {
        let after = taken.get(i + 1).copied().unwrap_or(EDGE);
        let own = [here.own, before.own, after.own];
        let elsewhere = [before.all, after.all, before.near, after.near];
        let both = [here.all, here.near];
        if own == [0; 3] && elsewhere == [0; 4] && both == [0; 2] {
            give(i, UNNAMED_AROUND);
        } else {
            around(own, elsewhere, both, |code| give(i, code));
        }
        before = here;
    }
}

/// Gives the codes of what a token (first of `own`) and its neighbours are taken for here, of what the neighbours are
/// taken for elsewhere, and of what the token is taken for in all text and near by.
fn around(own: [u8; 3], elsewhere: [u8; 4], both: [u8; 2], mut give: impl FnMut(usize)) {
    give(ALWAYS);
    for (place, value) in own.into_iter().enumerate() {
        give(OWN + place * SUMMARIES + usize::from(value));
    }
    for (place, value) in elsewhere.into_iter().enumerate() {
        give(NEIGHBOURS + place * SUMMARIES + usize::from(value));
    }
    let own = usize::from(own[0]) * SUMMARIES;
    give(OWN_AND_ALL + own + usize::from(both[0]));
    give(OWN_AND_NEAR + own + usize::from(both[1]));
}

/// The codes of what the other uses of a word say of a type: steps of their number, level of their mean and of the highest.
fn type_codes(t: usize, many: usize, mean: usize, highest: usize) -> [usize; 3] {
    [
        1 + (t * 6 + mean) * USES + many,
        73 + t * 6 + highest,
        91 + (t * 6 + mean) * 6 + highest,
    ]
}

/// Values of [`taking`].
pub const TAKINGS: u8 = 1 + 2 * TYPES as u8;

/// What a token is taken for: 0 for nothing, else a type, in doubt or likelier than not.
#[must_use]
pub fn taking(opinion: &Opinion) -> u8 {
    let mut strongest = (0, 0);
    for (kind, &p) in (0..).zip(opinion) {
        if p > strongest.1 {
            strongest = (kind, p);
        }
    }
    let (kind, p) = strongest;
    if u32::from(p) < MEANS[1] {
        return 0;
    }
    1 + 2 * kind + u8::from(p > u8::MAX / 2)
}

fn opinion_of_pair(a: Opinion, b: Opinion) -> Opinion {
    std::array::from_fn(|t| a[t].min(b[t]))
}

impl Votes {
    /// Forgets all votes; the memory is kept.
    pub fn clear(&mut self) {
        self.words.clear();
        self.pairs.clear();
        self.doubted.clear();
        self.denied.clear();
    }

    /// Once all text has been heard: counts the uses that are taken for no name, of pairs that others take for one.
    pub fn settle(&mut self) {
        for (pair, opinion) in self.doubted.drain(..) {
            if let Some(tally) = self.pairs.get_mut(&pair) {
                tally.add(opinion);
            }
        }
        for pair in self.denied.drain(..) {
            if let Some(tally) = self.pairs.get_mut(&pair) {
                tally.uses += 1;
            }
        }
    }

    /// Gives back memory that only hearing needs.
    pub fn shrink(&mut self) {
        self.doubted = Vec::new();
        self.denied = Vec::new();
    }

    /// Adds a sentence: the key of each token and the opinion of it.
    pub fn add(&mut self, keys: &[u32], opinions: &[Opinion]) {
        let mut before: Option<(u32, Opinion)> = None;
        for (&key, &opinion) in keys.iter().zip(opinions) {
            self.words.entry(key).or_default().add(opinion);
            if let Some((first, other)) = before {
                let pair = join(0x70, first, key);
                let opinion = opinion_of_pair(other, opinion);
                if opinion == NOTHING {
                    self.denied.push(pair);
                } else if opinion.iter().any(|&p| u32::from(p) >= MEANS[1]) {
                    self.pairs.entry(pair).or_default().add(opinion);
                } else {
                    self.doubted.push((pair, opinion));
                }
            }
            before = Some((key, opinion));
        }
    }

    /// Gives the codes of token `i`, of votes of all text (`place` 0) or near by (1); returns the
    /// summary of the word's other uses.
    fn codes(
        &self,
        keys: &[u32],
        opinions: &[Opinion],
        i: usize,
        place: usize,
        mut give: impl FnMut(usize),
    ) -> u8 {
        let Some((&key, &own)) = keys.get(i).zip(opinions.get(i)) else {
            return 0;
        };
        let Some(tally) = self.words.get(&key) else {
            return 0;
        };
        let base = place * CODES;
        let uses = tally.uses.saturating_sub(1);
        let many = usize::from(uses > 1) + usize::from(uses > 3) + usize::from(uses > 9);
        let mut levels = [0; TYPES];
        if uses == 0 {
            give(base);
        } else if !tally.reaches(MEANS[0]) {
            give(UNNAMED + place * USES + many);
        } else {
            for (t, of_type) in levels.iter_mut().enumerate() {
                let (mean, highest) = tally.others(own, t);
                *of_type = level(mean);
                let highest = level(u32::from(highest));
                for code in type_codes(t, many, *of_type as usize, highest as usize) {
                    give(base + code);
                }
            }
        }
        // A pair is taken for a name where both its words are.
        if tally.reaches(MEANS[1]) {
            if let Some(before) = i.checked_sub(1) {
                self.pair_codes(keys, opinions, before, |code| give(base + 200 + code));
            }
            self.pair_codes(keys, opinions, i, |code| give(base + 206 + code));
        }
        summary(levels)
    }

    /// Gives the codes of the pair that starts at token `a`.
    fn pair_codes(
        &self,
        keys: &[u32],
        opinions: &[Opinion],
        a: usize,
        mut give: impl FnMut(usize),
    ) {
        let key = |i: usize| keys.get(i).copied().zip(opinions.get(i).copied());
        let Some(((first, one), (second, two))) = key(a).zip(key(a + 1)) else {
            return;
        };
        let Some(tally) = self.pairs.get(&join(0x70, first, second)) else {
            return;
        };
        if tally.uses < 2 {
            return;
        }
        for t in 0..TYPES {
            let (mean, highest) = tally.others(opinion_of_pair(one, two), t);
            let best = mean.max(u32::from(highest) / 2);
            if best >= MEANS[1] {
                give(t * 2 + usize::from(best >= MEANS[3]));
            }
        }
    }
}

#[cfg(test)]
mod tests;
