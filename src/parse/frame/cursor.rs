//! Reads the values of a head.

use super::FrameError;
use crate::parse::Encoding;
use crate::parse::encoding::ReadWarning;
use crate::parse::given::{Given, GivenDate, GivenOrigin};
use crate::parse::record::{Layout, Record, SourceKey};
use crate::text::date::CalendarDate;

/// Reads values from the front of bytes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cursor<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) at: usize,
}

impl Cursor<'_> {
    /// A number; none when the bytes end inside it.
    pub(crate) fn number_or_end(&mut self) -> Result<Option<u64>, FrameError> {
        let mut number = 0u64;
        for shift in (0..64).step_by(7) {
            let Some(&byte) = self.bytes.get(self.at) else {
                return Ok(None);
            };
            self.at += 1;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Ok(Some(number));
            }
        }
        Err(FrameError)
    }

    pub(crate) fn number(&mut self) -> Result<u64, FrameError> {
        self.number_or_end()?.ok_or(FrameError)
    }

    pub(crate) fn number_u32(&mut self) -> Result<u32, FrameError> {
        u32::try_from(self.number()?).map_err(|_| FrameError)
    }

    pub(crate) fn take(&mut self, length: usize) -> Result<&[u8], FrameError> {
        let end = self.at.checked_add(length).ok_or(FrameError)?;
        let taken = self.bytes.get(self.at..end).ok_or(FrameError)?;
        self.at = end;
        Ok(taken)
    }

    pub(crate) fn byte(&mut self) -> Result<u8, FrameError> {
        self.take(1)?.first().copied().ok_or(FrameError)
    }

    pub(crate) fn text(&mut self) -> Result<String, FrameError> {
        self.word().map(ToOwned::to_owned)
    }

    /// A text that need not be kept.
    pub(crate) fn word(&mut self) -> Result<&str, FrameError> {
        let length = usize::try_from(self.number()?).map_err(|_| FrameError)?;
        let bytes = self.take(length)?;
        std::str::from_utf8(bytes).map_err(|_| FrameError)
    }

    pub(crate) fn option<T>(
        &mut self,
        read: impl Fn(&mut Self) -> Result<T, FrameError>,
    ) -> Result<Option<T>, FrameError> {
        self.flag()?.then(|| read(self)).transpose()
    }

    pub(crate) fn flag(&mut self) -> Result<bool, FrameError> {
        match self.byte()? {
            0 => Ok(false),
            1 => Ok(true),
            _ => Err(FrameError),
        }
    }

    /// Lists are as long as their bytes allow.
    pub(crate) fn list(&mut self) -> Result<Vec<String>, FrameError> {
        let mut texts = Vec::new();
        for _ in 0..self.number()? {
            texts.push(self.text()?);
        }
        Ok(texts)
    }

    pub(crate) fn key(&mut self) -> Result<SourceKey, FrameError> {
        Ok(SourceKey {
            file: self.number_u32()?,
            member: self.number_u32()?,
        })
    }

    pub(crate) fn encoding(&mut self) -> Result<Encoding, FrameError> {
        let number = usize::try_from(self.number()?).map_err(|_| FrameError)?;
        match Encoding::OWN.get(number) {
            Some(&own) => Ok(own),
            None => Encoding::from_name(self.word()?).ok_or(FrameError),
        }
    }

    pub(crate) fn warning(&mut self) -> Result<Option<ReadWarning>, FrameError> {
        self.option(|cursor| {
            let kind = cursor.byte()?;
            let count = cursor.number_u32()? as usize;
            let first_byte = cursor.number_u32()? as usize;
            match kind {
                0 => Ok(ReadWarning::InvalidSequences { count, first_byte }),
                1 => Ok(ReadWarning::ControlCharacters { count, first_byte }),
                2 => Ok(ReadWarning::ColumnGuessed),
                _ => Err(FrameError),
            }
        })
    }

    pub(crate) fn record(&mut self) -> Result<Record, FrameError> {
        let key = self.key()?;
        let name = self.text()?;
        let digest = self.take(32)?.try_into().map_err(|_| FrameError)?;
        let source_bytes = self.number()?;
        let is_source = self.flag()?;
        let encoding = self.encoding()?;
        let warning = self.warning()?;
        let given = self.given()?;
        let layout = self.byte()?;
        let end = self.number_u32()?;
        let layout = match layout {
            0 => Layout::Split { main_end: end },
            1 => Layout::Article { title_end: end },
            _ => return Err(FrameError),
        };
        Ok(Record {
            key,
            name,
            digest,
            source_bytes,
            is_source,
            encoding,
            warning,
            given,
            layout,
            text: String::new(),
        })
    }

    pub(crate) fn given(&mut self) -> Result<Given, FrameError> {
        Ok(Given {
            title: self.option(Self::text)?,
            published: self.option(|cursor| {
                let year = cursor.number_u32()? as u16;
                let (month, day) = (cursor.byte()?, cursor.byte()?);
                let date = CalendarDate::new(year, month, day).ok_or(FrameError)?;
                let raw = cursor.text()?;
                let name = cursor.text()?;
                let origin = GivenOrigin::ALL
                    .into_iter()
                    .find(|origin| origin.name() == name);
                Ok(GivenDate {
                    date,
                    raw,
                    origin: origin.ok_or(FrameError)?,
                })
            })?,
            outlets: self.list()?,
            authors: self.list()?,
            keywords: self.list()?,
            url: self.option(Self::text)?,
            description: self.option(Self::text)?,
            id: self.option(Self::text)?,
        })
    }
}
