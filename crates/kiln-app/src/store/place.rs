//! Where each thing is kept.
//!
//! ```text
//! /layout        the number of this layout; absent until everything else is there
//! /config/       config, tokens, schedule, … : one framed document each
//! /profiles/     one framed document each, by name
//! /runs/         NAME.csv: the rows; NAME.run: what is known of the run, framed
//! /diag/         00000012.log: the log of that boot
//! ```
//!
//! `~` is a file that is being written; no name of ours can be that. Nothing but `/layout` lies in the root, so that a
//! partition whose first two sectors alone hold something never held anything of its owner's.

use core::fmt::Write as _;

use littlefs2::path::PathBuf;

use super::error::StoreError;
use crate::log::FileName;

/// The number of the layout this software knows.
pub const LAYOUT: u16 = 1;

/// A folder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Folder {
    /// Documents of which there is one.
    Config,
    /// Profiles.
    Profiles,
    /// Runs.
    Runs,
    /// Logs of the controller itself.
    Diagnostics,
}

impl Folder {
    /// Every folder.
    pub(super) const ALL: [Self; 4] = [Self::Config, Self::Profiles, Self::Runs, Self::Diagnostics];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Config => "config",
            Self::Profiles => "profiles",
            Self::Runs => "runs",
            Self::Diagnostics => "diag",
        }
    }

    /// The folder itself.
    pub(super) fn path(self) -> Result<PathBuf, StoreError> {
        path(format_args!("/{}", self.name()))
    }

    /// A file in it.
    pub(super) fn file(self, name: &str) -> Result<PathBuf, StoreError> {
        path(format_args!("/{}/{name}", self.name()))
    }

    /// The file in it that is being written.
    pub(super) fn aside(self) -> Result<PathBuf, StoreError> {
        self.file("~")
    }
}

/// The file that says the layout.
pub(super) fn layout() -> Result<PathBuf, StoreError> {
    path(format_args!("/layout"))
}

/// The file of what is known of the run with this log.
pub(super) fn record(log: &FileName) -> Result<PathBuf, StoreError> {
    path(format_args!("/{}/{}.run", Folder::Runs.name(), log.stem()))
}

fn path(text: core::fmt::Arguments<'_>) -> Result<PathBuf, StoreError> {
    let mut line = heapless::String::<{ FileName::LONGEST + 16 }>::new();
    line.write_fmt(text).map_err(|_| StoreError::TooLong(FileName::LONGEST))?;
    PathBuf::try_from(line.as_str()).map_err(|_| StoreError::TooLong(FileName::LONGEST))
}
