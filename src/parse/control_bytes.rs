//! Bytes that no text needs: a few of them are an accident, many a file that is no text.

use super::read_error::{ReadError, ReadWarning};

/// So few are never held against a file, however short it is.
const HARMLESS: usize = 2;

/// Counts control bytes in a file that comes in pieces.
#[derive(Clone, Debug, Default)]
pub(super) struct ControlBytes {
    count: usize,
    first: usize,
    /// Bytes so far.
    at: usize,
}

impl ControlBytes {
    /// A count that begins behind so many bytes.
    pub(super) fn after(skipped: usize) -> Self {
        Self {
            at: skipped,
            ..Self::default()
        }
    }

    /// Counts those in the next bytes.
    pub(super) fn look_at(&mut self, bytes: &[u8]) {
        let count = count_controls(bytes);
        if count > 0 && self.count == 0 {
            let first = bytes.iter().position(|&byte| is_control(byte));
            self.first = self.at + first.unwrap_or_default();
        }
        self.count += count;
        self.at += bytes.len();
    }

    /// Says of what was counted that it is text, perhaps with a warning.
    ///
    /// # Errors
    /// [`ReadError::Binary`] where more than one byte in a hundred is a control
    /// byte, and of a short text more than a few.
    pub(super) fn verdict(&self) -> Result<Option<ReadWarning>, ReadError> {
        let (count, first_byte) = (self.count, self.first);
        let allowed = (self.at / 100).max(HARMLESS.min(self.at / 16));
        if count > allowed {
            return Err(ReadError::Binary {
                format: None,
                first_byte,
            });
        }
        let warning = ReadWarning::ControlCharacters { count, first_byte };
        Ok((count > 0).then_some(warning))
    }
}

fn count_controls(bytes: &[u8]) -> usize {
    const LANES: u64 = 0x0101_0101_0101_0101;
    let count = |bytes: &[u8]| bytes.iter().filter(|&&byte| is_control(byte)).count();
    let (eights, rest) = bytes.as_chunks::<8>();
    let mut controls = count(rest);
    for eight in eights {
        // Of most eight bytes none is below the space, and that shows at once.
        let lanes = u64::from_le_bytes(*eight);
        if lanes.wrapping_sub(LANES * 0x20) & !lanes & (LANES * 0x80) != 0 {
            controls += count(eight);
        }
    }
    controls
}

/// Whether text has no use for a byte; tabs, line breaks, page breaks and the
/// escapes of terminals are met in it.
fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | 0x0B | 0x0C | b'\r' | 0x1B)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_are_an_accident_and_many_are_no_text() {
        let cases = [
            (100_000, 0, true),
            (100_000, 1, true),
            (100_000, 1_000, true),
            (100_000, 1_001, false),
            (64, 2, true),
            (64, 3, false),
            (15, 1, false),
        ];
        for (length, count, is_text) in cases {
            let mut bytes = vec![b'a'; length];
            bytes[..count].fill(0);
            for piece in [1, 7, length] {
                let mut controls = ControlBytes::default();
                bytes
                    .chunks(piece)
                    .for_each(|piece| controls.look_at(piece));
                assert_eq!(controls.verdict().is_ok(), is_text, "{count} of {length}");
                assert_eq!(controls.count, count);
            }
        }
    }
}
