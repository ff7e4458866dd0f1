//! Counting the instructions of a program with valgrind's callgrind: a count is the same on a busy machine.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result, bail};

use crate::proc;

/// Instructions the program runs from start to end, in user space, its libraries included.
///
/// # Errors
/// When valgrind cannot be started, the program fails, or no count is in the answer.
pub(crate) fn instructions(root: &Path, program: &Path, arguments: &[&str]) -> Result<u64> {
    let mut command = Command::new("valgrind");
    command.current_dir(root).args(["--tool=callgrind", "--callgrind-out-file=/dev/null", "--"]);
    command.arg(program).args(arguments);
    eprintln!("$ {}", proc::shown(&command));
    let output = command.output().context("cannot start valgrind; `cargo xtask setup budget` installs it")?;
    let said = String::from_utf8_lossy(&output.stderr);
    if !output.status.success() {
        bail!("`{}` ended with {}\n{said}", proc::shown(&command), output.status);
    }
    collected(&said).with_context(|| format!("callgrind gave no count:\n{said}"))
}

/// The count in callgrind's closing words, `==123== Collected : 895399`.
fn collected(said: &str) -> Option<u64> {
    let line = said.lines().find_map(|line| line.split_once("Collected : "))?;
    line.1.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_read_from_the_closing_words() {
        assert_eq!(collected("==7== Events    : Ir\n==7== Collected : 895399\n==7==\n"), Some(895_399));
        assert_eq!(collected("==7== Collected : \n"), None);
        assert_eq!(collected("hello"), None);
    }
}
