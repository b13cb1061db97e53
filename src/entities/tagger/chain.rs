//! The linear chain: transitions made ready for reading, the odds of each type, and the names that are worth their risk.

use super::label::{LABELS, Label};
use super::model::{Scores, Transitions};
use super::votes::{Opinion, TYPES};
use std::ops::Range;

/// Distances below the best score whose odds stand in a table.
const TABLED: i32 = 4096;

/// Log-odds against every name beyond which a token is taken to be outside: its opinion would round to nothing.
const SURE: f32 = 7.0;

/// A name is given if it is likelier than this. The share that makes F1 largest is half of the F1
/// that is reached, not one half (Lewis 1995); a little less here, since names that no list has are found less likely than they are.
const WORTH: f32 = 0.31;

/// Transitions between labels, as odds.
#[derive(Clone, Debug)]
pub(super) struct Chain {
    /// From and to; 0 where a label may not follow.
    odds: [[f32; LABELS]; LABELS],
    /// What one unit of a score is worth in log-odds.
    scale: f32,
    /// A token whose O is better by more than this is outside, whatever its neighbours are.
    sure: i32,
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
        let mut odds = [[0.0; LABELS]; LABELS];
        let (mut least, mut most) = (0, 0);
        for from in 0..LABELS {
            for to in (0..LABELS).filter(|&to| may_follow(from, to)) {
                let score = transitions[from][to];
                (least, most) = (score.min(least), score.max(most));
                odds[from][to] = (score as f32 * scale).exp();
            }
        }
        let falls = (0..TABLED).map(|fall| (-fall as f32 * scale).exp());
        Self {
            odds,
            scale,
            // Two transitions meet at a token.
            sure: ((SURE / scale) as i32).saturating_add(2 * (most - least)),
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

    /// Whether a token is outside every name, whatever its neighbours are.
    fn is_outside(&self, scores: &Scores) -> bool {
        let [outside, names @ ..] = scores;
        names.iter().all(|score| outside - score > self.sure)
    }

    /// The next run of tokens that may be in names, from token `at`.
    fn run(&self, scores: &[Scores], at: usize) -> Option<Range<usize>> {
        let rest = scores.get(at..)?;
        let start = at + rest.iter().position(|s| !self.is_outside(s))?;
        let rest = scores.get(start..)?;
        let length = rest.iter().position(|s| self.is_outside(s));
        Some(start..start + length.unwrap_or(rest.len()))
    }
}

/// A name that a sentence may hold.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    start: usize,
    end: usize,
    kind: usize,
    /// How much likelier than [`WORTH`] it is.
    gain: f32,
    /// The most that this and candidates before it gain together.
    best: f32,
}

/// What finding names needs; the memory is used again for the next sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Paths {
    /// Of each token of a run: sums over the paths that lead to each label, and from it.
    forward: Vec<[f32; LABELS]>,
    backward: Vec<[f32; LABELS]>,
    /// Odds of each label of its own, in the same measure.
    weights: Vec<[f32; LABELS]>,
    candidates: Vec<Candidate>,
}

impl Paths {
    /// Probability of each type at each token.
    pub(super) fn opinions(
        &mut self,
        chain: &Chain,
        scores: &[Scores],
        opinions: &mut Vec<Opinion>,
    ) {
        opinions.clear();
        opinions.resize(scores.len(), [0; TYPES]);
        let mut at = 0;
        while let Some(run) = chain.run(scores, at) {
            at = run.end;
            self.sum(chain, scores, run.clone());
            let tokens = self.forward.iter().zip(&self.backward);
            for (opinion, (forward, backward)) in opinions.iter_mut().skip(run.start).zip(tokens) {
                let p = |y: usize| forward[y] * backward[y];
                *opinion =
                    std::array::from_fn(|t| (255.0 * (p(1 + 2 * t) + p(2 + 2 * t)) + 0.5) as u8);
            }
        }
    }

    /// The labels of the names that are worth their risk: of all sets of names that lie
    /// apart, the one whose probabilities, less [`WORTH`] each, add up to most.
    pub(super) fn names(&mut self, chain: &Chain, scores: &[Scores], labels: &mut Vec<Label>) {
        labels.clear();
        labels.resize(scores.len(), Label::OUTSIDE);
        let mut at = 0;
        while let Some(run) = chain.run(scores, at) {
            at = run.end;
            self.sum(chain, scores, run.clone());
            self.find_candidates(chain);
            let mut rest = self.candidates.as_slice();
            while let Some((last, before)) = rest.split_last() {
                if before.last().is_some_and(|b| b.best >= last.best) {
                    rest = before;
                    continue;
                }
                let names = labels.get_mut(run.start + last.start..run.start + last.end);
                for (i, label) in names.unwrap_or_default().iter_mut().enumerate() {
                    let number = 1 + 2 * last.kind + usize::from(i > 0);
                    *label = Label::new(number).unwrap_or_default();
                }
                let apart = before.partition_point(|b| b.end <= last.start);
                rest = before.get(..apart).unwrap_or_default();
            }
        }
    }

    /// Sums over the paths of a run of tokens; the tokens around it are outside.
    fn sum(&mut self, chain: &Chain, scores: &[Scores], run: Range<usize>) {
        let step = &chain.odds;
        self.forward.clear();
        self.weights.clear();
        // The first token of a sentence is led to by no transition.
        let start: [f32; LABELS] = std::array::from_fn(|to| f32::from(u8::from(may_follow(0, to))));
        let mut reach = if run.start == 0 { start } else { step[0] };
        for scores in scores.get(run.clone()).unwrap_or_default() {
            let most = scores.iter().copied().max().unwrap_or(0);
            let mut here: [f32; LABELS] = scores.map(|s| chain.fall(most - s));
            let sums: [f32; LABELS] = std::array::from_fn(|y| reach[y] * here[y]);
            let total: f32 = sums.iter().sum::<f32>().max(f32::MIN_POSITIVE);
            here = here.map(|x| x / total);
            let sums = sums.map(|x| x / total);
            self.forward.push(sums);
            self.weights.push(here);
            reach = std::array::from_fn(|to| (0..LABELS).map(|y| sums[y] * step[y][to]).sum());
        }
        self.backward.clear();
        self.backward.resize(self.forward.len(), [0.0; LABELS]);
        let ends = run.end == scores.len();
        let mut backward: [f32; LABELS] =
            std::array::from_fn(|from| if ends { 1.0 } else { step[from][0] });
        if let Some(last) = self.forward.last() {
            let total: f32 = (0..LABELS).map(|y| last[y] * backward[y]).sum();
            backward = backward.map(|x| x / total.max(f32::MIN_POSITIVE));
        }
        for (sums, weights) in self.backward.iter_mut().zip(&self.weights).rev() {
            *sums = backward;
            let reach: [f32; LABELS] = std::array::from_fn(|to| weights[to] * backward[to]);
            backward =
                std::array::from_fn(|from| (0..LABELS).map(|to| step[from][to] * reach[to]).sum());
        }
    }

    /// The names of a run that are likelier than [`WORTH`], in the order of their ends.
    fn find_candidates(&mut self, chain: &Chain) {
        self.candidates.clear();
        for start in 0..self.forward.len() {
            for kind in 0..TYPES {
                self.find_names(chain, start, kind);
            }
        }
        for i in 0..self.candidates.len() {
            let (before, rest) = self.candidates.split_at_mut(i);
            let Some(here) = rest.first_mut() else { break };
            let apart = before.partition_point(|b| b.end <= here.start);
            let best = |of: &[Candidate]| of.last().map_or(0.0, |last| last.best);
            let with = here.gain + best(before.get(..apart).unwrap_or_default());
            here.best = with.max(best(before));
        }
    }

    /// Adds the names of a type that start at a token of the run. A name that reaches to a token and
    /// no further is as likely as one that reaches at least to it, less one that reaches at least to the next.
    fn find_names(&mut self, chain: &Chain, start: usize, kind: usize) {
        let (first, inside) = (1 + 2 * kind, 2 + 2 * kind);
        let Some(mut sum) = self.forward.get(start).map(|sums| sums[first]) else {
            return;
        };
        let mut label = first;
        let mut at = start;
        while let Some(backward) = self.backward.get(at) {
            let so_far = sum * backward[label];
            if so_far <= WORTH {
                return;
            }
            let next = self.weights.get(at + 1).zip(self.backward.get(at + 1));
            let further = next.map_or(0.0, |(weights, backward)| {
                sum *= chain.odds[label][inside] * weights[inside];
                sum * backward[inside]
            });
            at += 1;
            label = inside;
            let gain = so_far - further - WORTH;
            if gain > 0.0 {
                let place = self.candidates.partition_point(|c| c.end <= at);
                let candidate = Candidate {
                    start,
                    end: at,
                    gain,
                    kind,
                    best: 0.0,
                };
                self.candidates.insert(place, candidate);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    type Names = Vec<(usize, usize, usize)>;

    /// The names of a sequence of labels: start, end, type.
    fn names(labels: &[usize]) -> Names {
        let mut names = Names::new();
        for (i, &y) in labels.iter().enumerate() {
            if y % 2 == 1 {
                names.push((i, i + 1, y / 2));
            } else if y > 0
                && let Some(last) = names.last_mut()
            {
                last.1 = i + 1;
            }
        }
        names
    }

    /// Every lawful sequence of so many labels.
    fn sequences(length: usize) -> Vec<Vec<usize>> {
        let mut all = vec![Vec::new()];
        for _ in 0..length {
            let longer = all.iter().flat_map(|labels: &Vec<usize>| {
                let last = labels.last().copied().unwrap_or(0);
                (0..LABELS)
                    .filter(move |&y| may_follow(last, y))
                    .map(move |y| [labels.as_slice(), &[y]].concat())
            });
            all = longer.collect();
        }
        all
    }

    proptest! {
        /// Against sums over every path: the opinions, and no set of names is worth more than the one found.
        #[test]
        fn sums_and_names_are_those_of_all_paths(
            transitions in any::<[[i8; LABELS]; LABELS]>(),
            scores in proptest::collection::vec((any::<[i8; LABELS]>(), 0..4), 1..5),
        ) {
            let scale = 0.02;
            let transitions = transitions.map(|row| row.map(|score| i32::from(score) / 2));
            let scores: Vec<Scores> = scores.into_iter().map(|(row, sure)| {
                let mut row = row.map(|score| i32::from(score) * 2);
                row[0] += if sure == 0 { 3000 } else { 0 };
                row
            }).collect();
            let paths = sequences(scores.len());
            let odds = |labels: &Vec<usize>| {
                let own: i32 = labels.iter().zip(&scores).map(|(&y, row)| row[y]).sum();
                let steps: i32 = labels.windows(2).map(|two| transitions[two[0]][two[1]]).sum();
                (f64::from(own + steps) * f64::from(scale)).exp()
            };
            let total: f64 = paths.iter().map(odds).sum();
            let mut likely: HashMap<(usize, usize, usize), f64> = HashMap::new();
            let mut of_type = vec![[0.0; TYPES]; scores.len()];
            for path in &paths {
                let share = odds(path) / total;
                for name in names(path) {
                    *likely.entry(name).or_default() += share;
                    for token in &mut of_type[name.0..name.1] {
                        token[name.2] += share;
                    }
                }
            }
            let worth = |path: &[usize]| -> f64 {
                names(path).iter().map(|name| likely[name] - f64::from(WORTH)).sum()
            };
            let chain = Chain::new(scale, &transitions);
            let (mut memory, mut labels, mut opinions) = (Paths::default(), vec![], vec![]);
            memory.opinions(&chain, &scores, &mut opinions);
            for (found, wanted) in opinions.iter().zip(&of_type) {
                for (&found, wanted) in found.iter().zip(wanted) {
                    prop_assert!((f64::from(found) - 255.0 * wanted).abs() <= 1.0);
                }
            }
            memory.names(&chain, &scores, &mut labels);
            let found: Vec<usize> = labels.iter().map(|label| label.number()).collect();
            let most = paths.iter().map(|path| worth(path)).fold(0.0, f64::max);
            prop_assert!(worth(&found) >= most - 1e-3, "{found:?} of {scores:?}");
        }
    }
}
