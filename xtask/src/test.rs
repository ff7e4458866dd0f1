//! `cargo xtask test`: every check of the project, one after the other, and a table of how each ended.
//!
//! A failing step does not stop the others: all failures are seen in one go. Wall times are reported and decide
//! nothing.

use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Result;

use crate::rooms::{BOARD_TARGET, Fate, ROOMS, shipping};
use crate::{app, budget, emulate, firmware, fuzz, golden, link, proc, setup, tidy, workspace};

/// One part of the whole test command.
struct Step {
    name: &'static str,
    says: &'static str,
    run: fn(&Path) -> Result<bool>,
}

/// The quick ones first. A new crate's own step is one more line here.
const STEPS: &[Step] = &[
    Step {
        name: "setup",
        says: "what the machine needs is there",
        run: |root| setup::ensure(root, "test").map(|()| true),
    },
    Step { name: "fmt", says: "the code is formatted", run: formatted },
    Step { name: "tidy", says: "walls, lengths, words, links, documents", run: |_| tidy::command(&[]) },
    Step { name: "clippy", says: "no lint speaks", run: clippy },
    Step { name: "board", says: "what ships builds for the board, without alloc", run: board },
    Step { name: "tests", says: "unit and integration tests", run: |root| tests(root, &[]) },
    Step {
        name: "doctests",
        says: "what the documentation claims is so",
        run: |root| cargo(root, &["test", "--workspace", "--doc"]),
    },
    Step { name: "rustdoc", says: "the documentation builds without a warning", run: rustdoc },
    Step { name: "golden", says: "recorded traces come out the same", run: |_| Ok(golden::command(&[])? == 0) },
    Step { name: "link", says: "the link between the cores, in every order", run: link::command },
    Step { name: "api", says: "the served kiln answers as its description says", run: fuzz::step },
    Step { name: "app", says: "the page: types, lint, units, and in a browser", run: app::step },
    Step { name: "firmware", says: "both images build, fit, and keep their wall", run: firmware::judge },
    Step {
        name: "emulate",
        says: "the control image fires as kiln-sim does, to the bit, and survives what happens to it",
        run: emulate::step,
    },
    Step { name: "boot", says: "the image comes up on the emulated board, whatever is missing", run: emulate::starts },
    Step { name: "budget", says: "sizes and instruction counts", run: |_| budget::command(&[]) },
];

/// How a step ended.
struct Ending {
    step: &'static Step,
    passed: bool,
    took: Duration,
}

/// `cargo xtask test [STEP or part of a test's name]`.
///
/// # Errors
/// When called from outside the project.
pub(crate) fn command(words: &[String]) -> Result<bool> {
    let root = workspace::root()?;
    let filter = words.first().map(String::as_str);
    let chosen: Vec<&'static Step> = STEPS.iter().filter(|step| filter.is_none_or(|name| step.name == name)).collect();
    if chosen.is_empty() {
        let filters: Vec<&str> = words.iter().map(String::as_str).collect();
        return tests(&root, &filters);
    }
    let endings: Vec<Ending> = chosen.into_iter().map(|step| perform(step, &root)).collect();
    println!("\n{}", summary(&endings));
    Ok(endings.iter().all(|ending| ending.passed))
}

fn perform(step: &'static Step, root: &Path) -> Ending {
    println!("\n== {}: {}", step.name, step.says);
    let start = Instant::now();
    let passed = (step.run)(root).unwrap_or_else(|error| {
        eprintln!("{error:#}");
        false
    });
    Ending { step, passed, took: start.elapsed() }
}

/// The table of steps, and the line that counts them.
fn summary(endings: &[Ending]) -> String {
    let mut text = String::from("step       ended    seconds  what it shows\n");
    for Ending { step, passed, took } in endings {
        let ended = if *passed { "passed" } else { "FAILED" };
        text += &format!("{:<10} {ended:<8} {:>7.1}  {}\n", step.name, took.as_secs_f64(), step.says);
    }
    let total: Duration = endings.iter().map(|ending| ending.took).sum();
    let failed = endings.iter().filter(|ending| !ending.passed).count();
    text += &format!(
        "all                 {:>7.1}\n\n{} passed, {failed} failed",
        total.as_secs_f64(),
        endings.len() - failed
    );
    text
}

fn cargo(root: &Path, words: &[&str]) -> Result<bool> {
    Ok(proc::status(proc::cargo(root).args(words))?.success())
}

/// The desktop's shell is a workspace of its own; to look at its form needs none of its libraries.
fn formatted(root: &Path) -> Result<bool> {
    Ok(cargo(root, &["fmt", "--all", "--check"])? & cargo(&root.join("app/shell"), &["fmt", "--check"])?)
}

/// On a computer the programs for the board are empty: they are looked at as built for the board, too.
fn clippy(root: &Path) -> Result<bool> {
    let mut images = vec!["clippy", "--target", BOARD_TARGET];
    let names = ROOMS.iter().filter(|room| room.fate == Fate::Image).flat_map(|room| ["--package", room.name]);
    images.extend(names.chain(["--", "--deny", "warnings"]));
    let everything = ["clippy", "--workspace", "--all-targets", "--keep-going", "--", "--deny", "warnings"];
    Ok(cargo(root, &everything)? & cargo(root, &images)?)
}

/// The shipping crates for the board: `no_std` without an allocator, or they would not link there.
fn board(root: &Path) -> Result<bool> {
    let mut words = vec!["build", "--release", "--lib", "--target", BOARD_TARGET];
    words.extend(shipping().flat_map(|room| ["--package", room.name]));
    cargo(root, &words)
}

/// The tests of every crate; `filters` are parts of test names.
fn tests(root: &Path, filters: &[&str]) -> Result<bool> {
    let words = ["test", "--workspace", "--lib", "--bins", "--tests", "--examples", "--no-fail-fast", "--"];
    cargo(root, &[&words, filters].concat())
}

fn rustdoc(root: &Path) -> Result<bool> {
    let mut command = proc::cargo(root);
    command
        .args(["doc", "--workspace", "--no-deps", "--document-private-items"])
        // It is built for who works on it, private items and all: a link to one leads somewhere.
        .env("RUSTDOCFLAGS", "--deny warnings --allow rustdoc::private_intra_doc_links");
    Ok(proc::status(&mut command)?.success())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_summary_counts_the_steps() {
        let ending = |passed| Ending { step: STEPS.first().unwrap(), passed, took: Duration::from_millis(1500) };
        let text = summary(&[ending(true), ending(false), ending(true)]);
        assert_eq!(text.lines().last(), Some("2 passed, 1 failed"));
        assert!(text.contains("FAILED"));
    }

    #[test]
    fn steps_have_names_of_their_own() {
        for step in STEPS {
            assert_eq!(STEPS.iter().filter(|other| other.name == step.name).count(), 1, "{}", step.name);
        }
    }
}
