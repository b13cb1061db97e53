//! A corpus in parts: questions are asked again until every part that they need is there.

use crate::api::caches::Caches;
use crate::api::{Error, Explorer};
use crate::index::Index;

/// A question that needs more files than this is better asked of the whole index.
const MOST_PARTS: usize = 256;

impl Explorer {
    /// Opens a corpus in parts by the bytes of its directory. It stands alone: nothing can be added to it.
    ///
    /// # Errors
    /// [`Error::Index`] when the directory cannot be opened, [`Error::InParts`] when there are other pages.
    pub fn open_parts(&mut self, directory: Vec<u8>) -> Result<(), Error> {
        self.whole("opening beside other pages")?;
        if !self.index.pages().is_empty() {
            return Err(Error::InParts {
                what: "opening beside other pages",
            });
        }
        self.index = Index::open_parts(directory)?;
        self.caches = Caches::default();
        Ok(())
    }

    /// Takes a part that a question lacked: its name, and what its file holds (inflated, where it is stored deflated).
    ///
    /// # Errors
    /// [`Error::Index`] when the directory does not know it, or the bytes are others.
    pub fn take_part(&mut self, name: &str, bytes: &[u8]) -> Result<(), Error> {
        Ok(self.index.take_part(name, bytes)?)
    }

    /// Refuses what only a whole index can answer, all of whose pages make sense.
    pub(in crate::api) fn whole(&self, what: &'static str) -> Result<(), Error> {
        if self.index.is_in_parts() {
            return Err(Error::InParts { what });
        }
        Ok(self.intake.check(&self.index)?)
    }

    /// Answers a question; what was answered without a part that it needs is thrown away.
    pub(in crate::api) fn with_parts<T>(
        &mut self,
        answer: impl FnOnce(&mut Self) -> Result<T, Error>,
    ) -> Result<T, Error> {
        // What an earlier question left.
        let _ = self.index.missing_parts();
        let answered = answer(self);
        let is_refused = matches!(answered, Err(Error::InParts { .. }));
        match self.lacking() {
            // Where it was refused no part would help.
            Some(error) if !is_refused => Err(error),
            _ => answered,
        }
    }

    /// What was asked for and is not there or makes no sense, as an error; once for all kinds of answers.
    #[inline(never)]
    fn lacking(&self) -> Option<Error> {
        if let Err(error) = self.index.check_seen_pages() {
            return Some(error.into());
        }
        let names = self.index.missing_parts();
        match names.len() {
            0 => None,
            1..=MOST_PARTS => Some(Error::PartsMissing { names }),
            _ => Some(Error::InParts {
                what: "a question that needs most of the parts",
            }),
        }
    }
}
