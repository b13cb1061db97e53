//! Questions to the texts: searches, what stands around them, suggestions, exports.

pub(super) mod also;
pub(super) mod around;
pub(super) mod beside;
pub(super) mod explain;
pub(super) mod export;
pub(super) mod facets;
pub(super) mod names;
pub(super) mod reasons;
pub(super) mod search;
pub(super) mod segments;
pub(super) mod suggest;
