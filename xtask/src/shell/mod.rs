//! `cargo xtask shell`: the desktop shell, built from `app/shell` around the page.
//!
//! It is a workspace of its own, so that nothing else needs the desktop's libraries. What its window shows is put
//! together here: the page of a kiln as `cargo xtask app` builds it, and the tiles beside it.

pub(crate) mod driver;
mod icon;
pub(crate) mod session;

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, bail};
use flate2::read::GzDecoder;

use crate::workspace;
use crate::{app, proc, setup};

/// Where the shell's source lies.
const FOLDER: &str = "app/shell";
/// The program, as cargo names it.
const PROGRAM: &str = "app/shell/target/release/pico-kiln";
/// Where the packages land.
const BUNDLES: &str = "app/shell/target/release/bundle";

/// `cargo xtask shell [bundle | icons]`: builds the program; or its .deb and .rpm; or draws its icons anew.
///
/// # Errors
/// When a step cannot be started or does not succeed.
pub(crate) fn command(words: &[String]) -> Result<bool> {
    let root = workspace::root()?;
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["icons"] => icon::write(&root.join(FOLDER).join("icons"))?,
        [] => println!("built {}", build(&root)?.display()),
        ["bundle"] => {
            for package in bundle(&root)? {
                println!("built {}", package.display());
            }
        }
        _ => bail!("shell knows bundle and icons, not {words:?}"),
    }
    Ok(true)
}

/// The program, where it was built.
pub(crate) fn program(root: &Path) -> PathBuf {
    root.join(PROGRAM)
}

/// Builds the program.
///
/// # Errors
/// When a step fails.
pub(crate) fn build(root: &Path) -> Result<PathBuf> {
    setup::ensure(root, "shell")?;
    pages(root)?;
    let folder = root.join(FOLDER);
    proc::run(proc::cargo(&folder).args(["build", "--release", "--locked"]))?;
    Ok(program(root))
}

/// Builds the packages: a .deb and a .rpm.
///
/// # Errors
/// When a step fails, or one of the two is not there afterwards.
pub(crate) fn bundle(root: &Path) -> Result<Vec<PathBuf>> {
    setup::ensure(root, "shell")?;
    pages(root)?;
    let folder = root.join(FOLDER);
    proc::run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    let bundles = root.join(BUNDLES);
    if bundles.exists() {
        fs::remove_dir_all(&bundles)?;
    }
    proc::run(Command::new("npm").args(["exec", "--", "tauri", "build", "--ci"]).current_dir(&folder))?;
    packages(root)
}

/// The packages that were built: a .deb and a .rpm.
///
/// # Errors
/// When one of the two is not there.
pub(crate) fn packages(root: &Path) -> Result<Vec<PathBuf>> {
    let bundles = root.join(BUNDLES);
    let one = |kind: &str| -> Result<PathBuf> {
        let made = fs::read_dir(bundles.join(kind)).with_context(|| format!("no {kind} was built"))?;
        let paths = made.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
        let package = paths.into_iter().find(|path| path.extension().is_some_and(|ending| ending == kind));
        package.with_context(|| format!("no {kind} was built"))
    };
    Ok(vec![one("deb")?, one("rpm")?])
}

/// Puts together what the window shows: `index.html` with the tiles, `kiln.html` with the page of one kiln.
fn pages(root: &Path) -> Result<()> {
    let page = app::build(root)?;
    let web = root.join("app");
    let vite = ["exec", "--", "vite", "build", "--config", "vite.shell.config.ts", "--logLevel", "warn"];
    proc::run(Command::new("npm").args(vite).current_dir(&web))?;
    let dist = root.join(FOLDER).join("dist");
    fs::copy(page.join("index.html"), dist.join("kiln.html"))?;
    for entry in fs::read_dir(&page)? {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        // A kiln sends it packed; a window reads it as it is.
        if let Some(name) = name.strip_suffix(".gz").filter(|name| *name != "index.html") {
            let mut bytes = Vec::new();
            GzDecoder::new(fs::File::open(&path)?).read_to_end(&mut bytes)?;
            fs::write(dist.join(name), bytes)?;
        }
    }
    Ok(())
}
