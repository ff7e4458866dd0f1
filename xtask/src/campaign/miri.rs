//! The link between the cores, run by an interpreter that knows what no memory model allows.
//!
//! miri runs the link's own tests, the long ones in strides, and stops at a data race or a read of what was never
//! written. It comes with a nightly compiler that builds nothing that ships.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::{Figure, Report};
use crate::workspace::Metadata;
use crate::{proc, setup};

const TESTS: &str = "link::";

/// Runs the link's tests, or those whose name contains the argument.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    setup::ensure(root, "campaign miri")?;
    let mut command = Command::new("cargo");
    command.current_dir(root).args(["+nightly", "miri", "test", "--package", "kiln-hal", "--lib", "--"]);
    command.arg(arguments.first().map_or(TESTS, String::as_str));
    command.env("CARGO_TARGET_DIR", Metadata::ask(root)?.target_folder()?.join("miri"));
    let text = proc::read(&mut command);
    let passed = text.as_deref().ok().and_then(passed);
    let value = passed.map_or_else(|| "NOT ALL".to_owned(), |count| count.to_string());
    let clean = passed.is_some_and(|count| count > 0);
    let figures = vec![
        Figure { what: "tests of the link", value, bar: "all pass", kept: clean },
        Figure { what: "undefined behaviour", value: if clean { "0" } else { "?" }.to_owned(), bar: "0", kept: clean },
    ];
    Ok(Report { seed: None, figures, table: String::new() })
}

/// How many tests a run says have passed.
fn passed(text: &str) -> Option<usize> {
    let line = text.lines().find_map(|line| line.strip_prefix("test result: ok. "))?;
    line.split(' ').next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_count_is_that_of_tests_that_passed() {
        assert_eq!(passed("x\ntest result: ok. 17 passed; 0 failed"), Some(17));
        assert_eq!(passed("test result: FAILED. 17 passed; 1 failed"), None);
    }
}
