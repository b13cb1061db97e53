//! Opening an index in parts, and taking parts as they come.

use super::directory::{Directory, take_hashes};
use super::{Drawer, PartKind, Parts, WordHoles, columns, ids, pages};
use crate::index::coding::bytes::Bytes;
use crate::index::file::container::{FileReader, checksum};
use crate::index::file::error::Inconsistent;
use crate::index::file::lexicon::WordsReader;
use crate::index::file::numbers::NumberReader;
use crate::index::file::postings::list_kind;
use crate::index::file::{inconsistent, units};
use crate::index::postings::{GROUP, Missing};
use crate::index::{Index, IndexFileError, Postings, Views};
use crate::parse::frame::Cursor;
use crate::sorting::Arrange;
use rustc_hash::FxHashMap;
use std::sync::Arc;

impl Index {
    /// Opens an index in parts by the bytes of its directory; no part is there yet.
    ///
    /// # Errors
    /// [`IndexFileError`] when the directory is damaged, of a later version, or none.
    pub fn open_parts(directory: Vec<u8>) -> Result<Self, IndexFileError> {
        let file = FileReader::open(directory)?;
        let (directory, rough, fingerprint) = Directory::read(file.sections())?;
        let mut parts = Parts {
            wanted: super::Wanted::default(),
            drawers: vec![Drawer::default(); directory.firsts.len()],
            lists: Vec::new(),
            held: vec![false; directory.shelves()],
            pending: Vec::new(),
            repeats: Vec::new(),
            shapes: vec![None; rough.len()],
            rough,
            has_new_shapes: false,
            ids: FxHashMap::default(),
            columns: Arc::default(),
            names: Vec::new(),
            directory,
        };
        let mut index = Self {
            stated_fingerprint: Some(fingerprint),
            ..Self::default()
        };
        index
            .lay_out(&mut parts)
            .map_err(|Inconsistent| inconsistent("lengths"))?;
        index.views = Some(parts.views());
        // A shelf without a file holds nothing.
        for shelf in 0..parts.held.len() {
            if parts.directory.is_empty(shelf) {
                index.fill(&mut parts, shelf, Vec::new())?;
            }
        }
        index.parts = Some(Box::new(parts));
        index.is_fresh = true;
        Ok(index)
    }

    /// Brings the words and the layout up to date with the parts that came.
    pub(in crate::index) fn refresh_parts(&mut self) {
        let Some(mut parts) = self.parts.take() else {
            return;
        };
        self.views = Some(parts.views());
        if parts.has_new_shapes && self.lay_out(&mut parts).is_err() {
            // What made no sense is forgotten, and asked for again.
            parts.shapes.fill(None);
            let laid = self.lay_out(&mut parts);
            debug_assert!(laid.is_ok(), "it was laid out when it was opened");
        }
        self.parts = Some(parts);
        self.is_fresh = true;
    }

    /// Takes a part, of which these are the bytes, inflated if it is stored deflated. One
    /// that is there is passed over, and so is one that nothing can have asked for: postings before their words.
    ///
    /// # Errors
    /// [`IndexFileError`] when the directory has no part of that name, when the
    /// bytes are others than it says, or make no sense; the part counts as not there then.
    pub fn take_part(&mut self, name: &str, bytes: &[u8]) -> Result<(), IndexFileError> {
        let Some(mut parts) = self.parts.take() else {
            return Err(unknown(name));
        };
        let taken = self.take_into(&mut parts, name, bytes);
        self.parts = Some(parts);
        taken
    }

    fn take_into(
        &mut self,
        parts: &mut Parts,
        name: &str,
        bytes: &[u8],
    ) -> Result<(), IndexFileError> {
        let (hash, files) = parts.directory.find(name).ok_or_else(|| unknown(name))?;
        if checksum(bytes) != hash {
            return Err(IndexFileError::Damaged {
                section: name.to_owned(),
            });
        }
        for (shelf, place) in files {
            let is_known = |&(of, at, _): &(usize, usize, Vec<u8>)| (of, at) == (shelf, place);
            if parts.pending.iter().any(is_known) || !parts.awaits(shelf) {
                continue;
            }
            parts.pending.push((shelf, place, bytes.to_owned()));
            let is_here = |(of, ..): &(usize, usize, Vec<u8>)| *of == shelf;
            let here = parts.pending.iter().filter(|part| is_here(part)).count();
            if here < parts.directory.files(shelf).len() {
                continue;
            }
            let mut files: Vec<_> = parts.pending.extract_if(.., |part| is_here(part)).collect();
            files.arrange_by_key(|(_, place, _)| *place);
            let joined = files.into_iter().flat_map(|(.., bytes)| bytes).collect();
            self.fill(parts, shelf, joined)
                .map_err(|_| inconsistent(name))?;
        }
        Ok(())
    }

    /// Takes what a shelf holds.
    fn fill(
        &mut self,
        parts: &mut Parts,
        shelf: usize,
        bytes: Vec<u8>,
    ) -> Result<(), IndexFileError> {
        let (kind, number) = parts.directory.kind(shelf);
        let filled = match kind {
            PartKind::Words => self.take_words(parts, number, &bytes),
            PartKind::Units => parts.take_units(number, bytes, self.units.len()),
            PartKind::Places => parts.take_places(number, bytes),
            // The directory has it.
            PartKind::Lists if parts.directory.has_list(number) => Ok(()),
            PartKind::Lists => {
                let taken = parts.directory.take_list(number, &bytes);
                taken.map_err(|_| Inconsistent)
            }
            PartKind::Pages => self.take_pages(parts, number, &bytes),
            PartKind::Shapes => self.take_shapes(parts, number, &bytes),
            PartKind::Ids => ids::take(&mut parts.ids, self.pages.len(), &bytes),
            PartKind::Columns => {
                let columns = Arc::make_mut(&mut parts.columns);
                columns::take(columns, number, self.articles.len(), &bytes)
            }
            PartKind::Names => parts.take_names(number, bytes),
        };
        filled.map_err(|Inconsistent| inconsistent(kind.name()))?;
        if let Some(held) = parts.held.get_mut(shelf) {
            *held = true;
        }
        Ok(())
    }

    fn take_words(
        &mut self,
        parts: &mut Parts,
        number: usize,
        bytes: &[u8],
    ) -> Result<(), Inconsistent> {
        let directory = &mut parts.directory;
        let mut cursor = Cursor { bytes, at: 0 };
        let frame = |_| Inconsistent;
        for kind in [PartKind::Units, PartKind::Places] {
            let count = cursor.number_u32().map_err(frame)?;
            let files = take_hashes(&mut cursor, count).map_err(frame)?;
            if files.is_empty() {
                return Err(Inconsistent);
            }
            directory.learn(kind, number, files);
        }
        let length = cursor.number_u32().map_err(frame)? as usize;
        let words = cursor.take(length).map_err(frame)?;
        let reader = NumberReader::with_codes(words, &directory.word_codes);
        let (mut views, read) = WordsReader::new(reader, &directory.proclitics).words()?;
        let lists = bytes.get(cursor.at..).unwrap_or_default();
        let mut lists = NumberReader::with_codes(lists, &directory.list_codes);
        let mut drawer = Drawer::default();
        let mut ids = Vec::with_capacity(read.ends.len());
        let place = u32::try_from(number).map_err(|_| Inconsistent)?;
        for (at, &frequency) in read.frequencies.iter().enumerate() {
            let form = read.forms.on(0).get(read.ends.stretch(at));
            let form = self.lexicon.intern(form.ok_or(Inconsistent)?);
            self.lexicon.set_frequency(form, frequency);
            ids.push(form);
            let kind = list_kind(frequency);
            if at.is_multiple_of(GROUP) {
                drawer.place_starts.push(drawer.bits.1);
            }
            drawer.starts.push(drawer.bits.0);
            add(&mut drawer.bits.0, lists.read(kind)?)?;
            if (at + 1).is_multiple_of(GROUP) || at + 1 == read.ends.len() {
                add(&mut drawer.bits.1, lists.read(32 + kind)?)?;
            }
            let list_of = form.0 as usize;
            if parts.lists.len() <= list_of {
                parts.lists.resize(list_of + 1, None);
            }
            if let Some(list) = parts.lists.get_mut(list_of) {
                *list = Some((place, at as u32));
            }
        }
        views.set_forms(ids);
        drawer.words = Some(views);
        if let Some(place) = parts.drawers.get_mut(number) {
            *place = drawer;
        }
        self.is_fresh = false;
        Ok(())
    }

    fn take_pages(
        &mut self,
        parts: &mut Parts,
        number: usize,
        bytes: &[u8],
    ) -> Result<(), Inconsistent> {
        let pages = parts.directory.group(number);
        let read = pages::take(self, pages.clone(), &parts.directory.page_codes, bytes)?;
        let known = self.pages.get(pages.start as usize..pages.end as usize);
        for page in known.unwrap_or_default() {
            parts.ids.insert(page.page.key(), page.number);
        }
        for (page, parting) in pages.zip(read.partings) {
            parts.take_shape(page, parting)?;
        }
        parts.repeats.extend(read.repeats);
        self.is_fresh = false;
        Ok(())
    }

    fn take_shapes(
        &mut self,
        parts: &mut Parts,
        number: usize,
        bytes: &[u8],
    ) -> Result<(), Inconsistent> {
        let pages = parts.directory.shaped(number);
        let partings = units::read_partings(bytes, pages.len())?;
        for (page, parting) in pages.zip(partings) {
            parts.take_shape(page, parting)?;
        }
        self.is_fresh = false;
        Ok(())
    }
}

fn add(sum: &mut u32, bits: u32) -> Result<(), Inconsistent> {
    *sum = sum.checked_add(bits).ok_or(Inconsistent)?;
    Ok(())
}

impl Parts {
    /// Whether a shelf is not there and can be taken: only words tell whose
    /// postings those of a drawer are, and only units how many places there are.
    fn awaits(&self, shelf: usize) -> bool {
        let (kind, number) = self.directory.kind(shelf);
        let drawer = self.drawers.get(number);
        let is_ready = match kind {
            PartKind::Units => drawer.is_some_and(|drawer| drawer.words.is_some()),
            PartKind::Places => drawer.is_some_and(|drawer| drawer.postings.is_some()),
            PartKind::Words
            | PartKind::Lists
            | PartKind::Pages
            | PartKind::Shapes
            | PartKind::Ids
            | PartKind::Columns
            | PartKind::Names => true,
        };
        is_ready && self.held.get(shelf) == Some(&false)
    }

    /// The words that are there, as the lenses see them.
    pub(in crate::index) fn views(&self) -> Views {
        let (firsts, proclitics) = (&self.directory.firsts, &self.directory.proclitics);
        let (firsts, proclitics) = (firsts.clone(), proclitics.clone());
        let mut holes = WordHoles::new(firsts, proclitics, self.wanted.clone());
        let mut views = Views::default();
        let (mut keys, mut forms) = (Vec::new(), Vec::new());
        for (number, drawer) in self.drawers.iter().enumerate() {
            let Some(words) = &drawer.words else { continue };
            holes.hold(number);
            for word in (0u32..).take(words.count()) {
                forms.extend_from_slice(words.forms(word..word + 1));
                let (key, base) = (words.key(word), words.base(word));
                keys.extend_from_slice(key.as_bytes());
                views.push_word(keys.len(), key.len() - base.len(), forms.len());
            }
        }
        views.set_keys(keys);
        views.set_forms(forms);
        views.holes = Some(holes);
        views
    }

    fn take_units(
        &mut self,
        number: usize,
        bytes: Vec<u8>,
        units: u32,
    ) -> Result<(), Inconsistent> {
        let shelf = self.directory.shelf(PartKind::Places, number);
        let wanted = self.wanted.clone();
        let drawer = self.drawers.get_mut(number).ok_or(Inconsistent)?;
        if !fits(drawer.bits.0, &bytes) {
            return Err(Inconsistent);
        }
        let (starts, place_starts) = (drawer.starts.clone(), drawer.place_starts.clone());
        let none = Bytes::default();
        let mut postings = Postings::of_lists(units, starts, place_starts, bytes.into(), none);
        postings.missing = Some(Missing { wanted, shelf });
        drawer.postings = Some(postings);
        Ok(())
    }

    fn take_places(&mut self, number: usize, bytes: Vec<u8>) -> Result<(), Inconsistent> {
        let drawer = self.drawers.get_mut(number).ok_or(Inconsistent)?;
        let fits = fits(drawer.bits.1, &bytes);
        let postings = drawer.postings.as_mut().filter(|_| fits);
        let postings = postings.ok_or(Inconsistent)?;
        (postings.places, postings.missing) = (bytes.into(), None);
        Ok(())
    }
}

/// Whether a stream has so many bits and its padding.
fn fits(bits: u32, bytes: &[u8]) -> bool {
    (bits as usize).div_ceil(8) + 8 <= bytes.len()
}

fn unknown(name: &str) -> IndexFileError {
    IndexFileError::UnknownPart {
        name: name.to_owned(),
    }
}
