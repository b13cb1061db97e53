//! Groups: which found names are one entity.

use super::entity::EntityType;
use super::lexicon::Lexicon;
use super::recogniser::{Found, Scan, Source};
use super::variant_key::variant_key;
use crate::analysis::fold::letters_key;
use rustc_hash::FxHashMap;

/// Place words that add nothing to a listed place: «جمهورية التشيك» is «التشيك».
const SAME_PLACE_HEADS: [&str; 6] = ["جمهوريه", "جزيره", "جزر", "نهر", "اماره", "هضبه"];
/// A single word needs a variant key of this many letters to be linked by it.
const SHORTEST_SINGLE_KEY: usize = 4;

/// An entity in the making.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) kind: EntityType,
    /// The listed entity it is, if any.
    pub(super) entry: Option<u32>,
}

/// All groups of a run, numbered in order of appearance.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub(super) all: Vec<Group>,
    by_entry: FxHashMap<u32, u32>,
    by_key: FxHashMap<(EntityType, String), u32>,
}

impl Groups {
    /// The group of a found name, made when it is new.
    pub(super) fn of(&mut self, scan: &Scan<'_>, found: &Found) -> u32 {
        match listed_entry(scan, found) {
            Some(entry) => self.of_entry(scan.lexicon, entry),
            None => self.of_key(scan.lexicon, found.kind, key_of(scan, found)),
        }
    }

    /// The group of a listed entity.
    pub(super) fn of_entry(&mut self, lexicon: &Lexicon, entry: u32) -> u32 {
        let kind = lexicon
            .entries
            .get(entry as usize)
            .map_or(EntityType::Place, |e| e.kind);
        let next = self.next();
        let group = *self.by_entry.entry(entry).or_insert(next);
        self.add_if_new(
            group,
            Group {
                kind,
                entry: Some(entry),
            },
        )
    }

    fn of_key(&mut self, lexicon: &Lexicon, kind: EntityType, key: String) -> u32 {
        // Keys of ordinary words hold their long vowels and are no variant keys.
        let long = key.contains(' ')
            || key.chars().count() >= SHORTEST_SINGLE_KEY && kind != EntityType::Person;
        if let Some(entry) = lexicon.by_variant(kind, &key).filter(|_| long) {
            return self.of_entry(lexicon, entry);
        }
        let next = self.next();
        let group = *self.by_key.entry((kind, key)).or_insert(next);
        self.add_if_new(group, Group { kind, entry: None })
    }

    fn next(&self) -> u32 {
        u32::try_from(self.all.len()).unwrap_or(u32::MAX)
    }

    fn add_if_new(&mut self, group: u32, made: Group) -> u32 {
        if group == self.next() {
            self.all.push(made);
        }
        group
    }
}

/// The listed entity that a found name is, by its table or its proper part.
fn listed_entry(scan: &Scan<'_>, found: &Found) -> Option<u32> {
    if let Source::Listed(entry) = found.source {
        return Some(entry);
    }
    let (start, end) = found.core;
    let core = scan
        .listed_at(start)
        .filter(|l| l.end == end && l.kind == found.kind && l.skip_bytes == 0)?;
    let Source::Listed(entry) = core.source else {
        return None;
    };
    let head_adds = found.kind == EntityType::Place && start > found.start && {
        let head = scan.facts(found.start).and_then(|f| f.readings.get(f.best));
        !head.is_some_and(|head| SAME_PLACE_HEADS.contains(&head.key.as_str()))
    };
    (!head_adds).then_some(entry)
}

/// The key that a name's spellings share.
fn key_of(scan: &Scan<'_>, found: &Found) -> String {
    let (start, end) = found.core;
    let core_is_listed = start > found.start && scan.listed_at(start).is_some_and(|l| l.end == end);
    let text = if core_is_listed || start == found.start {
        scan.surface(found.start, found.end, found.skip_bytes)
    } else {
        scan.surface(start, end, 0)
    };
    if found.kind == EntityType::Organisation && start == found.start {
        // Ordinary words: العمل and العمال, which the variant key joins, are two.
        return letters_key(text).replace("اميركي", "امريكي");
    }
    if found.kind == EntityType::Place && text.starts_with("ال") {
        return letters_key(text);
    }
    let key = variant_key(text);
    // The variant key of a short word says too little.
    if key.contains(' ') || key.chars().count() >= SHORTEST_SINGLE_KEY {
        key
    } else {
        letters_key(text)
    }
}
