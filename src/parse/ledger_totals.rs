//! What the import ledger adds up to.

use super::ledger::{Ledger, LedgerStatus};

/// Sums over lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LedgerTotals {
    /// Files.
    pub files: u64,
    /// Members of archives.
    pub members: u64,
    /// Bytes of the files.
    pub bytes: u64,
    /// Bytes of the members, unpacked; a nested archive counts beside its own members.
    pub member_bytes: u64,
    /// Lines of each status, in the order of [`LedgerStatus::ALL`]; they add up
    /// to files and members.
    pub by_status: [u64; LedgerStatus::ALL.len()],
    /// Pages added.
    pub pages: u64,
    /// Articles in them.
    pub articles: u64,
    /// Words in them.
    pub words: u64,
    /// Texts not added because they were there already.
    pub duplicates: u64,
    /// Texts that completed a page.
    pub merged: u64,
    /// Records that could not be read.
    pub bad: u64,
}

impl Ledger {
    /// Sums over all lines.
    #[must_use]
    pub fn totals(&self) -> LedgerTotals {
        let mut totals = LedgerTotals::default();
        for (key, line) in self.lines() {
            if key.member == 0 {
                totals.files += 1;
                totals.bytes += line.bytes;
            } else {
                totals.members += 1;
                totals.member_bytes += line.bytes;
            }
            if let Some(count) = totals.by_status.get_mut(line.status() as usize) {
                *count += 1;
            }
            totals.pages += line.pages;
            totals.articles += line.articles;
            totals.words += line.words;
            totals.duplicates += line.same_bytes + line.same_text;
            totals.merged += line.merged;
            totals.bad += line.bad;
        }
        totals
    }
}
