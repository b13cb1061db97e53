//! Floor 4: query → matches → ranked documents → snippets.
//!
//! ```text
//! «الرئيس الروسي» بوت* -ترامب
//!   parse ─▶ clauses ─ lens ─▶ classes of forms ─ postings ─▶ matches
//!                                       documents that match all ─ BM25 ─▶ hits
//! ```
//!
//! A word list is AND. A *hit* is one matching occurrence; a phrase is one.
//! Totals are exact, never estimated.

mod ahead;
mod also;
pub mod bag_ranking;
mod bases;
pub mod bm25;
mod clause_count;
pub mod columns;
pub mod completions;
mod counts;
mod doc_set;
mod ending;
mod engine;
mod explain;
pub mod filter;
pub mod form_names;
mod form_set;
mod language;
mod matching;
pub mod pattern;
mod pattern_reader;
mod phrase;
pub mod query;
mod reading;
pub mod reason;
pub mod relevance;
pub mod resemblance;
pub mod results;
mod run;
pub mod similar;
pub mod snippet;
mod spread;
mod terms;
mod totals;

pub use clause_count::ClauseCount;
pub use engine::{DocumentMatch, Found, Keep, MatchedForm, Search, TotalsAround};
pub use explain::{Explained, ExplainedPart, ExplainedTerm, Part};
pub use phrase::Match;
pub use query::{Apart, Clause, ClauseKind, Notice, Query, Via};
