//! The lenses: how loosely words are compared.

/// How loosely words are compared. Each step joins whole classes of the step
/// before, so a looser lens never finds less.
///
/// | lens | joins | example |
/// |---|---|---|
/// | exact | nothing: words as written | |
/// | marks | vowel signs, tatweel, evasive dots | استُخدمت = استخدمت, قاتـ.ل = قاتل |
/// | letters | alef forms, ى ي, ة ه, Persian letters, digits, Latin case | الروسى = الروسي, کوریا = كوريا |
/// | clitics | the proclitics و ف ب ل ك س and the article ال | وللروسي = روسي |
/// | stem | number, gender, pronouns, broken plurals | صواريخهم = صاروخ |
/// | similar | words spelled much alike, weighted by how much | بيونغيانج ≈ بيونغيانغ |
///
/// The classes of the similar lens are those around one word: they overlap, and
/// each holds the word's class of stems.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lens {
    /// Words as written.
    Exact,
    /// Vowel signs ignored.
    Marks,
    /// Letters folded.
    Letters,
    /// Proclitics set aside.
    #[default]
    Clitics,
    /// Number, gender and pronouns set aside.
    Stem,
    /// Words that are spelled much alike.
    Similar,
}

impl Lens {
    /// Every lens, strictest first.
    pub const ALL: [Self; 6] = [
        Self::Exact,
        Self::Marks,
        Self::Letters,
        Self::Clitics,
        Self::Stem,
        Self::Similar,
    ];

    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Marks => "marks",
            Self::Letters => "letters",
            Self::Clitics => "clitics",
            Self::Stem => "stem",
            Self::Similar => "similar",
        }
    }

    /// The lens of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lens| lens.name() == name)
    }
}
