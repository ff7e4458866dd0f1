//! Every small change of a guard, the lease, the window and the limits that a machine can think of: a test fails.
//!
//! cargo-mutants makes the changes, one at a time, on a copy of the tree. What survives must be in [`ACCEPTED`] with the
//! reason why no test can tell it from the code, or the bar is missed. Refuses to judge by wall time; a change that
//! makes a test run for ever counts as noticed.

use std::path::Path;

use anyhow::{Context as _, Result, bail};

use super::{Figure, Report};
use crate::workspace::Metadata;
use crate::{proc, setup};

/// Code that is changed together, and the tests that must notice.
struct Field {
    name: &'static str,
    package: &'static str,
    files: &'static [&'static str],
    tests: &'static [&'static str],
    /// How many may survive, each accepted with its reason.
    most: usize,
    bar: &'static str,
}

const FIELDS: &[Field] = &[
    Field {
        name: "guards",
        package: "kiln-core",
        files: &["crates/kiln-core/src/guard/*.rs"],
        tests: &[
            "--lib",
            "--test",
            "guards",
            "--test",
            "guard_stories",
            "--",
            "--skip",
            "cone::",
            "--skip",
            "analysis::",
        ],
        most: 0,
        bar: "0",
    },
    Field {
        name: "lease",
        package: "kiln-hal",
        files: &["crates/kiln-hal/src/lease.rs"],
        tests: &["--lib", "--test", "relays", "--test", "pulsed_contactor", "--", "--skip", "link::"],
        most: 0,
        bar: "0",
    },
    Field {
        name: "window, limits, faults",
        package: "kiln-core",
        files: &[
            "crates/kiln-core/src/window/mod.rs",
            "crates/kiln-core/src/window/relays.rs",
            "crates/kiln-core/src/window/stagger.rs",
            "crates/kiln-core/src/limits.rs",
            "crates/kiln-core/src/fault/*.rs",
        ],
        tests: &["--lib", "--test", "guards", "--test", "firing", "--", "--skip", "cone::", "--skip", "analysis::"],
        most: 5,
        bar: "≤ 5, each with its reason",
    },
    Field {
        name: "roll call and heartbeat",
        package: "kiln-control",
        files: &["crates/kiln-control/src/roll_call.rs", "crates/kiln-control/src/heartbeat.rs"],
        tests: &[],
        most: 5,
        bar: "≤ 5, each with its reason",
    },
];

/// Survivors that are no mistakes: the file and the change as cargo-mutants names it, and why no test can tell.
const ACCEPTED: &[(&str, &str, &str)] = &[
    ("limits.rs", "replace below -> bool with true", "read by the compiler only: it weakens a check of the limits"),
    ("limits.rs", "replace < with <= in below", "read by the compiler only: no two of the limits are equal"),
    (
        "window/mod.rs",
        "replace > with >= in Window::update",
        "with a stagger of nothing both ways of the branch give the same relays; one of them is shorter",
    ),
    (
        "window/stagger.rs",
        "replace > with >= in Relay::wants",
        "a relay owed exactly one slot less than nothing gives it back in this window or in the next",
    ),
];

/// What came of one field.
struct Harvest {
    caught: usize,
    survivors: Vec<String>,
}

/// Changes every field, or those whose name contains the argument.
pub(super) fn run(root: &Path, arguments: &[String]) -> Result<Report> {
    setup::ensure(root, "campaign mutants")?;
    let folder = Metadata::ask(root)?.target_folder()?.join("mutants");
    let (mut figures, mut table) = (Vec::new(), String::from("| survivor | why no test can tell |\n|---|---|\n"));
    for field in FIELDS.iter().filter(|field| arguments.iter().all(|part| field.name.contains(part.as_str()))) {
        let Harvest { caught, survivors } = field.change(root, &folder)?;
        let unexplained = survivors.iter().filter(|survivor| reason(survivor).is_none()).count();
        let kept = unexplained == 0 && survivors.len() <= field.most;
        figures.push(Figure { what: field.name, value: format!("{caught} noticed"), bar: "", kept: true });
        let value = format!("{}, {unexplained} without a reason", survivors.len());
        figures.push(Figure { what: "survivors there", value, bar: field.bar, kept });
        for survivor in &survivors {
            table += &format!("| `{survivor}` | {} |\n", reason(survivor).unwrap_or("NOT KNOWN"));
        }
    }
    Ok(Report { seed: None, figures, table })
}

fn reason(survivor: &str) -> Option<&'static str> {
    let accepted = ACCEPTED.iter().find(|(file, change, _)| survivor.contains(file) && survivor.ends_with(change));
    accepted.map(|(_, _, reason)| *reason)
}

impl Field {
    fn change(&self, root: &Path, folder: &Path) -> Result<Harvest> {
        let place = folder.join(self.package).join(self.name.split(' ').next().unwrap_or(self.name));
        std::fs::create_dir_all(&place)?;
        let mut command = proc::cargo(root);
        command.args(["mutants", "--no-shuffle", "--colors", "never", "--timeout", "120", "--package", self.package]);
        command.arg("--output").arg(&place);
        for file in self.files {
            command.args(["--file", file]);
        }
        command.arg("--").args(self.tests);
        // Built as fast as it runs: a guard's story is hours of a firing, a change is one build.
        command.env("CARGO_PROFILE_TEST_OPT_LEVEL", "1").env("CARGO_PROFILE_TEST_DEBUG", "0");
        match proc::status(&mut command)?.code() {
            // All noticed; some survived; some ran out of time.
            Some(0 | 2 | 3) => {}
            other => bail!("cargo mutants ended with {other:?}"),
        }
        let lines = |name: &str| -> Result<Vec<String>> {
            let file = place.join("mutants.out").join(name);
            let text = std::fs::read_to_string(&file).with_context(|| format!("{}", file.display()))?;
            Ok(text.lines().map(str::to_owned).collect())
        };
        let caught = lines("caught.txt")?.len() + lines("timeout.txt")?.len();
        Ok(Harvest { caught, survivors: lines("missed.txt")? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_survivor_needs_a_reason() {
        let known = "crates/kiln-core/src/limits.rs:270:13: replace < with <= in below";
        assert!(reason(known).is_some());
        assert_eq!(reason("crates/kiln-core/src/limits.rs:270:13: replace < with == in below"), None);
    }
}
