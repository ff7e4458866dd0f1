//! Starting other programs: shown before they run, refused when they fail.

use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};

use anyhow::{Context as _, Result, bail};

/// A cargo of the pinned toolchain, started at the root of the project.
pub(crate) fn cargo(root: &Path) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    command
}

/// The command as it would be typed, without the folder of the program.
pub(crate) fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let mut words = vec![program.to_string_lossy().into_owned()];
    words.extend(command.get_args().map(|word| word.to_string_lossy().into_owned()));
    words.join(" ")
}

/// Shows the command, runs it in the open and returns how it ended.
///
/// # Errors
/// When the program cannot be started.
pub(crate) fn status(command: &mut Command) -> Result<ExitStatus> {
    eprintln!("$ {}", shown(command));
    command.status().with_context(|| format!("cannot start `{}`", shown(command)))
}

/// Shows the command and runs it in the open.
///
/// # Errors
/// When the program cannot be started or does not succeed.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let status = status(command)?;
    if !status.success() {
        bail!("`{}` ended with {status}", shown(command));
    }
    Ok(())
}

/// Builds a program of the workspace as it is released and returns where it lies.
///
/// # Errors
/// When it does not build.
pub(crate) fn release(root: &Path, target: &Path, package: &str) -> Result<PathBuf> {
    run(cargo(root).args(["build", "--release", "--package", package]))?;
    Ok(target.join("release").join(package))
}

/// Runs a program of the workspace as it is released, in the caller's folder, and returns its exit status.
///
/// # Errors
/// When it cannot be started or was ended by a signal.
pub(crate) fn through(package: &str, words: &[String]) -> Result<u8> {
    let mut command = cargo(&std::env::current_dir()?);
    command.args(["run", "--quiet", "--release", "--package", package, "--"]).args(words);
    let code = status(&mut command)?.code().with_context(|| format!("{package} was ended by a signal"))?;
    u8::try_from(code).with_context(|| format!("{package} ended with {code}"))
}

/// Runs the command without showing it and returns what it printed.
///
/// # Errors
/// When the program cannot be started or does not succeed; what it complained about is in the error.
pub(crate) fn read(command: &mut Command) -> Result<String> {
    let output = command.stdin(Stdio::null()).output().with_context(|| format!("cannot start `{}`", shown(command)))?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        bail!("`{}` ended with {}\n{}", shown(command), output.status, complaint.trim_end());
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// Whether the command starts and succeeds; it prints nothing.
pub(crate) fn succeeds(command: &mut Command) -> bool {
    let quiet = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}
