//! Organisations found by their head noun: «وزارة الخارجية», «وكالة أنباء يونهاب», «قناة «القاهرة الإخبارية»».

use super::class::Classes;
use super::entity::EntityType;
use super::gap::Gap;
use super::recogniser::{Found, Scan, Source};

/// Longest definite part of a name in words.
const DEFINITE_WORDS: usize = 5;
/// Longest proper part of a name in words.
const PROPER_WORDS: usize = 3;

impl Scan<'_> {
    /// The organisation whose head noun stands at `head`.
    ///
    /// Three complements make a name: what quotation marks hold (the name is
    /// then the inside of the quotes alone), a listed name or unknown proper
    /// words, and a run of words with the article.
    pub(super) fn organisation_at(&self, head: usize) -> Option<Found> {
        let classes = self.facts(head)?.classes;
        let mut at = head + 1;
        while self.gap(at) == Gap::Space
            && self
                .facts(at)
                .is_some_and(|f| f.whole().any(Classes::ORG_MIDDLE))
        {
            at += 1;
        }
        let has_middle = at > head + 1;
        match self.gap(at) {
            Gap::Open => {
                return self
                    .quoted(at, EntityType::Organisation)
                    .map(|f| f.with_cue(head));
            }
            Gap::Space => {}
            _ => return None,
        }
        let (end, proper) = self.complement(at, classes, has_middle)?;
        let mut found = Found::new(EntityType::Organisation, head, end, Source::Cue).with_cue(head);
        if proper {
            found.core = (at, end);
        }
        found.skip_bytes = self.best_skip(head);
        Some(found)
    }

    /// End of the complement that starts at `at`, and whether it is a proper name.
    fn complement(&self, at: usize, head: Classes, has_middle: bool) -> Option<(usize, bool)> {
        let facts = self.facts(at)?;
        if let Some(listed) = self.listed_at(at).filter(|l| l.skip_bytes == 0) {
            return match listed.kind {
                EntityType::Organisation => Some((listed.end, true)),
                EntityType::Place if head.any(Classes::ORG_HEAD) => {
                    Some((self.after_place(listed.end), false))
                }
                _ => None,
            };
        }
        if facts.definite {
            let end = self.definite_run(at, has_middle);
            return (end > at && head.any(Classes::ORG_HEAD)).then_some((end, false));
        }
        let end = self.proper_run(at, PROPER_WORDS);
        (end > at).then_some((end, true))
    }

    /// What may follow a place inside a name: «هيئة أبوظبي للسياحة», not «نادي برشلونة الإسباني».
    fn after_place(&self, at: usize) -> usize {
        let mut end = at;
        while self.gap(end) == Gap::Space
            && self.is_definite_noun(end)
            && !self
                .facts(end)
                .is_some_and(|f| f.classes.any(Classes::DEMONYM))
        {
            end += 1;
        }
        end
    }

    /// End of the run of words with the article from `at`; «في» may link two
    /// of them after a name such as «مركز أبحاث X».
    fn definite_run(&self, at: usize, may_link: bool) -> usize {
        let mut end = at;
        while end < at + DEFINITE_WORDS && (end == at || self.gap(end) == Gap::Space) {
            if self.is_definite_noun(end) {
                end += 1;
            } else if may_link && end > at && self.links(end) {
                end += 2;
            } else {
                break;
            }
        }
        end
    }

    fn is_definite_noun(&self, at: usize) -> bool {
        let Some(facts) = self.facts(at) else {
            return false;
        };
        let key = facts.key();
        let article = ["ال", "وال", "لل", "بال"]
            .iter()
            .any(|start| key.starts_with(start));
        let title = facts.whole().any(Classes::ANY_TITLE);
        let stop = facts.whole().any(Classes::ORG_STOP);
        let place = self.listed_at(at).is_some_and(|l| l.words() == 1);
        article && !stop && !title && !place && !key.starts_with("بال")
    }

    fn links(&self, at: usize) -> bool {
        self.facts(at).is_some_and(|f| f.key() == "في")
            && self.gap(at + 1) == Gap::Space
            && self.is_definite_noun(at + 1)
    }
}
