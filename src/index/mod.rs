//! Floor 3: one index, many lenses.
//!
//! ```text
//! pages ─▶ lexicon (distinct forms)  +  texts (streams of forms and gaps)
//!                     │                        │ counting sort
//!                     ▼                        ▼
//!               views (form → class)     postings (form → units, places)
//! ```
//!
//! Words are indexed once, as written. A page is one stream of tokens; an
//! article is a set of runs of that stream, so every scope counts the same
//! tokens. A *position* is the number of a token among all tokens of all
//! pages. Texts are not kept beside the streams: they are restored from them.

mod bag_view;
mod bits;
mod bytes;
mod chunks;
mod columns;
mod corpus_evidence;
mod corpus_facts;
mod documents;
mod file;
mod gap_class;
mod infix;
mod intake;
mod interpolative;
mod invert;
mod kept;
mod letters;
mod lexicon;
mod memory;
mod merge;
mod page_head;
mod page_parts;
mod parts;
mod passage;
mod placed;
mod posting_block;
mod postings;
mod postings_copy;
mod postings_writer;
mod room;
mod similar;
mod sorting;
mod store;
mod text_store;
mod tokens;
mod units;
mod views;
mod words;

pub use bag_view::BagView;
pub use columns::{Column, Columns, Values};
pub use corpus_evidence::CorpusEvidence;
pub use corpus_facts::CorpusFacts;
pub use documents::{DocumentId, Documents, Scope, rounded};
pub use file::{IndexFileError, MAGIC, SavedIndex, is_index_file};
pub use intake::{Intake, Origin};
pub use lexicon::{FormId, Lexicon};
pub use merge::{merge, without};
pub use page_head::{IndexedPage, PageHead};
pub use page_parts::PageParts;
pub use parts::PartKind;
#[cfg(feature = "readers")]
pub use parts::{IndexParts, unpacked, write_parts};
pub use passage::Passage;
pub use postings::{Posting, PostingList, PostingSizes, Postings};
pub use room::MemoryFull;
pub use similar::Similar;
pub use store::{ArticleRef, Field, Index, PageId, Run};
pub use units::{UnitKind, Units};
pub use views::Views;
