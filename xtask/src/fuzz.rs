//! The served kiln against its own description: schemathesis asks, with a token and without.
//!
//! What fails: an answer that the description does not know, one of another shape, and any 5xx but 503.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::curl;
use crate::proc;
use crate::served::Served;
use crate::workspace::Metadata;

/// Cases of the test command, for each of the two askers.
const CASES: usize = 150;
/// What schemathesis judges. Of all 5xx the description knows 503 alone: any other is an answer it does not know.
const CHECKS: &str = "status_code_conformance,content_type_conformance,response_schema_conformance";

/// What the test command asks: requests that the description allows.
const ALLOWED: &str = "examples,fuzzing";
/// What the campaign asks besides: every way to miss the description, one at a time.
pub(crate) const EVERYTHING: &str = "examples,coverage,fuzzing";

/// Where the project keeps its own Python.
pub(crate) fn python(root: &Path) -> PathBuf {
    root.join("target/python")
}

/// The step of the test command.
///
/// # Errors
/// When the kiln, curl or schemathesis cannot be started.
pub(crate) fn step(root: &Path) -> Result<bool> {
    Ok(curl::walks(root)? && cases(root, CASES, ALLOWED)?.iter().all(|run| run.passed))
}

/// One run of schemathesis.
pub(crate) struct Run {
    pub(crate) asker: &'static str,
    pub(crate) passed: bool,
    /// How many cases it made, and what became of them, in its words.
    pub(crate) said: String,
}

/// So many cases without a token and with one.
///
/// # Errors
/// When the kiln or schemathesis cannot be started.
pub(crate) fn cases(root: &Path, count: usize, phases: &str) -> Result<Vec<Run>> {
    let target = Metadata::ask(root)?.target_folder()?;
    let program = proc::release(root, &target, "kiln-sim")?;
    // The description has about 50 operations; a run makes so many cases for each.
    let each = count.div_ceil(50).max(1).to_string();
    let mut runs = Vec::new();
    for asker in ["without a token", "with a token"] {
        let served = Served::begin(&program, &target, "20")?;
        let base = format!("http://{}", served.address);
        let mut command = Command::new(python(root).join("bin/schemathesis"));
        // It remembers what failed beside where it runs.
        let memory = target.join("schemathesis");
        std::fs::create_dir_all(&memory)?;
        command.current_dir(memory).arg("run").arg(root.join("docs/api/openapi.json"));
        command.args(["--url", &base, "--checks", CHECKS]);
        command.args(["--max-examples", &each, "--seed", "1", "--rate-limit", "9/s", "--request-timeout", "8"]);
        command.args(["--phases", phases, "--continue-on-failure", "--no-color"]);
        // A stream of events has no end to wait for.
        command.args(["--exclude-path", "/api/events"]);
        if asker == "with a token" {
            command.args(["--header", &format!("Authorization: Bearer {}", served.token)]);
            // The token must outlive the run.
            let apart = ["/api/factory-reset", "/api/tokens/{id}", "/api/reboot"];
            command.args(apart.into_iter().flat_map(|path| ["--exclude-path", path]));
        }
        println!("$ schemathesis {asker}");
        let output = command.output()?;
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        if !output.status.success() {
            println!("{text}{}", String::from_utf8_lossy(&output.stderr));
        }
        let said = text.lines().find(|line| line.contains(" generated, ")).unwrap_or_default().trim().to_owned();
        println!("{said}");
        runs.push(Run { asker, passed: output.status.success(), said });
    }
    Ok(runs)
}
