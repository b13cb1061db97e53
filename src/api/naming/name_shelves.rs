//! Cuts the names that were found into the shelves that an index in parts brings.

use crate::api::naming::descriptions::{described, descriptions};
use crate::api::naming::entities::{OFFERS, document};
use crate::entities::aliases::{Decisions, Offer};
use crate::entities::annotator::{read_layers, write_layers};
use crate::entities::name_parts::{
    Described, cut, mark_cut, put_entity_part, put_head, put_pages_part, put_table,
};
use crate::entities::quotes::Description;
use crate::entities::{EntityId, EntityLayer};
use crate::index::{Documents, Index, IndexedPage, NameShelves, Scope};
use crate::parse::frame::FrameError;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// A shelf of entities ends behind so many bytes, which are deflated to less than half.
const SHELF_BYTES: usize = 48 << 10;

/// A shelf of pages ends behind so many mentions, of some ten bytes each.
const SHELF_MENTIONS: usize = 3_000;

/// What is told of entities beside their mentions.
struct Beside<'a> {
    /// In each scope, mentions and documents.
    counts: Vec<[(u32, u32); 3]>,
    offers: FxHashMap<EntityId, Vec<&'a Offer>>,
    described: FxHashMap<EntityId, Vec<(&'a IndexedPage, &'a Description)>>,
}

/// Cuts the layers that were found in the texts of an index that is up to date: bytes of
/// [`write_layers`](crate::entities::annotator::write_layers).
///
/// # Errors
/// [`FrameError`] when the layers are another version's, or of other pages.
pub fn name_shelves(index: &Index, kept: &[u8]) -> Result<NameShelves, FrameError> {
    let mut layers = read_layers(kept, index.pages().len())?;
    layers.entities.link(&Decisions::default());
    let counts = counts(index, &layers.entities);
    let are_cut = are_cut(index, &layers.entities);
    mark_cut(&mut layers.entities, &are_cut);
    let layer = &layers.entities;
    let mut beside = Beside {
        counts,
        offers: FxHashMap::default(),
        described: FxHashMap::default(),
    };
    for offer in layer.offers() {
        for &entity in &offer.entities {
            let offers = beside.offers.entry(entity).or_default();
            if offers.len() < OFFERS {
                offers.push(offer);
            }
        }
    }
    for (entity, page, description) in described(index, layer, &layers.pages) {
        let of_entity = beside.described.entry(entity).or_default();
        of_entity.push((page, description));
    }
    let mut table = Vec::new();
    put_table(&mut table, layer, &beside.counts);
    let mut shelves = vec![table, write_layers(&layers)];
    let pages = page_shelves(layer, &mut shelves);
    let ids = entity_shelves(index, layer, &beside, &mut shelves);
    let mut head = Vec::new();
    put_head(&mut head, &pages, &ids);
    Ok(NameShelves { head, shelves })
}

/// Mentions and documents of every entity in each scope.
fn counts(index: &Index, layer: &EntityLayer) -> Vec<[(u32, u32); 3]> {
    let documents = Scope::ALL.map(|scope| Documents::new(index, scope));
    let all = (0u32..).take(layer.entities().len());
    all.map(|id| {
        documents.map(|documents| {
            let scope = documents.scope() as usize;
            let row = layer.summary(EntityId(id), scope, &|mention| {
                document(index, &documents, mention)
            });
            (row.mentions, row.documents)
        })
    })
    .collect()
}

/// Of each mention whether it begins in an article that does not hold it whole.
fn are_cut(index: &Index, layer: &EntityLayer) -> Vec<bool> {
    let articles = Documents::new(index, Scope::Articles);
    let mentions = layer.mentions().iter();
    let are_cut = mentions
        .map(|mention| mention.article.is_some() && document(index, &articles, mention).is_none());
    are_cut.collect()
}

/// Adds the shelves of pages; the first page of each.
fn page_shelves(layer: &EntityLayer, shelves: &mut Vec<Vec<u8>>) -> Vec<u32> {
    let all = layer.mentions();
    let (mut firsts, mut at) = (Vec::new(), 0);
    loop {
        let first = all.get(at).filter(|_| at > 0);
        firsts.push(first.map_or(0, |mention| mention.page));
        let last = all.get(at + SHELF_MENTIONS - 1);
        let end = last.map_or(all.len(), |last| {
            all.partition_point(|mention| mention.page <= last.page)
        });
        let numbers = (at..end).filter_map(|at| u32::try_from(at).ok());
        let (part, _) = cut(layer, &numbers.collect(), &[], None);
        let mut shelf = Vec::new();
        put_pages_part(&mut shelf, &part);
        shelves.push(shelf);
        at = end;
        if at >= all.len() {
            return firsts;
        }
    }
}

/// Adds the shelves of entities; the first id of each.
fn entity_shelves<'l>(
    index: &Index,
    layer: &'l EntityLayer,
    beside: &Beside<'_>,
    shelves: &mut Vec<Vec<u8>>,
) -> Vec<&'l str> {
    let entities = (0u32..).map(EntityId).zip(layer.entities());
    let mut by_id: Vec<(&str, EntityId)> = entities
        .map(|(id, entity)| (entity.id.as_str(), id))
        .collect();
    by_id.sort_unstable();
    // Where each sentence begins among the mentions.
    let mut sentences: FxHashMap<(u32, u32), u32> = FxHashMap::default();
    for (mention, at) in layer.mentions().iter().zip(0..) {
        let place = (mention.page, mention.sentence);
        sentences.entry(place).or_insert(at);
    }
    let (mut firsts, mut shelf) = (Vec::new(), Vec::new());
    for (name, id) in by_id {
        if shelf.is_empty() {
            firsts.push(name);
        }
        let mut mentions = BTreeSet::new();
        for mention in layer.mentions_of(id) {
            let place = (mention.page, mention.sentence);
            let first = sentences.get(&place).copied().unwrap_or(u32::MAX);
            let rest = layer.mentions().get(first as usize..).unwrap_or_default();
            let here = rest.iter().take_while(|m| (m.page, m.sentence) == place);
            mentions.extend((first..).zip(here).map(|(at, _)| at));
        }
        let offers = beside.offers.get(&id).map_or(&[][..], Vec::as_slice);
        let offered: Vec<EntityId> = offers.iter().flat_map(|offer| offer.entities).collect();
        let more: Vec<EntityId> = offered.into_iter().chain([id]).collect();
        let titles = beside.described.get(&id).map_or(&[][..], Vec::as_slice);
        let descriptions = Scope::ALL.map(|scope| {
            let found = descriptions(index, scope, titles.iter().copied()).into_iter();
            found.map(|of| (of.text, of.mentions, of.alone)).collect()
        });
        let part = cut(layer, &mentions, &more, Some(id));
        let told = Described {
            offers,
            descriptions,
        };
        put_entity_part(&mut shelf, layer, id, &part, &beside.counts, &told);
        if shelf.len() >= SHELF_BYTES {
            shelves.push(std::mem::take(&mut shelf));
        }
    }
    if !shelf.is_empty() {
        shelves.push(shelf);
    }
    firsts
}
