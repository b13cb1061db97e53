//! BM25, the ranking function of Robertson and Zaragoza (2009).
//!
//! `score = Σ idf · tf / (tf + k1 · (1 − b + b · length / average))` with
//! `idf = ln(1 + (N − df + ½) / (df + ½))`. The constant factor `k1 + 1` of the
//! textbook form changes no order and is left out. Of words in documents `length` is rounded to its four
//! highest bits ([`rounded`](crate::index::rounded)), as Lucene does.

use crate::index::length_of_code;

/// How soon further occurrences stop counting. At 0 one is as good as many.
/// Retrieval on Arabic paragraphs is flat between 0.4 and 0.9.
pub const K1: f64 = 0.6;

/// How much long documents are held back: 0 not at all, 1 in proportion.
pub const B: f64 = 0.9;

/// Inverse document frequency of something found in `df` of `n` documents.
#[must_use]
pub fn idf(df: usize, n: usize) -> f64 {
    let (df, n) = (df as f64, n as f64);
    ((n - df + 0.5).max(0.0) / (df + 0.5)).ln_1p()
}

/// What one clause adds to the score of a document.
///
/// `tf`: occurrences in the document, those that only resemble counting less; `length`: its tokens; `average`: mean
/// tokens of all documents.
#[must_use]
pub fn weight(idf: f64, tf: f64, length: u32, average: f64) -> f64 {
    saturated(idf, tf, norm(length, average))
}

/// The same with what the length comes to.
fn saturated(idf: f64, tf: f64, norm: f64) -> f64 {
    if tf <= 0.0 {
        return 0.0;
    }
    idf * tf / (tf + norm)
}

/// What a length comes to in the formula.
fn norm(length: u32, average: f64) -> f64 {
    let relative = if average > 0.0 {
        f64::from(length) / average
    } else {
        1.0
    };
    K1 * (1.0 - B + B * relative)
}

/// Weights in documents whose lengths are [rounded](crate::index::rounded): what each of these few comes to is worked out once.
pub(in crate::search) struct Weights {
    /// By code of a length.
    norms: [f64; 256],
}

impl Weights {
    pub(in crate::search) fn new(average: f64) -> Self {
        let mut norms = [0.0; 256];
        for (code, known) in (0..=u8::MAX).zip(&mut norms) {
            *known = norm(length_of_code(code), average);
        }
        Self { norms }
    }

    /// As [`weight`], by the [code](length_of_code) of a length.
    #[inline]
    pub(in crate::search) fn of(&self, idf: f64, tf: f64, code: u8) -> f64 {
        saturated(idf, tf, self.norms[usize::from(code)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::length_code;

    #[test]
    fn values_are_those_of_the_formula() {
        // Worked by hand: N = 10, df = 2 → ln(1 + 8.5 / 2.5) = ln 4.4.
        assert!((idf(2, 10) - 4.4f64.ln()).abs() < 1e-12);
        // tf 3 in a document of average length: 3 / (3 + 0.6).
        assert!((weight(1.0, 3.0, 100, 100.0) - 3.0 / 3.6).abs() < 1e-12);
        assert_eq!(weight(1.0, 0.0, 100, 100.0), 0.0);
        assert!(idf(10, 10) > 0.0);
    }

    #[test]
    fn weights_are_those_of_the_formula() {
        let weights = Weights::new(310.5);
        let lengths = (0..40_000).step_by(7).chain([1 << 20, u32::MAX]);
        for length in lengths.map(crate::index::rounded) {
            let expected = weight(1.7, 3.0, length, 310.5);
            assert_eq!(
                weights.of(1.7, 3.0, length_code(length)).to_bits(),
                expected.to_bits(),
                "{length}"
            );
        }
    }
}
