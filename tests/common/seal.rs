//! Makes the checksums of an index file right, as a writer of nonsense would.

use twox_hash::XxHash64;

const HEAD: usize = 32;
const ENTRY: usize = 40;

/// Sets every checksum to that of what is there, where it is a file with a table.
pub(crate) fn seal(file: &mut [u8]) {
    let number = |file: &[u8], at: usize| {
        let eight = file.get(at..at + 8)?;
        usize::try_from(u64::from_le_bytes(eight.try_into().ok()?)).ok()
    };
    let count = number(file, 8).map_or(0, |both| both >> 32);
    let length = (file.len() as u64).to_le_bytes();
    if let Some(of_file) = file.get_mut(16..24) {
        of_file.copy_from_slice(&length);
    }
    for entry in (0..count).map(|section| HEAD + ENTRY * section) {
        let place = number(file, entry + 16).zip(number(file, entry + 24));
        let section = place.and_then(|(start, length)| file.get(start..start.checked_add(length)?));
        let Some(sum) = section.map(|section| XxHash64::oneshot(0, section)) else {
            break;
        };
        if let Some(of_section) = file.get_mut(entry + 32..entry + 40) {
            of_section.copy_from_slice(&sum.to_le_bytes());
        }
    }
    let table = file
        .get(HEAD..)
        .and_then(|table| table.get(..count.checked_mul(ENTRY)?));
    let sum = table.map(|table| XxHash64::oneshot(0, &[&file[..24], table].concat()));
    if let Some((sum, of_head)) = sum.zip(file.get_mut(24..32)) {
        of_head.copy_from_slice(&sum.to_le_bytes());
    }
}
