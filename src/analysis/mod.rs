//! Floor 2: the fold ladder. Word form → key, one key for each lens.
//!
//! Analysis is paid once per distinct form, never per running word: the keys
//! made here become views over the lexicon in [`crate::index`].

pub mod bag;
pub mod clitics;
pub mod fold;
pub mod lens;
pub mod light_stem;
pub mod names;
mod particle_table;
mod plural_pattern;
mod plural_table;
mod question_word_table;
pub mod root;
pub mod stem;

pub use lens::Lens;
