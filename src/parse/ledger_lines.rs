//! The lines of a ledger, in the order of their keys.
//!
//! A corpus may come from a hundred thousand files, and nothing more happens to a
//! line that is closed: it is kept as the bytes that a file would hold of it, a
//! quarter of what it takes otherwise.

use super::frame::Cursor;
use super::ledger::LedgerLine;
use super::ledger_file::{put_line, read_line};
use super::record::SourceKey;
use crate::sorting::Arrange;
use std::borrow::Cow;
use std::ops::RangeInclusive;

/// A line as it is kept.
#[derive(Clone, Debug)]
enum Kept {
    /// Its source is being read.
    Open(Box<LedgerLine>),
    /// Written by [`put_line`].
    Closed(Box<[u8]>),
}

impl Kept {
    fn of(mut line: LedgerLine, room: &mut Vec<u8>) -> Self {
        if !line.is_closed {
            return Self::Open(Box::new(line));
        }
        room.clear();
        put_line(room, &mut line);
        Self::Closed(room.as_slice().into())
    }

    fn line(&self, key: SourceKey) -> Option<Cow<'_, LedgerLine>> {
        match self {
            Self::Open(line) => Some(Cow::Borrowed(line)),
            Self::Closed(bytes) => {
                let mut cursor = Cursor { bytes, at: 0 };
                let line = read_line(&mut cursor, key);
                debug_assert!(line.is_ok(), "a line is read as it was written");
                line.ok().map(Cow::Owned)
            }
        }
    }
}

/// Lines by key. Nearly every line comes behind all others, so that a sorted list takes it at once.
#[derive(Clone, Debug, Default)]
pub(super) struct LedgerLines {
    sorted: Vec<(SourceKey, Kept)>,
    /// Where a line is written that is closed.
    room: Vec<u8>,
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
        let line = Kept::of(line, &mut self.room);
        match self.place(key) {
            Ok(place) => {
                if let Some(there) = self.sorted.get_mut(place) {
                    there.1 = line;
                }
                true
            }
            Err(place) => {
                self.grow();
                self.sorted.insert(place, (key, line));
                false
            }
        }
    }

    /// Adds a line in whatever order, until all are put in theirs.
    pub(super) fn push(&mut self, key: SourceKey, line: LedgerLine) {
        let line = Kept::of(line, &mut self.room);
        self.grow();
        self.sorted.push((key, line));
    }

    /// Makes room for one more: lists that grow by quarters leave less free on the way.
    fn grow(&mut self) {
        if self.sorted.len() == self.sorted.capacity() {
            self.sorted.reserve_exact(self.sorted.len() / 4 + 8);
        }
    }

    /// Puts lines in the order of their keys; tells whether no two have one key.
    pub(super) fn arrange(&mut self) -> bool {
        self.sorted.arrange_by_key(|(key, _)| *key);
        self.sorted.is_sorted_by(|(one, _), (next, _)| one < next)
    }

    pub(super) fn get(&self, key: SourceKey) -> Option<Cow<'_, LedgerLine>> {
        let (_, line) = self.sorted.get(self.place(key).ok()?)?;
        line.line(key)
    }

    /// Whether this is the line of a key, and closed.
    pub(super) fn has(&self, key: SourceKey, line: LedgerLine) -> bool {
        let place = self.place(key).ok();
        let there = place.and_then(|place| self.sorted.get(place));
        match (there, Kept::of(line, &mut Vec::new())) {
            (Some((_, Kept::Closed(there))), Kept::Closed(line)) => *there == line,
            _ => false,
        }
    }

    /// Changes a line, if it is there.
    pub(super) fn change<R>(
        &mut self,
        key: SourceKey,
        change: impl FnOnce(&mut LedgerLine) -> R,
    ) -> Option<R> {
        let place = self.place(key).ok()?;
        self.change_at(place, change)
    }

    fn change_at<R>(
        &mut self,
        place: usize,
        change: impl FnOnce(&mut LedgerLine) -> R,
    ) -> Option<R> {
        let (key, kept) = self.sorted.get_mut(place)?;
        if let Kept::Open(line) = kept {
            let done = change(line);
            if line.is_closed {
                self.room.clear();
                put_line(&mut self.room, line);
                *kept = Kept::Closed(self.room.as_slice().into());
            }
            return Some(done);
        }
        let mut line = kept.line(*key)?.into_owned();
        let done = change(&mut line);
        *kept = Kept::of(line, &mut self.room);
        Some(done)
    }

    /// Changes every line of some files.
    pub(super) fn change_all(
        &mut self,
        files: RangeInclusive<u32>,
        change: &mut dyn FnMut(SourceKey, &mut LedgerLine),
    ) {
        let mut place = self
            .sorted
            .partition_point(|(key, _)| key.file < *files.start());
        while let Some(&(key, _)) = self.sorted.get(place)
            && key.file <= *files.end()
        {
            self.change_at(place, |line| change(key, line));
            place += 1;
        }
    }

    /// The highest key.
    pub(super) fn last_key(&self) -> Option<SourceKey> {
        self.sorted.last().map(|(key, _)| *key)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.sorted.len()
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = SourceKey> {
        self.sorted.iter().map(|(key, _)| *key)
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (SourceKey, Cow<'_, LedgerLine>)> {
        let lines = self.sorted.iter();
        lines.filter_map(|(key, line)| Some((*key, line.line(*key)?)))
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
        fn lines_are_those_of_a_map(keys in proptest::collection::vec((0u32..5, 0u32..6, proptest::bool::ANY), 0..60)) {
            let (mut lines, mut naive) = (LedgerLines::default(), BTreeMap::new());
            for (n, (file, member, is_closed)) in keys.into_iter().enumerate() {
                let key = SourceKey { file, member };
                let mut line = LedgerLine::opened(None, n.to_string(), FileFormat::Text);
                line.is_closed = is_closed;
                prop_assert_eq!(lines.insert(key, line.clone()), naive.insert(key, line).is_some());
                let key = SourceKey { file: member, member: file };
                let change = |line: &mut LedgerLine| {
                    line.words += 7;
                    line.is_closed |= line.words > 20;
                };
                prop_assert_eq!(lines.change(key, change), naive.get_mut(&key).map(change));
            }
            lines.change_all(2..=3, &mut |key, line| line.bytes += u64::from(key.file));
            for (key, line) in naive.iter_mut().filter(|(key, _)| (2..=3).contains(&key.file)) {
                line.bytes += u64::from(key.file);
            }
            for file in 0..6 {
                for member in 0..7 {
                    let key = SourceKey { file, member };
                    prop_assert_eq!(lines.get(key).map(Cow::into_owned), naive.get(&key).cloned());
                }
            }
            prop_assert!(lines.keys().eq(naive.keys().copied()));
            prop_assert_eq!(lines.len(), naive.len());
            let listed = lines.iter().map(|(key, line)| (key, line.into_owned()));
            prop_assert!(listed.eq(naive));
        }
    }
}
