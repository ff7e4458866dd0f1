//! What the control loop tells seldom: why it started, how often it was reset, the first evidence.
//!
//! Beside the snapshot, which tells how it is; this tells what it has been through. It decides nothing.

use crate::black_box::BlackBox;
use crate::restart::{Application, Cause, Ledger};
use crate::units::Instant;

/// The version of an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Version {
    /// Changes that break what was.
    pub major: u16,
    /// Changes that add.
    pub minor: u16,
    /// Changes that repair.
    pub patch: u16,
}

impl Version {
    /// That of the source this was built from.
    pub const BUILT: Self = Self {
        major: number(env!("CARGO_PKG_VERSION_MAJOR")),
        minor: number(env!("CARGO_PKG_VERSION_MINOR")),
        patch: number(env!("CARGO_PKG_VERSION_PATCH")),
    };
}

/// A part of a version; 65535 stands for one that is larger.
const fn number(text: &str) -> u16 {
    match u16::from_str_radix(text, 10) {
        Ok(number) => number,
        Err(_) => u16::MAX,
    }
}

/// What the control loop has been through.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Report {
    /// The version of the control loop.
    pub version: Version,
    /// When it started, on the monotonic clock.
    pub started: Instant,
    /// Why it started.
    pub cause: Cause,
    /// Earlier resets, as far as the memory that survives them tells.
    pub ledger: Ledger,
    /// Whether a firing that a reset had cut off went on.
    pub went_on: bool,
    /// How much of the application was to come up.
    pub application: Application,
    /// The first faults of the firing, each with what was seen with it.
    pub black_box: BlackBox,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_is_read_from_its_text() {
        assert_eq!(
            [number("0"), number("12"), number("65535"), number("65536"), number("")],
            [0, 12, 65535, 65535, 65535]
        );
        let Version { major, minor, patch } = Version::BUILT;
        assert_eq!(std::format!("{major}.{minor}.{patch}"), env!("CARGO_PKG_VERSION"));
    }
}
