//! Parts of pages: what is known of each, then their texts.

use crate::index::file::error::Inconsistent;
use crate::index::file::heads;
use crate::index::store::{digest_key, number};
use crate::index::{Index, PageId};
use crate::parse::anatomy::Repeated;
use crate::parse::frame::{Cursor, FrameError};
use crate::text::{ByteSpan, tokenize};
use std::ops::Range;

/// Takes the pages of a part.
pub(super) fn take(
    index: &mut Index,
    pages: Range<u32>,
    reasons: &[&'static str],
    bytes: &[u8],
) -> Result<Vec<Repeated>, Inconsistent> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut repeats = Vec::new();
    let read = pages.clone().map(|page| {
        let text_bytes = cursor.number_u32()?;
        let read = heads::page(&mut cursor, text_bytes, reasons)?;
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
        Ok(read)
    });
    let read: Result<Vec<heads::ReadPage>, FrameError> = read.collect();
    let read = read.map_err(|_| Inconsistent)?;
    for (page, read) in pages.zip(read) {
        let text = cursor.take(read.head.text_bytes as usize);
        let text = text.ok().and_then(|text| std::str::from_utf8(text).ok());
        let (blocks, tokens) = index.add_text(text.ok_or(Inconsistent)?);
        let at = index.pages.get_mut(page as usize).ok_or(Inconsistent)?;
        let articles = at.articles.end - at.articles.start;
        if tokens != at.positions.end - at.positions.start
            || number(read.head.articles.len()) != articles
        {
            return Err(Inconsistent);
        }
        let id = digest_key(&read.head.digest);
        (at.page, at.bundled, at.blocks) = (read.head, read.bundled, blocks);
        at.words_by_group = read.words_by_group;
        index.by_digest.insert(id, PageId(page));
    }
    if cursor.at < bytes.len() {
        return Err(Inconsistent);
    }
    Ok(repeats)
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
            let form = self.lexicon.intern(span.of(text));
            self.text.add_token(gap, form, span.end - end);
            end = span.end;
            tokens += 1;
        }
        let gap = self.gap(text, end as usize, text.len());
        self.text.end_page(gap);
        (first_block..self.text.blocks(), tokens)
    }
}
