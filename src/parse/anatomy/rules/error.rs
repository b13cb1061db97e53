//! What can be wrong with a rules file.

use super::{Condition, Limits, RuleKind};

/// An error of a rules file, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RulesError {
    /// What is wrong.
    pub kind: RulesErrorKind,
    /// Line, from 1.
    pub line: usize,
    /// Character on the line, from 1.
    pub column: usize,
    /// What stands there, shortened.
    pub found: String,
}

/// What is wrong with a rules file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RulesErrorKind {
    /// The file is larger than [`Limits::FILE_BYTES`].
    FileTooLarge,
    /// There are more rules than [`Limits::RULES`].
    TooManyRules,
    /// The line is longer than [`Limits::LINE_CHARS`].
    LineTooLong,
    /// The first word is no [`RuleKind`].
    UnknownKind,
    /// The second word is no [`Condition`].
    UnknownCondition,
    /// The kind takes lists of words alone.
    WordsExpected,
    /// The kind takes patterns, not lists of words.
    WordsUnexpected,
    /// Nothing stands behind the condition.
    EmptyPattern,
    /// The pattern may stand for no word at all.
    EmptyPhrase,
    /// A bracket is not closed.
    Unclosed,
    /// A bracket is closed that was not opened.
    Unopened,
    /// Brackets nest deeper than [`Limits::NESTING`].
    TooDeep,
    /// Only `<number>` may stand in angle brackets.
    UnknownPlaceholder,
    /// A phrase begins with `*`, which every line would.
    StartsWithAny,
    /// A character that no word has.
    BadCharacter,
    /// A phrase has more words than [`Limits::PHRASE_WORDS`].
    PhraseTooLong,
    /// The pattern stands for more phrases than [`Limits::PHRASES`].
    TooManyPhrases,
}

impl RulesErrorKind {
    /// What is allowed, in one sentence.
    #[must_use]
    pub fn allowed(self) -> String {
        let names =
            |names: &mut dyn Iterator<Item = &'static str>| names.collect::<Vec<_>>().join(", ");
        match self {
            Self::FileTooLarge => {
                format!("a rules file holds at most {} bytes", Limits::FILE_BYTES)
            }
            Self::TooManyRules => format!("a rules file holds at most {} rules", Limits::RULES),
            Self::LineTooLong => format!("a line holds at most {} characters", Limits::LINE_CHARS),
            Self::UnknownKind => format!(
                "a rule begins with one of: {}",
                names(&mut RuleKind::ALL.iter().map(|kind| kind.name()))
            ),
            Self::UnknownCondition => format!(
                "the second word is one of: {}",
                names(&mut Condition::ALL.iter().map(|condition| condition.name()))
            ),
            Self::WordsExpected => {
                "this kind takes the condition «words» and single words".to_owned()
            }
            Self::WordsUnexpected => "only button and date-word take «words»".to_owned(),
            Self::EmptyPattern => "a pattern stands behind the condition".to_owned(),
            Self::EmptyPhrase => "a pattern has at least one word that is not optional".to_owned(),
            Self::Unclosed => "every ( and [ is closed on its line".to_owned(),
            Self::Unopened => "a closing bracket closes one of its own kind".to_owned(),
            Self::TooDeep => format!("brackets nest at most {} deep", Limits::NESTING),
            Self::UnknownPlaceholder => "<number> is the only placeholder".to_owned(),
            Self::StartsWithAny => {
                "a phrase begins with a word, a prefix such as «تعليق*» or <number>".to_owned()
            }
            Self::BadCharacter => {
                "a word has letters, marks and digits; signs are ( | ) [ ] * <number>".to_owned()
            }
            Self::PhraseTooLong => format!("a phrase has at most {} words", Limits::PHRASE_WORDS),
            Self::TooManyPhrases => {
                format!("a pattern stands for at most {} phrases", Limits::PHRASES)
            }
        }
    }
}

impl std::fmt::Display for RulesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            line,
            column,
            found,
            kind,
        } = self;
        write!(
            f,
            "line {line}, character {column}: found «{found}»; {}",
            kind.allowed()
        )
    }
}

impl std::error::Error for RulesError {}
