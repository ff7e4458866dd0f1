//! `cargo xtask firmware`: the two images of the board, one in the other, as one file to flash.
//!
//! Control is built first, checked and flattened; the application takes it in; the whole becomes a UF2 file. What the
//! images must hold to is checked on what was linked, not on what was meant.

mod control;
mod uf2;

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use crate::rooms::BOARD_TARGET;
use crate::workspace::Metadata;
use crate::{proc, setup, workspace};

/// The profile of `Cargo.toml` that builds what is flashed.
const PROFILE: &str = "firmware";
/// The crates of the images, and what their programs are called.
const CONTROL: [&str; 2] = ["kiln-firmware-control", "kiln-firmware-control"];
const APPLICATION: [&str; 2] = ["kiln-firmware-app", "pico-kiln"];
/// Where what is flashed is put, from the root.
const OUT: &str = "out/firmware";
/// Names the control image to the build of the application.
const IMAGE: &str = "KILN_CONTROL_IMAGE";

/// What was built.
pub(crate) struct Built {
    /// The control image as it was linked.
    pub(crate) control: PathBuf,
    /// The application image with the control image in it, as it was linked.
    pub(crate) application: PathBuf,
    /// What is flashed.
    pub(crate) uf2: PathBuf,
}

/// `cargo xtask firmware`.
///
/// # Errors
/// When an image cannot be built or does not hold to what it must.
pub(crate) fn command(_words: &[String]) -> Result<bool> {
    let root = workspace::root()?;
    setup::ensure(&root, "firmware")?;
    let built = build(&root)?;
    println!("\nflash  {}", built.uf2.display());
    println!("debug  {}", built.application.display());
    println!("debug  {}", built.control.display());
    Ok(true)
}

/// Builds both images.
///
/// # Errors
/// When one cannot be built or does not hold to what it must.
pub(crate) fn build(root: &Path) -> Result<Built> {
    let target = Metadata::ask(root)?.target_folder()?;
    let out = root.join(OUT);
    std::fs::create_dir_all(&out).with_context(|| format!("{OUT} cannot be made"))?;

    let elf = compile(root, &target, CONTROL, None)?;
    let image = control::flatten(&read(&elf)?).with_context(|| elf.display().to_string())?;
    let flat = out.join("control.bin");
    write(&flat, &image)?;

    let application = compile(root, &target, APPLICATION, Some(&flat))?;
    let pages = uf2::convert(&read(&application)?).with_context(|| application.display().to_string())?;
    let built = Built {
        control: keep(&elf, &out.join("pico-kiln-control.elf"))?,
        application: keep(&application, &out.join("pico-kiln.elf"))?,
        uf2: out.join("pico-kiln.uf2"),
    };
    write(&built.uf2, &pages)?;
    Ok(built)
}

/// Builds one image and says where it lies.
fn compile(root: &Path, target: &Path, [package, program]: [&str; 2], control: Option<&Path>) -> Result<PathBuf> {
    let mut command = proc::cargo(root);
    command.args(["build", "--profile", PROFILE, "--target", BOARD_TARGET, "--package", package]);
    if let Some(image) = control {
        command.env(IMAGE, image);
    }
    proc::run(&mut command)?;
    Ok(target.join(BOARD_TARGET).join(PROFILE).join(program))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// Writes a file, unless it is the same already: what is made from it is then not made anew.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if std::fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}

fn keep(from: &Path, to: &Path) -> Result<PathBuf> {
    std::fs::copy(from, to).with_context(|| format!("{} cannot be written", to.display()))?;
    Ok(to.to_path_buf())
}
