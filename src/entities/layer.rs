//! The annotation layer: entities, their mentions, and what can be counted over them.
//!
//! Every count takes a function from a mention to its document in the scope at
//! hand (`None`: outside the scope), so that the layer needs not know scopes.

use super::entity::{Entity, EntityId, Mention};
use crate::sorting::Arrange;
use rustc_hash::{FxHashMap, FxHashSet};

/// Mentions and documents of one entity in a scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EntitySummary {
    /// The entity.
    pub entity: EntityId,
    /// Mentions in the scope.
    pub mentions: u32,
    /// Documents of the scope with a mention.
    pub documents: u32,
}

/// The document of a mention, if it lies in the scope.
pub type DocumentOf<'f> = dyn Fn(&Mention) -> Option<u32> + 'f;

/// The entities of a corpus and where they are mentioned.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct EntityLayer {
    pub(super) entities: Vec<Entity>,
    /// In page and token order; no two share a token.
    pub(super) mentions: Vec<Mention>,
    /// Numbers of mentions, by entity, each run in page order.
    pub(super) by_entity: Vec<u32>,
    /// Where each entity's run in `by_entity` starts, and the end of the last.
    pub(super) starts: Vec<u32>,
    pub(super) cues: Vec<String>,
    pub(super) spellings: Vec<String>,
    /// Once spellings were joined by proofs and decisions.
    pub(super) links: Option<super::aliases::Links>,
    /// What is known of a whole corpus where not all its mentions are here.
    pub(super) stated: Option<Stated>,
}

/// What is stated of the entities of a corpus, of whose mentions only some are there.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stated {
    /// Of each entity, in each scope, its mentions and the documents that hold them.
    pub counts: Vec<[(u32, u32); 3]>,
    /// Of each entity, ways of writing it that are no part of its name; of some layers none.
    pub spellings: Vec<Vec<String>>,
}

impl EntityLayer {
    /// All entities; an [`EntityId`] is an index into them.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// An entity by number.
    #[must_use]
    pub fn entity(&self, id: EntityId) -> Option<&Entity> {
        self.entities.get(id.0 as usize)
    }

    /// The entity with this readable id, e.g. `place:RU`.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<EntityId> {
        let at = self.entities.iter().position(|entity| entity.id == id)?;
        u32::try_from(at).ok().map(EntityId)
    }

    /// Sorts the numbers of the mentions by entity, once entities have changed.
    pub(super) fn sort_by_entity(&mut self) {
        (self.by_entity, self.starts) = sort_by_entity(&self.mentions, self.entities.len());
    }

    /// All mentions, in page and token order.
    #[must_use]
    pub fn mentions(&self) -> &[Mention] {
        &self.mentions
    }

    /// The mentions of a page, in order.
    #[must_use]
    pub fn mentions_of_page(&self, page: u32) -> &[Mention] {
        let start = self.mentions.partition_point(|m| m.page < page);
        let end = self.mentions.partition_point(|m| m.page <= page);
        self.mentions.get(start..end).unwrap_or_default()
    }

    /// The mentions of an entity, in page order.
    pub fn mentions_of(&self, entity: EntityId) -> impl Iterator<Item = &Mention> {
        let at = entity.0 as usize;
        let start = self.starts.get(at).copied().unwrap_or_default() as usize;
        let end = self.starts.get(at + 1).copied().unwrap_or_default() as usize;
        let run = self.by_entity.get(start..end).unwrap_or_default();
        run.iter().filter_map(|&m| self.mentions.get(m as usize))
    }

    /// A cue word as listed in the corpus, without proclitics.
    #[must_use]
    pub fn cue(&self, mention: &Mention) -> Option<&str> {
        mention
            .cue
            .and_then(|cue| self.cues.get(cue as usize))
            .map(String::as_str)
    }

    /// The name of a mention as written.
    #[must_use]
    pub fn spelling(&self, mention: &Mention) -> &str {
        self.spelling_number(mention.spelling)
    }

    /// A name as written, by its number.
    #[must_use]
    pub fn spelling_number(&self, spelling: u32) -> &str {
        let spelling = self.spellings.get(spelling as usize);
        spelling.map_or("", String::as_str)
    }

    /// Mentions and documents of an entity in the scope with this number; counted, or stated where not all mentions are there.
    #[must_use]
    pub fn summary(
        &self,
        entity: EntityId,
        scope: usize,
        document_of: &DocumentOf<'_>,
    ) -> EntitySummary {
        let (mentions, documents) = match &self.stated {
            Some(stated) => {
                let counts = stated.counts.get(entity.0 as usize);
                let counts = counts.and_then(|counts| counts.get(scope));
                counts.copied().unwrap_or_default()
            }
            None => {
                let documents = self.documents(entity, document_of);
                let mentions = documents.iter().map(|&(_, mentions)| mentions).sum();
                (mentions, u32::try_from(documents.len()).unwrap_or(u32::MAX))
            }
        };
        EntitySummary {
            entity,
            mentions,
            documents,
        }
    }

    /// Every entity mentioned in the scope: most mentions first, then most documents, then by id.
    #[must_use]
    pub fn summaries(&self, scope: usize, document_of: &DocumentOf<'_>) -> Vec<EntitySummary> {
        let all = 0..u32::try_from(self.entities.len()).unwrap_or(u32::MAX);
        let rows = all.map(|number| self.summary(EntityId(number), scope, document_of));
        let mut rows: Vec<EntitySummary> = rows.filter(|row| row.mentions > 0).collect();
        rows.arrange_by(|a, b| {
            let id = |row: &EntitySummary| self.entity(row.entity).map(|entity| entity.id.as_str());
            (b.mentions, b.documents)
                .cmp(&(a.mentions, a.documents))
                .then_with(|| id(a).cmp(&id(b)))
        });
        rows
    }

    /// Documents of the scope that mention the entity, with their mentions, in page order.
    pub fn documents(&self, entity: EntityId, document_of: &DocumentOf<'_>) -> Vec<(u32, u32)> {
        let mut documents: Vec<(u32, u32)> = Vec::new();
        for document in self.mentions_of(entity).filter_map(document_of) {
            match documents.last_mut() {
                Some((last, mentions)) if *last == document => *mentions += 1,
                // An embedded article may stand inside another: look further back.
                _ => match documents
                    .iter_mut()
                    .rev()
                    .take(16)
                    .find(|(d, _)| *d == document)
                {
                    Some((_, mentions)) => *mentions += 1,
                    None => documents.push((document, 1)),
                },
            }
        }
        documents
    }

    /// Ways of writing an entity that are stated beside its name.
    #[must_use]
    pub fn stated_spellings(&self, entity: EntityId) -> &[String] {
        let stated = self.stated.as_ref();
        let of_entity = stated.and_then(|stated| stated.spellings.get(entity.0 as usize));
        of_entity.map_or(&[], Vec::as_slice)
    }

    /// Spellings as written, with their mentions in the scope, most frequent first.
    pub fn spellings_of(&self, entity: EntityId, document_of: &DocumentOf<'_>) -> Vec<(&str, u32)> {
        let in_scope = self
            .mentions_of(entity)
            .filter(|m| document_of(m).is_some());
        tally(in_scope.map(|m| self.spelling(m)))
    }

    /// Cue words that stood before the entity in the scope, most frequent first.
    pub fn cues_of(&self, entity: EntityId, document_of: &DocumentOf<'_>) -> Vec<(&str, u32)> {
        let in_scope = self
            .mentions_of(entity)
            .filter(|m| document_of(m).is_some());
        tally(in_scope.filter_map(|m| self.cue(m)))
    }

    /// Sentences of the scope that mention the entity, once each, in page order: one mention of each.
    pub fn sentences_of(&self, entity: EntityId, document_of: &DocumentOf<'_>) -> Vec<&Mention> {
        let mut sentences: Vec<&Mention> = Vec::new();
        for mention in self
            .mentions_of(entity)
            .filter(|m| document_of(m).is_some())
        {
            if sentences
                .last()
                .is_none_or(|last| place(last) != place(mention))
            {
                sentences.push(mention);
            }
        }
        sentences
    }

    /// Entities mentioned in the same sentences of the scope, with the number of
    /// shared sentences: most first, then by id.
    pub fn companions(
        &self,
        entity: EntityId,
        document_of: &DocumentOf<'_>,
    ) -> Vec<(EntityId, u32)> {
        let mut shared: Vec<EntityId> = Vec::new();
        for mention in self.sentences_of(entity, document_of) {
            let start = self.mentions.partition_point(|m| place(m) < place(mention));
            let sentence = self.mentions.get(start..).unwrap_or_default();
            let mut seen = FxHashSet::default();
            let others = sentence.iter().take_while(|m| place(m) == place(mention));
            shared.extend(
                others
                    .map(|m| m.entity)
                    .filter(|&e| e != entity && seen.insert(e)),
            );
        }
        shared.arrange();
        let mut counts: Vec<(EntityId, u32)> = Vec::new();
        for companion in shared {
            match counts.last_mut() {
                Some((last, count)) if *last == companion => *count += 1,
                _ => counts.push((companion, 1)),
            }
        }
        let id = |e: EntityId| self.entity(e).map(|entity| entity.id.as_str());
        counts.arrange_by(|a, b| b.1.cmp(&a.1).then_with(|| id(a.0).cmp(&id(b.0))));
        counts
    }
}

/// Page and sentence of a mention.
fn place(mention: &Mention) -> (u32, u32) {
    (mention.page, mention.sentence)
}

/// Counts words: most frequent first, then in the order of their letters.
fn tally<'a>(words: impl Iterator<Item = &'a str>) -> Vec<(&'a str, u32)> {
    let mut numbers: FxHashMap<&str, usize> = FxHashMap::default();
    let mut counts: Vec<(&str, u32)> = Vec::new();
    for word in words {
        let number = *numbers.entry(word).or_insert(counts.len());
        match counts.get_mut(number) {
            Some((_, count)) => *count += 1,
            None => counts.push((word, 1)),
        }
    }
    counts.arrange_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
    counts
}

/// Counting sort of mention numbers by entity: numbers, and where each run starts.
pub(super) fn sort_by_entity(mentions: &[Mention], entities: usize) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; entities + 1];
    for mention in mentions {
        if let Some(next) = starts.get_mut(mention.entity.0 as usize + 1) {
            *next += 1;
        }
    }
    let mut sum = 0;
    for start in &mut starts {
        sum += *start;
        *start = sum;
    }
    let mut free = starts.clone();
    let mut sorted = vec![0_u32; mentions.len()];
    for (number, mention) in mentions.iter().enumerate() {
        if let Some(slot) = free.get_mut(mention.entity.0 as usize) {
            if let Some(place) = sorted.get_mut(*slot as usize) {
                *place = u32::try_from(number).unwrap_or(u32::MAX);
            }
            *slot += 1;
        }
    }
    (sorted, starts)
}
