//! Takes what the readers tell into the index, and keeps the ledger of it.

mod known_letters;
mod others;
mod sources;
mod twin;

use super::file::ledger::FileSources;
use super::pages::letters::hash_letters;
use super::pages::origins::Origins;
use super::store::number;
use super::{Index, IndexFileError, MemoryFull, PageId};
use crate::parse::anatomy::{Blocks, Rules};
use crate::parse::ledger::{Ledger, Taken};
use crate::parse::pieces::Joiner;
use crate::parse::record::{BadRecord, ImportEvent, SourceKey};
use crate::parse::{Given, Page, PartKind};
use known_letters::KnownLetters;
use sources::LateSources;
pub(super) use sources::Sources;
use std::borrow::Cow;
use std::collections::BTreeMap;
use twin::Twin;

/// Where a page comes from: its source, and its number among the texts of it.
/// The order of origins is the order in which one reader reads all sources.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// The source.
    pub key: SourceKey,
    /// Texts of the source before this one.
    pub ordinal: u32,
}

/// The way of texts into an index: one of each, with a line in the ledger.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// The ledger, and where each page comes from.
    sources: LateSources,
    /// A long text of which pieces have come.
    pieces: Joiner,
    /// By which copies are told. A segment compares nothing.
    letters: KnownLetters,
    /// A reader's page rules, where there are any.
    rules: Option<Rules>,
    /// Of each page that has any, what may stand on other pages too.
    blocks: Vec<(u32, Blocks)>,
    /// Pages whose blocks are known.
    known_blocks: usize,
    /// Nothing is decided about copies: that is left to merging.
    is_segment: bool,
    /// Of a segment: texts whose bytes are there already.
    repeats: Vec<(Origin, [u8; 32])>,
    /// Of a segment: texts of each source.
    texts: BTreeMap<SourceKey, u32>,
}

impl Intake {
    /// The way into a segment, which is to be merged with others: all texts are
    /// kept, and the ledger does not say yet what became of them.
    #[must_use]
    pub fn of_segment() -> Self {
        Self {
            is_segment: true,
            ..Self::default()
        }
    }

    /// Whether this is the way into a segment.
    #[must_use]
    pub fn is_segment(&self) -> bool {
        self.is_segment
    }

    /// Of a segment: texts whose bytes are there already.
    pub(super) fn repeats(&self) -> &[(Origin, [u8; 32])] {
        &self.repeats
    }

    /// Goes on with a segment that was opened from a file.
    pub(super) fn reopen_segment(&mut self, repeats: Vec<(Origin, [u8; 32])>) {
        let origins = self.sources.get().origins.iter().flatten();
        for origin in origins.chain(repeats.iter().map(|&(origin, _)| origin)) {
            *self.texts.entry(origin.key).or_default() += 1;
        }
        (self.is_segment, self.repeats) = (true, repeats);
    }

    /// Takes the pages out of the ledger, so that what becomes of them can be decided again.
    pub(super) fn forget_pages(&mut self, index: &Index) {
        for page in index.pages() {
            if let Some(origin) = self.origin(page.number) {
                let words = page.positions.end - page.positions.start;
                let articles = page.page.articles.len() as u64;
                let ledger = self.ledger_mut();
                ledger.forget(origin.key, &page.page.id(), articles, words);
            }
        }
    }

    /// Where a page comes from, if it is known.
    #[must_use]
    pub fn origin(&self, page: PageId) -> Option<Origin> {
        self.origins().get(page.0)
    }

    /// Texts of a source that were taken so far.
    fn texts_of(&self, key: SourceKey) -> u32 {
        if self.is_segment {
            self.texts.get(&key).copied().unwrap_or_default()
        } else {
            self.ledger().texts_of(key)
        }
    }

    /// Where the next text of a source comes from.
    fn next_origin(&self, key: SourceKey) -> Origin {
        let ordinal = self.texts_of(key);
        Origin { key, ordinal }
    }

    /// The ledger so far.
    #[must_use]
    pub fn ledger(&self) -> &Ledger {
        &self.sources.get().ledger
    }

    /// Reads what was not yet looked at of the pages and sources of a file that was opened.
    ///
    /// # Errors
    /// [`IndexFileError`] where it does not fit together.
    pub fn check(&self, index: &Index) -> Result<(), IndexFileError> {
        self.sources.get();
        index.check_pages()
    }

    /// The ledger, to write lines of sources that no reader saw.
    pub fn ledger_mut(&mut self) -> &mut Ledger {
        &mut self.sources.get_mut().ledger
    }

    /// The rules by which pages are split.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        self.rules.as_ref().unwrap_or_else(|| Rules::bundled())
    }

    /// The way into an index that was opened from a file, with the hashes of letters that stand in it.
    pub(super) fn reopened(sources: FileSources, letters: Vec<u64>) -> Self {
        Self {
            sources: sources.into(),
            letters: letters.into(),
            ..Self::default()
        }
    }

    /// Beside each page where it comes from; none of bundled pages.
    pub(super) fn origins(&self) -> &Origins {
        &self.sources.get().origins
    }

    /// Articles and words of the pages that come from somewhere: what the ledger adds up to.
    #[must_use]
    pub fn listed(&self, index: &Index) -> (usize, u32) {
        let (mut articles, mut words) = (0, 0);
        for (page, origin) in index
            .pages()
            .iter()
            .zip(self.sources.origins_somewhere().iter())
        {
            if origin.is_some() {
                articles += page.articles.len();
                words += page.positions.end - page.positions.start;
            }
        }
        (articles, words)
    }

    /// Learns the blocks of pages that came from a file.
    pub fn learn_blocks(&mut self, index: &Index) {
        for page in index.pages().iter().skip(self.known_blocks) {
            let parts = &page.page.parts;
            if parts.iter().any(|part| part.kind == PartKind::Unclassified) {
                let blocks = Blocks::of(&index.restored_page(page));
                if !blocks.is_empty() {
                    self.blocks.push((page.number.0, blocks));
                }
            }
        }
        self.known_blocks = index.pages().len();
    }

    /// Learns of pages that came from a file what it leaves to be worked out of their texts, which are read once for it:
    /// letters and digests.
    fn learn_texts(&mut self, index: &mut Index) {
        for page in self.letters.hashes().len()..index.pages().len() {
            let text = index.learned_text(PageId(number(page)));
            self.letters.push(hash_letters(&text));
        }
        if !self.is_segment {
            self.letters.compare_all();
        }
    }

    /// Beside each page the hash of its letters; none yet of pages that came from a file without.
    pub(super) fn letters(&self) -> &[u64] {
        self.letters.hashes()
    }

    /// Of a share that was read: the hashes that stand in it.
    pub(super) fn set_letters(&mut self, letters: Vec<u64>) {
        self.letters = letters.into();
    }

    /// What of the pages may stand on several of them.
    #[must_use]
    pub fn blocks(&self) -> &[(u32, Blocks)] {
        &self.blocks
    }

    /// Splits by the rules of another what comes from now on.
    pub fn keep_rules(&mut self, other: &Self) {
        self.rules.clone_from(&other.rules);
    }

    /// Splits by these rules what comes from now on.
    pub fn set_rules(&mut self, rules: Rules) {
        self.rules = Some(rules);
    }

    /// Takes one event; of a text, tells what became of it.
    pub fn take(&mut self, index: &mut Index, event: ImportEvent) -> Option<Taken> {
        match self.pieces.join(event)? {
            ImportEvent::Open(open) => self.ledger_mut().open(open),
            ImportEvent::Bad(bad) => self.ledger_mut().bad(bad),
            ImportEvent::Close(close) => self.ledger_mut().close(close),
            // Kept back until its text is whole.
            ImportEvent::Piece(_) => {}
            ImportEvent::Text(record) => {
                let key = record.key;
                return Some(self.add(index, record.into_page(self.rules()), Some(key), false));
            }
        }
        None
    }

    /// Adds a page unless it is there already; `key` names its line in the ledger.
    pub fn add(
        &mut self,
        index: &mut Index,
        page: Page,
        key: Option<SourceKey>,
        bundled: bool,
    ) -> Taken {
        if let Err(full) = index.make_room(page.text.len() as u64) {
            return self.refuse(key, page.source_bytes as u64, &full);
        }
        self.learn_texts(index);
        self.learn_blocks(index);
        let origin = key.map(|key| self.next_origin(key));
        let letters = hash_letters(&page.text);
        let twin = self.twin(index, letters, || Cow::from(&page.text), &page.given);
        let (digest, given) = (page.digest, page.given.clone());
        let blocks = Blocks::of(&page);
        let known = index.pages().len();
        let mut page = Some(page);
        let taken = self.settle(
            index,
            twin,
            &digest,
            &given,
            &mut |index| match page.take() {
                Some(page) => index.add(page, bundled),
                None => Err(PageId(u32::MAX)),
            },
        );
        if index.pages().len() > known && !blocks.is_empty() {
            self.blocks.push((number(known), blocks));
        }
        self.known_blocks = index.pages().len();
        self.note(index, known, origin, &digest, &taken);
        taken
    }

    /// A text that there is no room for counts as a record that could not be read.
    fn refuse(&mut self, key: Option<SourceKey>, bytes: u64, full: &MemoryFull) -> Taken {
        let key = key.unwrap_or_default();
        let taken = Taken::Refused(BadRecord {
            key,
            number: u64::from(self.texts_of(key)) + self.ledger().bad_of(key) + 1,
            bytes,
            code: MemoryFull::CODE.to_owned(),
            message: full.to_string(),
        });
        self.ledger_mut().take(key, &taken);
        taken
    }

    /// Makes all sources members of one file, as those of an archive are: the index that holds them.
    pub fn nest(&mut self, file: u32, name: &str, bytes: u64) {
        self.sources.nest(file, name, bytes);
    }

    /// Decides about a text: `add` adds it where it is to be added.
    fn settle(
        &mut self,
        index: &mut Index,
        twin: Twin,
        digest: &[u8; 32],
        given: &Given,
        add: &mut dyn FnMut(&mut Index) -> Result<PageId, PageId>,
    ) -> Taken {
        let name = |index: &Index, id: PageId| index.page(id).map(|page| page.page.id());
        let page = |id: PageId| name(index, id).unwrap_or_default();
        match twin.page {
            Some((id, _)) if index.has_digest(digest) => {
                return Taken::SameBytes { page: page(id) };
            }
            Some((id, true)) => {
                let page = page(id);
                return if index.complete(id, given) {
                    Taken::Merged { page }
                } else {
                    Taken::SameText { page }
                };
            }
            _ => {}
        }
        let also_at = twin.page.and_then(|(id, _)| name(index, id));
        let id = match add(index) {
            Ok(id) => id,
            Err(same) => {
                let page = name(index, same).unwrap_or_default();
                return Taken::SameBytes { page };
            }
        };
        self.letters.push(twin.letters);
        if !self.is_segment {
            self.letters.compare_all();
        }
        match index.page(id) {
            Some(page) => page.taken(also_at),
            // It was added just now.
            None => Taken::SameBytes {
                page: String::new(),
            },
        }
    }

    /// Notes what became of a text; `known` pages were there before.
    fn note(
        &mut self,
        index: &Index,
        known: usize,
        origin: Option<Origin>,
        digest: &[u8; 32],
        taken: &Taken,
    ) {
        let is_new = index.pages().len() > known;
        if is_new {
            let origins = &mut self.sources.get_mut().origins;
            origins.fill(known);
            origins.push(origin);
        }
        let Some(origin) = origin else { return };
        if !self.is_segment {
            self.ledger_mut().take(origin.key, taken);
            return;
        }
        *self.texts.entry(origin.key).or_default() += 1;
        if !is_new {
            self.repeats.push((origin, *digest));
        }
    }
}

impl Index {
    /// Whether a page with this SHA-256 is there.
    #[must_use]
    pub fn has_digest(&self, digest: &[u8; 32]) -> bool {
        self.page_with_digest(digest).is_some()
    }

    /// Gives a page the fields that it lacks; says whether it got any.
    pub fn complete(&mut self, id: PageId, given: &Given) -> bool {
        self.pages
            .get_mut(id.0 as usize)
            .is_some_and(|page| page.page.complete(given))
    }
}

#[cfg(test)]
mod tests;
