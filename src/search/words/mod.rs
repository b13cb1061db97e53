//! What the words of a query stand for: sets of forms, and why each is one of them.

pub(super) mod bases;
pub(super) mod clause_words;
pub mod completions;
pub(super) mod ending;
pub mod form_names;
pub(super) mod form_set;
pub(super) mod matching;
pub mod pattern;
pub(super) mod pattern_reader;
pub mod reason;
pub mod resemblance;
pub(super) mod terms;
