//! Makes the layer: spellings, cue words, canonical names and ids.

use super::entity::{Entity, EntityId, EntityType, Evidence, Mention};
use super::latin::LatinWord;
use super::layer::{EntityLayer, sort_by_entity};
use super::lexicon::Lexicon;
use super::link::{Group, Groups};
use super::quotes::NamedSpan;
use super::recogniser::{Found, Scan, Source};
use crate::analysis::fold::marks_key;
use crate::text::ByteSpan;
use rustc_hash::{FxHashMap, FxHashSet};

/// Numbers strings in order of appearance.
#[derive(Debug, Default)]
struct Interner {
    numbers: FxHashMap<String, u32>,
    strings: Vec<String>,
}

impl Interner {
    fn number(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.numbers.get(text) {
            return number;
        }
        let number = u32::try_from(self.strings.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.to_owned(), number);
        self.strings.push(text.to_owned());
        number
    }
}

/// Collects linked mentions; page after page.
#[derive(Debug, Default)]
pub(super) struct LayerBuilder {
    /// `entity` holds the group until the layer is finished.
    mentions: Vec<Mention>,
    cues: Interner,
    spellings: Interner,
}

impl LayerBuilder {
    /// Adds the names of a page, in order.
    pub(super) fn add(&mut self, scan: &Scan<'_>, page: u32, found: &[Found], groups: &Groups) {
        let (mut sentence, mut walked) = (0, 0);
        for name in found {
            let Some(group) = name.group else { continue };
            let (Some(first), Some(last)) = (
                scan.page.spans.get(name.start),
                scan.page.spans.get(name.end.wrapping_sub(1)),
            ) else {
                continue;
            };
            while walked <= name.start {
                sentence += u32::from(walked > 0 && scan.page.is_break(walked));
                walked += 1;
            }
            let span = ByteSpan {
                start: first.start + name.skip_bytes,
                end: last.end,
            };
            let listed = groups
                .all
                .get(group as usize)
                .is_some_and(|g| g.entry.is_some());
            let evidence = match name.source {
                Source::Listed(_) => Evidence::Lexicon,
                Source::Bare if listed => Evidence::Lexicon,
                Source::Trained => Evidence::Model,
                _ => Evidence::Cue,
            };
            let cue = name.cue.map(|cue| self.cues.number(&cue_word(scan, cue)));
            self.mentions.push(Mention {
                page,
                article: scan.page.article(name.start),
                sentence,
                first_token: u32::try_from(name.start).unwrap_or(u32::MAX),
                tokens: u32::try_from(name.words()).unwrap_or(u32::MAX),
                span,
                entity: EntityId(group),
                evidence,
                cue,
                spelling: self.spellings.number(span.of(scan.page.text)),
            });
        }
    }

    /// The mentions from number `from` on, as the quote reader takes names; an entity is known by its group.
    pub(super) fn names_from<'a>(
        &'a self,
        from: usize,
        groups: &'a Groups,
    ) -> impl Iterator<Item = NamedSpan> + 'a {
        let mentions = self.mentions.get(from..).unwrap_or_default().iter();
        mentions.filter_map(|mention| {
            Some(NamedSpan {
                span: mention.span,
                kind: groups.all.get(mention.entity.0 as usize)?.kind,
                entity: mention.entity,
            })
        })
    }

    /// Mentions so far.
    pub(super) fn len(&self) -> usize {
        self.mentions.len()
    }

    /// Names the entities, numbers them in order of their first mention, and sorts by entity.
    /// The second value is the entity of each group, if it has a mention.
    pub(super) fn finish(
        mut self,
        lexicon: &Lexicon,
        groups: &Groups,
    ) -> (EntityLayer, Vec<Option<EntityId>>) {
        let names = self.canonical_names(groups.all.len());
        let mut numbers: Vec<Option<EntityId>> = vec![None; groups.all.len()];
        let mut entities = Vec::new();
        let mut ids = FxHashSet::default();
        for mention in &mut self.mentions {
            let group = mention.entity.0 as usize;
            let (Some(slot), Some(made)) = (numbers.get_mut(group), groups.all.get(group)) else {
                continue;
            };
            let number = *slot.get_or_insert_with(|| {
                let name = names.get(group).copied().unwrap_or_default();
                let name = self
                    .spellings
                    .strings
                    .get(name as usize)
                    .map_or("", String::as_str);
                entities.push(entity(made, lexicon, name, mention.evidence, &mut ids));
                EntityId(u32::try_from(entities.len() - 1).unwrap_or(u32::MAX))
            });
            mention.entity = number;
        }
        let (by_entity, starts) = sort_by_entity(&self.mentions, entities.len());
        let layer = EntityLayer {
            entities,
            mentions: self.mentions,
            by_entity,
            starts,
            cues: self.cues.strings,
            spellings: self.spellings.strings,
            links: None,
            stated: None,
        };
        (layer, numbers)
    }

    /// The most frequent spelling of each group, Arabic ones first, full names before bare ones;
    /// of equals the one seen first.
    fn canonical_names(&self, groups: usize) -> Vec<u32> {
        let mut counts: FxHashMap<(u32, u32), u32> = FxHashMap::default();
        let mut best: Vec<((bool, bool), u32, u32)> = vec![((false, false), 0, 0); groups];
        for mention in &self.mentions {
            *counts
                .entry((mention.entity.0, mention.spelling))
                .or_default() += 1;
        }
        for mention in &self.mentions {
            let count = counts
                .get(&(mention.entity.0, mention.spelling))
                .copied()
                .unwrap_or_default();
            let spelling = self.spellings.strings.get(mention.spelling as usize);
            let arabic = spelling.is_some_and(|spelling| LatinWord::of(spelling) == LatinWord::No);
            let full = (arabic, mention.tokens >= 2);
            if let Some(best) = best.get_mut(mention.entity.0 as usize)
                && (full, count) > (best.0, best.1)
            {
                *best = (full, count, mention.spelling);
            }
        }
        best.into_iter().map(|(.., spelling)| spelling).collect()
    }
}

fn entity(
    group: &Group,
    lexicon: &Lexicon,
    spelling: &str,
    found_by: Evidence,
    ids: &mut FxHashSet<String>,
) -> Entity {
    let kind: EntityType = group.kind;
    let entry = group
        .entry
        .and_then(|entry| lexicon.entries.get(entry as usize));
    let (slug, name, english, evidence) = match entry {
        Some(entry) => (
            entry.slug.clone(),
            entry.name.clone(),
            entry.english.clone(),
            Evidence::Lexicon,
        ),
        None => {
            let name = marks_key(spelling);
            (slug_of(&name), name, None, found_by)
        }
    };
    let mut id = id_of(kind, &slug);
    let mut copy = 1;
    while !ids.insert(id.clone()) {
        copy += 1;
        id = id_of(kind, &format!("{slug}-{copy}"));
    }
    Entity {
        id,
        kind,
        name,
        english,
        evidence,
    }
}

/// The id of an entity that no list has, if no other has its name.
pub(super) fn plain_id(kind: EntityType, name: &str) -> String {
    id_of(kind, &slug_of(name))
}

fn id_of(kind: EntityType, slug: &str) -> String {
    format!("{}:{slug}", kind.name())
}

fn slug_of(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join("-")
}

/// A cue word as written, without proclitics; للرئيس shows its article again.
fn cue_word(scan: &Scan<'_>, at: usize) -> String {
    let word = scan.surface(at, at + 1, scan.best_skip(at));
    let best = scan.facts(at).and_then(|f| f.readings.get(f.best));
    match word.strip_prefix('ل') {
        Some(noun) if best.is_some_and(|r| r.key.starts_with("ال")) => format!("ال{noun}"),
        _ => word.to_owned(),
    }
}
