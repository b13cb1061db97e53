//! Names as an index in parts brings them: a table of all, and apart from it where each is mentioned.
//!
//! ```text
//! shelf 0          the first page of each shelf of pages, the first id of each shelf of entities
//! shelf 1          all entities as layers without a page · counts · spellings of each
//! shelf 2          the layers of the whole corpus, as they were found
//! shelves of pages the mentions of neighbouring pages, as layers
//! of entities      for each, by id: id · length · all sentences that mention it, as layers · counts ·
//!                  its spellings with their proofs · offers · descriptions in each scope
//! counts           of each entity of the layers, in each scope, mentions and documents in the whole corpus
//! ```
//!
//! Entities are linked, as they are while the reader decided nothing. What the layers of one entity hold is all
//! that its page asks for: whoever is named beside it stands in the same sentences. How a page is parted need not
//! be there: a mention that begins in an article and does not end in it has [`CUT`] tokens more. Of mentions of other
//! entities, and of those of pages, no more is there than where they are and whose.

#[cfg(feature = "readers")]
mod write;
#[cfg(feature = "readers")]
pub use write::{Described, cut, mark_cut, put_entity_part, put_head, put_pages_part, put_table};

use super::aliases::{Offer, Proof, Rule, Spelled};
use super::annotator::{LayerReader, items, place, take_layers};
use super::entity::EntityId;
use super::layer::{EntityLayer, Stated};
use crate::parse::frame::{Cursor, FrameError};

/// Shelf of the table of all names.
pub const TABLE: usize = 1;
/// Shelf of the layers of the whole corpus.
pub const LAYERS: usize = 2;
/// The first shelf of pages.
pub const FIRST: usize = 3;

/// What the tokens of a mention are more by where no article holds it whole.
pub const CUT: u32 = 1 << 16;

/// A title that stands for an entity: its words, how often it is met, and how often alone.
pub type Description = (String, u32, u32);

/// What there is to know of one entity.
#[derive(Clone, Debug, Default)]
pub struct EntityPart {
    /// Its mentions and those of the same sentences.
    pub layer: EntityLayer,
    /// Its titles, in each scope.
    pub descriptions: Vec<Vec<Description>>,
}

/// Where names are.
#[derive(Clone, Debug, Default)]
pub struct NameHead {
    /// The first page of each shelf of pages.
    pages: Vec<u32>,
    /// The first id of each shelf of entities.
    ids: Vec<String>,
}

impl NameHead {
    /// Reads the first shelf.
    ///
    /// # Errors
    /// [`FrameError`] when the bytes make no sense.
    pub fn read(bytes: &[u8]) -> Result<Self, FrameError> {
        let mut cursor = Cursor { bytes, at: 0 };
        Ok(Self {
            pages: items(&mut cursor, Cursor::number_u32)?,
            ids: cursor.list()?,
        })
    }

    /// The shelf with the mentions of a page.
    #[must_use]
    pub fn shelf_of_page(&self, page: u32) -> usize {
        let after = self.pages.partition_point(|&first| first <= page);
        FIRST + after.saturating_sub(1)
    }

    /// The shelf that holds an entity, if there is such an entity.
    #[must_use]
    pub fn shelf_of(&self, id: &str) -> Option<usize> {
        let after = self.ids.partition_point(|first| first.as_str() <= id);
        Some(FIRST + self.pages.len() + after.checked_sub(1)?)
    }
}

/// Reads the table of all names: no mention is there, and what is stated of each.
///
/// # Errors
/// [`FrameError`] when the bytes make no sense.
pub fn read_table(bytes: &[u8]) -> Result<EntityLayer, FrameError> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut layer = layer(&mut cursor, 0)?;
    let counts = counts(&mut cursor, &layer)?;
    let spellings = each(&mut cursor, &layer, Cursor::list)?;
    layer.stated = Some(Stated { counts, spellings });
    Ok(layer)
}

/// Reads the mentions of neighbouring pages, of so many in the corpus.
///
/// # Errors
/// [`FrameError`] when the bytes make no sense.
pub fn read_pages(bytes: &[u8], pages: usize) -> Result<EntityLayer, FrameError> {
    layer(&mut Cursor { bytes, at: 0 }, pages)
}

/// Reads what there is to know of the entity with an id, if a shelf of a corpus of so many pages has it.
///
/// # Errors
/// [`FrameError`] when the bytes make no sense.
pub fn read_entity(bytes: &[u8], id: &str, pages: usize) -> Result<Option<EntityPart>, FrameError> {
    let mut cursor = Cursor { bytes, at: 0 };
    while cursor.at < bytes.len() {
        let is_it = cursor.word()? == id;
        let length = cursor.number_u32()? as usize;
        let part = cursor.take(length)?;
        if is_it {
            return entity_part(part, id, pages).map(Some);
        }
    }
    Ok(None)
}

fn entity_part(bytes: &[u8], id: &str, pages: usize) -> Result<EntityPart, FrameError> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut layer = layer(&mut cursor, pages)?;
    let counts = counts(&mut cursor, &layer)?;
    layer.stated = Some(Stated {
        counts,
        spellings: Vec::new(),
    });
    let of = layer.find(id).ok_or(FrameError)?;
    let mut spelled = vec![Vec::new(); layer.entities().len()];
    if let Some(own) = spelled.get_mut(of.0 as usize) {
        *own = items(&mut cursor, read_spelled)?;
    }
    let offers = items(&mut cursor, |cursor| {
        Ok(Offer {
            entities: [
                EntityId(cursor.number_u32()?),
                EntityId(cursor.number_u32()?),
            ],
            names: [cursor.text()?, cursor.text()?],
            proof: proof(cursor)?,
        })
    })?;
    layer.set_links(spelled, offers);
    let mut descriptions = Vec::new();
    for _ in 0..3 {
        descriptions.push(items(&mut cursor, |cursor| {
            Ok((cursor.text()?, cursor.number_u32()?, cursor.number_u32()?))
        })?);
    }
    Ok(EntityPart {
        layer,
        descriptions,
    })
}

fn layer(cursor: &mut Cursor<'_>, pages: usize) -> Result<EntityLayer, FrameError> {
    Ok(take_layers(cursor, LayerReader::of_names(pages))?.entities)
}

/// Something of each entity of a layer.
fn each<'c, T>(
    cursor: &mut Cursor<'c>,
    layer: &EntityLayer,
    read: impl Fn(&mut Cursor<'c>) -> Result<T, FrameError>,
) -> Result<Vec<T>, FrameError> {
    let mut all = Vec::new();
    for _ in layer.entities() {
        all.push(read(cursor)?);
    }
    Ok(all)
}

fn counts(
    cursor: &mut Cursor<'_>,
    layer: &EntityLayer,
) -> Result<Vec<[(u32, u32); 3]>, FrameError> {
    each(cursor, layer, |cursor| {
        let mut counts = [(0, 0); 3];
        for (mentions, documents) in &mut counts {
            (*mentions, *documents) = (cursor.number_u32()?, cursor.number_u32()?);
        }
        Ok(counts)
    })
}

fn read_spelled(cursor: &mut Cursor<'_>) -> Result<Spelled, FrameError> {
    Ok(Spelled {
        name: cursor.text()?,
        mentions: cursor.number_u32()?,
        proof: cursor.option(|cursor| Ok((proof(cursor)?, cursor.text()?)))?,
    })
}

fn proof(cursor: &mut Cursor<'_>) -> Result<Proof, FrameError> {
    let rule = place(cursor, &Rule::ALL)?;
    let confidence = cursor.take(4)?.first_chunk::<4>().copied();
    let confidence = f32::from_le_bytes(confidence.unwrap_or_default());
    Ok(Proof { rule, confidence })
}
