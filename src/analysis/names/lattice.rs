//! Sums over all ways to cut a pair of words into units.

use super::units::Edge;

/// The logarithm of the sum, over all paths through the lattice, of the
/// product of the edges' factors. `weights` are logarithms, one an edge.
/// `f32::NEG_INFINITY` when no path leads through.
#[must_use]
pub fn sum(edges: &[Edge], weights: &[f32], latin: usize, arabic: usize) -> f32 {
    let forward = Forward::new(edges, weights, latin, arabic);
    forward.total()
}

/// As [`sum`]; also how much of it runs through each edge (0 to 1).
#[must_use]
pub fn sum_and_shares(
    edges: &[Edge],
    weights: &[f32],
    latin: usize,
    arabic: usize,
) -> (f32, Vec<f32>) {
    let forward = Forward::new(edges, weights, latin, arabic);
    let total = forward.total();
    let mut shares = vec![0.0; edges.len()];
    if total == f32::NEG_INFINITY {
        return (total, shares);
    }
    let mut backward = vec![f32::NEG_INFINITY; forward.places.len()];
    if let Some(end) = backward.last_mut() {
        *end = 0.0;
    }
    let all = edges.iter().zip(weights).zip(&mut shares);
    for ((edge, &weight), share) in all.rev() {
        let (from, to) = (forward.place(edge.from), forward.place(edge.to));
        let after = backward[to] + weight;
        backward[from] = log_add(backward[from], after);
        *share = (forward.places[from] + after - total).exp();
    }
    (total, shares)
}

/// Logarithms of the sums over the paths from the start to each place.
struct Forward {
    places: Vec<f32>,
    width: usize,
}

impl Forward {
    fn new(edges: &[Edge], weights: &[f32], latin: usize, arabic: usize) -> Self {
        let width = arabic + 1;
        let mut forward = Self {
            places: vec![f32::NEG_INFINITY; (latin + 1) * width],
            width,
        };
        forward.places[0] = 0.0;
        // Edges come by where they start, and none leads back.
        for (edge, &weight) in edges.iter().zip(weights) {
            let (from, to) = (forward.place(edge.from), forward.place(edge.to));
            let before = forward.places[from];
            if before > f32::NEG_INFINITY {
                forward.places[to] = log_add(forward.places[to], before + weight);
            }
        }
        forward
    }

    fn place(&self, (latin, arabic): (u8, u8)) -> usize {
        usize::from(latin) * self.width + usize::from(arabic)
    }

    fn total(&self) -> f32 {
        self.places.last().copied().unwrap_or(f32::NEG_INFINITY)
    }
}

/// ln(eᵃ + eᵇ)
#[must_use]
pub fn log_add(a: f32, b: f32) -> f32 {
    let (low, high) = if a < b { (a, b) } else { (b, a) };
    if low == f32::NEG_INFINITY {
        high
    } else {
        high + (low - high).exp().ln_1p()
    }
}

#[cfg(test)]
mod tests {
    use super::super::units::{Units, pack};
    use super::*;

    #[test]
    fn all_paths_are_summed() {
        let mut units = Units::default();
        units.add(pack(&[1]), pack(&[1]));
        units.add(pack(&[1]), pack(&[]));
        units.add(pack(&[]), pack(&[1]));
        let edges = units.edges(&[1, 1], &[1]);
        let weights = vec![0.5_f32.ln(); edges.len()];
        // One letter against the other and the second dropped, or the reverse:
        // two cuts of two units; all three letters alone: three of three.
        let expected: f32 = 2.0 * 0.25 + 3.0 * 0.125;
        let (total, shares) = sum_and_shares(&edges, &weights, 2, 1);
        assert!((total - expected.ln()).abs() < 1e-5);
        assert!((sum(&edges, &weights, 2, 1) - total).abs() < 1e-6);
        let (mut latin, mut arabic) = (0.0, 0.0);
        for (edge, share) in edges.iter().zip(&shares) {
            latin += share * f32::from(edge.to.0 - edge.from.0);
            arabic += share * f32::from(edge.to.1 - edge.from.1);
        }
        assert!((latin - 2.0).abs() < 1e-4 && (arabic - 1.0).abs() < 1e-4);
    }

    #[test]
    fn no_path_is_no_sum() {
        let mut units = Units::default();
        units.add(pack(&[1]), pack(&[1]));
        let edges = units.edges(&[1, 1], &[1]);
        let (total, shares) = sum_and_shares(&edges, &vec![0.0; edges.len()], 2, 1);
        assert_eq!(total, f32::NEG_INFINITY);
        assert!(shares.iter().all(|&share| share == 0.0));
    }
}
