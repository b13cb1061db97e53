//! The directory of an index in parts: what is in which file.
//!
//! It has the form of an index file (`docs/index-format.md`).

use super::PartKind;
use super::kind::part_name;
use super::rough::{self, RoughPage};
use crate::index::file::container::Sections;
use crate::index::file::error::Inconsistent;
use crate::index::file::lexicon::word_codes;
use crate::index::file::numbers::NumberCodes;
use crate::index::file::page_codes::PageCodes;
use crate::index::file::{inconsistent, postings, read_corpus};
use crate::index::pages::documents::ScopeTotals;
use crate::index::{Column, CorpusFacts, IndexFileError, PageId};
use crate::parse::frame::{Cursor, FrameError};
use std::ops::Range;
use std::sync::Arc;

/// Sections of a directory that a reader must know.
pub(super) const SECTIONS: [&str; 12] = [
    "corpus",
    "totals",
    "lengths",
    "facts",
    "drawers",
    "word-codes",
    "list-codes",
    "page-lists",
    "page-files",
    "page-ids",
    "page-codes",
    "parts",
];

/// Parts of pages that one list names.
pub(super) const LISTED: usize = 64;

/// More shelves of names than this no directory can mean.
const MOST_NAMES: u32 = 1 << 20;

/// What is in which file. A *shelf* is what is read together: one file, or several where it is large.
#[derive(Clone, Debug)]
pub(in crate::index) struct Directory {
    pub(super) pages: u32,
    pub(super) facts: CorpusFacts,
    pub(super) firsts: Arc<[String]>,
    pub(super) proclitics: Arc<[String]>,
    pub(super) word_codes: Arc<NumberCodes>,
    pub(super) list_codes: Arc<NumberCodes>,
    /// Sums over all pages.
    pub(super) totals: ScopeTotals,
    /// Groups of pages: the parts of pages that there are.
    groups: usize,
    /// The first page of each list, and the number of pages.
    lists: Vec<u32>,
    /// The first pages of the groups of each list that is there, and the first behind them.
    listed: Vec<Vec<u32>>,
    /// Pages of a part of shapes; the last may have fewer.
    pub(super) shape_pages: u32,
    /// The first id of each part of ids.
    ids: Vec<u64>,
    pub(super) page_codes: PageCodes,
    /// Shelves of names, where there are any.
    names: usize,
    /// The checksums of the files of each shelf; `None` while they are not known.
    files: Vec<Option<Vec<u64>>>,
}

impl Directory {
    /// Reads a directory whose checksums are right, what it says of each page, and the fingerprint.
    pub(super) fn read(
        file: Sections<'_>,
    ) -> Result<(Self, Vec<RoughPage>, String), IndexFileError> {
        file.refuse_unknown(&SECTIONS)?;
        let (pages, fingerprint) = read_corpus(file)?;
        let read_codes = |name: &'static str, read: &dyn Fn(&[u8]) -> Result<_, Inconsistent>| {
            let section = file.section(name)?;
            read(section).map(Arc::new).map_err(within(name))
        };
        let facts = CorpusFacts::read(file.section("facts")?).map_err(within("facts"))?;
        let drawers = file.section("drawers")?;
        let (firsts, proclitics) = lists(drawers).map_err(within("drawers"))?;
        let mut cursor = Cursor {
            bytes: file.section("page-codes")?,
            at: 0,
        };
        let page_codes = PageCodes::read(&mut cursor).map_err(within("page-codes"))?;
        let totals = file.section("totals")?;
        let mut cursor = Cursor {
            bytes: totals,
            at: 0,
        };
        let totals = ScopeTotals::read(&mut cursor).map_err(within("totals"))?;
        let spaced = cursor.number_u32().map_err(within("totals"))?;
        let lengths = file.section("lengths")?;
        let rough = rough::read(lengths, pages, spaced).map_err(within("lengths"))?;
        let page_lists = file.section("page-lists")?;
        let mut cursor = Cursor {
            bytes: page_lists,
            at: 0,
        };
        let mut numbers = || Ok((cursor.number_u32()?, cursor.number_u32()?));
        let (shape_pages, groups) = numbers().map_err(within::<FrameError>("page-lists"))?;
        let lists = page_lists.get(cursor.at..).unwrap_or_default();
        let lists = starts(lists).map_err(within("page-lists"))?;
        let count = (groups as usize).div_ceil(LISTED);
        if lists.last() != Some(&pages) || lists.len() != count + 1 || shape_pages == 0 {
            return Err(inconsistent("page-lists"));
        }
        let ids = eights(file.section("page-ids")?);
        let mut directory = Self {
            pages,
            facts,
            firsts: firsts.into(),
            proclitics: proclitics.into(),
            word_codes: read_codes("word-codes", &word_codes)?,
            list_codes: read_codes("list-codes", &|bytes| {
                NumberCodes::read(bytes, postings::KINDS)
            })?,
            totals,
            groups: groups as usize,
            listed: vec![Vec::new(); count],
            lists,
            shape_pages,
            ids,
            page_codes,
            names: 0,
            files: Vec::new(),
        };
        let parts = file.section("parts")?;
        let kinds = PartKind::ALL.into_iter();
        let shelves = kinds.flat_map(|kind| vec![kind; directory.count(kind)]);
        directory.files = read_parts(parts, shelves).map_err(within("parts"))?;
        if let Some(lists) = file.optional("page-files") {
            directory.take_lists(lists).map_err(within("page-files"))?;
        }
        if let Some(names) = file.optional("names") {
            directory.take_names(names).map_err(within("names"))?;
        }
        Ok((directory, rough, fingerprint))
    }

    /// Number of shelves.
    pub(super) fn shelves(&self) -> usize {
        self.files.len()
    }

    /// How many shelves of a kind there are.
    pub(super) fn count(&self, kind: PartKind) -> usize {
        match kind {
            PartKind::Words | PartKind::Units | PartKind::Places => self.firsts.len(),
            PartKind::Lists => self.listed.len(),
            PartKind::Pages => self.groups,
            PartKind::Shapes => (self.pages as usize).div_ceil(self.shape_pages as usize),
            PartKind::Ids => self.ids.len(),
            PartKind::Columns => Column::ALL.len(),
            PartKind::Names => self.names,
        }
    }

    /// The shelf of a kind.
    pub(super) fn shelf(&self, kind: PartKind, number: usize) -> usize {
        let before = PartKind::ALL.into_iter().take_while(|&other| other < kind);
        before.map(|kind| self.count(kind)).sum::<usize>() + number
    }

    /// What a shelf is.
    pub(super) fn kind(&self, shelf: usize) -> (PartKind, usize) {
        let mut number = shelf;
        for kind in PartKind::ALL {
            let count = self.count(kind);
            if number < count {
                return (kind, number);
            }
            number -= count;
        }
        (PartKind::Names, number)
    }

    /// The checksums of the files of a shelf, where they are known.
    pub(super) fn files(&self, shelf: usize) -> &[u64] {
        let files = self.files.get(shelf).and_then(Option::as_deref);
        files.unwrap_or_default()
    }

    /// Whether the files of a shelf are known, and there are none.
    pub(super) fn is_empty(&self, shelf: usize) -> bool {
        self.files.get(shelf) == Some(&Some(Vec::new()))
    }

    /// Learns the files of a shelf from the part that names them.
    pub(super) fn learn(&mut self, kind: PartKind, number: usize, files: Vec<u64>) {
        let shelf = self.shelf(kind, number);
        if let Some(known) = self.files.get_mut(shelf) {
            *known = Some(files);
        }
    }

    /// Names of the files of a shelf.
    pub(super) fn names(&self, shelf: usize) -> impl Iterator<Item = String> {
        let kind = self.kind(shelf).0;
        let hashes = self.files(shelf).iter();
        hashes.map(move |&hash| part_name(kind, hash))
    }

    /// The checksum of what a file of that name holds, and where it belongs: shelves, and places in them.
    pub(super) fn find(&self, name: &str) -> Option<(u64, Vec<(usize, usize)>)> {
        let (folder, file) = name.split_once('/')?;
        let kind = PartKind::ALL.into_iter().find(|of| of.name() == folder)?;
        let hash = u64::from_str_radix(file.strip_suffix(".bin")?, 16).ok()?;
        let first = self.shelf(kind, 0);
        let mut same = Vec::new();
        for shelf in first..first + self.count(kind) {
            for (place, &of) in self.files(shelf).iter().enumerate() {
                if of == hash {
                    same.push((shelf, place));
                }
            }
        }
        (!same.is_empty()).then_some((hash, same))
    }

    /// The list that names the group of a page.
    pub(super) fn list_of(&self, page: PageId) -> usize {
        let after = self.lists.partition_point(|&start| start <= page.0);
        after.saturating_sub(1)
    }

    /// The group that a page is in, if its list is there.
    pub(super) fn group_of(&self, page: PageId) -> Option<usize> {
        let list = self.list_of(page);
        let starts = self.listed.get(list)?;
        let after = starts.partition_point(|&start| start <= page.0);
        let group = after.checked_sub(1)?;
        (after < starts.len()).then_some(list * LISTED + group)
    }

    /// The pages of a group, whose list is there.
    pub(super) fn group(&self, number: usize) -> Range<u32> {
        let starts = self.listed.get(number / LISTED);
        let at = |group: usize| starts.and_then(|starts| starts.get(group)).copied();
        let group = number % LISTED;
        at(group).unwrap_or_default()..at(group + 1).unwrap_or_default()
    }

    /// The pages of a part of shapes.
    pub(super) fn shaped(&self, number: usize) -> Range<u32> {
        let at = |number: usize| u32::try_from(number * self.shape_pages as usize);
        let end = |number| at(number).unwrap_or(u32::MAX).min(self.pages);
        end(number)..end(number + 1)
    }

    /// Whether a list is there.
    pub(super) fn has_list(&self, number: usize) -> bool {
        let starts = self.listed.get(number);
        starts.is_some_and(|starts| !starts.is_empty())
    }

    /// Takes all lists, each behind its length.
    fn take_lists(&mut self, bytes: &[u8]) -> Result<(), FrameError> {
        let mut cursor = Cursor { bytes, at: 0 };
        for number in 0..self.listed.len() {
            let length = cursor.number_u32()? as usize;
            self.take_list(number, cursor.take(length)?)?;
        }
        (cursor.at == bytes.len()).then_some(()).ok_or(FrameError)
    }

    /// Takes a list: of each of its groups the pages and the files, then the checksums of all files.
    pub(super) fn take_list(&mut self, number: usize, bytes: &[u8]) -> Result<(), FrameError> {
        let mut cursor = Cursor { bytes, at: 0 };
        let groups = self.groups.saturating_sub(number * LISTED).min(LISTED);
        let at = |list: usize| self.lists.get(list).copied().ok_or(FrameError);
        let (mut starts, end) = (vec![at(number)?], at(number + 1)?);
        let (mut counts, mut page) = (Vec::new(), at(number)?);
        for _ in 0..groups {
            let pages = cursor.number_u32()?;
            page = page.checked_add(pages).ok_or(FrameError)?;
            starts.push(page);
            counts.push(cursor.number_u32()?);
        }
        if page != end || !starts.is_sorted_by(|a, b| a < b) {
            return Err(FrameError);
        }
        let mut files = Vec::new();
        for count in counts {
            files.push(take_hashes(&mut cursor, count)?);
        }
        if cursor.at < bytes.len() {
            return Err(FrameError);
        }
        for (group, files) in files.into_iter().enumerate() {
            self.learn(PartKind::Pages, number * LISTED + group, files);
        }
        if let Some(listed) = self.listed.get_mut(number) {
            *listed = starts;
        }
        Ok(())
    }

    /// Takes how many shelves of names there are, and the files of the first, which names those of the others.
    fn take_names(&mut self, bytes: &[u8]) -> Result<(), FrameError> {
        let mut cursor = Cursor { bytes, at: 0 };
        let shelves = cursor.number_u32()?;
        let files = cursor.number_u32()?;
        let files = take_hashes(&mut cursor, files)?;
        if cursor.at < bytes.len() || files.is_empty() || !(1..=MOST_NAMES).contains(&shelves) {
            return Err(FrameError);
        }
        self.names = shelves as usize;
        // They stand behind all others.
        self.files.resize(self.files.len() + self.names, None);
        self.learn(PartKind::Names, 0, files);
        Ok(())
    }

    /// The part of ids that would hold one.
    pub(super) fn ids_of(&self, id: u64) -> Option<usize> {
        let after = self.ids.partition_point(|&first| first <= id);
        after.checked_sub(1)
    }
}

/// What is said of a section that makes no sense.
fn within<E>(section: &'static str) -> impl FnOnce(E) -> IndexFileError {
    move |_| inconsistent(section)
}

fn lists(bytes: &[u8]) -> Result<(Vec<String>, Vec<String>), FrameError> {
    let mut cursor = Cursor { bytes, at: 0 };
    Ok((cursor.list()?, cursor.list()?))
}

/// Lengths as the places where each begins, and the end of the last.
fn starts(bytes: &[u8]) -> Result<Vec<u32>, FrameError> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut starts = vec![0];
    let mut end = 0u32;
    while cursor.at < bytes.len() {
        let length = cursor.number_u32()?;
        end = end.checked_add(length).ok_or(FrameError)?;
        starts.push(end);
    }
    Ok(starts)
}

fn eights(bytes: &[u8]) -> Vec<u64> {
    let (eights, _) = bytes.as_chunks::<8>();
    eights
        .iter()
        .map(|&eight| u64::from_le_bytes(eight))
        .collect()
}

/// The checksums of so many files.
pub(super) fn take_hashes(cursor: &mut Cursor<'_>, count: u32) -> Result<Vec<u64>, FrameError> {
    let bytes = (count as usize).checked_mul(8).ok_or(FrameError)?;
    Ok(eights(cursor.take(bytes)?))
}

/// How many files each shelf has that no other part names, then the checksums of all.
fn read_parts(
    bytes: &[u8],
    shelves: impl Iterator<Item = PartKind>,
) -> Result<Vec<Option<Vec<u64>>>, FrameError> {
    let mut cursor = Cursor { bytes, at: 0 };
    let mut counts = Vec::new();
    for kind in shelves {
        counts.push(match kind {
            PartKind::Units | PartKind::Places | PartKind::Pages | PartKind::Names => None,
            PartKind::Words
            | PartKind::Lists
            | PartKind::Shapes
            | PartKind::Ids
            | PartKind::Columns => Some(cursor.number_u32()?),
        });
    }
    let mut files = Vec::with_capacity(counts.len());
    for count in counts {
        let hashes = count.map(|count| take_hashes(&mut cursor, count));
        files.push(hashes.transpose()?);
    }
    if cursor.at < bytes.len() {
        return Err(FrameError);
    }
    Ok(files)
}
