//! Takes any bytes for something a kiln was sent or has stored, and holds what becomes of them to its promises.
//!
//! One list of targets: `cargo fuzz` looks for bytes that break a promise (the crate in `fuzz/`), the tests replay the
//! bytes that were worth keeping (`fuzz/corpus/`). Beside never panicking, the promise is the same everywhere: what is
//! taken goes out and comes in again the same, and what is refused is refused at a place that the text has.
#![expect(clippy::expect_used, reason = "a broken promise is to be found: it ends the run with its bytes")]

mod ask;
mod config;
mod datagram;
mod import;
mod kept;
mod place;
mod profile;
mod request;
mod row;

/// What became of the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// They are what the target takes them for.
    Taken,
    /// They are not.
    Refused,
}

/// One kind of thing that bytes are taken for.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    /// Its name, and that of the folder of its corpus.
    pub name: &'static str,
    /// What the bytes are taken for.
    pub says: &'static str,
    /// Takes them for it.
    ///
    /// # Panics
    /// A promise is broken.
    pub check: fn(&[u8]) -> Verdict,
}

/// Every target. A new one is one more line here, and one more file in `fuzz/fuzz_targets/`.
pub const TARGETS: &[Target] = &[
    Target { name: "ask", says: "the body of a request: the first byte chooses which", check: ask::check },
    Target { name: "config", says: "a configuration, put and patched, ours and the reference's", check: config::check },
    Target { name: "datagram", says: "a datagram from the network: DHCP, DNS", check: datagram::check },
    Target { name: "import", says: "a profile of another controller", check: import::check },
    Target { name: "kept", says: "what the flash keeps of runs, resumption and tokens", check: kept::check },
    Target { name: "profile", says: "a profile document", check: profile::check },
    Target { name: "request", says: "everything one HTTP connection sends", check: request::check },
    Target { name: "row", says: "rows of a log, and its end after a cut", check: row::check },
];

/// Takes the bytes for what the target of this name does.
///
/// # Panics
/// There is no such target, or a promise is broken.
pub fn check(name: &str, bytes: &[u8]) -> Verdict {
    let target = TARGETS.iter().find(|target| target.name == name);
    (target.expect("a target of this name").check)(bytes)
}
