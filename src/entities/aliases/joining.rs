//! Joins spellings: by what the reader decided, then by proofs, most sure first.

use super::blocks::{Blocked, pairs};
use super::decision::{Action, Decisions};
use super::likeness::{Compared, JOINED, Proof, Rule, judge_compared};
use super::spellings::{Link, Linking, Node};
use crate::entities::EntityType;
use crate::sorting::Arrange;
use rustc_hash::{FxHashMap, FxHashSet};

impl Linking {
    /// Joins spellings, the reader's word first and his last word before all; returns what was not joined.
    pub(super) fn join(&mut self, decisions: &Decisions) -> Vec<Link> {
        for decision in decisions.all().iter().rev() {
            let numbers: Vec<Option<u32>> = decision
                .names
                .iter()
                .map(|name| {
                    let key = self.key_numbers.get(&Compared::new(name).key)?;
                    self.by_name.get(&(decision.kind, *key)).copied()
                })
                .collect();
            let known: Vec<u32> = numbers.iter().copied().flatten().collect();
            let (first, others) = (numbers.first().copied().flatten(), known.get(1..));
            match (decision.action, first, others) {
                (Action::Same, _, Some(others)) if !others.is_empty() => {
                    for (&one, &other) in known.iter().zip(others) {
                        if self.sets.join(one, other, true) {
                            self.joined
                                .push((one, other, Proof::new(Rule::Reader, 1.0)));
                        }
                    }
                }
                (Action::Apart, Some(first), Some(others)) if !others.is_empty() => {
                    for &other in others {
                        self.sets.part(first, other);
                    }
                }
                (Action::Rename, Some(_), _) => {}
                // Its spelling has gone to the other type.
                (Action::Retype, ..)
                    if decision
                        .names
                        .iter()
                        .any(|name| self.is_of(name, &decision.to)) => {}
                _ => self.idle += 1,
            }
        }
        let (sure, mut unsure): (Vec<Link>, Vec<Link>) = self
            .proofs()
            .into_iter()
            .partition(|(.., proof)| proof.confidence >= JOINED);
        for (one, other, proof) in sure {
            if self.sets.join(one, other, false) {
                self.joined.push((one, other, proof));
            } else if self.sets.find(one) != self.sets.find(other) {
                unsure.push((one, other, proof));
            }
        }
        unsure.extend(self.last_names());
        unsure
    }

    fn is_of(&self, name: &str, kind: &str) -> bool {
        let key = self.key_numbers.get(&Compared::new(name).key);
        let kind = EntityType::from_name(kind);
        kind.zip(key)
            .is_some_and(|(kind, &key)| self.by_name.contains_key(&(kind, key)))
    }

    /// All pairs of spellings that a rule joins, most sure first.
    fn proofs(&self) -> Vec<Link> {
        let named = self.nodes.iter().filter_map(|node| {
            Some(Blocked {
                kind: node.kind,
                name: self.compared(node)?,
                listed: node.listed,
            })
        });
        let names: Vec<Blocked<'_>> = named.collect();
        let mut links: Vec<Link> = Vec::new();
        for (one, other) in pairs(&names) {
            let (Some(a), Some(b)) = (names.get(one as usize), names.get(other as usize)) else {
                continue;
            };
            let listed = a.listed.is_some() && a.listed == b.listed;
            let judged = judge_compared(a.kind, a.name, b.name);
            let proof = match judged {
                Some(proof) if !listed || proof.confidence >= JOINED => proof,
                _ if listed => Proof::new(Rule::Listed, 0.98),
                _ => continue,
            };
            links.push((one, other, proof));
        }
        self.across_scripts(&mut links);
        links.arrange_by(|a, b| {
            let sure = b.2.confidence.total_cmp(&a.2.confidence);
            sure.then_with(|| (a.0, a.1).cmp(&(b.0, b.1)))
        });
        links
    }

    /// Adds each spelling in Latin letters with the most frequent Arabic one that it was found as.
    fn across_scripts(&self, links: &mut Vec<Link>) {
        let is_latin = |node: &Node| self.compared(node).is_some_and(Compared::is_latin);
        let mut arabic: Vec<Option<u32>> = Vec::new();
        for (node, number) in self
            .nodes
            .iter()
            .zip(0..)
            .filter(|(node, _)| !is_latin(node))
        {
            let at = node.found as usize;
            arabic.resize(arabic.len().max(at + 1), None);
            if let Some(first) = arabic.get_mut(at) {
                first.get_or_insert(number);
            }
        }
        for (node, number) in self
            .nodes
            .iter()
            .zip(0_u32..)
            .filter(|(node, _)| is_latin(node))
        {
            let other = arabic.get(node.found as usize).copied().flatten();
            let of_type = |&other: &u32| {
                let other = self.nodes.get(other as usize);
                other.is_some_and(|other| other.kind == node.kind)
            };
            if let Some(other) = other.filter(of_type) {
                let proof = Proof::new(Rule::Script, 0.92);
                links.push((number.min(other), number.max(other), proof));
            }
        }
    }

    /// Single words that end the name of exactly one set of persons.
    fn last_names(&mut self) -> Vec<Link> {
        let mut full: FxHashMap<&str, FxHashSet<u32>> = FxHashMap::default();
        let mut single: Vec<(&str, u32)> = Vec::new();
        for (node, number) in self.nodes.iter().zip(0_u32..) {
            let Some(name) = self
                .keys
                .get(node.key as usize)
                .filter(|_| node.kind == EntityType::Person)
            else {
                continue;
            };
            let Some(last) = name.last_word() else {
                continue;
            };
            if name.word_count() > 1 {
                full.entry(last).or_default().insert(self.sets.find(number));
            } else if node.listed.is_none() && last.chars().count() >= 4 {
                single.push((last, number));
            }
        }
        let only = |(last, number): &(&str, u32)| {
            let sets = full.get(last).filter(|sets| sets.len() == 1)?;
            let set = sets.iter().next()?;
            (*set != *number).then_some((*set, *number, Proof::new(Rule::LastName, 0.6)))
        };
        single.iter().filter_map(only).collect()
    }
}
