//! What is known of neighbouring pages, in columns; `page_reader.rs` reads them.

use super::ledger::Told;
use super::page_codes::{END, INLINE, PageCodes};
use crate::index::pages::page_articles::put_article;
use crate::index::pages::page_parts::put_part;
use crate::index::{IndexedPage, PageParts};
use crate::parse::frame::{put_encoding, put_given, put_number, put_text, put_warning};
use crate::parse::{Encoding, PartKind};
use crate::text::ByteSpan;

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
pub(super) const COLUMNS: usize = 9;

/// Pages that are read together: where they begin in each column is told.
pub(in crate::index) const TOGETHER: usize = 64;

/// The places of the columns of ids and marks, of which each page has as many bytes as every other.
pub(super) const IDS: usize = 1;
pub(super) const MARKS: usize = 2;

/// What is not as of most pages.
pub(super) mod mark {
    pub(in crate::index::file) const BUNDLED: u8 = 1;
    pub(in crate::index::file) const GIVEN: u8 = 1 << 1;
    /// The source is not the text.
    pub(in crate::index::file) const OWN_SOURCE: u8 = 1 << 2;
    /// Not UTF-8.
    pub(in crate::index::file) const ENCODING: u8 = 1 << 3;
    pub(in crate::index::file) const WARNING: u8 = 1 << 4;
    /// The line of the ledger says what the page says.
    pub(in crate::index::file) const LINE: u8 = 1 << 5;
}

/// Writes the columns of neighbouring pages.
pub(in crate::index) struct PageWriter<'c> {
    codes: &'c PageCodes,
    columns: [Vec<u8>; COLUMNS],
    /// Where pages begin that are read together.
    starts: [Vec<usize>; COLUMNS],
    pages: usize,
}

impl<'c> PageWriter<'c> {
    pub(in crate::index) fn new(codes: &'c PageCodes) -> Self {
        Self {
            codes,
            columns: Default::default(),
            starts: Default::default(),
            pages: 0,
        }
    }

    /// Adds a page, and how its line in the ledger follows from it.
    pub(in crate::index) fn add(&mut self, page: &IndexedPage, told: Option<Told>) {
        if self.pages.is_multiple_of(TOGETHER) {
            self.begin();
        }
        self.pages += 1;
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
        let mut bits = if head.bundled { mark::BUNDLED } else { 0 };
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
        put_number(words, head.words_by_group.len() as u64);
        let mut left = page.positions.end - page.positions.start;
        for &(group, of_group) in &head.words_by_group {
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

    /// Notes where the next pages begin that are read together.
    fn begin(&mut self) {
        for (starts, column) in self.starts.iter_mut().zip(&self.columns) {
            starts.push(column.len());
        }
    }

    /// Bytes so far.
    #[cfg(feature = "readers")]
    pub(in crate::index) fn size(&self) -> usize {
        self.columns.iter().map(Vec::len).sum()
    }

    /// Appends the lengths of what each column has of pages that are read together, then the columns.
    pub(in crate::index) fn finish(mut self, out: &mut Vec<u8>) {
        self.begin();
        for starts in &self.starts {
            for (start, end) in starts.iter().zip(starts.iter().skip(1)) {
                put_number(out, (end - start) as u64);
            }
        }
        self.columns
            .into_iter()
            .for_each(|column| out.extend(column));
    }
}

/// The parts of a page that are titles, in order: mostly those of its articles.
pub(super) struct Titles {
    spans: Vec<ByteSpan>,
    passed: usize,
}

impl Titles {
    pub(super) fn of(parts: &PageParts) -> Self {
        let titles = parts.iter().filter(|part| part.kind == PartKind::Title);
        let spans = titles.map(|part| part.span).collect();
        Self { spans, passed: 0 }
    }

    /// The first that no article before has, or has passed.
    pub(super) fn next(&self) -> Option<ByteSpan> {
        self.spans.get(self.passed).copied()
    }

    /// Passes the title of an article.
    pub(super) fn pass(&mut self, title: Option<ByteSpan>) {
        while let Some((next, title)) = self.next().zip(title)
            && next.start <= title.start
        {
            self.passed += 1;
        }
    }
}
