//! Learns the inventory of units: expectation–maximisation over all ways to
//! cut each pair.
//!
//! A unit's factor is its share of all units. Units that fewer pairs use than
//! a bound, which rises from round to round, are dropped; letters that may
//! stand against nothing are always kept, so that every word can be cut.

use super::pairs::Pair;
use kashshaf::analysis::names::channel::Channel;
use kashshaf::analysis::names::lattice::sum_and_shares;
use kashshaf::analysis::names::units::{MOST_ARABIC, MOST_LATIN, Units, pack, unpack};
use rustc_hash::FxHashMap;

/// Units that are looked at from the second round on.
const MOST_UNITS: usize = 12_000;

/// For each round, the least expected uses of a unit that stays.
const LEAST_USES: [f32; 12] = [1., 1., 1., 2., 2., 2., 3., 3., 3., 3., 3., 3.];

/// From this round on, pairs that are worse than [`WORST`] are not learned from.
const SCEPTICAL_FROM: usize = 4;

/// Nats for each letter of both words: below it the two are rather not one name.
const WORST: f32 = -4.0;

/// Uses that a unit is credited with at least, where it is kept for need.
const NEED: f32 = 0.5;

/// A channel of units alone; each weight is the mean of the two conditional
/// log-probabilities, Arabic given Latin and Latin given Arabic.
pub fn learn(pairs: &[Pair]) -> Channel {
    let mut counted = first_counts(pairs);
    for (round, least) in LEAST_USES.into_iter().enumerate() {
        let total: f32 = counted.iter().map(|unit| unit.uses).sum();
        let (units, weights) = inventory(&counted, |unit| (unit.uses / total).ln());
        let mut uses = vec![0.0; units.len()];
        let (mut sum, mut letters, mut refused) = (0.0, 0, 0);
        for pair in pairs {
            let edges = units.edges(&pair.latin, &pair.arabic);
            let factors: Vec<f32> = edges
                .iter()
                .map(|edge| weights[usize::from(edge.unit)])
                .collect();
            let (score, shares) =
                sum_and_shares(&edges, &factors, pair.latin.len(), pair.arabic.len());
            let size = pair.latin.len() + pair.arabic.len();
            if round >= SCEPTICAL_FROM && score < WORST * size as f32 || !score.is_finite() {
                refused += 1;
                continue;
            }
            sum += f64::from(score);
            letters += size;
            for (edge, share) in edges.iter().zip(shares) {
                uses[usize::from(edge.unit)] += share;
            }
        }
        eprintln!(
            "round {round}: {} units, {:.4} nats a letter, {refused} pairs refused",
            units.len(),
            sum / letters as f64
        );
        counted = counted
            .iter()
            .zip(uses)
            .map(|(unit, uses)| Counted { uses, ..*unit })
            .filter(|unit| unit.uses >= least || unit.is_needed())
            .map(|unit| Counted {
                uses: unit.uses.max(NEED),
                ..unit
            })
            .collect();
    }
    both_ways(&counted, pairs)
}

#[derive(Clone, Copy)]
struct Counted {
    latin: u32,
    arabic: u32,
    uses: f32,
}

impl Counted {
    /// One Latin letter against nothing.
    fn is_needed(&self) -> bool {
        self.arabic == 0 && unpack(self.latin).len() == 1
    }
}

/// All pairs of runs that stand in one pair of words, those of equal length first.
fn first_counts(pairs: &[Pair]) -> Vec<Counted> {
    let mut counts: FxHashMap<(u32, u32), f32> = FxHashMap::default();
    for pair in pairs {
        for latin in runs(&pair.latin, MOST_LATIN) {
            for arabic in runs(&pair.arabic, MOST_ARABIC) {
                let credit = match (latin.len(), arabic.len()) {
                    (0, 0) => continue,
                    (l, a) if l == a => 3.0,
                    (1, _) | (_, 1) => 1.0,
                    _ => 0.3,
                };
                *counts.entry((pack(latin), pack(arabic))).or_default() += credit;
            }
        }
    }
    let mut counted: Vec<Counted> = counts
        .into_iter()
        .map(|((latin, arabic), uses)| Counted {
            latin,
            arabic,
            uses,
        })
        .collect();
    counted.sort_by(|a, b| {
        let by_uses = b.uses.total_cmp(&a.uses);
        by_uses.then((a.latin, a.arabic).cmp(&(b.latin, b.arabic)))
    });
    counted.truncate(MOST_UNITS);
    counted
}

/// Runs of up to `most` letters, the empty one at each place too.
fn runs(word: &[u8], most: usize) -> impl Iterator<Item = &[u8]> {
    (0..=word.len())
        .flat_map(move |from| (0..=most).filter_map(move |length| word.get(from..from + length)))
}

fn inventory(counted: &[Counted], weight: impl Fn(&Counted) -> f32) -> (Units, Vec<f32>) {
    let mut units = Units::default();
    let mut weights = Vec::with_capacity(counted.len());
    for unit in counted {
        if units.add(unit.latin, unit.arabic).is_some() {
            weights.push(weight(unit));
        }
    }
    (units, weights)
}

fn both_ways(counted: &[Counted], pairs: &[Pair]) -> Channel {
    let (mut latin, mut arabic): (FxHashMap<u32, f32>, FxHashMap<u32, f32>) = Default::default();
    for unit in counted {
        *latin.entry(unit.latin).or_default() += unit.uses;
        *arabic.entry(unit.arabic).or_default() += unit.uses;
    }
    // Nothing stands at every place of every word.
    let places: f32 = pairs.iter().map(|pair| pair.latin.len() as f32).sum();
    latin.insert(0, places);
    arabic.insert(0, places);
    let (units, weights) = inventory(counted, |unit| {
        let given_latin = (unit.uses / latin[&unit.latin]).ln();
        let given_arabic = (unit.uses / arabic[&unit.arabic]).ln();
        f32::midpoint(given_latin, given_arabic)
    });
    Channel {
        units,
        search: weights.clone(),
        weight: weights,
        null: [-4.0, -0.5, 0.5],
        ..Channel::default()
    }
}
