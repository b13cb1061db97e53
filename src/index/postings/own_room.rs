//! Room of its own for numbers that are sorted, in pieces: where memory was just given back, it lies in many places.

/// Numbers in a piece.
const PIECE: usize = 1 << 13;

/// Numbers of so many bytes each.
#[derive(Debug, Default)]
pub(in crate::index) struct OwnRoom<const BYTES: usize> {
    pieces: Vec<Vec<[u8; BYTES]>>,
}

impl<const BYTES: usize> OwnRoom<BYTES> {
    /// For so many numbers, all 0.
    pub(in crate::index) fn of(numbers: usize) -> Self {
        let starts = (0..numbers).step_by(PIECE);
        let pieces = starts.map(|start| vec![[0; BYTES]; PIECE.min(numbers - start)]);
        Self {
            pieces: pieces.collect(),
        }
    }

    /// The same behind room that was lent, of whole pieces or alone.
    pub(in crate::index) fn behind<'r>(
        &'r mut self,
        lent: &'r mut [[u8; BYTES]],
    ) -> Pieces<&'r mut [[u8; BYTES]]> {
        let mut pieces = Vec::new();
        for piece in lent.chunks_mut(PIECE) {
            pieces.push(piece);
        }
        for piece in &mut self.pieces {
            pieces.push(piece.as_mut_slice());
        }
        Pieces(pieces)
    }

    /// The number at a place.
    #[inline]
    pub(in crate::index) fn get_mut(&mut self, place: usize) -> Option<&mut [u8; BYTES]> {
        let piece = self.pieces.get_mut(place / PIECE);
        piece.and_then(|piece| piece.get_mut(place % PIECE))
    }

    /// The numbers of so many places from one on, piece by piece.
    pub(in crate::index) fn stretch(
        &self,
        start: usize,
        count: usize,
    ) -> impl Iterator<Item = &[[u8; BYTES]]> {
        let pieces = self.pieces.iter().skip(start / PIECE);
        let mut skipped = start % PIECE;
        let mut left = count;
        pieces.map_while(move |piece| {
            let here = piece.get(skipped..).unwrap_or_default();
            let here = here.get(..left.min(here.len())).unwrap_or_default();
            (skipped, left) = (0, left - here.len());
            (!here.is_empty()).then_some(here)
        })
    }
}

/// Room that was lent and room of its own: where a number stands in it asks nothing that cannot be foreseen.
pub(in crate::index) struct Pieces<P>(Vec<P>);

impl<const BYTES: usize> Pieces<&mut [[u8; BYTES]]> {
    /// The number at a place.
    #[inline]
    pub(in crate::index) fn get_mut(&mut self, place: usize) -> Option<&mut [u8; BYTES]> {
        let piece = self.0.get_mut(place / PIECE);
        piece.and_then(|piece| piece.get_mut(place % PIECE))
    }
}

/// As many of so many numbers as fill pieces.
pub(in crate::index) fn whole_pieces(numbers: usize) -> usize {
    numbers / PIECE * PIECE
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..Default::default() })]

        #[test]
        fn numbers_stand_side_by_side(numbers in 0..3 * PIECE + 9, start in 0..4 * PIECE, count in 0..2 * PIECE + 9) {
            let mut room = OwnRoom::<3>::of(numbers);
            for place in 0..numbers {
                *room.get_mut(place).expect("room") = [0, 1, 2].map(|byte| (place >> (8 * byte)) as u8);
            }
            prop_assert!(room.get_mut(numbers).is_none());
            let read = room.stretch(start, count).flatten().map(|number| u32::from_le_bytes([number[0], number[1], number[2], 0]));
            let expected = start..numbers.min(start + count);
            prop_assert!(read.eq(expected.map(|place| place as u32)));
        }
    }
}
