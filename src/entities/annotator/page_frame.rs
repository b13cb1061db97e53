//! A page as the annotator is given it: its text, its parts, where its sentences and articles are.
//!
//! ```text
//! frame    = length (4 bytes, little-endian) · number · text · parts · days of publication
//!            · first article · runs of articles · sentence starts
//! part     = start · length · kind · article + 1
//! day      = 0, or 1 · year · month · day
//! run      = tokens since the last run · its tokens · article
//! sentence starts = tokens · one bit a token
//! ```
//!
//! Numbers are LEB128, as in [`parse::frame`](crate::parse::frame).

use crate::index::{Index, IndexedPage};
use crate::parse::frame::{Cursor, FrameError, put_number, put_option, put_text};
use crate::parse::{Article, Encoding, Given, Page, Part, PartKind, Published, Role};
use crate::text::ByteSpan;
use crate::text::date::CalendarDate;

/// Appends the frame of a page to `out`.
pub fn write_page(index: &Index, page: &IndexedPage, out: &mut Vec<u8>) {
    let begins = out.len();
    out.extend([0; 4]);
    let passage = index.passage(page.number, 0..u32::MAX);
    put_number(out, u64::from(page.number.0));
    let head = &page.page;
    put_text(out, passage.excerpt().after(0));
    put_number(out, head.parts.len() as u64);
    for part in head.parts.iter() {
        put_number(out, u64::from(part.span.start));
        put_number(out, u64::from(part.span.end - part.span.start));
        let kind = PartKind::ALL.iter().position(|&kind| kind == part.kind);
        put_number(out, kind.unwrap_or_default() as u64);
        put_number(out, part.article.map_or(0, |article| article as u64 + 1));
    }
    let facts = index.facts(page);
    put_number(out, head.articles.len() as u64);
    for article in 0..head.articles.len() {
        put_option(out, facts.day_of(article).as_ref(), put_day);
    }
    put_runs(index, page, out);
    let starts = passage.sentence_starts();
    put_number(out, starts.len() as u64);
    for eight in starts.chunks(8) {
        let bits = eight.iter().enumerate();
        out.push(bits.fold(0, |byte, (at, &starts)| byte | u8::from(starts) << at));
    }
    let length = u32::try_from(out.len() - begins - 4).unwrap_or(u32::MAX);
    if let Some(place) = out.get_mut(begins..begins + 4) {
        place.copy_from_slice(&length.to_le_bytes());
    }
}

pub(super) fn put_day(out: &mut Vec<u8>, day: &CalendarDate) {
    put_number(out, u64::from(day.year));
    out.extend([day.month, day.day]);
}

pub(super) fn day(cursor: &mut Cursor<'_>) -> Result<CalendarDate, FrameError> {
    let year = u16::try_from(cursor.number()?).map_err(|_| FrameError)?;
    let (month, day) = (cursor.byte()?, cursor.byte()?);
    CalendarDate::new(year, month, day).ok_or(FrameError)
}

fn put_runs(index: &Index, page: &IndexedPage, out: &mut Vec<u8>) {
    let runs = index.runs();
    let first = runs.partition_point(|run| run.end <= page.positions.start);
    let of_page = || {
        let rest = runs.get(first..).unwrap_or_default().iter();
        rest.take_while(|run| run.start < page.positions.end)
    };
    put_number(out, of_page().count() as u64);
    let mut at = page.positions.start;
    for run in of_page() {
        put_number(out, u64::from(run.start - at));
        put_number(out, u64::from(run.end - run.start));
        put_number(out, u64::from(run.article));
        at = run.end;
    }
}

/// The frames that stand one behind the other in `bytes`, without their lengths.
pub fn frames(mut bytes: &[u8]) -> impl Iterator<Item = Result<&[u8], FrameError>> {
    std::iter::from_fn(move || {
        if bytes.is_empty() {
            return None;
        }
        let cut = bytes
            .split_first_chunk::<4>()
            .and_then(|(length, rest)| rest.split_at_checked(u32::from_le_bytes(*length) as usize));
        let Some((frame, rest)) = cut else {
            bytes = &[];
            return Some(Err(FrameError));
        };
        bytes = rest;
        Some(Ok(frame))
    })
}

/// A page that was sent; its memory is used again for the next.
#[derive(Debug)]
pub(super) struct PageToRead {
    pub(super) number: u32,
    /// Text, parts and days of publication; nothing else of it is known here.
    pub(super) page: Page,
    /// Whether a sentence begins at each token.
    pub(super) breaks: Vec<bool>,
    /// The article of each token, among all articles.
    pub(super) articles: Vec<Option<u32>>,
}

impl Default for PageToRead {
    fn default() -> Self {
        Self {
            number: 0,
            page: Page {
                name: String::new(),
                digest: [0; 32],
                source_bytes: 0,
                is_source: false,
                encoding: Encoding::Utf8,
                warning: None,
                text: String::new(),
                parts: Vec::new(),
                articles: Vec::new(),
                given: Given::default(),
            },
            breaks: Vec::new(),
            articles: Vec::new(),
        }
    }
}

impl PageToRead {
    /// Whether the page was sent with so many tokens.
    pub(super) fn fits(&self, tokens: usize) -> bool {
        self.breaks.len() == tokens && self.articles.len() <= tokens
    }

    /// Reads a frame without its length.
    pub(super) fn read(&mut self, frame: &[u8]) -> Result<(), FrameError> {
        let mut cursor = Cursor {
            bytes: frame,
            at: 0,
        };
        self.number = cursor.number_u32()?;
        let page = &mut self.page;
        page.text = cursor.text()?;
        let parts = cursor.number()?;
        page.parts.clear();
        for _ in 0..parts {
            let part = part(&mut cursor)?;
            let holds = |at: u32| page.text.is_char_boundary(at as usize);
            if !holds(part.span.start) || !holds(part.span.end) {
                return Err(FrameError);
            }
            page.parts.push(part);
        }
        let articles = cursor.number()?;
        page.articles.clear();
        for _ in 0..articles {
            let mut article = Article::new(Role::Main);
            article.published = cursor.option(day)?.map(|date| Published {
                date,
                raw: ByteSpan::default(),
                origin: "sent",
            });
            page.articles.push(article);
        }
        self.articles.clear();
        for _ in 0..cursor.number()? {
            let outside = length(&mut cursor, frame)?;
            let inside = length(&mut cursor, frame)?;
            let article = cursor.number_u32()?;
            self.articles.resize(self.articles.len() + outside, None);
            let end = self.articles.len() + inside;
            self.articles.resize(end, Some(article));
        }
        let tokens = length(&mut cursor, frame)?;
        let bits = cursor.take(tokens.div_ceil(8))?;
        self.breaks.clear();
        let starts = bits
            .iter()
            .flat_map(|byte| (0..8).map(move |at| byte >> at & 1 == 1));
        self.breaks.extend(starts.take(tokens));
        if cursor.at == frame.len() {
            Ok(())
        } else {
            Err(FrameError)
        }
    }
}

/// A number of tokens: no page has more of them than bytes.
fn length(cursor: &mut Cursor<'_>, frame: &[u8]) -> Result<usize, FrameError> {
    let tokens = usize::try_from(cursor.number()?).map_err(|_| FrameError)?;
    Some(tokens)
        .filter(|&tokens| tokens <= frame.len())
        .ok_or(FrameError)
}

fn part(cursor: &mut Cursor<'_>) -> Result<Part, FrameError> {
    let start = cursor.number_u32()?;
    let end = start.checked_add(cursor.number_u32()?).ok_or(FrameError)?;
    let kind = PartKind::ALL.get(cursor.number()? as usize);
    let article = cursor.number()?.checked_sub(1);
    Ok(Part {
        span: ByteSpan { start, end },
        kind: *kind.ok_or(FrameError)?,
        article: article.map(|article| article as usize),
        reason: "sent",
        confidence: 1.0,
    })
}
