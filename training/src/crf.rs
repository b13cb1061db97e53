//! The objective: negative log-likelihood of a linear-chain CRF, and its gradient.

use kashshaf::entities::tagger::label::{LABELS, Label};

/// Sentences as numbers: features of each token, in rows.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Ends of sentences, in tokens.
    pub sentences: Vec<usize>,
    /// Ends of tokens, in `features`.
    pub tokens: Vec<usize>,
    pub features: Vec<u32>,
    pub labels: Vec<u8>,
    /// Fixed scores of each token that the weights add to; empty: none.
    pub base: Vec<[f64; LABELS]>,
}

impl Data {
    pub fn start(&self, sentence: usize) -> usize {
        sentence.checked_sub(1).map_or(0, |s| self.sentences[s])
    }

    pub fn features_of(&self, token: usize) -> &[u32] {
        let start = token.checked_sub(1).map_or(0, |t| self.tokens[t]);
        &self.features[start..self.tokens[token]]
    }
}

/// Parameters: transitions (`LABELS` × `LABELS`), then `LABELS` weights for each feature.
pub const TRANSITIONS: usize = LABELS * LABELS;

/// Scores of the labels of a token.
pub fn emission(w: &[f32], features: &[u32]) -> [f64; LABELS] {
    let mut scores = [0.0; LABELS];
    for &f in features {
        let row = &w[TRANSITIONS + f as usize * LABELS..][..LABELS];
        for (score, weight) in scores.iter_mut().zip(row) {
            *score += f64::from(*weight);
        }
    }
    scores
}

fn allowed(from: usize, to: usize) -> bool {
    match (Label::new(from), Label::new(to)) {
        (Some(from), Some(to)) => from.may_precede(to),
        _ => false,
    }
}

/// What one thread needs between sentences.
#[derive(Default)]
pub struct Scratch {
    emissions: Vec<[f64; LABELS]>,
    forward: Vec<[f64; LABELS]>,
    scale: Vec<f64>,
}

/// Adds the loss and the gradient of sentences `range` to `gradient`.
pub fn loss(
    data: &Data,
    range: std::ops::Range<usize>,
    w: &[f32],
    gradient: &mut [f32],
    scratch: &mut Scratch,
) -> f64 {
    let transition = transitions(w);
    let mut total = 0.0;
    for s in range {
        let (start, end) = (data.start(s), data.sentences[s]);
        total += sentence_loss(data, start..end, w, &transition, gradient, scratch);
    }
    total
}

/// exp of the transition scores; 0 where a label may not follow.
fn transitions(w: &[f32]) -> [[f64; LABELS]; LABELS] {
    let mut t = [[0.0; LABELS]; LABELS];
    for (from, row) in t.iter_mut().enumerate() {
        for (to, cell) in row.iter_mut().enumerate() {
            if allowed(from, to) {
                *cell = f64::from(w[from * LABELS + to]).exp();
            }
        }
    }
    t
}

/// Runs forward over a sentence's emissions; fills `forward` (normalised) and `scale`; returns log Z.
fn forward(t: &[[f64; LABELS]; LABELS], scratch: &mut Scratch) -> f64 {
    let mut log_z = 0.0;
    scratch.forward.clear();
    scratch.scale.clear();
    let mut before = [0.0; LABELS];
    for (i, emission) in scratch.emissions.iter_mut().enumerate() {
        let most = emission.iter().copied().fold(f64::MIN, f64::max);
        let mut here = [0.0; LABELS];
        for (to, score) in emission.iter_mut().enumerate() {
            *score = (*score - most).exp();
            let reach = if i == 0 {
                f64::from(u8::from(allowed(0, to)))
            } else {
                (0..LABELS).map(|from| before[from] * t[from][to]).sum()
            };
            here[to] = reach * *score;
        }
        let sum: f64 = here.iter().sum();
        log_z += sum.ln() + most;
        for cell in &mut here {
            *cell /= sum;
        }
        scratch.forward.push(here);
        scratch.scale.push(sum);
        before = here;
    }
    log_z
}

fn sentence_loss(
    data: &Data,
    tokens: std::ops::Range<usize>,
    w: &[f32],
    t: &[[f64; LABELS]; LABELS],
    gradient: &mut [f32],
    scratch: &mut Scratch,
) -> f64 {
    scratch.emissions.clear();
    let mut gold = 0.0;
    let mut last: Option<usize> = None;
    for i in tokens.clone() {
        let mut scores = emission(w, data.features_of(i));
        if let Some(base) = data.base.get(i) {
            for (score, fixed) in scores.iter_mut().zip(base) {
                *score += fixed;
            }
        }
        let label = usize::from(data.labels[i]);
        gold += scores[label];
        if let Some(last) = last {
            gold += f64::from(w[last * LABELS + label]);
        }
        last = Some(label);
        scratch.emissions.push(scores);
    }
    let log_z = forward(t, scratch);
    let mut backward = [1.0; LABELS];
    let n = tokens.len();
    for k in (0..n).rev() {
        let i = tokens.start + k;
        // Marginals of the token.
        let mut delta = [0.0; LABELS];
        for y in 0..LABELS {
            delta[y] = scratch.forward[k][y] * backward[y];
        }
        delta[usize::from(data.labels[i])] -= 1.0;
        for &f in data.features_of(i) {
            let row = &mut gradient[TRANSITIONS + f as usize * LABELS..][..LABELS];
            for (cell, d) in row.iter_mut().zip(&delta) {
                *cell += *d as f32;
            }
        }
        if k == 0 {
            break;
        }
        let mut next = [0.0; LABELS];
        for to in 0..LABELS {
            let reach = scratch.emissions[k][to] * backward[to] / scratch.scale[k];
            for from in 0..LABELS {
                let flow = t[from][to] * reach;
                next[from] += flow;
                gradient[from * LABELS + to] += (scratch.forward[k - 1][from] * flow) as f32;
            }
        }
        gradient[usize::from(data.labels[i - 1]) * LABELS + usize::from(data.labels[i])] -= 1.0;
        backward = next;
    }
    log_z - gold
}

/// Probability of each label of each token.
pub fn marginals(w: &[f32], emissions: &[[f64; LABELS]]) -> Vec<[f64; LABELS]> {
    let t = transitions(w);
    let mut scratch = Scratch {
        emissions: emissions.to_vec(),
        ..Scratch::default()
    };
    forward(&t, &mut scratch);
    let mut out = vec![[0.0; LABELS]; emissions.len()];
    let mut backward = [1.0; LABELS];
    for k in (0..emissions.len()).rev() {
        for y in 0..LABELS {
            out[k][y] = scratch.forward[k][y] * backward[y];
        }
        let mut next = [0.0; LABELS];
        for to in 0..LABELS {
            let reach = scratch.emissions[k][to] * backward[to] / scratch.scale[k];
            for from in 0..LABELS {
                next[from] += t[from][to] * reach;
            }
        }
        backward = next;
    }
    out
}
