//! Weights to a model file: eight bits a weight.

use crate::crf::TRANSITIONS;
use crate::second::{ENCYCLOPAEDIC_CODES, FURTHER};
use kashshaf::entities::tagger::label::LABELS;
use kashshaf::entities::tagger::lexicon::WordLexicon;
use kashshaf::entities::tagger::{EncyclopaediaParts, Parts, SecondReading, Transitions};

/// A weight of fewer steps says nothing.
const LEAST: i8 = 3;
/// Weights beyond it are cut off: what an eighth bit would cost the small ones.
const MOST: f32 = 3.2;

fn transitions(w: &[f32], scale: f32) -> Transitions {
    std::array::from_fn(|from| {
        std::array::from_fn(|to| {
            (w[from * LABELS + to] / scale)
                .round()
                .clamp(-9999.0, 9999.0) as i32
        })
    })
}

const SCALE: f32 = MOST / 127.0;

/// Rows of eight bits a weight; features that say nothing are left out.
fn rows(hashes: &[u32], weights: &[f32]) -> Vec<(u32, [i8; LABELS])> {
    let rows = hashes.iter().zip(weights.chunks_exact(LABELS));
    rows.filter_map(|(&hash, weights)| {
        let row: [i8; LABELS] = std::array::from_fn(|y| {
            let steps = (weights[y] / SCALE).round().clamp(-127.0, 127.0) as i8;
            if steps.abs() < LEAST { 0 } else { steps }
        });
        row.iter().any(|q| *q != 0).then_some((hash, row))
    })
    .collect()
}

/// Weights of codes.
fn codes(weights: &[f32]) -> Vec<[i16; LABELS]> {
    let rows = weights.chunks_exact(LABELS);
    rows.map(|row| std::array::from_fn(|y| (row[y] / SCALE).round() as i16))
        .collect()
}

/// Quantises both readings.
pub fn parts(
    hashes: &[u32],
    w: &[f32],
    second: &[f32],
    share: f64,
    lexicon: &WordLexicon,
) -> Parts {
    Parts {
        scale: SCALE,
        transitions: transitions(w, SCALE),
        rows: rows(hashes, &w[TRANSITIONS..]),
        lexicon: lexicon.clone(),
        second: SecondReading {
            share: (share * 64.0).round() as u8,
            weights: codes(&second[TRANSITIONS..ENCYCLOPAEDIC_CODES]),
            transitions: transitions(second, SCALE),
        },
        encyclopaedia: EncyclopaediaParts::default(),
    }
}

/// Quantises what an encyclopaedia adds to the second reading, without its words.
pub fn encyclopaedia(hashes: &[u32], second: &[f32]) -> EncyclopaediaParts {
    EncyclopaediaParts {
        words: Vec::new(),
        rows: rows(hashes, &second[FURTHER..]),
        weights: codes(&second[ENCYCLOPAEDIC_CODES..FURTHER]),
    }
}
