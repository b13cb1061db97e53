//! A share of an import on its way from the worker that indexed it to the one that holds the corpus.
//!
//! What is worth doing apart is cutting texts into tokens and looking up the form of each. So a share
//! holds the pages with their streams, the forms as they were met, and the events of the readers with
//! a digest in place of each text: whoever takes the share goes through them in order, looks up each
//! form once and decides about copies as if it had read the texts itself. Nothing else is made of a share.

use super::error::Inconsistent;
use super::{FileReader, FileWriter, IndexFileError, SavedIndex};
use super::{HASHES, corpus_section, heads, inconsistent, read_hashes, read_pages, texts, units};
use crate::index::pages::origins::Origins;
use crate::index::{FormId, Index, Intake};
use crate::parse::Given;
use crate::parse::frame::{FrameReader, write_frame};
use crate::parse::ledger::Taken;
use crate::parse::record::{ImportEvent, Layout, Record};

/// Events of the readers whose texts have been indexed.
#[derive(Debug)]
pub struct Share {
    /// Texts stand in it by their digests alone.
    pub(in crate::index) events: Vec<ImportEvent>,
    pub(in crate::index) saved: SavedIndex,
}

impl Share {
    /// Indexes a part of the stream of the readers, by the rules of an intake.
    ///
    /// None of a part that must be read by who holds the corpus: it ends inside a frame, a text
    /// of it comes in pieces, or there is no room.
    #[must_use]
    pub fn write(stream: &[u8], rules: &Intake) -> Option<Vec<u8>> {
        let (mut index, mut intake) = (Index::default(), Intake::of_segment());
        intake.keep_rules(rules);
        let (mut events, mut is_whole) = (Vec::new(), true);
        let mut frames = FrameReader::default();
        let read = frames.read(stream, |event| {
            let told = match &event {
                ImportEvent::Text(record) => ImportEvent::Text(Box::new(without_text(record))),
                event => event.clone(),
            };
            let taken = intake.take(&mut index, event);
            is_whole &= !matches!(told, ImportEvent::Piece(_));
            is_whole &= !matches!(taken, Some(Taken::Refused(_)));
            write_frame(told, usize::MAX, &mut events);
        });
        (read.is_ok() && is_whole && frames.is_between_frames()).then(|| {
            let forms: Vec<FormId> = index.lexicon().forms().map(|(form, _)| form).collect();
            let mut file = FileWriter::default();
            file.add("corpus", corpus_section(&index));
            file.add("events", events);
            file.add("share-words", texts::write_words(index.lexicon(), &forms));
            file.add("units", units::write(&index));
            let texts = texts::write(&index, &forms);
            file.add("blocks", texts.blocks);
            file.add("gap-words", texts.gap_words);
            file.add("gaps", texts.gaps);
            file.add("forms", texts.forms);
            file.add("pages", heads::write(&index, &Origins::default(), &[]));
            file.add(HASHES, heads::write_hashes(&index, intake.letters()));
            file.finish()
        })
    }

    /// Reads what [`Share::write`] wrote.
    ///
    /// # Errors
    /// [`IndexFileError`] for anything else.
    pub fn read(bytes: Vec<u8>) -> Result<Self, IndexFileError> {
        let file = FileReader::open(bytes)?;
        let sections = file.sections();
        let mut index = Index::default();
        let pages = read_pages(sections, &mut index)?;
        pages.place(&file, &mut index)?;
        index.check_pages()?;
        let words = texts::read_words(sections.section("share-words")?);
        index.lexicon = words.map_err(|Inconsistent| inconsistent("share-words"))?;
        let mut intake = Intake::of_segment();
        intake.set_letters(read_hashes(sections, &mut index));
        let mut events = Vec::new();
        let mut frames = FrameReader::default();
        let read = frames.read(sections.section("events")?, |event| events.push(event));
        read.map_err(|_| inconsistent("events"))?;
        let saved = SavedIndex {
            index,
            intake,
            layers: None,
        };
        Ok(Self { events, saved })
    }
}

/// What of a record the ledger asks for.
fn without_text(record: &Record) -> Record {
    Record {
        name: String::new(),
        warning: None,
        given: Given::default(),
        layout: Layout::Split { main_end: 0 },
        text: String::new(),
        ..*record
    }
}
