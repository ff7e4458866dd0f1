//! `cargo xtask emulate PROFILE [--option value]…`: fires a kiln with the image that is flashed, on an emulated board.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::workspace::Metadata;
use crate::{firmware, proc, setup, workspace};

/// Builds the image and fires with it; the kiln's temperature and the display are drawn in the terminal.
///
/// # Errors
/// The image cannot be built or started.
pub(crate) fn command(words: &[String]) -> Result<u8> {
    let root = workspace::root()?;
    setup::ensure(&root, "firmware")?;
    let built = firmware::here(&root)?;
    let Some((profile, options)) = words.split_first() else {
        bail!("which profile? `cargo xtask emulate examples/profiles/bisque-cone-04.json`");
    };
    let mut command = Command::new(program(&root)?);
    command.arg("fire").arg(&built.application).arg(profile).args(options);
    let code = proc::status(&mut command)?.code().context("kiln-emu was ended by a signal")?;
    u8::try_from(code).context("an exit status of more than a byte")
}

/// The emulator as it is released.
///
/// # Errors
/// It cannot be built.
pub(crate) fn program(root: &Path) -> Result<std::path::PathBuf> {
    proc::release(root, &Metadata::ask(root)?.target_folder()?, "kiln-emu")
}
