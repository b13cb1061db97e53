//! Floor 2: the fold ladder. Word form → key, one key for each lens.
//!
//! Analysis is paid once per distinct form, never per running word: the keys
//! made here become views over the lexicon in [`crate::index`].

pub mod clitics;
pub mod fold;
pub mod lens;
mod particle_table;

pub use lens::Lens;
