//! Looks for bytes that break a promise of `row`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    kiln_fuzz::check("row", bytes);
});
