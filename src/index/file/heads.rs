//! The section of pages: what is known of each beside its tokens.
//!
//! What is alike stands together: the names of all pages, then their ids, and so
//! on. Pages are read when they are looked at: see [`FileHeads`].

use super::error::Inconsistent;
use super::file_heads::{FileHeads, PageSize};
use super::ledger::Told;
use super::page_codes::PageCodes;
use super::page_columns::PageWriter;
use super::page_reader::PageColumns;
use crate::index::coding::bytes::Bytes;
use crate::index::pages::origins::Origins;
use crate::index::{Index, Origin};
use crate::parse::frame::{Cursor, FrameError, put_key, put_number};

/// Writes the section: codes, origins, columns.
pub(super) fn write(index: &Index, origins: &Origins, told: &[Option<Told>]) -> Vec<u8> {
    let codes = PageCodes::of(index);
    let mut out = codes.write();
    origins.write(&mut out);
    let mut columns = PageWriter::new(&codes);
    for (at, page) in index.pages().iter().enumerate() {
        columns.add(page, told.get(at).copied().flatten());
    }
    columns.finish(&mut out);
    out
}

/// Writes where a text comes from.
pub(in crate::index) fn put_origin(out: &mut Vec<u8>, origin: &Origin) {
    put_key(out, origin.key);
    put_number(out, u64::from(origin.ordinal));
}

/// Reads it.
pub(in crate::index) fn origin(cursor: &mut Cursor<'_>) -> Result<Origin, FrameError> {
    Ok(Origin {
        key: cursor.key()?,
        ordinal: cursor.number_u32()?,
    })
}

/// Writes of each page the hash of its letters and what the section of pages does not have of its digest.
pub(super) fn write_hashes(index: &Index, letters: &[u64]) -> Vec<u8> {
    let mut out = Vec::new();
    for (page, letters) in index.pages().iter().zip(letters) {
        out.extend(letters.to_le_bytes());
        out.extend(page.page.digest.iter().skip(8));
    }
    out
}

/// Reads them: digests go into the index, the hashes of letters are returned. None where there is not one for each page.
pub(super) fn read_hashes(bytes: &[u8], index: &mut Index) -> Vec<u64> {
    let (hashes, rest) = bytes.as_chunks::<32>();
    if hashes.len() != index.pages.len() || !rest.is_empty() {
        return Vec::new();
    }
    let pages = index.pages.iter_mut().zip(hashes);
    let letters = pages.map(|(page, hashes)| {
        let (letters, rest) = hashes.split_first_chunk().unwrap_or((&[0; 8], &[]));
        let digest = page.page.digest.iter_mut().skip(8);
        digest.zip(rest).for_each(|(to, &from)| *to = from);
        u64::from_le_bytes(*letters)
    });
    letters.collect()
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

/// Reads where the pages come from, and where the columns stand in the section; the pages are read later.
pub(super) fn read(
    section: &Bytes,
    sizes: Vec<PageSize>,
) -> Result<(FileHeads, Origins), FrameError> {
    let mut cursor = Cursor {
        bytes: section,
        at: 0,
    };
    let codes = PageCodes::read(&mut cursor)?;
    let origins = Origins::read(&mut cursor, sizes.len())?;
    let columns = PageColumns::read(&mut cursor, sizes.len())?;
    if cursor.at < section.len() {
        return Err(FrameError);
    }
    let heads = FileHeads::new(section.clone(), codes, columns, sizes)?;
    Ok((heads, origins))
}
