//! The reader: one file after the other, by slices.

use super::context::{Context, problem, skip};
use super::source::{Identity, Source};
use super::{ChosenFields, Inspected, Limits};
use crate::parse::Encoding;
use crate::parse::format::FileFormat;
use crate::parse::record::{ImportEvent, SourceKey};

/// Bytes asked for at a time.
pub const SLICE_BYTES: usize = 1 << 20;

/// Bytes asked for at a time of a packed file: several times as many come out
/// of them at once.
pub(super) const PACKED_SLICE_BYTES: usize = SLICE_BYTES / 8;

/// A file about to be read.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// A number that no other file of the import has.
    pub file: u32,
    /// Its name, or its path below what was chosen.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// What it is, if that is known better than its bytes and name tell.
    pub format: Option<FileFormat>,
    /// Its encoding, if that is known better than its bytes tell; in an archive
    /// it holds for every member.
    pub encoding: Option<Encoding>,
    /// Columns or keys for the fields of its records; the others are guessed.
    pub fields: ChosenFields,
}

impl SourceFile {
    /// A file about which nothing more is known.
    #[must_use]
    pub fn new(file: u32, name: &str, size: u64) -> Self {
        Self {
            file,
            name: name.to_owned(),
            size,
            format: None,
            encoding: None,
            fields: Vec::new(),
        }
    }
}

/// Reads one file after the other.
#[derive(Debug)]
pub struct Reader {
    limits: Limits,
    slice: usize,
    current: Option<Current>,
    ready: Vec<ImportEvent>,
    peeked: Option<Inspected>,
}

/// The file being read.
#[derive(Debug)]
struct Current {
    size: u64,
    /// Bytes handed over so far, from the start.
    at: u64,
    source: Source,
    context: Context,
}

/// How far the reader is in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Number of the file.
    pub file: u32,
    /// The member being read, by its path in the archive.
    pub member: Option<String>,
    /// Bytes of the file that were handed over.
    pub bytes_done: u64,
    /// Bytes of the file.
    pub bytes_total: u64,
    /// Members met so far.
    pub members: u32,
}

impl Default for Reader {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Reader {
    /// A reader with limits of its own.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self::with_slices(limits, SLICE_BYTES)
    }

    /// A reader that asks for at most so many bytes at a time, one at least and
    /// [`SLICE_BYTES`] at most. ZIP archives are read in slices of their own.
    #[must_use]
    pub fn with_slices(limits: Limits, slice: usize) -> Self {
        Self {
            limits,
            slice: slice.clamp(1, SLICE_BYTES),
            current: None,
            ready: Vec::new(),
            peeked: None,
        }
    }

    /// The limits.
    #[must_use]
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Begins a file. One that was not read to its end is closed as cancelled.
    pub fn begin(&mut self, file: SourceFile) {
        self.cancel();
        let key = SourceKey {
            file: file.file,
            member: 0,
        };
        let size = file.size;
        let source = Source::open(Identity {
            key,
            name: file.name.clone(),
            page_name: file.name.clone(),
            parent: None,
            depth: 0,
            stated: Some(size),
        });
        let context = Context::new(self.limits.clone(), file);
        self.current = Some(Current {
            size,
            at: 0,
            source,
            context,
        });
        self.settle();
    }

    /// Begins a file only to look at one of its members, by its number: nothing
    /// is wanted any more when [`Reader::peeked`] has something to tell, or the
    /// file has no such member.
    pub fn peek(&mut self, file: SourceFile, member: u32) {
        self.peeked = None;
        self.begin(file);
        if let Some(current) = &mut self.current {
            current.context.peek = Some(member);
        }
    }

    /// What the first bytes of the member that was looked for tell.
    pub fn peeked(&mut self) -> Option<Inspected> {
        self.peeked.take()
    }

    /// The bytes of the file that are wanted next, as offset and length; none
    /// when the file is done. They must be given before this is asked again.
    #[must_use]
    pub fn want(&self) -> Option<(u64, usize)> {
        let current = self.current.as_ref()?;
        if let Some(zip) = current.source.zip() {
            return zip.want();
        }
        let slice = if current.source.is_packed() {
            self.slice.min(PACKED_SLICE_BYTES)
        } else {
            self.slice
        };
        let length = (current.size - current.at).min(slice as u64);
        Some((current.at, usize::try_from(length).unwrap_or(slice)))
    }

    /// Takes the bytes that were wanted. Fewer than wanted say that the file
    /// ends there: it is closed as cut off.
    pub fn give(&mut self, bytes: &[u8]) {
        let wanted = self.want().map_or(0, |(_, length)| length);
        let Some(current) = &mut self.current else {
            return;
        };
        let bytes = bytes.get(..wanted).unwrap_or(bytes);
        current.at += bytes.len() as u64;
        current.context.packed += bytes.len() as u64;
        current.source.push(bytes, &mut current.context);
        if bytes.len() < wanted {
            let message = format!(
                "the file ends at byte {} although it was said to have {}; it may have been changed while \
                 it was read",
                current.at, current.size
            );
            current.source.fail(problem("file-changed", message));
            current.size = current.at;
            current.source.identity.stated = Some(current.at);
        }
        self.settle();
    }

    /// Gives up the file being read; what was found in it stays.
    pub fn cancel(&mut self) {
        if let Some(mut current) = self.current.take() {
            let message = "reading was stopped here; what was found before is kept";
            current.source.fail(skip("cancelled", message));
            current.source.end(&mut current.context);
            self.ready.append(&mut current.context.ready);
        }
    }

    /// The events that are ready, in order.
    pub fn events(&mut self) -> impl Iterator<Item = ImportEvent> + use<> {
        std::mem::take(&mut self.ready).into_iter()
    }

    /// How far the file being read is.
    #[must_use]
    pub fn progress(&self) -> Option<Progress> {
        let current = self.current.as_ref()?;
        Some(Progress {
            file: current.context.file.file,
            member: current.source.member_name(),
            bytes_done: current.at.min(current.size),
            bytes_total: current.size,
            members: current.context.members,
        })
    }

    /// Takes what is ready, and closes the file when it is done.
    fn settle(&mut self) {
        let Some(current) = &mut self.current else {
            return;
        };
        let is_out_of_order = current.source.zip().is_some();
        let is_done = current.source.is_done() || (current.at >= current.size && !is_out_of_order);
        if is_done {
            current.source.end(&mut current.context);
        }
        self.ready.append(&mut current.context.ready);
        if current.context.peek.is_some() {
            // Of the others nothing is told.
            self.ready.clear();
            self.peeked = current.context.peeked.take();
        }
        if is_done || self.peeked.is_some() {
            self.current = None;
        }
    }
}
