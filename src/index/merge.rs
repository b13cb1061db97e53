//! Segments made one: the same index as if one reader had read all sources.
//!
//! A *segment* is an index of a share of the sources in which nothing has been
//! decided about copies: a page that one segment has for the first may be a
//! copy of one in another. [`merge`] takes the pages of all segments in the
//! order of their origins and decides as [`Intake`] does on reading, so that
//! neither the number of segments nor their order changes anything.

use super::{Index, Intake, Origin, PageId, SavedIndex};
use crate::sorting::Arrange;
use std::collections::{BTreeMap, BTreeSet};

/// A text that is to be taken.
struct Arrival {
    origin: Option<Origin>,
    segment: usize,
    page: Option<PageId>,
    digest: [u8; 32],
}

/// Merges segments, or indexes that stand for themselves, into one index, which is up to date.
#[must_use]
pub fn merge(mut segments: Vec<SavedIndex>) -> SavedIndex {
    // Where two segments number different files alike, the files get new numbers.
    segments.arrange_by_cached_key(|segment| segment.index.fingerprint());
    let shifts = shifts(&segments);
    let mut intake = Intake::default();
    let mut arrivals = Vec::new();
    for (at, (segment, &shift)) in segments.iter_mut().zip(&shifts).enumerate() {
        let shifted = |origin: Origin| {
            let mut origin = origin;
            origin.key.file += shift;
            origin
        };
        for page in segment.index.pages() {
            let origin = segment.intake.origin(page.number);
            arrivals.push(Arrival {
                origin: origin.map(shifted),
                segment: at,
                page: Some(page.number),
                digest: page.page.digest,
            });
        }
        for &(origin, digest) in segment.intake.repeats() {
            arrivals.push(Arrival {
                origin: Some(shifted(origin)),
                segment: at,
                page: None,
                digest,
            });
        }
        let SavedIndex {
            index, intake: of, ..
        } = segment;
        if !of.is_segment() {
            of.forget_pages(index);
        }
        intake
            .ledger_mut()
            .adopt(&std::mem::take(of.ledger_mut()), shift);
    }
    arrivals.arrange_by_key(|arrival| arrival.origin);
    let pages: Vec<_> = arrivals
        .iter()
        .filter_map(|arrival| {
            let from = segments.get(arrival.segment)?;
            // What stands for a page that is there twice is the page itself.
            let page = arrival.page;
            let page = page.or_else(|| from.index.page_with_digest(&arrival.digest))?;
            Some((arrival.segment, page, arrival.origin))
        })
        .collect();
    let mut index = Index::default();
    intake.add_pages_of(&mut index, &mut segments, pages.into_iter());
    drop(segments);
    index.refresh();
    SavedIndex {
        index,
        intake,
        layers: None,
    }
}

/// An index without some of its pages, up to date: as if these had never been
/// added, but copies of them that were passed over do not come back. No text is cut into words again.
#[must_use]
pub fn without(mut from: SavedIndex, removed: &BTreeSet<PageId>) -> SavedIndex {
    let mut intake = Intake::default();
    intake.keep_rules(&from.intake);
    from.intake.forget_pages(&from.index);
    let ledger = std::mem::take(from.intake.ledger_mut());
    intake.ledger_mut().adopt(&ledger, 0);
    let pages = from.index.pages().iter().map(|page| page.number);
    let (gone, kept): (Vec<PageId>, Vec<PageId>) = pages.partition(|page| removed.contains(page));
    let (id, key) = (
        |page: PageId| from.index.page(page).map(|page| page.page.id()),
        |page: PageId| from.intake.origin(page).map(|origin| origin.key),
    );
    let gone = gone
        .into_iter()
        .filter_map(|page| Some((id(page)?, key(page))));
    let mut taken_out = BTreeMap::new();
    taken_out.extend(gone);
    let origins = kept.iter().map(|&page| (0, page, from.intake.origin(page)));
    let pages: Vec<_> = origins.collect();
    let mut index = Index::default();
    intake.add_pages_of(&mut index, &mut [from], pages.into_iter());
    intake.ledger_mut().take_out(&taken_out);
    index.refresh();
    SavedIndex {
        index,
        intake,
        layers: None,
    }
}

/// What is added to the numbers of the files of each segment.
fn shifts(segments: &[SavedIndex]) -> Vec<u32> {
    let mut seen = BTreeSet::new();
    let apart = segments.iter().all(|segment| {
        let mut files = BTreeSet::new();
        files.extend(segment.intake.ledger().lines().map(|(key, _)| key.file));
        let apart = seen.is_disjoint(&files);
        seen.extend(files);
        apart
    });
    let mut next = 0u32;
    segments
        .iter()
        .map(|segment| {
            let shift = if apart { 0 } else { next };
            next = next.saturating_add(segment.intake.ledger().next_file());
            shift
        })
        .collect()
}
