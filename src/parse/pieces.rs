//! Long texts come in pieces; here they are put together.

use super::record::{ImportEvent, SourceKey};

/// The most that is set aside for a text on the word of whoever sends it.
const MOST_TRUSTED_BYTES: usize = 1 << 30;

/// The next bytes of a text that is too long to be held by its reader. Its
/// [`Record`](super::record::Record) follows with what is left of it, or its
/// source closes without one: then the pieces were no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextPiece {
    /// The source it stands in.
    pub key: SourceKey,
    /// How long the text will be at most, in bytes, where that can be told.
    pub expected: u64,
    /// Its next bytes.
    pub text: String,
}

/// Puts texts together that come in pieces.
#[derive(Clone, Debug, Default)]
pub struct Joiner {
    open: Option<(SourceKey, String)>,
}

impl Joiner {
    /// Keeps a piece back; every other event comes out again, a text with all that went before it.
    pub fn join(&mut self, event: ImportEvent) -> Option<ImportEvent> {
        match event {
            ImportEvent::Piece(piece) => {
                self.keep(piece);
                None
            }
            ImportEvent::Text(mut record) => {
                if let Some((_, mut text)) = self.open.take_if(|(key, _)| *key == record.key) {
                    text.push_str(&record.text);
                    record.text = text;
                }
                Some(ImportEvent::Text(record))
            }
            ImportEvent::Close(close) => {
                self.open.take_if(|(key, _)| *key == close.key);
                Some(ImportEvent::Close(close))
            }
            event => Some(event),
        }
    }

    /// Whether a text has begun and its rest is to come.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    fn keep(&mut self, piece: TextPiece) {
        match &mut self.open {
            Some((key, text)) if *key == piece.key => text.push_str(&piece.text),
            // One text is read at a time: what another source began was given up.
            open => {
                let mut text = piece.text;
                let expected = usize::try_from(piece.expected).unwrap_or(usize::MAX);
                let more = expected.min(MOST_TRUSTED_BYTES).saturating_sub(text.len());
                // Without room for all of it the text grows as it comes.
                let _ = text.try_reserve_exact(more);
                *open = Some((piece.key, text));
            }
        }
    }
}
