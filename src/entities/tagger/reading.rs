//! Reads sentences with a model: scores, the best labels, what votes need.

use super::chain::Paths;
use super::features::{
    FormFeatures, FormInfo, OFFSETS, REACH, at_offset, encyclopaedic_features, joint_features,
    phrase_codes,
};
use super::label::{LABELS, Label};
use super::model::{Model, Scores};
use super::votes::{Opinion, Taken, Votes, second_codes, taking};
use crate::entities::form::bytes_of_letters;

/// A form with the scores it gives to itself and to its neighbours; made once per distinct form.
#[derive(Clone, Debug, Default)]
pub struct Form {
    info: FormInfo,
    scores: [[i16; LABELS]; OFFSETS],
    proclitics: u8,
    /// How much it speaks for an encyclopaedia and against news.
    leaning: i8,
}

/// What a second reading knows of the text around a sentence.
#[derive(Clone, Copy, Debug)]
pub struct Surroundings<'v> {
    /// Votes of all text.
    pub all: &'v Votes,
    /// Votes of the text near by.
    pub near: &'v Votes,
    /// What the forms of the text near by lean to, added up ([`leaning`]).
    pub leaning: i64,
}

/// A sum of leanings beyond which text is read as an encyclopaedia's: short text needs clear words.
const ENCYCLOPAEDIC: i64 = 250;

/// What the forms of a sentence lean to, added up: above 0 an encyclopaedia, below it news.
#[must_use]
pub fn leaning(ids: &[u32], forms: &[Form]) -> i64 {
    let of = |&id: &u32| {
        forms
            .get(id as usize)
            .map_or(0, |form| i64::from(form.leaning))
    };
    ids.iter().map(of).sum()
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
    takings: Vec<u8>,
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
            leaning: self.encyclopaedia.leaning(features.info.word),
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
        self.look_up(ids, forms, s);
        s.keys.clear();
        s.keys.extend(s.infos.iter().map(|info| info.key));
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

    /// What is known of each form of a sentence, and its listed names.
    fn look_up(&self, ids: &[u32], forms: &[Form], s: &mut Sentence) {
        s.infos.clear();
        let info = |&id: &u32| forms.get(id as usize).map(|form| form.info);
        s.infos
            .extend(ids.iter().map(|id| info(id).unwrap_or_default()));
        phrase_codes(&s.infos, &self.lexicon, &mut s.phrases);
    }

    /// Second reading of the sentence of `ids`: adds what the votes of all text and of the text near by
    /// say, and what an encyclopaedia means by its words if the text is one, and gives
    /// the labels. Needs [`Model::opinions`] before it.
    pub fn second_labels(
        &self,
        ids: &[u32],
        forms: &[Form],
        s: &mut Sentence,
        around: Surroundings<'_>,
        labels: &mut Vec<Label>,
    ) {
        let share = i32::from(self.share);
        for score in s.scores.iter_mut().flatten() {
            *score = *score * share / 64;
        }
        let mut votes = &self.vote_weights;
        if around.leaning > ENCYCLOPAEDIC {
            votes = &self.encyclopaedia.vote_weights;
            self.look_up(ids, forms, s);
            s.takings.clear();
            s.takings.extend(s.opinions.iter().map(taking));
            for (i, scores) in s.scores.iter_mut().enumerate() {
                let rows = &self.encyclopaedia.rows;
                let add = |f| rows.add(f, scores);
                encyclopaedic_features(&s.infos, &s.phrases, &s.takings, i, add);
            }
        }
        let scores = &mut s.scores;
        let (all, near) = (around.all, around.near);
        second_codes(all, near, &s.keys, &s.opinions, &mut s.taken, |i, code| {
            if let (Some(scores), Some(row)) = (scores.get_mut(i), votes.get(code)) {
                for (score, weight) in scores.iter_mut().zip(row) {
                    *score += i32::from(*weight);
                }
            }
        });
        s.paths.names(&self.second_chain, &s.scores, labels);
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
