//! What documents are worth, and what that is made of.

pub mod bag_ranking;
pub(super) mod best;
pub mod bm25;
pub(super) mod explain;
pub mod relevance;
pub mod similar;
