//! One source: a file, or a member of an archive, whose bytes come in pieces.

use super::document::Document;
use super::{Limits, SourceFile};
use crate::parse::Encoding;
use crate::parse::format::{FileFormat, format_of};
use crate::parse::record::{CloseSource, ImportEvent, OpenSource, Problem, SourceKey};

/// Bytes that are gathered before it is said what a source is.
pub(super) const HEAD_BYTES: usize = 4_096;

/// What all the sources of one file share.
#[derive(Debug)]
pub(super) struct Context {
    pub(super) limits: Limits,
    pub(super) file: SourceFile,
    /// Events that are ready.
    pub(super) ready: Vec<ImportEvent>,
    /// Members met so far.
    pub(super) members: u32,
    /// Bytes of the file that were read.
    pub(super) packed: u64,
}

impl Context {
    pub(super) fn new(limits: Limits, file: SourceFile) -> Self {
        Self {
            limits,
            file,
            ready: Vec::new(),
            members: 0,
            packed: 0,
        }
    }
}

/// A source being read.
#[derive(Debug)]
pub(super) struct Source {
    key: SourceKey,
    name: String,
    /// Its size, as stated by whoever holds it.
    stated: Option<u64>,
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
    /// One text.
    Document(Document),
    /// Nothing more is to be had of it.
    Done,
}

impl Source {
    /// Opens a source; `depth` is the number of archives around it. Nothing is
    /// known of it yet; its event follows when its format is known.
    pub(super) fn open(
        key: SourceKey,
        parent: Option<u32>,
        name: String,
        stated: Option<u64>,
        depth: u64,
        context: &mut Context,
    ) -> Self {
        let _ = (parent, depth, &context);
        Self {
            key,
            name,
            stated,
            bytes: 0,
            state: State::Head(Vec::new()),
            encoding: None,
            problem: None,
            is_closed: false,
        }
    }

    /// Takes the next bytes.
    pub(super) fn push(&mut self, bytes: &[u8], context: &mut Context) {
        self.bytes += bytes.len() as u64;
        match &mut self.state {
            State::Head(head) => {
                head.extend_from_slice(bytes);
                if head.len() >= HEAD_BYTES {
                    self.begin(context);
                }
            }
            State::Document(document) => {
                if let Err(problem) = document.push(bytes, context) {
                    self.fail(problem);
                }
            }
            State::Done => {}
        }
    }

    /// Says what the source is and begins to read it.
    fn begin(&mut self, context: &mut Context) {
        let State::Head(head) = std::mem::replace(&mut self.state, State::Done) else {
            return;
        };
        let chosen = context.file.format.filter(|_| self.key.member == 0);
        let format = chosen.unwrap_or_else(|| format_of(&self.name, &head));
        context.ready.push(ImportEvent::Open(OpenSource {
            key: self.key,
            parent: None,
            name: self.name.clone(),
            format,
        }));
        self.state = match format {
            FileFormat::Text | FileFormat::Markdown | FileFormat::Unknown => {
                State::Document(Document::new(self.key, self.name.clone(), self.stated))
            }
            _ => {
                self.fail(Problem {
                    skipped: true,
                    code: "format-not-read-yet".to_owned(),
                    message: format!("a {} file; this format is not read yet", format.name()),
                });
                return;
            }
        };
        if let State::Document(document) = &mut self.state
            && let Err(problem) = document.push(&head, context)
        {
            self.fail(problem);
        }
    }

    /// Nothing more is read of it, for this reason.
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
        if let State::Document(document) = std::mem::replace(&mut self.state, State::Done)
            && self.problem.is_none()
        {
            match document.end(context) {
                Ok(encoding) => self.encoding = Some(encoding),
                Err(problem) => self.problem = Some(problem),
            }
        }
        context.ready.push(ImportEvent::Close(CloseSource {
            key: self.key,
            bytes: self.bytes,
            encoding: self.encoding,
            problem: self.problem.take(),
        }));
    }

    /// Whether nothing more is to be had of it.
    pub(super) fn is_done(&self) -> bool {
        false
    }

    /// Path of the member being read.
    pub(super) fn member_name(&self) -> Option<String> {
        None
    }
}
