//! The entity replies.

use crate::analysis::fold::letters_key;
use crate::api::corpus::headings::document_name;
use crate::api::corpus::page::document_of;
use crate::api::naming::aliases::{names, offer_row, outlets};
use crate::api::naming::descriptions::{described, descriptions};
use crate::api::request::{
    EntitiesRequest, EntityRequest, MOST_ROWS, entity_type, limit, number, scope, skip,
};
use crate::api::searching::segments::segments;
use crate::api::{
    EntitiesReply, EntityDescription, EntityDocument, EntityReply, EntityRow, EntitySentence,
    Error, Explorer,
};
use crate::entities::aliases::Offer;
use crate::entities::name_parts::{CUT, EntityPart};
use crate::entities::{EntityId, EntityLayer, EntitySummary, EntityType, Evidence, Mention};
use crate::index::{Documents, Index, PageId, Scope};
use crate::parse::Role;
use crate::search::columns::Facet;
use crate::search::snippet::with_closing_marks;
use crate::text::ByteSpan;
use std::sync::Arc;

/// Rows in a list when the request does not say.
const DEFAULT_ROWS: usize = 100;

/// Sentences when the request does not say.
const DEFAULT_SENTENCES: usize = 50;

/// Companions in a reply.
const COMPANIONS: usize = 40;

/// Offers in a reply.
pub(in crate::api) const OFFERS: usize = 20;

/// A sentence is shown up to so many tokens on either side of its mention.
const SENTENCE_TOKENS: u32 = 80;

impl Explorer {
    /// Lists the entities of a scope, most mentioned first.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for an unknown type or scope or a number out of range.
    pub fn entities(&mut self, request: &EntitiesRequest) -> Result<EntitiesReply, Error> {
        self.with_parts(|explorer| explorer.listed(request))
    }

    fn listed(&mut self, request: &EntitiesRequest) -> Result<EntitiesReply, Error> {
        let scope = scope(request.scope.as_deref())?;
        let kind = entity_type(request.kind.as_deref())?;
        let limit = limit(request.limit, DEFAULT_ROWS)?;
        let offset = skip("offset", request.offset)?;
        let filter = request
            .filter
            .as_deref()
            .map(letters_key)
            .unwrap_or_default();
        let (index, layer) = self.with_all_names()?;
        let mut rows = summaries(index, layer, scope);
        rows.retain(|row| filter.is_empty() || is_named(layer, row.entity, &filter));
        let of_type = |kind: EntityType, row: &EntitySummary| {
            layer
                .entity(row.entity)
                .is_some_and(|entity| entity.kind == kind)
        };
        let totals = EntityType::ALL.map(|kind| {
            (
                kind.name(),
                rows.iter().filter(|row| of_type(kind, row)).count(),
            )
        });
        let wanted = rows
            .iter()
            .filter(|row| kind.is_none_or(|kind| of_type(kind, row)));
        Ok(EntitiesReply {
            scope: scope.name(),
            totals: totals.to_vec(),
            rows: wanted
                .skip(offset)
                .take(limit)
                .filter_map(|row| entity_row(layer, row))
                .collect(),
        })
    }

    /// One entity with the sentences behind its numbers.
    ///
    /// # Errors
    /// [`Error::UnknownEntity`] when none has the id; [`Error::BadRequest`] for values out of range.
    pub fn entity(&mut self, request: &EntityRequest) -> Result<EntityReply, Error> {
        self.with_parts(|explorer| explorer.known_of(request))
    }

    fn known_of(&mut self, request: &EntityRequest) -> Result<EntityReply, Error> {
        let scope = scope(request.scope.as_deref())?;
        let limit = limit(request.limit, DEFAULT_SENTENCES)?;
        let offset = skip("offset", request.offset)?;
        let most = number("documents", request.documents, usize::MAX, 1, MOST_ROWS)?;
        let unknown = || Error::UnknownEntity {
            id: request.id.clone(),
        };
        let is_in_parts = self.index.is_in_parts();
        self.fresh_columns(&[Facet::Outlet]);
        let stated = Arc::clone(&self.caches.columns.stated);
        let mut part = EntityPart::default();
        if is_in_parts {
            part = self.entity_part(&request.id)?;
        }
        let (index, layer, pages) = if is_in_parts {
            (&self.index, &part.layer, &[] as &[_])
        } else {
            self.with_annotations()?
        };
        let id = layer.find(&request.id).ok_or_else(unknown)?;
        let documents = Documents::new(index, scope);
        let document_of = |mention: &Mention| document(index, &documents, mention);
        let row = |id: EntityId| row_of(index, layer, &documents, id);
        let offered = |offer: &&Offer| offer.entities.contains(&id);
        let own = |pairs: Vec<(&str, u32)>| {
            pairs
                .into_iter()
                .map(|(word, count)| (word.to_owned(), count))
                .collect()
        };
        let companions = layer
            .companions(id, &document_of)
            .into_iter()
            .take(COMPANIONS);
        let sentences = layer.sentences_of(id, &document_of);
        let shown = sentences.iter().skip(offset).take(limit);
        Ok(EntityReply {
            entity: row(id).ok_or_else(unknown)?,
            scope: scope.name(),
            spellings: own(layer.spellings_of(id, &document_of)),
            names: names(layer, id),
            offers: layer
                .offers()
                .iter()
                .filter(offered)
                .take(OFFERS)
                .filter_map(|offer| offer_row(offer, row))
                .collect(),
            outlets: outlets(index, &stated, layer, &documents, id),
            cues: own(layer.cues_of(id, &document_of)),
            descriptions: written_descriptions(&part, scope).unwrap_or_else(|| {
                let of_it = described(index, layer, pages).filter(|(entity, ..)| *entity == id);
                descriptions(index, scope, of_it.map(|(_, page, of)| (page, of)))
            }),
            companions: companions
                .filter_map(|(id, shared)| Some((row(id)?, shared)))
                .collect(),
            documents: layer
                .documents(id, &document_of)
                .into_iter()
                .take(most)
                .filter_map(|(document, mentions)| {
                    entity_document(index, scope, document, mentions)
                })
                .collect(),
            sentences: shown
                .filter_map(|mention| sentence(index, layer, scope, document_of(mention)?, mention))
                .collect(),
            sentence_count: sentences.len(),
        })
    }
}

/// The entities of a scope with their counts, most mentioned first.
pub(in crate::api) fn summaries(
    index: &Index,
    layer: &EntityLayer,
    scope: Scope,
) -> Vec<EntitySummary> {
    let documents = Documents::new(index, scope);
    layer.summaries(scope as usize, &|mention| {
        document(index, &documents, mention)
    })
}

/// The titles of an entity as parts bring them.
fn written_descriptions(part: &EntityPart, scope: Scope) -> Option<Vec<EntityDescription>> {
    let written = part.descriptions.get(scope as usize)?.iter();
    let written = written.map(|(text, mentions, alone)| EntityDescription {
        text: text.clone(),
        mentions: *mentions,
        alone: *alone,
    });
    Some(written.collect())
}

pub(in crate::api) fn document(
    index: &Index,
    documents: &Documents<'_>,
    mention: &Mention,
) -> Option<u32> {
    if index.is_in_parts() {
        // How the page is parted need not be known.
        let held = mention.article.filter(|_| mention.tokens < CUT);
        return match documents.scope() {
            Scope::Pages => Some(mention.page),
            Scope::Articles => held,
            Scope::Main => held.filter(|&article| {
                let article = index.articles().get(article as usize);
                article.is_some_and(|article| article.role == Role::Main)
            }),
        };
    }
    let page = index.page(PageId(mention.page))?;
    document_of(documents, page, mention.first_token, mention.tokens)
}

/// An entity with its counts in a scope.
pub(in crate::api) fn row_of(
    index: &Index,
    layer: &EntityLayer,
    documents: &Documents<'_>,
    id: EntityId,
) -> Option<EntityRow> {
    let scope = documents.scope() as usize;
    let summary = layer.summary(id, scope, &|mention| document(index, documents, mention));
    entity_row(layer, &summary)
}

pub(in crate::api) fn entity_row(
    layer: &EntityLayer,
    summary: &EntitySummary,
) -> Option<EntityRow> {
    let entity = layer.entity(summary.entity)?;
    Some(EntityRow {
        id: entity.id.clone(),
        kind: entity.kind.name(),
        name: entity.name.clone(),
        english: entity.english.clone(),
        mentions: summary.mentions,
        documents: summary.documents,
        evidence: match entity.evidence {
            Evidence::Lexicon => "lexicon",
            Evidence::Cue => "cue",
            Evidence::Model => "model",
        },
    })
}

fn is_named(layer: &EntityLayer, id: EntityId, filter: &str) -> bool {
    let Some(entity) = layer.entity(id) else {
        return false;
    };
    let has = |name: &str| letters_key(name).contains(filter);
    has(&entity.name)
        || entity.english.as_deref().is_some_and(has)
        || layer.stated_spellings(id).iter().any(|name| has(name))
        || layer
            .mentions_of(id)
            .any(|mention| has(layer.spelling(mention)))
}

fn entity_document(
    index: &Index,
    scope: Scope,
    document: u32,
    mentions: u32,
) -> Option<EntityDocument> {
    let name = document_name(index, scope, document)?;
    Some(EntityDocument {
        document: name.document,
        page: name.page,
        page_id: name.page_id,
        title: name.title,
        heading: name.heading,
        mentions,
    })
}

fn sentence(
    index: &Index,
    layer: &EntityLayer,
    scope: Scope,
    document: u32,
    mention: &Mention,
) -> Option<EntitySentence> {
    let name = document_name(index, scope, document)?;
    let page = index.page(PageId(mention.page))?;
    let at = page.positions.start + mention.first_token;
    let lowest = at.saturating_sub(SENTENCE_TOKENS).max(page.positions.start);
    let highest = at.saturating_add(SENTENCE_TOKENS).min(page.positions.end);
    let passage = index.passage(page.number, lowest..highest);
    let begins_sentence = |&position: &u32| passage.begins_sentence(position);
    let start = (lowest..=at).rev().find(begins_sentence).unwrap_or(lowest);
    let end = (at + 1..highest).find(begins_sentence).unwrap_or(highest);
    let excerpt = passage.excerpt();
    let last = passage.span_at(end.saturating_sub(1));
    let span = ByteSpan {
        start: passage.span_at(start).start,
        end: with_closing_marks(&excerpt, last.end),
    };
    let on_page = layer.mentions_of_page(mention.page);
    let from = on_page.partition_point(|m| m.span.start < span.start);
    let after = on_page.get(from..).unwrap_or_default().iter();
    let inside = after
        .take_while(|m| m.span.start < span.end)
        .filter(|m| span.contains(&m.span));
    let mut mentions: Vec<(ByteSpan, &str)> = Vec::new();
    let mut hits = Vec::new();
    for other in inside {
        let Some(entity) = layer.entity(other.entity) else {
            continue;
        };
        mentions.push((other.span, entity.id.as_str()));
        if other.entity == mention.entity {
            hits.push(other.span);
        }
    }
    Some(EntitySentence {
        document: name.document,
        page: name.page,
        page_id: name.page_id,
        title: name.title,
        heading: name.heading,
        start_byte: span.start,
        segments: segments(&excerpt, span, &hits, &mentions),
    })
}
