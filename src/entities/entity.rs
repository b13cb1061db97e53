//! Entities and their mentions: what the annotation layer holds.

use crate::text::ByteSpan;

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EntityType {
    /// A person.
    Person,
    /// A country, region, town, sea, facility.
    Place,
    /// A body, company, party, ministry, outlet; a seat of government used as one who acts (الكرملين).
    Organisation,
}

impl EntityType {
    /// Every type.
    pub const ALL: [Self; 3] = [Self::Person, Self::Place, Self::Organisation];

    /// The type with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// The word used in ids and requests: `person`, `place`, `organisation`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Place => "place",
            Self::Organisation => "organisation",
        }
    }
}

/// Why a mention was believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Evidence {
    /// The name stands in a table.
    Lexicon,
    /// A cue word stood before it, name words stood together, or a full name elsewhere in the corpus covers it.
    Cue,
    /// The trained model took it for a name.
    Model,
}

/// Number of an entity in its [`EntityLayer`](super::EntityLayer).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EntityId(pub u32);

/// One entity of a corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Readable and stable within a corpus: `place:RU`, `person:فلاديمير-بوتين`.
    pub id: String,
    /// What it is.
    pub kind: EntityType,
    /// Canonical Arabic name: the table's, else the most frequent full spelling.
    pub name: String,
    /// English name, where a table has one.
    pub english: Option<String>,
    /// `Lexicon` when the entity is listed, `Cue` when it was found by cue words alone.
    pub evidence: Evidence,
}

/// One mention of an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Ordinal of the page, in the order the pages were given.
    pub page: u32,
    /// Article ordinal the caller gave for its first token; `None` outside every article.
    pub article: Option<u32>,
    /// Ordinal of its sentence in the page: how many breaks lie before it.
    pub sentence: u32,
    /// First token, counted in the page.
    pub first_token: u32,
    /// Number of tokens.
    pub tokens: u32,
    /// Where the name stands in the page's text, in bytes, without proclitics.
    pub span: ByteSpan,
    /// The entity it names.
    pub entity: EntityId,
    /// Why it was believed.
    pub evidence: Evidence,
    /// Number of the cue word, read by [`EntityLayer::cue`](super::EntityLayer::cue); `None` when no cue stood before it.
    pub cue: Option<u32>,
    /// Number of the spelling, read by [`EntityLayer::spelling`](super::EntityLayer::spelling).
    pub spelling: u32,
}
