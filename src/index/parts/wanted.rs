//! What was looked for and is not there.

use crate::sorting::Arrange;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Numbers of the shelves that were asked for, each once. Copies share them.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct Wanted(Arc<Mutex<Vec<usize>>>);

impl Wanted {
    /// Notes a shelf.
    pub(in crate::index) fn add(&self, shelf: usize) {
        let mut shelves = self.shelves();
        if !shelves.contains(&shelf) {
            shelves.push(shelf);
        }
    }

    /// Those that were noted since the last time, ascending.
    pub(in crate::index) fn take(&self) -> Vec<usize> {
        let mut shelves = std::mem::take(&mut *self.shelves());
        shelves.arrange();
        shelves
    }

    fn shelves(&self) -> MutexGuard<'_, Vec<usize>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
