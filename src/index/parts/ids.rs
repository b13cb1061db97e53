//! Parts of ids: which page has an id.

use crate::index::PageId;
use crate::index::file::error::Inconsistent;
use rustc_hash::FxHashMap;

/// Bytes of an entry: the id, and the number of the page, little-endian.
pub(super) const ENTRY: usize = 12;

/// Takes the entries of a part of an index that has so many pages.
pub(super) fn take(
    ids: &mut FxHashMap<u64, PageId>,
    pages: usize,
    bytes: &[u8],
) -> Result<(), Inconsistent> {
    let (entries, rest) = bytes.as_chunks::<ENTRY>();
    if !rest.is_empty() {
        return Err(Inconsistent);
    }
    for entry in entries {
        let id = entry.first_chunk::<8>().copied().map(u64::from_le_bytes);
        let page = entry.last_chunk::<4>().copied().map(u32::from_le_bytes);
        let (id, page) = id.zip(page).ok_or(Inconsistent)?;
        if page as usize >= pages {
            return Err(Inconsistent);
        }
        ids.insert(id, PageId(page));
    }
    Ok(())
}
