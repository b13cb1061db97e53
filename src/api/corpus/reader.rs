//! The readers as callers see them: typed requests, a stream of frames.

use crate::api::request::{file_number, request, size};
use crate::api::{
    ColumnReply, Error, ForecastReply, InspectReply, LimitReply, ProgressReply, WantReply,
};
use crate::parse::Encoding;
use crate::parse::format::FileFormat;
use crate::parse::frame::write_frame;
use crate::parse::readers::{
    ChosenFields, Inspected, Limits, Reader as Files, RecordField, SourceFile, forecast, inspect,
};
use std::collections::VecDeque;

/// A text from this size on, in bytes, leaves as a piece of its own.
const OWN_PIECE_BYTES: usize = 128 << 10;
/// A piece ends at about this size, in bytes.
const PIECE_BYTES: usize = 256 << 10;

request! {
    /// Settings of a reader.
    ReaderRequest {
        /// Limits that differ from the stated ones: name and value.
        limits / "limits": Option<Vec<(String, f64)>>,
    }
}

request! {
    /// Begins a file.
    BeginRequest {
        /// A number that no other file of the import has.
        file / "file": Option<f64>,
        /// Its name, or its path below what was chosen.
        name / "name": String,
        /// Its size in bytes.
        size / "size": Option<f64>,
        /// What it is, if that is known better than its bytes and name tell.
        format / "format": Option<String>,
        /// Its encoding, by a name of the Encoding Standard.
        encoding / "encoding": Option<String>,
        /// Field of a record → its columns or keys.
        fields / "fields": Option<Vec<(String, Vec<String>)>>,
    }
}

request! {
    /// Asks what a file holds, by its first bytes.
    InspectRequest {
        /// Its name.
        name / "name": String,
        /// As in [`BeginRequest`].
        format / "format": Option<String>,
        /// As in [`BeginRequest`].
        encoding / "encoding": Option<String>,
        /// As in [`BeginRequest`].
        fields / "fields": Option<Vec<(String, Vec<String>)>>,
    }
}

request! {
    /// Asks how much memory an import will take.
    ForecastRequest {
        /// Format → bytes of the files to be added.
        files / "files": Option<Vec<(String, f64)>>,
        /// Bytes of text that are in the corpus already.
        present / "present": Option<f64>,
    }
}

/// Reads files and archives and writes what it finds as a stream of frames.
#[derive(Debug, Default)]
pub struct Reader {
    files: Files,
    pieces: VecDeque<Vec<u8>>,
}

impl Reader {
    /// A reader.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a limit that there is not.
    pub fn new(request: &ReaderRequest) -> Result<Self, Error> {
        let mut limits = Limits::default();
        for (name, value) in request.limits.iter().flatten() {
            let value = size("limits", Some(*value))?;
            if !limits.set(name, value) {
                return Err(unknown("limits", name, limits.rows().map(|row| row.0)));
            }
        }
        Ok(Self {
            files: Files::new(limits),
            pieces: VecDeque::new(),
        })
    }

    /// The limits, to be stated before they are hit.
    #[must_use]
    pub fn limits(&self) -> Vec<LimitReply> {
        let rows = self.files.limits().rows().into_iter();
        rows.map(|(name, value, unit)| LimitReply { name, value, unit })
            .collect()
    }

    /// Begins a file.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a format, an encoding or a field that there is not.
    pub fn begin(&mut self, request: &BeginRequest) -> Result<(), Error> {
        self.files.begin(source_file(request)?);
        self.gather();
        Ok(())
    }

    /// Begins a file only to look at the member of that number.
    ///
    /// # Errors
    /// As for [`Reader::begin`].
    pub fn peek(&mut self, request: &BeginRequest, member: u32) -> Result<(), Error> {
        self.files.peek(source_file(request)?, member);
        Ok(())
    }

    /// What the member holds, once that is known; nothing more is wanted then.
    pub fn peeked(&mut self) -> Option<InspectReply> {
        self.files.peeked().map(inspect_reply)
    }

    /// The bytes of the file that are wanted next; none when it is done.
    #[must_use]
    pub fn want(&self) -> Option<WantReply> {
        let (from, length) = self.files.want()?;
        Some(WantReply { from, length })
    }

    /// Takes the bytes that were wanted.
    pub fn give(&mut self, bytes: &[u8]) {
        self.files.give(bytes);
        self.gather();
    }

    /// Gives up the file being read; what was found in it stays.
    pub fn cancel(&mut self) {
        self.files.cancel();
        self.gather();
    }

    /// The next piece of the stream, for [`Explorer::add_records`](crate::api::Explorer::add_records).
    pub fn take(&mut self) -> Option<Vec<u8>> {
        self.pieces.pop_front()
    }

    /// How far the file being read is.
    #[must_use]
    pub fn progress(&self) -> Option<ProgressReply> {
        let progress = self.files.progress()?;
        Some(ProgressReply {
            file: progress.file,
            member: progress.member,
            bytes_done: progress.bytes_done,
            bytes_total: progress.bytes_total,
            members: progress.members,
        })
    }

    /// What a file holds, by its first bytes; 64 kB of them are enough.
    ///
    /// # Errors
    /// [`Error::BadRequest`] as for [`Reader::begin`].
    pub fn inspect(request: &InspectRequest, head: &[u8]) -> Result<InspectReply, Error> {
        let mut source = SourceFile::new(0, &request.name, head.len() as u64);
        source.format = format(request.format.as_deref())?;
        source.encoding = encoding(request.encoding.as_deref())?;
        source.fields = fields(request.fields.as_deref())?;
        Ok(inspect_reply(inspect(&source, head)))
    }

    /// How much memory an import will take.
    ///
    /// # Errors
    /// [`Error::BadRequest`] for a format that there is not.
    pub fn forecast(request: &ForecastRequest) -> Result<ForecastReply, Error> {
        let mut files = Vec::new();
        for (name, bytes) in request.files.iter().flatten() {
            let format = format(Some(name))?.unwrap_or(FileFormat::Unknown);
            files.push((format, size("files", Some(*bytes))?));
        }
        let found = forecast(&files, size("present", request.present)?);
        Ok(ForecastReply {
            text_bytes: found.text_bytes,
            index_bytes: found.index_bytes,
            peak_bytes: found.peak_bytes,
            room_bytes: found.room_bytes,
            verdict: found.verdict.name(),
        })
    }

    /// Writes what is ready into pieces.
    fn gather(&mut self) {
        for event in self.files.events() {
            if self
                .pieces
                .back()
                .is_none_or(|piece| piece.len() >= PIECE_BYTES)
            {
                self.pieces.push_back(Vec::new());
            }
            let own = self
                .pieces
                .back_mut()
                .and_then(|piece| write_frame(event, OWN_PIECE_BYTES, piece));
            if let Some(own) = own {
                self.pieces.push_back(own);
                self.pieces.push_back(Vec::new());
            }
        }
        if self.pieces.back().is_some_and(Vec::is_empty) {
            self.pieces.pop_back();
        }
    }
}

fn source_file(request: &BeginRequest) -> Result<SourceFile, Error> {
    let file = file_number("file", request.file)?.unwrap_or_default();
    let mut source = SourceFile::new(file, &request.name, size("size", request.size)?);
    source.format = format(request.format.as_deref())?;
    source.encoding = encoding(request.encoding.as_deref())?;
    source.fields = fields(request.fields.as_deref())?;
    Ok(source)
}

fn inspect_reply(found: Inspected) -> InspectReply {
    InspectReply {
        format: found.format.name(),
        encoding: found.encoding.name(),
        encoding_confidence: found.encoding_confidence,
        columns: found
            .columns
            .into_iter()
            .map(|column| ColumnReply {
                name: column.name,
                field: column.field.map(RecordField::name),
                named: column.named,
                filled: column.filled,
            })
            .collect(),
        beginning: found.beginning,
        rows: found.rows,
    }
}

fn unknown<'a>(field: &str, found: &str, allowed: impl IntoIterator<Item = &'a str>) -> Error {
    let allowed: Vec<&str> = allowed.into_iter().collect();
    Error::BadRequest {
        field: field.to_owned(),
        found: found.to_owned(),
        allowed: allowed.join(", "),
    }
}

fn format(name: Option<&str>) -> Result<Option<FileFormat>, Error> {
    let Some(name) = name else { return Ok(None) };
    match FileFormat::from_name(name) {
        Some(format) => Ok(Some(format)),
        None => Err(unknown(
            "format",
            name,
            FileFormat::ALL.map(FileFormat::name),
        )),
    }
}

fn encoding(name: Option<&str>) -> Result<Option<Encoding>, Error> {
    let Some(name) = name else { return Ok(None) };
    let allowed = "utf-8, utf-16le, utf-16be, windows-1256, iso-8859-6 and the other names of the \
                   Encoding Standard";
    match Encoding::from_name(name) {
        Some(encoding) => Ok(Some(encoding)),
        None => Err(unknown("encoding", name, [allowed])),
    }
}

fn fields(pairs: Option<&[(String, Vec<String>)]>) -> Result<ChosenFields, Error> {
    let read = |(name, columns): &(String, Vec<String>)| {
        let field = RecordField::from_name(name)
            .ok_or_else(|| unknown("fields", name, RecordField::ALL.map(RecordField::name)))?;
        Ok((field, columns.clone()))
    };
    pairs.unwrap_or_default().iter().map(read).collect()
}
