//! Bare names: which full name of the article, the page or the corpus they stand for.

use super::class::Classes;
use super::entity::EntityType;
use super::form::FormFacts;
use super::form_table::FormTable;
use super::gap::Gap;
use super::link::Groups;
use super::page::TokenText;
use super::recogniser::{Found, Scan, Source};
use crate::sorting::Arrange;
use rustc_hash::FxHashMap;

/// A name that stands in for a whole corpus needs this many letters …
const SHORTEST_CORPUS_NAME: usize = 4;
/// … and one full mention for at most this many bare ones: a word that is far
/// more frequent than its full name is an ordinary word.
const BARE_PER_FULL: u64 = 12;

/// Where the full name behind a bare one was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sighting {
    group: u32,
    page: u32,
    article: Option<u32>,
}

/// A word that stands for full names.
#[derive(Debug)]
struct BareName {
    kind: EntityType,
    sightings: Vec<Sighting>,
    /// Running words that may be this name.
    frequency: u64,
    /// The only group of the corpus, if there is one and the word is telling enough.
    corpus: Option<u32>,
}

/// What the first pass learned.
#[derive(Debug, Default)]
pub(super) struct Learned {
    pub(super) groups: Groups,
    names: Vec<BareName>,
    by_key: FxHashMap<String, u32>,
    /// Form → reading and bare name.
    by_form: FxHashMap<u32, (u32, u32)>,
}

impl Learned {
    /// Notes the names of a page and gives each its group.
    pub(super) fn read(&mut self, scan: &Scan<'_>, page: u32, found: &mut [Found]) {
        for name in found {
            let group = self.groups.of(scan, name);
            name.group = Some(group);
            let article = scan.page.article(name.start);
            for at in bare_words(scan, name) {
                let Some(facts) = scan.facts(at) else {
                    continue;
                };
                let sighting = Sighting {
                    group,
                    page,
                    article,
                };
                self.note(facts, name.kind, sighting);
            }
        }
    }

    fn note(&mut self, facts: &FormFacts, kind: EntityType, sighting: Sighting) {
        let next = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let number = *self.by_key.entry(facts.key().to_owned()).or_insert(next);
        if number == next {
            self.names.push(BareName {
                kind,
                sightings: Vec::new(),
                frequency: 0,
                corpus: None,
            });
        }
        if let Some(name) = self.names.get_mut(number as usize)
            && name.kind == kind
            && name.sightings.last() != Some(&sighting)
            && !name.sightings.iter().rev().take(8).any(|s| *s == sighting)
        {
            name.sightings.push(sighting);
        }
    }

    /// Finds the forms that may be bare names, and those that mean one entity in the whole corpus.
    pub(super) fn settle(&mut self, forms: &FormTable) {
        let mut telling = vec![false; self.names.len()];
        for (form, facts, frequency) in forms.iter() {
            let hit = facts.readings.iter().enumerate().find_map(|(i, reading)| {
                let ordinary = reading.classes.any(Classes::NOT_IN_NAME);
                self.by_key
                    .get(&reading.key)
                    .filter(|_| !ordinary)
                    .map(|&name| (i, name, reading))
            });
            let Some((reading, number, found)) = hit else {
                continue;
            };
            self.by_form
                .insert(form, (u32::try_from(reading).unwrap_or(0), number));
            let given = found.classes.any(Classes::NAME) && !facts.definite;
            let long = !given && found.key.chars().count() >= SHORTEST_CORPUS_NAME;
            if let Some(telling) = telling.get_mut(number as usize) {
                *telling |= long || found.classes.any(Classes::FAMILY_FIRST);
            }
            if let Some(name) = self.names.get_mut(number as usize) {
                name.frequency += u64::from(frequency);
            }
        }
        for (name, _) in self
            .names
            .iter_mut()
            .zip(telling)
            .filter(|(_, telling)| *telling)
        {
            if name.sightings.len() as u64 * BARE_PER_FULL >= name.frequency {
                name.corpus = only(name.sightings.iter());
            }
        }
    }

    /// Adds the bare names of a page to those already found, in page order.
    pub(super) fn add_bare(&mut self, scan: &Scan<'_>, page: u32, found: &mut Vec<Found>) {
        let mut bare = Vec::new();
        let mut named = found.iter_mut().peekable();
        let (mut at, mut last_end) = (0, 0);
        while at < scan.page.len() {
            if let Some(name) = named.next_if(|name| name.start <= at) {
                self.settle_single(scan, page, name);
                at = name.end.max(at + 1);
                last_end = at;
                continue;
            }
            let next_start = named.peek().map_or(usize::MAX, |name| name.start);
            let beside = || {
                at > last_end && joins_name(scan, at, at - 1)
                    || at + 1 < next_start && joins_name(scan, at + 1, at + 1)
            };
            let form = scan.page.forms.get(at);
            let known = form.and_then(|form| self.by_form.get(form)).copied();
            if let Some(known) = known.filter(|_| !beside()) {
                bare.extend(self.bare_at(scan, page, at, known));
            }
            at += 1;
        }
        found.extend(bare);
        found.arrange_by_key(|name| name.start);
    }

    /// A single word that a title led to, or that the model took for a person, takes the group of its full name. A
    /// common given name without one («الدكتور محمد») is nobody: its group goes.
    fn settle_single(&self, scan: &Scan<'_>, page: u32, name: &mut Found) {
        let trained = name.source == Source::Trained;
        if name.words() != 1
            || name.kind != EntityType::Person
            || !trained && name.source != Source::Cue
        {
            return;
        }
        let facts = scan.facts(name.start);
        let reading = facts.and_then(|facts| {
            let mut readings = facts.readings.iter();
            readings.find(|reading| reading.skip_bytes == name.skip_bytes)
        });
        let key = reading.map_or("", |reading| reading.key.as_str());
        let known = self
            .by_key
            .get(key)
            .and_then(|&n| self.names.get(n as usize));
        if let Some(group) =
            known.and_then(|n| n.resolve(page, scan.page.article(name.start)).group())
        {
            name.group = Some(group);
            return;
        }
        if trained {
            return;
        }
        let is = |at: usize, class: Classes| scan.facts(at).is_some_and(|f| f.classes.any(class));
        let common =
            is(name.start, Classes::GIVEN) && !scan.facts(name.start).is_some_and(|f| f.definite);
        if common && !name.cue.is_some_and(|cue| is(cue, Classes::ROYAL)) {
            name.group = None;
        }
    }

    /// The bare name at a token, whose form may be one in this reading of it and has this number.
    fn bare_at(
        &mut self,
        scan: &Scan<'_>,
        page: u32,
        at: usize,
        (reading, number): (u32, u32),
    ) -> Option<Found> {
        let name = self.names.get(number as usize)?;
        let mut found = Found::new(name.kind, at, at + 1, Source::Bare);
        found.skip_bytes = scan.facts(at)?.readings.get(reading as usize)?.skip_bytes;
        found.group = match name.resolve(page, scan.page.article(at)) {
            Resolved::One(group) => Some(group),
            Resolved::Several => Some(self.groups.of(scan, &found)),
            Resolved::None => return None,
        };
        Some(found)
    }
}

/// What a bare name stands for in one place.
enum Resolved {
    One(u32),
    Several,
    None,
}

impl Resolved {
    fn group(self) -> Option<u32> {
        if let Self::One(group) = self {
            Some(group)
        } else {
            None
        }
    }
}

impl BareName {
    /// Asks the article, then the page, then the corpus; the first that knows the name decides.
    fn resolve(&self, page: u32, article: Option<u32>) -> Resolved {
        let start = self.sightings.partition_point(|s| s.page < page);
        let here = || {
            self.sightings
                .iter()
                .skip(start)
                .take_while(move |s| s.page == page)
        };
        let in_article = || here().filter(|s| article.is_some() && s.article == article);
        if in_article().next().is_some() {
            return only(in_article()).map_or(Resolved::Several, Resolved::One);
        }
        if here().next().is_some() {
            return only(here()).map_or(Resolved::Several, Resolved::One);
        }
        self.corpus.map_or(Resolved::None, Resolved::One)
    }
}

/// The group of all sightings, if they agree.
fn only<'a>(mut sightings: impl Iterator<Item = &'a Sighting>) -> Option<u32> {
    let first = sightings.next()?.group;
    sightings.all(|s| s.group == first).then_some(first)
}

/// The words of a full name that may stand for it: a person's last word, and
/// the first if it is a family name that stands first; the one proper word of a
/// place or body found by cue.
fn bare_words(scan: &Scan<'_>, name: &Found) -> Vec<usize> {
    let (start, end) = name.core;
    let is = |at: usize, class: Classes| scan.facts(at).is_some_and(|f| f.whole().any(class));
    match name.kind {
        EntityType::Person if name.words() >= 2 => {
            let mut words = Vec::new();
            if is(start, Classes::FAMILY_FIRST) {
                words.push(start);
            } else if !is(end - 1, Classes::NAME_TAIL) && scan.surface(end - 2, end - 1, 0) != "آل"
            {
                words.push(end - 1);
            }
            words
        }
        EntityType::Place | EntityType::Organisation
            if name.source == Source::Cue
                && end - start == 1
                && scan.facts(start).is_some_and(|f| f.foreign) =>
        {
            vec![start]
        }
        _ => Vec::new(),
    }
}

/// Whether `word` is a name word that only a space parts from its neighbour
/// (the gap before token `gap`): the two are part of a longer, unknown name.
fn joins_name(scan: &Scan<'_>, gap: usize, word: usize) -> bool {
    scan.gap(gap) == Gap::Space && scan.facts(word).is_some_and(|f| f.is_name() && !f.definite)
}

/// Surface text of tokens, for keys and spellings.
impl<'a> Scan<'a> {
    /// The text from token `start` to `end`, without `skip` bytes at its start.
    pub(super) fn surface(&self, start: usize, end: usize, skip: u32) -> &'a str {
        let page: TokenText<'a> = self.page;
        let (Some(first), Some(last)) =
            (page.spans.get(start), page.spans.get(end.wrapping_sub(1)))
        else {
            return "";
        };
        page.text
            .get((first.start + skip) as usize..last.end as usize)
            .unwrap_or_default()
    }
}
