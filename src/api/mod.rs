//! Floor 6: one [`Explorer`] with typed requests, typed replies and errors with stable codes.
//!
//! Plain Rust in, serde replies out; no JavaScript types, so all of it is
//! tested natively. UTF-16 offsets are made here and nowhere below. The shapes
//! are those of `src/wasm/types.d.ts`, which JavaScript reads.

mod aliases;
mod also;
mod annotation;
mod around;
mod beside;
mod caches;
mod dates;
mod descriptions;
mod entities;
mod error;
mod explain;
mod explorer;
mod export;
mod facets;
mod graph_file;
mod import;
mod ledger_order;
mod names;
mod network;
mod overview;
mod page;
mod parts;
mod place;
mod quotes;
#[cfg(feature = "readers")]
mod reader;
mod reasons;
mod removal;
mod reply;
mod request;
mod saved;
mod search;
mod segments;
mod suggest;

pub use error::{Error, ErrorData};
pub use explorer::Explorer;
pub use export::{ExportFormat, export_document, export_head};
pub use import::{ledger_file, sniff};
#[cfg(feature = "readers")]
pub use reader::{BeginRequest, ForecastRequest, InspectRequest, Reader, ReaderRequest};
pub use reply::*;
pub use request::{
    AbandonRequest, AliasesRequest, ConflictsRequest, DatesRequest, DecideRequest, EntitiesRequest,
    EntityRequest, ExplainRequest, Field, FileOptions, LedgerRequest, NetworkRequest,
    OverviewRequest, PageRequest, QuotesRequest, RemoveRequest, Request, SearchRequest,
    SuggestRequest,
};
