//! Archives made by hand, so that tests can lie in every field.

/// A member of an archive.
pub(super) struct Packed<'a> {
    pub(super) name: &'a str,
    pub(super) bytes: &'a [u8],
    /// 0 stored, 8 deflated.
    pub(super) method: u16,
}

/// CRC-32 of bytes, bit by bit.
pub(super) fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0u32, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    })
}

/// Deflates bytes, raw.
pub(super) fn deflate(bytes: &[u8]) -> Vec<u8> {
    miniz_oxide::deflate::compress_to_vec(bytes, 6)
}

/// A ZIP archive of the members.
pub(super) fn zip(members: &[Packed]) -> Vec<u8> {
    let (mut file, mut directory) = (Vec::new(), Vec::new());
    for member in members {
        let packed = match member.method {
            8 => deflate(member.bytes),
            _ => member.bytes.to_vec(),
        };
        let mut fields = Vec::new();
        fields.extend(20u16.to_le_bytes());
        fields.extend(0x0800u16.to_le_bytes());
        fields.extend(member.method.to_le_bytes());
        fields.extend([0; 4]);
        fields.extend(crc32(member.bytes).to_le_bytes());
        fields.extend((packed.len() as u32).to_le_bytes());
        fields.extend((member.bytes.len() as u32).to_le_bytes());
        fields.extend((member.name.len() as u16).to_le_bytes());
        fields.extend([0; 2]);
        directory.extend(b"PK\x01\x02\x14\x00");
        directory.extend(&fields);
        directory.extend([0; 10]);
        directory.extend((file.len() as u32).to_le_bytes());
        directory.extend(member.name.as_bytes());
        file.extend(b"PK\x03\x04");
        file.extend(&fields);
        file.extend(member.name.as_bytes());
        file.extend(packed);
    }
    let at = file.len() as u32;
    file.extend(&directory);
    file.extend(b"PK\x05\x06\0\0\0\0");
    file.extend((members.len() as u16).to_le_bytes());
    file.extend((members.len() as u16).to_le_bytes());
    file.extend((directory.len() as u32).to_le_bytes());
    file.extend(at.to_le_bytes());
    file.extend([0; 2]);
    file
}

/// A gzip file.
pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut file = b"\x1F\x8B\x08\0\0\0\0\0\0\x03".to_vec();
    file.extend(deflate(bytes));
    file.extend(crc32(bytes).to_le_bytes());
    file.extend((bytes.len() as u32).to_le_bytes());
    file
}

/// A TAR archive of names and bytes; `kind` is the type flag.
pub(super) fn tar(members: &[(&str, u8, &[u8])]) -> Vec<u8> {
    let mut file = Vec::new();
    for (name, kind, bytes) in members {
        let mut header = [0u8; 512];
        header[..name.len()].copy_from_slice(name.as_bytes());
        header[100..108].copy_from_slice(b"0000644\0");
        header[124..136].copy_from_slice(format!("{:011o}\0", bytes.len()).as_bytes());
        header[148..156].fill(b' ');
        header[156] = *kind;
        header[257..263].copy_from_slice(b"ustar\0");
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
        file.extend(header);
        file.extend(*bytes);
        file.resize(file.len().next_multiple_of(512), 0);
    }
    file.resize(file.len() + 1024, 0);
    file
}
