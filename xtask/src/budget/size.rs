//! Bytes of machine code on the board, crate by crate.

use std::path::Path;

use anyhow::{Context as _, Result};
use object::read::archive::ArchiveFile;
use object::{Object as _, ObjectSection as _, SectionKind};

use super::{Bench, Counts};
use crate::proc;
use crate::rooms::{BOARD_TARGET, shipping};

/// The profile of `Cargo.toml` that builds for the board.
pub(super) const PROFILE: &str = "board";

/// Bytes of machine code in each shipping crate's library. What is generic is not in it until somebody names the types.
pub(super) fn counts(bench: &Bench) -> Result<Counts> {
    let mut command = proc::cargo(&bench.root);
    command.args(["build", "--profile", PROFILE, "--lib", "--target", BOARD_TARGET]);
    proc::run(command.args(shipping().flat_map(|room| ["--package", room.name])))?;
    let folder = bench.metadata.target_folder()?.join(BOARD_TARGET).join(PROFILE);
    let size = |name: &str| archive(&folder.join(format!("lib{}.rlib", name.replace('-', "_"))));
    shipping().map(|room| Ok((room.name.to_owned(), size(room.name)?))).collect()
}

fn archive(path: &Path) -> Result<u64> {
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
pub(super) fn machine_code(file: &object::File<'_>) -> u64 {
    let code = file.sections().filter(|section| section.kind() == SectionKind::Text);
    code.map(|section| section.size()).sum()
}
