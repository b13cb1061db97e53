//! Floor 3: one index, many lenses.
//!
//! ```text
//! pages ─▶ lexicon (distinct forms)  +  token stream (form ids, byte offsets)
//!                     │                        │ counting sort
//!                     ▼                        ▼
//!               lens views (form → class)   postings (form → positions)
//! ```
//!
//! Words are indexed once, as written. A page is one stream of tokens; an
//! article is a set of runs of that stream, so every scope counts the same
//! tokens. A *position* is the number of a token among all tokens of all
//! pages.

mod bag_view;
mod bits;
mod documents;
mod intake;
mod lens_view;
mod lexicon;
mod postings;
mod store;
mod tokens;

pub use bag_view::BagView;
pub use documents::{DocumentId, Documents, Scope};
pub use intake::Intake;
pub use lens_view::{ClassId, LensView};
pub use lexicon::{FormId, Lexicon};
pub use postings::Postings;
pub use store::{ArticleRef, Field, Index, IndexedPage, PageId, Run};
