//! Feeds `bytes` from libFuzzer.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| dermaroll_fuzz::bytes::run(data));
