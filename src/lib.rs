//! Kashshaf (كشّاف): an Arabic-first corpus explorer.
//!
//! The crate is a building; a floor uses only floors below it, and a test
//! enforces that. `ARCHITECTURE.md` shows the whole house.
//!
//! | floor | module | does |
//! |---|---|---|
//! | 0 | `sorting` | sorts that share their machine code |
//! | 0 | [`text`] | characters, folding, tokens, sentences, dates |
//! | 1 | [`parse`] | bytes → pages: encodings, anatomy, metadata |
//! | 2 | [`analysis`] | the fold ladder, one key a form and lens |
//! | 3 | [`index`] | lexicon, token streams, postings, lens views |
//! | 4 | [`search`] | queries, matches, ranking, snippets |
//! | 5a | [`entities`] | people, places, organisations |
//! | 6 | [`api`] | the explorer: typed requests and replies |
//! | 7 | `wasm`, `bin` | the border to JavaScript; the command line |
//!
//! ```
//! use kashshaf::api::{Explorer, FileOptions, SearchRequest};
//!
//! let mut explorer = Explorer::default();
//! let options = FileOptions { name: "خبر.txt".to_owned(), ..Default::default() };
//! explorer.add_file(&options, "قال الرئيس الروسى إن بلاده ترحب بالزيارة.".as_bytes());
//!
//! let request = SearchRequest { query: "الروسي".to_owned(), ..Default::default() };
//! let reply = explorer.search(&request).unwrap();
//! assert_eq!(reply.totals.hits, 1); // الروسى and الروسي meet when letters are folded
//! ```

mod sorting;

pub mod text;

pub mod parse;

pub mod analysis;

pub mod index;

pub mod search;

pub mod entities;

pub mod api;

#[cfg(target_arch = "wasm32")]
pub mod wasm;
