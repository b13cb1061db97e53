//! A query as the engine understands it.

use super::documents::filter::Filter;
use super::language;
use super::words::pattern::Pattern;
use crate::analysis::Lens;

/// A parsed query: clauses, filters, and how they are joined.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// The clauses in the order typed, each once.
    pub clauses: Vec<Clause>,
    /// Conditions on documents.
    pub filters: Vec<Filter>,
    /// Which documents match.
    pub tree: Node,
    /// What is worth saying about the query.
    pub notices: Vec<Notice>,
    /// Letters that the lenses from `letters` on must tell apart all the same.
    pub apart: Apart,
}

/// How clauses and filters are joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Node {
    /// The clause of this number occurs.
    Clause(usize),
    /// The filter of this number holds.
    Filter(usize),
    /// All of these.
    All(Vec<Node>),
    /// One of these at least.
    Any(Vec<Node>),
    /// Not this.
    Not(Box<Node>),
}

impl Node {
    /// The first clause of it.
    #[must_use]
    pub fn first_clause(&self) -> Option<usize> {
        match self {
            Self::Clause(number) => Some(*number),
            Self::All(nodes) | Self::Any(nodes) => nodes.iter().find_map(Self::first_clause),
            Self::Filter(_) | Self::Not(_) => None,
        }
    }
}

impl Default for Node {
    fn default() -> Self {
        Self::All(Vec::new())
    }
}

/// Letters that are told apart although the letters lens folds them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Apart {
    /// ة and ه.
    pub teh: bool,
    /// ى and ي.
    pub yeh: bool,
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
        language::parse(text)
    }

    /// The clauses whose occurrences are hits.
    pub fn required(&self) -> impl Iterator<Item = &Clause> {
        self.clauses.iter().filter(|clause| !clause.excluded)
    }

    /// The words that must be found and are spelled out, as a text.
    #[must_use]
    pub fn telling_text(&self) -> String {
        let words = self.required().flat_map(|clause| &clause.words);
        let mut spelled: Vec<&str> = Vec::new();
        for word in words {
            match &word.kind {
                WordKind::Plain | WordKind::Prefix | WordKind::Fuzzy => spelled.push(&word.text),
                WordKind::Any(words) if words.iter().any(|word| word.via.is_some()) => {
                    spelled.extend(words.iter().map(|word| word.text.as_str()));
                }
                _ => {}
            }
        }
        spelled.join(" ")
    }

    /// A query of one clause.
    #[must_use]
    pub fn of_clause(clause: Clause) -> Self {
        Self {
            tree: Node::Clause(0),
            clauses: vec![Clause {
                excluded: false,
                ..clause
            }],
            ..Self::default()
        }
    }

    /// Whether it is a list of clauses, all required or excluded, and nothing else.
    #[must_use]
    pub fn is_list(&self) -> bool {
        let is_clause = |node: &Node| match node {
            Node::Not(inner) => matches!(**inner, Node::Clause(_)),
            node => matches!(node, Node::Clause(_)),
        };
        self.filters.is_empty()
            && match &self.tree {
                Node::All(nodes) => nodes.iter().all(is_clause),
                node => is_clause(node),
            }
    }

    /// The same query for documents that hold some of its words, phrases and groups instead of
    /// all: `None` where it is no list of several. What is excluded stays so, conditions hold.
    #[must_use]
    pub fn some(&self) -> Option<Self> {
        let Node::All(nodes) = &self.tree else {
            return None;
        };
        let can_miss = |node: &Node| matches!(node, Node::Clause(_) | Node::Any(_));
        let (parts, rest): (Vec<Node>, Vec<Node>) = nodes.iter().cloned().partition(can_miss);
        if parts.len() < 2 {
            return None;
        }
        let tree = std::iter::once(Node::Any(parts)).chain(rest).collect();
        Some(Self {
            tree: Node::All(tree),
            ..self.clone()
        })
    }

    /// Whether the query asks for documents at all: exclusions alone do not.
    #[must_use]
    pub fn asks(&self) -> bool {
        self.required().next().is_some() || !self.filters.is_empty()
    }
}

/// Words that stand together in one way.
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
    /// How far its words may stand from each other.
    pub shape: Shape,
    /// Counts in titles alone.
    pub in_title: bool,
    /// Counts within one sentence alone.
    pub in_sentence: bool,
}

impl Clause {
    /// A clause of words next to each other.
    #[must_use]
    pub fn of(text: &str, words: Vec<Word>) -> Self {
        let kind = match words.as_slice() {
            [word] => match word.kind {
                WordKind::Plain => ClauseKind::Word,
                WordKind::Prefix => ClauseKind::Prefix,
                WordKind::Fuzzy => ClauseKind::Fuzzy,
                WordKind::Wildcard(_) => ClauseKind::Wildcard,
                WordKind::Regex(_) => ClauseKind::Regex,
                WordKind::Any(_) | WordKind::All(_) | WordKind::Not(_) => ClauseKind::Pattern,
            },
            _ => ClauseKind::Phrase,
        };
        Self {
            text: text.trim().to_owned(),
            kind,
            excluded: false,
            words,
            shape: Shape::Adjacent,
            in_title: false,
            in_sentence: false,
        }
    }

    /// Whether it is one word anywhere in the documents.
    #[must_use]
    pub fn is_word(&self) -> bool {
        self.words.len() == 1 && !self.in_title
    }
}

/// How far the words of a clause may stand from each other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Next to each other, in order.
    Adjacent,
    /// In order; so many tokens, least and most, between each word and the next.
    Gaps(Vec<(u32, u32)>),
    /// In any order, with at most so many other tokens among them.
    Near(u32),
}

/// One word of a clause: a set of word forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    /// As typed.
    pub text: String,
    /// How it is compared.
    pub kind: WordKind,
    /// The lens it asks for, whatever the query's.
    pub lens: Option<Lens>,
    /// What put it into the query, where the reader did not.
    pub via: Option<Via>,
}

/// What put a word into a query that the reader did not type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// A name in Latin letters.
    Name,
    /// Another spelling of the same entity.
    Alias,
}

impl Word {
    /// A word to be compared as it stands.
    #[must_use]
    pub fn plain(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            kind: WordKind::Plain,
            lens: None,
            via: None,
        }
    }
}

/// How a word of a query is compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WordKind {
    /// By the lens.
    Plain,
    /// Matches every word that begins with it.
    Prefix,
    /// Matches words that are nearly spelled like it.
    Fuzzy,
    /// Letters with `*` and `?`.
    Wildcard(Pattern),
    /// A regular expression over the whole word.
    Regex(Pattern),
    /// One of these.
    Any(Vec<Word>),
    /// All of these at once.
    All(Vec<Word>),
    /// None of these forms.
    Not(Box<Word>),
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
    /// A word with `*` or `?` in it.
    Wildcard,
    /// A regular expression.
    Regex,
    /// Words near each other.
    Near,
    /// A pattern of tokens in brackets.
    Pattern,
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
            Self::Wildcard => "wildcard",
            Self::Regex => "regex",
            Self::Near => "near",
            Self::Pattern => "pattern",
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

macro_rules! notice_codes {
    ($($(#[$meta:meta])* $name:ident = $code:literal,)*) => {
        /// Kinds of notices.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum NoticeCode {
            $($(#[$meta])* $name,)*
        }

        impl NoticeCode {
            /// Stable kebab-case code.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }
        }
    };
}

notice_codes! {
    /// A quotation mark that nothing closes; the rest was taken as the phrase.
    UnclosedQuote = "unclosed-quote",
    /// There are only exclusions, so nothing can be found.
    OnlyExclusions = "only-exclusions",
    /// A piece without a letter or digit was left out.
    NoWords = "no-words",
    /// The query asks for more than what is read of one; this was left out, a distance cut down.
    TooLong = "too-long",
    /// An opening bracket that nothing closes; it was closed at the end.
    UnclosedGroup = "unclosed-group",
    /// A closing bracket that nothing opened was left out.
    UnopenedGroup = "unopened-group",
    /// Groups stand too deep inside each other; this bracket was left out.
    TooDeep = "too-deep",
    /// An operator without something on one side was left out.
    MissingOperand = "missing-operand",
    /// A field that there is not; it was read as words.
    UnknownField = "unknown-field",
    /// A value that its field cannot have; the condition was left out.
    BadValue = "bad-value",
    /// A regular expression with a mistake here; it was left out.
    BadRegex = "bad-regex",
    /// A regular expression or a word with wildcards that is too long or too deeply nested; it was left out.
    LargeRegex = "large-regex",
    /// A pattern in brackets with a mistake here; it was left out.
    BadPattern = "bad-pattern",
    /// Any words before the first or behind the last word of a pattern were left out.
    EdgeGap = "edge-gap",
}
