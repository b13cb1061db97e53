//! The end of a ZIP archive and its central directory.

use super::context::{Context, harmless_path, problem};
use super::text_of_name;
use crate::parse::record::Problem;
use crate::sorting::Arrange;

/// The end record with the longest comment, and the locator of ZIP64 before it.
pub(super) const END_BYTES: u64 = 22 + 65_535 + 20 + 56;
/// A local header without name and extra field.
pub(super) const LOCAL_HEADER: u64 = 30;
const ENTRY_BYTES: usize = 46;

/// What the directory says of a member.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) name: String,
    pub(super) offset: u64,
    pub(super) packed: u64,
    pub(super) unpacked: u64,
    pub(super) method: u16,
    pub(super) checksum: u32,
    is_encrypted: bool,
    is_overlapping: bool,
}

impl Entry {
    /// Why the member cannot be read, if it cannot.
    pub(super) fn refuse(&self) -> Result<(), Problem> {
        if self.is_encrypted {
            let message =
                "the member is locked by a password; unpack it yourself and add the files";
            return Err(problem("encrypted-member", message));
        }
        if self.is_overlapping {
            let message = "the member shares its bytes with another, as only hostile archives do";
            return Err(problem("overlapping-members", message));
        }
        if !matches!(self.method, 0 | 8) {
            let message = format!(
                "packed by method {}; stored (0) and deflated (8) members can be read",
                self.method
            );
            return Err(problem("unsupported-compression", message));
        }
        Ok(())
    }
}

/// Where the directory lies, and the entries read so far.
#[derive(Debug, Default)]
pub(super) struct Directory {
    at: u64,
    end: u64,
    /// Bytes in front of the archive, which its offsets do not count.
    base: u64,
    pub(super) entries: Vec<Entry>,
}

fn two(bytes: &[u8], at: usize) -> u16 {
    match bytes.get(at..at + 2) {
        Some(&[a, b]) => u16::from_le_bytes([a, b]),
        _ => 0,
    }
}

fn four(bytes: &[u8], at: usize) -> u64 {
    u64::from(two(bytes, at)) | (u64::from(two(bytes, at + 2)) << 16)
}

fn eight(bytes: &[u8], at: usize) -> u64 {
    four(bytes, at) | (four(bytes, at + 4) << 32)
}

fn broken(message: &str) -> Problem {
    problem("broken-archive", message)
}

/// Finds the end record in the last bytes of an archive, which lie at `from`.
pub(super) fn find_end(bytes: &[u8], from: u64, size: u64) -> Result<Directory, Problem> {
    let fits = |&at: &usize| {
        let comment = usize::from(two(bytes, at + 20));
        bytes.len() >= at + 22 + comment
    };
    let found = memchr::memmem::rfind_iter(bytes, b"PK\x05\x06").find(fits);
    let Some(at) = found else {
        return Err(broken(
            "the ZIP archive has no directory at its end: it is cut off or damaged",
        ));
    };
    let (mut length, mut offset) = (four(bytes, at + 12), four(bytes, at + 16));
    let mut end = from + at as u64;
    let locator = at
        .checked_sub(20)
        .filter(|&at| bytes.get(at..at + 4) == Some(b"PK\x06\x07"));
    if let Some(locator) = locator {
        let record = eight(bytes, locator + 8);
        // The record stands right before its locator in every archive that is written in one go.
        let stands = locator.checked_sub(56);
        let stands = stands.filter(|&at| bytes.get(at..at + 4) == Some(b"PK\x06\x06"));
        let Some(stands) = stands else {
            return Err(broken("the ZIP64 directory is not where it should be"));
        };
        let _ = record;
        (length, offset) = (eight(bytes, stands + 40), eight(bytes, stands + 48));
        end = from + stands as u64;
    }
    let start = end.checked_sub(length);
    let base = start.and_then(|start| start.checked_sub(offset));
    match (start, base) {
        (Some(at), Some(base)) if end <= size => Ok(Directory {
            at,
            end,
            base,
            entries: Vec::new(),
        }),
        _ => Err(broken(
            "the directory of the ZIP archive does not fit into it",
        )),
    }
}

impl Directory {
    /// Where what is not read yet begins, and how long it is.
    pub(super) fn rest(&self) -> (u64, u64) {
        (self.at, self.end - self.at)
    }

    /// Reads the entries that are whole in `bytes`, which lie at the start of the rest.
    pub(super) fn read(&mut self, bytes: &[u8], context: &mut Context) -> Result<(), Problem> {
        let is_last = bytes.len() as u64 == self.end - self.at;
        let mut at = 0;
        while let Some(head) = bytes.get(at..at + ENTRY_BYTES) {
            if !head.starts_with(b"PK\x01\x02") {
                return Err(broken("an entry of the directory is damaged"));
            }
            let [name, extra, comment] = [28, 30, 32].map(|at| usize::from(two(head, at)));
            let end = at + ENTRY_BYTES + name + extra + comment;
            let Some(rest) = bytes.get(at + ENTRY_BYTES..end) else {
                break;
            };
            let (name, rest) = rest.split_at(name);
            self.push(head, name, rest.get(..extra).unwrap_or_default());
            at = end;
            if self.entries.len() as u64 > context.limits.members {
                let most = context.limits.members;
                let message = format!(
                    "at most {most} members of one file are read, this archive has more; unpack it and add the \
                     folder in parts"
                );
                return Err(problem("member-limit", message));
            }
        }
        if at == 0 || (is_last && at < bytes.len()) {
            return Err(broken("the directory of the ZIP archive ends in an entry"));
        }
        self.at += at as u64;
        Ok(())
    }

    fn push(&mut self, head: &[u8], name: &[u8], extra: &[u8]) {
        let name = text_of_name(name);
        let mut values = [four(head, 24), four(head, 20), four(head, 42)];
        zip64_values(extra, &mut values);
        let [unpacked, packed, offset] = values;
        // A folder is no member: its files are.
        if name.ends_with('/') && unpacked == 0 {
            return;
        }
        self.entries.push(Entry {
            name: harmless_path(&name),
            offset: offset.saturating_add(self.base),
            packed,
            unpacked,
            method: two(head, 10),
            checksum: four(head, 16) as u32,
            is_encrypted: two(head, 8) & 1 != 0,
            is_overlapping: false,
        });
    }

    /// Puts the members in the order in which they lie and marks those that
    /// share bytes with another.
    pub(super) fn finish(&mut self, _context: &mut Context) -> Result<(), Problem> {
        self.entries.arrange_by_key(|entry| entry.offset);
        let mut end = 0;
        for entry in &mut self.entries {
            entry.is_overlapping = entry.offset < end;
            let behind = entry.offset.saturating_add(LOCAL_HEADER);
            end = end.max(behind.saturating_add(entry.packed));
        }
        Ok(())
    }
}

/// Replaces the values that the 32-bit fields could not hold.
fn zip64_values(mut extra: &[u8], values: &mut [u64; 3]) {
    while extra.len() >= 4 {
        let (kind, length) = (two(extra, 0), usize::from(two(extra, 2)));
        let field = extra.get(4..4 + length).unwrap_or_default();
        if kind == 1 {
            let mut at = 0;
            for value in values.iter_mut().filter(|value| **value == 0xFFFF_FFFF) {
                if at + 8 <= field.len() {
                    *value = eight(field, at);
                    at += 8;
                }
            }
        }
        extra = extra.get(4 + length..).unwrap_or_default();
    }
}
