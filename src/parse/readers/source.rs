//! One source: a file, or a member of an archive, whose bytes come in pieces.

use super::context::{Context, problem, skip};
use super::document::Document;
use super::gzip::Gzip;
use super::inspect::inspect;
use super::json_list::JsonList;
use super::lines::Lines;
use super::plan::{PLAN_BYTES, Plan};
use super::table::Table;
use super::tar::Tar;
use super::text_stream::TextStream;
use super::transcode::Transcoder;
use super::zip::Zip;
use crate::parse::Encoding;
use crate::parse::format::{FileFormat, format_of};
use crate::parse::record::{CloseSource, ImportEvent, OpenSource, Problem, SourceKey};

/// Bytes that are gathered before it is said what a source is.
pub(super) const HEAD_BYTES: usize = 4_096;

/// What names a source in its events.
#[derive(Clone, Debug)]
pub(super) struct Identity {
    pub(super) key: SourceKey,
    /// Name of the file, or path inside the archive.
    pub(super) name: String,
    /// Name for its pages: with the archives around it.
    pub(super) page_name: String,
    pub(super) parent: Option<u32>,
    /// Archives around it.
    pub(super) depth: u64,
    /// Its size, as stated by whoever holds it; archives lie.
    pub(super) stated: Option<u64>,
}

/// A source being read.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) identity: Identity,
    /// Bytes so far.
    bytes: u64,
    state: State,
    encoding: Option<Encoding>,
    problem: Option<Problem>,
    is_closed: bool,
}

#[derive(Debug)]
enum State {
    /// Its first bytes, until it is known what it is.
    Head(Vec<u8>),
    /// One plain text.
    Text(Box<TextStream>),
    /// One HTML page.
    Document(Box<Document>),
    /// Records, whose encoding is one byte a letter or UTF-8.
    Records(Records),
    /// Records in UTF-16 and the like.
    Transcoded(Box<Transcoder>, Records),
    Zip(Box<Zip>),
    /// A ZIP archive inside another: its directory is at its end.
    NestedZip(Vec<u8>),
    Tar(Box<Tar>),
    Gzip(Box<Gzip>),
    /// Nothing more is to be had of it.
    Done,
}

/// Records with fields.
#[derive(Debug)]
pub(super) enum Records {
    Lines(Box<Lines>),
    List(Box<JsonList>),
    Table(Box<Table>),
}

impl Records {
    fn push(&mut self, bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        match self {
            Self::Lines(lines) => lines.push(bytes, context),
            Self::List(list) => list.push(bytes, context),
            Self::Table(table) => table.push(bytes, context),
        }
    }

    fn end(&mut self, context: &mut Context) -> Result<(), Problem> {
        match self {
            Self::Lines(lines) => lines.end(context),
            Self::List(list) => list.end(context),
            Self::Table(table) => table.end(context),
        }
    }
}

impl Source {
    /// Opens a source of which nothing is known yet; its event follows when its format is.
    pub(super) fn open(identity: Identity) -> Self {
        Self {
            identity,
            bytes: 0,
            state: State::Head(Vec::new()),
            encoding: None,
            problem: None,
            is_closed: false,
        }
    }

    /// Opens a member of an archive, with the next number; `name` may be anything.
    pub(super) fn member(
        of: &Identity,
        name: &str,
        stated: Option<u64>,
        context: &mut Context,
    ) -> Self {
        context.members += 1;
        let key = SourceKey {
            member: context.members,
            ..of.key
        };
        let mut source = Self::open(Identity {
            key,
            page_name: format!("{}/{name}", of.page_name),
            name: name.to_owned(),
            parent: Some(of.key.member),
            depth: of.depth + 1,
            stated,
        });
        if let Some(problem) = context.refuse_member(name) {
            source.fail(problem);
        }
        source
    }

    /// Takes the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8], context: &mut Context) {
        self.bytes += bytes.len() as u64;
        if self.problem.is_some() {
            return;
        }
        if let State::Head(head) = &mut self.state {
            head.extend_from_slice(bytes);
            let enough = if context.peek == Some(self.identity.key.member) {
                PLAN_BYTES
            } else {
                HEAD_BYTES
            };
            if head.len() >= enough {
                self.begin(context);
            }
            return;
        }
        self.feed(bytes, context);
    }

    fn feed(&mut self, bytes: &[u8], context: &mut Context) {
        let fed = match &mut self.state {
            State::Text(text) => text.push(bytes, context),
            State::Document(document) => document.push(bytes, context),
            State::Records(records) => records.push(bytes, context),
            State::Transcoded(transcoder, records) => {
                transcoder.push(bytes, |text| records.push(text, context))
            }
            State::Zip(zip) => {
                zip.give(bytes, context);
                Ok(())
            }
            State::NestedZip(gathered) => gather_zip(gathered, bytes, context),
            State::Tar(tar) => tar.push(bytes, context),
            State::Gzip(gzip) => gzip.push(bytes, context),
            State::Head(_) | State::Done => Ok(()),
        };
        if let Err(problem) = fed {
            self.fail(problem);
        }
    }

    /// Says what the source is and begins to read it.
    fn begin(&mut self, context: &mut Context) {
        let State::Head(head) = std::mem::replace(&mut self.state, State::Done) else {
            return;
        };
        let is_file = self.identity.key.member == 0;
        let chosen = context.file.format.filter(|_| is_file);
        let format = chosen.unwrap_or_else(|| format_of(&self.identity.name, &head));
        if context.peek == Some(self.identity.key.member) {
            let mut file = context.file.clone();
            file.format = Some(format);
            context.peeked = Some(inspect(&file, &head));
            self.fail(skip("cancelled", "it was only looked at"));
        }
        context.ready.push(ImportEvent::Open(OpenSource {
            key: self.identity.key,
            parent: self.identity.parent,
            name: self.identity.name.clone(),
            format,
        }));
        if self.problem.is_some() {
            return;
        }
        match self.state_for(format, &head, context) {
            Ok(state) => self.state = state,
            Err(problem) => {
                self.fail(problem);
                return;
            }
        }
        self.feed(&head, context);
    }

    fn state_for(
        &mut self,
        format: FileFormat,
        head: &[u8],
        context: &mut Context,
    ) -> Result<State, Problem> {
        let identity = self.identity.clone();
        let most = context.limits.archive_depth;
        if format.is_archive() && identity.depth >= most {
            let message = format!("archives are opened {most} deep; this one lies deeper");
            return Err(skip("nesting-too-deep", message));
        }
        Ok(match format {
            FileFormat::Text | FileFormat::Markdown | FileFormat::Unknown => {
                State::Text(Box::new(TextStream::new(identity)))
            }
            FileFormat::Html => State::Document(Box::new(Document::new(identity))),
            FileFormat::Json | FileFormat::Jsonl | FileFormat::Csv | FileFormat::Tsv => {
                if head.is_empty() {
                    return Err(problem("empty-file", "the file is empty (0 bytes)"));
                }
                let plan = Plan::new(format, head, &context.file);
                self.encoding = Some(plan.encoding);
                let transcoder = Transcoder::for_encoding(plan.encoding);
                let records = match format {
                    FileFormat::Json => Records::List(Box::new(JsonList::new(identity, plan))),
                    FileFormat::Jsonl => Records::Lines(Box::new(Lines::new(identity, plan))),
                    _ => Records::Table(Box::new(Table::new(identity, plan, context))),
                };
                match transcoder {
                    Some(transcoder) => State::Transcoded(Box::new(transcoder), records),
                    None => State::Records(records),
                }
            }
            FileFormat::Zip if identity.parent.is_none() => {
                let size = identity.stated.unwrap_or_default();
                State::Zip(Box::new(Zip::new(identity, size)))
            }
            FileFormat::Zip => State::NestedZip(Vec::new()),
            FileFormat::Tar => State::Tar(Box::new(Tar::new(identity))),
            FileFormat::Gzip => State::Gzip(Box::new(Gzip::new(&identity, context))),
            FileFormat::Index => {
                let message = "an index of kashshaf is opened by itself, not read as text: kashshaf \
                               search --index FILE, or drop it alone";
                return Err(skip("index-not-text", message));
            }
            FileFormat::Media => {
                let message = "pictures, sound, programs and the like hold no text to read";
                return Err(skip("no-text-format", message));
            }
            later => {
                let message = format!(
                    "a file of the format {}: it is not read yet; convert it to text, HTML or CSV first",
                    later.name().to_uppercase()
                );
                return Err(skip("format-not-read-yet", message));
            }
        })
    }

    /// Nothing more is read of it, for this reason; the first one counts.
    pub(super) fn fail(&mut self, problem: Problem) {
        self.problem.get_or_insert(problem);
    }

    /// Ends the source: what it still holds is told, and it closes.
    pub(super) fn end(&mut self, context: &mut Context) {
        if self.is_closed {
            return;
        }
        self.is_closed = true;
        if matches!(self.state, State::Head(_)) {
            self.begin(context);
        }
        let is_whole = self.problem.is_none();
        let ended = match std::mem::replace(&mut self.state, State::Done) {
            State::Text(text) if is_whole => text
                .end(context)
                .map(|encoding| self.encoding = Some(encoding)),
            State::Document(document) if is_whole => document
                .end(context)
                .map(|encoding| self.encoding = Some(encoding)),
            // What was cut off in the middle of a record is no record.
            State::Records(mut records) if is_whole => records.end(context),
            State::Transcoded(mut transcoder, mut records) if is_whole => transcoder
                .end(|text| records.push(text, context))
                .and_then(|()| records.end(context)),
            State::Zip(mut zip) => zip.end(context),
            State::NestedZip(gathered) if is_whole => {
                let mut zip = Zip::new(self.identity.clone(), gathered.len() as u64);
                zip.read_all(gathered, context);
                zip.end(context)
            }
            State::Tar(mut tar) => tar.end(context),
            State::Gzip(mut gzip) => gzip.end(context),
            _ => Ok(()),
        };
        if let Err(problem) = ended {
            self.fail(problem);
        }
        if self.identity.parent.is_none() {
            // Also where it was not read to its end, or out of order.
            self.bytes = self.identity.stated.unwrap_or(self.bytes);
        }
        context.ready.push(ImportEvent::Close(CloseSource {
            key: self.identity.key,
            bytes: self.bytes,
            encoding: self.encoding,
            problem: self.problem.take(),
        }));
    }

    /// What it wants out of order, if it is an archive with a directory.
    pub(super) fn zip(&self) -> Option<&Zip> {
        match &self.state {
            State::Zip(zip) => Some(zip),
            _ => None,
        }
    }

    /// Whether more may come out of it at once than goes in, or nobody knows yet.
    pub(super) fn is_packed(&self) -> bool {
        matches!(self.state, State::Head(_) | State::Gzip(_) | State::Tar(_))
    }

    /// Whether nothing more is to be had of it.
    pub(super) fn is_done(&self) -> bool {
        self.problem.is_some() || self.zip().is_some_and(|zip| zip.want().is_none())
    }

    /// Path of the member being read, inside its archives.
    pub(super) fn member_name(&self) -> Option<String> {
        let child = match &self.state {
            State::Zip(zip) => zip.child(),
            State::Tar(tar) => tar.child(),
            State::Gzip(gzip) => gzip.child(),
            _ => None,
        }?;
        let below = child.member_name();
        Some(below.unwrap_or_else(|| child.identity.page_name.clone()))
    }
}

fn gather_zip(gathered: &mut Vec<u8>, bytes: &[u8], context: &Context) -> Result<(), Problem> {
    let most = context.limits.nested_zip_bytes;
    if (gathered.len() + bytes.len()) as u64 > most {
        let message = format!(
            "a ZIP archive inside another may have {most} bytes, this one has more; unpack the outer one first"
        );
        gathered.clear();
        return Err(problem("nested-archive-too-large", message));
    }
    gathered.extend_from_slice(bytes);
    Ok(())
}
