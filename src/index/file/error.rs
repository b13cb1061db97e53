//! Why an index file cannot be opened.

/// What a section holds does not fit together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Inconsistent;

/// Why an index file cannot be opened. Nothing of it is used then.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IndexFileError {
    /// The bytes do not begin as an index file does.
    NotAnIndex,
    /// It was written by a later version.
    Newer {
        /// Its version, or the name of a section that must be understood.
        found: String,
    },
    /// It was written by an earlier version, in a form that is not read any more.
    Older {
        /// Its version.
        found: u32,
    },
    /// It was made by other rules for words or pages, so that it would answer otherwise.
    OtherRules {
        /// Versions of its tokeniser and its parser.
        found: (u32, u32),
    },
    /// It ends too early.
    Truncated {
        /// Bytes that there are.
        bytes: u64,
        /// Bytes that there should be.
        expected: u64,
    },
    /// The checksum of a section is not that of its bytes.
    Damaged {
        /// The section.
        section: String,
    },
    /// A section whose checksum is right does not make sense.
    Inconsistent {
        /// The section.
        section: String,
    },
    /// The directory of an index in parts has no part of this name.
    UnknownPart {
        /// The name.
        name: String,
    },
    /// A section that must be there is not.
    Missing {
        /// The section.
        section: String,
    },
}

impl IndexFileError {
    /// Stable kebab-case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotAnIndex => "not-an-index",
            Self::Newer { .. } => "index-newer",
            Self::Older { .. } => "index-older",
            Self::OtherRules { .. } => "index-other-rules",
            Self::Truncated { .. } => "index-truncated",
            Self::Damaged { .. } => "index-damaged",
            Self::UnknownPart { .. } => "part-unknown",
            Self::Inconsistent { .. } | Self::Missing { .. } => "index-inconsistent",
        }
    }
}

impl std::fmt::Display for IndexFileError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotAnIndex => write!(
                f,
                "this is no index of kashshaf; `kashshaf index` makes one, and so does saving in the page"
            ),
            Self::Newer { found } => write!(
                f,
                "the index was written by a later version ({found}); this one reads version {}: \
                 use the later version, or index the texts again",
                super::VERSION
            ),
            Self::Older { found } => write!(
                f,
                "the index was written by an earlier version ({found}); this one reads version {}: \
                 index the texts again",
                super::VERSION
            ),
            Self::OtherRules { found } => write!(
                f,
                "the index was made by tokeniser {} and parser {}, and this version has tokeniser {} and \
                 parser {}; index the texts again",
                found.0,
                found.1,
                crate::text::TOKENIZER_VERSION,
                crate::parse::PARSER_VERSION
            ),
            Self::Truncated { bytes, expected } => write!(
                f,
                "the index ends after {bytes} bytes of {expected}; copy or download it again"
            ),
            Self::Damaged { section } => write!(
                f,
                "the section «{section}» of the index is damaged: its checksum is another; copy or \
                 download it again"
            ),
            Self::Inconsistent { section } => write!(
                f,
                "the section «{section}» of the index does not make sense; index the texts again"
            ),
            Self::UnknownPart { name } => write!(
                f,
                "the directory of the index knows no part «{name}»; directory and parts must be of one index"
            ),
            Self::Missing { section } => write!(
                f,
                "the index has no section «{section}»; index the texts again"
            ),
        }
    }
}

impl std::error::Error for IndexFileError {}
