//! The lines of a ledger, in the order of their keys.

use super::ledger::LedgerLine;
use super::record::SourceKey;

/// Lines by key. Nearly every line comes behind all others, so that a sorted list takes it at once.
#[derive(Clone, Debug, Default)]
pub(super) struct LedgerLines {
    /// Boxed, so that little is moved when the list grows.
    sorted: Vec<(SourceKey, Box<LedgerLine>)>,
}

impl LedgerLines {
    /// Where a key stands or belongs.
    fn place(&self, key: SourceKey) -> Result<usize, usize> {
        match self.sorted.last() {
            Some((last, _)) if *last >= key => self.sorted.binary_search_by(|(k, _)| k.cmp(&key)),
            _ => Err(self.sorted.len()),
        }
    }

    /// Puts a line in place of the one with its key, if there is one; tells whether there was.
    pub(super) fn insert(&mut self, key: SourceKey, line: LedgerLine) -> bool {
        let line = Box::new(line);
        match self.place(key) {
            Ok(place) => {
                if let Some(there) = self.sorted.get_mut(place) {
                    there.1 = line;
                }
                true
            }
            Err(place) => {
                self.sorted.insert(place, (key, line));
                false
            }
        }
    }

    pub(super) fn get(&self, key: SourceKey) -> Option<&LedgerLine> {
        let (_, line) = self.sorted.get(self.place(key).ok()?)?;
        Some(line)
    }

    pub(super) fn get_mut(&mut self, key: SourceKey) -> Option<&mut LedgerLine> {
        let place = self.place(key).ok()?;
        let (_, line) = self.sorted.get_mut(place)?;
        Some(line)
    }

    /// The highest key.
    pub(super) fn last_key(&self) -> Option<SourceKey> {
        self.sorted.last().map(|(key, _)| *key)
    }

    pub(super) fn iter(&self) -> impl ExactSizeIterator<Item = (SourceKey, &LedgerLine)> {
        self.sorted.iter().map(|(key, line)| (*key, line.as_ref()))
    }

    pub(super) fn iter_mut(&mut self) -> impl Iterator<Item = (SourceKey, &mut LedgerLine)> {
        let lines = self.sorted.iter_mut();
        lines.map(|(key, line)| (*key, line.as_mut()))
    }

    pub(super) fn into_lines(self) -> impl Iterator<Item = (SourceKey, LedgerLine)> {
        self.sorted.into_iter().map(|(key, line)| (key, *line))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::format::FileFormat;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    proptest! {
        #[test]
        fn lines_are_those_of_a_map(keys in proptest::collection::vec((0u32..5, 0u32..6), 0..60)) {
            let (mut lines, mut naive) = (LedgerLines::default(), BTreeMap::new());
            for (n, (file, member)) in keys.into_iter().enumerate() {
                let key = SourceKey { file, member };
                let line = LedgerLine::opened(None, n.to_string(), FileFormat::Text);
                prop_assert_eq!(lines.insert(key, line.clone()), naive.insert(key, line).is_some());
            }
            for file in 0..6 {
                for member in 0..7 {
                    let key = SourceKey { file, member };
                    prop_assert_eq!(lines.get(key), naive.get(&key));
                    prop_assert_eq!(lines.get_mut(key), naive.get_mut(&key));
                }
            }
            let listed = lines.iter().map(|(key, line)| (key, line.clone()));
            prop_assert!(listed.eq(naive.clone()));
            prop_assert!(lines.into_lines().eq(naive));
        }
    }
}
