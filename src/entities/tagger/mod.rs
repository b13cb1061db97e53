//! The trained recogniser: a linear-chain CRF over the tokens of a sentence, read twice.
//!
//! ```text
//! form as written ──Word──▶ proclitics, key, stem ──lexicon──▶ signature
//!                 ──FormFeatures──▶ hashed features ──weights──▶ Form       once per distinct form
//! sentence of forms ──Model::read_sentence──▶ scores ──▶ opinions ──▶ Votes  first reading
//!                   ──Model::second_labels──▶ labels                        second reading, with the votes,
//!                                                                           as news or as an encyclopaedia
//! ```
//!
//! The model is a file of its own ([`Model::read`]): it is trained on share-alike
//! data and carries their licence; how to make it again is told in `training/README.md`.

mod chain;
pub mod features;
mod file;

pub mod hash;
pub mod label;
pub mod letters;
pub mod lexicon;
mod model;
mod reading;
pub mod tokens;
pub mod votes;
pub mod word;

pub use file::{MODEL_VERSION, ModelError, write};
pub use label::Label;
pub use model::{EncyclopaediaParts, Model, Parts, SecondReading, Transitions};
pub use reading::{FirstReading, Form, Sentence, Surroundings, leaning};
