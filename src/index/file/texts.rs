//! The sections of texts: both streams, the gaps they name, and where blocks start.

use super::error::Inconsistent;
use super::numbers::{NumberReader, NumberWriter};
use crate::index::coding::chunks::ChunkCuts;
use crate::index::texts::gap_class::GapClass;
use crate::index::texts::text_store::{BLOCK_TOKENS, Numbers, TextStore};
use crate::index::{FormId, Index, Lexicon};
use crate::parse::frame::{Cursor, FrameError, put_number, put_text};
use crate::sorting::Arrange;
use std::ops::Range;

const FORMS: usize = 0;
const GAPS: usize = 1;
const BYTES: usize = 2;
const KINDS: usize = 3;

/// Sections `forms`, `gaps`, `blocks`, `gap-words`.
pub(super) struct TextSections {
    pub(super) forms: Vec<u8>,
    pub(super) gaps: Vec<u8>,
    pub(super) blocks: Vec<u8>,
    pub(super) gap_words: Vec<u8>,
}

/// Writes the texts with the numbers that forms have in the file.
pub(super) fn write(index: &Index, forms: &[FormId]) -> TextSections {
    let mut form_numbers = vec![0; forms.len()];
    for (number, form) in (0u32..).zip(forms) {
        if let Some(of_form) = form_numbers.get_mut(form.0 as usize) {
            *of_form = number;
        }
    }
    let gaps = gaps_by_frequency(index.text.gap_lexicon());
    let mut gap_numbers = vec![0; gaps.len()];
    let gap_words = write_words(index.text.gap_lexicon(), &gaps);
    for (number, &gap) in (0u32..).zip(&gaps) {
        if let Some(of_gap) = gap_numbers.get_mut(gap.0 as usize) {
            *of_gap = number;
        }
    }
    let (mut form_numbers, mut gap_numbers) = (Numbers::of(form_numbers), Numbers::of(gap_numbers));
    let mut store = TextStore::default();
    for page in index.pages() {
        store.add_page_of(
            &index.text,
            page.blocks.clone(),
            page.positions.end - page.positions.start,
            (&mut form_numbers, &mut |form| form),
            (&mut gap_numbers, &mut |_, gap| gap),
        );
    }
    let mut blocks = NumberWriter::new(KINDS);
    for page in index.pages() {
        for block in page.blocks.clone() {
            let (forms, gaps) = store.block_lengths(block);
            let next = block + 1;
            let behind = if next < page.blocks.end {
                store.byte_of(next)
            } else {
                page.page.text_bytes
            };
            blocks.add(FORMS, forms);
            blocks.add(GAPS, gaps);
            blocks.add(BYTES, behind.saturating_sub(store.byte_of(block)));
        }
    }
    let (forms, gaps) = store.streams();
    TextSections {
        forms,
        gaps,
        blocks: blocks.finish(),
        gap_words,
    }
}

/// Writes gaps or words as they are, in this order, with their frequencies.
pub(super) fn write_words(lexicon: &Lexicon, order: &[FormId]) -> Vec<u8> {
    let mut out = Vec::new();
    put_number(&mut out, order.len() as u64);
    for &word in order {
        put_number(&mut out, u64::from(lexicon.frequency(word)));
        put_text(&mut out, lexicon.form(word));
    }
    out
}

/// The frequent gaps have short codes; where two are as frequent, the text decides.
fn gaps_by_frequency(lexicon: &Lexicon) -> Vec<FormId> {
    let mut gaps: Vec<FormId> = lexicon.forms().map(|(gap, _)| gap).collect();
    gaps.arrange_by(|&a, &b| {
        let by_frequency = lexicon.frequency(b).cmp(&lexicon.frequency(a));
        by_frequency.then_with(|| lexicon.form(a).cmp(lexicon.form(b)))
    });
    gaps
}

/// How many blocks a page with so many tokens has.
pub(super) fn block_count(tokens: u32) -> u32 {
    tokens.div_ceil(BLOCK_TOKENS).max(1)
}

/// The blocks and bytes of each page, and how the streams are to be cut.
type Blocks = (Vec<(Range<u32>, u32)>, [ChunkCuts; 2]);

/// Reads what there is of the texts beside the streams.
pub(super) fn read(
    block_lengths: &[u8],
    gap_words: &[u8],
    tokens: impl Iterator<Item = u32>,
    index: &mut Index,
) -> Result<Blocks, Inconsistent> {
    let gap_lexicon = read_words(gap_words)?;
    index.gap_classes = gap_lexicon
        .forms()
        .map(|(_, gap)| GapClass::of(gap))
        .collect();
    let mut reader = NumberReader::new(block_lengths, KINDS)?;
    let mut pages = Vec::new();
    let mut blocks = Vec::new();
    let mut first = 0u32;
    for tokens in tokens {
        let (count, mut byte) = (block_count(tokens), 0u32);
        for _ in 0..count {
            let (form_bytes, gap_bytes) = (reader.read(FORMS)?, reader.read(GAPS)?);
            blocks.push((form_bytes, gap_bytes, byte));
            byte = byte.checked_add(reader.read(BYTES)?).ok_or(Inconsistent)?;
        }
        let next = first.checked_add(count).ok_or(Inconsistent)?;
        pages.push((first..next, byte));
        first = next;
    }
    let store = TextStore::without_streams(gap_lexicon, blocks.into_iter());
    let (store, cuts) = store.ok_or(Inconsistent)?;
    index.text = store;
    Ok((pages, cuts))
}

/// Reads what [`write_words`] wrote, numbered in order.
pub(super) fn read_words(bytes: &[u8]) -> Result<Lexicon, Inconsistent> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut lexicon = Lexicon::default();
    let mut read = || -> Result<(), FrameError> {
        for _ in 0..cursor.number()? {
            let frequency = cursor.number_u32()?;
            lexicon.push(cursor.word()?.as_bytes(), frequency);
        }
        Ok(())
    };
    read().map_err(|_| Inconsistent)?;
    lexicon.shrink_forms();
    Ok(lexicon)
}
