//! Classes of words: what a listed word can do beside a name.

/// A set of classes, one bit each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Classes(u32);

macro_rules! classes {
    ($($(#[$doc:meta])* $name:ident = $bit:literal $label:literal,)*) => {
        impl Classes {
            $($(#[$doc])* pub(super) const $name: Self = Self(1 << $bit);)*

            /// The class a row of `cues.tsv` names.
            pub(super) fn of_label(label: &str) -> Option<Self> {
                match label {
                    $($label => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

classes! {
    /// A title of persons (الرئيس).
    TITLE = 0 "title",
    /// A title without further forms.
    TITLE_FIXED = 1 "title_fixed",
    /// A word that may stand between a title and its name (باسم).
    BRIDGE = 2 "bridge",
    /// A verb of saying.
    SPEECH = 3 "speech",
    /// A place word outside the name (مدينة).
    PLACE_OUTSIDE = 4 "place_outside",
    /// A place word inside the name (مطار).
    PLACE_HEAD = 5 "place_head",
    /// The same, before proper words only (قاعدة).
    PLACE_HEAD_PROPER = 6 "place_head_proper",
    /// A word that continues a place name (الفضائية).
    PLACE_TAIL = 7 "place_tail",
    /// An organisation word inside the name (وزارة).
    ORG_HEAD = 8 "org_head",
    /// The same, before proper words only (شركة).
    ORG_HEAD_PROPER = 9 "org_head_proper",
    /// A second organisation word (أنباء).
    ORG_MIDDLE = 10 "org_middle",
    /// An adjective that ends an organisation's name (الرسمية).
    ORG_STOP = 11 "org_stop",
    /// A preposition or direction (في).
    PREPOSITION = 12 "preposition",
    /// A small word inside a person's name (بن).
    PARTICLE = 13 "particle",
    /// A family name that stands first (كيم).
    FAMILY_FIRST = 14 "family_first",
    /// An ordinary word.
    COMMON = 15 "common",
    /// A word of personal names.
    NAME = 16 "name",
    /// A demonym: made from a listed country (روسي).
    DEMONYM = 17 "demonym",
    /// A second word of a compound name (عبد الله).
    NAME_TAIL = 18 "name_tail",
    /// A common Arabic name, which alone says little (محمد).
    GIVEN = 19 "given",
    /// A title after which one given name is enough (الملك سلمان).
    ROYAL = 20 "royal",
    /// A kind of people (المسلمين), no name.
    GROUP = 21 "group",
}

impl Classes {
    /// No class.
    pub(super) const NONE: Self = Self(0);
    /// Any title.
    pub(super) const ANY_TITLE: Self = Self(Self::TITLE.0 | Self::TITLE_FIXED.0);
    /// Any place word that is part of the name.
    pub(super) const ANY_PLACE_HEAD: Self = Self(Self::PLACE_HEAD.0 | Self::PLACE_HEAD_PROPER.0);
    /// Any organisation word.
    pub(super) const ANY_ORG_HEAD: Self = Self(Self::ORG_HEAD.0 | Self::ORG_HEAD_PROPER.0);
    /// Words that a person's name cannot hold.
    pub(super) const NOT_IN_NAME: Self = Self(
        Self::COMMON.0
            | Self::BRIDGE.0
            | Self::SPEECH.0
            | Self::ANY_TITLE.0
            | Self::ANY_PLACE_HEAD.0
            | Self::PLACE_OUTSIDE.0
            | Self::PLACE_TAIL.0
            | Self::ANY_ORG_HEAD.0
            | Self::ORG_MIDDLE.0
            | Self::ORG_STOP.0
            | Self::PREPOSITION.0
            | Self::DEMONYM.0,
    );
    /// Words that start a mention or lead to one.
    pub(super) const ANY_CUE: Self = Self(
        Self::ANY_TITLE.0
            | Self::SPEECH.0
            | Self::PLACE_OUTSIDE.0
            | Self::ANY_PLACE_HEAD.0
            | Self::ANY_ORG_HEAD.0,
    );

    /// Whether the two sets share a class.
    pub(super) fn any(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Whether the set is empty.
    pub(super) fn is_empty(self) -> bool {
        self.0 == 0
    }

    /// Adds the classes of `other`.
    pub(super) fn insert(&mut self, other: Self) {
        self.0 |= other.0;
    }
}
