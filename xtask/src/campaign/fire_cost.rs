//! What a whole firing costs: instructions of a 13 h glaze firing on the plant top9.

use std::path::Path;
use std::process::Command;
use std::time::Instant;

use anyhow::Result;

use super::{Figure, Report, grouped};
use crate::workspace::Metadata;
use crate::{callgrind, proc};

/// The bar: a firing on a laptop is over before the tea is ready.
const MOST: u64 = 3_000_000_000;
const PROFILE: &str = "examples/profiles/glaze-cone-6.json";
const PLANT: &str = "top9";
const SEED: u64 = 1;

/// Fires once under callgrind, and once without for the time.
pub(super) fn run(root: &Path, _arguments: &[String]) -> Result<Report> {
    let program = proc::release(root, &Metadata::ask(root)?.target_folder()?, "kiln-sim")?;
    let seed = SEED.to_string();
    let words = ["fire", PROFILE, "--plant", PLANT, "--seed", &seed, "--log", "out/fire-cost.csv"];
    std::fs::create_dir_all(root.join("out"))?;
    let count = callgrind::instructions(root, &program, &words)?;
    let start = Instant::now();
    proc::run(Command::new(&program).current_dir(root).args(words))?;
    let seconds = format!("{:.1}", start.elapsed().as_secs_f64());
    let rows = std::fs::read_to_string(root.join("out/fire-cost.csv"))?.lines().count();
    let figures = vec![
        Figure { what: "instructions", value: grouped(count), bar: "≤ 3 000 000 000", kept: count <= MOST },
        Figure { what: "seconds without callgrind, reported only", value: seconds, bar: "", kept: true },
        Figure { what: "rows of the log", value: rows.to_string(), bar: "", kept: true },
    ];
    Ok(Report { seed: Some(SEED), figures, table: String::new() })
}
