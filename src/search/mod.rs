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

mod also;
mod documents;
mod engine;
mod language;
mod matches;
pub mod query;
mod ranking;
mod words;

pub use documents::{columns, filter, results, snippet};
pub use engine::{DocumentMatch, Found, Keep, MatchedForm, Search, TotalsAround};
pub use matches::clause_count::ClauseCount;
pub use matches::phrase::Match;
pub use query::{Apart, Clause, ClauseKind, Notice, Query, Via};
pub use ranking::explain::{Explained, ExplainedPart, ExplainedTerm, Part};
pub use ranking::{bag_ranking, bm25, relevance, similar};
pub use words::{completions, form_names, pattern, reason, resemblance};
