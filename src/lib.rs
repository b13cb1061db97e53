//! Kashshaf (كشّاف): an Arabic-first corpus explorer.
pub mod text;
pub mod parse;
pub mod analysis;
pub mod index;
pub mod search;
