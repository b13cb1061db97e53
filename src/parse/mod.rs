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
//! Plain text is read by [`Page::read`] alone. Everything else goes through the
//! readers (`readers`, a feature of the crate), which turn files and archives
//! into [`record::ImportEvent`]s; [`frame`] carries these from one WebAssembly
//! module to the other, and [`ledger`] accounts for every one of them.

pub mod anatomy;
mod control_bytes;
pub mod detection;
pub mod encoding;
mod encoding_name_table;
pub mod facts;
pub mod format;
pub mod frame;
pub mod given;
pub mod ledger;
pub(crate) mod ledger_file;
mod ledger_lines;
pub mod ledger_totals;
pub mod page;
mod page_id;
pub mod pieces;
mod read_error;
#[cfg(feature = "readers")]
pub mod readers;
pub(crate) mod reason_table;
pub mod record;
mod single_byte;
mod windows_1256_table;

pub use encoding::{Encoding, ReadError, ReadWarning};
pub use facts::{ArticleList, Facts};
pub use given::Given;
pub use page::{Article, Page, Part, PartGroup, PartKind, Published, Role};
pub(crate) use page_id::{hex, id_bytes};

/// Version of the reading and splitting rules: raised whenever the same bytes
/// would give other articles.
pub const PARSER_VERSION: u32 = 3;
