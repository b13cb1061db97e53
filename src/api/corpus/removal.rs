//! Taking pages out of the corpus.

use crate::api::caches::Caches;
use crate::api::request::file_number;
use crate::api::{Error, Explorer, RemoveRequest, RemovedReply};
use crate::index::{PageId, SavedIndex, without};
use crate::parse::ledger::Ledger;
use crate::parse::record::SourceKey;
use std::collections::BTreeSet;

impl Explorer {
    /// Takes pages out of the corpus, by their ids or by the source that they came from: whatever is counted
    /// from now on is as if they had never been added. Texts that were passed over as copies of them do
    /// not come back; what was taken out can be added again. The lines of their sources say `taken-out`.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for numbers out of range, [`Error::InParts`] of a corpus in parts,
    /// [`Error::NoRoom`] when there is no room to make the index anew; then nothing is taken out.
    pub fn remove(&mut self, request: &RemoveRequest) -> Result<RemovedReply, Error> {
        self.whole("taking pages out")?;
        let ids = request.ids.iter().flatten();
        let mut removed = BTreeSet::new();
        removed.extend(ids.filter_map(|id| self.index.page_by_id(id)));
        let member = file_number("member", request.member)?.unwrap_or_default();
        if let Some(file) = file_number("file", request.file)? {
            let ledger = self.intake.ledger();
            removed.extend(self.index.pages().iter().filter_map(|page| {
                let key = self.intake.origin(page.number)?.key;
                (key.file == file && is_within(ledger, key, member)).then_some(page.number)
            }));
        }
        let pages = removed.iter().filter_map(|&id| self.index.page(id));
        let bundled = pages
            .filter(|page| page.page.bundled)
            .map(|page| page.page.id())
            .collect();
        self.take_out(&removed)?;
        Ok(RemovedReply {
            pages: removed.len(),
            bundled,
        })
    }

    fn take_out(&mut self, removed: &BTreeSet<PageId>) -> Result<(), Error> {
        if removed.is_empty() {
            return Ok(());
        }
        self.index.make_room_for_another()?;
        let saved = SavedIndex {
            index: std::mem::take(&mut self.index),
            intake: std::mem::take(&mut self.intake),
            layers: None,
        };
        let SavedIndex { index, intake, .. } = without(saved, removed);
        (self.index, self.intake) = (index, intake);
        self.forget_annotations();
        self.form_names = None;
        self.caches = Caches::default();
        self.forget_repeats();
        Ok(())
    }
}

/// Whether a source is this member of its file or lies within it; 0 is the file itself.
fn is_within(ledger: &Ledger, key: SourceKey, member: u32) -> bool {
    let mut at = Some(key.member);
    while let Some(number) = at.filter(|&number| number != member) {
        let line = ledger.line(SourceKey {
            member: number,
            ..key
        });
        // Whoever holds a member has a lower number.
        at = line
            .and_then(|line| line.parent)
            .filter(|&parent| parent < number);
    }
    at.is_some() || member == 0
}
