//! Reads the columns of pages, some neighbouring pages at a time.

use super::ledger::Told;
use super::page_codes::{END, INLINE, PageCodes};
use super::page_columns::{COLUMNS, TOGETHER, Titles, mark};
use crate::index::pages::page_articles::read_article;
use crate::index::pages::page_parts::read_part;
use crate::index::{PageArticles, PageHead, PageParts};
use crate::parse::format::FileFormat;
use crate::parse::frame::{Cursor, FrameError};
use crate::parse::{Encoding, Part, PartGroup};
use crate::text::ByteSpan;
use std::num::NonZeroUsize;

/// A page as it is read.
#[derive(Debug)]
pub(in crate::index) struct ReadPage {
    pub(in crate::index) head: PageHead,
    pub(in crate::index) told: Option<Told>,
}

/// Where columns stand.
#[derive(Debug)]
pub(in crate::index) struct PageColumns {
    /// Where the first column has the first pages that are read together, the next, and so on; then those of the next
    /// column, and the end of the last.
    bounds: Vec<usize>,
    blocks: usize,
}

impl PageColumns {
    /// Reads where the columns of so many pages stand, which are passed over.
    pub(in crate::index) fn read(
        cursor: &mut Cursor<'_>,
        pages: usize,
    ) -> Result<Self, FrameError> {
        let blocks = pages.div_ceil(TOGETHER);
        let mut bounds = vec![0];
        let mut end = 0usize;
        for _ in 0..COLUMNS * blocks {
            let length = usize::try_from(cursor.number()?).map_err(|_| FrameError)?;
            end = end.checked_add(length).ok_or(FrameError)?;
            bounds.push(end);
        }
        bounds.iter_mut().for_each(|bound| *bound += cursor.at);
        cursor.take(end)?;
        Ok(Self { bounds, blocks })
    }

    /// A whole column.
    pub(super) fn column<'b>(&self, bytes: &'b [u8], column: usize) -> &'b [u8] {
        let bound = |at: usize| self.bounds.get(at).copied().unwrap_or_default();
        let range = bound(column * self.blocks)..bound((column + 1) * self.blocks);
        bytes.get(range).unwrap_or_default()
    }

    /// Reads pages that are read together, each of whose texts has so many bytes and tokens, from the bytes that the
    /// columns stand in.
    pub(in crate::index) fn pages(
        &self,
        bytes: &[u8],
        codes: &PageCodes,
        block: usize,
        texts: &[(u32, u32)],
    ) -> Result<Vec<ReadPage>, FrameError> {
        let mut columns = [Cursor { bytes: &[], at: 0 }; COLUMNS];
        for (column, cursor) in columns.iter_mut().enumerate() {
            let bounds = self.bounds.get(column * self.blocks + block..);
            if let Some(&[start, end]) = bounds.and_then(<[usize]>::first_chunk) {
                cursor.bytes = bytes.get(start..end).ok_or(FrameError)?;
            }
        }
        let mut reader = PageReader { codes, columns };
        let texts = texts.iter();
        let pages = texts.map(|&(bytes, tokens)| reader.page(bytes, tokens));
        let pages = pages.collect::<Result<_, _>>()?;
        let mut columns = reader.columns.iter();
        let is_left = columns.any(|column| column.at < column.bytes.len());
        if is_left { Err(FrameError) } else { Ok(pages) }
    }
}

/// Reads the columns of neighbouring pages.
struct PageReader<'a> {
    codes: &'a PageCodes,
    columns: [Cursor<'a>; COLUMNS],
}

impl PageReader<'_> {
    /// Reads the next page, whose text has so many bytes and tokens.
    #[inline(never)] // called for every page, so that a browser compiles it well on the way
    fn page(&mut self, text_bytes: u32, tokens: u32) -> Result<ReadPage, FrameError> {
        let mut start = 0;
        let parts = std::iter::from_fn(|| {
            let part = self.part(start, text_bytes).transpose()?;
            start = part.as_ref().map_or(start, |part| part.span.end);
            Some(part)
        });
        let parts = parts.collect::<Result<PageParts, FrameError>>()?;
        if start != text_bytes {
            return Err(FrameError);
        }
        let [names, ids, marks, sources, words, _, _, _, articles] = &mut self.columns;
        let mut digest = [0; 32];
        let mut take = |from: &mut Cursor<'_>, bytes: std::ops::Range<usize>| {
            let taken = from.take(bytes.len())?;
            let to = digest.get_mut(bytes).unwrap_or_default();
            to.copy_from_slice(taken);
            Ok(())
        };
        take(ids, 0..8)?;
        let marks = marks.byte()?;
        let has = |bit: u8| marks & bit != 0;
        let mut own_source = None;
        if has(mark::OWN_SOURCE) {
            let bytes = usize::try_from(sources.number()?).map_err(|_| FrameError)?;
            own_source = Some(NonZeroUsize::new(bytes).ok_or(FrameError)?);
            take(sources, 8..32)?;
        }
        let mut encoding = Encoding::Utf8;
        if has(mark::ENCODING) {
            encoding = sources.encoding()?;
        }
        let mut warning = None;
        if has(mark::WARNING) {
            warning = sources.warning()?.map(Box::new);
        }
        let mut told = None;
        if has(mark::LINE) {
            let format = FileFormat::ALL.get(usize::from(sources.byte()?));
            let format = *format.ok_or(FrameError)?;
            let parent = sources.number_u32()?.checked_sub(1);
            told = Some(Told { format, parent });
        }
        let mut given = None;
        if has(mark::GIVEN) {
            given = Some(Box::new(sources.given()?));
        }
        let (mut words_by_group, mut before) = (Vec::new(), tokens);
        for _ in 0..words.number()? {
            let group = words.byte()?;
            let mut groups = PartGroup::WITH_WORDS.into_iter();
            let group = groups.find(|&known| known as u8 == group);
            let left = words.number_u32()?;
            words_by_group.push((group.ok_or(FrameError)?, before.wrapping_sub(left)));
            before = left;
        }
        let mut titles = Titles::of(&parts);
        let reason = |cursor: &mut Cursor<'_>| self.codes.read_reason(cursor);
        let articles = (0..articles.number()?).map(|_| {
            let is_next = articles.byte()? != 0;
            let mut article = read_article(articles, text_bytes, reason)?;
            if is_next {
                article.title = Some(titles.next().ok_or(FrameError)?);
            }
            titles.pass(article.title);
            Ok(article)
        });
        let articles = articles.collect::<Result<PageArticles, FrameError>>()?;
        Ok(ReadPage {
            head: PageHead {
                name: names.text()?.into(),
                digest,
                own_source,
                encoding,
                warning,
                text_bytes,
                parts,
                articles,
                given,
                bundled: has(mark::BUNDLED),
                words_by_group: words_by_group.into(),
            },
            told,
        })
    }

    /// Reads the next part of a page, which starts at a byte of its text; none behind the last.
    fn part(&mut self, start: u32, text_bytes: u32) -> Result<Option<Part>, FrameError> {
        let [.., parts, low, high, _] = &mut self.columns;
        let codes = self.codes;
        let number = match parts.byte()? {
            END => return Ok(None),
            INLINE => {
                let part = read_part(parts, start, |cursor| codes.read_reason(cursor));
                return part.map(Some);
            }
            number => number,
        };
        let (mut part, length) = codes.part(number).ok_or(FrameError)?;
        let is_last = parts.bytes.get(parts.at) == Some(&END);
        let end = match length {
            0 if is_last => Some(text_bytes),
            0 => {
                let low = u32::from(low.byte()?);
                let length = high.number_u32()?.checked_mul(256);
                length.and_then(|high| start.checked_add(high | low))
            }
            length => start.checked_add(u32::from(length)),
        };
        part.span = ByteSpan {
            start,
            end: end.filter(|&end| end >= start).ok_or(FrameError)?,
        };
        Ok(Some(part))
    }
}
