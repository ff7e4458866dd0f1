//! What a short firing costs a computer, in instructions: the small size of the campaign fire-cost.

use anyhow::Result;

use super::{Bench, Counts};
use crate::{callgrind, proc};

/// Half an hour on one kiln with one seed, logged, without a picture.
const ARGUMENTS: &[&str] = &["fire", "xtask/half-hour.json", "--plant", "top9", "--seed", "1"];

/// Fires once under callgrind. The log is part of the cost.
pub(super) fn counts(bench: &Bench) -> Result<Counts> {
    let program = proc::release(&bench.root, &bench.metadata.target_folder()?, "kiln-sim")?;
    let log = bench.metadata.target_folder()?.join("half-hour.csv").display().to_string();
    let count = callgrind::instructions(&bench.root, &program, &[ARGUMENTS, &["--log", &log]].concat())?;
    Ok(vec![("half-hour".to_owned(), count)])
}
