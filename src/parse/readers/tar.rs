//! TAR: ustar, GNU and pax archives, as they come (POSIX.1-2017, pax; GNU tar manual).

use super::context::{Context, harmless_path, problem, skip};
use super::source::{Identity, Source};
use super::tar_header::{Header, Kind, pax_values};
use crate::parse::record::Problem;

const BLOCK: usize = 512;
/// Long names and pax records are short; more is hostile.
const MOST_EXTRA_BYTES: u64 = 1 << 20;

/// A TAR archive being read.
#[derive(Debug)]
pub(super) struct Tar {
    identity: Identity,
    /// Bytes of an unfinished block.
    block: Vec<u8>,
    /// What the bytes after a header are.
    content: Content,
    /// Bytes of it that are still to come, and of the padding behind it.
    missing: u64,
    padding: u64,
    child: Option<Box<Source>>,
    long_name: Option<String>,
    long_size: Option<u64>,
    is_over: bool,
    headers: u64,
}

#[derive(Debug)]
enum Content {
    None,
    Member,
    /// A long name or pax records.
    Extra(Kind, Vec<u8>),
    Ignored,
}

impl Tar {
    pub(super) fn new(identity: Identity) -> Self {
        Self {
            identity,
            block: Vec::with_capacity(BLOCK),
            content: Content::None,
            missing: 0,
            padding: 0,
            child: None,
            long_name: None,
            long_size: None,
            is_over: false,
            headers: 0,
        }
    }

    pub(super) fn child(&self) -> Option<&Source> {
        self.child.as_deref()
    }

    pub(super) fn push(&mut self, mut bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        while !bytes.is_empty() && !self.is_over {
            if self.missing > 0 {
                let length = usize::try_from(self.missing).unwrap_or(usize::MAX);
                let (now, rest) = bytes.split_at(bytes.len().min(length));
                self.missing -= now.len() as u64;
                bytes = rest;
                match &mut self.content {
                    Content::Member => {
                        if let Some(child) = &mut self.child {
                            child.push(now, context);
                        }
                    }
                    Content::Extra(_, gathered) => gathered.extend_from_slice(now),
                    Content::None | Content::Ignored => {}
                }
                if self.missing == 0 {
                    self.close_content(context);
                }
                continue;
            }
            if self.padding > 0 {
                let length = usize::try_from(self.padding).unwrap_or(BLOCK);
                let (now, rest) = bytes.split_at(bytes.len().min(length));
                self.padding -= now.len() as u64;
                bytes = rest;
                continue;
            }
            let (now, rest) = bytes.split_at(bytes.len().min(BLOCK - self.block.len()));
            self.block.extend_from_slice(now);
            bytes = rest;
            if self.block.len() == BLOCK {
                let header = Header::read(&self.block);
                self.block.clear();
                self.take_header(header?, context)?;
            }
        }
        Ok(())
    }

    fn take_header(
        &mut self,
        header: Option<Header>,
        context: &mut Context,
    ) -> Result<(), Problem> {
        let Some(header) = header else {
            // A block of zeros ends the archive.
            self.is_over = true;
            return Ok(());
        };
        self.headers += 1;
        let is_extra = matches!(header.kind, Kind::LongName | Kind::Pax);
        let size = match self.long_size.filter(|_| !is_extra) {
            Some(size) => size,
            None => header.size,
        };
        let has_bytes = header.kind.has_bytes();
        self.missing = if has_bytes { size } else { 0 };
        self.padding = self.missing.wrapping_neg() % BLOCK as u64;
        if is_extra {
            if size > MOST_EXTRA_BYTES {
                return Err(problem(
                    "broken-archive",
                    "a name in the archive is too long",
                ));
            }
            self.content = Content::Extra(header.kind, Vec::new());
        } else {
            let name = self.long_name.take().unwrap_or(header.name);
            self.long_size = None;
            self.content = self.begin_member(header.kind, &name, size, context);
        }
        if self.missing == 0 {
            self.close_content(context);
        }
        Ok(())
    }

    fn begin_member(
        &mut self,
        kind: Kind,
        name: &str,
        size: u64,
        context: &mut Context,
    ) -> Content {
        // A folder is no member: its files are.
        let is_folder = kind == Kind::Folder || (kind == Kind::File && name.ends_with('/'));
        if is_folder || kind == Kind::Ignored {
            return Content::Ignored;
        }
        let name = harmless_path(name);
        let mut child = Source::member(&self.identity, &name, Some(size), context);
        if kind == Kind::Link {
            child.fail(skip(
                "link-in-archive",
                "a link or a device, not a file; links are not followed",
            ));
        }
        self.child = Some(Box::new(child));
        Content::Member
    }

    fn close_content(&mut self, context: &mut Context) {
        match std::mem::replace(&mut self.content, Content::None) {
            Content::Member => {
                if let Some(mut child) = self.child.take() {
                    child.end(context);
                }
            }
            Content::Extra(Kind::LongName, bytes) => {
                let end = memchr::memchr(0, &bytes).unwrap_or(bytes.len());
                let name = bytes.get(..end).unwrap_or_default();
                self.long_name = Some(super::text_of_name(name));
            }
            Content::Extra(_, bytes) => {
                let values = pax_values(&bytes);
                self.long_name = values.path.or(self.long_name.take());
                self.long_size = values.size.or(self.long_size);
            }
            Content::None | Content::Ignored => {}
        }
    }

    pub(super) fn end(&mut self, context: &mut Context) -> Result<(), Problem> {
        let is_cut = self.missing > 0 || !self.block.is_empty();
        let cut = problem("truncated", "the archive ends in the middle of its data");
        if let Some(mut child) = self.child.take() {
            child.fail(cut.clone());
            child.end(context);
        }
        if is_cut {
            return Err(cut);
        }
        if self.headers == 0 && context.members == 0 && self.identity.stated == Some(0) {
            return Err(problem("empty-file", "the archive is empty (0 bytes)"));
        }
        Ok(())
    }
}
