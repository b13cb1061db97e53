//! Trains both readings on groups of marked sentences.

use crate::conll::Sentence;
use crate::crf::{self, TRANSITIONS};
use crate::encode::{Encoder, Numbering};
use crate::owlqn::{self, Settings};
use crate::pack;
use crate::second::{self, Reading};
use kashshaf::entities::tagger::Parts;
use kashshaf::entities::tagger::label::{LABELS, Label};
use kashshaf::entities::tagger::lexicon::WordLexicon;

/// Parts that each group is cut into to learn the second reading.
const FOLDS: usize = 4;
/// Share of the first reading's scores in the second.
const SHARE: f64 = 0.8;
/// What O loses in the second reading: recall is what the model lacks.
const BIAS: f64 = 0.0;
const LEAST_USES: u32 = 2;
const FIRST: Settings = Settings {
    l1: 0.02,
    l2: 1.0,
    rounds: 60,
};
const SECOND: Settings = Settings {
    l1: 0.0,
    l2: 60.0,
    rounds: 60,
};

/// Features of the sentences of all groups.
type Encoded = Vec<Vec<Vec<Vec<u32>>>>;

/// Trains on groups; sentences of one group follow each other in its texts.
pub fn train(groups: &[Vec<Sentence>], lexicon: &WordLexicon) -> Parts {
    let mut encoder = Encoder::new(lexicon);
    let encoded: Encoded = groups
        .iter()
        .map(|group| group.iter().map(|s| encoder.sentence(&s.words)).collect())
        .collect();
    let mut readings: Vec<(Reading, Vec<&[Label]>)> = Vec::new();
    for fold in 0..FOLDS {
        eprintln!("fold {} of {FOLDS}", fold + 1);
        let held = |i: usize, of: usize| i * FOLDS / of == fold;
        let (numbering, w) = first(groups, &encoded, |i, of| !held(i, of));
        for (group, encoded) in groups.iter().zip(&encoded) {
            let (mut reading, mut labels) = (Reading::default(), Vec::new());
            for (i, (sentence, features)) in group.iter().zip(encoded).enumerate() {
                if held(i, group.len()) {
                    let scores = features
                        .iter()
                        .map(|f| crf::emission(&w, &numbering.known(f)))
                        .collect();
                    reading.add(&w, encoder.keys(&sentence.words), scores);
                    labels.push(&sentence.labels[..]);
                }
            }
            readings.push((reading, labels));
        }
    }
    eprintln!("all text");
    let (numbering, w) = first(groups, &encoded, |_, _| true);
    let second = second::train(&readings, &w, SHARE, SECOND);
    pack::parts(&numbering.hashes, &w, &second, SHARE, BIAS, lexicon)
}

/// The first reading, on the sentences that `keep` (number, of how many) lets through.
fn first(
    groups: &[Vec<Sentence>],
    encoded: &Encoded,
    keep: impl Fn(usize, usize) -> bool,
) -> (Numbering, Vec<f64>) {
    let mut sentences: Vec<&Sentence> = Vec::new();
    let mut features: Vec<&[Vec<u32>]> = Vec::new();
    for (group, encoded) in groups.iter().zip(encoded) {
        for (i, (sentence, encoded)) in group.iter().zip(encoded).enumerate() {
            if keep(i, group.len()) {
                sentences.push(sentence);
                features.push(encoded);
            }
        }
    }
    let numbering = Numbering::of(&features, LEAST_USES);
    let data = numbering.data(&features, &sentences);
    let start = vec![0.0; TRANSITIONS + numbering.hashes.len() * LABELS];
    let w = owlqn::minimise(&data, start, FIRST);
    (numbering, w)
}
