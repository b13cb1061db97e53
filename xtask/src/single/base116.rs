//! Bytes as text: six bytes in seven ASCII characters, where base64 takes eight.
//! `www/carried/base116.js` reads it, and says which characters are no digits and why.

const NO_DIGITS: [u8; 12] = [
    0x00, 0x09, 0x0a, 0x0b, 0x0c, 0x0d, 0x1a, 0x1b, b' ', b'&', b'<', 0x7f,
];
const BASE: u64 = 116;
const BYTES_IN_GROUP: usize = 6;
const DIGITS_IN_GROUP: u32 = 7;

/// The digits of whole groups; what the last lacks is filled with zeros.
pub fn encode(bytes: &[u8]) -> String {
    let digits: Vec<char> = (0..0x80)
        .filter(|code| !NO_DIGITS.contains(code))
        .map(char::from)
        .collect();
    let mut text = String::with_capacity(bytes.len().div_ceil(BYTES_IN_GROUP) * 7);
    for group in bytes.chunks(BYTES_IN_GROUP) {
        let filled = group.iter().chain(std::iter::repeat(&0));
        let number = filled
            .take(BYTES_IN_GROUP)
            .fold(0, |number, &byte| number << 8 | u64::from(byte));
        text.extend((0..DIGITS_IN_GROUP).rev().map(|place| {
            let digit = number / BASE.pow(place) % BASE;
            digits[digit as usize]
        }));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_numbers_of_seven_digits_the_highest_first() {
        // U+0001 is the digit 0, U+0002 the digit 1, '~' the last.
        assert_eq!(encode(&[]), "");
        assert_eq!(
            encode(&[0, 0, 0, 0, 0, 1]),
            "\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}\u{2}"
        );
        assert_eq!(
            encode(&[0, 0, 0, 0, 0, 115]),
            "\u{1}\u{1}\u{1}\u{1}\u{1}\u{1}~"
        );
        assert_eq!(encode(&[0]), encode(&[0; 6]));
        assert_eq!(encode(&[0xff; 7]).len(), 14);
    }

    #[test]
    fn every_digit_stands_in_html_as_it_is() {
        let text = encode(
            &(0..=u16::MAX)
                .flat_map(u16::to_be_bytes)
                .collect::<Vec<_>>(),
        );
        assert!(
            text.bytes()
                .all(|digit| digit < 0x80 && !NO_DIGITS.contains(&digit))
        );
    }
}
