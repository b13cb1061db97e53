//! From what the recogniser found to entities: spellings joined by proofs and by what the reader decided.
//!
//! ```text
//! mentions ──letters folded──▶ spellings ──blocks, judge──▶ proofs ──sets──▶ entities
//!                                             reader's decisions ──┘   └──▶ offers
//! ```
//!
//! A person's bare last or family name is no spelling of its own: it follows the
//! full name of its article, else of its page, else the most frequent one.
//! Nothing here depends on the order of the pages.

use super::decision::Decisions;
use super::likeness::Proof;
use super::spellings::Linking;
use crate::entities::{Entity, EntityId, EntityLayer, EntityType};

/// A spelling, letters folded, of one entity.
#[derive(Clone, Debug, PartialEq)]
pub struct Spelled {
    /// As it is written most often.
    pub name: String,
    /// Mentions in the whole corpus.
    pub mentions: u32,
    /// What joins it, and to which spelling of the entity; `None` for the one the others are joined to.
    pub proof: Option<(Proof, String)>,
}

/// Two entities that may be one.
#[derive(Clone, Debug, PartialEq)]
pub struct Offer {
    /// The entities.
    pub entities: [EntityId; 2],
    /// The spellings that were compared.
    pub names: [String; 2],
    /// Why.
    pub proof: Proof,
}

/// What linking found, beside the entities themselves.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Links {
    /// Entities as the recogniser found them.
    pub(super) raw: Vec<Entity>,
    /// Of each mention.
    pub(super) raw_of: Vec<EntityId>,
    /// Entity that most of a found one went to, and whether all of it did.
    pub(super) went: Vec<(EntityId, bool)>,
    /// Spellings of each entity, most frequent first.
    pub(super) spellings: Vec<Vec<Spelled>>,
    /// Most sure first.
    pub(super) offers: Vec<Offer>,
    /// Decisions that no spelling of the corpus answers to.
    pub(super) idle: usize,
}

impl EntityLayer {
    /// Makes entities of spellings anew, by proofs and by decisions.
    pub fn link(&mut self, decisions: &Decisions) {
        self.unlink();
        let mut linking = Linking::read(self, decisions);
        let links = linking.join(decisions);
        linking.finish(self, decisions, links);
    }

    /// Takes the spellings of each entity, and what may be one, as they were when all mentions were there.
    pub(in crate::entities) fn set_links(
        &mut self,
        spellings: Vec<Vec<Spelled>>,
        offers: Vec<Offer>,
    ) {
        self.links = Some(Links {
            spellings,
            offers,
            ..Links::default()
        });
    }

    /// Whether its entities are linked.
    #[must_use]
    pub fn is_linked(&self) -> bool {
        self.links.is_some()
    }

    /// Puts back what the recogniser found.
    fn unlink(&mut self) {
        if let Some(links) = self.links.take() {
            self.entities = links.raw;
            for (mention, raw) in self.mentions.iter_mut().zip(links.raw_of) {
                mention.entity = raw;
            }
            self.sort_by_entity();
        }
    }

    /// The entities as the recogniser found them.
    pub(in crate::entities) fn found_entities(&self) -> &[Entity] {
        self.links
            .as_ref()
            .map_or(&self.entities, |links| &links.raw)
    }

    /// The entity of a mention as the recogniser found it, and its type; `mention` is
    /// its number in [`EntityLayer::mentions`].
    #[must_use]
    pub fn found_entity(&self, mention: usize) -> Option<(EntityId, EntityType)> {
        let (id, entities) = match &self.links {
            Some(links) => (*links.raw_of.get(mention)?, &links.raw),
            None => (self.mentions.get(mention)?.entity, &self.entities),
        };
        Some((id, entities.get(id.0 as usize)?.kind))
    }

    /// The entity that a found one is on a page, near a byte.
    #[must_use]
    pub fn linked(&self, found: EntityId, page: u32, byte: u32) -> EntityId {
        let Some(links) = &self.links else {
            return found;
        };
        match links.went.get(found.0 as usize) {
            Some(&(entity, true)) => entity,
            Some(&(entity, false)) => {
                let first = self.mentions.partition_point(|m| m.page < page);
                let last = self.mentions.partition_point(|m| m.page <= page);
                let here = (first..last).filter(|&at| links.raw_of.get(at) == Some(&found));
                let mentions = here.filter_map(|at| self.mentions.get(at));
                let nearest = mentions.min_by_key(|m| m.span.start.abs_diff(byte));
                nearest.map_or(entity, |mention| mention.entity)
            }
            None => found,
        }
    }

    /// The spellings of an entity, most frequent first, with what joins them.
    #[must_use]
    pub fn spelled(&self, entity: EntityId) -> &[Spelled] {
        let links = self.links.as_ref();
        let found = links.and_then(|links| links.spellings.get(entity.0 as usize));
        found.map_or(&[], Vec::as_slice)
    }

    /// Entities that may be one, most sure first.
    #[must_use]
    pub fn offers(&self) -> &[Offer] {
        self.links.as_ref().map_or(&[], |links| &links.offers)
    }

    /// How many decisions no spelling of the corpus answers to.
    #[must_use]
    pub fn idle_decisions(&self) -> usize {
        self.links.as_ref().map_or(0, |links| links.idle)
    }
}
