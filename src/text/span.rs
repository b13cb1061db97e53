//! Spans of bytes, the one way to point into a text.

/// End-exclusive range of UTF-8 bytes in a text, on character borders.
///
/// ```
/// use kashshaf::text::ByteSpan;
/// let span = ByteSpan::new(0, 4);
/// assert_eq!(span.of("من هنا"), "من");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct ByteSpan {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl ByteSpan {
    /// Makes a span; an end before the start makes an empty span at `start`.
    #[must_use]
    pub fn new(start: usize, end: usize) -> Self {
        let start = clamp(start);
        Self {
            start,
            end: clamp(end).max(start),
        }
    }

    /// Cuts the span's text out of `text`; empty when the span does not lie in
    /// it on character borders.
    #[must_use]
    pub fn of<'a>(&self, text: &'a str) -> &'a str {
        text.get(self.range()).unwrap_or_default()
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> usize {
        (self.end - self.start) as usize
    }

    /// Whether nothing lies in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.start == self.end
    }

    /// The same as a range of `usize`.
    #[must_use]
    pub fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the two share a byte.
    #[must_use]
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// Whether `other` lies wholly inside.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

/// The last character border at or before byte `at`.
///
/// ```
/// assert_eq!(kashshaf::text::floor_border("كيم", 3), 2);
/// ```
#[must_use]
pub fn floor_border(text: &str, at: usize) -> usize {
    let mut border = at.min(text.len());
    while !text.is_char_boundary(border) {
        border -= 1;
    }
    border
}

/// Texts of 4 GiB and more are refused when they are read, so offsets fit.
fn clamp(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}
