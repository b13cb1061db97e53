//! What is known of pages beside their words: parts, articles, units, columns.

pub(super) mod columns;
pub(super) mod corpus_facts;
pub(super) mod documents;
pub(super) mod late_head;
pub(super) mod letters;
pub(super) mod origins;
pub(super) mod page_articles;
pub(super) mod page_head;
pub(super) mod page_parts;
pub(super) mod page_table;
pub(super) mod placed;
pub(super) mod units;
