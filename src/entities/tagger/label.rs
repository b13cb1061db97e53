//! Tags: where in which kind of name a token stands.

use crate::entities::EntityType;

/// Number of labels: O, then B and I of each type.
pub const LABELS: usize = 7;

/// A tag of one token, as CoNLL writes them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Label(u8);

impl Label {
    /// Outside every name.
    pub const OUTSIDE: Self = Self(0);

    /// The label with this number, below [`LABELS`].
    #[must_use]
    pub fn new(number: usize) -> Option<Self> {
        u8::try_from(number)
            .ok()
            .filter(|&n| usize::from(n) < LABELS)
            .map(Self)
    }

    /// First token of a name.
    #[must_use]
    pub fn begin(kind: EntityType) -> Self {
        Self(match kind {
            EntityType::Person => 1,
            EntityType::Place => 3,
            EntityType::Organisation => 5,
        })
    }

    /// A further token of a name.
    #[must_use]
    pub fn inside(kind: EntityType) -> Self {
        Self(Self::begin(kind).0 + 1)
    }

    /// Its number, below [`LABELS`].
    #[must_use]
    pub fn number(self) -> usize {
        usize::from(self.0)
    }

    /// The type of the name, `None` outside.
    #[must_use]
    pub fn kind(self) -> Option<EntityType> {
        match self.0 {
            1 | 2 => Some(EntityType::Person),
            3 | 4 => Some(EntityType::Place),
            5 | 6 => Some(EntityType::Organisation),
            _ => None,
        }
    }

    /// Whether a name starts here.
    #[must_use]
    pub fn is_begin(self) -> bool {
        self.0 % 2 == 1
    }

    /// Whether `next` may stand after this label: I-X only after B-X or I-X.
    #[must_use]
    pub fn may_precede(self, next: Self) -> bool {
        next.is_begin() || next.kind().is_none() || next.kind() == self.kind()
    }

    /// `O`, `B-PER` …
    #[must_use]
    pub fn name(self) -> &'static str {
        ["O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"]
            .get(self.number())
            .copied()
            .unwrap_or("O")
    }

    /// The label a CoNLL file names: `PERS` is read as `PER`, types that the recogniser does not know as O.
    #[must_use]
    pub fn of_name(name: &str) -> Self {
        let Some((place, kind)) = name.split_once('-') else {
            return Self::OUTSIDE;
        };
        let kind = match kind {
            "PER" | "PERS" => EntityType::Person,
            "LOC" => EntityType::Place,
            "ORG" => EntityType::Organisation,
            _ => return Self::OUTSIDE,
        };
        if place == "B" {
            Self::begin(kind)
        } else {
            Self::inside(kind)
        }
    }
}
