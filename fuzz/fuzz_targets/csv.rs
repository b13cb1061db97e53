//! A table: whatever the bytes, it ends well and every byte is accounted for.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kashshaf_fuzz::read("a.csv", bytes));
