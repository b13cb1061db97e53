//! The section of the import ledger: the lines that do not follow from a page.

use super::file_heads::FileHeads;
use crate::index::coding::bytes::Bytes;
use crate::index::intake::Sources;
use crate::index::pages::origins::Origins;
use crate::index::{Index, Intake, PageHead};
use crate::parse::format::FileFormat;
use crate::parse::frame::FrameError;
use crate::parse::ledger::LedgerLine;
use crate::parse::ledger_file;
use crate::sorting::Arrange;
use std::sync::Arc;

/// How the line of a source follows from its only page: what the page does not say of it.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct Told {
    /// What the source is.
    pub(super) format: FileFormat,
    /// The archive that holds it.
    pub(super) parent: Option<u32>,
}

impl Told {
    /// The line that follows from a page of so many words.
    fn line(self, page: &PageHead, words: u32) -> LedgerLine {
        let Self { format, parent } = self;
        let mut line = LedgerLine::opened(parent, page.name.to_string(), format);
        line.close(page.source_bytes() as u64, Some(page.encoding), None);
        line.take(&page.taken(words, None));
        line
    }
}

/// Writes the section; tells of each page whether its line follows from it.
pub(super) fn write(index: &Index, intake: &Intake) -> (Vec<u8>, Vec<Option<Told>>) {
    let (ledger, mut keys) = (intake.ledger(), Vec::new());
    let told = index.pages().iter().map(|page| {
        let origin = intake.origin(page.number)?;
        let line = ledger.line(origin.key)?;
        let told = Told {
            format: line.format,
            parent: line.parent,
        };
        let words = page.positions.end - page.positions.start;
        let follows = origin.ordinal == 0 && ledger.has(origin.key, told.line(&page.page, words));
        follows.then(|| {
            keys.push(origin.key);
            told
        })
    });
    let told = told.collect();
    keys.arrange();
    (ledger_file::write(ledger, &keys), told)
}

/// What a file says of sources, which is worked out when it is first asked for.
#[derive(Clone, Debug)]
pub(in crate::index) struct FileSources {
    pub(super) section: Bytes,
    pub(super) heads: Arc<FileHeads>,
    /// Where the pages come from, as the file has it.
    pub(in crate::index) origins: Origins,
    /// The file that they are to be members of: its number, name and bytes.
    pub(in crate::index) nested: Option<(u32, String, u64)>,
}

impl FileSources {
    /// The ledger with the lines that follow from pages, and the origins of these; where the lines make no sense, the
    /// pages do not either.
    pub(in crate::index) fn read(&self) -> Sources {
        let lines = self.heads.told().filter_map(|page| {
            let (head, words, told) = self.heads.line(page)?;
            Some((self.origins.get(page)?.key, told.line(head, words)))
        });
        let ledger = ledger_file::read(&self.section, lines);
        let mut sources = Sources {
            ledger: ledger.unwrap_or_else(|FrameError| self.heads.note_fault()),
            origins: self.origins.clone(),
        };
        if let Some((file, name, bytes)) = &self.nested {
            sources.nest(*file, name, *bytes);
        }
        sources
    }
}
