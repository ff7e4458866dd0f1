//! One turn of the control loop on the board's processor, counted by kiln-tick on an emulated Cortex-M33.

use anyhow::{Context as _, Result};
use object::{Object as _, ObjectSection as _};

use super::size::{PROFILE, machine_code};
use super::{Bench, Counts, emulator};
use crate::proc;
use crate::rooms::BOARD_TARGET;

pub(super) const PACKAGE: &str = "kiln-tick";

/// What kiln-tick counts, and how large it is.
pub(super) fn counts(bench: &Bench) -> Result<Counts> {
    let mut command = proc::cargo(&bench.root);
    command.args(["build", "--profile", PROFILE, "--target", BOARD_TARGET, "--package", PACKAGE]);
    proc::run(&mut command)?;
    let image = bench.metadata.target_folder()?.join(BOARD_TARGET).join(PROFILE).join(PACKAGE);
    let mut counts = emulator::run(&image)?;
    let bytes = std::fs::read(&image).with_context(|| format!("{} cannot be read", image.display()))?;
    let file = object::File::parse(bytes.as_slice())?;
    let constants = file.section_by_name(".rodata").map_or(0, |section| section.size());
    counts.push(("image-text".to_owned(), machine_code(&file) + constants));
    Ok(counts)
}
