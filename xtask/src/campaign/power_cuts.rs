//! The power fails at every operation of the flash: what was acknowledged is there afterwards.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Figure, Report, grouped};
use crate::proc;
use crate::workspace::Metadata;

/// As many cuts as the safety goals ask for, and some.
const CUTS: u64 = 120_000;
/// Other seeds than those of the tests.
const SEED: u64 = 1000;

/// Cuts so often, and adds up.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    let program = proc::release(root, &Metadata::ask(root)?.target_folder()?, "kiln-sim")?;
    let cuts = arguments.first().cloned().unwrap_or_else(|| CUTS.to_string());
    let mut command = Command::new(&program);
    command.current_dir(root).args(["power-cuts", "--cuts", &cuts, "--seed", &SEED.to_string()]);
    eprintln!("$ {}", proc::shown(&command));
    let output = command.output().context("cannot start kiln-sim")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let [cuts, unmounted, broken] = sums(&text).context("no table of cuts")?;
    let figures = vec![
        Figure { what: "cuts", value: grouped(cuts), bar: "≥ 100 000", kept: cuts >= 100_000 },
        Figure { what: "failed mounts", value: grouped(unmounted), bar: "0", kept: unmounted == 0 },
        Figure {
            what: "acknowledged rows lost, files mixed",
            value: grouped(broken),
            bar: "0",
            kept: broken == 0 && output.status.success(),
        },
    ];
    Ok(Report { seed: Some(SEED), figures, table: format!("{}\n", text.trim_end()) })
}

/// Adds up the last three columns of the table; `None` when there is none.
fn sums(text: &str) -> Option<[u64; 3]> {
    let mut sums = None;
    for line in text.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<u64> = line.split('|').filter_map(|cell| cell.trim().parse().ok()).collect();
        if let [_operations, cuts, unmounted, broken] = cells[..] {
            let [a, b, c] = sums.unwrap_or_default();
            sums = Some([a + cuts, b + unmounted, c + broken]);
        }
    }
    sums
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_added_up() {
        let text = "| work | flash operations |\n|---|---:|\n| Log | 117 | 10 | 0 | 1 |\n| SetUp | 5 | 20 | 2 | 3 |\n";
        assert_eq!(sums(text), Some([30, 2, 4]));
        assert_eq!(sums("nothing"), None);
    }
}
