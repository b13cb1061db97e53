//! The second reading: weights for votes, learned on first readings of text that their model had not seen.

use crate::crf::{self, Data, TRANSITIONS};
use crate::owlqn::{self, Settings};
use kashshaf::entities::tagger::label::{LABELS, Label};
use kashshaf::entities::tagger::tokens::NEAR;
use kashshaf::entities::tagger::votes::{Opinion, SECOND_CODES, Votes, bundles, second_codes};

/// A first reading: for each sentence the keys, scores and opinions of its tokens.
#[derive(Default)]
pub struct Reading {
    pub keys: Vec<Vec<u32>>,
    pub scores: Vec<Vec<[f64; LABELS]>>,
    pub opinions: Vec<Vec<Opinion>>,
}

fn opinions(w: &[f32], scores: &[[f64; LABELS]]) -> Vec<Opinion> {
    crf::marginals(w, scores)
        .iter()
        .map(|p| std::array::from_fn(|t| (255.0 * (p[1 + 2 * t] + p[2 + 2 * t])).round() as u8))
        .collect()
}

impl Reading {
    /// Adds a sentence; returns the opinions of its tokens.
    pub fn add(&mut self, w: &[f32], keys: Vec<u32>, scores: Vec<[f64; LABELS]>) -> &[Opinion] {
        let opinions = opinions(w, &scores);
        self.keys.push(keys);
        self.scores.push(scores);
        self.opinions.push(opinions);
        self.opinions.last().map_or(&[], Vec::as_slice)
    }

    /// Vote codes of each token of each sentence.
    pub fn codes(&self) -> Vec<Vec<Vec<u32>>> {
        let votes = |range: std::ops::Range<usize>| {
            let mut votes = Votes::default();
            for s in range {
                votes.add(&self.keys[s], &self.opinions[s]);
            }
            votes.settle();
            votes
        };
        let all = votes(0..self.keys.len());
        let bundles: Vec<Vec<usize>> = bundles().collect();
        let mut taken = Vec::new();
        (0..self.keys.len())
            .map(|s| {
                let near = votes(s.saturating_sub(NEAR)..(s + NEAR + 1).min(self.keys.len()));
                let mut out = vec![Vec::new(); self.keys[s].len()];
                let (keys, opinions) = (&self.keys[s], &self.opinions[s]);
                second_codes(
                    &all,
                    &near,
                    keys,
                    opinions,
                    &mut taken,
                    |i, code| match code.checked_sub(SECOND_CODES) {
                        Some(bundle) => out[i].extend(bundles[bundle].iter().map(|&c| c as u32)),
                        None => out[i].push(code as u32),
                    },
                );
                out
            })
            .collect()
    }
}

/// A first reading of text by a model that has not seen it, and what is true of it.
pub struct Lesson<'s> {
    pub reading: Reading,
    pub labels: Vec<&'s [Label]>,
    /// Of an encyclopaedia: numbers of further features of each token of each sentence.
    pub further: Option<Vec<Vec<Vec<u32>>>>,
}

/// Parameters of the second reading: the codes of all text, what an encyclopaedia adds to
/// them, and its further features.
pub const ENCYCLOPAEDIC_CODES: usize = TRANSITIONS + SECOND_CODES * LABELS;
pub const FURTHER: usize = ENCYCLOPAEDIC_CODES + SECOND_CODES * LABELS;

/// Learns the weights of votes, and of `further` features, from lessons.
pub fn train(
    lessons: &[Lesson<'_>],
    further: usize,
    start: &[f32],
    alpha: f64,
    settings: Settings,
) -> Vec<f32> {
    let mut data = Data::default();
    for lesson in lessons {
        let codes = lesson.reading.codes();
        for (s, labels) in lesson.labels.iter().enumerate() {
            for (i, label) in labels.iter().enumerate() {
                data.features.extend(&codes[s][i]);
                if let Some(further) = &lesson.further {
                    let own = codes[s][i].iter().map(|&code| code as usize + SECOND_CODES);
                    let further = further[s][i].iter().map(|&f| f as usize + 2 * SECOND_CODES);
                    data.features.extend(own.chain(further).map(|f| f as u32));
                }
                data.tokens.push(data.features.len());
                data.labels.push(label.number() as u8);
                data.base
                    .push(lesson.reading.scores[s][i].map(|x| alpha * x));
            }
            data.sentences.push(data.labels.len());
        }
    }
    let mut w = vec![0.0; FURTHER + further * LABELS];
    w[..TRANSITIONS].copy_from_slice(&start[..TRANSITIONS]);
    owlqn::minimise(&data, w, settings)
}
