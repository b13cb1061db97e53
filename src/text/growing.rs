//! Bytes, mostly those of a text, that are put together from very short pieces.
//!
//! A browser copies a piece whose length it does not know by a call, which takes
//! longer than to copy a word. Pieces of up to sixteen bytes are therefore copied
//! as two numbers, which overlap where it is shorter than both.

use std::io;

/// Bytes that are made ready at once.
const ROOM: usize = 512;

/// Bytes of a short piece at most.
const SHORT: usize = 16;

/// Bytes that grow.
#[derive(Debug, Default)]
pub(crate) struct Growing {
    bytes: Vec<u8>,
    /// Bytes that were put there; those behind them are not written yet.
    len: usize,
}

impl Growing {
    /// With room for so many bytes.
    pub(crate) fn with_room(bytes: usize) -> Self {
        Self {
            bytes: vec![0; bytes + SHORT],
            len: 0,
        }
    }

    /// Bytes that were put there.
    #[inline]
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    /// The bytes from a place on, and some behind the last: for [`Self::append_first`].
    #[inline]
    pub(crate) fn on(&self, from: usize) -> &[u8] {
        self.bytes.get(from..).unwrap_or_default()
    }

    /// Leaves so many bytes of those that are there.
    #[inline]
    pub(crate) fn truncate(&mut self, len: usize) {
        self.len = self.len.min(len);
    }

    /// The bytes, in as much memory as they take.
    pub(crate) fn into_bytes(mut self) -> Vec<u8> {
        self.bytes.truncate(self.len);
        self.bytes.shrink_to_fit();
        self.bytes
    }

    /// Makes bytes ready up to an end.
    #[inline]
    fn make_room(&mut self, end: usize) {
        if end > self.bytes.len() {
            self.bytes.resize(2 * end + ROOM, 0);
        }
    }

    /// Puts a letter behind what is there.
    #[inline]
    pub(crate) fn push(&mut self, letter: char) {
        let mut four = [0; 4];
        let length = letter.encode_utf8(&mut four).len();
        self.make_room(self.len + four.len());
        let free = self.bytes.get_mut(self.len..);
        if let Some(to) = free.and_then(<[u8]>::first_chunk_mut) {
            *to = four;
        }
        self.len += length;
    }

    /// Puts a piece behind what is there.
    #[inline]
    pub(crate) fn append(&mut self, piece: &[u8]) {
        let end = self.len + piece.len();
        self.make_room(end);
        if let Some(to) = self.bytes.get_mut(self.len..end) {
            copy(to, piece);
        }
        self.len = end;
    }

    /// The same of the first so many bytes of a longer piece: where they are few, and as nearly always more
    /// stand behind them, sixteen are copied without asking how many.
    #[inline(never)] // called for every word and gap
    pub(crate) fn append_first(&mut self, length: usize, of: &[u8]) {
        let end = self.len + length;
        self.make_room(end + SHORT);
        let to = self.bytes.get_mut(self.len..).unwrap_or_default();
        match (to.first_chunk_mut::<SHORT>(), of.first_chunk()) {
            (Some(to), Some(of)) if length <= SHORT => *to = *of,
            _ => {
                for (to, of) in to.iter_mut().zip(of).take(length) {
                    *to = *of;
                }
            }
        }
        self.len = end;
    }

    /// The bytes as a text; empty where they are none.
    pub(crate) fn text(&self) -> &str {
        let bytes = self.bytes.get(..self.len).unwrap_or_default();
        simdutf8::basic::from_utf8(bytes).unwrap_or_default()
    }
}

impl io::Write for Growing {
    fn write(&mut self, piece: &[u8]) -> io::Result<usize> {
        self.append(piece);
        Ok(piece.len())
    }

    #[inline(never)] // called for every field of a reply
    fn write_all(&mut self, piece: &[u8]) -> io::Result<()> {
        self.append(piece);
        Ok(())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Copies as many bytes as both have.
#[inline]
fn copy(to: &mut [u8], from: &[u8]) {
    if from.len() > 16 {
        to.copy_from_slice(from);
    } else if !copy_ends::<8>(to, from) && !copy_ends::<4>(to, from) && !copy_ends::<2>(to, from) {
        for (to, from) in to.first_mut().into_iter().zip(from) {
            *to = *from;
        }
    }
}

/// Copies the first and the last so many bytes; says whether there were as many.
#[inline]
fn copy_ends<const N: usize>(to: &mut [u8], from: &[u8]) -> bool {
    let (Some(first), Some(last)) = (from.first_chunk::<N>(), from.last_chunk::<N>()) else {
        return false;
    };
    if let Some(to) = to.first_chunk_mut() {
        *to = *first;
    }
    if let Some(to) = to.last_chunk_mut() {
        *to = *last;
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_of_any_length_are_put_together(pieces in proptest::collection::vec("[ابa]{0,12}|[a-z]{0,40}", 0..90), at_first in 0usize..90, kept in 0usize..90) {
            let mut growing = Growing::default();
            pieces.iter().for_each(|piece| growing.append(piece.as_bytes()));
            prop_assert_eq!(growing.text(), pieces.concat());
            let mut of_longer = Growing::with_room(at_first);
            let whole = pieces.concat();
            let mut at = 0;
            for piece in &pieces {
                of_longer.append_first(piece.len(), &whole.as_bytes()[at..]);
                at += piece.len();
            }
            prop_assert_eq!(of_longer.text(), &whole);
            let mut letters = Growing::with_room(at_first);
            whole.chars().for_each(|letter| letters.push(letter));
            prop_assert!(letters.on(0).starts_with(whole.as_bytes()));
            letters.truncate(kept);
            prop_assert_eq!(letters.len(), kept.min(whole.len()));
            prop_assert_eq!(letters.into_bytes(), &whole.as_bytes()[..kept.min(whole.len())]);
            growing.append(&[0xD8]);
            prop_assert_eq!(growing.text(), "");
        }
    }
}
