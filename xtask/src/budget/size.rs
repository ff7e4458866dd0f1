//! Bytes of machine code on the board.

use std::path::Path;

use anyhow::{Context as _, Result};
use object::read::archive::ArchiveFile;
use object::{Object as _, ObjectSection as _, SectionKind};

use super::Bench;
use crate::proc;
use crate::rooms::BOARD_TARGET;

/// The profile of `Cargo.toml` that builds for the board.
const PROFILE: &str = "board";

/// Bytes of machine code in a crate's library. What is generic is not in it until somebody names the types.
pub(super) fn text(bench: &Bench, name: &str) -> Result<u64> {
    let mut command = proc::cargo(&bench.root);
    command.args(["build", "--profile", PROFILE, "--lib", "--target", BOARD_TARGET, "--package", name]);
    proc::run(&mut command)?;
    let file = format!("lib{}.rlib", name.replace('-', "_"));
    archive_text(&bench.metadata.target_folder()?.join(BOARD_TARGET).join(PROFILE).join(file))
}

fn archive_text(path: &Path) -> Result<u64> {
    let bytes = std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    let archive = ArchiveFile::parse(bytes.as_slice()).with_context(|| format!("{} is no archive", path.display()))?;
    let mut total = 0;
    for member in archive.members() {
        let member = member?;
        // The compiler's own notes travel in the archive and are not machine code.
        if let Ok(file) = object::File::parse(member.data(bytes.as_slice())?) {
            total += machine_code(&file);
        }
    }
    Ok(total)
}

/// Bytes of an object's sections that hold machine code.
fn machine_code(file: &object::File<'_>) -> u64 {
    let code = file.sections().filter(|section| section.kind() == SectionKind::Text);
    code.map(|section| section.size()).sum()
}
