//! The texts: a stream of forms and a stream of the gaps between them.
//!
//! A text is a gap, a form, a gap, … , a form, a gap. Forms and gaps are
//! numbers in two lexicons, so that nothing is kept twice and every byte can
//! be restored. Both streams are cut into blocks of [`BLOCK_TOKENS`] tokens,
//! each page beginning one, so that any stretch is read without what is before it.
//!
//! | stream | code |
//! |---|---|
//! | forms | 1 byte for numbers below 128, 2 below 24,704, 3 below 2,056,320, else 5 |
//! | gaps | one byte `rrrrgggg` for `r` single spaces and then gap `g`; 15 continues in a varint |
//!
//! Forms met first are mostly frequent, so that two bytes are enough for most words.

mod codes;
mod copied;

use crate::index::coding::bytes::Bytes;
use crate::index::coding::chunks::{ChunkCuts, Chunks};
use crate::index::{FormId, Lexicon};
use crate::text::ByteSpan;
use codes::{read_form, read_gap, write_forms, write_gap};
pub(in crate::index) use copied::Numbers;

/// Tokens in a block.
pub(in crate::index) const BLOCK_TOKENS: u32 = 256;

/// More than a block takes in either stream: 257 gaps of at most 11 bytes.
const BLOCK_BYTES: usize = 4096;

/// One single space stands between nearly all words and is not written; the others may be copied along with it.
const SPACES: &[u8] = &[b' '; 16];

/// Where a block starts.
#[derive(Clone, Copy, Debug, Default)]
struct Block {
    /// In the stream of forms.
    forms: u32,
    /// In the stream of gaps.
    gaps: u32,
    /// Byte of the page's text where the gap before its first token starts.
    byte: u32,
}

/// The texts of all pages.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct TextStore {
    forms: Chunks,
    gaps: Chunks,
    blocks: Vec<Block>,
    gap_lexicon: Lexicon,
    /// Tokens in the block that is being written.
    filled: u32,
    /// Single spaces not yet written.
    spaces: u32,
    /// Bytes of the page that is being written.
    byte: u32,
}

/// Sizes of the sections of the texts, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::index) struct TextSizes {
    /// The stream of forms.
    pub forms: usize,
    /// The stream of gaps and their lexicon.
    pub gaps: usize,
    /// Where blocks start.
    pub blocks: usize,
}

impl TextStore {
    /// Number of blocks.
    pub(in crate::index) fn blocks(&self) -> u32 {
        u32::try_from(self.blocks.len()).unwrap_or(u32::MAX)
    }

    /// Gives memory back that was kept for growth.
    pub(in crate::index) fn shrink(&mut self) {
        self.blocks.shrink_to_fit();
    }

    /// Bytes of each section.
    pub(in crate::index) fn sizes(&self) -> TextSizes {
        TextSizes {
            forms: self.forms.memory(),
            gaps: self.gaps.memory() + self.gap_lexicon.memory(),
            blocks: self.blocks.capacity() * size_of::<Block>(),
        }
    }

    /// The number of a gap that is not a single space.
    #[inline]
    pub(in crate::index) fn add_gap(&mut self, text: &str, gap: ByteSpan) -> FormId {
        self.gap_lexicon.add_at(text, gap)
    }

    /// Adds single spaces before as many tokens.
    #[inline]
    pub(in crate::index) fn add_spaces(&mut self, spaces: u32) {
        self.spaces += spaces;
    }

    /// Begins the text of a page.
    pub(in crate::index) fn begin_page(&mut self) {
        self.begin_block_at(0);
    }

    /// Begins a block; the gap before its first token starts at this byte of the page's text.
    pub(in crate::index) fn begin_block_at(&mut self, byte: u32) {
        self.byte = byte;
        self.begin_block();
    }

    /// Adds the forms of a block, of which there are no more than it has room for; their gaps are added one by one.
    #[inline(never)] // called for every block, so that a browser compiles it well on the way
    pub(in crate::index) fn add_forms(&mut self, forms: impl ExactSizeIterator<Item = FormId>) {
        self.filled = forms.len() as u32;
        write_forms(self.forms.open(), forms);
    }

    /// Adds a token and the gap before it; `None` for a single space. `bytes` is what both take.
    #[inline(always)]
    pub(in crate::index) fn add_token(&mut self, gap: Option<FormId>, form: FormId, bytes: u32) {
        if self.filled == BLOCK_TOKENS {
            self.begin_block();
        }
        self.add_gap_before(gap);
        write_forms(self.forms.open(), std::iter::once(form));
        self.byte = self.byte.wrapping_add(bytes);
        self.filled += 1;
    }

    /// Ends the text of a page with the gap behind its last token.
    pub(in crate::index) fn end_page(&mut self, gap: Option<FormId>) {
        self.add_gap_before(gap);
    }

    /// Counts gaps that were copied.
    pub(in crate::index) fn count_gaps(&mut self, copied: impl Iterator<Item = (u32, u32)>) {
        for (gap, count) in copied {
            self.gap_lexicon.count(FormId(gap), count);
        }
    }

    /// The lexicon of gaps.
    pub(in crate::index) fn gap_lexicon(&self) -> &Lexicon {
        &self.gap_lexicon
    }

    /// Both streams, of forms and of gaps.
    pub(in crate::index) fn streams(&self) -> (Vec<u8>, Vec<u8>) {
        (self.forms.joined(), self.gaps.joined())
    }

    /// Bytes of a block in both streams.
    pub(in crate::index) fn block_lengths(&self, block: u32) -> (u32, u32) {
        let place = block as usize;
        let at = |place: usize| self.blocks.get(place).copied();
        let Some(here) = at(place) else {
            return (0, 0);
        };
        let next = at(place + 1);
        let length = |chunks: &Chunks, from, to| chunks.between(from, to).len() as u32;
        (
            length(&self.forms, here.forms, next.map(|next| next.forms)),
            length(&self.gaps, here.gaps, next.map(|next| next.gaps)),
        )
    }

    /// A store without its streams, written by [`TextStore::streams`], and how they are to be cut. Blocks come
    /// with their bytes in both streams and their first byte in the text.
    pub(in crate::index) fn without_streams(
        gap_lexicon: Lexicon,
        blocks: impl Iterator<Item = (u32, u32, u32)>,
    ) -> Option<(Self, [ChunkCuts; 2])> {
        let mut cuts = [ChunkCuts::default(), ChunkCuts::default()];
        let [of_forms, of_gaps] = &mut cuts;
        let mut starts = Vec::with_capacity(blocks.size_hint().0);
        for (form_bytes, gap_bytes, byte) in blocks {
            starts.push(Block {
                forms: of_forms.next(BLOCK_BYTES, form_bytes as usize)?,
                gaps: of_gaps.next(BLOCK_BYTES, gap_bytes as usize)?,
                byte,
            });
        }
        let mut store = Self::default();
        (store.blocks, store.gap_lexicon) = (starts, gap_lexicon);
        Some((store, cuts))
    }

    /// Gives it both streams, of forms and of gaps.
    pub(in crate::index) fn set_streams(
        &mut self,
        [of_forms, of_gaps]: [ChunkCuts; 2],
        forms: &Bytes,
        gaps: &Bytes,
    ) -> Option<()> {
        (self.forms, self.gaps) = (of_forms.cut(forms)?, of_gaps.cut(gaps)?);
        Some(())
    }

    fn begin_block(&mut self) {
        // Spaces at the end of a block are what a reader expects where nothing is written.
        (self.filled, self.spaces) = (0, 0);
        self.blocks.push(Block {
            forms: self.forms.begin(BLOCK_BYTES),
            gaps: self.gaps.begin(BLOCK_BYTES),
            byte: self.byte,
        });
    }

    /// Adds the gap before a token; `None` for a single space.
    #[inline(always)]
    pub(in crate::index) fn add_gap_before(&mut self, gap: Option<FormId>) {
        let Some(FormId(gap)) = gap else {
            self.spaces += 1;
            return;
        };
        write_gap(self.gaps.open(), self.spaces, gap);
        self.spaces = 0;
    }

    /// Appends the forms of so many tokens of a page, from a block on.
    pub(in crate::index) fn read_forms(&self, block: u32, tokens: u32, into: &mut Vec<FormId>) {
        let start = into.len();
        into.resize(start + tokens as usize, FormId(0));
        let tokens = into.get_mut(start..).unwrap_or_default();
        // Each code tells where the next one begins: those of two blocks are read side by side, not waiting for each other.
        for (block, two) in (block..)
            .step_by(2)
            .zip(tokens.chunks_mut(2 * BLOCK_TOKENS as usize))
        {
            let (one, other) = two.split_at_mut(two.len().min(BLOCK_TOKENS as usize));
            let (of_one, of_other) = (self.forms_of(block), self.forms_of(block + 1));
            let (mut at, mut at_other) = (0, 0);
            for (form, other) in one.iter_mut().zip(&mut *other) {
                *form = FormId(read_form(of_one, &mut at));
                *other = FormId(read_form(of_other, &mut at_other));
            }
            for form in one.iter_mut().skip(other.len()) {
                *form = FormId(read_form(of_one, &mut at));
            }
        }
    }

    /// The codes of the forms of a block, and what stands behind them.
    fn forms_of(&self, block: u32) -> &[u8] {
        let start = self.blocks.get(block as usize).map_or(0, |b| b.forms);
        self.forms.between(start, None)
    }

    /// Reads the gaps of a block: `None` for a single space.
    pub(in crate::index) fn gaps_of(&self, block: u32) -> Gaps<'_> {
        let place = block as usize;
        let start = |place: usize| self.blocks.get(place).map(|b| b.gaps);
        let bytes = start(place).map(|from| self.gaps.between(from, start(place + 1)));
        Gaps {
            bytes: bytes.unwrap_or_default(),
            spaces: 0,
            gap: None,
        }
    }

    /// The gap as written.
    pub(in crate::index) fn gap(&self, gap: Option<FormId>) -> &str {
        gap.map_or(" ", |gap| self.gap_lexicon.form(gap))
    }

    /// How many bytes it has, and the bytes from there on where it starts: others follow.
    #[inline]
    pub(in crate::index) fn gap_bytes_on(&self, gap: Option<FormId>) -> (usize, &[u8]) {
        gap.map_or((1, SPACES), |gap| self.gap_lexicon.bytes_on(gap))
    }

    /// Byte of the page's text where the gap before a block's first token starts.
    pub(in crate::index) fn byte_of(&self, block: u32) -> u32 {
        let block = self.blocks.get(block as usize);
        block.map_or(0, |block| block.byte)
    }

    /// Among the blocks of a page, the last that starts at or before a byte.
    pub(in crate::index) fn block_at(&self, blocks: std::ops::Range<u32>, byte: u32) -> u32 {
        let of_page = self.blocks.get(blocks.start as usize..blocks.end as usize);
        let of_page = of_page.unwrap_or_default();
        let after = of_page.partition_point(|block| block.byte <= byte);
        blocks.start + u32::try_from(after.saturating_sub(1)).unwrap_or_default()
    }
}

/// The gaps of a block, without end: behind the last one written are spaces.
#[derive(Clone, Debug)]
pub(in crate::index) struct Gaps<'s> {
    bytes: &'s [u8],
    /// Single spaces before `gap`.
    spaces: u32,
    gap: Option<FormId>,
}

impl Gaps<'_> {
    #[inline]
    pub(in crate::index) fn read(&mut self) -> Option<FormId> {
        if self.spaces > 0 {
            self.spaces -= 1;
            return None;
        }
        if let Some(gap) = self.gap.take() {
            return Some(gap);
        }
        let (spaces, gap) = read_gap(&mut self.bytes)?;
        if spaces == 0 {
            return Some(FormId(gap));
        }
        (self.spaces, self.gap) = (spaces - 1, Some(FormId(gap)));
        None
    }
}

#[cfg(test)]
mod tests;
