//! Kinds of parts, and the names of their files.

/// What a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// Words.
    Words,
    /// Units and occurrences.
    Units,
    /// Places in units.
    Places,
    /// The names of parts of pages.
    Lists,
    /// Pages with their texts; their files are deflated.
    Pages,
    /// How pages are parted.
    Shapes,
    /// Ids of pages.
    Ids,
    /// What every article states of one kind; their files are deflated.
    Columns,
    /// Names and where they are mentioned, as a floor above writes them; their files are deflated.
    Names,
}

impl PartKind {
    /// Every kind, in the order of the directory.
    pub const ALL: [Self; 9] = [
        Self::Words,
        Self::Units,
        Self::Places,
        Self::Lists,
        Self::Pages,
        Self::Shapes,
        Self::Ids,
        Self::Columns,
        Self::Names,
    ];

    /// The folder of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Units => "units",
            Self::Places => "places",
            Self::Lists => "lists",
            Self::Pages => "pages",
            Self::Shapes => "shapes",
            Self::Ids => "ids",
            Self::Columns => "columns",
            Self::Names => "names",
        }
    }

    /// Whether its files are deflated (zlib, RFC 1950).
    #[cfg(feature = "readers")]
    pub(super) fn is_deflated(self) -> bool {
        matches!(self, Self::Pages | Self::Columns | Self::Names)
    }
}

/// The name of the file with this checksum.
pub(super) fn part_name(kind: PartKind, hash: u64) -> String {
    format!("{}/{hash:016x}.bin", kind.name())
}
