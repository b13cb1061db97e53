//! Which documents match, and how often: clauses counted, phrases found, the tree of the query walked.

pub(super) mod ahead;
pub(super) mod clause_count;
pub(super) mod counts;
pub(super) mod doc_set;
pub(super) mod holders;
mod holding;
pub(super) mod phrase;
pub(super) mod run;
pub(super) mod spread;
pub(super) mod totals;
pub(super) mod weigher;
