//! Looks for bytes that break a promise of `import`.
#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    kiln_fuzz::check("import", bytes);
});
