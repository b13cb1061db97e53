//! Who speaks: a name beside the cue, a title described in the article, or whoever spoke before.

use crate::entities::EntityId;
use crate::text::ByteSpan;

/// How a speaker was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SpeakerRule {
    /// Nothing says who.
    #[default]
    Unknown,
    /// A name beside the cue: «قال بوتين».
    Named,
    /// A title that the article gives to one name: «قال الرئيس الروسي».
    Title,
    /// A noun for a body named before: «قالت الوكالة», «وقال التقرير».
    Body,
    /// Words that no name of the article answers to: «قال مسؤول».
    Described,
    /// Whoever the same sentence gives words to: «مضيفا».
    Sentence,
    /// Whoever spoke last: «وأضاف».
    Continued,
    /// The name before a colon: «بوتين: …».
    Colon,
}

impl SpeakerRule {
    /// Every rule.
    pub const ALL: [Self; 8] = [
        Self::Unknown,
        Self::Named,
        Self::Title,
        Self::Body,
        Self::Described,
        Self::Sentence,
        Self::Continued,
        Self::Colon,
    ];

    /// Stable kebab-case code.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Named => "named",
            Self::Title => "title",
            Self::Body => "body",
            Self::Described => "described",
            Self::Sentence => "sentence",
            Self::Continued => "continued",
            Self::Colon => "colon",
        }
    }
}

/// A speaker, known or not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// Who; several when they speak together, none when nobody answers to the words.
    pub entities: Vec<EntityId>,
    /// The words that name the speaker, where there are some.
    pub words: Option<ByteSpan>,
    /// How the speaker was found.
    pub rule: SpeakerRule,
}

impl Speaker {
    /// Whether neither a name nor words tell who it is.
    pub(super) fn is_unknown(&self) -> bool {
        self.entities.is_empty() && self.words.is_none()
    }

    pub(super) fn by(&self, rule: SpeakerRule) -> Self {
        Self {
            rule,
            ..self.clone()
        }
    }
}

/// Who spoke last, by the gender of the verb.
#[derive(Debug, Default)]
pub(super) struct Memory {
    sentence: Option<(u32, Speaker)>,
    masculine: Option<(u32, Speaker)>,
    feminine: Option<(u32, Speaker)>,
    at: (u32, u32),
}

/// A speaker is remembered for so many lines.
const LINES: u32 = 6;

impl Memory {
    /// Moves to the sentence and line of a cue.
    pub(super) fn enter(&mut self, sentence: u32, paragraph: u32) {
        self.at = (sentence, paragraph);
    }

    pub(super) fn keep(&mut self, speaker: &Speaker, feminine: bool) {
        if speaker.is_unknown() {
            return;
        }
        self.sentence = Some((self.at.0, speaker.clone()));
        let kept = Some((self.at.1, speaker.clone()));
        if feminine {
            self.feminine = kept;
        } else {
            self.masculine = kept;
        }
    }

    /// The speaker of the sentence at hand.
    pub(super) fn of_sentence(&self) -> Option<Speaker> {
        let (sentence, speaker) = self.sentence.as_ref()?;
        (*sentence == self.at.0).then(|| speaker.by(SpeakerRule::Sentence))
    }

    /// Whoever with a name spoke last.
    pub(super) fn of_article(&self) -> Option<Speaker> {
        let (line, speaker) = self.masculine.as_ref()?;
        let near = self.at.1.saturating_sub(*line) <= LINES && !speaker.entities.is_empty();
        near.then(|| speaker.by(SpeakerRule::Continued))
    }

    /// The speaker of the sentence, else the last one of that gender.
    pub(super) fn of_sentence_or_article(&self, feminine: bool) -> Option<Speaker> {
        self.of_sentence().or_else(|| {
            let kept = if feminine {
                &self.feminine
            } else {
                &self.masculine
            };
            let (line, speaker) = kept.as_ref()?;
            (self.at.1.saturating_sub(*line) <= LINES).then(|| speaker.by(SpeakerRule::Continued))
        })
    }
}
