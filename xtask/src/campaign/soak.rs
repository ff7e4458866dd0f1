//! The live page over an accelerated day: the heap of the browser does not grow with it. And half a day of a firing, a
//! row every five seconds, drawn in History.

use std::path::Path;
use std::process::Command;

use anyhow::{Context as _, Result};

use super::{Figure, Report};
use crate::workspace::Metadata;
use crate::{app, proc};

/// Virtual hours, and virtual seconds to a real one: eight minutes.
const HOURS: &str = "24";
const SPEED: &str = "180";

/// Watches a firing of a day in the system's Chromium.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    let hours = arguments.first().map_or(HOURS, String::as_str);
    app::build(root)?;
    let simulator = proc::release(root, &Metadata::ask(root)?.target_folder()?, "kiln-sim")?;
    let mut command = Command::new("npm");
    command.args(["run", "e2e", "--silent", "--", "soak", "twelve hours"]).current_dir(root.join("app"));
    command.env("KILN_SIM", simulator).env("KILN_SOAK_HOURS", hours).env("KILN_SOAK_SPEED", SPEED);
    eprintln!("$ {}", proc::shown(&command));
    let output = command.output().context("cannot start npm")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let told = |word: &str| -> Result<String> {
        let line = text.lines().map(str::trim).find(|line| line.starts_with(word));
        Ok(line.with_context(|| format!("nothing was told of {word}: {text}"))?.to_owned())
    };
    let kept = output.status.success();
    let figures = vec![
        Figure { what: "growth of the page's heap over the day", value: told("heap")?, bar: "< 50 MB", kept },
        Figure { what: "12 h at 5 s in History", value: told("rows")?, bar: "<= 1600 points", kept },
    ];
    Ok(Report { seed: None, figures, table: String::new() })
}
