//! Names of persons: after a title, after a verb of saying, or two name words in a row.

use super::class::Classes;
use super::entity::EntityType;
use super::form::FormFacts;
use super::gap::Gap;
use super::recogniser::{Found, Scan, Source};

/// Words of a title's noun phrase that are walked over to reach the name.
const TITLE_REACH: usize = 9;
/// Longest name in words.
const NAME_WORDS: usize = 6;

impl Scan<'_> {
    /// The person that the title at `cue` leads to: «الرئيس الروسي، فلاديمير بوتين»,
    /// «نائب مبعوث واشنطن لدى الأمم المتحدة روبرت وود».
    ///
    /// Walks over adjectives, listed places and bodies, and words that link a
    /// title's noun phrase; one comma may stand right before the name.
    pub(super) fn person_after_title(&self, cue: usize) -> Option<Found> {
        let mut at = cue + 1;
        let mut direct = true;
        while at <= cue + TITLE_REACH {
            match self.gap(at) {
                Gap::Space => {}
                Gap::Comma => return self.name_at(at, cue, false).map(|f| f.with_cue(cue)),
                _ => return None,
            }
            if let Some(found) = self.name_at(at, cue, direct) {
                return Some(found.with_cue(cue));
            }
            let facts = self.facts(at)?;
            if let Some(listed) = self.listed_at(at) {
                if listed.kind == EntityType::Person {
                    return Some(listed.with_cue(cue));
                }
                at = listed.end;
            } else if self.is_title_phrase(at) {
                at += 1;
            } else {
                return None;
            }
            direct = direct && facts.definite;
        }
        None
    }

    /// Whether token `at` can stand between a title and its name.
    fn is_title_phrase(&self, at: usize) -> bool {
        let links = Classes::BRIDGE;
        self.facts(at).is_some_and(|facts| {
            let classes = facts.classes;
            let title = classes.any(Classes::ANY_TITLE) && !facts.whole().is_empty();
            let body = classes.any(Classes::ANY_ORG_HEAD) || classes.any(Classes::ORG_MIDDLE);
            let noun =
                facts.definite || facts.key().starts_with("لل") || facts.key().starts_with("وال");
            noun || title || body || classes.any(links) || classes.any(Classes::DEMONYM)
        })
    }

    /// The person that a verb of saying at `cue` leads to; two words at least.
    pub(super) fn person_after_speech(&self, cue: usize) -> Option<Found> {
        let at = cue + 1;
        if self.gap(at) != Gap::Space {
            return None;
        }
        let found = self.name_at(at, cue, false)?;
        (found.words() >= 2).then(|| found.with_cue(cue))
    }

    /// Two name words in a row, without a cue.
    pub(super) fn person_uncued(&self, at: usize) -> Option<Found> {
        let first = self.facts(at)?;
        let reading = first.readings.get(first.best)?;
        let is_name =
            reading.classes.any(Classes::NAME) && !reading.classes.any(Classes::NOT_IN_NAME);
        let second = self
            .facts(at + 1)
            .filter(|_| self.gap(at + 1) == Gap::Space)?;
        let next_is_name = (second.is_name() && !self.is_other_person(at, at + 1))
            || (second.whole().any(Classes::PARTICLE) && self.facts(at + 2)?.is_name());
        if !is_name || !next_is_name || first.definite {
            return None;
        }
        let mut found = self.name_from(at)?;
        found.skip_bytes = reading.skip_bytes;
        (found.words() >= 2).then_some(found)
    }

    /// A name that starts at `at` under the cue `cue`. `direct`: a title with
    /// nothing but adjectives between, so that one name word is enough.
    fn name_at(&self, at: usize, cue: usize, direct: bool) -> Option<Found> {
        let next_to_cue = at == cue + 1 || direct;
        if let Some(listed) = self.listed_at(at) {
            let longer = self
                .facts(at)
                .filter(|f| f.is_name())
                .and_then(|_| self.name_from(at));
            if let Some(longer) = longer.filter(|l| l.end > listed.end) {
                return Some(longer);
            }
            return Some(listed).filter(|l| l.kind == EntityType::Person && l.skip_bytes == 0);
        }
        let facts = self.facts(at)?;
        let known = facts.is_name() || self.is_compound_start(at);
        let unknown = facts.foreign
            && next_to_cue
            && self.gap(at + 1) == Gap::Space
            && self
                .facts(at + 1)
                .is_some_and(|next| next.is_name() && !next.definite);
        if !known && !unknown {
            return None;
        }
        let found = self.name_from(at)?;
        (found.words() >= 2 || direct && known).then_some(found)
    }

    /// «عبد» or «أبو» with the word it needs.
    fn is_compound_start(&self, at: usize) -> bool {
        let particle = self.facts(at).is_some_and(|f| {
            f.whole().any(Classes::PARTICLE)
                && matches!(f.key(), "عبد" | "ابو" | "ابن" | "بن" | "ام")
        });
        let second = |f: &FormFacts| f.is_name() || f.whole().any(Classes::NAME_TAIL);
        particle && self.gap(at + 1) == Gap::Space && self.facts(at + 1).is_some_and(second)
    }

    /// Extends a name from `at` as far as name words, their particles and one
    /// unknown family name go.
    fn name_from(&self, at: usize) -> Option<Found> {
        let (mut end, mut unknown) = (at + 1, false);
        let mut seen_name = self.facts(at)?.is_name();
        let mut last_is_particle = self.is_particle(at);
        while end < at + NAME_WORDS && self.gap(end) == Gap::Space {
            let Some(facts) = self.facts(end) else { break };
            if !last_is_particle && (self.starts_listed_body(end) || self.is_other_person(at, end))
            {
                break;
            }
            let tail = facts.whole().any(Classes::NAME_TAIL);
            if self.is_particle(end) || facts.is_name() || tail {
                seen_name |= facts.is_name() || tail && last_is_particle;
            } else if !unknown && self.is_unknown_surname(end, end == at + 1 || last_is_particle) {
                unknown = true;
            } else {
                break;
            }
            last_is_particle = self.is_particle(end);
            end += 1;
        }
        while end > at
            && self.is_particle(end - 1)
            && !self.facts(end - 1)?.whole().any(Classes::FAMILY_FIRST)
        {
            end -= 1;
        }
        (end > at && seen_name).then(|| Found::new(EntityType::Person, at, end, Source::Cue))
    }

    fn is_particle(&self, at: usize) -> bool {
        self.facts(at)
            .is_some_and(|f| f.whole().any(Classes::PARTICLE))
    }

    /// An unknown family name: with the article and ي at its end (المالكي), or,
    /// as second word or after a particle, any that looks foreign.
    fn is_unknown_surname(&self, at: usize, second: bool) -> bool {
        self.facts(at).is_some_and(|f| {
            let nisba = f.key().starts_with("ال") && f.key().ends_with('ي') && f.whole().is_empty();
            nisba && !f.starts_name || second && f.foreign
        })
    }

    /// Another person starts at `at`: «أبلغ كيم بوتين» and «بوتين كيم» name two,
    /// since بوتين is a listed last name and كيم a family name that stands first.
    fn is_other_person(&self, first: usize, at: usize) -> bool {
        let last_name = |at: usize| {
            self.listed_at(at)
                .is_some_and(|l| l.kind == EntityType::Person && l.skip_bytes == 0)
        };
        let family_first = self
            .facts(first)
            .is_some_and(|f| f.whole().any(Classes::FAMILY_FIRST));
        family_first && last_name(at) || at == first + 1 && last_name(first)
    }

    /// A listed place or body starts here: the name ends before it.
    fn starts_listed_body(&self, at: usize) -> bool {
        self.listed_at(at)
            .is_some_and(|l| l.kind != EntityType::Person && l.skip_bytes == 0)
            && !self.facts(at).is_some_and(FormFacts::is_name)
    }
}
