//! Text in other encodings → UTF-8, by pieces.

use crate::parse::Encoding;
use crate::parse::encoding::{Decoded, ReadError, ReadWarning, decode_owned};
use crate::parse::record::Problem;

/// Bytes of UTF-8 that come out at a time.
const PIECE_BYTES: usize = 64 << 10;

/// Decodes a stream whose structure does not show before it is decoded.
pub(super) struct Transcoder {
    decoder: encoding_rs::Decoder,
    piece: Vec<u8>,
}

impl std::fmt::Debug for Transcoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Transcoder")
            .field(&self.decoder.encoding().name())
            .finish()
    }
}

impl Transcoder {
    /// A transcoder, unless line breaks and quotation marks show in the bytes themselves.
    pub(super) fn for_encoding(encoding: Encoding) -> Option<Self> {
        let is_plain = matches!(
            encoding,
            Encoding::Utf8 | Encoding::Windows1256 | Encoding::Iso8859Part6
        );
        (!is_plain).then(|| Self {
            decoder: standard(encoding).new_decoder_with_bom_removal(),
            piece: vec![0; PIECE_BYTES],
        })
    }

    pub(super) fn push(
        &mut self,
        bytes: &[u8],
        out: impl FnMut(&[u8]) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        self.run(bytes, false, out)
    }

    pub(super) fn end(
        &mut self,
        out: impl FnMut(&[u8]) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        self.run(&[], true, out)
    }

    fn run(
        &mut self,
        mut bytes: &[u8],
        is_last: bool,
        mut out: impl FnMut(&[u8]) -> Result<(), Problem>,
    ) -> Result<(), Problem> {
        loop {
            let (result, read, written, _) =
                self.decoder.decode_to_utf8(bytes, &mut self.piece, is_last);
            out(self.piece.get(..written).unwrap_or_default())?;
            bytes = bytes.get(read..).unwrap_or_default();
            if result == encoding_rs::CoderResult::InputEmpty {
                return Ok(());
            }
        }
    }
}

/// The encoding as the Encoding Standard knows it.
pub(super) fn standard(encoding: Encoding) -> &'static encoding_rs::Encoding {
    encoding_rs::Encoding::for_label(encoding.name().as_bytes()).unwrap_or(encoding_rs::UTF_8)
}

/// Decodes bytes; what is broken or cut off becomes U+FFFD.
pub(super) fn decode_lossily(bytes: &[u8], encoding: Encoding) -> String {
    let (text, _) = standard(encoding).decode_without_bom_handling(bytes);
    text.into_owned()
}

/// Decodes a whole text in any encoding of the Encoding Standard.
pub(super) fn decode_any(bytes: Vec<u8>, known: Option<Encoding>) -> Result<Decoded, ReadError> {
    match known {
        Some(encoding @ Encoding::Other(_)) => Ok(decode_other(&bytes, encoding)),
        known => decode_owned(bytes, known),
    }
}

fn decode_other(bytes: &[u8], encoding: Encoding) -> Decoded {
    let (text, had_errors) = standard(encoding).decode_without_bom_handling(bytes);
    let count = text.matches(char::REPLACEMENT_CHARACTER).count();
    let warning = had_errors.then_some(ReadWarning::InvalidSequences {
        count,
        first_byte: 0,
    });
    (text.into_owned(), encoding, warning)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_encoding_by_name_is_known_to_the_standard() {
        for label in [
            "windows-1252",
            "gbk",
            "shift_jis",
            "koi8-r",
            "iso-8859-15",
            "big5",
        ] {
            let encoding = Encoding::from_name(label).expect(label);
            assert_eq!(standard(encoding).name().to_ascii_lowercase(), label);
        }
    }
}
