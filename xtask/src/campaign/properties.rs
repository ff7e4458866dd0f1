//! A hundred thousand random cases of commands, readings, breakages and delays, judged at the pin.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::{Figure, Report, grouped};
use crate::proc;

/// As many cases as the safety goals ask for.
const CASES: u64 = 100_000;
const TEST: &str = "properties::the_pin_is_low_where_it_must_be_whatever_happens";

/// Runs the property test of the loop with that many cases.
pub(super) fn run(root: &Path, _arguments: &[String]) -> Result<Report> {
    let words = ["test", "--package", "kiln-control", "--test", "runner", TEST, "--", "--exact"];
    let kept = proc::run(Command::new("cargo").current_dir(root).args(words).env("KILN_CASES", CASES.to_string()));
    let violations = if kept.is_ok() { "0" } else { "at least 1" };
    let figures = vec![
        Figure { what: "cases of 400 slots", value: grouped(CASES), bar: "", kept: true },
        Figure { what: "violations at the pin", value: violations.to_owned(), bar: "0", kept: kept.is_ok() },
    ];
    Ok(Report { seed: Some(0), figures, table: String::new() })
}
