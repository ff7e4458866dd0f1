//! A minute of everybody's worst against the served kiln, and the owner in the middle of it.

use std::path::Path;
use std::process::Command;
use std::thread;
use std::time::Duration;

use anyhow::{Context as _, Result};

use super::{Figure, Report};
use crate::proc;
use crate::served::Served;
use crate::workspace::Metadata;

/// Seconds of a full run.
const SECONDS: &str = "60";
/// How long the kiln may take to be as it was.
const REST: Duration = Duration::from_secs(10);

pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    let target = Metadata::ask(root)?.target_folder()?;
    let program = proc::release(root, &target, "kiln-sim")?;
    let seconds = arguments.first().map_or(SECONDS, String::as_str);
    let served = Served::begin(&program, &target, "20")?;
    // What is used for the first time stays resident: the first attack is a rehearsal.
    attack(&program, &served, "5")?;
    thread::sleep(REST);
    let before = served.resident_kib()?;
    let said = attack(&program, &served, seconds)?;
    thread::sleep(REST);
    let after = served.resident_kib()?;
    let time = served.end()?;
    let percent = |what: &str| -> Result<f64> {
        let line = said.lines().find_map(|line| line.strip_prefix(what)).with_context(|| format!("no {what}"))?;
        Ok(line.trim().parse()?)
    };
    let (status, stop) = (percent("status-within-2-s ")?, percent("stop-within-1-s ")?);
    let grown = after.saturating_sub(before);
    let lost = time.split("lost ").nth(1).and_then(|rest| rest.split_whitespace().next()).unwrap_or("?").to_owned();
    let figures = vec![
        Figure { what: "seconds", value: seconds.to_owned(), bar: "", kept: true },
        Figure { what: "owner's status within 2 s, %", value: status.to_string(), bar: ">= 99", kept: status >= 99.0 },
        Figure { what: "owner's stop within 1 s, %", value: stop.to_string(), bar: "100", kept: stop >= 100.0 },
        Figure { what: "lost readings of control", kept: lost == "0", value: lost, bar: "0" },
        Figure { what: "memory grown after 10 s, KiB", value: grown.to_string(), bar: "<= 1024", kept: grown <= 1024 },
    ];
    Ok(Report { seed: None, figures, table: format!("```text\n{}\n{}\n```\n", said.trim_end(), time.trim_end()) })
}

fn attack(program: &Path, served: &Served, seconds: &str) -> Result<String> {
    let mut command = Command::new(program);
    command.args(["load", "--address", &served.address.to_string(), "--seconds", seconds, "--token", &served.token]);
    proc::read(&mut command)
}
