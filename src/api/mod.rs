//! Floor 6: one [`Explorer`] with typed requests, typed replies and errors with stable codes.
//!
//! Plain Rust in, serde replies out; no JavaScript types, so all of it is
//! tested natively. UTF-16 offsets are made here and nowhere below. The shapes
//! are those of `src/wasm/types.d.ts`, which JavaScript reads.

mod caches;
mod corpus;
mod csv;
mod error;
mod explorer;
mod naming;
mod reply;
mod request;
mod searching;

pub use corpus::import::sniff;
pub use corpus::ledger_file::ledger_file;
#[cfg(feature = "readers")]
pub use corpus::reader::{BeginRequest, ForecastRequest, InspectRequest, Reader, ReaderRequest};
pub use error::{Error, ErrorData};
pub use explorer::Explorer;
#[cfg(feature = "readers")]
pub use naming::name_shelves::name_shelves;
pub(crate) use reply::json_text;
pub use reply::*;
pub use request::{
    AbandonRequest, AliasesRequest, ConflictsRequest, DatesRequest, DecideRequest, EntitiesRequest,
    EntityRequest, ExplainRequest, Field, FileOptions, LedgerRequest, NetworkRequest,
    OverviewRequest, PageRequest, QuotesRequest, RemoveRequest, Request, SearchRequest,
    SuggestRequest,
};
pub use searching::export::{ExportFormat, export_document, export_head};
