//! Streams of bits, lowest first, and the codes written into them.
//!
//! | code | for | bits |
//! |---|---|---|
//! | unary | small numbers | n zeros and a one |
//! | gamma (Elias 1975) | numbers from 1 on, mostly small | 2 ⌊log₂ n⌋ + 1 |
//! | truncated binary | one of n values, all as likely | ⌊log₂ n⌋ or one more |

/// Bytes behind the last bit of a finished stream, so that eight can always be read at once.
const PADDING: usize = 8;

/// Most bits that one read or write takes.
pub(in crate::index) const MOST: u32 = 56;

/// Writes bits.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct BitWriter {
    /// What was written, and the room behind it.
    bytes: Vec<u8>,
    written: usize,
    pending: u64,
    /// Bits in `pending`, fewer than 64 between calls.
    used: u32,
}

impl BitWriter {
    /// A writer of about so many bits: it grows as long as there are more.
    pub(in crate::index) fn with_room(bits: u64) -> Self {
        let bytes = usize::try_from(bits.div_ceil(8)).unwrap_or_default();
        Self {
            bytes: vec![0; bytes + PADDING],
            ..Self::default()
        }
    }

    /// Bytes of room behind what was written.
    pub(in crate::index) fn free(&self) -> usize {
        self.bytes.len().saturating_sub(self.written + PADDING)
    }

    /// The last bytes of all, which hold what whoever has them puts there until something is written over it.
    pub(in crate::index) fn last_bytes(&mut self, count: usize) -> &mut [u8] {
        let start = self.bytes.len().saturating_sub(count);
        self.bytes.get_mut(start..).unwrap_or_default()
    }

    /// Bits written so far.
    pub(in crate::index) fn len(&self) -> usize {
        8 * self.written + self.used as usize
    }

    /// Writes the lowest `count` bits of `value`, at most 56.
    #[inline]
    pub(in crate::index) fn bits(&mut self, value: u64, count: u32) {
        debug_assert!(count <= MOST && value >> count == 0);
        self.pending |= value << self.used;
        self.used += count;
        if self.used >= u64::BITS {
            let free = self.bytes.get_mut(self.written..);
            match free.and_then(<[u8]>::first_chunk_mut) {
                Some(free) => *free = self.pending.to_le_bytes(),
                None => self.grow(),
            }
            self.written += size_of::<u64>();
            self.used -= u64::BITS;
            self.pending = value >> (count - self.used);
        }
    }

    /// Makes room and writes the bits that wait.
    #[cold]
    fn grow(&mut self) {
        self.bytes.truncate(self.written);
        self.bytes.extend(self.pending.to_le_bytes());
        let more = (self.bytes.len() / 4).max(8 * PADDING);
        self.bytes.resize(self.bytes.len() + more, 0);
    }

    /// Writes `n` zeros and a one.
    #[inline]
    pub(in crate::index) fn unary(&mut self, mut n: u32) {
        while n >= MOST {
            self.bits(0, MOST);
            n -= MOST;
        }
        self.bits(1 << n, n + 1);
    }

    /// Writes a number from 1 on.
    pub(in crate::index) fn gamma(&mut self, n: u32) {
        let log = n.max(1).ilog2();
        self.unary(log);
        self.bits(u64::from(n) & ((1 << log) - 1), log);
    }

    /// Writes one of `n` values.
    #[inline]
    pub(in crate::index) fn one_of(&mut self, value: u32, n: u32) {
        let (log, short) = truncated(n);
        // Whether the code is one of the longer ones cannot be foreseen. Of those the lowest bit comes last, so that
        // the first `log` tell the length.
        let longer = u32::from(value >= short);
        let code = u64::from(value) + u64::from(longer) * u64::from(short);
        let last = code & u64::from(longer);
        self.bits(code >> longer | last << log, log + longer);
    }

    /// Writes all bits of another stream.
    pub(in crate::index) fn append(&mut self, other: &Self) {
        let (words, _) = other.bytes.as_chunks::<8>();
        let words = words.iter().take(other.written / 8);
        for word in words.map(|&word| u64::from_le_bytes(word)) {
            self.bits(word & 0xFFFF_FFFF, 32);
            self.bits(word >> 32, 32);
        }
        let low = other.used.min(32);
        self.bits(other.pending & ((1 << low) - 1), low);
        self.bits(other.pending >> low, other.used - low);
    }

    /// Forgets everything but keeps the memory.
    pub(in crate::index) fn clear(&mut self) {
        (self.written, self.pending, self.used) = (0, 0, 0);
    }

    /// The stream with its padding.
    pub(in crate::index) fn finish(mut self) -> Vec<u8> {
        self.bytes.truncate(self.written);
        let last = self.pending.to_le_bytes();
        self.bytes
            .extend(last.iter().take(self.used.div_ceil(8) as usize));
        self.bytes.extend([0; PADDING]);
        self.bytes.shrink_to_fit();
        self.bytes
    }
}

/// Reads bits. Behind the end of the stream there are only ones.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct BitReader<'b> {
    bytes: &'b [u8],
    at: usize,
}

impl<'b> BitReader<'b> {
    /// Reads from bit `at` on.
    pub(in crate::index) fn new(bytes: &'b [u8], at: usize) -> Self {
        Self { bytes, at }
    }

    /// The bit that comes next.
    pub(in crate::index) fn position(&self) -> usize {
        self.at
    }

    /// The next bits, 57 at least.
    #[inline]
    pub(in crate::index) fn peek(&self) -> u64 {
        let byte = self.at / 8;
        let eight = self
            .bytes
            .get(byte..)
            .and_then(<[u8]>::first_chunk::<8>)
            .copied()
            .unwrap_or([0xFF; 8]);
        u64::from_le_bytes(eight) >> (self.at % 8)
    }

    /// Passes over bits.
    #[inline]
    pub(in crate::index) fn skip(&mut self, count: usize) {
        self.at += count;
    }

    /// Reads at most 56 bits.
    #[inline]
    pub(in crate::index) fn bits(&mut self, count: u32) -> u64 {
        let value = self.peek() & ((1 << count) - 1);
        self.at += count as usize;
        value
    }

    #[inline]
    pub(in crate::index) fn unary(&mut self) -> u32 {
        let mut n = 0;
        loop {
            let zeros = (self.peek() | 1 << MOST).trailing_zeros();
            self.at += zeros as usize;
            n += zeros;
            if zeros < MOST {
                self.at += 1;
                return n;
            }
        }
    }

    pub(in crate::index) fn gamma(&mut self) -> u32 {
        let log = self.unary().min(31);
        self.bits(log) as u32 | 1 << log
    }

    #[inline]
    pub(in crate::index) fn one_of(&mut self, n: u32) -> u32 {
        // As in writing, whether the code is one of the longer ones cannot be foreseen.
        let (log, short) = truncated(n);
        let bits = self.peek();
        let value = (bits & ((1 << log) - 1)) as u32;
        let longer = u32::from(value >= short);
        let last = (bits >> log) as u32 & longer;
        self.at += (log + longer) as usize;
        let value = value << longer | last;
        value.wrapping_sub(if longer == 1 { short } else { 0 })
    }
}

/// Bits of the shorter codes of truncated binary, and how many values have them.
#[inline]
fn truncated(n: u32) -> (u32, u32) {
    let log = n.max(1).ilog2();
    let short = (2u64 << log) - u64::from(n.max(1));
    (log, u32::try_from(short).unwrap_or(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[derive(Clone, Debug)]
    enum Item {
        Bits(u64, u32),
        Unary(u32),
        Gamma(u32),
        OneOf(u32, u32),
    }

    fn item() -> impl Strategy<Value = Item> {
        prop_oneof![
            (any::<u64>(), 0u32..=56).prop_map(|(v, n)| Item::Bits(v & ((1 << n) - 1), n)),
            (0u32..300).prop_map(Item::Unary),
            (1u32..).prop_map(Item::Gamma),
            (any::<u32>(), 1u32..=1 << 31).prop_map(|(v, n)| Item::OneOf(v % n, n)),
            (any::<u32>(), 1u32..40).prop_map(|(v, n)| Item::OneOf(v % n, n)),
        ]
    }

    fn write(items: &[Item], writer: &mut BitWriter) {
        for item in items {
            match *item {
                Item::Bits(value, count) => writer.bits(value, count),
                Item::Unary(n) => writer.unary(n),
                Item::Gamma(n) => writer.gamma(n),
                Item::OneOf(value, n) => writer.one_of(value, n),
            }
        }
    }

    proptest! {
        #[test]
        fn what_was_written_is_read(first in proptest::collection::vec(item(), 0..50), second in proptest::collection::vec(item(), 0..50)) {
            let mut writer = BitWriter::default();
            write(&first, &mut writer);
            let mut appended = BitWriter::default();
            write(&second, &mut appended);
            writer.append(&appended);
            let length = writer.len();
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes, 0);
            for item in first.iter().chain(&second) {
                match *item {
                    Item::Bits(value, count) => prop_assert_eq!(reader.bits(count), value),
                    Item::Unary(n) => prop_assert_eq!(reader.unary(), n),
                    Item::Gamma(n) => prop_assert_eq!(reader.gamma(), n),
                    Item::OneOf(value, n) => prop_assert_eq!(reader.one_of(n), value),
                }
            }
            prop_assert_eq!(reader.position(), length);
        }
    }
}
