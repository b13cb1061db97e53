//! Reads sentences with a model: scores, the best labels, what votes need.

use super::chain::Paths;
use super::features::{
    FormFeatures, FormInfo, OFFSETS, REACH, at_offset, joint_features, phrase_codes,
};
use super::label::{LABELS, Label};
use super::model::{Model, Scores};
use super::votes::{Opinion, Taken, Votes, second_codes};
use crate::entities::form::bytes_of_letters;

/// A form with the scores it gives to itself and to its neighbours; made once per distinct form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    info: FormInfo,
    scores: [[i16; LABELS]; OFFSETS],
    proclitics: u8,
}

impl Form {
    /// Bytes that the proclitics take of the form as written in `surface`.
    #[must_use]
    pub fn skip_bytes(&self, surface: &str) -> u32 {
        bytes_of_letters(surface, usize::from(self.proclitics))
    }
}

/// What reading needs between sentences; nothing is allocated per token.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    infos: Vec<FormInfo>,
    phrases: Vec<u8>,
    scores: Vec<Scores>,
    paths: Paths,
    keys: Vec<u32>,
    opinions: Vec<Opinion>,
    taken: Vec<Taken>,
}

/// What a first reading leaves of a token: its scores and what it is taken for.
#[derive(Clone, Copy, Debug)]
pub struct FirstReading {
    scores: [i16; LABELS],
    opinion: Opinion,
}

impl Model {
    /// Works out a form as written.
    #[must_use]
    pub fn form(&self, surface: &str) -> Form {
        let features = FormFeatures::of(surface, &self.lexicon);
        let mut form = Form {
            info: features.info,
            scores: [[0; LABELS]; OFFSETS],
            proclitics: features.proclitics,
        };
        for (offset, row) in form.scores.iter_mut().enumerate() {
            let mut scores = [0; LABELS];
            for (reach, hashes) in features.by_reach.iter().enumerate() {
                if offset.abs_diff(REACH) <= reach {
                    for &h in hashes {
                        self.rows.add(at_offset(h, offset), &mut scores);
                    }
                }
            }
            *row = scores.map(narrowed);
        }
        form
    }

    /// First reading of a sentence: the scores of each label at each token.
    /// `ids` are places in `forms`.
    pub fn read_sentence(&self, ids: &[u32], forms: &[Form], s: &mut Sentence) {
        let form = |i: Option<usize>| {
            i.and_then(|i| ids.get(i))
                .and_then(|&id| forms.get(id as usize))
        };
        s.infos.clear();
        let info = |&id: &u32| forms.get(id as usize).map(|form| form.info);
        s.infos
            .extend(ids.iter().map(|id| info(id).unwrap_or_default()));
        s.keys.clear();
        s.keys.extend(s.infos.iter().map(|info| info.key));
        phrase_codes(&s.infos, &self.lexicon, &mut s.phrases);
        s.scores.clear();
        for i in 0..ids.len() {
            let mut scores = [0; LABELS];
            for (offset, edge) in self.edges.iter().enumerate() {
                let row = form((i + offset).checked_sub(REACH)).map_or(edge, |f| &f.scores[offset]);
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += i32::from(*weight);
                }
            }
            joint_features(&s.infos, &s.phrases, i, |f| self.rows.add(f, &mut scores));
            s.scores
                .push(scores.map(|score| i32::from(narrowed(score))));
        }
    }

    /// What the first reading takes each token for, as votes need it.
    pub fn opinions<'s>(&self, s: &'s mut Sentence) -> (&'s [u32], &'s [Opinion]) {
        s.paths.opinions(&self.chain, &s.scores, &mut s.opinions);
        (&s.keys, &s.opinions)
    }

    /// The best labels of the first reading.
    pub fn first_labels(&self, s: &mut Sentence, labels: &mut Vec<Label>) {
        s.paths.best(&self.chain, &s.scores, labels);
    }

    /// Second reading: adds what the votes of all text and of the text near by
    /// say, and gives the best labels. Needs [`Model::opinions`] before it.
    pub fn second_labels(
        &self,
        s: &mut Sentence,
        all: &Votes,
        near: &Votes,
        labels: &mut Vec<Label>,
    ) {
        let share = i32::from(self.share);
        for score in s.scores.iter_mut().flatten() {
            *score = *score * share / 64;
        }
        let scores = &mut s.scores;
        second_codes(all, near, &s.keys, &s.opinions, &mut s.taken, |i, code| {
            if let (Some(scores), Some(row)) = (scores.get_mut(i), self.vote_weights.get(code)) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += i32::from(*weight);
                }
            }
        });
        s.paths.best(&self.second_chain, &s.scores, labels);
    }
}

impl Sentence {
    /// What [`Model::read_sentence`] and [`Model::opinions`] found, to be kept for a second reading.
    pub fn first_reading(&self) -> impl Iterator<Item = FirstReading> {
        let both = self.scores.iter().zip(&self.opinions);
        both.map(|(scores, &opinion)| FirstReading {
            scores: scores.map(narrowed),
            opinion,
        })
    }

    /// Stands again as it stood when `first` was read, as far as a second reading goes.
    pub fn restore(&mut self, ids: &[u32], forms: &[Form], first: &[FirstReading]) {
        let key = |&id: &u32| forms.get(id as usize).map_or(0, |form| form.info.key);
        self.keys.clear();
        self.keys.extend(ids.iter().map(key));
        self.scores.clear();
        self.scores
            .extend(first.iter().map(|token| token.scores.map(i32::from)));
        self.opinions.clear();
        self.opinions
            .extend(first.iter().map(|token| token.opinion));
    }

    /// The key of each token and what the first reading takes it for.
    #[must_use]
    pub fn heard(&self) -> (&[u32], &[Opinion]) {
        (&self.keys, &self.opinions)
    }
}

fn narrowed(score: i32) -> i16 {
    score.clamp(i16::MIN.into(), i16::MAX.into()) as i16
}
