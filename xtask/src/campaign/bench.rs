//! The benchmark of control: seven kilns, five schedules, usual and bad days, three seeds, two regulators.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Figure, Report};
use crate::proc;
use crate::workspace::Metadata;

/// Fires the whole benchmark.
pub(super) fn run(root: &Path, _: &[String]) -> Result<Report> {
    let days = [
        ("nominal", "usual days: every feasible firing finishes"),
        ("harsh", "bad days: every feasible firing finishes"),
    ];
    let both = ["--regulator", "adaptive", "--regulator", "pid"];
    report(root, Some(11), days.map(|(day, what)| (what, [&["bench", "--day", day, "--verbose"][..], &both].concat())))
}

/// Kilns that nobody has tuned anything on.
pub(super) fn unlike(root: &Path, _: &[String]) -> Result<Report> {
    let runs = [
        (
            "kilns drawn by chance: every feasible firing finishes",
            vec!["bench", "--unlike", "40", "--regulator", "adaptive"],
        ),
        (
            "kilns changed: every feasible firing finishes",
            vec!["bench", "--changed", "--seeds", "31", "--regulator", "adaptive"],
        ),
    ];
    report(root, Some(7000), runs)
}

fn report<const N: usize>(root: &Path, seed: Option<u64>, runs: [(&'static str, Vec<&str>); N]) -> Result<Report> {
    let program = proc::release(root, &Metadata::ask(root)?.target_folder()?, "kiln-sim")?;
    let (mut figures, mut table) = (Vec::new(), String::new());
    for (what, words) in runs {
        let mut command = Command::new(&program);
        command.current_dir(root).args(words);
        eprintln!("$ {}", proc::shown(&command));
        let output = command.output().context("cannot start kiln-sim")?;
        let kept = output.status.success();
        let value = if kept { "yes" } else { "no" }.to_owned();
        figures.push(Figure { what, value, bar: "yes", kept });
        table += &format!("{}\n", String::from_utf8_lossy(&output.stdout));
    }
    Ok(Report { seed, figures, table })
}
