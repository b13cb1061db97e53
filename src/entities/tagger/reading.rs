//! Reads sentences with a model: scores, the best labels, what votes need.

use super::features::{
    FormFeatures, FormInfo, OFFSETS, REACH, at_offset, joint_features, phrase_codes,
};
use super::label::{LABELS, Label};
use super::model::{Model, Scores, Transitions};
use super::votes::{CODES, Opinion, TYPES, Votes};
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
    back: Vec<[u8; LABELS]>,
    forward: Vec<[f32; LABELS]>,
    weights: Vec<[f32; LABELS]>,
    keys: Vec<u32>,
    opinions: Vec<Opinion>,
}

/// A score that no path reaches.
const NEVER: i32 = i32::MIN / 2;

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
            *row = scores.map(|s| s.clamp(i16::MIN.into(), i16::MAX.into()) as i16);
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
            s.scores.push(scores);
        }
    }

    /// What the first reading takes each token for, as votes need it.
    pub fn opinions<'s>(&self, s: &'s mut Sentence) -> (&'s [u32], &'s [Opinion]) {
        s.opinions(self.scale, &self.transitions);
        (&s.keys, &s.opinions)
    }

    /// The best labels of the first reading.
    pub fn first_labels(&self, s: &mut Sentence, labels: &mut Vec<Label>) {
        s.best(&self.transitions, labels);
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
        let share = i32::from(self.second.share);
        for i in 0..s.scores.len() {
            let mut scores = s.scores[i].map(|score| score * share / 64);
            let mut give = |code: usize| {
                if let Some(row) = self.second.weights.get(code) {
                    for (score, weight) in scores.iter_mut().zip(row) {
                        *score += i32::from(*weight);
                    }
                }
            };
            all.codes(&s.keys, &s.opinions, i, |c| give(c as usize));
            near.codes(&s.keys, &s.opinions, i, |c| give(c as usize + CODES));
            give(2 * CODES);
            s.scores[i] = scores;
        }
        s.best(&self.second.transitions, labels);
    }
}

/// Whether label number `to` may follow `from`; a sentence starts after O.
fn may_follow(from: usize, to: usize) -> bool {
    let label = |n| Label::new(n).unwrap_or_default();
    label(from).may_precede(label(to))
}

/// The transitions with [`NEVER`] where a label may not follow.
fn lawful(transitions: &Transitions) -> Transitions {
    std::array::from_fn(|from| {
        std::array::from_fn(|to| {
            if may_follow(from, to) {
                transitions[from][to]
            } else {
                NEVER
            }
        })
    })
}

impl Sentence {
    /// Viterbi.
    fn best(&mut self, transitions: &Transitions, labels: &mut Vec<Label>) {
        let transitions = lawful(transitions);
        labels.clear();
        labels.resize(self.scores.len(), Label::OUTSIDE);
        self.back.clear();
        let mut before: Scores = std::array::from_fn(|y| if may_follow(0, y) { 0 } else { NEVER });
        for (i, scores) in self.scores.iter().enumerate() {
            let mut here = [NEVER; LABELS];
            let mut back = [0; LABELS];
            for (to, score) in scores.iter().enumerate() {
                if i == 0 {
                    here[to] = before[to] + score;
                    continue;
                }
                for (from, row) in transitions.iter().enumerate() {
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
    fn opinions(&mut self, scale: f32, transitions: &Transitions) {
        let step: [[f32; LABELS]; LABELS] = std::array::from_fn(|from| {
            std::array::from_fn(|to| {
                if may_follow(from, to) {
                    (transitions[from][to] as f32 * scale).exp()
                } else {
                    0.0
                }
            })
        });
        self.forward.clear();
        self.weights.clear();
        let mut before = [0.0; LABELS];
        for (i, scores) in self.scores.iter().enumerate() {
            let most = scores.iter().copied().max().unwrap_or(0);
            let here: [f32; LABELS] = scores.map(|s| ((s - most) as f32 * scale).exp());
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
        self.opinions.clear();
        self.opinions.resize(self.scores.len(), [0; TYPES]);
        let mut backward = [1.0f32; LABELS];
        for i in (0..self.scores.len()).rev() {
            let p = |y: usize| self.forward[i][y] * backward[y];
            self.opinions[i] =
                std::array::from_fn(|t| (255.0 * (p(1 + 2 * t) + p(2 + 2 * t)) + 0.5) as u8);
            let reach: [f32; LABELS] = std::array::from_fn(|to| self.weights[i][to] * backward[to]);
            backward =
                std::array::from_fn(|from| (0..LABELS).map(|to| step[from][to] * reach[to]).sum());
        }
    }
}
