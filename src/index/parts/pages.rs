//! Parts of pages: what is known of each, then their texts.

use crate::index::Index;
use crate::index::file::error::Inconsistent;
use crate::index::file::page_codes::PageCodes;
use crate::index::file::page_columns::TOGETHER;
use crate::index::file::page_reader::{PageColumns, ReadPage};
use crate::index::file::units::Parting;
use crate::parse::anatomy::Repeated;
use crate::parse::frame::{Cursor, FrameError};
use crate::text::{ByteSpan, tokenize};
use std::ops::Range;

/// What a part says of its pages beside what goes into the index.
pub(super) struct ReadPages {
    pub(super) partings: Vec<Parting>,
    pub(super) repeats: Vec<Repeated>,
}

/// Takes the pages of a part.
pub(super) fn take(
    index: &mut Index,
    pages: Range<u32>,
    codes: &PageCodes,
    bytes: &[u8],
) -> Result<ReadPages, Inconsistent> {
    let mut cursor = Cursor { bytes, at: 0 };
    let (mut repeats, mut partings) = (Vec::new(), Vec::new());
    let read = heads(
        &mut cursor,
        pages.clone(),
        codes,
        &mut partings,
        &mut repeats,
    );
    let read = read.map_err(|_| Inconsistent)?;
    for ((page, read), parting) in pages.zip(read).zip(&partings) {
        let text = cursor.take(read.head.text_bytes as usize);
        let text = text.ok().and_then(|text| std::str::from_utf8(text).ok());
        let (blocks, tokens) = index.add_text(text.ok_or(Inconsistent)?);
        let at = index.pages.get_mut(page as usize).ok_or(Inconsistent)?;
        if Some(tokens) != token_count(parting) {
            return Err(Inconsistent);
        }
        (at.page, at.blocks) = (read.head.into(), blocks);
    }
    if cursor.at < bytes.len() {
        return Err(Inconsistent);
    }
    Ok(ReadPages { partings, repeats })
}

/// Reads what is known of the pages, how they are parted, and what other pages have too.
fn heads(
    cursor: &mut Cursor<'_>,
    pages: Range<u32>,
    codes: &PageCodes,
    partings: &mut Vec<Parting>,
    repeats: &mut Vec<Repeated>,
) -> Result<Vec<ReadPage>, FrameError> {
    let mut texts = Vec::new();
    for page in pages {
        let text_bytes = cursor.number_u32()?;
        let mut parting = Parting::default();
        for _ in 0..cursor.number()? {
            let stretch = (cursor.number_u32()?, cursor.number_u32()?);
            parting.stretches.push(stretch);
        }
        texts.push((text_bytes, token_count(&parting).ok_or(FrameError)?));
        partings.push(parting);
        for _ in 0..cursor.number()? {
            let start = cursor.number_u32()?;
            let end = start.checked_add(cursor.number_u32()?);
            let confidence = cursor.take(4)?.first_chunk::<4>().copied();
            repeats.push(Repeated {
                page,
                span: ByteSpan {
                    start,
                    end: end.ok_or(FrameError)?,
                },
                confidence: f32::from_le_bytes(confidence.unwrap_or_default()),
            });
        }
    }
    let columns = PageColumns::read(cursor, texts.len())?;
    let bytes = cursor.bytes;
    let mut read = Vec::with_capacity(texts.len());
    for (block, texts) in texts.chunks(TOGETHER).enumerate() {
        read.extend(columns.pages(bytes, codes, block, texts)?);
    }
    for (page, parting) in read.iter().zip(partings) {
        parting.roles = page.head.articles.iter().map(|of| of.role).collect();
    }
    Ok(read)
}

/// How many tokens a page has that is parted so.
fn token_count(parting: &Parting) -> Option<u32> {
    let mut tokens = parting.stretches.iter().map(|&(tokens, _)| tokens);
    tokens.try_fold(0u32, u32::checked_add)
}

impl Index {
    /// Adds a text whose units, runs and borders are there already; returns its blocks and the number of its tokens.
    fn add_text(&mut self, text: &str) -> (Range<u32>, u32) {
        let first_block = self.text.blocks();
        self.text.begin_page();
        let (mut end, mut tokens) = (0, 0);
        for token in tokenize(text) {
            let span = token.span;
            let gap = self.gap(text, end as usize, span.start as usize);
            let form = self.lexicon.intern(span.of(text).as_bytes());
            self.text.add_token(gap, form, span.end - end);
            end = span.end;
            tokens += 1;
        }
        let gap = self.gap(text, end as usize, text.len());
        self.text.end_page(gap);
        (first_block..self.text.blocks(), tokens)
    }
}
