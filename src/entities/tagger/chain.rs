//! The linear chain: transitions made ready for reading, the best path, and the odds of each type.

use super::label::{LABELS, Label};
use super::model::{Scores, Transitions};
use super::votes::{Opinion, TYPES};

/// A score that no path reaches.
const NEVER: i32 = i32::MIN / 2;

/// Distances below the best score whose odds stand in a table.
const TABLED: i32 = 4096;

/// Transitions between labels, as scores and as odds.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// From and to; [`NEVER`] where a label may not follow.
    scores: Transitions,
    /// The same as odds; 0 where a label may not follow.
    odds: [[f32; LABELS]; LABELS],
    /// What one unit of a score is worth in log-odds.
    scale: f32,
    /// Odds by distance below the best score.
    falls: Vec<f32>,
}

/// Whether label number `to` may follow `from`; a sentence starts after O.
fn may_follow(from: usize, to: usize) -> bool {
    let label = |n| Label::new(n).unwrap_or_default();
    label(from).may_precede(label(to))
}

impl Chain {
    /// Makes transitions ready; `scale` is what one unit of a score is worth in log-odds.
    pub(super) fn new(scale: f32, transitions: &Transitions) -> Self {
        let mut scores = [[NEVER; LABELS]; LABELS];
        let mut odds = [[0.0; LABELS]; LABELS];
        for from in 0..LABELS {
            for to in (0..LABELS).filter(|&to| may_follow(from, to)) {
                scores[from][to] = transitions[from][to];
                odds[from][to] = (transitions[from][to] as f32 * scale).exp();
            }
        }
        let falls = (0..TABLED).map(|fall| (-fall as f32 * scale).exp());
        Self {
            scores,
            odds,
            scale,
            falls: falls.collect(),
        }
    }

    /// The odds of a score so far below the best.
    fn fall(&self, distance: i32) -> f32 {
        let tabled = usize::try_from(distance).ok();
        match tabled.and_then(|at| self.falls.get(at)) {
            Some(&odds) => odds,
            None => (-distance as f32 * self.scale).exp(),
        }
    }
}

/// What finding a path needs; the memory is used again for the next sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Paths {
    back: Vec<[u8; LABELS]>,
    forward: Vec<[f32; LABELS]>,
    weights: Vec<[f32; LABELS]>,
}

impl Paths {
    /// The labels of the best path (Viterbi).
    pub(super) fn best(&mut self, chain: &Chain, scores: &[Scores], labels: &mut Vec<Label>) {
        labels.clear();
        labels.resize(scores.len(), Label::OUTSIDE);
        self.back.clear();
        let mut before: Scores = std::array::from_fn(|y| if may_follow(0, y) { 0 } else { NEVER });
        for (i, scores) in scores.iter().enumerate() {
            let mut here = [NEVER; LABELS];
            let mut back = [0; LABELS];
            for (to, score) in scores.iter().enumerate() {
                if i == 0 {
                    here[to] = before[to] + score;
                    continue;
                }
                for (from, row) in chain.scores.iter().enumerate() {
                    let path = before[from].saturating_add(row[to]).saturating_add(*score);
                    if path > here[to] {
                        here[to] = path;
                        back[to] = from as u8;
                    }
                }
            }
            self.back.push(back);
            before = here;
        }
        let mut y = (0..LABELS)
            .max_by_key(|&y| (before[y], LABELS - y))
            .unwrap_or(0);
        for (label, back) in labels.iter_mut().zip(&self.back).rev() {
            *label = Label::new(y).unwrap_or_default();
            y = usize::from(back[y]);
        }
    }

    /// Probability of each type at each token, by forward and backward sums.
    pub(super) fn opinions(
        &mut self,
        chain: &Chain,
        scores: &[Scores],
        opinions: &mut Vec<Opinion>,
    ) {
        let step = &chain.odds;
        self.forward.clear();
        self.weights.clear();
        let mut before = [0.0; LABELS];
        for (i, scores) in scores.iter().enumerate() {
            let most = scores.iter().copied().max().unwrap_or(0);
            let here: [f32; LABELS] = scores.map(|s| chain.fall(most - s));
            let mut sums: [f32; LABELS] = std::array::from_fn(|to| {
                if i == 0 {
                    f32::from(u8::from(may_follow(0, to))) * here[to]
                } else {
                    let reach: f32 = (0..LABELS).map(|from| before[from] * step[from][to]).sum();
                    reach * here[to]
                }
            });
            let total: f32 = sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            sums = sums.map(|x| x / total);
            self.forward.push(sums);
            self.weights.push(here.map(|x| x / total));
            before = sums;
        }
        opinions.clear();
        opinions.resize(scores.len(), [0; TYPES]);
        let mut backward = [1.0f32; LABELS];
        for (i, opinion) in opinions.iter_mut().enumerate().rev() {
            let p = |y: usize| self.forward[i][y] * backward[y];
            *opinion = std::array::from_fn(|t| (255.0 * (p(1 + 2 * t) + p(2 + 2 * t)) + 0.5) as u8);
            let reach: [f32; LABELS] = std::array::from_fn(|to| self.weights[i][to] * backward[to]);
            backward =
                std::array::from_fn(|from| (0..LABELS).map(|to| step[from][to] * reach[to]).sum());
        }
    }
}
