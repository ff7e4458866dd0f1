//! Runs an image for the board on an emulated Cortex-M33 and reads the counts it prints.
//!
//! QEMU runs on virtual time, so many nanoseconds an instruction: its timer counts instructions, the same on every
//! machine. The emulated board is not the Pico 2 W; the processor's instructions are.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::Counts;
use crate::proc;

/// The counts an image prints, line by line.
pub(super) fn run(image: &Path) -> Result<Counts> {
    // An image that went astray would spin for ever; one that did not is done in a second.
    let mut qemu = Command::new("timeout");
    qemu.args(["300", "qemu-system-arm", "-M", "mps2-an505"]);
    qemu.args(["-display", "none", "-monitor", "none", "-serial", "none"]);
    // shift=6 is what kiln-tick reckons with: 64 ns an instruction.
    qemu.args(["-icount", "shift=6,sleep=off", "-semihosting-config", "enable=on,target=native", "-kernel"]);
    parse(&proc::read(qemu.arg(image))?)
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
