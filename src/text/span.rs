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

/// A stretch of a longer text that knows where it stands there.
///
/// ```
/// use kashshaf::text::{ByteSpan, Excerpt};
/// let excerpt = Excerpt::new("كيم وبوتين", 100);
/// assert_eq!(excerpt.of(ByteSpan::new(107, 119)), "وبوتين");
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Excerpt<'t> {
    text: &'t str,
    start: u32,
}

impl<'t> Excerpt<'t> {
    /// `text` stands at byte `start` of the longer one.
    #[must_use]
    pub fn new(text: &'t str, start: u32) -> Self {
        Self { text, start }
    }

    /// What stands at a span of the longer text; empty when that is not all here.
    #[must_use]
    pub fn of(&self, span: ByteSpan) -> &'t str {
        let at = |byte: u32| byte.checked_sub(self.start).map(|byte| byte as usize);
        let range = at(span.start).zip(at(span.end));
        range
            .and_then(|(start, end)| self.text.get(start..end))
            .unwrap_or_default()
    }

    /// What is here before a byte of the longer text.
    #[must_use]
    pub fn before(&self, byte: u32) -> &'t str {
        let end = byte.saturating_sub(self.start) as usize;
        self.text.get(..end).unwrap_or_default()
    }

    /// What is here from a byte of the longer text on.
    #[must_use]
    pub fn after(&self, byte: u32) -> &'t str {
        let start = byte.saturating_sub(self.start) as usize;
        self.text.get(start..).unwrap_or_default()
    }

    /// A span cut to so many bytes, or a few less so that no character is cut.
    #[must_use]
    pub fn shortened(&self, span: ByteSpan, bytes: u32) -> ByteSpan {
        let end = span.end.min(span.start.saturating_add(bytes));
        let border = floor_border(self.text, end.saturating_sub(self.start) as usize);
        ByteSpan {
            start: span.start,
            end: self.start + clamp(border),
        }
    }

    /// Where it stands.
    #[must_use]
    pub fn span(&self) -> ByteSpan {
        ByteSpan::new(self.start as usize, self.start as usize + self.text.len())
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
