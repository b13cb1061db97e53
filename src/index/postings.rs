//! Postings: for each form, the positions of its tokens. The inverse of the stream.

use super::FormId;

/// Positions of every form, ascending.
#[derive(Clone, Debug, Default)]
pub struct Postings {
    /// Where the positions of each form start; one more entry than forms.
    starts: Vec<u32>,
    positions: Vec<u32>,
}

impl Postings {
    /// Inverts a stream by counting sort: two passes, no comparison.
    #[must_use]
    pub fn invert(stream: &[FormId], forms: usize) -> Self {
        let mut starts = vec![0u32; forms + 1];
        for form in stream {
            if let Some(count) = starts.get_mut(form.0 as usize + 1) {
                *count += 1;
            }
        }
        let mut sum = 0;
        for start in &mut starts {
            sum += *start;
            *start = sum;
        }
        let mut next = starts.clone();
        let mut positions = vec![0u32; stream.len()];
        for (position, form) in (0u32..).zip(stream) {
            let Some(slot) = next.get_mut(form.0 as usize) else {
                continue;
            };
            if let Some(place) = positions.get_mut(*slot as usize) {
                *place = position;
            }
            *slot += 1;
        }
        Self { starts, positions }
    }

    /// Positions of one form, ascending.
    #[must_use]
    pub fn of(&self, form: FormId) -> &[u32] {
        let bound = |i: usize| self.starts.get(i).copied().unwrap_or_default() as usize;
        self.positions
            .get(bound(form.0 as usize)..bound(form.0 as usize + 1))
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn postings_are_the_inverse_of_the_stream(stream in proptest::collection::vec(0u32..12, 0..200)) {
            let stream: Vec<FormId> = stream.into_iter().map(FormId).collect();
            let postings = Postings::invert(&stream, 12);
            for form in (0..12).map(FormId) {
                let naive: Vec<u32> = (0u32..)
                    .zip(&stream)
                    .filter(|(_, f)| **f == form)
                    .map(|(position, _)| position)
                    .collect();
                prop_assert_eq!(postings.of(form), &naive[..]);
            }
        }
    }
}
