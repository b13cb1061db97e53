//! Errors as callers see them.

use crate::entities::aliases::DecisionError;
use crate::entities::tagger::{MODEL_VERSION, ModelError};
use crate::index::{IndexFileError, MemoryFull};
use crate::parse::ReadError;
use crate::parse::anatomy::RulesError;
use serde::Serialize;

/// What went wrong with a request or a file.
///
/// The message says what was found, what is allowed and what to do; callers
/// tell errors apart by [`Error::code`], which never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Error {
    /// A file could not be read.
    Read(ReadError),
    /// A request has a key that none of its fields has.
    UnknownOption {
        /// The key.
        option: String,
        /// The keys that there are.
        known: &'static [&'static str],
    },
    /// A field of a request has a value that it cannot have.
    BadRequest {
        /// The field, or what is known of it.
        field: String,
        /// What was found.
        found: String,
        /// What is allowed.
        allowed: String,
    },
    /// No page or article has this id.
    UnknownDocument {
        /// The id.
        id: String,
    },
    /// No entity has this id.
    UnknownEntity {
        /// The id.
        id: String,
    },
    /// A reader's page rules have an error.
    BadRules(RulesError),
    /// Bytes that should be records of the readers are not.
    BadRecords,
    /// An index file cannot be opened.
    Index(IndexFileError),
    /// There is no memory to make the index anew.
    NoRoom(MemoryFull),
    /// What a corpus in parts cannot do without being loaded whole.
    InParts {
        /// What was asked.
        what: &'static str,
    },
    /// Parts of the corpus that a question needs are not there; with them it is to be asked again.
    PartsMissing {
        /// Their names.
        names: Vec<String>,
    },
    /// A decision about names, or a file of them, cannot be.
    BadDecisions(DecisionError),
    /// The model of names cannot be used.
    Model(ModelError),
    /// Names, dates or quotes were asked for before the pages were annotated.
    NotAnnotated,
    /// Layers were made of other pages than there are.
    StaleAnnotations,
    /// Bytes that should be layers or pages for the annotator are not.
    BadAnnotations,
}

impl Error {
    /// Stable kebab-case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Read(error) => error.code(),
            Self::UnknownOption { .. } => "unknown-option",
            Self::BadRequest { .. } => "bad-request",
            Self::UnknownDocument { .. } => "unknown-document",
            Self::UnknownEntity { .. } => "unknown-entity",
            Self::BadRules(_) => "bad-rules",
            Self::BadRecords => "bad-records",
            Self::Index(error) => error.code(),
            Self::NoRoom(_) => "no-room",
            Self::InParts { .. } => "index-in-parts",
            Self::PartsMissing { .. } => "parts-missing",
            Self::BadDecisions(_) => "bad-decisions",
            Self::Model(error) => error.code(),
            Self::NotAnnotated => "not-annotated",
            Self::StaleAnnotations => "annotations-stale",
            Self::BadAnnotations => "bad-annotations",
        }
    }

    /// Observed and allowed values by name.
    #[must_use]
    pub fn details(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Read(ReadError::TooLarge { bytes, limit }) => {
                vec![("bytes", bytes.to_string()), ("limit", limit.to_string())]
            }
            Self::Read(ReadError::Binary { format, first_byte }) => vec![
                ("format", format.unwrap_or_default().to_owned()),
                ("firstByte", first_byte.to_string()),
            ],
            Self::BadRules(error) => vec![
                ("line", error.line.to_string()),
                ("column", error.column.to_string()),
                ("found", error.found.clone()),
                ("allowed", error.kind.allowed()),
            ],
            Self::BadDecisions(error) => vec![
                ("line", error.line.to_string()),
                ("found", error.found.clone()),
                ("allowed", error.allowed.to_owned()),
            ],
            Self::Model(ModelError::OtherVersion { found }) => vec![
                ("found", found.to_string()),
                ("known", MODEL_VERSION.to_string()),
            ],
            Self::Index(IndexFileError::Damaged { section }) => vec![("section", section.clone())],
            Self::Index(IndexFileError::Truncated { bytes, expected }) => vec![
                ("bytes", bytes.to_string()),
                ("expected", expected.to_string()),
            ],
            Self::NoRoom(full) => vec![
                ("needed", full.needed.to_string()),
                ("most", full.most.to_string()),
            ],
            Self::InParts { what } => vec![("asked", (*what).to_owned())],
            Self::PartsMissing { names } => {
                names.iter().map(|name| ("part", name.clone())).collect()
            }
            Self::Read(_)
            | Self::BadRecords
            | Self::Index(_)
            | Self::Model(_)
            | Self::NotAnnotated
            | Self::StaleAnnotations
            | Self::BadAnnotations => Vec::new(),
            Self::UnknownOption { option, known } => {
                vec![("option", option.clone()), ("known", known.join(", "))]
            }
            Self::BadRequest {
                field,
                found,
                allowed,
            } => vec![
                ("field", field.clone()),
                ("found", found.clone()),
                ("allowed", allowed.clone()),
            ],
            Self::UnknownDocument { id } | Self::UnknownEntity { id } => vec![("id", id.clone())],
        }
    }

    /// The error as plain data.
    #[must_use]
    pub fn data(&self) -> ErrorData {
        ErrorData {
            name: "ExplorerError",
            code: self.code(),
            message: self.to_string(),
            details: self.details(),
        }
    }
}

impl From<MemoryFull> for Error {
    fn from(full: MemoryFull) -> Self {
        Self::NoRoom(full)
    }
}

impl From<IndexFileError> for Error {
    fn from(error: IndexFileError) -> Self {
        Self::Index(error)
    }
}

impl From<ModelError> for Error {
    fn from(error: ModelError) -> Self {
        Self::Model(error)
    }
}

impl From<DecisionError> for Error {
    fn from(error: DecisionError) -> Self {
        Self::BadDecisions(error)
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        Self::Read(error)
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Read(error) => error.fmt(f),
            Self::BadRules(error) => write!(f, "page rules, {error}"),
            Self::Index(error) => error.fmt(f),
            Self::NoRoom(full) => write!(
                f,
                "this makes the index anew and needs {} bytes of memory, of at most {}; nothing was changed; \
                 save the corpus and do it with kashshaf merge --without",
                full.needed, full.most
            ),
            Self::InParts { what } => write!(
                f,
                "this corpus is read in parts, which cannot do this: {what}; load its whole index"
            ),
            Self::PartsMissing { names } => write!(
                f,
                "parts of the corpus are needed and not there: {}; give them and ask again",
                names.join(", ")
            ),
            Self::Model(error) => error.fmt(f),
            Self::NotAnnotated => f.write_str(
                "names, dates and quotes of the pages are not there yet; have the annotator read them first",
            ),
            Self::StaleAnnotations => f.write_str(
                "the annotations are of other pages than there are now; have the annotator read them again",
            ),
            Self::BadAnnotations => f.write_str(
                "the annotations do not have the form of this version; the two modules must be of one build",
            ),
            Self::UnknownOption { option, known } => {
                write!(f, "unknown option «{option}»; known: {}", known.join(", "))
            }
            Self::BadRequest {
                field,
                found,
                allowed,
            } => {
                write!(f, "{field}: found «{found}»; allowed: {allowed}")
            }
            Self::UnknownDocument { id } => write!(
                f,
                "no page or article has the id «{id}» in this corpus; \
                 the link may have been made on another one"
            ),
            Self::UnknownEntity { id } => write!(
                f,
                "no entity has the id «{id}» in this corpus; \
                 the link may have been made on another one"
            ),
            Self::BadDecisions(DecisionError {
                line,
                found,
                allowed,
            }) => write!(
                f,
                "decisions about names, line {line}: found «{found}»; allowed: {allowed}; \
                 nothing was changed"
            ),
            Self::BadRecords => write!(
                f,
                "the records do not have the form of this version; the engine and its readers must \
                 be of one build: reload the page"
            ),
        }
    }
}

impl std::error::Error for Error {}

/// An error as it crosses the border and as it stands in reports.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ErrorData {
    /// Always `ExplorerError`.
    pub name: &'static str,
    /// Stable kebab-case code.
    pub code: &'static str,
    /// English sentence.
    pub message: String,
    /// Observed and allowed values by name.
    pub details: Vec<(&'static str, String)>,
}

impl ErrorData {
    /// An error that is told in one sentence.
    pub(super) fn plain(code: &'static str, message: String) -> Self {
        Self {
            name: "ExplorerError",
            code,
            message,
            details: Vec::new(),
        }
    }
}
