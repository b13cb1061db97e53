//! Floor 0: characters, folding tables, tokens, sentences, dates. Knows nothing of a corpus.
//!
//! Units. A *byte offset* counts UTF-8 bytes and is what every floor below
//! [`crate::api`] speaks. A *code point* offset counts `char`s and is printed by
//! the command line. A *UTF-16 offset* counts code units, is what JavaScript
//! speaks, and is made in `api` alone.

pub mod char_class;
pub mod date;
pub mod fold;
mod fold_table;
pub(crate) mod growing;
pub mod line;
mod presentation_form_table;
pub mod sentence;
pub mod span;
pub mod token;

pub use span::{ByteSpan, Excerpt, floor_border};
pub(crate) use token::is_plain_word;
pub use token::{Token, TokenKind, tokenize};

/// Version of the tokeniser and the folding tables: raised whenever the same
/// text would give other tokens, so that saved results can be told apart.
pub const TOKENIZER_VERSION: u32 = 1;
