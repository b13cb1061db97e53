//! Reads files given as bytes into an index.

use kashshaf::index::{Index, Intake};
use kashshaf::parse::Page;
use kashshaf::parse::anatomy::Rules;
use kashshaf::parse::frame::{FrameReader, write_frame};
use kashshaf::parse::ledger::{Ledger, LedgerStatus, Taken};
use kashshaf::parse::pieces::Joiner;
use kashshaf::parse::readers::{Limits, Reader, SourceFile};
use kashshaf::parse::record::ImportEvent;

/// What came of an import.
#[derive(Default)]
pub(super) struct Imported {
    pub(super) reader: Reader,
    frames: FrameReader,
    pieces: Joiner,
    index: Index,
    intake: Intake,
    /// The pages that were added.
    pages: Vec<Page>,
    input_bytes: u64,
    files: u64,
}

impl Imported {
    pub(super) fn begin(&mut self, file: SourceFile) {
        self.input_bytes += file.size;
        self.files += 1;
        self.reader.begin(file);
    }

    /// Takes what is ready, over the bytes of frames, cut into small pieces.
    pub(super) fn take_events(&mut self) {
        let events: Vec<ImportEvent> = self.reader.events().collect();
        for event in events {
            let mut stream = Vec::new();
            if let Some(text) = write_frame(event.clone(), 64, &mut stream) {
                stream.extend(text);
            }
            let mut read = Vec::new();
            for piece in stream.chunks(37) {
                self.frames
                    .read(piece, |event| read.push(event))
                    .expect("frames are read as written");
            }
            assert_eq!(read, std::slice::from_ref(&event));
            let Some(event) = self.pieces.join(event) else {
                continue;
            };
            let page = match &event {
                ImportEvent::Text(record) => Some(record.clone().into_page(Rules::bundled())),
                _ => None,
            };
            let taken = self.intake.take(&mut self.index, event);
            if matches!(taken, Some(Taken::Added { .. })) {
                self.pages.extend(page);
            }
        }
    }

    pub(super) fn pages(&self) -> impl Iterator<Item = &Page> {
        self.pages.iter()
    }

    pub(super) fn only_page(&self) -> &Page {
        let pages: Vec<&Page> = self.pages().collect();
        assert_eq!(pages.len(), 1, "{:#?}", self.ledger());
        pages[0]
    }

    pub(super) fn ledger(&self) -> &Ledger {
        self.intake.ledger()
    }

    /// Every file and member has one line, bytes and statuses add up.
    pub(super) fn check_sums(&self) {
        let totals = self.ledger().totals();
        assert_eq!((totals.files, totals.bytes), (self.files, self.input_bytes));
        let by_status: u64 = totals.by_status.iter().sum();
        assert_eq!(by_status, totals.files + totals.members);
        assert_eq!(totals.by_status[LedgerStatus::Reading as usize], 0);
        assert_eq!(totals.pages, self.index.pages().len() as u64);
        let articles: usize = self.pages().map(|page| page.articles.len()).sum();
        assert_eq!(totals.articles, articles as u64);
        for (key, line) in self.ledger().lines() {
            let below = self
                .ledger()
                .lines()
                .filter(|(other, _)| other.file == key.file);
            let members = below.filter(|(other, _)| {
                let mut at = self.ledger().line(*other).and_then(|line| line.parent);
                while let Some(member) = at {
                    if member == key.member {
                        return true;
                    }
                    let key = kashshaf::parse::record::SourceKey { member, ..key };
                    at = self.ledger().line(key).and_then(|line| line.parent);
                }
                false
            });
            assert_eq!(line.members, members.count() as u64, "{line:?}");
        }
    }
}

/// Reads files in the slices that the reader wants.
pub(super) fn import(files: &[(&str, &[u8])]) -> Imported {
    import_in_slices(files, Limits::default(), usize::MAX)
}

/// Reads a file with settings.
pub(super) fn import_with(bytes: &[u8], set: impl Fn(&mut SourceFile)) -> Imported {
    let mut imported = Imported::default();
    let mut file = SourceFile::new(0, "", bytes.len() as u64);
    set(&mut file);
    imported.begin(file);
    imported.run(bytes);
    imported
}

/// Reads files in slices of at most so many bytes.
pub(super) fn import_in_slices(files: &[(&str, &[u8])], limits: Limits, slice: usize) -> Imported {
    let mut imported = Imported {
        reader: Reader::with_slices(limits, slice),
        ..Imported::default()
    };
    for (number, (name, bytes)) in files.iter().enumerate() {
        let number = u32::try_from(number).expect("few files");
        imported.begin(SourceFile::new(number, name, bytes.len() as u64));
        imported.run(bytes);
    }
    imported
}

impl Imported {
    fn run(&mut self, bytes: &[u8]) {
        while let Some((from, length)) = self.reader.want() {
            let from = usize::try_from(from).expect("in memory");
            self.reader.give(&bytes[from..from + length]);
            self.take_events();
        }
        self.take_events();
    }
}
