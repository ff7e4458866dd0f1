//! Looks for bytes that break a promise of `datagram`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    kiln_fuzz::check("datagram", bytes);
});
