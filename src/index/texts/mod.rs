//! The texts of the pages as streams of forms and gaps, and reading them back.

pub(super) mod gap_class;
pub(super) mod passage;
mod reading;
pub(super) mod text_store;
pub(super) mod tokens;
