//! What is known of neighbouring pages, in columns.

use super::ledger::Told;
use super::page_codes::{END, INLINE, PageCodes};
use crate::index::pages::page_articles::{put_article, read_article};
use crate::index::pages::page_parts::{put_part, read_part};
use crate::index::{IndexedPage, PageArticles, PageHead, PageParts};
use crate::parse::format::FileFormat;
use crate::parse::frame::{
    Cursor, FrameError, put_encoding, put_given, put_number, put_text, put_warning,
};
use crate::parse::{Encoding, Part, PartGroup, PartKind};
use crate::text::ByteSpan;
use std::num::NonZeroUsize;

/// | column | holds of each page |
/// |---|---|
/// | names | its name |
/// | ids | the first eight bytes of the digest |
/// | marks | a byte, of the bits in [`mark`] |
/// | sources | what it has by its marks |
/// | words | families of parts, and how many words are left for those behind each |
/// | parts | the numbers of their manners |
/// | low | the lowest eight bits of the lengths of parts that no manner tells |
/// | high | the bits above these |
/// | articles | what they state |
const COLUMNS: usize = 9;

/// What is not as of most pages.
mod mark {
    pub(super) const BUNDLED: u8 = 1;
    pub(super) const GIVEN: u8 = 1 << 1;
    /// The source is not the text.
    pub(super) const OWN_SOURCE: u8 = 1 << 2;
    /// Not UTF-8.
    pub(super) const ENCODING: u8 = 1 << 3;
    pub(super) const WARNING: u8 = 1 << 4;
    /// The line of the ledger says what the page says.
    pub(super) const LINE: u8 = 1 << 5;
}

/// A page as it is read.
pub(in crate::index) struct ReadPage {
    pub(in crate::index) head: PageHead,
    pub(in crate::index) bundled: bool,
    pub(in crate::index) words_by_group: Box<[(PartGroup, u32)]>,
    pub(in crate::index) told: Option<Told>,
}

/// Writes the columns of neighbouring pages.
pub(in crate::index) struct PageWriter<'c> {
    codes: &'c PageCodes,
    columns: [Vec<u8>; COLUMNS],
}

impl<'c> PageWriter<'c> {
    pub(in crate::index) fn new(codes: &'c PageCodes) -> Self {
        let columns = Default::default();
        Self { codes, columns }
    }

    /// Adds a page, and how its line in the ledger follows from it.
    pub(in crate::index) fn add(&mut self, page: &IndexedPage, told: Option<Told>) {
        let [
            names,
            ids,
            marks,
            sources,
            words,
            parts,
            low,
            high,
            articles,
        ] = &mut self.columns;
        let head = &page.page;
        put_text(names, &head.name);
        let (id, rest) = head.digest.split_at(8);
        ids.extend_from_slice(id);
        let mut bits = if page.bundled { mark::BUNDLED } else { 0 };
        if let Some(bytes) = head.own_source {
            bits |= mark::OWN_SOURCE;
            put_number(sources, bytes.get() as u64);
            sources.extend_from_slice(rest);
        }
        if head.encoding != Encoding::Utf8 {
            bits |= mark::ENCODING;
            put_encoding(sources, head.encoding);
        }
        if head.warning.is_some() {
            bits |= mark::WARNING;
            put_warning(sources, head.warning.as_deref());
        }
        if let Some(told) = told {
            bits |= mark::LINE;
            sources.push(told.format as u8);
            put_number(
                sources,
                told.parent.map_or(0, |parent| u64::from(parent) + 1),
            );
        }
        if let Some(given) = &head.given {
            bits |= mark::GIVEN;
            put_given(sources, given);
        }
        marks.push(bits);
        put_number(words, page.words_by_group.len() as u64);
        let mut left = page.positions.end - page.positions.start;
        for &(group, of_group) in &page.words_by_group {
            left = left.wrapping_sub(of_group);
            words.push(group as u8);
            put_number(words, u64::from(left));
        }
        let mut titles = Titles::of(&head.parts);
        let last = head.parts.len();
        for (at, part) in (1..).zip(head.parts.iter()) {
            match self.codes.number(&part) {
                Some((number, has_length)) => {
                    parts.push(number);
                    // That of the last part is what is left of the text.
                    if !has_length && at < last {
                        let length = part.span.len();
                        low.push(length as u8);
                        put_number(high, length as u64 >> 8);
                    }
                }
                None => {
                    parts.push(INLINE);
                    put_part(parts, &part, self.codes.reason(part.reason));
                }
            }
        }
        parts.push(END);
        put_number(articles, head.articles.len() as u64);
        for mut article in head.articles.iter() {
            let title = article.title;
            let is_next = title.is_some() && title == titles.next();
            articles.push(u8::from(is_next));
            if is_next {
                article.title = None;
            }
            put_article(articles, &article, |code| self.codes.reason(code));
            titles.pass(title);
        }
    }

    /// Bytes so far.
    #[cfg(feature = "readers")]
    pub(in crate::index) fn size(&self) -> usize {
        self.columns.iter().map(Vec::len).sum()
    }

    /// Appends the columns, each behind its length.
    pub(in crate::index) fn finish(self, out: &mut Vec<u8>) {
        for column in self.columns {
            put_number(out, column.len() as u64);
            out.extend(column);
        }
    }
}

/// The parts of a page that are titles, in order: mostly those of its articles.
struct Titles {
    spans: Vec<ByteSpan>,
    passed: usize,
}

impl Titles {
    fn of(parts: &PageParts) -> Self {
        let titles = parts.iter().filter(|part| part.kind == PartKind::Title);
        let spans = titles.map(|part| part.span).collect();
        Self { spans, passed: 0 }
    }

    /// The first that no article before has, or has passed.
    fn next(&self) -> Option<ByteSpan> {
        self.spans.get(self.passed).copied()
    }

    /// Passes the title of an article.
    fn pass(&mut self, title: Option<ByteSpan>) {
        while let Some((next, title)) = self.next().zip(title)
            && next.start <= title.start
        {
            self.passed += 1;
        }
    }
}

/// Reads the columns of neighbouring pages.
pub(in crate::index) struct PageReader<'a> {
    codes: &'a PageCodes,
    columns: [Cursor<'a>; COLUMNS],
}

impl<'a> PageReader<'a> {
    /// Of columns that are all that is left of these bytes.
    pub(in crate::index) fn new(
        codes: &'a PageCodes,
        cursor: &mut Cursor<'a>,
    ) -> Result<Self, FrameError> {
        let mut columns = [(); COLUMNS].map(|()| Cursor { bytes: &[], at: 0 });
        for column in &mut columns {
            let length = usize::try_from(cursor.number()?).map_err(|_| FrameError)?;
            let rest = cursor.bytes.get(cursor.at..).unwrap_or_default();
            column.bytes = rest.get(..length).ok_or(FrameError)?;
            cursor.at += length;
        }
        Ok(Self { codes, columns })
    }

    /// Fails where something is left.
    pub(in crate::index) fn end(&self) -> Result<(), FrameError> {
        let mut columns = self.columns.iter();
        let is_left = columns.any(|column| column.at < column.bytes.len());
        if is_left { Err(FrameError) } else { Ok(()) }
    }

    /// Reads the next page, whose text has so many bytes and tokens.
    #[inline(never)] // called for every page, so that a browser compiles it well on the way
    pub(in crate::index) fn page(
        &mut self,
        text_bytes: u32,
        tokens: u32,
    ) -> Result<ReadPage, FrameError> {
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
            },
            bundled: has(mark::BUNDLED),
            words_by_group: words_by_group.into(),
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
