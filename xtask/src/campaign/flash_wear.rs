//! Ten years of firings on one chip: no sector is erased half as often as the chip is specified for.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Figure, Report};
use crate::proc;
use crate::workspace::Metadata;

/// Half of the 100,000 erases the chip is specified for.
const MOST: u64 = 50_000;
const HEADING: &str = "| years | seconds between rows | firings | flushes of rows | erases | of a sector, mean | most |\n\
                       |---:|---:|---:|---:|---:|---:|---:|\n";

/// Wears a chip out with a row every 30 s, as delivered, and every 5 s.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    let program = proc::release(root, &Metadata::ask(root)?.target_folder()?, "kiln-sim")?;
    let years = arguments.first().map_or("10", String::as_str);
    let (mut figures, mut table) = (Vec::new(), HEADING.to_owned());
    for (every, what) in
        [("30", "erases of the most worn sector, a row every 30 s"), ("5", "the same, a row every 5 s")]
    {
        let mut command = Command::new(&program);
        command.current_dir(root).args(["flash-wear", "--years", years, "--row-every", every]);
        eprintln!("$ {}", proc::shown(&command));
        let output = command.output().context("cannot start kiln-sim")?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        let most: u64 =
            text.rsplit('|').nth(1).and_then(|cell| cell.trim().parse().ok()).context("no row of figures")?;
        figures.push(Figure { what, value: super::grouped(most), bar: "≤ 50 000", kept: most <= MOST });
        table += &text;
    }
    Ok(Report { seed: None, figures, table })
}
