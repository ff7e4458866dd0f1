//! The kiln between two runs of the simulator: how hot it was, and what time of day it was in its world.
//!
//! The flash image holds what the controller knows, byte for byte as on the chip; this holds what is true. A kiln that
//! nobody simulates keeps its heat: to it, the time between is a short cut of the mains.

use std::io;
use std::path::{Path, PathBuf};

use kiln_core::units::{Millis, WallClock};
use serde::{Deserialize, Serialize};

/// How long the mains are gone between two runs, in the kiln's world.
pub const OUTAGE: Millis = Millis::from_seconds(5);

/// What is kept.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    wall_ms: u64,
    chamber_c: f64,
}

impl Kept {
    /// This moment of the world.
    pub fn new(wall: WallClock, chamber_c: f64) -> Self {
        Self { wall_ms: wall.unix_millis(), chamber_c }
    }

    /// The time of day when the controller is switched on again.
    pub fn wall(&self) -> WallClock {
        WallClock::from_unix_millis(self.wall_ms) + OUTAGE
    }

    /// The temperature of the kiln, °C.
    pub const fn start_c(&self) -> f64 {
        self.chamber_c
    }

    /// The file beside a flash image.
    pub fn beside(flash: &Path) -> PathBuf {
        let mut name = flash.file_name().unwrap_or_default().to_owned();
        name.push(".world.json");
        flash.with_file_name(name)
    }

    /// What was kept; `None` where nothing was, or where it is damaged.
    pub fn read(path: &Path) -> Option<Self> {
        let kept: Self = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
        kept.chamber_c.is_finite().then_some(kept)
    }

    /// Keeps it: the file is as it was, or new.
    ///
    /// # Errors
    /// The system's.
    pub fn write(&self, path: &Path) -> io::Result<()> {
        let beside = path.with_extension("json.new");
        std::fs::write(&beside, serde_json::to_string(self).map_err(io::Error::other)?)?;
        std::fs::rename(beside, path)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiln_is_found_as_it_was_left() {
        let folder = std::env::temp_dir().join(format!("kiln-kept-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let path = Kept::beside(&folder.join("kiln.img"));
        let kept = Kept::new(WallClock::from_unix_millis(1_800_000_000_123), 612.25);
        kept.write(&path).unwrap();
        assert_eq!(Kept::read(&path), Some(kept));
        assert_eq!(kept.wall().unix_millis(), 1_800_000_005_123);
        std::fs::write(&path, "{").unwrap();
        assert_eq!(Kept::read(&path), None);
        std::fs::remove_dir_all(folder).unwrap();
    }
}
