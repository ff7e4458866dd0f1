//! `cargo xtask golden [--dir D]`: replays recorded traces against the shipping code.

use anyhow::Result;

use crate::proc;
use crate::{setup, workspace};

/// Passes its words to kiln-golden and its exit status back.
///
/// # Errors
/// When kiln-golden cannot be started.
pub(crate) fn command(words: &[String]) -> Result<u8> {
    setup::ensure(&workspace::root()?, "golden")?;
    proc::through("kiln-golden", words)
}
