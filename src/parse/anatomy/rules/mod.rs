//! Page rules: the phrases that announce the parts of a page, as data.
//!
//! One line is one rule: a kind, a condition, a pattern.
//!
//! ```text
//! read-also any   (اقرأ|طالع) أيضا
//! outlet    colon (المصدر|مصدر الخبر)
//! ```
//!
//! A pattern is spelled out into the phrases that it stands for, at most
//! [`Limits::PHRASES`] of them, and these into a tree of words: matching walks
//! the tree word by word and never goes back, whatever the pattern. The bundled
//! file is read once; a reader's rules are added to it.

mod error;
mod pattern;
mod reader;
mod tree;
mod word_ends;

pub use error::{RulesError, RulesErrorKind};

use std::sync::OnceLock;
use tree::Tree;

/// What a phrase announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RuleKind {
    /// Another article follows, or headlines.
    ReadAlso,
    /// Headlines of other articles follow.
    Related,
    /// When the article was published.
    Published,
    /// When it was changed or printed: counts when nothing says when it was published.
    Updated,
    /// Who published it.
    Outlet,
    /// What it is about.
    Keywords,
    /// Who wrote it.
    Byline,
    /// Share buttons.
    Share,
    /// Furniture of the site: notices, counters, credits of pictures.
    Boilerplate,
    /// What readers wrote follows: no article up to the next marker.
    Comments,
    /// A news agency, as datelines name it.
    Agency,
    /// A place that news is datelined from.
    Place,
    /// A word that only buttons have.
    Button,
    /// A word that stands around a date on its line.
    DateWord,
    /// What a paragraph in the middle of a text begins with.
    Continues,
}

impl RuleKind {
    /// Every kind, in the order of the enumeration.
    pub const ALL: [Self; 15] = [
        Self::ReadAlso,
        Self::Related,
        Self::Published,
        Self::Updated,
        Self::Outlet,
        Self::Keywords,
        Self::Byline,
        Self::Share,
        Self::Boilerplate,
        Self::Comments,
        Self::Agency,
        Self::Place,
        Self::Button,
        Self::DateWord,
        Self::Continues,
    ];

    /// Kebab-case name, as a rules file writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::ReadAlso => "read-also",
            Self::Related => "related",
            Self::Published => "published",
            Self::Updated => "updated",
            Self::Outlet => "outlet",
            Self::Keywords => "keywords",
            Self::Byline => "byline",
            Self::Share => "share",
            Self::Boilerplate => "boilerplate",
            Self::Comments => "comments",
            Self::Agency => "agency",
            Self::Place => "place",
            Self::Button => "button",
            Self::DateWord => "date-word",
            Self::Continues => "continues",
        }
    }

    /// Whether its rules are lists of single words.
    #[must_use]
    pub fn is_words(self) -> bool {
        matches!(self, Self::Button | Self::DateWord)
    }

    /// Whether its phrases are looked for behind other text on a line.
    pub(super) fn may_follow_text(self) -> bool {
        let is_marker = matches!(self, Self::ReadAlso | Self::Related | Self::Share);
        is_marker || self.has_value()
    }

    /// Whether its phrases are asked for where they matter and announce nothing by themselves.
    pub(super) fn is_asked_for(self) -> bool {
        matches!(self, Self::Agency | Self::Place | Self::Continues)
    }

    /// Whether a label of this kind has a value behind it.
    pub(super) fn has_value(self) -> bool {
        matches!(
            self,
            Self::Published | Self::Updated | Self::Outlet | Self::Keywords
        )
    }
}

/// What must follow the words for them to be a cue and not running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Condition {
    /// Nothing in particular.
    Any,
    /// A colon (also `|`, `/` and a dash before a short value), or the end of the line.
    Colon,
    /// A colon, the end of the line, or a date.
    Date,
    /// A colon, or at most six words.
    Short,
    /// The end of the line; a number may stand before it.
    Alone,
    /// For lists of single words.
    Words,
}

impl Condition {
    /// Every condition.
    pub const ALL: [Self; 6] = [
        Self::Any,
        Self::Colon,
        Self::Date,
        Self::Short,
        Self::Alone,
        Self::Words,
    ];

    /// Name, as a rules file writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Any => "any",
            Self::Colon => "colon",
            Self::Date => "date",
            Self::Short => "short",
            Self::Alone => "alone",
            Self::Words => "words",
        }
    }
}

/// What a rules file may hold.
#[derive(Clone, Copy, Debug)]
pub struct Limits;

impl Limits {
    /// Bytes of a reader's file.
    pub const FILE_BYTES: usize = 64 << 10;
    /// Rules of a reader's file.
    pub const RULES: usize = 500;
    /// Characters of a line.
    pub const LINE_CHARS: usize = 400;
    /// Groups inside groups.
    pub const NESTING: usize = 3;
    /// Words of a phrase.
    pub const PHRASE_WORDS: usize = 8;
    /// Phrases that one pattern may stand for.
    pub const PHRASES: usize = 512;
    /// Phrases that all patterns of a file may stand for.
    pub const ALL_PHRASES: usize = 20_000;
}

/// One rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) kind: RuleKind,
    pub(super) condition: Condition,
    /// Added by the reader.
    pub(super) is_own: bool,
}

/// A set of rules, ready to match.
///
/// ```
/// use kashshaf::parse::anatomy::Rules;
/// let rules = Rules::with_own("outlet colon (خاص|حصري)").unwrap();
/// assert_eq!(rules.own(), 1);
/// let error = Rules::with_own("outlet colon (خاص").unwrap_err();
/// assert_eq!((error.line, error.column), (1, 14));
/// ```
#[derive(Clone, Debug)]
pub struct Rules {
    tree: Tree,
    own: usize,
}

static BUNDLED: OnceLock<Rules> = OnceLock::new();

impl Rules {
    /// The bundled rules.
    pub fn bundled() -> &'static Self {
        BUNDLED.get_or_init(|| {
            let mut tree = Tree::default();
            // A test holds that the bundled file has no error; one would cost the
            // rules behind it, never a page.
            let _ = reader::read(bundled_text(), false, &mut tree);
            Self { tree, own: 0 }
        })
    }

    /// The bundled rules and a reader's own, which go first where both match.
    ///
    /// # Errors
    /// [`RulesError`] names the line, the character and what is allowed there.
    pub fn with_own(text: &str) -> Result<Self, RulesError> {
        let mut tree = Self::bundled().tree.clone();
        let own = reader::read(text, true, &mut tree)?;
        Ok(Self { tree, own })
    }

    /// How many rules are the reader's.
    #[must_use]
    pub fn own(&self) -> usize {
        self.own
    }

    pub(super) fn tree(&self) -> &Tree {
        &self.tree
    }
}

/// The bundled rules file, to read and to start from.
#[must_use]
pub fn bundled_text() -> &'static str {
    include_str!("bundled.txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bundled_file_has_no_error() {
        let mut tree = Tree::default();
        let rules = reader::read(bundled_text(), false, &mut tree).expect("a good file");
        assert!(rules > 100, "{rules}");
    }

    #[test]
    fn errors_name_the_line_and_the_character() {
        use RulesErrorKind::*;
        let long = format!("share any {}", "ا".repeat(Limits::LINE_CHARS));
        let deep = "share any ((((شارك))))";
        let many = "share any (ا|ب|ت) (ا|ب|ت) (ا|ب|ت) (ا|ب|ت) (ا|ب|ت) (ا|ب|ت) (ا|ب|ت)";
        let words = "share any ا ب ت ث ج ح خ د ذ";
        let cases = [
            ("# تعليق\n\nshares any شارك", UnknownKind, 3, 1),
            ("share anything شارك", UnknownCondition, 1, 7),
            ("share any", EmptyPattern, 1, 10),
            ("share any (شارك", Unclosed, 1, 11),
            ("share any شارك)", Unopened, 1, 15),
            ("share any شارك [هذا)", Unopened, 1, 20),
            ("share any [شارك]", EmptyPhrase, 1, 11),
            ("share any شارك <عدد>", UnknownPlaceholder, 1, 16),
            ("share any شارك: الخبر", BadCharacter, 1, 15),
            ("share any * شارك", StartsWithAny, 1, 11),
            ("button any شارك", WordsExpected, 1, 8),
            ("share words شارك", WordsUnexpected, 1, 7),
            ("button words (شارك)", BadCharacter, 1, 14),
            (long.as_str(), LineTooLong, 1, 401),
            (deep, TooDeep, 1, 14),
            (many, TooManyPhrases, 1, 11),
            (words, PhraseTooLong, 1, 11),
        ];
        for (text, kind, line, column) in cases {
            let error = Rules::with_own(text).expect_err(text);
            assert_eq!(
                (error.kind, error.line, error.column),
                (kind, line, column),
                "{text}: {error}"
            );
        }
        let rules = "share any شارك\n".repeat(Limits::RULES + 1);
        let error = Rules::with_own(&rules).expect_err("too many");
        assert_eq!((error.kind, error.line), (TooManyRules, Limits::RULES + 1));
        let file = "#".repeat(Limits::FILE_BYTES + 1);
        assert_eq!(
            Rules::with_own(&file).expect_err("too large").kind,
            FileTooLarge
        );
    }
}
