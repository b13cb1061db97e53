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
}

impl Lens {
    /// Every lens, strictest first.
    pub const ALL: [Self; 4] = [Self::Exact, Self::Marks, Self::Letters, Self::Clitics];

    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Marks => "marks",
            Self::Letters => "letters",
            Self::Clitics => "clitics",
        }
    }

    /// The lens of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lens| lens.name() == name)
    }
}
