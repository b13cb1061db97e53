//! Places found by a place word: «مدينة كومسومولسك أون أمور», «قاعدة فوستوشني الفضائية».

use super::class::Classes;
use super::entity::EntityType;
use super::gap::Gap;
use super::recogniser::{Found, Scan, Source};

/// Longest proper part of a place name in words.
const PLACE_WORDS: usize = 3;

impl Scan<'_> {
    /// The place after a place word that stays outside the name (مدينة X).
    pub(super) fn place_after(&self, cue: usize) -> Option<Found> {
        let mut at = cue + 1;
        // «العاصمة البيلاروسية مينسك»: demonyms between.
        while self.gap(at) == Gap::Space
            && self
                .facts(at)
                .is_some_and(|f| f.definite && f.whole().any(Classes::DEMONYM))
        {
            at += 1;
        }
        if self.gap(at) == Gap::Open {
            return self.quoted(at, EntityType::Place).map(|f| f.with_cue(cue));
        }
        if self.gap(at) != Gap::Space {
            return None;
        }
        if let Some(listed) = self.listed_at(at) {
            return (listed.kind == EntityType::Place && listed.skip_bytes == 0)
                .then_some(listed.with_cue(cue));
        }
        let end = self.proper_run(at, PLACE_WORDS);
        (end > at).then(|| Found::new(EntityType::Place, at, end, Source::Cue).with_cue(cue))
    }

    /// The place whose name the word at `head` belongs to (مطار X).
    pub(super) fn place_with_head(&self, head: usize) -> Option<Found> {
        let core = head + 1;
        let classes = self.facts(head)?.classes;
        let quoted = self.gap(core) == Gap::Open;
        if quoted {
            return self
                .quoted(core, EntityType::Place)
                .map(|f| f.with_cue(head));
        }
        if self.gap(core) != Gap::Space {
            return None;
        }
        let listed = self
            .listed_at(core)
            .filter(|l| l.kind == EntityType::Place && l.skip_bytes == 0);
        let facts = self.facts(core)?;
        let end = if let Some(listed) = listed {
            listed.end
        } else if facts.definite
            && classes.any(Classes::PLACE_HEAD)
            && !facts.whole().any(Classes::NOT_IN_NAME)
            && !facts.starts_name
        {
            core + 1
        } else {
            self.proper_run(core, PLACE_WORDS)
        };
        if end == core {
            return None;
        }
        let mut tail = end;
        while self.gap(tail) == Gap::Space
            && self
                .facts(tail)
                .is_some_and(|f| f.whole().any(Classes::PLACE_TAIL))
        {
            tail += 1;
        }
        let mut found = Found::new(EntityType::Place, head, tail, Source::Cue).with_cue(head);
        found.core = (core, end);
        found.skip_bytes = self.best_skip(head);
        Some(found)
    }

    /// End of the run of unknown, foreign-looking words from `at`.
    pub(super) fn proper_run(&self, at: usize, most: usize) -> usize {
        let mut end = at;
        while end < at + most
            && (end == at || self.gap(end) == Gap::Space)
            && self.facts(end).is_some_and(|f| {
                f.foreign
                    || f.whole().any(Classes::NAME)
                        && !f.whole().any(Classes::NOT_IN_NAME)
                        && !f.definite
            })
        {
            end += 1;
        }
        end
    }

    /// A short name that fills quotation marks which open before `at`.
    pub(super) fn quoted(&self, at: usize, kind: EntityType) -> Option<Found> {
        const QUOTED_WORDS: usize = 4;
        let mut end = at + 1;
        while end <= at + QUOTED_WORDS {
            match self.gap(end) {
                Gap::Close => {
                    let listed = self.listed_at(at).filter(|l| l.end == end);
                    let found = listed.unwrap_or_else(|| Found::new(kind, at, end, Source::Cue));
                    return Some(found);
                }
                Gap::Space => end += 1,
                _ => return None,
            }
        }
        None
    }
}
