//! Ids of pages: the first 16 hex digits of the SHA-256 of their source bytes.

/// Bytes in hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let mut hex = String::with_capacity(2 * bytes.len());
    hex.extend(digits.filter_map(|digit| char::from_digit(u32::from(digit), 16)));
    hex
}

/// The eight bytes that an id is the hex digits of; none of what is no id.
pub(crate) fn id_bytes(id: &str) -> Option<[u8; 8]> {
    let number = u64::from_str_radix(id, 16).ok();
    number.filter(|_| id.len() == 16).map(u64::to_be_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_sixteen_hex_digits() {
        let bytes = [0x0A, 0xF0, 0, 1, 2, 3, 4, 0xFF];
        let id = hex(&bytes);
        assert_eq!(id, "0af00001020304ff");
        assert_eq!(id_bytes(&id), Some(bytes));
        for none in ["", "0af0", "0af00001020304fg", "0af00001020304ff0"] {
            assert_eq!(id_bytes(none), None, "{none}");
        }
    }
}
