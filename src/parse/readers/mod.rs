//! The readers: files and archives of every format → import events.
//!
//! They do no input themselves. The caller begins a file, hands over the bytes
//! that [`Reader::want`] asks for, and takes the [`ImportEvent`]s that are
//! ready, so that a browser and the command line share every line:
//!
//! ```
//! use kashshaf::parse::readers::{Reader, SourceFile};
//! let bytes = "خبر أول.".as_bytes();
//! let mut reader = Reader::default();
//! reader.begin(SourceFile::new(0, "a.txt", bytes.len() as u64));
//! while let Some((from, length)) = reader.want() {
//!     reader.give(&bytes[from as usize..][..length]);
//! }
//! assert_eq!(reader.events().count(), 3); // it opens, a text, it closes
//! ```
//!
//! Nothing here fails: what cannot be read becomes the reason with which its
//! source closes, and the sources beside it are read all the same.

mod context;
mod decoder;
mod document;
mod draft;
mod field_name_table;
mod fields;
mod forecast;
mod gzip;
mod html;
mod inflate;
mod inspect;
mod json_list;
mod json_record;
mod limits;
mod lines;
mod plan;
mod reader;
mod sample;
mod source;
mod table;
mod tar;
mod tar_header;
mod text_stream;
mod transcode;
mod zip;
mod zip_directory;

pub use fields::{ChosenFields, RecordField};
pub use forecast::{Forecast, ROOM_BYTES, Verdict, forecast};
pub use inspect::{Column, Inspected, inspect};
pub use limits::Limits;
pub use reader::{Progress, Reader, SLICE_BYTES, SourceFile};

/// Text of a name in an archive, which says nothing of its encoding.
fn text_of_name(name: &[u8]) -> String {
    match std::str::from_utf8(name) {
        Ok(text) => text.to_owned(),
        Err(_) => transcode::decode_lossily(name, super::detection::detect(name)),
    }
}
