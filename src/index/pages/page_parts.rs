//! The parts of a page in few bytes: every page of a corpus keeps its own.

use crate::parse::frame::{Cursor, FrameError, put_number};
use crate::parse::reason_table::{REASONS, reason_at};
use crate::parse::{Part, PartKind};
use crate::text::ByteSpan;

/// Confidences are mostly hundredths; another one is written after this byte.
const ODD_CONFIDENCE: u8 = 101;

/// Bytes that the parts of most pages take.
const FEW_PARTS: usize = 64;

/// The parts of a page, which follow each other from its first byte on: of each
/// its kind and article, its length, the number of its rule and how sure it is.
#[derive(Clone, Debug, Default)]
pub struct PageParts {
    bytes: Box<[u8]>,
}

impl PageParts {
    /// Number of parts.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bytes.is_empty()
    }

    /// The parts in order.
    pub fn iter(&self) -> impl Iterator<Item = Part> {
        let mut cursor = Cursor {
            bytes: &self.bytes,
            at: 0,
        };
        let mut start = 0;
        let number = |cursor: &mut Cursor<'_>| Ok(reason_at(cursor.number_u32()?));
        std::iter::from_fn(move || {
            let part = read_part(&mut cursor, start, number).ok()?;
            start = part.span.end;
            Some(part)
        })
    }

    /// Bytes that they take.
    pub(in crate::index) fn memory(&self) -> usize {
        self.bytes.len()
    }
}

impl FromIterator<Part> for PageParts {
    fn from_iter<I: IntoIterator<Item = Part>>(parts: I) -> Self {
        let mut bytes = Vec::with_capacity(FEW_PARTS);
        for part in parts {
            let known = REASONS.iter().position(|&known| known == part.reason);
            put_part(&mut bytes, &part, known.unwrap_or(REASONS.len()));
        }
        Self {
            bytes: bytes.into(),
        }
    }
}

/// Writes a part with the number of its rule; where it stands is told by the lengths of those before.
pub(in crate::index) fn put_part(out: &mut Vec<u8>, part: &Part, reason: usize) {
    let article = part.article.map_or(0, |article| article as u64 + 1);
    put_number(out, part.kind as u64 | article << 4);
    put_number(out, part.span.len() as u64);
    put_number(out, reason as u64);
    out.push(hundredths(part.confidence).unwrap_or(ODD_CONFIDENCE));
    if hundredths(part.confidence).is_none() {
        out.extend(part.confidence.to_le_bytes());
    }
}

/// How sure a rule is in hundredths, where it is so many exactly.
pub(in crate::index) fn hundredths(confidence: f32) -> Option<u8> {
    let hundredths = (confidence * 100.0).round().clamp(0.0, 100.0) as u8;
    (f32::from(hundredths) / 100.0 == confidence).then_some(hundredths)
}

/// Reads a part that starts at a byte of its text; `reason` reads the code of its rule.
pub(in crate::index) fn read_part(
    cursor: &mut Cursor<'_>,
    start: u32,
    reason: impl Fn(&mut Cursor<'_>) -> Result<&'static str, FrameError>,
) -> Result<Part, FrameError> {
    let kind = cursor.number()?;
    let end = start.checked_add(cursor.number_u32()?).ok_or(FrameError)?;
    let reason = reason(cursor)?;
    let confidence = match cursor.byte()? {
        ODD_CONFIDENCE => {
            let four = cursor.take(4)?.first_chunk::<4>().copied();
            f32::from_le_bytes(four.unwrap_or_default())
        }
        hundredths => f32::from(hundredths) / 100.0,
    };
    let article = (kind >> 4).checked_sub(1);
    Ok(Part {
        span: ByteSpan { start, end },
        kind: *PartKind::ALL.get((kind & 15) as usize).ok_or(FrameError)?,
        article: article.map(|article| usize::try_from(article).unwrap_or(usize::MAX)),
        reason,
        confidence,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::Page;

    #[test]
    fn parts_are_those_that_were_packed() {
        let folders = ["corpus", "tests/pages"]
            .map(|folder| format!("{}/{folder}", env!("CARGO_MANIFEST_DIR")));
        for folder in folders {
            for file in std::fs::read_dir(folder).expect("a folder") {
                let bytes = std::fs::read(file.expect("a file").path()).expect("readable");
                let mut parts = Page::read("page", &bytes).expect("text").parts;
                assert!(!parts.is_empty());
                if let Some(first) = parts.first_mut() {
                    (first.confidence, first.article) = (0.123_4, Some(4_000));
                }
                let packed: PageParts = parts.iter().cloned().collect();
                assert_eq!(packed.iter().collect::<Vec<_>>(), parts);
                assert_eq!((packed.len(), packed.is_empty()), (parts.len(), false));
                assert!(packed.memory() < 8 * parts.len() + 8);
            }
        }
        assert!(PageParts::default().is_empty());
    }
}
