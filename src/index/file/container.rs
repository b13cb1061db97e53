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
use twox_hash::XxHash64;

/// The first bytes of every index file: changed by whoever takes it for text.
pub const MAGIC: [u8; 8] = *b"KSHF\r\n\x1A\n";

/// Version of the format, raised when an older reader would misread a file.
pub(super) const VERSION: u32 = 1;

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

/// A file whose checksums are right.
#[derive(Debug)]
pub(in crate::index) struct FileReader {
    sections: Vec<(String, bool, Bytes)>,
}

impl FileReader {
    /// Checks the file.
    pub(in crate::index) fn open(bytes: Vec<u8>) -> Result<Self, IndexFileError> {
        if !is_index_file(&bytes) {
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
        let (count, length) = ((number(head, 8) >> 32) as usize, number(head, 16));
        if (bytes.len() as u64) < length {
            return Err(truncated(length));
        }
        let damaged = |section: &str| IndexFileError::Damaged {
            section: section.to_owned(),
        };
        let table = count
            .checked_mul(ENTRY)
            .and_then(|size| bytes.get(HEAD..HEAD.checked_add(size)?))
            .ok_or_else(|| damaged("head"))?;
        let summed = [head.get(..24).unwrap_or_default(), table].concat();
        if checksum(&summed) != number(head, 24) || bytes.len() as u64 != length {
            return Err(damaged("head"));
        }
        let table = table.to_vec();
        let whole = Bytes::from(bytes);
        let mut sections = Vec::with_capacity(count);
        for entry in table.chunks_exact(ENTRY) {
            let name = entry.split(|&byte| byte == 0).next().unwrap_or_default();
            let name = String::from_utf8_lossy(name.get(..name.len().min(NAME)).unwrap_or(name));
            let place = |at| usize::try_from(number(entry, at)).ok();
            let section = place(16)
                .zip(place(24))
                .and_then(|(offset, length)| whole.part(offset..offset.checked_add(length)?))
                .filter(|section| checksum(section) == number(entry, 32))
                .ok_or_else(|| damaged(&name))?;
            let required = number(entry, 8) >> 32 != 0;
            sections.push((name.into_owned(), required, section));
        }
        Ok(Self { sections })
    }

    /// A file with a section that must be known and is not was written by a later version.
    pub(in crate::index) fn refuse_unknown(&self, known: &[&str]) -> Result<(), IndexFileError> {
        let unknown = self.sections.iter();
        let mut unknown =
            unknown.filter(|(name, required, _)| *required && !known.contains(&&**name));
        match unknown.next() {
            Some((name, ..)) => Err(IndexFileError::Newer {
                found: format!("section «{name}»"),
            }),
            None => Ok(()),
        }
    }

    /// A section, if the file has it.
    pub(in crate::index) fn optional(&self, name: &str) -> Option<Bytes> {
        let section = self.sections.iter().find(|(of, ..)| of == name);
        section.map(|(_, _, bytes)| bytes.clone())
    }

    /// A section that must be there.
    pub(in crate::index) fn section(&self, name: &str) -> Result<Bytes, IndexFileError> {
        self.optional(name).ok_or_else(|| IndexFileError::Missing {
            section: name.to_owned(),
        })
    }
}

/// The eight bytes at a place as a number.
fn number(bytes: &[u8], at: usize) -> u64 {
    let eight = bytes.get(at..).and_then(<[u8]>::first_chunk::<8>);
    eight.map_or(0, |eight| u64::from_le_bytes(*eight))
}
