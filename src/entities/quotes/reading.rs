//! What a marked stretch is, and who says it.

use super::QuoteKind;
use super::build::{AFTER, Builder};
use super::cue::{Cue, CueClass};
use super::cue_table::{NAMED, TITLES, WEAK_NAMED};
use super::marks::Marked;
use super::speaker::{Speaker, SpeakerRule};
use super::words::{bare, listed, without_conjunction};
use crate::entities::EntityType;

/// Cues that are looked through before a marked stretch.
const CUES_BACK: usize = 40;

/// A marked stretch of so many words is speech even where nobody is named.
const LONG: usize = 12;

/// What a marked stretch was found to be.
pub(super) struct Reading<'c> {
    pub(super) kind: QuoteKind,
    pub(super) rule: &'static str,
    pub(super) speaker: Speaker,
    pub(super) cue: Option<&'c Cue>,
}

impl Builder<'_> {
    /// What a marked stretch is and who says it.
    pub(super) fn read(&self, mark: &Marked, title: bool) -> Reading<'_> {
        let article = self.article;
        let first = article.word_from(mark.inner.start);
        let end = article.word_from(mark.inner.end);
        let length = end.saturating_sub(first);
        let colon = first
            .checked_sub(1)
            .and_then(|w| article.words.get(w))
            .is_some_and(|w| w.colon);
        let scare = |rule| Reading {
            kind: QuoteKind::Scare,
            rule,
            speaker: Speaker::default(),
            cue: None,
        };
        if mark.depth > 0 {
            return scare("nested");
        }
        let governing = self.governing(first);
        if (!colon || length <= 3)
            && let Some(rule) = self.no_speech(first, end, mark, governing)
        {
            return scare(rule);
        }
        let kind = if colon || length >= LONG || self.stands_alone(first, governing) {
            QuoteKind::Direct
        } else {
            QuoteKind::Fragment
        };
        if let Some(cue) = governing {
            let rule = if colon { "colon" } else { "cue-before" };
            return Reading {
                kind,
                rule,
                speaker: cue.speaker.clone(),
                cue: Some(cue),
            };
        }
        if colon
            && let Some(speaker) = self.colon_speaker(first)
            && !(length <= 3 && self.is_place(&speaker))
        {
            return Reading {
                kind: QuoteKind::Direct,
                rule: "colon",
                speaker,
                cue: None,
            };
        }
        if let Some(cue) = self.following(first, end) {
            let direct = length >= LONG || self.begins_sentence(first);
            let kind = if direct {
                QuoteKind::Direct
            } else {
                QuoteKind::Fragment
            };
            return Reading {
                kind,
                rule: "cue-after",
                speaker: cue.speaker.clone(),
                cue: Some(cue),
            };
        }
        if title {
            return scare("no-cue");
        }
        if length >= LONG || colon && length >= 4 {
            let speaker = self.continued(first).unwrap_or_default();
            return Reading {
                kind: QuoteKind::Direct,
                rule: "long",
                speaker,
                cue: None,
            };
        }
        scare("no-cue")
    }

    /// The last cue of the sentence before word `first`; of the line before when that ends in a colon.
    fn governing(&self, first: usize) -> Option<&Cue> {
        let article = self.article;
        let upto = self.cues.partition_point(|cue| cue.word < first);
        let before = || self.cues.get(..upto).unwrap_or_default().iter().rev();
        let own = before()
            .take(CUES_BACK)
            .take_while(|cue| article.same_sentence(cue.word, first))
            .find(|cue| cue.class != CueClass::Relay);
        if own.is_some() {
            return own;
        }
        let previous = first.checked_sub(1)?;
        let led = article.words.get(previous).is_some_and(|w| w.colon);
        before()
            .take(3)
            .take_while(|cue| led && article.same_sentence(cue.word, previous))
            .find(|cue| cue.class != CueClass::Relay)
    }

    /// Whether only the speaker stands between the cue and the marks: «قال كيم "…"».
    fn stands_alone(&self, first: usize, governing: Option<&Cue>) -> bool {
        let Some(cue) =
            governing.filter(|cue| cue.class == CueClass::Say && cue.complement.is_none())
        else {
            return false;
        };
        cue.word + 1 == first
            || cue.speaker.words.is_some_and(|words| {
                let after = self.article.word_from(words.end);
                after >= first && words.start > cue.span.start
            })
    }

    /// Whether the stretch begins its sentence.
    fn begins_sentence(&self, first: usize) -> bool {
        first
            .checked_sub(1)
            .is_none_or(|before| !self.article.same_sentence(before, first))
    }

    /// The cue that follows: «"…"، قال بوتين», «"…" بحسب بيسكوف».
    fn following(&self, first: usize, end: usize) -> Option<&Cue> {
        let article = self.article;
        let from = self.cues.partition_point(|cue| cue.word < end);
        let anchor = end.checked_sub(1).filter(|&last| last >= first)?;
        let near = |cue: &&Cue| {
            let source = cue.class == CueClass::According && cue.word < end + AFTER;
            let verb = cue.class == CueClass::Say
                && cue.word <= end + 2
                && !cue.speaker.is_unknown()
                && self.begins_sentence(first);
            source || verb
        };
        let after = self.cues.get(from..).unwrap_or_default().iter();
        after
            .take(8)
            .take_while(|cue| article.same_sentence(cue.word, anchor))
            .find(near)
    }

    /// The name before a colon that leads to the marks.
    fn colon_speaker(&self, first: usize) -> Option<Speaker> {
        let article = self.article;
        let colon = first.checked_sub(1)?;
        let mut start = colon;
        while start > 0
            && colon - start < 10
            && article.same_sentence(start - 1, colon)
            && !article.words.get(start - 1).is_some_and(|w| w.colon)
        {
            start -= 1;
        }
        self.speakers.before_colon(start, first)
    }

    /// Whether a place stands before the colon: «أبوظبي: «الخليج»» is a dateline.
    fn is_place(&self, speaker: &Speaker) -> bool {
        let at = speaker
            .words
            .map(|words| self.article.word_from(words.start));
        let name = at.and_then(|at| self.article.name_at(at));
        name.is_some_and(|(_, name, _)| name.kind == EntityType::Place)
    }

    /// Whoever spoke in the lines before, for a line that is one long quote.
    fn continued(&self, first: usize) -> Option<Speaker> {
        let line = |at: usize| self.article.words.get(at).map(|w| w.paragraph);
        let upto = self.cues.partition_point(|cue| cue.word < first);
        let last = self
            .cues
            .get(..upto)?
            .iter()
            .rev()
            .find(|cue| cue.class == CueClass::Say)?;
        let near = line(first)?.saturating_sub(line(last.word)?) <= 1;
        (near && !last.speaker.is_unknown()).then(|| last.speaker.by(SpeakerRule::Continued))
    }

    /// «فيلمه الأخير "مولانا"», «المبادرة الأولى "…"»: a noun for what has a name, and its adjective.
    fn qualified(&self, adjective: usize, length: usize) -> bool {
        let article = self.article;
        let Some(noun) = adjective.checked_sub(1) else {
            return false;
        };
        let word = article.folded(noun);
        let plain = !article.words.get(noun).is_none_or(|w| w.apart);
        let named = listed(&NAMED, word).is_some_and(|noun| !WEAK_NAMED.contains(&noun));
        let near = article.same_sentence(noun, adjective) && plain && length <= 4;
        near && named && article.folded(adjective).starts_with("ال")
    }

    /// «وقالت "إير بي إن بي" إنها …»: the stretch is who speaks.
    fn speaks(&self, cue: &Cue, first: usize, end: usize) -> bool {
        let after = self.article.folded(end);
        cue.class == CueClass::Say
            && cue.word + 1 == first
            && self.article.same_sentence(first, end)
            && ["ان", "انه", "انها", "انهم", "بان", "بانه", "بانها"].contains(&after)
    }

    /// «شركة أبوظبي للخدمات الصحية "صحة"»: what the organisation before it is called, unless that is who speaks.
    fn names_body(&self, cue: &Cue, before: usize) -> bool {
        let article = self.article;
        let word = article.words.get(before);
        let number = word.filter(|w| !w.comma && !w.colon).and_then(|w| w.name);
        let name = number.and_then(|number| article.names.get(number as usize));
        name.is_some_and(|name| {
            name.kind == EntityType::Organisation && !cue.speaker.entities.contains(&name.entity)
        })
    }

    /// Why a marked stretch is no speech: a name, a title or a term.
    fn no_speech(
        &self,
        first: usize,
        end: usize,
        mark: &Marked,
        governing: Option<&Cue>,
    ) -> Option<&'static str> {
        let article = self.article;
        let spoken = governing.is_some();
        let length = end.saturating_sub(first);
        let content = mark.inner.of(article.text);
        // A name that takes all of it, an article before it aside.
        let number = article.words.get(first).and_then(|w| w.name);
        let whole = number.is_some()
            && (first..end).all(|at| article.words.get(at).is_some_and(|w| w.name == number));
        if whole {
            return Some("name");
        }
        let latin = content.chars().any(|c| c.is_ascii_alphabetic())
            && !content.chars().any(crate::text::char_class::is_arabic);
        let number_like = length <= 3
            && content.chars().any(|c| c.is_ascii_digit())
            && !content.contains(['%', '٪']);
        if latin || number_like {
            return Some("name");
        }
        // An attribute of a page's own code: content="…".
        let lead = article.text.get(..mark.open as usize).unwrap_or_default();
        if lead.ends_with('=') {
            return Some("name");
        }
        let before = first.checked_sub(1)?;
        // «قال لـ "الاقتصادية"»: to whom. «المصور "شون"»: who.
        let led_by = article.folded(before);
        let joined = !article.words.get(before).is_none_or(|w| w.colon || w.comma);
        if joined && length <= 3 && (led_by == "ل" || listed(&TITLES, led_by).is_some()) {
            return Some("name");
        }
        if self.qualified(before, length) {
            return Some("term");
        }
        if let Some(cue) = governing.filter(|_| length <= 4)
            && (self.speaks(cue, first, end) || self.names_body(cue, before))
        {
            return Some("name");
        }
        if !article.same_sentence(before, first)
            || article
                .words
                .get(before)
                .is_some_and(|w| w.comma || w.colon)
        {
            return None;
        }
        let folded = article.folded(before);
        let with_preposition = without_preposition(folded);
        let noun = listed(&NAMED, folded).or_else(|| listed(&NAMED, with_preposition))?;
        let definite = bare(folded) == noun && folded != noun;
        let proper = article.folded(first).starts_with("ال");
        let known_as = ["عنوان", "بعنوان", "شعار"].contains(&noun);
        if length > 6 && !known_as || length > 15 {
            return None;
        }
        if spoken && (definite || WEAK_NAMED.contains(&noun) && !proper) {
            return None;
        }
        Some("term")
    }
}

/// A folded word without a preposition joined to it: «بلقب», «لقناة».
fn without_preposition(folded: &str) -> &str {
    let rest = without_conjunction(folded);
    let bare = rest.strip_prefix(['ب', 'ل', 'ك']).unwrap_or(rest);
    if bare.chars().count() >= 2 {
        bare
    } else {
        rest
    }
}
