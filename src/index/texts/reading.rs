//! Tokens and gaps that were read, before their text is put together: what is shown of them need be chosen first.

use crate::index::pages::units::is_one_letter;
use crate::index::store::{Index, PageId, number};
use crate::index::texts::text_store::BLOCK_TOKENS;
use crate::index::{FormId, Passage};
use crate::text::ByteSpan;
use crate::text::growing::Growing;
use std::ops::Range;

/// Neighbouring tokens of a page by their numbers, from the start of a block on.
#[derive(Debug)]
pub(crate) struct Reading<'i> {
    index: &'i Index,
    /// Position of the first token that was read.
    start: u32,
    /// Byte of the page where the gap before it starts.
    byte: u32,
    forms: Vec<FormId>,
    /// Before each token, and behind the last; none for a single space.
    gaps: Vec<Option<FormId>>,
}

impl Index {
    /// Reads the tokens of a page at these positions and all before them in their block.
    pub(crate) fn reading(&self, page: PageId, positions: Range<u32>) -> Option<Reading<'_>> {
        let page = self.page(page).filter(|page| !page.blocks.is_empty())?;
        let of_page = &page.positions;
        let first = positions.start.clamp(of_page.start, of_page.end);
        let end = positions.end.clamp(first, of_page.end);
        // What is known of a sentence depends on the token before.
        let from = first.saturating_sub(1).max(of_page.start);
        let before = (from - of_page.start) / BLOCK_TOKENS;
        let mut block = page.blocks.start + before;
        let start = of_page.start + before * BLOCK_TOKENS;
        let mut left = end - start;
        let mut reading = Reading {
            index: self,
            start,
            byte: self.text.byte_of(block),
            forms: Vec::with_capacity(left as usize),
            gaps: Vec::with_capacity(left as usize + 1),
        };
        // The gap behind the last token of a block opens the next, if there is one.
        while reading.gaps.len() <= reading.forms.len() {
            let here = left.min(BLOCK_TOKENS);
            let is_last = here < BLOCK_TOKENS || here == left && end == of_page.end;
            self.text.read_forms(block, here, &mut reading.forms);
            let mut gaps = self.text.gaps_of(block);
            let gaps = (0..here + u32::from(is_last)).map(|_| gaps.read());
            reading.gaps.extend(gaps);
            left -= here;
            block += 1;
        }
        Some(reading)
    }
}

impl Reading<'_> {
    fn place(&self, position: u32) -> usize {
        position.saturating_sub(self.start) as usize
    }

    /// Whether a sentence ends before the token at a position, inside a part.
    pub(crate) fn ends_before(&self, position: u32) -> bool {
        let place = self.place(position);
        let gap = self.gaps.get(place).copied().flatten();
        // Nearly always a single space.
        gap.is_some() && {
            let class = self.index.gap_class(gap);
            class.ends_sentence(self.is_after_letter(place))
        }
    }

    /// Whether the token before a place is one letter.
    fn is_after_letter(&self, place: usize) -> bool {
        let before = place.checked_sub(1).and_then(|at| self.forms.get(at));
        before.is_some_and(|&form| is_one_letter(self.index.lexicon.bytes(form)))
    }

    /// Puts the text of some of the tokens together, up to the one that reaches a byte of the
    /// page, and the gap behind it; the passage is empty before.
    pub(crate) fn put_together(&self, positions: Range<u32>, until: u32, into: &mut Passage) {
        let (texts, lexicon) = (&self.index.text, &self.index.lexicon);
        let from = self.place(self.first(&positions));
        let before = self.gaps.iter().zip(&self.forms).take(from);
        let lengths =
            before.map(|(&gap, &form)| texts.gap_bytes_on(gap).0 + lexicon.bytes_on(form).0);
        self.put_from(self.byte + number(lengths.sum()), positions, until, into);
    }

    /// The same of all of these tokens, whose bytes are counted from the gap before the first of them on.
    pub(crate) fn put_apart(&self, positions: Range<u32>, into: &mut Passage) {
        self.put_from(0, positions, u32::MAX, into);
    }

    /// The first of some positions that was read.
    fn first(&self, positions: &Range<u32>) -> u32 {
        let read = self.start..self.start + number(self.forms.len());
        positions.start.clamp(read.start, read.end)
    }

    /// Puts it together; the gap before the first token starts at a byte.
    fn put_from(&self, byte: u32, positions: Range<u32>, until: u32, into: &mut Passage) {
        let Self { index, .. } = *self;
        let (texts, lexicon) = (&index.text, &index.lexicon);
        let first = self.first(&positions);
        let from = self.place(first);
        let tokens = self.gaps.iter().zip(&self.forms).skip(from);
        let mut byte = byte;
        (into.first, into.start) = (first, byte);
        let mut parts = index.part_starts.partition_point(|&start| start < first);
        // Words and gaps are put together as bytes and checked once.
        let mut text = Growing::default();
        let to = self.place(positions.end).min(self.forms.len());
        let wanted = to.saturating_sub(from);
        if until == u32::MAX {
            into.spans.reserve(wanted);
            into.sentence_starts.reserve(wanted);
        }
        for (position, (&gap, &form)) in (first..).zip(tokens.take(wanted)) {
            let (before, word) = (texts.gap_bytes_on(gap), lexicon.bytes_on(form));
            let start = byte + number(before.0);
            byte = start + number(word.0);
            let begins_part = index.part_starts.get(parts) == Some(&position);
            parts += usize::from(begins_part);
            text.append_first(before.0, before.1);
            text.append_first(word.0, word.1);
            into.spans.push(ByteSpan { start, end: byte });
            into.sentence_starts
                .push(begins_part || self.ends_before(position));
            if byte >= until {
                break;
            }
        }
        let to = from + into.spans.len();
        let forms = self.forms.get(from..to).unwrap_or_default();
        into.forms.extend_from_slice(forms);
        let last_gap = self.gaps.get(to).copied().flatten();
        let (length, last) = texts.gap_bytes_on(last_gap);
        text.append_first(length, last);
        into.text.push_str(text.text());
    }
}
