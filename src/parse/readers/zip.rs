//! ZIP: members by the central directory, wherever it points (APPNOTE 6.3.10).
//!
//! The archive is read out of order: first its end, then its directory, then
//! the members in the order in which they lie. A window of one slice is kept,
//! so that many small members cost one request. Local headers are believed in
//! nothing but their length: all else is taken from the directory.

use super::context::{Context, problem};
use super::inflate::Inflater;
use super::reader::PACKED_SLICE_BYTES;
use super::source::{Identity, Source};
use super::zip_directory::{Directory, END_BYTES, Entry, LOCAL_HEADER, find_end};
use crate::parse::record::Problem;

/// A ZIP archive being read.
#[derive(Debug)]
pub(super) struct Zip {
    identity: Identity,
    size: u64,
    window: Vec<u8>,
    window_from: u64,
    want: Option<(u64, usize)>,
    step: Step,
    directory: Directory,
    /// Place of the next member in the directory.
    next: usize,
    problem: Option<Problem>,
}

#[derive(Debug)]
enum Step {
    End,
    Directory,
    Header,
    Data(Box<Member>),
    Over,
}

#[derive(Debug)]
struct Member {
    source: Source,
    entry: Entry,
    at: u64,
    end: u64,
    inflater: Option<Inflater>,
    checksum: crc32fast::Hasher,
    unpacked: u64,
}

impl Zip {
    /// An archive of `size` bytes. It wants its end first.
    pub(super) fn new(identity: Identity, size: u64) -> Self {
        let tail = size.min(END_BYTES);
        Self {
            identity,
            size,
            window: Vec::new(),
            window_from: 0,
            want: Some((size - tail, tail as usize)),
            step: Step::End,
            directory: Directory::default(),
            next: 0,
            problem: None,
        }
    }

    /// The bytes that are wanted next.
    pub(super) fn want(&self) -> Option<(u64, usize)> {
        self.want
    }

    pub(super) fn child(&self) -> Option<&Source> {
        match &self.step {
            Step::Data(member) => Some(&member.source),
            _ => None,
        }
    }

    /// Takes the bytes that were wanted.
    pub(super) fn give(&mut self, bytes: &[u8], context: &mut Context) {
        // The first bytes of the file come unasked: they showed that it is one.
        let Some((from, length)) = self.want else {
            return;
        };
        if bytes.len() != length {
            return;
        }
        self.window.clear();
        self.window.extend_from_slice(bytes);
        self.window_from = from;
        self.advance(context);
    }

    /// Takes the whole archive at once.
    pub(super) fn read_all(&mut self, bytes: Vec<u8>, context: &mut Context) {
        self.window = bytes;
        self.window_from = 0;
        self.advance(context);
    }

    /// Goes on until bytes are wanted that the window does not hold.
    fn advance(&mut self, context: &mut Context) {
        self.want = None;
        while self.want.is_none() {
            let went = match std::mem::replace(&mut self.step, Step::Over) {
                Step::End => self.read_end(),
                Step::Directory => self.read_directory(context),
                Step::Header => self.read_header(context),
                Step::Data(member) => {
                    self.read_data(member, context);
                    Ok(())
                }
                Step::Over => return,
            };
            if let Err(problem) = went {
                self.problem = Some(problem);
                self.step = Step::Over;
                return;
            }
        }
    }

    /// The `length` bytes at `from`, if the window holds them; else they are wanted.
    fn need(&mut self, from: u64, length: u64) -> Result<Option<&[u8]>, Problem> {
        let end = from.checked_add(length).filter(|&end| end <= self.size);
        let Some(end) = end else {
            return Err(problem(
                "broken-archive",
                "the ZIP archive points outside of itself: it is damaged or cut off",
            ));
        };
        let window_end = self.window_from + self.window.len() as u64;
        if from >= self.window_from && end <= window_end {
            let start = (from - self.window_from) as usize;
            return Ok(self.window.get(start..start + length as usize));
        }
        let most = (self.size - from).min(PACKED_SLICE_BYTES as u64);
        self.want = Some((from, length.max(most) as usize));
        Ok(None)
    }

    fn read_end(&mut self) -> Result<(), Problem> {
        let tail = self.size.min(END_BYTES);
        let (size, from) = (self.size, self.size - tail);
        let Some(bytes) = self.need(from, tail)? else {
            self.step = Step::End;
            return Ok(());
        };
        self.directory = find_end(bytes, from, size)?;
        self.step = Step::Directory;
        Ok(())
    }

    fn read_directory(&mut self, context: &mut Context) -> Result<(), Problem> {
        let (from, left) = self.directory.rest();
        if left == 0 {
            self.directory.finish(context)?;
            self.step = Step::Header;
            return Ok(());
        }
        let length = left.min(PACKED_SLICE_BYTES as u64);
        let Some(bytes) = self.need(from, length)? else {
            self.step = Step::Directory;
            return Ok(());
        };
        // What is read of the directory is copied once: entries, not bytes, are kept.
        let bytes = bytes.to_vec();
        self.directory.read(&bytes, context)?;
        self.step = Step::Directory;
        Ok(())
    }

    fn read_header(&mut self, context: &mut Context) -> Result<(), Problem> {
        let Some(entry) = self.directory.entries.get(self.next) else {
            self.step = Step::Over;
            return Ok(());
        };
        let (offset, entry) = (entry.offset, entry.clone());
        let header = match self.need(offset, LOCAL_HEADER) {
            Ok(None) => {
                self.step = Step::Header;
                return Ok(());
            }
            Ok(Some(header)) => local_length(header),
            Err(problem) => Err(problem),
        };
        self.next += 1;
        self.step = Step::Header;
        let mut source = Source::member(&self.identity, &entry.name, Some(entry.unpacked), context);
        let end = header.and_then(|length| {
            entry.refuse()?;
            let at = offset + length;
            let end = at.checked_add(entry.packed).filter(|&end| end <= self.size);
            end.map(|end| (at, end))
                .ok_or_else(|| problem("truncated", "the data of the member are cut off"))
        });
        match end {
            Err(problem) => {
                source.fail(problem);
                source.end(context);
            }
            Ok((at, end)) => {
                let inflater = (entry.method == 8).then(Inflater::new);
                self.step = Step::Data(Box::new(Member {
                    source,
                    entry,
                    at,
                    end,
                    inflater,
                    checksum: crc32fast::Hasher::new(),
                    unpacked: 0,
                }));
            }
        }
        Ok(())
    }

    fn read_data(&mut self, mut member: Box<Member>, context: &mut Context) {
        while member.at < member.end && !member.is_done() && !context.is_stopped() {
            let window_end = self.window_from + self.window.len() as u64;
            if member.at < self.window_from || member.at >= window_end {
                let left = (member.end - member.at).min(PACKED_SLICE_BYTES as u64);
                // A member that is nearly done takes what lies behind it along.
                let length = (self.size - member.at)
                    .min(PACKED_SLICE_BYTES as u64)
                    .max(left);
                self.want = Some((member.at, length as usize));
                self.step = Step::Data(member);
                return;
            }
            let start = (member.at - self.window_from) as usize;
            let end = (member.end.min(window_end) - self.window_from) as usize;
            let bytes = self.window.get(start..end).unwrap_or_default();
            member.at += bytes.len() as u64;
            member.push(bytes, context);
        }
        member.close(context);
        self.step = Step::Header;
    }

    pub(super) fn end(&mut self, context: &mut Context) -> Result<(), Problem> {
        if let Step::Data(mut member) = std::mem::replace(&mut self.step, Step::Over) {
            member
                .source
                .fail(problem("cancelled", "reading was stopped here"));
            member.source.end(context);
        }
        match self.problem.take() {
            Some(problem) => Err(problem),
            None if self.want.take().is_some() => Err(problem(
                "truncated",
                "the archive could not be read to its end",
            )),
            None => Ok(()),
        }
    }
}

/// Length of a local header with its name and its extra field.
fn local_length(header: &[u8]) -> Result<u64, Problem> {
    match header {
        [b'P', b'K', 3, 4, .., a, b, c, d] => {
            let name = u64::from(u16::from_le_bytes([*a, *b]));
            Ok(LOCAL_HEADER + name + u64::from(u16::from_le_bytes([*c, *d])))
        }
        _ => Err(problem(
            "broken-archive",
            "the directory of the archive points to no member",
        )),
    }
}

impl Member {
    fn is_done(&self) -> bool {
        self.inflater
            .as_ref()
            .is_some_and(|inflater| inflater.is_done)
    }

    fn push(&mut self, bytes: &[u8], context: &mut Context) {
        let source = &mut self.source;
        match &mut self.inflater {
            Some(inflater) => {
                let most = self.entry.unpacked;
                let pushed = inflater.push(bytes, context, |piece, context| {
                    source.push(piece, context);
                });
                let too_long = inflater.unpacked > most;
                if let Err(problem) = pushed {
                    source.fail(problem);
                    self.at = self.end;
                } else if too_long {
                    source.fail(size_mismatch(most));
                    self.at = self.end;
                }
            }
            None => {
                match context.unpack(bytes.len()) {
                    Ok(()) => source.push(bytes, context),
                    Err(problem) => source.fail(problem),
                }
                self.checksum.update(bytes);
                self.unpacked += bytes.len() as u64;
            }
        }
    }

    fn close(&mut self, context: &mut Context) {
        let (unpacked, checksum, is_whole) = match &self.inflater {
            Some(inflater) => (inflater.unpacked, inflater.checksum(), inflater.is_done),
            None => (self.unpacked, self.checksum.clone().finalize(), true),
        };
        if !is_whole {
            let message = "the packed data of the member end too early";
            self.source.fail(problem("truncated", message));
        } else if unpacked != self.entry.unpacked {
            self.source.fail(size_mismatch(self.entry.unpacked));
        } else if checksum != self.entry.checksum {
            let message =
                "the unpacked bytes are not those that were packed: the archive is damaged";
            self.source.fail(problem("checksum-mismatch", message));
        }
        self.source.end(context);
    }
}

fn size_mismatch(stated: u64) -> Problem {
    let message = format!("the archive states {stated} bytes for the member, but it has others");
    problem("size-mismatch", message)
}
