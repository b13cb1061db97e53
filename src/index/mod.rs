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

mod coding;
mod file;
mod intake;
mod lexicon;
mod memory;
mod merge;
mod pages;
mod parts;
mod postings;
mod room;
mod sorting;
mod store;
mod texts;
mod views;

pub use coding::bytes::Bytes;
pub use file::{ArrivingIndex, IndexFileError, MAGIC, SavedIndex, Share, is_index_file};
pub use intake::{Intake, Origin};
pub use lexicon::{FormId, Lexicon};
pub use merge::{merge, without};
pub use pages::columns::{Column, Columns, Values};
pub use pages::corpus_facts::CorpusFacts;
pub use pages::documents::{DocumentId, Documents, Scope, rounded};
pub(crate) use pages::documents::{length_code, length_of_code};
pub use pages::late_head::LateHead;
pub use pages::page_articles::PageArticles;
pub use pages::page_head::{IndexedPage, PageHead};
pub use pages::page_parts::PageParts;
pub use pages::units::{UnitKind, Units};
#[cfg(feature = "readers")]
pub use parts::{IndexParts, unpacked, write_parts, write_parts_naming, write_parts_with_names};
pub use parts::{NameShelves, PartKind};
pub(crate) use postings::bits::Bits;
pub(crate) use postings::dense::DenseCounts;
pub(crate) use postings::form_counts::{FormCount, FormCounts, OtherForms, SHOWN_FORMS, shown};
pub(crate) use postings::frequent::FrequentSet;
pub use postings::{Posting, PostingList, PostingSizes, Postings};
pub use room::MemoryFull;
pub use store::{ArticleRef, Field, Index, PageId, Run};
pub use texts::passage::Passage;
pub use views::Views;
pub use views::bag_view::BagView;
pub use views::corpus_evidence::CorpusEvidence;
pub use views::similar::Similar;
