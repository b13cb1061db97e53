//! Names in Latin letters, where a list or a known Arabic name answers for them.
//!
//! ```text
//! hear   runs of capitalised words ──skeletons──▶ wanted
//! note   Arabic names of wanted skeletons ──────▶ known
//! add    runs again ──list, channel, gloss──────▶ mentions of the Arabic name's group
//! ```
//!
//! | found | when |
//! |---|---|
//! | a listed English name of two words and more | anywhere in a run |
//! | two words and more that are an Arabic name of the corpus by sound | no other name sounds as like it, of the corpus or of the common Arabic ones |
//! | a gloss, «بوتين (Putin)» | it stands right behind the Arabic name and sounds like it, or like its last word |
//! | one word more of the page | a glossed word, or the bare name of a person whose full Latin name the page has |
//! | a listed English name of one word | written as listed, with no capitalised stranger beside it |
//!
//! Any other text in Latin letters is no name. Once found, a mention is of its Arabic name's group,
//! and [aliases](super::aliases) joins its spelling by the rule `script`.

mod run;
mod sound;
mod word;

pub(super) use run::{Run, runs};
pub use sound::sounds_alike;
pub(super) use word::LatinWord;

use super::class::Classes;
use super::entity::EntityType;
use super::link::Groups;
use super::recogniser::{Found, Scan, Source};
use super::trained::meeting;
use crate::analysis::fold::letters_key;
use crate::analysis::names::matcher::arabic_words;
use crate::analysis::names::skeleton::skeleton;
use crate::sorting::Arrange;
use rustc_hash::{FxBuildHasher, FxHashMap};
use sound::{KnownName, by_sound, heard, likeness};
use std::hash::BuildHasher;

/// Log-odds, in nats, from which a gloss spells the name that it stands beside.
const SURE_BESIDE: f32 = 5.0;

/// Names of the corpus that share a skeleton, at most: of more, of short names in a large corpus, sound
/// alone does not tell one, and comparing them all takes longer than finding all other names.
const MOST_ALIKE: usize = 100;

/// What the pages say of names in Latin letters.
#[derive(Debug, Default)]
pub(super) struct LatinNames {
    /// Skeletons, hashed, of runs of two words and more: the place of their Arabic names in
    /// `known`, [`NONE`] before there is one.
    wanted: FxHashMap<u32, u32>,
    /// Arabic names with their groups.
    known: Vec<Vec<KnownName>>,
    /// What was compared: its place in `judgements`.
    judged: FxHashMap<String, u32>,
    judgements: Vec<Option<Known>>,
}

/// No place, or no group that is sure.
const NONE: u32 = u32::MAX;

/// What a run stands for.
#[derive(Clone, Copy, Debug)]
struct Known {
    group: u32,
    /// The list entry that says so.
    entry: Option<u32>,
    /// Whether its family name stands first.
    family_first: bool,
}

impl LatinNames {
    /// Hears which names a page may hold.
    pub(super) fn hear(&mut self, scan: &Scan<'_>) {
        for run in runs(scan) {
            for (start, end) in run.parts(scan) {
                let key = key(scan.surface(start, end, 0));
                self.wanted.entry(key).or_insert(NONE);
            }
        }
    }

    /// Notes the Arabic names of a page, once they have their groups.
    pub(super) fn note(&mut self, scan: &Scan<'_>, found: &[Found]) {
        if self.wanted.is_empty() {
            return;
        }
        for name in found {
            let Some(group) = name.group else { continue };
            if name.kind == EntityType::Person && name.words() < 2 {
                continue;
            }
            let text = scan.surface(name.start, name.end, name.skip_bytes);
            let Some(place) = self.wanted.get_mut(&key(text)) else {
                continue;
            };
            if *place == NONE {
                *place = u32::try_from(self.known.len()).unwrap_or(NONE);
                self.known.push(Vec::new());
            }
            let Some(names) = self.known.get_mut(*place as usize) else {
                continue;
            };
            if !names.iter().any(|known| known.name == text) {
                names.push(KnownName::new(text, group));
            }
        }
    }

    /// Adds the names of a page in Latin letters to those already found, in page order.
    pub(super) fn add(&mut self, scan: &Scan<'_>, groups: &mut Groups, found: &mut Vec<Found>) {
        let runs = runs(scan);
        if runs.is_empty() {
            return;
        }
        let mut page = OfPage::default();
        for run in &runs {
            self.add_parts(scan, groups, found, run, &mut page);
        }
        let mut alone = Vec::new();
        for run in &runs {
            for at in run.start..run.end {
                let stranger = |at: usize| run.holds(at) && holding(&page.added, at).is_none();
                let before = at.wrapping_sub(1);
                let led = stranger(before) && !run::leads(scan.surface(before, at, 0));
                if !led && !stranger(at + 1) && holding(&page.added, at).is_none() {
                    alone.extend(page.alone(scan, groups, at));
                }
            }
        }
        let mut added = page.added;
        added.extend(alone);
        added.arrange_by_key(|name| name.start);
        let latin = |name: &Found| (name.start..name.end).all(|at| scan.is_latin(at));
        added.retain(|new| meeting(found, new).iter().all(latin));
        found.retain(|old| meeting(&added, old).is_empty());
        found.extend(added);
        found.arrange_by_key(|name| name.start);
    }

    /// The names of a run that are longer than a word, and glosses.
    fn add_parts(
        &mut self,
        scan: &Scan<'_>,
        groups: &mut Groups,
        found: &[Found],
        run: &Run,
        page: &mut OfPage,
    ) {
        let parts = run.parts(scan);
        let mut at = run.start;
        if let Some((end, known)) = gloss(scan, found, run) {
            page.add(scan, groups, (at, end), known);
            at = end;
        }
        // The longest that starts first.
        for (start, end) in parts {
            if start < at {
                continue;
            }
            if let Some(known) = self.judge(scan, groups, start, end) {
                page.add(scan, groups, (start, end), known);
                at = end;
            }
        }
    }

    /// What some words stand for.
    fn judge(
        &mut self,
        scan: &Scan<'_>,
        groups: &mut Groups,
        start: usize,
        end: usize,
    ) -> Option<Known> {
        let text = scan.surface(start, end, 0);
        if let Some(&judged) = self.judged.get(text) {
            return self.judgements.get(judged as usize).copied().flatten();
        }
        let family_first = |name: &str| {
            let first = name.split(' ').next().unwrap_or_default();
            let word = scan.lexicon.word(&letters_key(first));
            scan.lexicon.classes(word).any(Classes::FAMILY_FIRST)
        };
        let judged = if let Some(entry) = scan.lexicon.by_english(text) {
            let name = scan.lexicon.entries.get(entry as usize);
            Some(Known {
                group: groups.of_entry(scan.lexicon, entry),
                entry: Some(entry),
                family_first: name.is_some_and(|entry| family_first(&entry.name)),
            })
        } else {
            let names = self.known.get(*self.wanted.get(&key(text))? as usize)?;
            if names.len() > MOST_ALIKE {
                return None;
            }
            by_sound(names, text).map(|known| Known {
                group: known.group,
                entry: None,
                family_first: family_first(&known.name),
            })
        };
        let place = u32::try_from(self.judgements.len()).unwrap_or(NONE);
        self.judged.insert(text.to_owned(), place);
        self.judgements.push(judged);
        judged
    }
}

fn key(name: &str) -> u32 {
    FxBuildHasher.hash_one(skeleton(name)) as u32
}

/// The name of a list, in page order and apart, that holds a token.
fn holding(list: &[Found], at: usize) -> Option<&Found> {
    let next = list.get(list.partition_point(|name| name.end <= at));
    next.filter(|name| name.start <= at)
}

/// Where the gloss ends that a run begins with, and the Arabic name before it.
fn gloss(scan: &Scan<'_>, found: &[Found], run: &Run) -> Option<(usize, Known)> {
    let name = found.get(found.partition_point(|f| f.end < run.start))?;
    if name.end != run.start || scan.is_latin(name.start) || !run::opens_gloss(scan, run.start) {
        return None;
    }
    let first = scan.facts(name.start)?;
    let known = Known {
        group: name.group?,
        entry: None,
        family_first: name.words() > 1 && first.classes.any(Classes::FAMILY_FIRST),
    };
    let whole = scan.surface(name.start, name.end, name.skip_bytes);
    let skip = if name.words() == 1 {
        name.skip_bytes
    } else {
        0
    };
    let last = scan.surface(name.end - 1, name.end, skip);
    let names = [whole, last].map(|name| (skeleton(name), name));
    let is_name = |text: &str| {
        let key = skeleton(text);
        let mut alike = names.iter().filter(|(other, _)| *other == key);
        alike.any(|(_, name)| likeness(&heard(text), &arabic_words(name)) >= SURE_BESIDE)
    };
    let ends = (run.start + 1..=run.end.min(run.start + run::LONGEST)).rev();
    let end = ends
        .into_iter()
        .find(|&end| scan.is_capitalised(end - 1) && is_name(scan.surface(run.start, end, 0)))?;
    Some((end, known))
}

/// What one page has shown of names in Latin letters.
#[derive(Debug, Default)]
struct OfPage {
    added: Vec<Found>,
    /// Words that stand for a group of the page, or for [`NONE`] because for several.
    words: FxHashMap<String, u32>,
}

impl OfPage {
    fn add(
        &mut self,
        scan: &Scan<'_>,
        groups: &Groups,
        (start, end): (usize, usize),
        known: Known,
    ) {
        let Some(kind) = groups.all.get(known.group as usize).map(|group| group.kind) else {
            return;
        };
        let source = known.entry.map_or(Source::Bare, Source::Listed);
        let mut name = Found::new(kind, start, end, source);
        name.group = Some(known.group);
        self.added.push(name);
        let single = end - start == 1;
        if single || kind == EntityType::Person {
            let at = if known.family_first { start } else { end - 1 };
            let word = self.words.entry(letters_key(scan.surface(at, at + 1, 0)));
            let of = word.or_insert(known.group);
            if *of != known.group {
                *of = NONE;
            }
        }
    }

    /// A word that stands alone.
    fn alone(&self, scan: &Scan<'_>, groups: &mut Groups, at: usize) -> Option<Found> {
        if !scan.is_capitalised(at) {
            return None;
        }
        let text = scan.surface(at, at + 1, 0);
        let (group, source) = match self.words.get(&letters_key(text)) {
            Some(&group) => (group, Source::Bare),
            None => {
                let entry = scan.lexicon.by_english(text)?;
                (groups.of_entry(scan.lexicon, entry), Source::Listed(entry))
            }
        };
        let kind = groups.all.get(group as usize)?.kind;
        let mut name = Found::new(kind, at, at + 1, source);
        name.group = Some(group);
        Some(name)
    }
}
