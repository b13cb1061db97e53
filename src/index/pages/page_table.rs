//! Pages by a hash that each of them has.

use crate::index::PageId;

/// Stands for no page.
const FREE: u32 = u32::MAX;

/// Slots of the smallest table, a power of two.
const LEAST_SLOTS: usize = 16;

/// Pages, each found by a hash of 64 bits. The table holds their numbers alone, four to six bytes for each page:
/// whoever asks tells the hash of a page. Of several pages with one hash it holds the first.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct PageTable {
    /// Numbers of pages, or [`FREE`]; none, or a power of two of them.
    slots: Vec<u32>,
    pages: usize,
}

impl PageTable {
    /// Makes room for so many more pages.
    pub(in crate::index) fn reserve(&mut self, pages: usize, hash_of: &dyn Fn(PageId) -> u64) {
        let slots = Self::slots_for(self.pages + pages);
        if slots > self.slots.len() {
            self.resize(slots, hash_of);
        }
    }

    /// The page that has a hash.
    pub(in crate::index) fn get(
        &self,
        hash: u64,
        hash_of: &dyn Fn(PageId) -> u64,
    ) -> Option<PageId> {
        let (_, page) = self.find(hash, hash_of)?;
        page
    }

    /// Adds a page unless there is one with its hash.
    pub(in crate::index) fn insert(&mut self, page: PageId, hash_of: &dyn Fn(PageId) -> u64) {
        self.reserve(1, hash_of);
        if let Some((slot, None)) = self.find(hash_of(page), hash_of)
            && let Some(free) = self.slots.get_mut(slot)
        {
            *free = page.0;
            self.pages += 1;
        }
    }

    /// The slot of a hash, and the page in it; none of a table without slots.
    fn find(&self, hash: u64, hash_of: &dyn Fn(PageId) -> u64) -> Option<(usize, Option<PageId>)> {
        // The highest bits of this product depend on all bits of the hash (Knuth 6.4).
        const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;
        let mask = self.slots.len().checked_sub(1)?;
        let mut slot = (hash.wrapping_mul(FACTOR) >> 32) as usize & mask;
        loop {
            match *self.slots.get(slot)? {
                FREE => return Some((slot, None)),
                page if hash_of(PageId(page)) == hash => return Some((slot, Some(PageId(page)))),
                _ => slot = (slot + 1) & mask,
            }
        }
    }

    /// At most three quarters of the slots are taken.
    fn slots_for(pages: usize) -> usize {
        (pages * 4).div_ceil(3).next_power_of_two().max(LEAST_SLOTS)
    }

    fn resize(&mut self, slots: usize, hash_of: &dyn Fn(PageId) -> u64) {
        let pages = std::mem::replace(&mut self.slots, vec![FREE; slots]);
        for page in pages.into_iter().filter(|&page| page != FREE) {
            if let Some((slot, None)) = self.find(hash_of(PageId(page)), hash_of)
                && let Some(free) = self.slots.get_mut(slot)
            {
                *free = page;
            }
        }
    }

    /// Bytes of memory.
    pub(in crate::index) fn memory(&self) -> usize {
        self.slots.capacity() * size_of::<u32>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn pages_are_those_of_a_map(hashes in proptest::collection::vec(prop_oneof![any::<u64>(), 0u64..40, (0u64..40).prop_map(|n| n << 58)], 0..300), reserved in 0usize..100) {
            let (mut table, mut naive) = (PageTable::default(), HashMap::new());
            let hash_of = |page: PageId| hashes[page.0 as usize];
            prop_assert_eq!(table.get(7, &hash_of), None);
            table.reserve(reserved, &hash_of);
            for (page, &hash) in (0..).map(PageId).zip(&hashes) {
                table.insert(page, &hash_of);
                naive.entry(hash).or_insert(page);
            }
            for hash in hashes.iter().copied().chain(0..50) {
                prop_assert_eq!(table.get(hash, &hash_of), naive.get(&hash).copied());
            }
            prop_assert!(table.memory() <= 4 * LEAST_SLOTS.max(3 * naive.len().max(reserved)));
        }
    }
}
