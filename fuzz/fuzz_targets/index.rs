//! An index file, its checksums made right again after every change: whatever
//! its sections say, it is opened or refused, and what is opened can be asked.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| kashshaf_fuzz::open_index(bytes));
