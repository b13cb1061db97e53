//! A query as the engine understands it.

use super::query_parser;

/// A parsed query: every clause must match, unless it is excluded.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The clauses in the order typed.
    pub clauses: Vec<Clause>,
    /// What is worth saying about the query.
    pub notices: Vec<Notice>,
}

impl Query {
    /// Parses a query. Never fails: what cannot be understood is left out and noted.
    ///
    /// ```
    /// use kashshaf::search::{ClauseKind, Query};
    /// let query = Query::parse("كيم «الرئيس الروسي» بوت* -ترامب");
    /// let kinds: Vec<_> = query.clauses.iter().map(|c| (c.kind, c.excluded)).collect();
    /// assert_eq!(kinds, [
    ///     (ClauseKind::Word, false),
    ///     (ClauseKind::Phrase, false),
    ///     (ClauseKind::Prefix, false),
    ///     (ClauseKind::Word, true),
    /// ]);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Self {
        query_parser::parse(text)
    }

    /// The clauses that must match.
    pub fn required(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(|clause| !clause.excluded)
    }
}

/// One word, phrase or prefix.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clause {
    /// As typed, without operators and quotation marks.
    pub text: String,
    /// What it is.
    pub kind: ClauseKind,
    /// Documents that match it are left out.
    pub excluded: bool,
    /// Its words, one after another.
    pub words: Vec<Word>,
}

/// One word of a clause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As typed.
    pub text: String,
    /// Matches every word that begins with it.
    pub is_prefix: bool,
    /// Matches words that are nearly spelled like it.
    pub is_fuzzy: bool,
}

/// What a clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClauseKind {
    /// One word.
    Word,
    /// Words next to each other.
    Phrase,
    /// The beginning of a word.
    Prefix,
    /// A word and others spelled nearly like it.
    Fuzzy,
}

impl ClauseKind {
    /// Lower-case name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Word => "word",
            Self::Phrase => "phrase",
            Self::Prefix => "prefix",
            Self::Fuzzy => "fuzzy",
        }
    }
}

/// Something about a query that the reader should know; the search runs all the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is.
    pub code: NoticeCode,
    /// The piece of the query it speaks of.
    pub text: String,
    /// Byte of the query where that piece starts.
    pub at: usize,
}

/// Kinds of notices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoticeCode {
    /// A quotation mark that nothing closes; the rest was taken as the phrase.
    UnclosedQuote,
    /// There are only exclusions, so nothing can be found.
    OnlyExclusions,
    /// A piece without a letter or digit was left out.
    NoWords,
    /// The query is longer than what is read of one; the rest was left out.
    TooLong,
}

impl NoticeCode {
    /// Stable kebab-case code.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::UnclosedQuote => "unclosed-quote",
            Self::OnlyExclusions => "only-exclusions",
            Self::NoWords => "no-words",
            Self::TooLong => "too-long",
        }
    }
}
