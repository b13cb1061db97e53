//! Bytes that may be a stretch of a larger buffer, such as a file as it was read.

use std::ops::{Deref, Range};
use std::sync::Arc;

/// A stretch of a buffer that others may share. Copies share it too.
#[derive(Clone, Debug, Default)]
pub struct Bytes {
    buffer: Arc<Vec<u8>>,
    range: Range<usize>,
}

impl Bytes {
    /// A stretch of these bytes, which stay where they are; none if it reaches beyond them.
    pub(in crate::index) fn part(&self, range: Range<usize>) -> Option<Self> {
        let _ = self.get(range.clone())?;
        let start = self.range.start;
        Some(Self {
            buffer: Arc::clone(&self.buffer),
            range: start + range.start..start + range.end,
        })
    }
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        Self {
            range: 0..bytes.len(),
            buffer: Arc::new(bytes),
        }
    }
}

impl Deref for Bytes {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        self.buffer.get(self.range.clone()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_shares_the_buffer_and_stays_inside() {
        let bytes = Bytes::from(b"abcdef".to_vec());
        let part = bytes.part(1..5).expect("inside");
        assert_eq!(&*part, b"bcde");
        assert_eq!(part.part(1..3).as_deref(), Some(&b"cd"[..]));
        assert!(Arc::ptr_eq(&part.buffer, &bytes.buffer));
        assert!(part.part(2..5).is_none());
        assert!(part.part(4..4).is_some());
    }
}
