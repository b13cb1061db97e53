//! Bytes in chunks: they grow without being moved, and never need twice their room.

use crate::index::coding::bytes::Bytes;

/// A place is a chunk number and, in so many low bits, a byte in the chunk.
const CHUNK_BITS: u32 = 18;

const CHUNK: usize = 1 << CHUNK_BITS;

/// A growing run of bytes in chunks of 256 KiB. What is begun with
/// [`Chunks::begin`] stays in one chunk.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct Chunks {
    closed: Vec<Bytes>,
    open: Vec<u8>,
}

impl Chunks {
    /// The place of the next byte; so many bytes from there on stay together.
    pub(in crate::index) fn begin(&mut self, room: usize) -> u32 {
        if self.open.len() + room > CHUNK {
            let next = Vec::with_capacity(CHUNK);
            let full = std::mem::replace(&mut self.open, next);
            self.closed.push(full.into());
        }
        let place = self.closed.len() << CHUNK_BITS | self.open.len();
        u32::try_from(place).unwrap_or(u32::MAX)
    }

    /// Where bytes are added.
    #[inline]
    pub(in crate::index) fn open(&mut self) -> &mut Vec<u8> {
        &mut self.open
    }

    /// The bytes from a place to the end of its chunk, or to another place in the same chunk.
    #[inline]
    pub(in crate::index) fn between(&self, from: u32, to: Option<u32>) -> &[u8] {
        let number = |place: u32| (place >> CHUNK_BITS) as usize;
        let byte = |place: u32| place as usize & (CHUNK - 1);
        let chunk = self.closed.get(number(from));
        let chunk = chunk.map_or(self.open.as_slice(), |closed| closed);
        let to = to.filter(|&to| number(to) == number(from));
        let end = to.map_or(chunk.len(), byte);
        chunk.get(byte(from)..end).unwrap_or_default()
    }

    /// All bytes.
    pub(in crate::index) fn joined(&self) -> Vec<u8> {
        let closed = self.closed.iter().map(|chunk| &**chunk);
        let chunks: Vec<&[u8]> = closed.chain([self.open.as_slice()]).collect();
        chunks.concat()
    }

    /// Bytes of memory.
    pub(in crate::index) fn memory(&self) -> usize {
        let closed: usize = self.closed.iter().map(|chunk| chunk.len()).sum();
        closed + self.open.capacity()
    }
}

/// Where bytes that were joined are cut into chunks again. The rule of [`Chunks::begin`]
/// tells: what is begun in the same steps gets the same places.
#[derive(Debug, Default)]
pub(in crate::index) struct ChunkCuts {
    /// Where closed chunks end.
    ends: Vec<usize>,
    /// Where the open chunk starts and ends so far.
    start: usize,
    end: usize,
}

impl ChunkCuts {
    /// The place of the next bytes, for which there was so much room when they were begun.
    pub(in crate::index) fn next(&mut self, room: usize, length: usize) -> Option<u32> {
        if self.end - self.start + room > CHUNK {
            self.ends.push(self.end);
            self.start = self.end;
        }
        let place = self.ends.len() << CHUNK_BITS | (self.end - self.start);
        self.end = self.end.checked_add(length).filter(|_| length <= room)?;
        u32::try_from(place).ok()
    }

    /// The chunks; none if these are not all bytes.
    pub(in crate::index) fn cut(mut self, bytes: &Bytes) -> Option<Chunks> {
        self.ends.push(self.end);
        let (mut chunks, mut start) = (Chunks::default(), 0);
        for end in self.ends {
            chunks.closed.push(bytes.part(start..end)?);
            start = end;
        }
        (start == bytes.len()).then_some(chunks)
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
