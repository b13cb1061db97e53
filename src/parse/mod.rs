//! Floor 1: bytes → pages. Encodings, page anatomy, metadata.
//!
//! ```text
//! bytes ── encoding ──▶ text ── anatomy ──▶ parts + articles
//! ```
//!
//! Every byte of a page belongs to exactly one part; joining the parts gives
//! the page back. Boundaries depend on the page alone. Nothing here fails on
//! text: a page without an article is a page whose parts say so.
//!
//! Not here yet: HTML, JSON, CSV and archives. A format gets a file of its own
//! beside [`encoding`] and ends in [`Page`]s.

pub mod anatomy;
pub mod encoding;
pub mod page;
mod windows_1256_table;

pub use encoding::{Encoding, ReadError, ReadWarning};
pub use page::{Article, Page, Part, PartGroup, PartKind, Published, Role};

/// Version of the reading and splitting rules: raised whenever the same bytes
/// would give other articles.
pub const PARSER_VERSION: u32 = 1;
