//! Parts of names: shelves that a floor above writes and reads.
//!
//! The first names the files of the others: how many each has, then the checksums of all.

use super::directory::take_hashes;
use super::{PartKind, Parts};
use crate::index::file::error::Inconsistent;
use crate::index::{Bytes, Index};
use crate::parse::frame::{Cursor, FrameError};

/// What the shelves of names hold.
#[derive(Clone, Debug, Default)]
pub struct NameShelves {
    /// What the first one holds behind the names of the files.
    pub head: Vec<u8>,
    /// The others.
    pub shelves: Vec<Vec<u8>>,
}

impl Parts {
    pub(super) fn take_names(&mut self, number: usize, bytes: Vec<u8>) -> Result<(), Inconsistent> {
        let mut bytes = Bytes::from(bytes);
        if number == 0 {
            let read = self.take_name_files(&bytes).map_err(|_| Inconsistent)?;
            bytes = bytes.part(read..bytes.len()).ok_or(Inconsistent)?;
        }
        if self.names.len() <= number {
            self.names.resize(number + 1, None);
        }
        if let Some(shelf) = self.names.get_mut(number) {
            *shelf = Some(bytes);
        }
        Ok(())
    }

    /// Learns the files of all shelves but the first; returns how many bytes tell them.
    fn take_name_files(&mut self, bytes: &[u8]) -> Result<usize, FrameError> {
        let mut cursor = Cursor { bytes, at: 0 };
        let mut counts = Vec::new();
        for _ in 1..self.directory.count(PartKind::Names) {
            counts.push(cursor.number_u32()?);
        }
        for (count, shelf) in counts.into_iter().zip(1..) {
            let files = take_hashes(&mut cursor, count)?;
            if files.is_empty() {
                return Err(FrameError);
            }
            self.directory.learn(PartKind::Names, shelf, files);
        }
        Ok(cursor.at)
    }
}

impl Index {
    /// Whether this is an index in parts that bring names.
    #[must_use]
    pub fn has_name_shelves(&self) -> bool {
        let parts = self.parts.as_ref();
        parts.is_some_and(|parts| parts.directory.count(PartKind::Names) > 0)
    }

    /// What a shelf of names holds, if it came; if not, it is asked for, and before it what names its files.
    #[must_use]
    pub fn name_shelf(&self, number: usize) -> Option<Bytes> {
        let parts = self.parts.as_ref()?;
        if number >= parts.directory.count(PartKind::Names) {
            return None;
        }
        let found = parts.names.get(number).cloned().flatten();
        if found.is_none() {
            let asked = if parts.names.is_empty() { 0 } else { number };
            parts.want(parts.directory.shelf(PartKind::Names, asked));
        }
        found
    }
}
