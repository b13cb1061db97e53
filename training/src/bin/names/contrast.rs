//! Learns which of many Arabic words a Latin one names.
//!
//! Each training word is set against its own Arabic word and against those
//! that the channel so far takes for it among thousands of others. The weights
//! are moved so that its own word, and not another nor none at all, has the
//! greatest share of exp(score): the gradient of the logarithm of that share,
//! step lengths by AdaGrad, weights of letters beside the units drawn to 0 by
//! an L1 penalty, so that few remain.

use super::pairs::Pair;
use kashshaf::analysis::names::beside::{self, Beside, letters_beside};
use kashshaf::analysis::names::channel::Channel;
use kashshaf::analysis::names::lattice::sum_and_shares;
use kashshaf::analysis::names::letters::Letters;
use kashshaf::analysis::names::list::WordList;
use kashshaf::analysis::names::units::Edge;
use rustc_hash::FxHashMap;

/// How the learning is set.
pub struct Settings {
    pub rounds: usize,
    /// Words that a training word is set against.
    pub rivals: usize,
    /// The pairs are cut into so many lists, each of which is searched by its own.
    pub lists: usize,
    pub step: f32,
    /// The L1 penalty on letters beside units.
    pub penalty: f32,
    /// After this round, weights of letters beside units that are smaller than
    /// `least` are dropped for good; the rest learns on.
    pub choose_after: usize,
    pub least: f32,
    /// Places beside a unit that are looked at.
    pub places: &'static [Beside],
}

/// A Latin word, its own Arabic word first, then its rivals.
struct Contest {
    latin: Letters,
    arabic: Vec<Letters>,
    ceiling: f32,
}

/// Improves the channel.
pub fn learn(channel: &mut Channel, pairs: &[Pair], settings: &Settings) {
    let contests = contests(channel, pairs, settings);
    let mut learner = Learner::new(channel, settings);
    let mut order: Vec<usize> = (0..contests.len()).collect();
    let mut dice = Dice(12_345);
    for round in 0..settings.rounds {
        dice.shuffle(&mut order);
        let mut loss = 0.0;
        for &at in &order {
            loss += f64::from(learner.see(channel, &contests[at]));
        }
        if round == settings.choose_after {
            channel
                .beside
                .retain(|_, weight| weight.abs() >= settings.least);
            learner.has_chosen = true;
        }
        eprintln!(
            "round {round}: {:.4} nats a word, {} weights beside units",
            loss / contests.len() as f64,
            channel.beside.len()
        );
    }
}

fn contests(channel: &Channel, pairs: &[Pair], settings: &Settings) -> Vec<Contest> {
    let one_list = |part: usize| -> Vec<Contest> {
        let own = pairs.iter().skip(part).step_by(settings.lists);
        let list = WordList::new(own.clone().map(|pair| pair.arabic.clone()).collect());
        own.map(|pair| {
            let rivals = list.search(channel, &pair.latin, settings.rivals);
            let rivals = rivals.iter().map(|rival| &list.words()[rival.word]);
            let rivals = rivals.filter(|rival| **rival != pair.arabic).cloned();
            Contest {
                latin: pair.latin.clone(),
                arabic: std::iter::once(pair.arabic.clone()).chain(rivals).collect(),
                ceiling: channel.ceiling(&pair.latin),
            }
        })
        .collect()
    };
    (0..settings.lists).flat_map(one_list).collect()
}

struct Learner<'s> {
    settings: &'s Settings,
    /// Sums of squared gradients so far.
    seen_units: Vec<f32>,
    seen_beside: FxHashMap<u32, f32>,
    seen_null: [f32; 3],
    /// No weights are added any more.
    has_chosen: bool,
}

/// Squared gradients start here, so that first steps are not too long.
const START: f32 = 0.01;

/// A word whose own Arabic word has no greater share is rather wrong data.
const HOPELESS: f32 = 1e-4;
const HOPELESS_WEIGHT: f32 = 0.2;

impl<'s> Learner<'s> {
    fn new(channel: &Channel, settings: &'s Settings) -> Self {
        Self {
            settings,
            seen_units: vec![START; channel.units.len()],
            seen_beside: FxHashMap::default(),
            seen_null: [1.0; 3],
            has_chosen: false,
        }
    }

    /// Learns from one contest; returns its loss in nats.
    fn see(&mut self, channel: &mut Channel, contest: &Contest) -> f32 {
        let cuts: Vec<Cut> = contest
            .arabic
            .iter()
            .map(|arabic| Cut::new(channel, &contest.latin, arabic))
            .collect();
        let null_parts = [1.0, contest.latin.len() as f32, contest.ceiling];
        let null: f32 = channel
            .null
            .iter()
            .zip(null_parts)
            .map(|(w, part)| w * part)
            .sum();
        let highest = cuts.iter().map(|cut| cut.score).fold(null, f32::max);
        let factor = |score: f32| (score - highest).exp();
        let total = factor(null) + cuts.iter().map(|cut| factor(cut.score)).sum::<f32>();
        // Where its own word cannot be cut at all, none is the right answer.
        let has_own = cuts[0].score > f32::NEG_INFINITY;
        let share_of_right = factor(if has_own { cuts[0].score } else { null }) / total;
        let trust = if share_of_right < HOPELESS {
            HOPELESS_WEIGHT
        } else {
            1.0
        };

        let mut units: FxHashMap<u16, f32> = FxHashMap::default();
        let mut besides: FxHashMap<u32, f32> = FxHashMap::default();
        for (at, (cut, arabic)) in cuts.iter().zip(&contest.arabic).enumerate() {
            let wanted = f32::from(u8::from(at == 0));
            let pull = trust * (factor(cut.score) / total - wanted);
            if cut.score == f32::NEG_INFINITY || pull.abs() < 1e-3 {
                continue;
            }
            for (edge, share) in cut.edges.iter().zip(&cut.shares) {
                let gradient = pull * share;
                if gradient.abs() < 1e-4 {
                    continue;
                }
                *units.entry(edge.unit).or_default() += gradient;
                let letters = letters_beside(&contest.latin, arabic, edge);
                for &place in self.settings.places {
                    let letters = letters[place as usize];
                    *besides
                        .entry(beside::key(edge.unit, place, letters))
                        .or_default() += gradient;
                }
            }
        }
        let wanted = f32::from(u8::from(!has_own));
        let pull = trust * (factor(null) / total - wanted);
        self.move_null(channel, null_parts.map(|part| pull * part));
        self.move_weights(channel, &units, &besides);
        -share_of_right.max(1e-9).ln()
    }

    fn move_null(&mut self, channel: &mut Channel, gradients: [f32; 3]) {
        let all = channel
            .null
            .iter_mut()
            .zip(&mut self.seen_null)
            .zip(gradients);
        for ((weight, seen), gradient) in all {
            *seen += gradient * gradient;
            *weight -= self.settings.step * gradient / seen.sqrt();
        }
    }

    fn move_weights(
        &mut self,
        channel: &mut Channel,
        units: &FxHashMap<u16, f32>,
        besides: &FxHashMap<u32, f32>,
    ) {
        // Each weight moves by its own gradient alone: the order is no matter.
        for (&unit, &gradient) in units {
            let seen = &mut self.seen_units[usize::from(unit)];
            *seen += gradient * gradient;
            channel.weight[usize::from(unit)] -= self.settings.step * gradient / seen.sqrt();
        }
        for (&key, &gradient) in besides {
            if self.has_chosen && !channel.beside.contains_key(&key) {
                continue;
            }
            let seen = self.seen_beside.entry(key).or_insert(START);
            *seen += gradient * gradient;
            let step = self.settings.step / seen.sqrt();
            let weight = channel.beside.entry(key).or_default();
            let moved = *weight - step * gradient;
            let penalty = if self.has_chosen {
                0.0
            } else {
                self.settings.penalty
            };
            *weight = moved.signum() * (moved.abs() - step * penalty).max(0.0);
        }
    }
}

/// All ways to cut one pair of words.
struct Cut {
    edges: Vec<Edge>,
    shares: Vec<f32>,
    score: f32,
}

impl Cut {
    fn new(channel: &Channel, latin: &[u8], arabic: &[u8]) -> Self {
        let edges = channel.units.edges(latin, arabic);
        let weights: Vec<f32> = edges
            .iter()
            .map(|edge| channel.weight_of(latin, arabic, edge))
            .collect();
        let (score, shares) = sum_and_shares(&edges, &weights, latin.len(), arabic.len());
        Self {
            edges,
            shares,
            score,
        }
    }
}

/// Xorshift: the same order in every run.
struct Dice(u64);

impl Dice {
    fn shuffle(&mut self, items: &mut [usize]) {
        for last in (1..items.len()).rev() {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            items.swap(last, (self.0 % (last as u64 + 1)) as usize);
        }
    }
}
