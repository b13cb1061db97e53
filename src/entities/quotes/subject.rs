//! The subject after a cue, and the sources beside a sentence.

use super::cue::is_cue;
use super::cue_table::{BODIES, ENDS, SKIPPED, TEXTS, TITLES, VAGUE};
use super::speaker::{Speaker, SpeakerRule};
use super::title::{PHRASE, Speakers};
use super::words::{bare, listed, without_conjunction};
use crate::entities::{EntityId, EntityType};
use crate::text::ByteSpan;

/// Nouns of those who report what others say.
const MEDIA: [&str; 5] = ["وكاله", "صحيفه", "قناه", "مجله", "شبكه"];

impl Speakers<'_> {
    /// The subject that stands after the cue in word `at`, before word `end`.
    pub(super) fn after(&self, at: usize, end: usize) -> Option<Speaker> {
        let mut first = at + 1;
        while first < end && first < at + 5 && SKIPPED.contains(&self.article.folded(first)) {
            first += 1;
        }
        if first >= end && !self.named_in_marks(first - 1) {
            return None;
        }
        self.phrase(first, end, false)
    }

    /// The source that stands after «بحسب» and its like.
    pub(super) fn source(&self, at: usize, end: usize) -> Option<Speaker> {
        let found = self.phrase(at + 1, end, true)?;
        let word = self.article.folded(at + 1);
        let said = !found.entities.is_empty()
            || listed(&VAGUE, word).is_some()
            || listed(&TITLES, word).is_some();
        said.then_some(found)
    }

    /// The person whose words a channel or agency hands on:
    /// «أفادت قناة … عن الرئيس … بوتين، أن». `complement`: the word «أن».
    pub(super) fn behind(&self, reporter: &Speaker, complement: usize) -> Option<Speaker> {
        let article = self.article;
        let words = reporter.words?;
        let first = article.word_from(words.start);
        let media = |at: usize| MEDIA.contains(&bare(article.folded(at)));
        if !media(first) && !first.checked_sub(1).is_some_and(media) {
            return None;
        }
        let about =
            (article.word_from(words.end)..complement).find(|&at| article.folded(at) == "عن")?;
        let is_person = article
            .name_at(about + 1)
            .is_some_and(|(_, name, _)| name.kind == EntityType::Person);
        if !is_person && listed(&TITLES, article.folded(about + 1)).is_none() {
            return None;
        }
        let found = self.phrase(about + 1, complement, true)?;
        let reaches = |words: ByteSpan| article.word_from(words.end) >= complement;
        found.words.is_some_and(reaches).then_some(found)
    }

    /// Whether word `at` is a noun such as «وكالة» and a name in marks follows.
    fn named_in_marks(&self, at: usize) -> bool {
        let article = self.article;
        let noun = listed(&BODIES, article.folded(at)).is_some();
        noun && article.words.get(at).is_some_and(|w| w.mark) && article.name_at(at + 1).is_some()
    }

    /// The phrase that begins in word `first`: a name, a title with its name, a title, or words.
    pub(super) fn phrase(&self, first: usize, end: usize, prepositions: bool) -> Option<Speaker> {
        let article = self.article;
        if first > 0 && !article.same_sentence(first - 1, first) {
            return None;
        }
        if let Some((_, name, clitic)) = article.name_at(first) {
            if !clitic.is_empty() && !prepositions {
                return None;
            }
            return Some(self.named(first, name.entity));
        }
        let head = article.folded(first);
        if ENDS.contains(&head)
            || head.is_empty()
            || is_cue(head)
            || !prepositions && begins_with_preposition(head)
        {
            return None;
        }
        let mut at = first;
        let limit = first + PHRASE;
        let mut last = first;
        while at < limit && (at < end || at == first || self.named_in_marks(at - 1)) {
            let folded = article.folded(at);
            if !article.same_sentence(first, at) || at > first && ENDS.contains(&folded) {
                break;
            }
            if let Some((_, name, clitic)) = article.name_at(at) {
                if name.kind == EntityType::Person && clitic.is_empty() {
                    return Some(Speaker {
                        words: article.span(first, article.name_end(at)),
                        ..self.named(at, name.entity)
                    });
                }
                let body = listed(&BODIES, head).is_some() && at == first + 1;
                if body && clitic.is_empty() {
                    return Some(self.named(at, name.entity));
                }
            }
            last = at;
            let word = article.words.get(at)?;
            let appositive = word.comma
                && article.name_at(at + 1).is_some_and(|(_, name, clitic)| {
                    name.kind == EntityType::Person && clitic.is_empty()
                })
                && at + 1 < end;
            if word.apart
                && !appositive
                && !self.named_in_marks(at)
                && article
                    .words
                    .get(at)
                    .is_some_and(|w| w.comma || w.colon || w.mark)
            {
                break;
            }
            at += 1;
        }
        let words = article.span(first, last + 1);
        Some(self.described(first, last + 1, words))
    }

    /// Somebody whom no name beside the words tells.
    pub(super) fn described(&self, first: usize, end: usize, words: Option<ByteSpan>) -> Speaker {
        let article = self.article;
        let folded = article.folded(first);
        let made = |entity: Option<EntityId>, rule| Speaker {
            entities: entity.into_iter().collect(),
            words,
            rule: if entity.is_some() {
                rule
            } else {
                SpeakerRule::Described
            },
        };
        if listed(&TITLES, folded).is_some() {
            let Some((entity, last)) = self.title_within(first, end) else {
                return made(None, SpeakerRule::Title);
            };
            let shorter = article.span(first, last).filter(|_| last < end);
            return Speaker {
                words: words.map(|words| shorter.unwrap_or(words)),
                ..made(Some(entity), SpeakerRule::Title)
            };
        }
        if let Some(head) = listed(&BODIES, folded) {
            return made(self.body(head, first), SpeakerRule::Body);
        }
        if TEXTS.contains(&without_conjunction(folded)) {
            let body = if folded.ends_with("بيان") {
                self.last_office(first)
            } else {
                self.first_body(first)
            };
            return made(body, SpeakerRule::Body);
        }
        // «الكرملين», «الجيش»: a name that begins the phrase was taken above.
        made(None, SpeakerRule::Described)
    }

    fn named(&self, at: usize, entity: EntityId) -> Speaker {
        let article = self.article;
        let mut entities = vec![entity];
        let end = article.name_end(at);
        let mut last = end;
        if let Some((_, second, "و")) = article.name_at(end)
            && article.words.get(end - 1).is_some_and(|w| !w.apart)
            && article.same_sentence(at, end)
            && second.entity != entity
        {
            entities.push(second.entity);
            last = article.name_end(end);
        }
        let words = article.span(at, last).map(|span| ByteSpan {
            start: article
                .name_at(at)
                .map_or(span.start, |(_, name, _)| name.span.start),
            end: span.end,
        });
        Speaker {
            entities,
            words,
            rule: SpeakerRule::Named,
        }
    }

    /// The body of that kind that was named last before word `at`.
    fn body(&self, head: &str, at: usize) -> Option<EntityId> {
        let article = self.article;
        let named = |word: usize| -> Option<EntityId> {
            let (_, name, _) = article.name_at(word)?;
            let same = bare(article.folded(word)) == head
                || word
                    .checked_sub(1)
                    .is_some_and(|before| bare(article.folded(before)) == head);
            (name.kind == EntityType::Organisation && same).then_some(name.entity)
        };
        (0..at).rev().take(600).find_map(named)
    }

    /// Whether the words are a definite role without a name: «المسؤول الروسي».
    pub(super) fn is_role(&self, speaker: &Speaker) -> bool {
        let word = speaker
            .words
            .map(|words| self.article.word_from(words.start));
        let roles = [
            "المسؤول",
            "المسئول",
            "الدبلوماسي",
            "المتحدث",
            "الناطق",
            "المصدر",
        ];
        word.is_some_and(|at| roles.contains(&self.article.folded(at)))
    }

    /// The first agency, paper or channel before word `at`: whose report it is.
    fn first_body(&self, at: usize) -> Option<EntityId> {
        (0..at)
            .take(600)
            .find_map(|word| self.of_kind(word, &MEDIA))
    }

    /// The last office, party or company before word `at`: whose statement it is.
    fn last_office(&self, at: usize) -> Option<EntityId> {
        let kinds = [
            "وزاره",
            "هيئه",
            "منظمه",
            "حركه",
            "حزب",
            "شركه",
            "لجنه",
            "جماعه",
            "بنك",
            "جمعيه",
        ];
        (0..at)
            .rev()
            .take(600)
            .find_map(|word| self.of_kind(word, &kinds))
    }

    /// The organisation that begins in word `at`, when it is of one of the kinds.
    fn of_kind(&self, at: usize, kinds: &[&str]) -> Option<EntityId> {
        let article = self.article;
        let (_, name, _) = article.name_at(at)?;
        let before = at
            .checked_sub(1)
            .map_or("", |before| article.folded(before));
        let kind = kinds.contains(&bare(article.folded(at))) || kinds.contains(&bare(before));
        (name.kind == EntityType::Organisation && kind).then_some(name.entity)
    }
}

pub(super) fn begins_with_preposition(word: &str) -> bool {
    word.starts_with("لل") || word.starts_with("بال")
}
