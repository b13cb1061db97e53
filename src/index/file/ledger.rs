//! The section of the import ledger: the lines that do not follow from a page.

use crate::index::pages::origins::Origins;
use crate::index::{Index, IndexedPage, Intake};
use crate::parse::format::FileFormat;
use crate::parse::frame::FrameError;
use crate::parse::ledger::{Ledger, LedgerLine};
use crate::parse::ledger_file;
use crate::sorting::Arrange;

/// How the line of a source follows from its only page: what the page does not say of it.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct Told {
    /// What the source is.
    pub(super) format: FileFormat,
    /// The archive that holds it.
    pub(super) parent: Option<u32>,
}

impl Told {
    /// The line that follows from a page.
    fn line(self, page: &IndexedPage) -> LedgerLine {
        let Self { format, parent } = self;
        let mut line = LedgerLine::opened(parent, page.page.name.to_string(), format);
        line.close(
            page.page.source_bytes() as u64,
            Some(page.page.encoding),
            None,
        );
        line.take(&page.taken(None));
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
        let follows = origin.ordinal == 0 && ledger.has(origin.key, told.line(page));
        follows.then(|| {
            keys.push(origin.key);
            told
        })
    });
    let told = told.collect();
    keys.arrange();
    (ledger_file::write(ledger, &keys), told)
}

/// Reads the section, with the lines that follow from pages.
pub(super) fn read(
    bytes: &[u8],
    index: &Index,
    origins: &Origins,
    told: &[Option<Told>],
) -> Result<Ledger, FrameError> {
    let pages = index.pages().iter().zip(told);
    let lines = pages.filter_map(|(page, told)| {
        let line = (*told)?.line(page);
        Some((origins.get(page.number.0)?.key, line))
    });
    ledger_file::read(bytes, lines)
}
