//! The two Arabic encodings of one byte a letter.

use super::encoding::Encoding;
use super::windows_1256_table::WINDOWS_1256;

/// The character of a byte in an Arabic encoding of one byte a letter.
pub(super) fn character(byte: u8, encoding: Encoding) -> char {
    match (byte, encoding) {
        (0..=0x7F, _) => char::from(byte),
        (_, Encoding::Iso8859Part6) => iso_8859_6(byte),
        _ => WINDOWS_1256
            .get(usize::from(byte - 0x80))
            .and_then(|&code| char::from_u32(u32::from(code)))
            .unwrap_or(char::REPLACEMENT_CHARACTER),
    }
}

/// ISO 8859-6 as in the Encoding Standard: its Arabic is that of Unicode, 0x560
/// below; the places that it leaves empty are errors.
fn iso_8859_6(byte: u8) -> char {
    match byte {
        0x80..=0xA0 | 0xA4 | 0xAD => char::from(byte),
        0xAC | 0xBB | 0xBF | 0xC1..=0xDA | 0xE0..=0xF2 => {
            char::from_u32(u32::from(byte) + 0x560).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => char::REPLACEMENT_CHARACTER,
    }
}

/// Decodes bytes of an Arabic encoding of one byte a letter.
pub(super) fn decode_single_byte(bytes: &[u8], encoding: Encoding) -> String {
    let letters = bytes.iter().filter(|&&byte| byte >= 0x80).count();
    let mut text = String::with_capacity(bytes.len() + letters);
    text.extend(bytes.iter().map(|&byte| character(byte, encoding)));
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_is_as_in_the_standard() {
        let oracles = [
            (Encoding::Windows1256, encoding_rs::WINDOWS_1256),
            (Encoding::Iso8859Part6, encoding_rs::ISO_8859_6),
        ];
        for (encoding, oracle) in oracles {
            for byte in 0..=255u8 {
                let bytes = [byte];
                let (expected, _) = oracle.decode_without_bom_handling(&bytes);
                assert_eq!(
                    character(byte, encoding).to_string(),
                    expected,
                    "{byte:02X}"
                );
            }
        }
    }
}
