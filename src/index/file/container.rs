//! The file as a list of named sections, each with a checksum.
//!
//! All numbers are little-endian.
//!
//! | bytes | are |
//! |---|---|
//! | 8 | [`MAGIC`] |
//! | 4 | version of the format |
//! | 4 | number of sections |
//! | 8 | length of the file |
//! | 8 | XXH64 (seed 0) of the 24 bytes before and the table |
//! | 40 each | the table: name (12 bytes, zeros behind), 1 if a reader must know the section (4), offset (8), length (8), XXH64 (8) |

use super::error::IndexFileError;
use crate::index::coding::bytes::Bytes;
use std::ops::Range;
use twox_hash::XxHash64;

/// The first bytes of every index file: changed by whoever takes it for text.
pub const MAGIC: [u8; 8] = *b"KSHF\r\n\x1A\n";

/// Version of the format, raised when an older reader would misread a file. No other version is read.
pub(super) const VERSION: u32 = 4;

const HEAD: usize = 32;
const ENTRY: usize = 40;
const NAME: usize = 12;

/// Sections begin at multiples of this.
const ALIGNMENT: usize = 8;

/// Whether bytes begin as an index file does; the first eight are enough.
#[must_use]
pub fn is_index_file(head: &[u8]) -> bool {
    head.starts_with(&MAGIC)
}

/// XXH64 with seed 0.
pub(in crate::index) fn checksum(bytes: &[u8]) -> u64 {
    XxHash64::oneshot(0, bytes)
}

/// Gathers sections and writes the file.
#[derive(Debug, Default)]
pub(in crate::index) struct FileWriter {
    sections: Vec<(&'static str, bool, Vec<u8>)>,
}

impl FileWriter {
    /// Adds a section that a reader must know.
    pub(in crate::index) fn add(&mut self, name: &'static str, bytes: Vec<u8>) {
        self.sections.push((name, true, bytes));
    }

    /// Adds a section that a reader may pass over.
    pub(in crate::index) fn add_optional(&mut self, name: &'static str, bytes: Vec<u8>) {
        self.sections.push((name, false, bytes));
    }

    /// Sizes of the sections, in bytes.
    pub(super) fn sizes(&self) -> Vec<(&'static str, usize)> {
        let sections = self.sections.iter();
        sections
            .map(|(name, _, bytes)| (*name, bytes.len()))
            .collect()
    }

    /// The file.
    pub(in crate::index) fn finish(self) -> Vec<u8> {
        let mut offset = HEAD + ENTRY * self.sections.len();
        let mut table = Vec::new();
        for (name, required, bytes) in &self.sections {
            let mut padded = [0; NAME];
            for (to, from) in padded.iter_mut().zip(name.bytes()) {
                *to = from;
            }
            table.extend(padded);
            table.extend(u32::from(*required).to_le_bytes());
            table.extend((offset as u64).to_le_bytes());
            table.extend((bytes.len() as u64).to_le_bytes());
            table.extend(checksum(bytes).to_le_bytes());
            offset = (offset + bytes.len()).next_multiple_of(ALIGNMENT);
        }
        let mut file = Vec::with_capacity(offset);
        file.extend(MAGIC);
        file.extend(VERSION.to_le_bytes());
        file.extend((self.sections.len() as u32).to_le_bytes());
        file.extend((offset as u64).to_le_bytes());
        let sum = checksum(&[file.as_slice(), &table].concat());
        file.extend(sum.to_le_bytes());
        file.extend(table);
        for (_, _, bytes) in self.sections {
            file.extend(bytes);
            file.resize(file.len().next_multiple_of(ALIGNMENT), 0);
        }
        file
    }
}

/// What the table says of a section.
#[derive(Debug)]
struct Entry {
    name: String,
    required: bool,
    range: Range<usize>,
    sum: u64,
}

/// A file whose bytes come one after the other: a section can be used once it is there and its checksum is right.
#[derive(Debug, Default)]
pub(super) struct FileArrival {
    bytes: Vec<u8>,
    /// The length of the file and its table, once that is there.
    head: Option<(u64, Vec<Entry>)>,
    /// So many sections have been checked, in the order of the table.
    checked: usize,
}

impl FileArrival {
    /// Takes the next bytes, or all, and checks the sections that are there with them.
    pub(super) fn take(&mut self, bytes: Vec<u8>) -> Result<(), IndexFileError> {
        if self.bytes.is_empty() {
            self.bytes = bytes;
        } else {
            self.bytes.extend_from_slice(&bytes);
        }
        if self.head.is_none() {
            self.head = read_head(&self.bytes, false)?;
            let length = self.head.as_ref().map_or(0, |(length, _)| *length);
            let more = usize::try_from(length).unwrap_or_default();
            let more = more.saturating_sub(self.bytes.len());
            // Where there is no such room, there will be none in small steps either.
            let _ = self.bytes.try_reserve_exact(more);
        }
        let Some((_, entries)) = &self.head else {
            return Ok(());
        };
        while let Some(entry) = entries.get(self.checked)
            && let Some(section) = self.bytes.get(entry.range.clone())
        {
            if checksum(section) != entry.sum {
                return Err(damaged(&entry.name));
            }
            self.checked += 1;
        }
        Ok(())
    }

    /// What has been checked; none while there is no table.
    pub(super) fn sections(&self) -> Option<Sections<'_>> {
        self.head.as_ref().map(|(_, entries)| Sections {
            bytes: &self.bytes,
            entries,
            checked: self.checked,
        })
    }

    /// Checks that all bytes have come.
    pub(super) fn complete(&self) -> Result<(), IndexFileError> {
        // Every section lies inside the length that the head tells: none is unchecked then.
        read_head(&self.bytes, true).map(drop)
    }

    /// The file, which is complete.
    pub(super) fn into_reader(self) -> FileReader {
        FileReader {
            whole: self.bytes.into(),
            entries: self.head.unwrap_or_default().1,
        }
    }
}

/// Reads length and table; none where bytes are still to come and there are not enough.
fn read_head(bytes: &[u8], is_whole: bool) -> Result<Option<(u64, Vec<Entry>)>, IndexFileError> {
    if !is_whole && bytes.len() < HEAD {
        return Ok(None);
    }
    if !is_index_file(bytes) {
        return Err(IndexFileError::NotAnIndex);
    }
    let truncated = |expected: u64| IndexFileError::Truncated {
        bytes: bytes.len() as u64,
        expected,
    };
    let head = bytes.get(..HEAD).ok_or_else(|| truncated(HEAD as u64))?;
    let version = number(head, 8) as u32;
    if version > VERSION {
        let found = version.to_string();
        return Err(IndexFileError::Newer { found });
    }
    if version < VERSION {
        return Err(IndexFileError::Older { found: version });
    }
    let (count, length) = ((number(head, 8) >> 32) as usize, number(head, 16));
    let here = bytes.len() as u64;
    if is_whole && here < length {
        return Err(truncated(length));
    }
    let table = count
        .checked_mul(ENTRY)
        .and_then(|size| bytes.get(HEAD..HEAD.checked_add(size)?));
    let Some(table) = table else {
        return if is_whole {
            Err(damaged("head"))
        } else {
            Ok(None)
        };
    };
    let summed = [head.get(..24).unwrap_or_default(), table].concat();
    if checksum(&summed) != number(head, 24) || here > length {
        return Err(damaged("head"));
    }
    let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
    let mut entries = Vec::with_capacity(count);
    for entry in table.chunks_exact(ENTRY) {
        let name = entry.split(|&byte| byte == 0).next().unwrap_or_default();
        let name = String::from_utf8_lossy(name.get(..name.len().min(NAME)).unwrap_or(name));
        let offset = number(entry, 16);
        let end = offset.saturating_add(number(entry, 24));
        if end > length {
            return Err(damaged(&name));
        }
        entries.push(Entry {
            name: name.into_owned(),
            required: number(entry, 8) >> 32 != 0,
            range: place(offset)..place(end),
            sum: number(entry, 32),
        });
    }
    Ok(Some((length, entries)))
}

fn damaged(section: &str) -> IndexFileError {
    IndexFileError::Damaged {
        section: section.to_owned(),
    }
}

/// The sections of a file that may be used.
#[derive(Clone, Copy, Debug)]
pub(in crate::index) struct Sections<'f> {
    bytes: &'f [u8],
    entries: &'f [Entry],
    /// So many of them are there.
    checked: usize,
}

impl<'f> Sections<'f> {
    /// A file with a section that must be known and is not was written by a later version.
    pub(in crate::index) fn refuse_unknown(self, known: &[&str]) -> Result<(), IndexFileError> {
        let mut entries = self.entries.iter();
        match entries.find(|entry| entry.required && !known.contains(&&*entry.name)) {
            Some(entry) => Err(IndexFileError::Newer {
                found: format!("section «{}»", entry.name),
            }),
            None => Ok(()),
        }
    }

    /// Whether all of these can be used by now.
    pub(super) fn have(self, names: &[&str]) -> bool {
        names.iter().all(|name| self.optional(name).is_some())
    }

    /// A section, if the file has it.
    pub(in crate::index) fn optional(self, name: &str) -> Option<&'f [u8]> {
        let mut entries = self.entries.iter().take(self.checked);
        let entry = entries.find(|entry| entry.name == name)?;
        self.bytes.get(entry.range.clone())
    }

    /// A section that must be there.
    pub(in crate::index) fn section(self, name: &str) -> Result<&'f [u8], IndexFileError> {
        self.optional(name).ok_or_else(|| missing(name))
    }
}

fn missing(section: &str) -> IndexFileError {
    IndexFileError::Missing {
        section: section.to_owned(),
    }
}

/// A file whose checksums are right.
#[derive(Debug)]
pub(in crate::index) struct FileReader {
    whole: Bytes,
    entries: Vec<Entry>,
}

impl FileReader {
    /// Checks the file.
    pub(in crate::index) fn open(bytes: Vec<u8>) -> Result<Self, IndexFileError> {
        let mut file = FileArrival::default();
        file.take(bytes)?;
        file.complete()?;
        Ok(file.into_reader())
    }

    /// All sections.
    pub(in crate::index) fn sections(&self) -> Sections<'_> {
        Sections {
            bytes: &self.whole,
            entries: &self.entries,
            checked: self.entries.len(),
        }
    }

    /// A section that lives on, which must be there.
    pub(super) fn shared(&self, name: &str) -> Result<Bytes, IndexFileError> {
        let entry = self.entries.iter().find(|entry| entry.name == name);
        let part = entry.and_then(|entry| self.whole.part(entry.range.clone()));
        part.ok_or_else(|| missing(name))
    }
}

/// The eight bytes at a place as a number.
fn number(bytes: &[u8], at: usize) -> u64 {
    let eight = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>);
    eight.map_or(0, |eight| u64::from_le_bytes(*eight))
}
