//! Weights to a model file: eight bits a weight.

use crate::crf::TRANSITIONS;
use kashshaf::entities::tagger::label::LABELS;
use kashshaf::entities::tagger::lexicon::WordLexicon;
use kashshaf::entities::tagger::{Parts, SecondReading, Transitions};

/// A weight smaller than this says nothing.
const LEAST: f64 = 0.05;
/// Weights beyond it are cut off: what an eighth bit would cost the small ones.
const MOST: f64 = 3.2;

fn transitions(w: &[f64], scale: f64) -> Transitions {
    std::array::from_fn(|from| {
        std::array::from_fn(|to| {
            (w[from * LABELS + to] / scale)
                .round()
                .clamp(-9999.0, 9999.0) as i32
        })
    })
}

/// Quantises both readings. `bias` is taken off O in the second.
pub fn parts(
    hashes: &[u32],
    w: &[f64],
    second: &[f64],
    share: f64,
    bias: f64,
    lexicon: &WordLexicon,
) -> Parts {
    let scale = MOST / 127.0;
    let mut rows = Vec::new();
    for (feature, &hash) in hashes.iter().enumerate() {
        let weights = &w[TRANSITIONS + feature * LABELS..][..LABELS];
        let row: [i8; LABELS] = std::array::from_fn(|y| {
            if weights[y].abs() < LEAST {
                0
            } else {
                (weights[y] / scale).round().clamp(-127.0, 127.0) as i8
            }
        });
        if row.iter().any(|q| *q != 0) {
            rows.push((hash, row));
        }
    }
    let codes = (second.len() - TRANSITIONS) / LABELS;
    let weights = (0..codes)
        .map(|code| {
            std::array::from_fn(|y| {
                let mut weight = second[TRANSITIONS + code * LABELS + y];
                if code == codes - 1 && y == 0 {
                    weight -= bias;
                }
                (weight / scale).round() as i16
            })
        })
        .collect();
    Parts {
        scale: scale as f32,
        transitions: transitions(w, scale),
        rows,
        lexicon: lexicon.clone(),
        second: SecondReading {
            share: (share * 64.0).round() as u8,
            weights,
            transitions: transitions(second, scale),
        },
    }
}
