//! Bytes → events.

use super::cursor::Cursor;
use super::{BAD, CLOSE, FrameError, MAX_HEAD_BYTES, OPEN, PIECE, TEXT};
use crate::parse::format::FileFormat;
use crate::parse::pieces::TextPiece;
use crate::parse::record::{BadRecord, CloseSource, ImportEvent, Layout, OpenSource, Problem};

/// Reads frames from a stream that comes in pieces.
#[derive(Debug, Default)]
pub struct FrameReader {
    /// Bytes of an unfinished head.
    pending: Vec<u8>,
    /// A text, or a piece of one, whose bytes are still coming, and how many are missing.
    open_text: Option<(ImportEvent, Vec<u8>, usize)>,
}

impl FrameReader {
    /// Whether nothing of a frame is waiting for its rest.
    #[must_use]
    pub fn is_between_frames(&self) -> bool {
        self.pending.is_empty() && self.open_text.is_none()
    }

    /// Takes a piece and hands each event that it completes to `take`.
    ///
    /// # Errors
    /// [`FrameError`] when the bytes are no frames; nothing more can be read then.
    pub fn read(
        &mut self,
        mut piece: &[u8],
        mut take: impl FnMut(ImportEvent),
    ) -> Result<(), FrameError> {
        while !piece.is_empty() {
            if let Some((_, bytes, missing)) = &mut self.open_text {
                let (now, rest) = piece.split_at(piece.len().min(*missing));
                bytes.extend_from_slice(now);
                *missing -= now.len();
                piece = rest;
                self.close_text(&mut take)?;
                continue;
            }
            // Whole heads are read where they lie; a cut one is gathered first.
            let (whole, used) = if self.pending.is_empty() {
                let (whole, used) = read_head(piece)?;
                if whole.is_none() {
                    self.pending.extend_from_slice(piece);
                    return Ok(());
                }
                (whole, used)
            } else {
                let before = self.pending.len();
                let enough = piece.len().min(8192);
                self.pending
                    .extend_from_slice(piece.get(..enough).unwrap_or_default());
                let (whole, used) = read_head(&self.pending)?;
                if whole.is_none() {
                    piece = piece.get(enough..).unwrap_or_default();
                    continue;
                }
                self.pending.clear();
                (whole, used - before)
            };
            piece = piece.get(used..).unwrap_or_default();
            if let Some((event, length)) = whole {
                self.begin(event, length, &mut take)?;
            }
        }
        Ok(())
    }

    fn begin(
        &mut self,
        event: ImportEvent,
        length: usize,
        take: &mut impl FnMut(ImportEvent),
    ) -> Result<(), FrameError> {
        match event {
            event @ (ImportEvent::Text(_) | ImportEvent::Piece(_)) => {
                let mut bytes = Vec::new();
                bytes.try_reserve_exact(length).map_err(|_| FrameError)?;
                self.open_text = Some((event, bytes, length));
                self.close_text(take)
            }
            _ if length > 0 => Err(FrameError),
            event => {
                take(event);
                Ok(())
            }
        }
    }

    fn close_text(&mut self, take: &mut impl FnMut(ImportEvent)) -> Result<(), FrameError> {
        match self.open_text.take() {
            Some((mut event, bytes, 0)) => {
                let text = String::from_utf8(bytes).map_err(|_| FrameError)?;
                match &mut event {
                    ImportEvent::Piece(piece) => piece.text = text,
                    ImportEvent::Text(record) => {
                        // Of a text in pieces the end of the main text may stand before what is left.
                        if let Layout::Article { title_end } = record.layout
                            && !text.is_char_boundary(title_end as usize)
                        {
                            return Err(FrameError);
                        }
                        record.text = text;
                    }
                    _ => return Err(FrameError),
                }
                take(event);
            }
            open => self.open_text = open,
        }
        Ok(())
    }
}

type Head = Option<(ImportEvent, usize)>;

/// Reads one head; none when the bytes end inside it. The second value is its length.
fn read_head(bytes: &[u8]) -> Result<(Head, usize), FrameError> {
    let mut cursor = Cursor { bytes, at: 1 };
    let Some(length) = cursor.number_or_end()? else {
        return Ok((None, 0));
    };
    if length > MAX_HEAD_BYTES {
        return Err(FrameError);
    }
    let (start, end) = (cursor.at, cursor.at + length as usize);
    cursor.at = end;
    let Some(text_length) = (end <= bytes.len())
        .then(|| cursor.number_or_end())
        .transpose()?
        .flatten()
    else {
        return Ok((None, 0));
    };
    let used = cursor.at;
    let mut head = Cursor {
        bytes: bytes.get(..end).unwrap_or_default(),
        at: start,
    };
    let event = match bytes.first() {
        Some(&OPEN) => ImportEvent::Open(OpenSource {
            key: head.key()?,
            parent: head.option(Cursor::number_u32)?,
            name: head.text()?,
            format: FileFormat::from_name(&head.text()?).ok_or(FrameError)?,
        }),
        Some(&PIECE) => ImportEvent::Piece(TextPiece {
            key: head.key()?,
            expected: head.number()?,
            text: String::new(),
        }),
        Some(&TEXT) => ImportEvent::Text(Box::new(head.record()?)),
        Some(&BAD) => ImportEvent::Bad(BadRecord {
            key: head.key()?,
            number: head.number()?,
            bytes: head.number()?,
            code: head.text()?,
            message: head.text()?,
        }),
        Some(&CLOSE) => ImportEvent::Close(CloseSource {
            key: head.key()?,
            bytes: head.number()?,
            encoding: head.option(Cursor::encoding)?,
            problem: head.option(|head| {
                Ok(Problem {
                    skipped: head.byte()? != 0,
                    code: head.text()?,
                    message: head.text()?,
                })
            })?,
        }),
        _ => return Err(FrameError),
    };
    if head.at != end {
        return Err(FrameError);
    }
    let text_length = usize::try_from(text_length).map_err(|_| FrameError)?;
    Ok((Some((event, text_length)), used))
}
