//! OWL-QN: minimises a smooth loss plus L1 (Andrew and Gao 2007), on two threads.

use crate::crf::{Data, Scratch, TRANSITIONS, loss};
use std::collections::VecDeque;

/// How to minimise.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// Weight of |w|, summed over the features' weights.
    pub l1: f64,
    /// Weight of w²/2.
    pub l2: f64,
    /// Another such weight, from this parameter on.
    pub l2_from: Option<(usize, f64)>,
    pub rounds: usize,
}

const MEMORY: usize = 6;
const THREADS: usize = 2;
/// A round that wins less than this part of the loss ends the run.
const TOLERANCE: f64 = 2e-4;

/// Trains from `w`; returns the weights.
pub fn minimise(data: &Data, mut w: Vec<f32>, settings: Settings) -> Vec<f32> {
    let l1 = |i: usize| {
        if i < TRANSITIONS {
            0.0
        } else {
            settings.l1 as f32
        }
    };
    let mut buffers = Buffers::new(w.len());
    let (mut value, mut gradient) = objective(data, &w, settings, &mut buffers);
    let mut history: VecDeque<(Vec<f32>, Vec<f32>, f64)> = VecDeque::new();
    for round in 0..settings.rounds {
        let pseudo = pseudo_gradient(&w, &gradient, l1);
        let mut direction = two_loop(&pseudo, &history);
        for (d, g) in direction.iter_mut().zip(&pseudo) {
            // Stay in the orthant that the gradient points into.
            if *d * g >= 0.0 {
                *d = 0.0;
            }
        }
        let slope: f64 = dot(&direction, &pseudo);
        let mut step = if history.is_empty() {
            1.0 / dot(&pseudo, &pseudo).sqrt()
        } else {
            1.0
        };
        let mut moved = None;
        for _ in 0..20 {
            let next: Vec<f32> = w
                .iter()
                .zip(&direction)
                .zip(&pseudo)
                .map(|((&x, &d), &g)| {
                    let side = if x == 0.0 { -g } else { x };
                    let y = x + step as f32 * d;
                    if y * side < 0.0 { 0.0 } else { y }
                })
                .collect();
            // Transitions carry no L1 and no orthant.
            let next = free_transitions(next, &w, &direction, step);
            let (new_value, new_gradient) = objective(data, &next, settings, &mut buffers);
            if new_value <= value + 1e-4 * step * slope {
                moved = Some((next, new_value, new_gradient));
                break;
            }
            step *= 0.5;
        }
        let Some((next, new_value, new_gradient)) = moved else {
            break;
        };
        let s: Vec<f32> = next.iter().zip(&w).map(|(a, b)| a - b).collect();
        let y: Vec<f32> = new_gradient
            .iter()
            .zip(&gradient)
            .map(|(a, b)| a - b)
            .collect();
        let ys = dot(&s, &y);
        if ys > 1e-10 {
            history.push_back((s, y, ys));
            if history.len() > MEMORY {
                history.pop_front();
            }
        }
        let won = (value - new_value) / value;
        (w, value, gradient) = (next, new_value, new_gradient);
        if round % 10 == 9 {
            let active = w.iter().filter(|x| **x != 0.0).count();
            eprintln!("  round {}: {value:.1}, {active} weights", round + 1);
        }
        if won < TOLERANCE {
            break;
        }
    }
    w
}

struct Buffers {
    threads: Vec<(Vec<f32>, Scratch)>,
}

impl Buffers {
    fn new(length: usize) -> Self {
        Self {
            threads: (0..THREADS)
                .map(|_| (vec![0.0; length], Scratch::default()))
                .collect(),
        }
    }
}

/// Loss with both penalties, and the gradient of its smooth part.
fn objective(data: &Data, w: &[f32], settings: Settings, buffers: &mut Buffers) -> (f64, Vec<f32>) {
    let sentences = data.sentences.len();
    // Halves of equal numbers of tokens.
    let middle = data
        .sentences
        .partition_point(|&end| end < data.labels.len() / 2);
    let ranges = [0..middle, middle..sentences];
    let losses: Vec<f64> = std::thread::scope(|scope| {
        let threads: Vec<_> = buffers
            .threads
            .iter_mut()
            .zip(ranges)
            .map(|((gradient, scratch), range)| {
                scope.spawn(move || {
                    gradient.fill(0.0);
                    loss(data, range, w, gradient, scratch)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap_or(f64::NAN))
            .collect()
    });
    let mut gradient = buffers.threads[0].0.clone();
    for (g, other) in gradient.iter_mut().zip(&buffers.threads[1].0) {
        *g += other;
    }
    let mut value: f64 = losses.iter().sum();
    for (i, (g, x)) in gradient.iter_mut().zip(w).enumerate() {
        let l2 = match settings.l2_from {
            Some((from, l2)) if i >= from => l2,
            _ => settings.l2,
        };
        *g += l2 as f32 * x;
        value += 0.5 * l2 * f64::from(x * x);
        if i >= TRANSITIONS {
            value += settings.l1 * f64::from(x.abs());
        }
    }
    (value, gradient)
}

fn free_transitions(mut next: Vec<f32>, w: &[f32], direction: &[f32], step: f64) -> Vec<f32> {
    for i in 0..TRANSITIONS {
        next[i] = w[i] + step as f32 * direction[i];
    }
    next
}

fn pseudo_gradient(w: &[f32], gradient: &[f32], l1: impl Fn(usize) -> f32) -> Vec<f32> {
    w.iter()
        .zip(gradient)
        .enumerate()
        .map(|(i, (&x, &g))| {
            let c = l1(i);
            if x > 0.0 {
                g + c
            } else if x < 0.0 {
                g - c
            } else if g + c < 0.0 {
                g + c
            } else if g - c > 0.0 {
                g - c
            } else if c == 0.0 {
                g
            } else {
                0.0
            }
        })
        .collect()
}

fn two_loop(gradient: &[f32], history: &VecDeque<(Vec<f32>, Vec<f32>, f64)>) -> Vec<f32> {
    let mut q: Vec<f32> = gradient.iter().map(|g| -g).collect();
    let mut alphas = Vec::new();
    for (s, y, ys) in history.iter().rev() {
        let alpha = dot(s, &q) / ys;
        for (q, y) in q.iter_mut().zip(y) {
            *q -= alpha as f32 * y;
        }
        alphas.push(alpha);
    }
    if let Some((_, y, ys)) = history.back() {
        let scale = ys / dot(y, y);
        for q in &mut q {
            *q *= scale as f32;
        }
    }
    for ((s, y, ys), alpha) in history.iter().zip(alphas.into_iter().rev()) {
        let beta = dot(y, &q) / ys;
        for (q, s) in q.iter_mut().zip(s) {
            *q += (alpha - beta) as f32 * s;
        }
    }
    q
}

fn dot(a: &[f32], b: &[f32]) -> f64 {
    let mut sums = [0.0f64; 8];
    let (whole, rest) = (a.len() / 8 * 8, a.len() % 8);
    for (a, b) in a[..whole].chunks_exact(8).zip(b[..whole].chunks_exact(8)) {
        for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
            *sum += f64::from(a * b);
        }
    }
    for k in 0..rest {
        sums[k] += f64::from(a[whole + k] * b[whole + k]);
    }
    sums.iter().sum()
}
