//! The swarm: thousands of firings, each with a fault or on a usual day, every slot judged at the pin.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Figure, Report, grouped};
use crate::workspace::Metadata;
use crate::{callgrind, proc};

/// Firings of a full run; the test command flies a tenth.
const SEEDS: u64 = 2000;
/// The seed whose firing is counted in instructions.
const COUNTED: &str = "2";

/// One fault in each firing.
pub(super) fn any(root: &Path, arguments: &[String]) -> Result<Report> {
    run(root, "any", arguments)
}

/// Usual days.
pub(super) fn none(root: &Path, arguments: &[String]) -> Result<Report> {
    run(root, "none", arguments)
}

fn run(root: &Path, fault: &str, arguments: &[String]) -> Result<Report> {
    let program = proc::release(root, &Metadata::ask(root)?.target_folder()?, "kiln-sim")?;
    let seeds = arguments.first().cloned().unwrap_or_else(|| SEEDS.to_string());
    let mut command = Command::new(&program);
    command.current_dir(root).args(["swarm", "--fault", fault, "--seeds", &seeds]);
    eprintln!("$ {}", proc::shown(&command));
    let output = command.output().context("cannot start kiln-sim")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let count = callgrind::instructions(root, &program, &["swarm", "--fault", fault, "--seed", COUNTED])?;
    let line = text.lines().find(|line| line.starts_with("swarm of ")).context("no line that counts")?.to_owned();
    let (counted, broken) = line.rsplit_once("; ").unwrap_or((&line, ""));
    let figures = vec![
        Figure { what: "seeds from 0", value: seeds, bar: "", kept: true },
        Figure {
            what: "firings that broke a rule",
            value: broken.to_owned(),
            bar: "none",
            kept: output.status.success(),
        },
        Figure { what: "the swarm", value: counted.to_owned(), bar: "", kept: true },
        Figure { what: "instructions of the firing of seed 2", value: grouped(count), bar: "", kept: true },
    ];
    Ok(Report { seed: Some(0), figures, table: format!("```text\n{}\n```\n", text.trim_end()) })
}
