//! Inflating, by pieces, with a checksum.

use super::context::{Context, problem};
use crate::parse::record::Problem;
use crc32fast::Hasher;
use miniz_oxide::inflate::stream::{InflateState, inflate};
use miniz_oxide::{DataFormat, MZError, MZFlush, MZStatus};

/// Bytes that come out at a time.
const PIECE_BYTES: usize = 64 << 10;

/// A raw deflate stream being unpacked.
pub(super) struct Inflater {
    state: Box<InflateState>,
    piece: Vec<u8>,
    checksum: Hasher,
    /// Bytes that came out.
    pub(super) unpacked: u64,
    /// Whether the stream has ended.
    pub(super) is_done: bool,
}

impl std::fmt::Debug for Inflater {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Inflater")
            .field("unpacked", &self.unpacked)
            .finish_non_exhaustive()
    }
}

impl Inflater {
    pub(super) fn new() -> Self {
        Self {
            state: InflateState::new_boxed(DataFormat::Raw),
            piece: vec![0; PIECE_BYTES],
            checksum: Hasher::new(),
            unpacked: 0,
            is_done: false,
        }
    }

    /// Begins another stream.
    pub(super) fn again(&mut self) {
        self.state.reset(DataFormat::Raw);
        self.checksum = Hasher::new();
        self.unpacked = 0;
        self.is_done = false;
    }

    /// CRC-32 of what came out.
    pub(super) fn checksum(&self) -> u32 {
        self.checksum.clone().finalize()
    }

    /// Unpacks `bytes`, hands out each piece, and returns how many of them it took:
    /// all, unless the stream ended before.
    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        context: &mut Context,
        mut out: impl FnMut(&[u8], &mut Context),
    ) -> Result<usize, Problem> {
        let mut taken = 0;
        while !self.is_done {
            let rest = bytes.get(taken..).unwrap_or_default();
            let result = inflate(&mut self.state, rest, &mut self.piece, MZFlush::None);
            taken += result.bytes_consumed;
            let piece = self.piece.get(..result.bytes_written).unwrap_or_default();
            if !piece.is_empty() {
                context.unpack(piece.len())?;
                self.checksum.update(piece);
                self.unpacked += piece.len() as u64;
                out(piece, context);
            }
            match result.status {
                Ok(MZStatus::StreamEnd) => self.is_done = true,
                Ok(_) | Err(MZError::Buf) => {
                    if result.bytes_consumed == 0 && result.bytes_written == 0 {
                        break;
                    }
                }
                Err(_) => {
                    return Err(problem(
                        "broken-archive",
                        "the packed data are damaged from here on",
                    ));
                }
            }
        }
        Ok(taken)
    }
}
