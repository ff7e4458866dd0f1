//! Every kept input is tried again, and every target is one that `cargo fuzz` knows.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use kiln_fuzz::{TARGETS, Verdict};

/// What may be kept of all of them, in bytes.
const KEPT_MOST: u64 = 300_000;

fn fuzz() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz")
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    entries
}

fn names(folder: &Path) -> BTreeSet<String> {
    entries(folder).iter().map(|path| path.file_stem().unwrap().to_string_lossy().into_owned()).collect()
}

/// Tries everything that is kept for a target: it must hold, and some of it be taken, some refused.
fn check(name: &str) {
    let target = TARGETS.iter().find(|target| target.name == name).unwrap();
    let mut seen = Vec::new();
    for path in entries(&fuzz().join("corpus").join(name)) {
        let bytes = fs::read(&path).unwrap();
        seen.push(std::panic::catch_unwind(|| (target.check)(&bytes)).unwrap_or_else(|_| {
            panic!("{} breaks a promise of {name}", path.display());
        }));
    }
    assert!(seen.contains(&Verdict::Taken) && seen.contains(&Verdict::Refused), "{name}: {} inputs", seen.len());
}

/// One test for each target.
macro_rules! replayed {
    ($($name:ident)*) => {
        $(#[test]
        fn $name() {
            check(stringify!($name));
        })*

        #[test]
        fn every_target_is_fuzzed_and_replayed() {
            let targets: BTreeSet<String> = TARGETS.iter().map(|target| target.name.to_owned()).collect();
            assert_eq!(targets, [$(stringify!($name).to_owned()),*].into());
            assert_eq!(targets, names(&fuzz().join("corpus")));
            assert_eq!(targets, names(&fuzz().join("fuzz_targets")));
        }
    };
}

replayed!(ask config datagram import kept profile request row);

#[test]
fn what_is_kept_stays_small() {
    let sizes = entries(&fuzz().join("corpus")).into_iter().flat_map(|folder| entries(&folder));
    let bytes: u64 = sizes.map(|file| fs::metadata(file).unwrap().len()).sum();
    assert!(bytes <= KEPT_MOST, "{bytes} bytes");
}
