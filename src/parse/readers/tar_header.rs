//! The 512 bytes in front of a member of a TAR archive.

use super::context::problem;
use super::text_of_name;
use crate::parse::record::Problem;

/// What a header announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Folder,
    /// A link, a device, a pipe.
    Link,
    /// The name of the next member (GNU).
    LongName,
    /// Values for the next member (pax).
    Pax,
    /// Values for all members, a long link name, a volume label.
    Ignored,
}

impl Kind {
    /// Whether bytes of its own follow it.
    pub(super) fn has_bytes(self) -> bool {
        !matches!(self, Self::Link | Self::Folder)
    }
}

/// A header that was understood.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub(super) name: String,
    pub(super) size: u64,
    pub(super) kind: Kind,
}

impl Header {
    /// Reads a block; none when it is all zeros.
    pub(super) fn read(block: &[u8]) -> Result<Option<Self>, Problem> {
        if block.iter().all(|&byte| byte == 0) {
            return Ok(None);
        }
        let field = |from: usize, length: usize| block.get(from..from + length).unwrap_or_default();
        let stated = number(field(148, 8));
        let blank = (148..156).map(|_| u64::from(b' ')).sum::<u64>();
        let around = block
            .iter()
            .enumerate()
            .filter(|(at, _)| !(148..156).contains(at));
        let sum = blank + around.map(|(_, &byte)| u64::from(byte)).sum::<u64>();
        let size = number(field(124, 12));
        let (Some(size), true) = (size, stated == Some(sum)) else {
            return Err(problem(
                "broken-archive",
                "a header of the TAR archive is damaged; what follows it cannot be found",
            ));
        };
        let until_zero = |bytes: &[u8]| {
            let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
            text_of_name(bytes.get(..end).unwrap_or_default())
        };
        let mut name = until_zero(field(0, 100));
        let prefix = until_zero(field(345, 155));
        // GNU archives keep times where POSIX keeps the front of the name.
        if field(257, 6) == b"ustar\0" && !prefix.is_empty() {
            name = format!("{prefix}/{name}");
        }
        let kind = match block.get(156) {
            Some(0 | b'0' | b'7') => Kind::File,
            Some(b'5') => Kind::Folder,
            Some(b'1'..=b'4' | b'6') => Kind::Link,
            Some(b'L') => Kind::LongName,
            Some(b'x') => Kind::Pax,
            Some(b'g' | b'K' | b'V' | b'D' | b'M') => Kind::Ignored,
            _ => Kind::File,
        };
        Ok(Some(Self { name, size, kind }))
    }
}

/// A number in octal digits, or in binary when its first bit is set.
fn number(field: &[u8]) -> Option<u64> {
    let (&first, rest) = field.split_first()?;
    if first & 0x80 != 0 {
        let start = u64::from(first & 0x7F);
        return rest.iter().try_fold(start, |number, &byte| {
            Some(number.checked_mul(256)? + u64::from(byte))
        });
    }
    let digits = field.trim_ascii();
    let end = digits.iter().position(|&byte| byte == 0 || byte == b' ');
    let digits = digits
        .get(..end.unwrap_or(digits.len()))
        .unwrap_or_default();
    digits.iter().try_fold(0u64, |number, &byte| match byte {
        b'0'..=b'7' => Some(number.checked_mul(8)? + u64::from(byte - b'0')),
        _ => None,
    })
}

/// What pax records say of the next member.
#[derive(Debug, Default)]
pub(super) struct PaxValues {
    pub(super) path: Option<String>,
    pub(super) size: Option<u64>,
}

/// Reads records of the form `length key=value\n`.
pub(super) fn pax_values(mut bytes: &[u8]) -> PaxValues {
    let mut values = PaxValues::default();
    while let Some(space) = memchr::memchr(b' ', bytes) {
        let length = std::str::from_utf8(bytes.get(..space).unwrap_or_default());
        let Some(length) = length.ok().and_then(|length| length.parse::<usize>().ok()) else {
            break;
        };
        let Some(record) = bytes.get(space + 1..length) else {
            break;
        };
        bytes = bytes.get(length..).unwrap_or_default();
        let Some(equals) = memchr::memchr(b'=', record) else {
            continue;
        };
        let (key, value) = record.split_at(equals);
        let value = value.get(1..).unwrap_or_default();
        let value = value.strip_suffix(b"\n").unwrap_or(value);
        match key {
            b"path" => values.path = Some(text_of_name(value)),
            b"size" => {
                let digits = std::str::from_utf8(value).ok();
                values.size = digits.and_then(|digits| digits.parse().ok());
            }
            _ => {}
        }
    }
    values
}
