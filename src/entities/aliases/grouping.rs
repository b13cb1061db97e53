//! Sets of spellings that are one entity: joined by proofs, kept apart by readers.

use rustc_hash::FxHashSet;

/// Sets of numbered spellings. Two that a reader or a list keeps apart are never in one set.
pub(super) struct Sets {
    parent: Vec<u32>,
    /// List entry of each set, at its root: two entries are never joined.
    listed: Vec<Option<u32>>,
    apart: FxHashSet<(u32, u32)>,
}

impl Sets {
    /// Each spelling a set of its own; `listed` gives its list entry.
    pub(super) fn new(listed: Vec<Option<u32>>) -> Self {
        let count = u32::try_from(listed.len()).unwrap_or(u32::MAX);
        Self {
            parent: (0..count).collect(),
            listed,
            apart: FxHashSet::default(),
        }
    }

    /// The set of a spelling.
    pub(super) fn find(&mut self, of: u32) -> u32 {
        let mut at = of;
        while let Some(&parent) = self.parent.get(at as usize)
            && parent != at
        {
            let above = self.parent.get(parent as usize).copied().unwrap_or(parent);
            if let Some(slot) = self.parent.get_mut(at as usize) {
                *slot = above;
            }
            at = above;
        }
        at
    }

    /// Keeps two spellings apart, unless they are one already.
    pub(super) fn part(&mut self, one: u32, other: u32) {
        if self.find(one) != self.find(other) {
            self.apart.insert((one.min(other), one.max(other)));
        }
    }

    /// Whether the sets of two spellings must stay two; a list's word goes for less than a reader's.
    pub(super) fn must_part(&mut self, one: u32, other: u32, by_reader: bool) -> bool {
        let (one, other) = (self.find(one), self.find(other));
        let entry = |at: u32| self.listed.get(at as usize).copied().flatten();
        if let (Some(a), Some(b)) = (entry(one), entry(other))
            && a != b
            && !by_reader
        {
            return true;
        }
        let apart: Vec<(u32, u32)> = self.apart.iter().copied().collect();
        apart.into_iter().any(|(a, b)| {
            let (a, b) = (self.find(a), self.find(b));
            (a, b) == (one, other) || (b, a) == (one, other)
        })
    }

    /// Joins two sets; false when they are one or must stay two.
    pub(super) fn join(&mut self, one: u32, other: u32, by_reader: bool) -> bool {
        let (a, b) = (self.find(one), self.find(other));
        if a == b || self.must_part(a, b, by_reader) {
            return false;
        }
        let (root, under) = (a.min(b), a.max(b));
        if let Some(slot) = self.parent.get_mut(under as usize) {
            *slot = root;
        }
        let entry = |at: u32| self.listed.get(at as usize).copied().flatten();
        let listed = entry(root).or(entry(under));
        if let Some(slot) = self.listed.get_mut(root as usize) {
            *slot = listed;
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_parted_stays_parted_however_it_is_joined() {
        let mut sets = Sets::new(vec![None; 4]);
        sets.part(0, 3);
        assert!(sets.join(0, 1, false) && sets.join(1, 2, false));
        assert!(!sets.join(2, 3, true));
        assert!(!sets.join(0, 2, false));
        let mut sets = Sets::new(vec![Some(7), None, Some(8)]);
        assert!(sets.join(0, 1, false) && !sets.join(1, 2, false));
        assert!(sets.join(1, 2, true), "a reader knows better than a list");
    }
}
