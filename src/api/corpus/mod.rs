//! The corpus itself: taking in, overview, pages, saving, parts, taking out.

pub(super) mod headings;
pub(super) mod import;
pub(super) mod ledger_file;
pub(super) mod ledger_order;
pub(super) mod overview;
pub(super) mod page;
pub(super) mod parts;
#[cfg(feature = "readers")]
pub(super) mod reader;
pub(super) mod removal;
pub(super) mod saved;
