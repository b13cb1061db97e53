//! Lines and code points: where a byte offset is for someone with an editor.

/// A place in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinePosition {
    /// Line number from 1; a line ends with `\n`.
    pub line: usize,
    /// Code points before the place on its line.
    pub column: usize,
}

/// Turns ascending byte offsets into line positions in one pass over the text.
///
/// ```
/// use kashshaf::text::line::LineCursor;
/// let mut cursor = LineCursor::new("قال\nكيم");
/// let place = cursor.advance_to("قال\nك".len());
/// assert_eq!((place.line, place.column), (2, 1));
/// ```
#[derive(Clone, Debug)]
pub struct LineCursor<'a> {
    text: &'a str,
    at: usize,
    place: LinePosition,
}

impl<'a> LineCursor<'a> {
    /// Starts at the start of `text`.
    #[must_use]
    pub fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            place: LinePosition { line: 1, column: 0 },
        }
    }

    /// Moves to a byte offset. One that lies behind starts again from the front.
    pub fn advance_to(&mut self, offset: usize) -> LinePosition {
        if offset < self.at {
            *self = Self::new(self.text);
        }
        let passed = self.text.get(self.at..offset).unwrap_or_default();
        let breaks = memchr::memchr_iter(b'\n', passed.as_bytes()).count();
        let last_line = passed
            .rsplit('\n')
            .next()
            .unwrap_or_default()
            .chars()
            .count();
        self.place.line += breaks;
        self.place.column = if breaks > 0 {
            last_line
        } else {
            self.place.column + last_line
        };
        self.at = offset;
        self.place
    }
}
