//! What may be wrong with the bytes of a text.

/// Something that the reader should know although the text was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadWarning {
    /// Byte sequences that no character has were replaced by U+FFFD.
    InvalidSequences {
        /// How many.
        count: usize,
        /// Byte offset of the first, in the file.
        first_byte: usize,
    },
    /// Characters that no text needs, such as U+0000; they are kept as they came.
    ControlCharacters {
        /// How many.
        count: usize,
        /// Byte offset of the first, in the file.
        first_byte: usize,
    },
    /// No column says by its name that it is the text: the one with the longest
    /// texts was taken. Told once a table.
    ColumnGuessed,
}

impl ReadWarning {
    /// Stable kebab-case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::InvalidSequences { .. } => "invalid-utf8-replaced",
            Self::ControlCharacters { .. } => "control-characters",
            Self::ColumnGuessed => "column-guessed",
        }
    }
}

impl std::fmt::Display for ReadWarning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::InvalidSequences { count, first_byte } => write!(
                f,
                "{count} broken byte sequences (the first at byte {first_byte}) are shown as \u{FFFD}; \
                 all other text was read"
            ),
            Self::ControlCharacters { count, first_byte } => write!(
                f,
                "{count} control characters (the first at byte {first_byte}) stand in the text; they are \
                 kept as they came and part words"
            ),
            Self::ColumnGuessed => write!(
                f,
                "no column is named as the text of a record, so the one with the longest texts was taken; \
                 choose another if that is wrong"
            ),
        }
    }
}

/// Why a file could not be read as text.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadError {
    /// The file has no bytes.
    Empty,
    /// The file is not text.
    Binary {
        /// What its first bytes say it is, e.g. `PDF`; `None` when unknown.
        format: Option<&'static str>,
        /// Offset of the first byte that no text has.
        first_byte: usize,
    },
    /// Larger than an offset can reach.
    TooLarge {
        /// Size of the file.
        bytes: usize,
        /// The largest size that can be read.
        limit: usize,
    },
    /// An encoding that only the readers know.
    NotHere {
        /// Its name.
        encoding: &'static str,
    },
}

impl ReadError {
    /// Stable kebab-case code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty-file",
            Self::Binary { .. } => "binary-file",
            Self::TooLarge { .. } => "file-too-large",
            Self::NotHere { .. } => "encoding-needs-readers",
        }
    }
}

impl std::fmt::Display for ReadError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Empty => write!(f, "the file is empty (0 bytes); nothing was added"),
            Self::Binary {
                format: Some(format),
                ..
            } => {
                write!(
                    f,
                    "the file is a {format} file, not text; convert it to plain text first"
                )
            }
            Self::Binary {
                format: None,
                first_byte,
            } => write!(
                f,
                "the file is not text (byte {first_byte} belongs to no text); \
                 text in UTF-8, UTF-16, windows-1256 and ISO-8859-6 can be read"
            ),
            Self::NotHere { encoding } => write!(
                f,
                "text in {encoding} goes through the readers; the core reads UTF-8, UTF-16, windows-1256 \
                 and ISO-8859-6"
            ),
            Self::TooLarge { bytes, limit } => {
                write!(
                    f,
                    "the file has {bytes} bytes; up to {limit} can be read, so split it first"
                )
            }
        }
    }
}

impl std::error::Error for ReadError {}
