//! Which words an index in parts has, and which part would bring others.

use super::Wanted;
use std::sync::Arc;

/// The drawers of words in the order of what the clitics lens leaves.
#[derive(Clone, Debug, Default)]
pub(in crate::index) struct WordHoles {
    /// What the lens leaves of the first word of each drawer.
    firsts: Arc<[String]>,
    /// Whatever may stand before it in a word.
    proclitics: Arc<[String]>,
    held: Vec<bool>,
    wanted: Wanted,
}

impl WordHoles {
    pub(super) fn new(firsts: Arc<[String]>, proclitics: Arc<[String]>, wanted: Wanted) -> Self {
        Self {
            held: vec![false; firsts.len()],
            firsts,
            proclitics,
            wanted,
        }
    }

    /// Notes that the words of a drawer are there.
    pub(super) fn hold(&mut self, drawer: usize) {
        if let Some(held) = self.held.get_mut(drawer) {
            *held = true;
        }
    }

    /// The drawer that holds the words of which the clitics lens leaves this, if there are any.
    fn drawer(&self, base: &str) -> Option<usize> {
        let after = self.firsts.partition_point(|first| first.as_str() <= base);
        after.checked_sub(1)
    }

    fn want(&self, drawer: usize) {
        if self.held.get(drawer) == Some(&false) {
            self.wanted.add(drawer);
        }
    }

    /// Looks at the words of which the clitics lens leaves this.
    pub(in crate::index) fn base(&self, base: &str) {
        if let Some(drawer) = self.drawer(base) {
            self.want(drawer);
        }
    }

    /// Whether the words of which the clitics lens leaves this may be there and are not.
    pub(in crate::index) fn lacks(&self, base: &str) -> bool {
        let drawer = self.drawer(base);
        drawer.is_some_and(|drawer| self.held.get(drawer) == Some(&false))
    }

    /// Looks at the words of which it leaves something that begins so.
    pub(in crate::index) fn prefix(&self, prefix: &str) {
        let from = self.drawer(prefix).unwrap_or_default();
        let drawers = self.firsts.iter().enumerate().skip(from);
        let inside = drawers.take_while(|(drawer, first)| {
            *drawer == from || first.as_str() <= prefix || first.starts_with(prefix)
        });
        inside.for_each(|(drawer, _)| self.want(drawer));
    }

    /// Looks at the words whose letters begin so, with proclitics or without.
    pub(in crate::index) fn letters_prefix(&self, prefix: &str) {
        self.prefix(prefix);
        for proclitics in self.proclitics.iter() {
            if let Some(rest) = prefix.strip_prefix(proclitics.as_str()) {
                self.prefix(rest);
            } else if proclitics.starts_with(prefix) {
                self.all();
            }
        }
    }

    /// Whether every word is there.
    pub(in crate::index) fn has_all(&self) -> bool {
        self.held.iter().all(|&held| held)
    }

    /// Looks at every word.
    pub(in crate::index) fn all(&self) {
        (0..self.held.len()).for_each(|drawer| self.want(drawer));
    }

    /// What the clitics lens may leave of a word with these letters.
    pub(in crate::index) fn bases<'k>(&'k self, key: &'k str) -> impl Iterator<Item = &'k str> {
        let cut = self.proclitics.iter();
        let cut = cut.filter_map(|proclitics| key.strip_prefix(proclitics.as_str()));
        std::iter::once(key).chain(cut)
    }
}
