//! Pages that come from other indexes.

use super::{Intake, Origin};
use crate::index::pages::placed::Renumbering;
use crate::index::store::number;
use crate::index::{Index, PageId, SavedIndex, Share};
use crate::parse::ledger::Taken;
use crate::parse::record::ImportEvent;
use std::borrow::Cow;

impl Intake {
    /// Adds a page of another index unless it is there already.
    fn add_of(
        &mut self,
        index: &mut Index,
        from: &SavedIndex,
        page: PageId,
        numbers: &mut Renumbering,
        origin: Option<Origin>,
    ) -> Option<Taken> {
        let (letters, from) = (from.intake.letters.of(page), &from.index);
        let page = from.page(page)?;
        let (digest, given) = (&page.page.digest, page.page.given());
        if let Err(full) = index.make_room(u64::from(page.page.text_bytes)) {
            let key = origin.map(|origin| origin.key);
            return Some(self.refuse(key, page.page.source_bytes() as u64, &full));
        }
        let text = || Cow::from(from.text(page.number));
        let twin = self.twin(index, letters, text, given);
        let known = index.pages().len();
        let taken = self.settle(index, twin, digest, given, &mut |index| {
            index.add_page_of(from, page, numbers)
        });
        self.note(index, known, origin, digest, &taken);
        Some(taken)
    }

    /// Takes the events of a share as [`Intake::take`] takes those of the readers, and tells `told` of each what
    /// became of it. Whether it was taken: nothing is while a text that comes in pieces is not whole.
    pub fn take_share(
        &mut self,
        index: &mut Index,
        share: Share,
        mut told: impl FnMut(&ImportEvent, Option<Taken>),
    ) -> bool {
        if self.pieces.is_open() {
            return false;
        }
        let Share { events, mut saved } = share;
        self.learn_texts(index);
        saved.intake.learn_texts(&mut saved.index);
        let mut numbers = Renumbering::new(&saved.index);
        for event in events {
            let taken = match &event {
                ImportEvent::Text(record) => {
                    let origin = self.next_origin(record.key);
                    let page = saved.index.page_with_digest(&record.digest);
                    page.and_then(|page| {
                        self.add_of(index, &saved, page, &mut numbers, Some(origin))
                    })
                }
                _ => self.take(index, event.clone()),
            };
            told(&event, taken);
        }
        index.count_copied(&numbers);
        true
    }

    /// Adds pages of other indexes in this order, each with the place of its index and with its origin.
    /// Words are looked up once for each form of an index, and no text is read again.
    pub(in crate::index) fn add_pages_of(
        &mut self,
        index: &mut Index,
        others: &mut [SavedIndex],
        pages: impl Iterator<Item = (usize, PageId, Option<Origin>)>,
    ) {
        self.learn_texts(index);
        others
            .iter_mut()
            .for_each(|other| other.intake.learn_texts(&mut other.index));
        let numbers = others.iter().map(|other| Renumbering::new(&other.index));
        let mut numbers: Vec<Renumbering> = numbers.collect();
        for (at, page, origin) in pages {
            if let Some((other, numbers)) = others.get(at).zip(numbers.get_mut(at)) {
                self.add_of(index, other, page, numbers, origin);
            }
        }
        for numbers in &numbers {
            index.count_copied(numbers);
        }
    }

    /// Takes all that another index holds; its sources must have numbers of their own.
    pub fn add_all(&mut self, index: &mut Index, mut other: SavedIndex) {
        if !other.intake.is_segment {
            other.intake.forget_pages(&other.index);
        }
        if !other.intake.ledger().is_empty() {
            let of_other = std::mem::take(other.intake.ledger_mut());
            self.ledger_mut().adopt(&of_other, 0);
        }
        // Without pages nothing is compared, and nothing is made ready for it.
        if !other.index.pages().is_empty() {
            let pages = (0..number(other.index.pages().len())).map(PageId);
            let origins = std::mem::take(&mut other.intake.sources.get_mut().origins);
            let origin = |page: PageId| origins.get(page.0);
            let pages = pages.map(|page| (0, page, origin(page)));
            self.add_pages_of(index, &mut [other], pages);
        }
    }
}
