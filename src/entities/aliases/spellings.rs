//! The spellings of a layer: mentions by their folded letters and their type.

use super::decision::{Action, Decisions};
use super::grouping::Sets;
use super::likeness::{Compared, Proof};
use crate::entities::{EntityLayer, EntityType, Evidence};
use crate::sorting::Arrange;
use rustc_hash::FxHashMap;
use std::cmp::Reverse;

/// No spelling: a bare name.
pub(super) const BARE: u32 = u32::MAX;

/// A spelling in the making.
pub(super) struct Node {
    pub(super) kind: EntityType,
    pub(super) key: u32,
    pub(super) mentions: u32,
    /// The most frequent way of writing it, and how often that is.
    pub(super) written: (u32, u32),
    /// Number of the listed entity as found.
    pub(super) listed: Option<u32>,
    pub(super) evidence: Evidence,
    /// Number of the entity that it was found as; of several the one with the first id.
    pub(super) found: u32,
}

/// Two spellings and what joins them.
pub(super) type Link = (u32, u32, Proof);

pub(super) struct Linking {
    pub(super) keys: Vec<Compared>,
    pub(super) nodes: Vec<Node>,
    /// Node of each mention.
    pub(super) node_of: Vec<u32>,
    pub(super) by_name: FxHashMap<(EntityType, u32), u32>,
    pub(super) key_numbers: FxHashMap<String, u32>,
    pub(super) sets: Sets,
    pub(super) joined: Vec<Link>,
    pub(super) idle: usize,
}

impl Linking {
    /// Spellings of a layer, most frequent first.
    pub(super) fn read(layer: &EntityLayer, decisions: &Decisions) -> Self {
        let mut linking = Self {
            keys: Vec::new(),
            nodes: Vec::new(),
            node_of: Vec::new(),
            by_name: FxHashMap::default(),
            key_numbers: FxHashMap::default(),
            sets: Sets::new(Vec::new()),
            joined: Vec::new(),
            idle: 0,
        };
        let keys: Vec<u32> = layer.spellings.iter().map(|s| linking.key(s)).collect();
        let mut retyped: FxHashMap<(EntityType, u32), EntityType> = FxHashMap::default();
        for decision in decisions.all() {
            let to = EntityType::from_name(&decision.to);
            if let (Action::Retype, Some(to)) = (decision.action, to) {
                for name in &decision.names {
                    let key = linking.key(name);
                    // A name that came from elsewhere goes on from there.
                    let before = retyped
                        .iter_mut()
                        .find(|((_, k), kind)| *k == key && **kind == decision.kind);
                    match before {
                        Some((_, kind)) => *kind = to,
                        None => {
                            retyped.insert((decision.kind, key), to);
                        }
                    }
                }
            }
        }
        let mut has_full = vec![false; layer.entities.len()];
        for mention in &layer.mentions {
            if let Some(full) = has_full.get_mut(mention.entity.0 as usize) {
                *full |= mention.tokens >= 2;
            }
        }
        let mut written: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        for mention in &layer.mentions {
            let raw = mention.entity.0 as usize;
            let (Some(entity), Some(&key)) =
                (layer.entities.get(raw), keys.get(mention.spelling as usize))
            else {
                linking.node_of.push(BARE);
                continue;
            };
            let full = has_full.get(raw).copied().unwrap_or_default();
            if entity.kind == EntityType::Person && mention.tokens == 1 && full {
                linking.node_of.push(BARE);
                continue;
            }
            let kind = retyped.get(&(entity.kind, key)).copied();
            let node = linking.node(kind.unwrap_or(entity.kind), key, mention.entity.0);
            linking.node_of.push(node);
            *written.entry((node, mention.spelling)).or_default() += 1;
            let listed = entity.evidence == Evidence::Lexicon && kind.is_none();
            let id = |at: u32| layer.entities.get(at as usize).map(|e| e.id.as_str());
            if let Some(node) = linking.nodes.get_mut(node as usize) {
                node.mentions += 1;
                if id(mention.entity.0) < id(node.found) {
                    node.found = mention.entity.0;
                }
                node.evidence = node.evidence.min(mention.evidence);
                if listed
                    && node
                        .listed
                        .is_none_or(|other| id(mention.entity.0) < id(other))
                {
                    node.listed = Some(mention.entity.0);
                }
            }
        }
        let text = |at: u32| layer.spellings.get(at as usize).map(String::as_str);
        let mut written: Vec<((u32, u32), u32)> = written.into_iter().collect();
        written.arrange();
        for ((node, spelling), count) in written {
            if let Some(node) = linking.nodes.get_mut(node as usize) {
                let (best, times) = node.written;
                if times == 0 || (count, Reverse(text(spelling))) > (times, Reverse(text(best))) {
                    node.written = (spelling, count);
                }
            }
        }
        linking.sort();
        linking
    }

    /// Number of a name's folded letters.
    pub(super) fn key(&mut self, name: &str) -> u32 {
        let compared = Compared::new(name);
        let next = u32::try_from(self.keys.len()).unwrap_or(u32::MAX);
        let number = *self.key_numbers.entry(compared.key.clone()).or_insert(next);
        if number == next {
            self.keys.push(compared);
        }
        number
    }

    pub(super) fn node(&mut self, kind: EntityType, key: u32, found: u32) -> u32 {
        let next = u32::try_from(self.nodes.len()).unwrap_or(u32::MAX);
        let number = *self.by_name.entry((kind, key)).or_insert(next);
        if number == next {
            self.nodes.push(Node {
                kind,
                key,
                mentions: 0,
                written: (0, 0),
                listed: None,
                evidence: Evidence::Model,
                found,
            });
        }
        number
    }

    pub(super) fn compared(&self, node: &Node) -> Option<&Compared> {
        self.keys.get(node.key as usize)
    }

    /// Numbers the spellings anew: most frequent first, then by type and letters.
    pub(super) fn sort(&mut self) {
        let mut order: Vec<u32> =
            (0..u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)).collect();
        order.arrange_by_cached_key(|&at| {
            let node = self.nodes.get(at as usize);
            let key = node.and_then(|node| self.compared(node));
            (
                Reverse(node.map(|node| node.mentions)),
                node.map(|node| node.kind),
                key.map(|key| key.key.clone()),
            )
        });
        let mut numbers = vec![BARE; order.len()];
        for (&old, new) in order.iter().zip(0..) {
            if let Some(number) = numbers.get_mut(old as usize) {
                *number = new;
            }
        }
        let renumber = |at: &mut u32| {
            *at = numbers.get(*at as usize).copied().unwrap_or(BARE);
        };
        self.node_of.iter_mut().for_each(renumber);
        self.by_name.values_mut().for_each(renumber);
        let mut nodes: Vec<Option<Node>> = self.nodes.drain(..).map(Some).collect();
        let sorted = order
            .iter()
            .filter_map(|&old| nodes.get_mut(old as usize)?.take());
        self.nodes = sorted.collect();
        self.sets = Sets::new(self.nodes.iter().map(|node| node.listed).collect());
    }
}
