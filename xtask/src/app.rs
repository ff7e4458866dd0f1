//! `cargo xtask app`: the page, built from `app/` into `app/dist`, and its checks.
//!
//! Decides when packages are fetched and what is built in which order. How a page is put together is decided in
//! `app/vite.config.ts`.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Result, bail};

use crate::rooms::PAGE_TARGET;
use crate::workspace::{self, Metadata};
use crate::{proc, setup};

/// Where the built page lies.
pub(crate) const DIST: &str = "app/dist";
/// What the page computes with.
const COMPUTE: &str = "app/src/compute/kiln.wasm";
/// What the compiler uses of WebAssembly, and every browser that the page is for knows.
const FEATURES: [&str; 4] =
    ["--enable-bulk-memory", "--enable-nontrapping-float-to-int", "--enable-sign-ext", "--enable-mutable-globals"];
/// The packages that are there, as npm notes it.
const FETCHED: &str = "app/node_modules/.fetched";
/// The packages that should be.
const LOCK: &str = "app/package-lock.json";

/// `cargo xtask app [check|e2e [NAME]|screenshots]`: builds the page; or checks it, drives it in a browser, takes its
/// pictures.
///
/// # Errors
/// When Node is missing, or a step cannot be started.
pub(crate) fn command(words: &[String]) -> Result<bool> {
    let root = workspace::root()?;
    setup::ensure(&root, "app")?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [] => build(&root).map(|_| true),
        ["check"] => check(&root),
        ["e2e", rest @ ..] => {
            setup::ensure(&root, "app e2e")?;
            driven(&root, "e2e", rest)
        }
        ["screenshots", rest @ ..] => {
            setup::ensure(&root, "app e2e")?;
            driven(&root, "screenshots", rest)
        }
        _ => bail!("app knows check, e2e and screenshots, not {words:?}"),
    }
}

/// The step of `cargo xtask test`: types, lint, unit tests, the page itself, and the page in a browser.
///
/// # Errors
/// When a step cannot be started.
pub(crate) fn step(root: &Path) -> Result<bool> {
    Ok(check(root)? && driven(root, "e2e", &[])?)
}

/// Whether a page can be built here: Node and npm answer.
pub(crate) fn is_possible(root: &Path) -> bool {
    ["node", "npm"].iter().all(|program| proc::succeeds(Command::new(program).arg("--version").current_dir(root)))
}

/// Builds the page; its folder.
///
/// # Errors
/// When a step fails.
pub(crate) fn build(root: &Path) -> Result<PathBuf> {
    fetch(root)?;
    compute(root)?;
    npm(root, &["run", "build", "--silent"])?;
    Ok(root.join(DIST))
}

/// Types, lint and unit tests.
fn check(root: &Path) -> Result<bool> {
    fetch(root)?;
    compute(root)?;
    Ok(npm(root, &["run", "check", "--silent"]).is_ok())
}

/// Builds what the page computes with, and shrinks it; nothing where it is no older than what it is made of.
fn compute(root: &Path) -> Result<()> {
    let mut cargo = proc::cargo(root);
    cargo.args(["rustc", "--quiet", "--package", "kiln-wasm", "--profile", "page", "--crate-type", "cdylib"]);
    proc::run(cargo.args(["--target", PAGE_TARGET]))?;
    let built = Metadata::ask(root)?.target_folder()?.join(PAGE_TARGET).join("page/kiln_wasm.wasm");
    let age = |path: &Path| std::fs::metadata(path).and_then(|file| file.modified()).ok();
    let made = root.join(COMPUTE);
    if age(&made).is_some_and(|made| age(&built).is_some_and(|built| built <= made)) {
        return Ok(());
    }
    let mut shrink = Command::new("npm");
    shrink.args(["exec", "--no", "--", "wasm-opt", "-Oz"]).args(FEATURES).arg(&built).arg("-o").arg(&made);
    proc::run(shrink.current_dir(root.join("app")))
}

/// Builds page and simulator, and drives the one with the other.
fn driven(root: &Path, script: &str, words: &[&str]) -> Result<bool> {
    build(root)?;
    let target = Metadata::ask(root)?.target_folder()?;
    let simulator = proc::release(root, &target, "kiln-sim")?;
    let mut command = Command::new("npm");
    command.args(["run", script, "--silent", "--"]).args(words).current_dir(root.join("app"));
    Ok(proc::status(command.env("KILN_SIM", simulator))?.success())
}

/// Fetches the packages of the lock file, when it is another than the last time.
fn fetch(root: &Path) -> Result<()> {
    let wanted = std::fs::read(root.join(LOCK))?;
    if std::fs::read(root.join(FETCHED)).is_ok_and(|fetched| fetched == wanted) {
        return Ok(());
    }
    npm(root, &["ci", "--no-audit", "--no-fund"])?;
    Ok(std::fs::write(root.join(FETCHED), wanted)?)
}

fn npm(root: &Path, words: &[&str]) -> Result<()> {
    proc::run(Command::new("npm").args(words).current_dir(root.join("app")))
}
