//! What the model knows of words: one signature for each listed word, and listed names of several words.

use super::hash::{feature, hash};
use super::letters::Letters;
use rustc_hash::{FxHashMap, FxHashSet};

/// Words in a listed name at most.
pub const LONGEST_PHRASE: usize = 5;

/// Steps of knowledge about a word, each small, 0 where nothing is known.
/// What they mean is told by `training/prepare_resources.py`, which makes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Signature {
    /// Cue classes, one bit each.
    pub cues: u32,
    /// People that bear it.
    pub person: u8,
    /// How much of its use those are.
    pub owner: u8,
    /// Size of a place of this name.
    pub place: u8,
    /// log2 of its frequency.
    pub frequency: u8,
    /// Share of its uses that carry the article.
    pub article: u8,
    /// How often it takes a pronoun.
    pub suffix: u8,
    /// How often it takes an ending.
    pub ending: u8,
    /// Whether it is a verb that takes س.
    pub future: u8,
    /// Whether organisations start with it, or are called by it.
    pub organisation: u8,
}

/// Bits of [`Signature::cues`].
#[derive(Debug)]
pub struct Cue;

impl Cue {
    /// Names of the classes, in the order of their bits.
    pub const NAMES: [&'static str; 23] = [
        "title",
        "title_fixed",
        "speech",
        "place_outside",
        "place_head",
        "org_head",
        "demonym",
        "preposition",
        "bridge",
        "particle",
        "family_first",
        "name_tail",
        "royal",
        "org_stop",
        "org_middle",
        "place_tail",
        "place_head_proper",
        "site",
        "region",
        "direction",
        "body",
        "people",
        "eponym",
    ];
    /// A title of persons.
    pub const TITLE: u32 = 0b11;
    /// A verb of saying.
    pub const SPEECH: u32 = 1 << 2;
    /// A place word.
    pub const PLACE: u32 = 1 << 3 | 1 << 4 | 1 << 16;
    /// An organisation word.
    pub const ORGANISATION: u32 = 1 << 5;
    /// An adjective of a country.
    pub const DEMONYM: u32 = 1 << 6;
    /// A word between a title and its name.
    pub const BRIDGE: u32 = 1 << 8;

    /// The bits of a list of class names parted by commas; `-` is none.
    #[must_use]
    pub fn bits(names: &str) -> u32 {
        names.split(',').fold(0, |bits, name| {
            // Proper-only heads count as heads.
            let name = if name == "org_head_proper" {
                "org_head"
            } else {
                name
            };
            let at = Self::NAMES.iter().position(|n| *n == name);
            bits | at.map_or(0, |at| 1 << at)
        })
    }
}

/// Signatures by word, types by phrase, what letters say. Keys are hashes, as the file holds them.
#[derive(Clone, Debug, Default)]
pub struct WordLexicon {
    pub(super) signatures: Vec<Signature>,
    pub(super) words: FxHashMap<u32, u16>,
    pub(super) phrases: FxHashMap<u32, u8>,
    pub(super) firsts: FxHashSet<u32>,
    pub(super) letters: Letters,
}

impl WordLexicon {
    /// Builds a lexicon from words and phrases; types of phrases are numbered PER 0, LOC 1, ORG 2.
    pub fn build<'a>(
        words: impl Iterator<Item = (&'a str, Signature)>,
        phrases: impl Iterator<Item = (&'a str, u8)>,
        letters: Letters,
    ) -> Self {
        let mut lexicon = Self {
            letters,
            ..Self::default()
        };
        let mut numbers: FxHashMap<Signature, u16> = FxHashMap::default();
        for (word, signature) in words {
            let next = u16::try_from(lexicon.signatures.len()).unwrap_or(u16::MAX);
            let number = *numbers.entry(signature).or_insert(next);
            if number == next {
                lexicon.signatures.push(signature);
            }
            lexicon.words.insert(word_key(word), number);
        }
        for (phrase, kind) in phrases {
            let mut words = phrase.split(' ').map(word_key);
            if let Some(first) = words.next() {
                lexicon.firsts.insert(first);
                lexicon
                    .phrases
                    .insert(words.fold(first, extend_phrase), kind);
            }
        }
        lexicon
    }

    /// How much the letters of a stem look like a name's ([`Letters::likeness`]).
    #[must_use]
    pub fn likeness(&self, stem: &str) -> u8 {
        self.letters.likeness(stem)
    }

    /// What is known of a word, letters folded.
    #[must_use]
    pub fn signature(&self, word: &str) -> Option<&Signature> {
        let number = *self.words.get(&word_key(word))?;
        self.signatures.get(usize::from(number))
    }

    /// Whether a listed name of several words starts with this one, given as [`word_key`].
    #[must_use]
    pub fn starts_phrase(&self, word: u32) -> bool {
        self.firsts.contains(&word)
    }

    /// The longest listed name that starts with the first of `words`, given as
    /// [`word_key`]s: number of words and type.
    #[must_use]
    pub fn longest_phrase(&self, words: impl Iterator<Item = u32>) -> Option<(usize, u8)> {
        let mut words = words.take(LONGEST_PHRASE);
        let first = words.next().filter(|first| self.firsts.contains(first))?;
        let (mut phrase, mut found) = (first, None);
        for (more, word) in words.enumerate() {
            phrase = extend_phrase(phrase, word);
            if let Some(&kind) = self.phrases.get(&phrase) {
                found = Some((more + 2, kind));
            }
        }
        found
    }
}

/// The key of a word in the lexicon.
#[must_use]
pub fn word_key(word: &str) -> u32 {
    feature(hash(0xF0, word.as_bytes()))
}

fn extend_phrase(phrase: u32, word: u32) -> u32 {
    super::hash::join(0xF1, phrase, word)
}
