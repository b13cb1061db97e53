//! The directory of an index in parts: what is in which file.
//!
//! It has the form of an index file (`docs/index-format.md`).

use crate::index::file::container::FileReader;
use crate::index::file::error::Inconsistent;
use crate::index::file::lexicon::word_codes;
use crate::index::file::numbers::NumberCodes;
use crate::index::file::{inconsistent, postings, read_corpus};
use crate::index::{CorpusFacts, IndexFileError, PageId};
use crate::parse::frame::{Cursor, FrameError};
use crate::parse::reason_table::reason;
use std::ops::Range;
use std::sync::Arc;

/// Sections of a directory that a reader must know.
pub(super) const SECTIONS: [&str; 10] = [
    "corpus",
    "units",
    "facts",
    "drawers",
    "word-codes",
    "list-codes",
    "page-groups",
    "page-ids",
    "reasons",
    "parts",
];

/// What a part holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartKind {
    /// Words.
    Words,
    /// Units and occurrences.
    Units,
    /// Places in units.
    Places,
    /// Pages with their texts; their files are deflated.
    Pages,
    /// Ids of pages.
    Ids,
}

impl PartKind {
    /// Every kind, in the order of the directory.
    pub const ALL: [Self; 5] = [
        Self::Words,
        Self::Units,
        Self::Places,
        Self::Pages,
        Self::Ids,
    ];

    /// The folder of its files.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Units => "units",
            Self::Places => "places",
            Self::Pages => "pages",
            Self::Ids => "ids",
        }
    }
}

/// What is in which file. A *shelf* is what is read together: one file, or several where it is large.
#[derive(Clone, Debug)]
pub(in crate::index) struct Directory {
    pub(super) pages: u32,
    pub(super) fingerprint: String,
    pub(super) facts: CorpusFacts,
    pub(super) firsts: Arc<[String]>,
    pub(super) proclitics: Arc<[String]>,
    pub(super) word_codes: Arc<NumberCodes>,
    pub(super) list_codes: Arc<NumberCodes>,
    /// Where each group of pages begins; one more entry than groups.
    groups: Vec<u32>,
    /// The first id of each part of ids.
    ids: Vec<u64>,
    pub(super) reasons: Vec<&'static str>,
    /// Where the files of each shelf begin; one more entry than shelves.
    files: Vec<u32>,
    hashes: Vec<u64>,
}

impl Directory {
    /// Reads a directory whose checksums are right.
    pub(super) fn read(file: &FileReader) -> Result<Self, IndexFileError> {
        file.refuse_unknown(&SECTIONS)?;
        let (pages, fingerprint) = read_corpus(file)?;
        let read_codes = |name: &'static str, read: &dyn Fn(&[u8]) -> Result<_, Inconsistent>| {
            let section = file.section(name)?;
            read(&section).map(Arc::new).map_err(within(name))
        };
        let facts = CorpusFacts::read(&file.section("facts")?).map_err(within("facts"))?;
        let drawers = file.section("drawers")?;
        let (firsts, proclitics) = lists(&drawers).map_err(within("drawers"))?;
        let reasons = file.section("reasons")?;
        let mut cursor = Cursor {
            bytes: &reasons,
            at: 0,
        };
        let reasons = cursor.list().map_err(within("reasons"))?;
        let groups = starts(&file.section("page-groups")?).map_err(within("page-groups"))?;
        if groups.last() != Some(&pages) {
            return Err(inconsistent("page-groups"));
        }
        let ids = eights(&file.section("page-ids")?);
        let parts = file.section("parts")?;
        let shelves = 3 * firsts.len() + groups.len() - 1 + ids.len();
        let (files, hashes) = read_parts(&parts, shelves).map_err(within("parts"))?;
        Ok(Self {
            pages,
            fingerprint,
            facts,
            firsts: firsts.into(),
            proclitics: proclitics.into(),
            word_codes: read_codes("word-codes", &word_codes)?,
            list_codes: read_codes("list-codes", &|bytes| {
                NumberCodes::read(bytes, postings::KINDS)
            })?,
            groups,
            ids,
            reasons: reasons.iter().map(|name| reason(name)).collect(),
            files,
            hashes,
        })
    }

    /// Number of shelves.
    pub(super) fn shelves(&self) -> usize {
        self.files.len() - 1
    }

    /// How many shelves of a kind there are.
    fn count(&self, kind: PartKind) -> usize {
        match kind {
            PartKind::Words | PartKind::Units | PartKind::Places => self.firsts.len(),
            PartKind::Pages => self.groups.len() - 1,
            PartKind::Ids => self.ids.len(),
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
        (PartKind::Ids, number)
    }

    /// Numbers of the files of a shelf.
    pub(super) fn files(&self, shelf: usize) -> Range<u32> {
        let at = |shelf: usize| self.files.get(shelf).copied().unwrap_or_default();
        at(shelf)..at(shelf + 1)
    }

    /// Names of the files of a shelf.
    pub(super) fn names(&self, shelf: usize) -> impl Iterator<Item = String> {
        let kind = self.kind(shelf).0;
        let hash = |file: u32| self.hashes.get(file as usize).copied();
        let hashes = self.files(shelf).filter_map(hash);
        hashes.map(move |hash| part_name(kind, hash))
    }

    /// The files of that name, each with its shelf, and the checksum of what they hold.
    pub(super) fn find(&self, name: &str) -> Option<(u64, Vec<(u32, usize)>)> {
        let (folder, file) = name.split_once('/')?;
        let kind = PartKind::ALL.into_iter().find(|of| of.name() == folder)?;
        let hash = u64::from_str_radix(file.strip_suffix(".bin")?, 16).ok()?;
        let first = self.shelf(kind, 0);
        let shelves = first..first + self.count(kind);
        let files = shelves.flat_map(|shelf| self.files(shelf).map(move |file| (file, shelf)));
        let same = files.filter(|&(file, _)| self.hashes.get(file as usize) == Some(&hash));
        let same: Vec<(u32, usize)> = same.collect();
        (!same.is_empty()).then_some((hash, same))
    }

    /// The group that a page is in.
    pub(super) fn group_of(&self, page: PageId) -> Option<usize> {
        let after = self.groups.partition_point(|&start| start <= page.0);
        after.checked_sub(1).filter(|_| page.0 < self.pages)
    }

    /// The pages of a group.
    pub(super) fn group(&self, number: usize) -> Range<u32> {
        let at = |group: usize| self.groups.get(group).copied().unwrap_or_default();
        at(number)..at(number + 1)
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

/// The name of the file with this checksum.
pub(super) fn part_name(kind: PartKind, hash: u64) -> String {
    format!("{}/{hash:016x}.bin", kind.name())
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

/// How many files each shelf has, then the checksums of all.
fn read_parts(bytes: &[u8], shelves: usize) -> Result<(Vec<u32>, Vec<u64>), FrameError> {
    let mut cursor = Cursor { bytes, at: 0 };
    let (mut files, mut end) = (vec![0], 0u32);
    for _ in 0..shelves {
        let count = cursor.number_u32()?;
        end = end.checked_add(count).ok_or(FrameError)?;
        files.push(end);
    }
    let hashes = bytes.get(cursor.at..).unwrap_or_default();
    let hashes = eights(hashes);
    if hashes.len() != end as usize {
        return Err(FrameError);
    }
    Ok((files, hashes))
}
