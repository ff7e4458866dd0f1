//! `cargo xtask firmware`: the two images of the board, one in the other, as one file to flash.
//!
//! Control is built first, checked and flattened; the application takes it in; the whole becomes a UF2 file. What the
//! images must hold to is checked on what was linked, not on what was meant.

mod control;
mod dist;
mod reach;
mod sizes;
mod stack;
mod uf2;

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context as _, Result, ensure};

use crate::rooms::BOARD_TARGET;
use crate::workspace::Metadata;
use crate::{app, budget, proc, setup, workspace};

/// The profile of `Cargo.toml` that builds what is flashed.
const PROFILE: &str = "firmware";
/// The crates of the images, and what their programs are called.
const CONTROL: [&str; 2] = ["kiln-firmware-control", "kiln-firmware-control"];
const APPLICATION: [&str; 2] = ["kiln-firmware-app", "pico-kiln"];
/// Where what is flashed is put, from the root.
const OUT: &str = "out/firmware";
/// Names the control image to the build of the application.
const IMAGE: &str = "KILN_CONTROL_IMAGE";
/// Names what the page's build says of its files.
const PAGES: &str = "KILN_PAGES";

/// What was built.
pub(crate) struct Built {
    /// The control image as it was linked.
    pub(crate) control: PathBuf,
    /// The control image flattened: the bytes that lie in RAM when it starts.
    pub(crate) flat: PathBuf,
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
    judge(&root)
}

/// `cargo xtask dist`: what is handed out, made twice and compared.
///
/// # Errors
/// When an image cannot be built or does not hold to what it must.
pub(crate) fn dist(_words: &[String]) -> Result<bool> {
    let root = workspace::root()?;
    setup::ensure(&root, "firmware")?;
    dist::make(&root)
}

/// Builds both images, prints what they take, and says whether they hold to what they must.
///
/// # Errors
/// When an image cannot be built.
pub(crate) fn judge(root: &Path) -> Result<bool> {
    let metadata = Metadata::ask(root)?;
    let built = build(root, &metadata, OUT)?;
    let (table, kept) = budget::compare(&sizes::counts(&built)?, &metadata.numbers("firmware")?);
    println!("\ncount                            measured         budget\n{table}");
    let walled = wall(&built, &metadata)?;
    for (what, path) in [("flash", &built.uf2), ("debug", &built.application), ("debug", &built.control)] {
        println!("{what}  {}", path.strip_prefix(root).unwrap_or(path).display());
    }
    Ok(kept && walled)
}

/// Prints which crates are linked into the control image; whether all of them are allowed.
fn wall(built: &Built, metadata: &Metadata) -> Result<bool> {
    let packages: Vec<String> =
        metadata.packages().map(|package| workspace::text(package, "name").to_owned()).collect();
    let crates = reach::crates(&read(&built.control)?, &packages)?;
    println!("crates in the control image: {}", crates.iter().map(String::as_str).collect::<Vec<_>>().join(", "));
    let [room, _] = CONTROL;
    let strangers = reach::strangers(room, &crates);
    for name in &strangers {
        println!("  {name} is beyond the wall of {room}");
    }
    Ok(strangers.is_empty())
}

/// Builds both images where `cargo xtask firmware` puts them.
///
/// # Errors
/// When one cannot be built or does not hold to what it must.
pub(crate) fn here(root: &Path) -> Result<Built> {
    build(root, &Metadata::ask(root)?, OUT)
}

/// Builds both images into a folder.
///
/// # Errors
/// When one cannot be built or does not hold to what it must.
pub(crate) fn build(root: &Path, metadata: &Metadata, out: &str) -> Result<Built> {
    let target = metadata.target_folder()?;
    let out = root.join(out);
    std::fs::create_dir_all(&out).with_context(|| format!("{} cannot be made", out.display()))?;

    let elf = compile(root, &target, CONTROL, &[])?;
    let linked = read(&elf)?;
    let image = control::flatten(&linked).with_context(|| elf.display().to_string())?;
    let flash = reach::flash(&linked, &image)?;
    ensure!(flash.is_empty(), "the control image must not reach flash:\n{}", flash.join("\n"));
    let flat = out.join("pico-kiln-control.bin");
    write(&flat, &image)?;

    let packed = control::pack(&image)?;
    let packed_at = out.join("pico-kiln-control.packed");
    write(&packed_at, &packed)?;
    let page = page(root)?;
    let carried: Vec<_> = [Some((IMAGE, packed_at)), page.map(|page| (PAGES, page))].into_iter().flatten().collect();
    let application = compile(root, &target, APPLICATION, &carried)?;
    let linked = read(&application)?;
    ensure!(
        linked.windows(packed.len()).any(|place| place == packed),
        "the application does not carry the control image"
    );
    let pages = uf2::convert(&linked).with_context(|| application.display().to_string())?;
    let built = Built {
        control: keep(&elf, &out.join("pico-kiln-control.elf"))?,
        flat,
        application: keep(&application, &out.join("pico-kiln.elf"))?,
        uf2: out.join("pico-kiln.uf2"),
    };
    write(&built.uf2, &pages)?;
    Ok(built)
}

/// Builds the page; `None` without Node, which the board is not made with then.
fn page(root: &Path) -> Result<Option<PathBuf>> {
    if app::is_possible(root) {
        return Ok(Some(app::build(root)?.join("pages.rs")));
    }
    println!("without Node there is no page to build: the image has the small one that is always there");
    Ok(None)
}

/// Builds one image with what it carries, and says where it lies.
fn compile(root: &Path, target: &Path, [package, program]: [&str; 2], carried: &[(&str, PathBuf)]) -> Result<PathBuf> {
    let mut command = proc::cargo(root);
    command.args(["build", "--profile", PROFILE, "--target", BOARD_TARGET, "--package", package]);
    command.envs(carried.iter().map(|(name, file)| (name, file)));
    anonymous(root, target, &mut command)?;
    proc::run(&mut command)?;
    Ok(target.join(BOARD_TARGET).join(PROFILE).join(program))
}

/// Keeps the folders of this machine out of what is built, so that the same source gives the same bytes everywhere.
fn anonymous(root: &Path, target: &Path, command: &mut Command) -> Result<()> {
    let home = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let home = home.or_else(|| std::env::home_dir().map(|home| home.join(".cargo"))).context("there is no home")?;
    // The later of two that fit is taken.
    let folders = [(home.as_path(), "cargo"), (root, "."), (target, "target")];
    let flags = |flag: &str| folders.map(|(folder, name)| format!("{flag}={}={name}", folder.display()));
    command.env("CARGO_ENCODED_RUSTFLAGS", flags("--remap-path-prefix").join("\u{1f}"));
    command.env(format!("CFLAGS_{}", BOARD_TARGET.replace(['-', '.'], "_")), flags("-ffile-prefix-map").join(" "));
    Ok(())
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
