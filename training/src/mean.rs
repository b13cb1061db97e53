//! The mean of several models' weights: what they differ in is chance, and goes.

use crate::crf::TRANSITIONS;
use kashshaf::entities::tagger::label::LABELS;
use rustc_hash::FxHashMap;

/// Weights of models of the same features, added up.
pub struct Mean {
    models: usize,
    transitions: [f32; TRANSITIONS],
    /// By the hash of a feature, which each model numbers in its own way.
    rows: FxHashMap<u32, [f32; LABELS]>,
}

impl Mean {
    pub fn new() -> Self {
        Self {
            models: 0,
            transitions: [0.0; TRANSITIONS],
            rows: FxHashMap::default(),
        }
    }

    /// Adds a model: its parameters, and the hashes of its features.
    pub fn add(&mut self, hashes: &[u32], w: &[f32]) {
        self.models += 1;
        add(&mut self.transitions, w);
        for (&hash, row) in hashes.iter().zip(w[TRANSITIONS..].chunks_exact(LABELS)) {
            add(self.rows.entry(hash).or_default(), row);
        }
    }

    /// Moves the parameters of another model towards the mean by a share of the way. A feature that a
    /// model does not know has no weight there.
    pub fn draw(&self, hashes: &[u32], w: &mut [f32], share: f32) {
        let draw = |w: &mut [f32], sums: &[f32]| {
            for (w, sum) in w.iter_mut().zip(sums) {
                *w += share * (sum / self.models as f32 - *w);
            }
        };
        let (transitions, rows) = w.split_at_mut(TRANSITIONS);
        draw(transitions, &self.transitions);
        for (hash, row) in hashes.iter().zip(rows.chunks_exact_mut(LABELS)) {
            draw(row, self.rows.get(hash).unwrap_or(&[0.0; LABELS]));
        }
    }
}

fn add(sums: &mut [f32], values: &[f32]) {
    for (sum, value) in sums.iter_mut().zip(values) {
        *sum += value;
    }
}
