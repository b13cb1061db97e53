//! Names across scripts: which Arabic names a name in Latin letters may be.
//!
//! ```text
//! Putin ─letters─▶ p u t i n ─┐
//!                             ├─ channel ─▶ log-odds ─▶ share
//! بوتين ─letters─▶ ب و ت ي ن ─┘
//! ```
//!
//! [`NameMatcher`] holds the names and finds the few worth comparing;
//! [`Channel`] compares. What was measured is in `docs/names.md`.

pub mod beside;
pub mod channel;
pub mod comparison;
pub mod lattice;
mod letter_table;
pub mod letters;
pub mod list;
pub mod matcher;
pub mod skeleton;
pub mod units;

pub use channel::Channel;
pub use matcher::{NameMatch, NameMatcher, Threshold};
