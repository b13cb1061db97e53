//! Numbers and bytes in few bits: streams, codes, and memory that grows without being moved.

pub(super) mod ascending;
pub(super) mod bits;
pub(super) mod bytes;
pub(super) mod chunks;
pub(super) mod growth;
pub(super) mod interpolative;
