//! Thousands of requests drawn from the description of the interface.

use std::path::Path;

use anyhow::Result;

use super::{Figure, Report};
use crate::fuzz;

/// Cases of a full run, of both askers together at least.
const CASES: usize = 5000;

pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    let count = arguments.first().and_then(|word| word.parse().ok()).unwrap_or(CASES);
    let runs = fuzz::cases(root, count.div_ceil(2), fuzz::EVERYTHING)?;
    let figures =
        runs.iter().map(|run| Figure { what: run.asker, value: run.said.clone(), bar: "no failure", kept: run.passed });
    Ok(Report { seed: Some(1), figures: figures.collect(), table: String::new() })
}
