//! Saving the corpus as an index file and opening one.

use crate::api::{Error, Explorer, FileOptions, FileReport};
use crate::index::{ArrivingIndex, SavedIndex};
use crate::parse::record::Problem;

impl Explorer {
    /// The corpus as an index file: what was read, its index and its ledger, and
    /// names, dates and quotes where they are there.
    ///
    /// # Errors
    /// [`Error::InParts`] of a corpus in parts, whose whole index is a file already.
    pub fn save_index(&mut self) -> Result<Vec<u8>, Error> {
        self.whole("saving the index")?;
        self.index.refresh();
        let layers = self.layers_to_save();
        Ok(SavedIndex::write_with(&self.index, &self.intake, layers))
    }

    /// Opens an index file and takes all that it holds, as members of one file
    /// in the ledger. Never fails: what cannot be opened is reported, and
    /// nothing that was there before is lost.
    pub fn open_index(&mut self, options: &FileOptions, bytes: Vec<u8>) -> FileReport {
        self.take_arriving(bytes, true);
        self.open_arrived(options)
    }

    /// Takes the first or the next bytes of an index file that is on its way, for [`open_arrived`](Self::open_arrived).
    pub fn take_arriving(&mut self, bytes: Vec<u8>, are_first: bool) {
        if are_first {
            self.arrival = None;
        }
        self.arrival.get_or_insert_default().take(bytes);
    }

    /// Opens the index file of which all bytes have come, as [`open_index`](Self::open_index) does.
    pub fn open_arrived(&mut self, options: &FileOptions) -> FileReport {
        let arrival = self.arrival.take().unwrap_or_default();
        let size = arrival.bytes();
        let mut report = FileReport {
            name: options.name.clone(),
            status: "failed",
            id: None,
            bytes: size,
            encoding: None,
            articles: 0,
            words: 0,
            warning: None,
            error: None,
        };
        let bundled = options.bundled.unwrap_or(false);
        let free = self.intake.ledger().next_file();
        let chosen = options.file.filter(|n| n.fract() == 0.0 && *n >= 0.0);
        let file = chosen.map_or(free, |number| number as u32);
        let opened = self.opened(arrival);
        let saved = match opened {
            Ok(saved) => saved,
            Err(error) => {
                let error = error.data();
                if !bundled {
                    let problem = Problem {
                        skipped: false,
                        code: error.code.to_owned(),
                        message: error.message.clone(),
                    };
                    let ledger = self.intake.ledger_mut();
                    ledger.abandon(file, &options.name, size as u64, &problem);
                }
                report.error = Some(error);
                return report;
            }
        };
        let pages = self.index.pages().len();
        let before = self.intake.listed(&self.index);
        self.take_index(saved, file, &options.name, size as u64);
        let (articles, words) = self.intake.listed(&self.index);
        let added = self.index.pages().len() > pages;
        report.status = if added { "read" } else { "duplicate" };
        report.articles = articles.saturating_sub(before.0);
        report.words = words.saturating_sub(before.1);
        report
    }

    /// Opens an index. The pages of the first are read when they are first looked at; to read one that does not fit
    /// together beside others would be to spoil these.
    fn opened(&self, arrival: Box<ArrivingIndex>) -> Result<SavedIndex, Error> {
        self.whole("adding files")?;
        let saved = arrival.open_late()?;
        if !self.index.pages().is_empty() {
            saved.intake.check(&saved.index)?;
        }
        Ok(saved)
    }

    /// Takes what an index holds. The larger of the two stays as it is, and the
    /// pages of the other are added to it.
    fn take_index(&mut self, mut saved: SavedIndex, file: u32, name: &str, bytes: u64) {
        saved.intake.nest(file, name, bytes);
        let (layers, pages) = (saved.layers.take(), saved.index.pages().len());
        let is_larger = pages > self.index.pages().len();
        if is_larger {
            saved.intake.keep_rules(&self.intake);
            std::mem::swap(&mut self.index, &mut saved.index);
            std::mem::swap(&mut self.intake, &mut saved.intake);
        }
        self.intake.add_all(&mut self.index, saved);
        self.forget_annotations();
        // Of other pages than its own it would say what is not so.
        if is_larger && self.index.pages().len() == pages {
            self.keep_layers(layers);
        }
        self.form_names = None;
        self.caches = crate::api::caches::Caches::default();
        self.forget_repeats();
    }
}
