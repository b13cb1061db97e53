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

pub mod bag_ranking;
pub mod bm25;
mod clause_count;
mod counts;
mod engine;
pub mod form_names;
mod phrase;
pub mod query;
mod query_parser;
mod run;
pub mod snippet;
mod terms;

pub use clause_count::ClauseCount;
pub use engine::{DocumentMatch, Found, Search, TotalsAround};
pub use phrase::Match;
pub use query::{Clause, ClauseKind, Notice, Query};
