//! Bytes in chunks: they grow without being moved, and never need twice their room.

/// A place is a chunk number and, in so many low bits, a byte in the chunk.
const CHUNK_BITS: u32 = 18;

const CHUNK: usize = 1 << CHUNK_BITS;

/// A growing run of bytes in chunks of 256 KiB. What is begun with
/// [`Chunks::begin`] stays in one chunk.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunks {
    closed: Vec<Vec<u8>>,
    open: Vec<u8>,
}

impl Chunks {
    /// The place of the next byte; so many bytes from there on stay together.
    pub(super) fn begin(&mut self, room: usize) -> u32 {
        if self.open.len() + room > CHUNK {
            let next = Vec::with_capacity(CHUNK);
            self.closed.push(std::mem::replace(&mut self.open, next));
        }
        let place = self.closed.len() << CHUNK_BITS | self.open.len();
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// Where bytes are added.
    #[inline]
    pub(super) fn open(&mut self) -> &mut Vec<u8> {
        &mut self.open
    }

    /// The bytes from a place to the end of its chunk, or to another place in the same chunk.
    #[inline]
    pub(super) fn between(&self, from: u32, to: Option<u32>) -> &[u8] {
        let number = |place: u32| (place >> CHUNK_BITS) as usize;
        let byte = |place: u32| place as usize & (CHUNK - 1);
        let chunk = self.closed.get(number(from)).unwrap_or(&self.open);
        let to = to.filter(|&to| number(to) == number(from));
        let end = to.map_or(chunk.len(), byte);
        chunk.get(byte(from)..end).unwrap_or_default()
    }

    /// Bytes of memory.
    pub(super) fn memory(&self) -> usize {
        let closed: usize = self.closed.iter().map(Vec::capacity).sum();
        closed + self.open.capacity()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_begun_stays_together_and_is_found_again() {
        let mut chunks = Chunks::default();
        let pieces: Vec<Vec<u8>> = (0..2_000u32)
            .map(|n| vec![n as u8; (n * 37 % 997) as usize])
            .collect();
        let mut places = Vec::new();
        for piece in &pieces {
            places.push(chunks.begin(1_000));
            chunks.open().extend_from_slice(piece);
        }
        assert!(chunks.closed.len() > 2);
        for (at, piece) in pieces.iter().enumerate() {
            let found = chunks.between(places[at], places.get(at + 1).copied());
            assert_eq!(found, piece);
        }
    }
}
