//! Which spellings are one entity, why, and what the reader says to it.
//!
//! | rule | joins | confidence |
//! |---|---|---|
//! | reader | what a reader decided | 1 |
//! | letters | one text once letters are folded | 1 |
//! | table, listed | rows of `aliases.tsv`; spellings of one list entry | .99, .98 |
//! | spacing, word-order, article, head | «بيونغ يانغ», «… الشعبية الديمقراطية», «اليونسكو», «وكالة تاس» | .97, .95, .9, .85 |
//! | sound | two transcriptions, by a weighted edit distance | 1 less what they differ by |
//! | script | a name in Latin letters and the Arabic one that it was found by | .92 |
//! | longer, last-name | «محمد بن سلمان آل سعود»; the only full name that ends so | .65, .6 |
//!
//! From [`JOINED`] on two spellings are one entity until a reader parts them;
//! what is less sure is offered. `docs/aliases.md` tells how good the rules are.

mod blocks;
mod decision;
mod grouping;
mod joining;
mod likeness;
mod linking;
mod making;
mod sound;
mod spellings;
mod table;

pub use decision::{Action, DECISIONS_VERSION, Decision, DecisionError, Decisions};
pub use likeness::{JOINED, Proof, Rule, judge};
pub use linking::{Links, Offer, Spelled};
