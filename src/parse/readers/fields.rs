//! Which column or key of a record is its title, its text, its date …

/// A field of a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordField {
    /// Its title.
    Title,
    /// Its text.
    Body,
    /// When it was published.
    Date,
    /// Who published it.
    Outlet,
    /// Where it was published.
    Url,
    /// Keywords, tags, sections.
    Keywords,
    /// Who wrote it.
    Author,
    /// Its id in its own collection.
    Id,
    /// Its summary.
    Description,
}

impl RecordField {
    /// Every field, in the order of the enumeration.
    pub const ALL: [Self; 9] = [
        Self::Title,
        Self::Body,
        Self::Date,
        Self::Outlet,
        Self::Url,
        Self::Keywords,
        Self::Author,
        Self::Id,
        Self::Description,
    ];

    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Date => "date",
            Self::Outlet => "outlet",
            Self::Url => "url",
            Self::Keywords => "keywords",
            Self::Author => "author",
            Self::Id => "id",
            Self::Description => "description",
        }
    }

    /// The field of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.name() == name)
    }
}

/// Columns chosen by the caller for some fields; the others are guessed.
pub type ChosenFields = Vec<(RecordField, Vec<String>)>;
