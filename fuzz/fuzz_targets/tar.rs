//! A TAR archive, and by its first bytes a gzip file: whatever the bytes, it ends well and every byte is accounted for.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kashshaf_fuzz::read("a.tar", bytes));
