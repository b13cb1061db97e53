//! GZIP: one packed file, in one or several members that are read as one (RFC 1952).

use super::context::{Context, harmless_path, problem};
use super::inflate::Inflater;
use super::source::{Identity, Source};
use crate::parse::record::Problem;

/// The longest head that is waited for: names and comments are short.
const MOST_HEAD_BYTES: usize = 70_000;
const TAIL_BYTES: usize = 8;

/// A gzip file being read.
#[derive(Debug)]
pub(super) struct Gzip {
    child: Source,
    inflater: Inflater,
    step: Step,
    /// Bytes of an unfinished head or tail.
    pending: Vec<u8>,
    /// Members that were read to their end.
    members: u64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Step {
    Head,
    Body,
    Tail,
    /// What follows is no gzip member: padding.
    Over,
}

impl Gzip {
    pub(super) fn new(identity: &Identity, context: &mut Context) -> Self {
        let name = harmless_path(&inner_name(&identity.name));
        Self {
            child: Source::member(identity, &name, None, context),
            inflater: Inflater::new(),
            step: Step::Head,
            pending: Vec::new(),
            members: 0,
        }
    }

    pub(super) fn child(&self) -> Option<&Source> {
        Some(&self.child)
    }

    pub(super) fn push(&mut self, mut bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        while !bytes.is_empty() {
            match self.step {
                Step::Head => {
                    let before = self.pending.len();
                    self.pending.extend_from_slice(bytes);
                    let Some(used) = self.head()? else {
                        return Ok(());
                    };
                    self.pending.clear();
                    bytes = bytes.get(used - before..).unwrap_or_default();
                }
                Step::Body => {
                    let child = &mut self.child;
                    let pushed = self.inflater.push(bytes, context, |piece, context| {
                        child.push(piece, context);
                    });
                    let used = pushed.inspect_err(|problem| self.child.fail(problem.clone()))?;
                    bytes = bytes.get(used..).unwrap_or_default();
                    if self.inflater.is_done {
                        self.step = Step::Tail;
                    }
                }
                Step::Tail => {
                    let missing = TAIL_BYTES - self.pending.len();
                    let (now, rest) = bytes.split_at(bytes.len().min(missing));
                    self.pending.extend_from_slice(now);
                    bytes = rest;
                    if self.pending.len() == TAIL_BYTES {
                        self.tail()?;
                    }
                }
                Step::Over => {
                    if bytes.iter().any(|&byte| byte != 0) {
                        let message = "after the packed file stand bytes that belong to none";
                        return Err(problem("trailing-bytes", message));
                    }
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    /// Length of the head in `pending`, once it is whole.
    fn head(&mut self) -> Result<Option<usize>, Problem> {
        let bytes = self.pending.as_slice();
        let signature = bytes.get(..2.min(bytes.len())).unwrap_or_default();
        if !b"\x1F\x8B".starts_with(signature) {
            if self.members > 0 {
                self.step = Step::Over;
                return Ok(Some(0));
            }
            return Err(problem(
                "broken-archive",
                "the file does not begin as gzip does",
            ));
        }
        let (Some(&method), Some(&flags)) = (bytes.get(2), bytes.get(3)) else {
            return Ok(None);
        };
        if method != 8 {
            return Err(problem(
                "unsupported-compression",
                "gzip packs by deflate alone",
            ));
        }
        let mut at = 10;
        if flags & 4 != 0 {
            let Some(&[low, high]) = bytes.get(at..at + 2) else {
                return Ok(None);
            };
            at += 2 + usize::from(u16::from_le_bytes([low, high]));
        }
        for flag in [8, 16] {
            if flags & flag != 0 {
                let rest = bytes.get(at..).unwrap_or_default();
                let Some(end) = memchr::memchr(0, rest) else {
                    return if bytes.len() > MOST_HEAD_BYTES {
                        Err(problem(
                            "broken-archive",
                            "the head of the gzip file has no end",
                        ))
                    } else {
                        Ok(None)
                    };
                };
                at += end + 1;
            }
        }
        if flags & 2 != 0 {
            at += 2;
        }
        if bytes.len() < at {
            return Ok(None);
        }
        self.inflater.again();
        self.step = Step::Body;
        Ok(Some(at))
    }

    fn tail(&mut self) -> Result<(), Problem> {
        let pending = std::mem::take(&mut self.pending);
        let (checksum, length) = match pending.as_slice() {
            &[a, b, c, d, e, f, g, h] => (
                u32::from_le_bytes([a, b, c, d]),
                u32::from_le_bytes([e, f, g, h]),
            ),
            _ => (0, 0),
        };
        self.members += 1;
        self.step = Step::Head;
        if checksum != self.inflater.checksum() || length != self.inflater.unpacked as u32 {
            let wrong = problem(
                "checksum-mismatch",
                "the unpacked bytes are not those that were packed: the archive is damaged",
            );
            self.child.fail(wrong.clone());
            return Err(wrong);
        }
        Ok(())
    }

    pub(super) fn end(&mut self, context: &mut Context) -> Result<(), Problem> {
        let is_whole = match self.step {
            Step::Head => self.members > 0 && self.pending.is_empty(),
            Step::Body | Step::Tail => false,
            Step::Over => true,
        };
        let cut = problem("truncated", "the archive ends in the middle of its data");
        if !is_whole {
            self.child.fail(cut.clone());
        }
        self.child.end(context);
        if is_whole { Ok(()) } else { Err(cut) }
    }
}

/// Name of what is packed: without the ending that gzip adds.
fn inner_name(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    let lower = last.to_ascii_lowercase();
    let cut = |ending: &str| {
        let length = last.len() - ending.len();
        last.get(..length).filter(|stem| !stem.is_empty())
    };
    if lower.ends_with(".tgz") {
        cut(".tgz").map_or_else(|| last.to_owned(), |stem| format!("{stem}.tar"))
    } else if lower.ends_with(".gz") {
        cut(".gz").unwrap_or(last).to_owned()
    } else {
        format!("{last} (unpacked)")
    }
}
