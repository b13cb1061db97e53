//! Cuts the names of a corpus into what an index in parts brings.

use super::{CUT, Description};
use crate::analysis::fold::letters_key;
use crate::entities::aliases::{Offer, Proof, Rule};
use crate::entities::annotations::PageAnnotations;
use crate::entities::annotator::{put_layers, put_place};
use crate::entities::entity::{EntityId, Evidence};
use crate::entities::layer::EntityLayer;
use crate::parse::frame::{put_number, put_option, put_text};
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// What is told of one entity beside its mentions.
#[derive(Clone, Debug, Default)]
pub struct Described<'a> {
    /// What may be one with it, most sure first.
    pub offers: &'a [&'a Offer],
    /// Its titles, in each scope.
    pub descriptions: [Vec<Description>; 3],
}

/// Mentions and documents of an entity of the whole layer, in each scope.
type Counts<'a> = &'a [[(u32, u32); 3]];

/// Marks the mentions, by number, of which `is_cut` says that they begin in an article and do not end in it.
pub fn mark_cut(layer: &mut EntityLayer, is_cut: &[bool]) {
    for (mention, &is_cut) in layer.mentions.iter_mut().zip(is_cut) {
        mention.tokens += if is_cut { CUT } else { 0 };
    }
}

/// A layer of some mentions of a linked one, with their entities and some more; and of each entity which it is of the whole.
/// Of mentions of others than `of` it keeps where they are and whose: nothing more of them is asked.
#[must_use]
pub fn cut(
    layer: &EntityLayer,
    mentions: &BTreeSet<u32>,
    more: &[EntityId],
    of: Option<EntityId>,
) -> (EntityLayer, Vec<EntityId>) {
    let all = || {
        let numbers = mentions.iter();
        numbers.filter_map(|&at| layer.mentions.get(at as usize).copied())
    };
    let entities = all().map(|mention| mention.entity);
    let entities: BTreeSet<EntityId> = entities.chain(more.iter().copied()).collect();
    let numbers: FxHashMap<EntityId, u32> = entities.iter().copied().zip(0..).collect();
    let mut part = EntityLayer {
        entities: entities
            .iter()
            .filter_map(|&id| layer.entity(id).cloned())
            .collect(),
        ..EntityLayer::default()
    };
    let (mut cues, mut spellings) = (FxHashMap::default(), FxHashMap::default());
    for mut mention in all() {
        if Some(mention.entity) == of {
            mention.cue = mention.cue.map(|cue| {
                let cue = layer.cues.get(cue as usize);
                number(&mut cues, &mut part.cues, cue)
            });
            let spelling = layer.spellings.get(mention.spelling as usize);
            mention.spelling = number(&mut spellings, &mut part.spellings, spelling);
        } else {
            (mention.cue, mention.spelling, mention.tokens) = (None, 0, 0);
            mention.evidence = Evidence::Lexicon;
        }
        let entity = numbers.get(&mention.entity).copied();
        mention.entity = EntityId(entity.unwrap_or_default());
        part.mentions.push(mention);
    }
    part.sort_by_entity();
    (part, entities.into_iter().collect())
}

/// The number of a text in a list, to which it is added when it is new.
fn number<'t>(
    numbers: &mut FxHashMap<&'t str, u32>,
    texts: &mut Vec<String>,
    text: Option<&'t String>,
) -> u32 {
    let text = text.map_or("", String::as_str);
    *numbers.entry(text).or_insert_with(|| {
        texts.push(text.to_owned());
        u32::try_from(texts.len() - 1).unwrap_or(u32::MAX)
    })
}

/// The first shelf.
pub fn put_head(out: &mut Vec<u8>, pages: &[u32], ids: &[&str]) {
    put_number(out, pages.len() as u64);
    pages
        .iter()
        .for_each(|&page| put_number(out, u64::from(page)));
    put_number(out, ids.len() as u64);
    ids.iter().for_each(|id| put_text(out, id));
}

/// The table of all names.
pub fn put_table(out: &mut Vec<u8>, layer: &EntityLayer, counts: Counts<'_>) {
    let all: Vec<EntityId> = (0u32..).take(layer.entities.len()).map(EntityId).collect();
    let (names, _) = cut(layer, &BTreeSet::new(), &all, None);
    put_layers(out, &names, &[], false);
    put_counts(out, &all, counts);
    for &id in &all {
        let other = other_spellings(layer, id);
        put_number(out, other.len() as u64);
        other.iter().for_each(|spelling| put_text(out, spelling));
    }
}

/// Ways of writing an entity that hold letters which neither its names nor the others have in this order.
fn other_spellings(layer: &EntityLayer, id: EntityId) -> Vec<&str> {
    let entity = layer.entity(id);
    let names = entity.into_iter().flat_map(|entity| {
        let english = entity.english.as_deref();
        std::iter::once(entity.name.as_str()).chain(english)
    });
    let mut known: Vec<String> = names.map(letters_key).collect();
    let written: BTreeSet<&str> = layer.mentions_of(id).map(|m| layer.spelling(m)).collect();
    let mut written: Vec<(String, &str)> = written
        .into_iter()
        .map(|spelling| (letters_key(spelling), spelling))
        .collect();
    // What holds another comes before it.
    written.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then_with(|| a.cmp(b)));
    let mut other = Vec::new();
    for (key, spelling) in written {
        if !known.iter().any(|longer| longer.contains(&key)) {
            known.push(key);
            other.push(spelling);
        }
    }
    other
}

/// The mentions of neighbouring pages.
pub fn put_pages_part(out: &mut Vec<u8>, part: &EntityLayer) {
    put_mentions(out, part);
}

/// One entity of a shelf: the part of the layer with its sentences, and which entities of the whole layer there are in it.
pub fn put_entity_part(
    out: &mut Vec<u8>,
    layer: &EntityLayer,
    id: EntityId,
    (part, entities): &(EntityLayer, Vec<EntityId>),
    counts: Counts<'_>,
    described: &Described<'_>,
) {
    let mut body = Vec::new();
    put_mentions(&mut body, part);
    put_counts(&mut body, entities, counts);
    let spelled = layer.spelled(id);
    put_number(&mut body, spelled.len() as u64);
    for spelled in spelled {
        put_text(&mut body, &spelled.name);
        put_number(&mut body, u64::from(spelled.mentions));
        put_option(&mut body, spelled.proof.as_ref(), |out, (proof, beside)| {
            put_proof(out, *proof);
            put_text(out, beside);
        });
    }
    put_number(&mut body, described.offers.len() as u64);
    for offer in described.offers {
        for entity in &offer.entities {
            let number = entities.binary_search(entity).unwrap_or(usize::MAX);
            put_number(&mut body, number as u64);
        }
        offer
            .names
            .iter()
            .for_each(|name| put_text(&mut body, name));
        put_proof(&mut body, offer.proof);
    }
    for descriptions in &described.descriptions {
        put_number(&mut body, descriptions.len() as u64);
        for (text, mentions, alone) in descriptions {
            put_text(&mut body, text);
            put_number(&mut body, u64::from(*mentions));
            put_number(&mut body, u64::from(*alone));
        }
    }
    put_text(out, layer.entity(id).map_or("", |entity| &entity.id));
    put_number(out, body.len() as u64);
    out.append(&mut body);
}

fn put_mentions(out: &mut Vec<u8>, part: &EntityLayer) {
    let nothing = PageAnnotations::default();
    let mut pages: Vec<u32> = part.mentions.iter().map(|mention| mention.page).collect();
    pages.dedup();
    let pages: Vec<(u32, &PageAnnotations)> =
        pages.into_iter().map(|page| (page, &nothing)).collect();
    put_layers(out, part, &pages, false);
}

fn put_counts(out: &mut Vec<u8>, entities: &[EntityId], counts: Counts<'_>) {
    for entity in entities {
        let counts = counts.get(entity.0 as usize).copied().unwrap_or_default();
        for (mentions, documents) in counts {
            put_number(out, u64::from(mentions));
            put_number(out, u64::from(documents));
        }
    }
}

fn put_proof(out: &mut Vec<u8>, proof: Proof) {
    put_place(out, &Rule::ALL, &proof.rule);
    out.extend(proof.confidence.to_le_bytes());
}
