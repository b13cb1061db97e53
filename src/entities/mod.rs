//! Floor 5a: people, places and organisations, by lexicon and cue words.
//!
//! A first, honest recogniser: it knows listed names, name words and about
//! three hundred cue words, and nothing else. It has not been trained; it reads
//! well-edited news best and misses what neither a list nor a cue gives away.
//!
//! ```text
//! distinct forms ──Recogniser::analyse_form──▶ FormTable      once per form
//! tokens of a page ──find_names──▶ raw mentions   lexicon and cues
//!                  ──learn──▶ names to look for   full names of the corpus
//! tokens again ──find_bare──▶ bare mentions       بوتين → فلاديمير بوتين
//!                  ──finish──▶ EntityLayer        spans, entities, evidence
//! ```
//!
//! | decision | rule |
//! |---|---|
//! | span | the name as written, without attached proclitics (و ف ب ل ك, and the ل of لل); the longest match wins; titles and demonym adjectives stay outside |
//! | person | a listed name; name words after a title or a verb of saying; two name words in a row |
//! | place | a listed name; a proper word after مدينة, بلدة …; with its head noun after قاعدة, مطار … |
//! | organisation | a listed name; head noun with what it governs (وزارة الخارجية); only the inside of the quotes in وكالة «تاس» |
//! | same person | equal [variant keys](variant_key::variant_key) of the full names |
//! | name in Latin letters | one that a list, a known Arabic name's sound or a gloss answers for |
//! | bare name | its article's only person of that name, else its page's, else the corpus's; several: it stays its own entity |
//!
//! What does not happen here: no training, no decision a
//! reader cannot check: every mention carries its [`Evidence`] and cue word.
//! Sources and licences of the tables: `tables/README.md`, `NOTICE`.

pub mod aliases;
mod annotations;
pub mod annotator;
mod bare;
mod builder;
mod class;
mod corpus;
pub mod dates;
mod entity;
mod form;
mod form_table;
mod gap;
mod latin;
mod layer;
mod lexicon;
mod link;
pub mod name_parts;
mod organisation;
mod page;
mod person;
mod place;
pub mod quotes;
mod recogniser;
pub mod tagger;
mod trained;
pub mod variant_key;

pub use annotations::PageAnnotations;
pub use corpus::annotate_index;
pub use entity::{Entity, EntityId, EntityType, Evidence, Mention};
pub use form::{FormFacts, Reading};
pub use form_table::FormTable;
pub use latin::sounds_alike;
pub use layer::{DocumentOf, EntityLayer, EntitySummary, Stated};
pub use page::TokenText;
pub use recogniser::Recogniser;
