//! Speakers that stand elsewhere than after the cue: before it, before a colon, in the
//! sentence; and those who are spoken to.

use super::cue_table::{ENDS, TITLES};
use super::speaker::{Speaker, SpeakerRule};
use super::subject::begins_with_preposition;
use super::title::{PHRASE, Speakers};
use super::words::{listed, without_conjunction};
use crate::entities::EntityType;

/// Words behind which no subject stands.
const PREPOSITIONS: [&str; 20] = [
    "في", "علي", "الي", "عن", "من", "مع", "بين", "ضد", "حول", "عند", "لدي", "امام", "نحو", "تجاه",
    "بشان", "عقب", "خلال", "بعد", "قبل", "منذ",
];

impl Speakers<'_> {
    /// The subject before the cue in word `at`: «أن كيم أعرب», «بيسكوف الذي لفت».
    pub(super) fn before(&self, at: usize) -> Option<Speaker> {
        let article = self.article;
        let mut last = at.checked_sub(1)?;
        if !article.same_sentence(last, at) {
            return None;
        }
        let relative = matches!(
            article.folded(last),
            "الذي" | "التي" | "والذي" | "والتي" | "قد"
        );
        if relative {
            last = last.checked_sub(1)?;
        }
        let word = article.words.get(last)?;
        if !relative && (word.apart || ENDS.contains(&article.folded(last))) {
            return None;
        }
        let number = word.name;
        if let Some(number) = number
            && let Some(name) = article.names.get(number as usize)
        {
            let person = name.kind == EntityType::Person;
            if !person && self.is_governed(number, last) {
                return None;
            }
            if person || !relative || article.folded(at - 1).contains("التي") {
                let titled = self.person_titled_before(last);
                if person || titled.is_none() {
                    return Some(Speaker {
                        entities: vec![name.entity],
                        words: Some(name.span),
                        rule: SpeakerRule::Named,
                    });
                }
            }
        }
        let head = self.person_titled_before(last)?;
        let words = article.span(head, last + 1);
        Some(self.described(head, last + 1, words))
    }

    /// Whether a preposition stands before the name that ends in word `last`: «في موسكو».
    fn is_governed(&self, number: u32, last: usize) -> bool {
        let article = self.article;
        let words = (0..=last).rev().take(12);
        let first = words
            .take_while(|&at| {
                article
                    .words
                    .get(at)
                    .is_some_and(|w| w.name == Some(number))
            })
            .last();
        let Some(first) = first else {
            return false;
        };
        let clitic = article
            .name_at(first)
            .is_none_or(|(.., clitic)| !matches!(clitic, "" | "و"));
        clitic
            || first.checked_sub(1).is_some_and(|before| {
                ENDS.contains(&article.folded(before)) && article.folded(before) != "ان"
            })
    }

    /// The word of a title that the phrase up to word `last` begins with.
    fn person_titled_before(&self, last: usize) -> Option<usize> {
        let article = self.article;
        let mut found = None;
        for back in 0..8 {
            let at = last.checked_sub(back)?;
            let folded = article.folded(at);
            if !article.same_sentence(at, last)
                || back > 0 && article.words.get(at).is_some_and(|w| w.comma || w.colon)
            {
                break;
            }
            if listed(&TITLES, folded).is_some() {
                found = Some(at);
            } else if folded == "ان"
                || super::cue::is_cue(folded)
                || matches!(folded, "من" | "عن" | "الي")
            {
                break;
            }
        }
        found
    }

    /// The first person of the sentence before word `at`, or the first title of one, that no preposition governs: its
    /// subject, as likely as not.
    pub(super) fn of_sentence(&self, at: usize) -> Option<Speaker> {
        let article = self.article;
        let back = (0..at).rev().take(60);
        let back = back.take_while(|&word| article.same_sentence(word, at));
        let first = self.behind_opening(at - back.count(), at);
        let found = (first..at).find_map(|word| self.subject_at(word, at))?;
        Some(found.by(SpeakerRule::Sentence))
    }

    /// The person whose name, or a title of whom, begins in word `word`, unless it is governed by a preposition.
    fn subject_at(&self, word: usize, end: usize) -> Option<Speaker> {
        let article = self.article;
        if article.words.get(word)?.marked {
            return None;
        }
        if let Some((_, name, clitic)) = article.name_at(word) {
            let person = name.kind == EntityType::Person && matches!(clitic, "" | "و");
            return (person && !self.after_preposition(self.title_start(word))).then(|| Speaker {
                entities: vec![name.entity],
                words: Some(name.span),
                rule: SpeakerRule::Named,
            });
        }
        let (last, entity, _) = self.alone_at(word, end);
        let entity = entity.filter(|_| !self.after_preposition(word))?;
        Some(Speaker {
            entities: vec![entity],
            words: article.span(word, last),
            rule: SpeakerRule::Title,
        })
    }

    /// Where the sentence itself begins: «وعن استقالة كون، قلل روس …» is about Ross.
    fn behind_opening(&self, first: usize, at: usize) -> usize {
        if !PREPOSITIONS.contains(&without_conjunction(self.article.folded(first))) {
            return first;
        }
        let comma = |&word: &usize| self.article.words.get(word).is_some_and(|w| w.comma);
        (first..at).find(comma).map_or(first, |comma| comma + 1)
    }

    /// Whether a preposition stands before word `at`, or is joined to it. Letters that a name begins with are none: of
    /// a name it is known where it begins.
    fn after_preposition(&self, at: usize) -> bool {
        let article = self.article;
        let word = without_conjunction(article.folded(at));
        let joined = article.name_at(at).is_none()
            && (begins_with_preposition(word) || word.starts_with("كال"));
        let before = |back: usize| {
            let word = at.checked_sub(back);
            word.map_or("", |word| article.folded(word))
        };
        let stands = at > 0 && article.same_sentence(at - 1, at);
        // «كل من بوتين وكيم» are subjects.
        let each = before(1) == "من" && before(2).ends_with("كل");
        joined || stands && !each && PREPOSITIONS.contains(&without_conjunction(before(1)))
    }

    /// To whom it was said: «لبوتين», «مخاطبا بوتين», «أبلغ كيم بوتين».
    pub(super) fn addressee(&self, at: usize, speaker: &Speaker, end: usize) -> Option<u32> {
        let article = self.article;
        let tells =
            ["ابلغ", "اخبر", "ابلغت", "اخبرت"].contains(&without_conjunction(article.folded(at)));
        let mut seen = false;
        for word in at + 1..end.min(at + PHRASE) {
            let Some((number, name, clitic)) = article.name_at(word) else {
                continue;
            };
            let other = !speaker.entities.contains(&name.entity);
            let number = u32::try_from(number).ok();
            let addressed = word
                .checked_sub(1)
                .is_some_and(|before| article.folded(before).starts_with("مخاطب"));
            if other && (addressed || clitic == "ل" && seen || tells && seen && clitic.is_empty())
            {
                return number;
            }
            seen |= !other;
        }
        None
    }

    /// The name or title before a colon: «بوتين: …».
    pub(super) fn before_colon(&self, first: usize, end: usize) -> Option<Speaker> {
        let found = self.phrase(first, end, false)?;
        let whole = found.words.is_some_and(|words| {
            self.article
                .span(first, end)
                .is_some_and(|all| all.end <= words.end + 1)
        });
        let found = found.by(if found.entities.is_empty() {
            SpeakerRule::Described
        } else {
            SpeakerRule::Colon
        });
        (whole || !found.entities.is_empty() && end - first <= 8).then_some(found)
    }
}
