//! The section of pages: what is known of each beside its tokens.

use super::error::Inconsistent;
use crate::index::pages::origins::Origins;
use crate::index::pages::page_articles::{put_article, read_article};
use crate::index::pages::page_parts::{put_part, read_part};
use crate::index::{Index, IndexedPage, Origin, PageHead};
use crate::parse::frame::{
    Cursor, FrameError, put_encoding, put_given, put_key, put_number, put_option, put_text,
    put_warning,
};
use crate::parse::reason_table::reason;
use crate::parse::{Given, PartGroup};
use crate::sorting::Arrange;

/// A page as it is read.
pub(in crate::index) struct ReadPage {
    pub(in crate::index) head: PageHead,
    pub(in crate::index) bundled: bool,
    pub(in crate::index) words_by_group: Box<[(PartGroup, u32)]>,
    pub(in crate::index) origin: Option<Origin>,
}

/// Writes the section: reasons, then the pages.
pub(super) fn write(index: &Index, origins: &Origins) -> Vec<u8> {
    let mut out = Vec::new();
    let reasons = reasons(index);
    put_number(&mut out, reasons.len() as u64);
    for reason in &reasons {
        put_text(&mut out, reason);
    }
    for (page, at) in index.pages().iter().zip(0..) {
        put_page(&mut out, page, origins.get(at), &reasons);
    }
    out
}

/// Writes one page.
pub(in crate::index) fn put_page(
    out: &mut Vec<u8>,
    page: &IndexedPage,
    origin: Option<Origin>,
    reasons: &[&str],
) {
    let head = &page.page;
    put_text(out, &head.name);
    out.extend_from_slice(&head.digest);
    put_encoding(out, head.encoding);
    put_warning(out, head.warning.as_deref());
    // The source of most pages is their text.
    let has_own_size = head.source_bytes != head.text_bytes as usize;
    out.push(
        u8::from(page.bundled) | u8::from(head.given.is_some()) << 1 | u8::from(has_own_size) << 2,
    );
    if has_own_size {
        put_number(out, head.source_bytes as u64);
    }
    if let Some(given) = &head.given {
        put_given(out, given);
    }
    put_number(out, page.words_by_group.len() as u64);
    for &(group, words) in &page.words_by_group {
        out.push(group as u8);
        put_number(out, u64::from(words));
    }
    put_number(out, head.parts.len() as u64);
    for part in head.parts.iter() {
        put_part(out, &part, reason_number(part.reason, reasons));
    }
    put_number(out, head.articles.len() as u64);
    for article in head.articles.iter() {
        put_article(out, &article, |code| reason_number(code, reasons));
    }
    put_option(out, origin.as_ref(), put_origin);
}

fn put_origin(out: &mut Vec<u8>, origin: &Origin) {
    put_key(out, origin.key);
    put_number(out, u64::from(origin.ordinal));
}

fn origin(cursor: &mut Cursor<'_>) -> Result<Origin, FrameError> {
    Ok(Origin {
        key: cursor.key()?,
        ordinal: cursor.number_u32()?,
    })
}

/// Writes the section of texts whose bytes stand in the segment already.
pub(super) fn write_repeats(repeats: &[(Origin, [u8; 32])]) -> Vec<u8> {
    let mut out = Vec::new();
    put_number(&mut out, repeats.len() as u64);
    for (origin, digest) in repeats {
        put_origin(&mut out, origin);
        out.extend_from_slice(digest);
    }
    out
}

/// Reads it.
pub(super) fn read_repeats(bytes: &[u8]) -> Result<Vec<(Origin, [u8; 32])>, Inconsistent> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut read = || -> Result<Vec<(Origin, [u8; 32])>, FrameError> {
        let repeats = (0..cursor.number()?).map(|_| {
            let origin = origin(&mut cursor)?;
            let digest = cursor.take(32)?.try_into().map_err(|_| FrameError)?;
            Ok((origin, digest))
        });
        repeats.collect()
    };
    read().map_err(|_| Inconsistent)
}

/// Writes the section of the hashes of the letters of texts, by which copies are told.
pub(super) fn write_letters(letters: &[u64]) -> Vec<u8> {
    letters.iter().flat_map(|hash| hash.to_le_bytes()).collect()
}

/// Reads it: a hash for each page, or none.
pub(super) fn read_letters(bytes: &[u8], pages: usize) -> Vec<u64> {
    let (letters, rest) = bytes.as_chunks();
    if letters.len() != pages || !rest.is_empty() {
        return Vec::new();
    }
    letters
        .iter()
        .map(|&hash| u64::from_le_bytes(hash))
        .collect()
}

/// The codes of rules that are named, each once.
pub(in crate::index) fn reasons(index: &Index) -> Vec<&'static str> {
    let mut reasons: Vec<&'static str> = Vec::new();
    let mut add = |reason| {
        if !reasons.contains(&reason) {
            reasons.push(reason);
        }
    };
    for page in index.pages() {
        page.page.parts.iter().for_each(|part| add(part.reason));
        let published = page
            .page
            .articles
            .iter()
            .filter_map(|article| article.published);
        published.for_each(|published| add(published.origin));
    }
    reasons.arrange();
    reasons
}

fn reason_number(reason: &str, reasons: &[&str]) -> usize {
    let number = reasons.iter().position(|&known| known == reason);
    number.unwrap_or_default()
}

/// Reads the section: the pages, of which the lengths of the texts are known.
pub(super) fn read(bytes: &[u8], text_bytes: &[u32]) -> Result<Vec<ReadPage>, Inconsistent> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut read = || -> Result<Vec<ReadPage>, FrameError> {
        let names = cursor.list()?;
        let reasons: Vec<&'static str> = names.iter().map(|name| reason(name)).collect();
        let pages = text_bytes.iter();
        let pages: Result<_, _> = pages
            .map(|&bytes| page(&mut cursor, bytes, &reasons))
            .collect();
        if cursor.at < bytes.len() {
            return Err(FrameError);
        }
        pages
    };
    read().map_err(|_| Inconsistent)
}

/// Reads one page, whose text has so many bytes.
pub(in crate::index) fn page(
    cursor: &mut Cursor<'_>,
    text_bytes: u32,
    reasons: &[&'static str],
) -> Result<ReadPage, FrameError> {
    let name = cursor.text()?.into();
    let digest = cursor.take(32)?.try_into().map_err(|_| FrameError)?;
    let encoding = cursor.encoding()?;
    let warning = cursor.warning()?.map(Box::new);
    let flags = cursor.byte()?;
    let source_bytes = match flags & 4 {
        0 => text_bytes as usize,
        _ => usize::try_from(cursor.number()?).map_err(|_| FrameError)?,
    };
    let given: Option<Given> = match flags & 2 {
        0 => None,
        _ => Some(cursor.given()?),
    };
    let mut words_by_group = Vec::new();
    for _ in 0..cursor.number()? {
        let group = cursor.byte()?;
        let mut groups = PartGroup::WITH_WORDS.into_iter();
        let group = groups
            .find(|&known| known as u8 == group)
            .ok_or(FrameError)?;
        words_by_group.push((group, cursor.number_u32()?));
    }
    let mut start = 0;
    let parts = (0..cursor.number()?).map(|_| {
        let part = read_part(cursor, start, |cursor| read_reason(cursor, reasons))?;
        start = part.span.end;
        Ok(part)
    });
    let parts = parts.collect::<Result<_, FrameError>>()?;
    if start != text_bytes {
        return Err(FrameError);
    }
    let articles = (0..cursor.number()?)
        .map(|_| read_article(cursor, text_bytes, |cursor| read_reason(cursor, reasons)));
    let articles = articles.collect::<Result<_, FrameError>>()?;
    let origin = cursor.option(origin)?;
    Ok(ReadPage {
        head: PageHead {
            name,
            digest,
            source_bytes,
            encoding,
            warning,
            text_bytes,
            parts,
            articles,
            given: given.map(Box::new),
        },
        bundled: flags & 1 == 1,
        words_by_group: words_by_group.into(),
        origin,
    })
}

fn read_reason(
    cursor: &mut Cursor<'_>,
    reasons: &[&'static str],
) -> Result<&'static str, FrameError> {
    let number = cursor.number_u32()?;
    reasons.get(number as usize).copied().ok_or(FrameError)
}
