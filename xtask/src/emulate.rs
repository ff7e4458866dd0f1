//! `cargo xtask emulate PROFILE [--option value]…`: fires a kiln with the image that is flashed, on an emulated board.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::workspace::Metadata;
use crate::{budget, firmware, proc, setup, workspace};

/// What the small size of `campaign emu-trace` fires: its first minutes, and a firing that things happen to.
const PROFILE: &str = "examples/profiles/bisque-cone-04.json";
const SECONDS: &str = "300";
/// What the trace counts that has a budget.
const COUNTED: [&str; 5] =
    ["instructions-second", "instructions-slot-most", "gap-us-most", "stack-core-1", "differing"];

/// Builds the image and fires with it; the kiln's temperature and the display are drawn in the terminal. With
/// `--fault NAME@SECOND` something happens in that second.
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
    command.arg("fire").arg(&built.application).arg(profile).arg(&built.control).args(options);
    let code = proc::status(&mut command)?.code().context("kiln-emu was ended by a signal")?;
    u8::try_from(code).context("an exit status of more than a byte")
}

/// The control image that was just built against kiln-sim for some minutes, with its budget; then everything bad that
/// can happen to it, and a thousand sectors of flash that are erased beside it.
///
/// # Errors
/// The image cannot be built or started.
pub(crate) fn step(root: &Path) -> Result<bool> {
    let metadata = Metadata::ask(root)?;
    let built = firmware::here(root)?;
    let program = program(root)?;
    let mut trace = Command::new(&program);
    trace.current_dir(root).arg("trace").arg(&built.flat).args([PROFILE, "--level", "nominal", "--seconds", SECONDS]);
    let said = said(&mut trace)?;
    let counts: Option<Vec<_>> =
        COUNTED.into_iter().map(|name| Some((name.to_owned(), figure(&said, name)?))).collect();
    let (table, kept) = budget::compare(&counts.context("a figure is missing")?, &metadata.numbers("emulate")?);
    println!("\ncount                            measured         budget\n{table}");
    let mut strikes = Command::new(&program);
    strikes.current_dir(root).arg("strikes").arg(&built.flat).arg(PROFILE).arg(&built.control);
    let mut erases = Command::new(&program);
    erases.current_dir(root).arg("erases").arg(&built.flat).arg(PROFILE);
    Ok(kept & proc::status(&mut strikes)?.success() & proc::status(&mut erases)?.success())
}

/// Runs the emulator and returns what it said; its word about how far it is goes to the terminal.
///
/// # Errors
/// It cannot be started.
pub(crate) fn said(command: &mut Command) -> Result<String> {
    eprintln!("$ {}", proc::shown(command));
    let output = command.stderr(std::process::Stdio::inherit()).output().context("cannot start kiln-emu")?;
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    println!("{said}");
    Ok(said)
}

/// The number behind a name that stands at the beginning of a line.
pub(crate) fn figure(said: &str, name: &str) -> Option<u64> {
    let line = said.lines().filter_map(|line| line.split_once(' ')).find(|(first, _)| *first == name);
    line.and_then(|(_, number)| number.parse().ok())
}

/// Switches the whole image on, with everything there and with each part missing, and says how it comes up.
///
/// # Errors
/// The image cannot be built, or the emulator cannot be started.
pub(crate) fn starts(root: &Path) -> Result<bool> {
    let built = firmware::here(root)?;
    Ok(proc::status(Command::new(program(root)?).arg("starts").arg(&built.application))?.success())
}

/// The emulator as it is released.
///
/// # Errors
/// It cannot be built.
pub(crate) fn program(root: &Path) -> Result<std::path::PathBuf> {
    proc::release(root, &Metadata::ask(root)?.target_folder()?, "kiln-emu")
}
