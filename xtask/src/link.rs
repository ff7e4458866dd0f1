//! The link between the cores, in every order in which they can see each other's words; and with an ordering missing.
//!
//! loom replaces the link's words by its own and runs each test once for every order. Then the announcement of a
//! finished block is planted without its ordering: the same tests must fail, or they show nothing. shuttle runs the whole
//! link, which is too large for every order, in random ones.

use std::path::Path;

use anyhow::Result;

use crate::proc;

const TESTS: &str = "link::tests::exhaustive";
const RANDOM: &str = "link::tests::random_orders";

/// `cargo xtask test link`.
///
/// # Errors
/// When cargo cannot be started.
pub(crate) fn command(root: &Path) -> Result<bool> {
    let sound = tests(root, "--cfg loom", TESTS)?;
    println!("\nthe whole link in random orders (shuttle):");
    let whole = tests(root, "--cfg shuttle", RANDOM)?;
    println!("\nthe same with an ordering missing, which must fail:");
    let caught = !tests(root, "--cfg loom --cfg planted_link_ordering", TESTS)? && builds(root)?;
    println!("{}", if caught { "caught" } else { "NOT CAUGHT" });
    Ok(sound && whole && caught)
}

/// Runs these tests with the words of a checker.
fn tests(root: &Path, flags: &str, tests: &str) -> Result<bool> {
    let mut command = proc::cargo(root);
    command.args([
        "test",
        "--release",
        "--package",
        "kiln-hal",
        "--lib",
        tests,
        "--",
        "--nocapture",
        "--test-threads=1",
    ]);
    // Its own folder: the flags are those of every crate in it.
    command.env("RUSTFLAGS", flags).env("CARGO_TARGET_DIR", root.join("target/loom"));
    Ok(proc::status(&mut command)?.success())
}

/// Whether the planted mistake compiles: tests that fail because nothing was built have caught nothing.
fn builds(root: &Path) -> Result<bool> {
    let mut command = proc::cargo(root);
    command.args(["test", "--release", "--package", "kiln-hal", "--lib", "--no-run"]);
    command.env("RUSTFLAGS", "--cfg loom --cfg planted_link_ordering");
    command.env("CARGO_TARGET_DIR", root.join("target/loom"));
    Ok(proc::status(&mut command)?.success())
}
