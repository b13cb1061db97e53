//! Trains both readings on groups of marked sentences.

use crate::conll::Sentence;
use crate::crf::{self, TRANSITIONS};
use crate::encode::{Encoder, Numbering};
use crate::genre;
use crate::mean::Mean;
use crate::owlqn::{self, Settings};
use crate::pack;
use crate::second::{self, FURTHER, Lesson, Reading};
use kashshaf::entities::tagger::Parts;
use kashshaf::entities::tagger::label::LABELS;
use kashshaf::entities::tagger::lexicon::WordLexicon;

/// Quarters that each group is cut into to learn the second reading.
const QUARTERS: usize = 4;
/// Pairs of quarters: each is a half of the text and so are the other two. Each half is read by a model of the
/// other: halves, so that the first reading is no better there than in text whose names it has not seen; and
/// of every cut, so that the second reading learns from each token as several models read it.
const HALVES: [[usize; 2]; 6] = [[0, 1], [2, 3], [0, 2], [1, 3], [0, 3], [1, 2]];
/// Share of the halves' models, taken together, in the weights of the first reading.
const OF_HALVES: f32 = 0.5;
/// Share of the first reading's scores in the second.
const SHARE: f64 = 0.7;
const LEAST_USES: u32 = 2;
const FIRST: Settings = Settings {
    l1: 0.02,
    l2: 1.0,
    l2_from: None,
    rounds: 60,
};
/// Each token is learned from once for each cut of [`HALVES`].
const SECOND: Settings = Settings {
    l1: 0.0,
    l2: 108.0,
    l2_from: Some((FURTHER, 5.4)),
    rounds: 60,
};

/// Features of the sentences of all groups.
type Encoded = Vec<Vec<Vec<Vec<u32>>>>;

/// Marked text of one kind; the sentences follow each other in its texts.
#[derive(Clone, Debug, Default)]
pub struct Group {
    pub sentences: Vec<Sentence>,
    /// Whether it is an encyclopaedia's, else news.
    pub encyclopaedic: bool,
}

/// Trains on groups.
pub fn train(groups: &[Group], lexicon: &WordLexicon) -> Parts {
    let mut encoder = Encoder::new(lexicon);
    let encoded = each(groups, |sentence| encoder.sentence(&sentence.words));
    let mut lessons: Vec<Lesson<'_>> = Vec::new();
    let mut mean = Mean::new();
    for half in HALVES {
        eprintln!("half of quarters {half:?}");
        let held = |i: usize, of: usize| half.contains(&(i * QUARTERS / of));
        let (numbering, w) = first(groups, &encoded, |i, of| !held(i, of));
        mean.add(&numbering.hashes, &w);
        for (g, group) in groups.iter().enumerate() {
            let (mut reading, mut labels, mut further) = (Reading::default(), vec![], vec![]);
            for (i, sentence) in group.sentences.iter().enumerate() {
                if held(i, group.sentences.len()) {
                    let scores = encoded[g][i]
                        .iter()
                        .map(|f| crf::emission(&w, &numbering.known(f)))
                        .collect();
                    let infos = encoder.infos(&sentence.words);
                    let keys = infos.iter().map(|info| info.key).collect();
                    let opinions = reading.add(&w, keys, scores);
                    labels.push(&sentence.labels[..]);
                    if group.encyclopaedic {
                        further.push(encoder.encyclopaedic(&sentence.words, opinions));
                    }
                }
            }
            lessons.push(Lesson {
                reading,
                labels,
                further: group.encyclopaedic.then_some(further),
            });
        }
    }
    let own = number_further(&mut lessons);
    eprintln!("all text");
    let (numbering, mut w) = first(groups, &encoded, |_, _| true);
    let second = second::train(&lessons, own.hashes.len(), &w, SHARE, SECOND);
    mean.draw(&numbering.hashes, &mut w, OF_HALVES);
    let mut parts = pack::parts(&numbering.hashes, &w, &second, SHARE, lexicon);
    parts.encyclopaedia = pack::encyclopaedia(&own.hashes, &second);
    parts.encyclopaedia.words = genre::words(groups, &mut encoder);
    parts
}

/// Numbers the further features of lessons, which are given hashed.
fn number_further(lessons: &mut [Lesson<'_>]) -> Numbering {
    let further = lessons.iter().filter_map(|lesson| lesson.further.as_ref());
    let hashed: Vec<&[Vec<u32>]> = further.flatten().map(Vec::as_slice).collect();
    // Each token stands in one lesson of each cut.
    let cuts = HALVES.len() as u32 / 2;
    let numbering = Numbering::of(&hashed, LEAST_USES * cuts);
    let further = lessons
        .iter_mut()
        .filter_map(|lesson| lesson.further.as_mut());
    for features in further.flatten().flatten() {
        *features = numbering.known(features);
    }
    numbering
}

/// The features of each sentence of each group.
fn each(groups: &[Group], mut features: impl FnMut(&Sentence) -> Vec<Vec<u32>>) -> Encoded {
    let of = |group: &Group| group.sentences.iter().map(&mut features).collect();
    groups.iter().map(of).collect()
}

/// The first reading, on the sentences that `keep` (number, of how many) lets through.
fn first(
    groups: &[Group],
    encoded: &Encoded,
    keep: impl Fn(usize, usize) -> bool,
) -> (Numbering, Vec<f32>) {
    let mut sentences: Vec<&Sentence> = Vec::new();
    let mut features: Vec<&[Vec<u32>]> = Vec::new();
    for (group, encoded) in groups.iter().zip(encoded) {
        for (i, (sentence, encoded)) in group.sentences.iter().zip(encoded).enumerate() {
            if keep(i, group.sentences.len()) {
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
