//! Makes entities of joined spellings, and gives each mention its own.

use super::decision::{Action, Decisions};
use super::likeness::{Compared, Proof};
use super::linking::{Links, Offer, Spelled};
use super::spellings::{BARE, Link, Linking, Node};
use crate::analysis::fold::marks_key;
use crate::entities::{Entity, EntityId, EntityLayer};
use crate::sorting::Arrange;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

impl Linking {
    /// Makes the entities and gives each mention its own.
    pub(super) fn finish(
        mut self,
        layer: &mut EntityLayer,
        decisions: &Decisions,
        unsure: Vec<Link>,
    ) {
        let count = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let mut members: FxHashMap<u32, Vec<u32>> = FxHashMap::default();
        for node in 0..count {
            let root = self.sets.find(node);
            members.entry(root).or_default().push(node);
        }
        let shown = self.shown_names(decisions);
        let mut made: Vec<(Entity, Vec<u32>)> = members
            .into_values()
            .filter_map(|nodes| Some((self.entity(layer, &nodes, &shown)?, nodes)))
            .collect();
        made.arrange_by(|(a, one), (b, other)| a.id.cmp(&b.id).then_with(|| one.cmp(other)));
        let mut ids: FxHashMap<String, u32> = FxHashMap::default();
        for (entity, _) in &mut made {
            let copies = ids.entry(entity.id.clone()).or_default();
            *copies += 1;
            if *copies > 1 {
                entity.id = format!("{}-{copies}", entity.id);
            }
        }
        let mut entity_of = vec![EntityId(0); self.nodes.len()];
        for ((_, nodes), number) in made.iter().zip(0_u32..) {
            for &node in nodes {
                if let Some(slot) = entity_of.get_mut(node as usize) {
                    *slot = EntityId(number);
                }
            }
        }
        let spellings = self.spelled(layer, &made);
        let raw_of: Vec<EntityId> = layer.mentions.iter().map(|m| m.entity).collect();
        let went = self.assign(layer, &entity_of);
        let offers = self.offers(layer, unsure, &entity_of);
        let entities = made.into_iter().map(|(entity, _)| entity).collect();
        layer.links = Some(Links {
            raw: std::mem::replace(&mut layer.entities, entities),
            raw_of,
            went,
            spellings,
            offers,
            idle: self.idle,
        });
        layer.sort_by_entity();
    }

    /// Names that the reader gave, by set.
    fn shown_names(&mut self, decisions: &Decisions) -> FxHashMap<u32, String> {
        let mut shown = FxHashMap::default();
        for decision in decisions
            .all()
            .iter()
            .filter(|d| d.action == Action::Rename)
        {
            let key = decision.names.first().map(|name| Compared::new(name).key);
            let key = key.and_then(|key| self.key_numbers.get(&key).copied());
            let node = key.and_then(|key| self.by_name.get(&(decision.kind, key)).copied());
            if let Some(node) = node {
                shown.insert(self.sets.find(node), decision.to.trim().to_owned());
            }
        }
        shown
    }

    /// The entity of some spellings, most frequent first.
    fn entity(
        &mut self,
        layer: &EntityLayer,
        nodes: &[u32],
        shown: &FxHashMap<u32, String>,
    ) -> Option<Entity> {
        let root = self.sets.find(*nodes.first()?);
        let all = || nodes.iter().filter_map(|&at| self.nodes.get(at as usize));
        let given = shown.get(&root);
        if let Some(listed) = all().find_map(|node| node.listed) {
            let found = layer.entities.get(listed as usize)?;
            return Some(Entity {
                name: given.unwrap_or(&found.name).clone(),
                ..found.clone()
            });
        }
        let full = |node: &&Node| {
            self.compared(node)
                .is_some_and(|name| name.word_count() > 1)
        };
        let arabic = |node: &&Node| !self.compared(node).is_some_and(Compared::is_latin);
        let canonical = all()
            .find(|node| full(node) && arabic(node))
            .or_else(|| all().find(arabic))
            .or_else(|| all().find(full))
            .or_else(|| all().next())?;
        let written = layer.spellings.get(canonical.written.0 as usize)?;
        let name = marks_key(written);
        let slug: Vec<&str> = name.split_whitespace().collect();
        let slug = slug.join("-");
        Some(Entity {
            id: format!("{}:{slug}", canonical.kind.name()),
            kind: canonical.kind,
            name: given.cloned().unwrap_or(name),
            english: None,
            evidence: all().map(|node| node.evidence).min()?,
        })
    }

    fn written<'l>(&self, layer: &'l EntityLayer, node: u32) -> &'l str {
        let node = self.nodes.get(node as usize);
        node.and_then(|node| layer.spellings.get(node.written.0 as usize))
            .map_or("", String::as_str)
    }

    /// The spellings of each entity with what joined them.
    fn spelled(&self, layer: &EntityLayer, made: &[(Entity, Vec<u32>)]) -> Vec<Vec<Spelled>> {
        let mut proofs: FxHashMap<u32, (Proof, u32)> = FxHashMap::default();
        for &(one, other, proof) in &self.joined {
            // The less frequent is joined to the more frequent; whoever is taken already hands on.
            let (high, low) = (one.min(other), one.max(other));
            let taken = proofs.contains_key(&low);
            proofs
                .entry(if taken { high } else { low })
                .or_insert((proof, if taken { low } else { high }));
        }
        let spelled = |&node: &u32| {
            let proof = proofs.get(&node);
            Spelled {
                name: self.written(layer, node).to_owned(),
                mentions: self.nodes.get(node as usize).map_or(0, |n| n.mentions),
                proof: proof.map(|&(proof, to)| (proof, self.written(layer, to).to_owned())),
            }
        };
        made.iter()
            .map(|(_, nodes)| nodes.iter().map(spelled).collect())
            .collect()
    }

    /// Gives each mention its entity; returns where each found entity went.
    fn assign(&self, layer: &mut EntityLayer, entity_of: &[EntityId]) -> Vec<(EntityId, bool)> {
        let entity = |at: usize| {
            let node = self.node_of.get(at).copied().unwrap_or(BARE);
            entity_of.get(node as usize).copied()
        };
        let mut went = Vec::with_capacity(layer.entities.len());
        let mut given: Vec<(u32, EntityId)> = Vec::with_capacity(layer.mentions.len());
        for raw in 0..layer.entities.len() {
            let of = |at: usize| layer.starts.get(at).copied().unwrap_or_default() as usize;
            let mentions = layer
                .by_entity
                .get(of(raw)..of(raw + 1))
                .unwrap_or_default();
            let full: Vec<(u32, EntityId)> = mentions
                .iter()
                .filter_map(|&at| Some((at, entity(at as usize)?)))
                .collect();
            let mut counts: Vec<(u32, EntityId)> = Vec::new();
            for &(_, to) in &full {
                match counts.iter_mut().find(|(_, other)| *other == to) {
                    Some((count, _)) => *count += 1,
                    None => counts.push((1, to)),
                }
            }
            let most = counts
                .iter()
                .max_by_key(|(count, to)| (*count, Reverse(*to)));
            let most = most.map_or(EntityId(0), |&(_, to)| to);
            went.push((most, counts.len() <= 1));
            given.extend(&full);
            let bare = mentions.iter().filter(|&&at| entity(at as usize).is_none());
            given.extend(bare.map(|&at| {
                (
                    at,
                    nearest(layer, &full, at)
                        .filter(|_| counts.len() > 1)
                        .unwrap_or(most),
                )
            }));
        }
        for (at, to) in given {
            if let Some(mention) = layer.mentions.get_mut(at as usize) {
                mention.entity = to;
            }
        }
        went
    }

    /// What was not joined, once for each two entities.
    fn offers(
        &mut self,
        layer: &EntityLayer,
        unsure: Vec<Link>,
        entity_of: &[EntityId],
    ) -> Vec<Offer> {
        let mut offers: FxHashMap<(EntityId, EntityId), Offer> = FxHashMap::default();
        let of = |node: u32| entity_of.get(node as usize).copied();
        for (one, other, proof) in unsure {
            if self.sets.must_part(one, other, false) {
                continue;
            }
            let (Some(a), Some(b)) = (of(one), of(other)) else {
                continue;
            };
            if a == b {
                continue;
            }
            let names = [one, other].map(|node| self.written(layer, node).to_owned());
            let offer = Offer {
                entities: [a, b],
                names,
                proof,
            };
            let known = offers.entry((a.min(b), a.max(b)));
            known
                .and_modify(|best| {
                    if proof.confidence > best.proof.confidence {
                        *best = offer.clone();
                    }
                })
                .or_insert(offer);
        }
        let mut offers: Vec<Offer> = offers.into_values().collect();
        offers.arrange_by(|a, b| {
            let sure = b.proof.confidence.total_cmp(&a.proof.confidence);
            sure.then_with(|| a.entities.cmp(&b.entities))
        });
        offers
    }
}

/// The entity of the full name nearest to a bare one: in its article, else on its page.
fn nearest(layer: &EntityLayer, full: &[(u32, EntityId)], at: u32) -> Option<EntityId> {
    let bare = layer.mentions.get(at as usize)?;
    let page = |&(at, _): &(u32, EntityId)| layer.mentions.get(at as usize).map_or(0, |m| m.page);
    let from = full.partition_point(|name| page(name) < bare.page);
    let upto = full.partition_point(|name| page(name) <= bare.page);
    let here = full.get(from..upto)?.iter();
    let rank = |&&(at, _): &&(u32, EntityId)| {
        let other = layer.mentions.get(at as usize);
        let same_article = other.is_some_and(|m| m.article == bare.article);
        let far = other.map_or(u32::MAX, |m| m.first_token.abs_diff(bare.first_token));
        (!same_article, far)
    };
    here.min_by_key(rank).map(|&(_, entity)| entity)
}
