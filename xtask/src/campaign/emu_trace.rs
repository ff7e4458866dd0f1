//! The control image that is flashed, fired on the emulated board beside kiln-sim: every second is the same, to the bit.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Figure, Report};
use crate::{emulate, firmware, setup};

/// The most instructions of ten hours.
const MOST: u64 = 3_000_000_000;

/// Fires a glaze firing, or the profile that the first argument names, on a nominal day.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    setup::ensure(root, "firmware")?;
    let built = firmware::here(root)?;
    let profile = arguments.first().map_or("examples/profiles/glaze-cone-6.json", String::as_str);
    let mut command = Command::new(emulate::program(root)?);
    command.current_dir(root).arg("trace").arg(&built.flat).args([profile, "--level", "nominal", "--seed", "1"]);
    let said = emulate::said(&mut command)?;
    let figure = |name: &str| emulate::figure(&said, name);
    let seconds = figure("seconds").with_context(|| format!("kiln-emu said: {said}"))?;
    let (first, second) = (figure("instructions-core-0").unwrap_or(0), figure("instructions-core-1").unwrap_or(0));
    let ten_hours = (first + second) * 36_000 / seconds.max(1);
    let none = |what, count: Option<u64>| Figure {
        what,
        value: count.map_or_else(|| "not told".to_owned(), super::grouped),
        bar: "0",
        kept: count == Some(0),
    };
    let plain = |what, count| Figure { what, value: super::grouped(count), bar: "", kept: true };
    let figures = vec![
        plain("seconds that were compared", seconds),
        none("seconds in which code, target, duty, state or pin differ", figure("differing")),
        plain("instructions of core 0", first),
        plain("instructions of core 1", second),
        plain("instructions of core 1 in a second", second / seconds.max(1)),
        plain("instructions of core 1 in a slot, the most", figure("instructions-slot-most").unwrap_or(0)),
        plain("longest time between two turns of the loop, µs", figure("gap-us-most").unwrap_or(0)),
        plain("painted stack of core 1, bytes", figure("stack-core-1").unwrap_or(0)),
        none("accesses that the fence refused", figure("refused")),
        none("accesses of core 1 to flash", figure("flash-core-1")),
        Figure {
            what: "instructions of both cores in ten hours",
            value: super::grouped(ten_hours),
            bar: "≤ 3 000 000 000",
            kept: ten_hours <= MOST,
        },
    ];
    Ok(Report { seed: Some(1), figures, table: format!("```text\n{said}```\n") })
}
