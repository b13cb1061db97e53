//! Titles as descriptions of a person: «الرئيس الروسي», beside the name or alone in the same article.

use super::cue::is_cue;
use super::cue_table::{ENDS, TITLES};
use super::title::{PHRASE, Speakers, is_definite};
use super::words::{bare, listed};
use crate::entities::form::bytes_of_letters;
use crate::entities::{EntityId, EntityType};
use crate::text::ByteSpan;

/// A title that stands for a person of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Description {
    /// The words, without what is joined to the first of them; of «للرئيس» the whole.
    pub span: ByteSpan,
    /// Whom they describe.
    pub entity: EntityId,
    /// Whether the name does not stand beside them.
    pub alone: bool,
    /// Index of the article on its page.
    pub article: u32,
}

impl Speakers<'_> {
    /// The descriptions of the article's people, in order, none overlapping another.
    pub(super) fn descriptions(&self, article: u32) -> Vec<Description> {
        let mut found = Vec::new();
        let mut beside = self.beside_names().peekable();
        let mut at = 0;
        while at < self.article.words.len() {
            while beside.next_if(|&(first, ..)| first < at).is_some() {}
            let (end, entity, alone) = match beside.peek() {
                Some(&(first, end, entity)) if first == at => (end, Some(entity), false),
                Some(&(next, ..)) => self.alone_at(at, next),
                None => self.alone_at(at, usize::MAX),
            };
            if let (Some(entity), Some(mut span)) = (entity, self.article.span(at, end)) {
                span.start += self.joined(at);
                found.push(Description {
                    span,
                    entity,
                    alone,
                    article,
                });
            }
            at = end.max(at + 1);
        }
        found
    }

    /// The longest title in word `at`, before word `limit`, that the article gives to one person:
    /// one past its last word, and the person.
    pub(super) fn alone_at(&self, at: usize, limit: usize) -> (usize, Option<EntityId>, bool) {
        let article = self.article;
        let is_title = |at: usize| listed(&TITLES, article.folded(at)).is_some();
        let is_free = |at: usize| {
            article
                .words
                .get(at)
                .is_some_and(|word| word.name.is_none())
        };
        let none = (at + 1, None, true);
        if !is_free(at) || !is_title(at) {
            return none;
        }
        let mut end = at + 1;
        while end < limit.min(at + PHRASE)
            && is_free(end)
            && article.same_sentence(at, end)
            && article.words.get(end - 1).is_some_and(|word| !word.apart)
            && !ENDS.contains(&article.folded(end))
            && !is_cue(article.folded(end))
        {
            end += 1;
        }
        // A person's name behind it is whom it describes, whatever the rest of the article says.
        let before_name = article.name_at(end).is_some_and(|(_, name, _)| {
            name.kind == EntityType::Person && article.same_sentence(at, end)
        });
        if before_name {
            return none;
        }
        // «رئيس» alone is anybody's.
        if end == at + 1 && !is_definite(article.folded(at)) {
            return none;
        }
        self.title_within(at, end)
            .map_or(none, |(entity, end)| (end, Some(entity), true))
    }
}

impl Speakers<'_> {
    /// Bytes of the conjunction or preposition joined to the title in word `at`.
    fn joined(&self, at: usize) -> u32 {
        let folded = self.article.folded(at);
        let before_article = ["وال", "فال", "بال", "كال", "ولل"];
        let letters = if before_article.iter().any(|join| folded.starts_with(join)) {
            1
        } else {
            let is_title = TITLES.contains(folded) || bare(folded) != folded;
            usize::from(!is_title)
        };
        let surface = self
            .article
            .words
            .get(at)
            .map(|word| word.span.of(self.article.text));
        bytes_of_letters(surface.unwrap_or_default(), letters)
    }
}
