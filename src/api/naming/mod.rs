//! Questions to the annotations: entities and their spellings, dates, quotes, networks.

pub(super) mod aliases;
pub(super) mod annotation;
pub(super) mod dates;
pub(super) mod descriptions;
pub(super) mod entities;
pub(super) mod graph_file;
pub(super) mod in_parts;
#[cfg(feature = "readers")]
pub(super) mod name_shelves;
pub(super) mod network;
pub(super) mod place;
pub(super) mod quotes;
