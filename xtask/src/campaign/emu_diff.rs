//! The emulator's core against QEMU's, instruction by instruction.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Figure, Report};
use crate::workspace::Metadata;
use crate::{proc, setup};

/// Cases of one run: what QEMU's board has memory for.
const CASES: &str = "50000";
/// Cases of one form in a run.
const EACH: &str = "1000";

/// Runs 20 seeds, or as many as the first argument says; further arguments are ELFs whose instructions come first.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    setup::ensure(root, "campaign emu-diff")?;
    let program = proc::release(root, &Metadata::ask(root)?.target_folder()?, "kiln-emu")?;
    let seeds: u64 = arguments.first().map_or(Ok(20), |word| word.parse()).context("the number of seeds")?;
    let (mut cases, mut differing, mut forms, mut faults) = (0, 0, 0, 0);
    let mut table = String::from("| seed | cases | forms | faults | differing |\n|---:|---:|---:|---:|---:|\n");
    for seed in 1..=seeds {
        let mut command = Command::new(&program);
        command.current_dir(root).args(["differ", &seed.to_string(), CASES, EACH]);
        command.args(arguments.get(1..).unwrap_or_default());
        eprintln!("$ {}", proc::shown(&command));
        let output = command.output().context("cannot start kiln-emu")?;
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let figure = |name: &str| -> Result<u64> {
            let line = said.lines().filter_map(|line| line.split_once(' ')).find(|(first, _)| *first == name);
            line.and_then(|(_, number)| number.parse().ok()).with_context(|| format!("kiln-emu said no {name}: {said}"))
        };
        let row = [figure("cases")?, figure("forms")?, figure("faults")?, figure("differing")?];
        table += &format!("| {seed} | {} | {} | {} | {} |\n", row[0], row[1], row[2], row[3]);
        cases += row[0];
        forms = forms.max(row[1]);
        faults += row[2];
        differing += row[3];
    }
    let plain = |what, count| Figure { what, value: super::grouped(count), bar: "", kept: true };
    let figures = vec![
        plain("cases: an instruction with operands drawn by chance", cases),
        plain("forms of instructions, most in one run", forms),
        plain("cases that end in a fault, taken and returned from", faults),
        Figure {
            what: "cases where a register, a flag or a byte differs",
            value: super::grouped(differing),
            bar: "0",
            kept: differing == 0,
        },
    ];
    Ok(Report { seed: Some(1), figures, table })
}
