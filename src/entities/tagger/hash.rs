//! Hashes of features: 24 bits, the same in training and in the page.

/// Bits of a feature's number.
pub const FEATURE_BITS: u32 = 24;

const MASK: u32 = (1 << FEATURE_BITS) - 1;

/// Hash of `bytes` under a template: FNV-1a, then mixed.
#[must_use]
pub fn hash(template: u8, bytes: &[u8]) -> u32 {
    let mut h: u32 = 0x811C_9DC5 ^ u32::from(template).wrapping_mul(0x9E37_79B1);
    for &byte in bytes {
        h = (h ^ u32::from(byte)).wrapping_mul(0x0100_0193);
    }
    mix(h)
}

/// Joins two hashes under a template; the order matters.
#[must_use]
pub fn join(template: u8, first: u32, second: u32) -> u32 {
    let h = first
        .wrapping_mul(0x85EB_CA6B)
        .rotate_left(13)
        .wrapping_add(second)
        .wrapping_add(u32::from(template).wrapping_mul(0x9E37_79B1));
    mix(h)
}

/// The number of a feature.
#[must_use]
pub fn feature(h: u32) -> u32 {
    mix(h) & MASK
}

fn mix(mut h: u32) -> u32 {
    h ^= h >> 16;
    h = h.wrapping_mul(0x85EB_CA6B);
    h ^= h >> 13;
    h = h.wrapping_mul(0xC2B2_AE35);
    h ^ (h >> 16)
}
