//! The layers as bytes: entities and words in portions, then the pages.
//!
//! ```text
//! frame = kind (1 byte) · count · items
//! kind  = 1 entities, 2 cue words, 3 spellings, 4 pages, 5 the end (whether a model was at work)
//! ```

use super::annotation_frame::{
    date, description, items, place, put_date, put_description, put_place, put_quote, put_span,
    quote, span,
};
use crate::entities::annotations::PageAnnotations;
use crate::entities::builder::plain_id;
use crate::entities::entity::{Entity, EntityId, EntityType, Evidence, Mention};
use crate::entities::layer::EntityLayer;
use crate::entities::quotes::named_spans;
use crate::parse::frame::{Cursor, FrameError, put_number, put_option, put_text};
use std::borrow::Borrow;

const ENTITIES: u8 = 1;
const CUES: u8 = 2;
const SPELLINGS: u8 = 3;
const PAGES: u8 = 4;
const END: u8 = 5;

const EVIDENCE: [Evidence; 3] = [Evidence::Lexicon, Evidence::Cue, Evidence::Model];

/// What is known of a corpus beside its words.
#[derive(Clone, Debug, Default)]
pub struct Layers {
    /// Its entities and their mentions.
    pub entities: EntityLayer,
    /// Dates and quotes by page number; nothing for a page that was not read.
    pub pages: Vec<PageAnnotations>,
    /// Whether a trained model was at work, beside lists and cues.
    pub trained: bool,
}

/// Version of what [`write_layers`] writes, raised when names, dates or quotes are found otherwise or written otherwise.
const LAYERS_VERSION: u64 = 1;

/// A frame of what is kept ends at about this many bytes.
const KEPT_FRAME_BYTES: usize = 1 << 16;

/// Writes layers to be kept with their pages: a version, then the frames that an annotator
/// would give, each behind its length. Links are not kept: they follow from what was found and decided.
#[must_use]
pub fn write_layers(layers: &Layers) -> Vec<u8> {
    let pages: Vec<(u32, &PageAnnotations)> = (0..).zip(&layers.pages).collect();
    let mut out = Vec::new();
    put_layers(&mut out, &layers.entities, &pages, layers.trained);
    out
}

/// Writes layers of some pages, in the order of their numbers.
pub(in crate::entities) fn put_layers(
    out: &mut Vec<u8>,
    layer: &EntityLayer,
    pages: &[(u32, &PageAnnotations)],
    trained: bool,
) {
    let mut taken = Taken::default();
    put_number(out, LAYERS_VERSION);
    while let Some(frame) = taken.next(layer, pages, trained, KEPT_FRAME_BYTES) {
        put_number(out, frame.len() as u64);
        out.extend(frame);
    }
}

/// Reads what [`write_layers`] wrote of so many pages.
///
/// # Errors
/// [`FrameError`] when the bytes are another version's, or speak of what is not there.
pub fn read_layers(bytes: &[u8], pages: usize) -> Result<Layers, FrameError> {
    take_layers(&mut Cursor { bytes, at: 0 }, LayerReader::new(pages))
}

/// Reads layers, behind which more may stand.
pub(in crate::entities) fn take_layers(
    cursor: &mut Cursor<'_>,
    mut reader: LayerReader,
) -> Result<Layers, FrameError> {
    if cursor.number()? != LAYERS_VERSION {
        return Err(FrameError);
    }
    loop {
        let length = usize::try_from(cursor.number()?).map_err(|_| FrameError)?;
        if reader.read(cursor.take(length)?)? {
            return reader.finish();
        }
    }
}

/// How much of the layers was written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Taken {
    kind: u8,
    items: usize,
    mentions: usize,
}

impl Taken {
    /// Writes the next frame, of about so many bytes.
    pub(super) fn next(
        &mut self,
        layer: &EntityLayer,
        pages: &[(u32, impl Borrow<PageAnnotations>)],
        trained: bool,
        bytes: usize,
    ) -> Option<Vec<u8>> {
        self.kind = self.kind.max(ENTITIES);
        let mut body = Vec::new();
        let (kind, from) = (self.kind, self.items);
        match kind {
            ENTITIES => self.fill(layer.found_entities(), bytes, &mut body, put_entity),
            CUES => self.fill(&layer.cues, bytes, &mut body, |out, text| {
                put_text(out, text);
            }),
            SPELLINGS => self.fill(&layer.spellings, bytes, &mut body, |out, text| {
                put_text(out, text);
            }),
            PAGES => {
                let mut at = self.mentions;
                self.fill(pages, bytes, &mut body, |out, (number, page)| {
                    let rest = layer.mentions.get(at..).unwrap_or_default();
                    let count = rest.iter().take_while(|m| m.page == *number).count();
                    let of = |place| layer.found_entity(at + place).map(|(entity, _)| entity);
                    let mentions = rest.get(..count).unwrap_or_default();
                    put_page(out, *number, mentions, of, page.borrow());
                    at += count;
                });
                self.mentions = at;
            }
            END => {
                self.kind += 1;
                body.push(u8::from(trained));
            }
            _ => return None,
        }
        let mut out = vec![kind];
        put_number(&mut out, (self.items - from) as u64);
        out.extend(body);
        if self.kind != kind {
            self.items = 0;
        }
        Some(out)
    }

    /// Puts items until there are bytes enough; goes on to the next kind after the last.
    fn fill<T>(
        &mut self,
        all: &[T],
        bytes: usize,
        out: &mut Vec<u8>,
        mut put: impl FnMut(&mut Vec<u8>, &T),
    ) {
        while let Some(item) = all.get(self.items).filter(|_| out.len() < bytes) {
            put(out, item);
            self.items += 1;
        }
        if self.items >= all.len() {
            self.kind += 1;
        }
    }
}

/// The id of most is made of their type and name.
fn put_entity(out: &mut Vec<u8>, entity: &Entity) {
    put_place(out, &EntityType::ALL, &entity.kind);
    put_text(out, &entity.name);
    let plain = plain_id(entity.kind, &entity.name);
    put_option(
        out,
        (plain != entity.id).then_some(&entity.id),
        |out, id| put_text(out, id),
    );
    put_option(out, entity.english.as_ref(), |out, text| {
        put_text(out, text);
    });
    put_place(out, &EVIDENCE, &entity.evidence);
}

fn entity(cursor: &mut Cursor<'_>) -> Result<Entity, FrameError> {
    let kind = place(cursor, &EntityType::ALL)?;
    let name = cursor.text()?;
    let id = cursor.option(Cursor::text)?;
    Ok(Entity {
        id: id.unwrap_or_else(|| plain_id(kind, &name)),
        kind,
        name,
        english: cursor.option(Cursor::text)?,
        evidence: place(cursor, &EVIDENCE)?,
    })
}

/// Mentions say of which entity they are as it was found, before it was linked: `of` tells that by their place.
fn put_page(
    out: &mut Vec<u8>,
    number: u32,
    mentions: &[Mention],
    of: impl Fn(usize) -> Option<EntityId>,
    page: &PageAnnotations,
) {
    put_number(out, u64::from(number));
    put_number(out, mentions.len() as u64);
    // Each counts from the one before it.
    let (mut token, mut sentence, mut byte) = (0, 0, 0);
    for (place, m) in mentions.iter().enumerate() {
        put_number(out, m.article.map_or(0, |article| u64::from(article) + 1));
        put_number(out, u64::from(m.sentence - sentence));
        put_number(out, u64::from(m.first_token - token));
        put_number(out, u64::from(m.tokens));
        put_span(out, byte, m.span);
        put_number(out, u64::from(of(place).unwrap_or(m.entity).0));
        put_place(out, &EVIDENCE, &m.evidence);
        put_number(out, m.cue.map_or(0, |cue| u64::from(cue) + 1));
        put_number(out, u64::from(m.spelling));
        (token, sentence, byte) = (m.first_token, m.sentence, m.span.end);
    }
    for (lines, count) in [
        (&page.date_lines, page.dates.len()),
        (&page.quote_lines, page.quotes.len()),
    ] {
        put_number(out, count as u64);
        for &line in lines {
            put_number(out, u64::from(line));
        }
    }
    page.dates.iter().for_each(|date| put_date(out, date));
    page.quotes.iter().for_each(|quote| put_quote(out, quote));
    put_number(out, page.descriptions.len() as u64);
    for description in &page.descriptions {
        put_description(out, description);
    }
}

/// Reads layer frames, in the order in which they were taken, into [`Layers`].
#[derive(Debug, Default)]
pub struct LayerReader {
    layers: Layers,
    pages: usize,
    ended: bool,
}

impl LayerReader {
    /// For a corpus of so many pages.
    #[must_use]
    pub fn new(pages: usize) -> Self {
        let mut reader = Self::default();
        reader
            .layers
            .pages
            .resize_with(pages, PageAnnotations::default);
        reader.pages = pages;
        reader
    }

    /// For the names alone of some pages of so many.
    pub(in crate::entities) fn of_names(pages: usize) -> Self {
        Self {
            pages,
            ..Self::default()
        }
    }

    /// Reads a frame; true when it was the last.
    ///
    /// # Errors
    /// [`FrameError`] when the bytes are no such frame, or speak of what is not there.
    pub fn read(&mut self, frame: &[u8]) -> Result<bool, FrameError> {
        let mut cursor = Cursor {
            bytes: frame,
            at: 0,
        };
        let kind = cursor.byte()?;
        let layer = &mut self.layers.entities;
        match kind {
            ENTITIES => layer.entities.extend(items(&mut cursor, entity)?),
            CUES => layer.cues.extend(items(&mut cursor, Cursor::text)?),
            SPELLINGS => layer.spellings.extend(items(&mut cursor, Cursor::text)?),
            PAGES => {
                for _ in 0..cursor.number()? {
                    self.page(&mut cursor)?;
                }
            }
            END => {
                cursor.number()?;
                self.layers.trained = cursor.byte()? == 1;
                self.ended = true;
            }
            _ => return Err(FrameError),
        }
        if cursor.at != frame.len() {
            return Err(FrameError);
        }
        Ok(self.ended)
    }

    fn page(&mut self, cursor: &mut Cursor<'_>) -> Result<(), FrameError> {
        let page = cursor.number_u32()?;
        if page as usize >= self.pages {
            return Err(FrameError);
        }
        let mut unkept = PageAnnotations::default();
        let slot = self.layers.pages.get_mut(page as usize);
        let slot = slot.unwrap_or(&mut unkept);
        let layer = &mut self.layers.entities;
        let last = layer.mentions.last().map_or(0, |mention| mention.page);
        if page < last {
            return Err(FrameError);
        }
        let (mut token, mut sentence, mut byte) = (0u32, 0u32, 0);
        for _ in 0..cursor.number()? {
            let article = cursor
                .number()?
                .checked_sub(1)
                .map(|article| article as u32);
            sentence = sentence
                .checked_add(cursor.number_u32()?)
                .ok_or(FrameError)?;
            token = token.checked_add(cursor.number_u32()?).ok_or(FrameError)?;
            let mention = Mention {
                page,
                article,
                sentence,
                first_token: token,
                tokens: cursor.number_u32()?,
                span: span(cursor, byte)?,
                entity: EntityId(cursor.number_u32()?),
                evidence: place(cursor, &EVIDENCE)?,
                cue: cursor.number()?.checked_sub(1).map(|cue| cue as u32),
                spelling: cursor.number_u32()?,
            };
            if mention.entity.0 as usize >= layer.entities.len() {
                return Err(FrameError);
            }
            byte = mention.span.end;
            layer.mentions.push(mention);
        }
        slot.date_lines = items(cursor, Cursor::number_u32)?;
        slot.quote_lines = items(cursor, Cursor::number_u32)?;
        for _ in 0..slot.date_lines.len() {
            slot.dates.push(date(cursor)?);
        }
        for _ in 0..slot.quote_lines.len() {
            slot.quotes.push(quote(cursor)?);
        }
        slot.descriptions = items(cursor, description)?;
        Ok(())
    }

    /// The layers, when the last frame has come.
    ///
    /// # Errors
    /// [`FrameError`] before that.
    pub fn finish(mut self) -> Result<Layers, FrameError> {
        if !self.ended {
            return Err(FrameError);
        }
        self.layers.entities.sort_by_entity();
        for (page, number) in self.layers.pages.iter_mut().zip(0_u32..) {
            page.names = named_spans(&self.layers.entities, number);
        }
        Ok(self.layers)
    }
}
