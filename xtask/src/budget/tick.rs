//! One turn of the control loop on the board's processor, counted by kiln-tick on an emulated Cortex-M33.
//!
//! QEMU runs on virtual time, so many nanoseconds an instruction: its timer counts instructions, the same on every
//! machine. The emulated board is not the Pico 2 W; the processor's instructions are.

use std::process::Command;

use anyhow::{Context as _, Result};
use object::{Object as _, ObjectSection as _};

use super::size::{PROFILE, machine_code};
use super::{Bench, Counts};
use crate::proc;
use crate::rooms::BOARD_TARGET;

const PACKAGE: &str = "kiln-tick";

/// What kiln-tick counts, and how large it is.
pub(super) fn counts(bench: &Bench) -> Result<Counts> {
    let mut command = proc::cargo(&bench.root);
    command.args(["build", "--profile", PROFILE, "--target", BOARD_TARGET, "--package", PACKAGE]);
    proc::run(&mut command)?;
    let image = bench.metadata.target_folder()?.join(BOARD_TARGET).join(PROFILE).join(PACKAGE);
    // An image that went astray would spin for ever; one that did not is done in a second.
    let mut qemu = Command::new("timeout");
    qemu.args([
        "300",
        "qemu-system-arm",
        "-M",
        "mps2-an505",
        "-display",
        "none",
        "-monitor",
        "none",
        "-serial",
        "none",
    ]);
    // shift=6 is what kiln-tick reckons with: 64 ns an instruction.
    qemu.args(["-icount", "shift=6,sleep=off", "-semihosting-config", "enable=on,target=native", "-kernel"]);
    let mut counts = parse(&proc::read(qemu.arg(&image))?)?;
    let bytes = std::fs::read(&image).with_context(|| format!("{} cannot be read", image.display()))?;
    let file = object::File::parse(bytes.as_slice())?;
    let constants = file.section_by_name(".rodata").map_or(0, |section| section.size());
    counts.push(("image-text".to_owned(), machine_code(&file) + constants));
    Ok(counts)
}

/// Reads lines of a name and a whole number.
fn parse(said: &str) -> Result<Counts> {
    let count = |line: &str| {
        let (name, number) = line.split_once(' ')?;
        Some((name.to_owned(), number.trim().parse().ok()?))
    };
    said.lines().map(|line| count(line).with_context(|| format!("kiln-tick said {line:?}"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_read_and_anything_else_is_refused() {
        let counts = parse("tick-mean 120\ntick-most 4000\n").unwrap();
        assert_eq!(counts, [("tick-mean".to_owned(), 120), ("tick-most".to_owned(), 4000)]);
        assert!(parse("tick-mean many\n").is_err() && parse("panicked\n").is_err());
    }
}
