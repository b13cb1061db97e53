//! The documents that match: filtered, ordered, read, and shown by their best passage.

pub mod columns;
pub mod filter;
pub(super) mod reading;
pub mod results;
pub mod snippet;
