//! The description of the interface as the board serves it: without white space, packed.
//!
//! What counts is what is in the pack: two packers may write it differently.

use std::io::{Read as _, Write as _};
use std::path::Path;

use anyhow::Result;

/// Where it lies.
pub(super) const PATH: &str = "crates/kiln-app/src/http/openapi.json.gz";

/// Whether the pack holds what the code says.
pub(super) fn is_fresh(root: &Path) -> bool {
    let Ok(bytes) = std::fs::read(root.join(PATH)) else { return false };
    let mut text = String::new();
    let read = flate2::read::GzDecoder::new(bytes.as_slice()).read_to_string(&mut text);
    read.is_ok() && text == text_now()
}

/// Packs it.
///
/// # Errors
/// When it cannot be written.
pub(super) fn write(root: &Path) -> Result<()> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(text_now().as_bytes())?;
    Ok(std::fs::write(root.join(PATH), packer.finish()?)?)
}

fn text_now() -> String {
    kiln_wire::describe::openapi().to_string()
}
