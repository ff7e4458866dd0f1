//! The tuning analysis: every simulated kiln under every plan, beside the truth, on quiet days and in a workshop.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Figure, Report};
use crate::proc;
use crate::workspace::Metadata;

/// Days of each kiln and plan in a workshop.
const SEEDS: u64 = 10;

/// Tunes and compares.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    let program = proc::release(root, &Metadata::ask(root)?.target_folder()?, "kiln-sim")?;
    let seeds = arguments.first().cloned().unwrap_or_else(|| SEEDS.to_string());
    let (mut figures, mut table) = (Vec::new(), String::new());
    let days = [("a quiet day", "quiet", "1", "all inside"), ("workshop days", "nominal", seeds.as_str(), "")];
    for (what, level, seeds, bar) in days {
        let mut command = Command::new(&program);
        command.current_dir(root).args(["tune", "--table", "--level", level, "--seeds", seeds]);
        eprintln!("$ {}", proc::shown(&command));
        let output = command.output().context("cannot start kiln-sim")?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let (rows, count) = text.trim_end().rsplit_once("\n\n").context("no line that counts")?;
        figures.push(Figure { what, value: count.to_owned(), bar, kept: bar.is_empty() || output.status.success() });
        table += &format!("{what}, seeds 1 to {seeds}:\n\n{rows}\n\n");
    }
    table += "Bar: gain and time constant within 10 %, dead time within 10 % and 2 s. The plan to 500 °C is shown and not \
              counted.\n";
    Ok(Report { seed: Some(1), figures, table })
}
