//! Writes the memory regions of the application image, and takes in the control image and the page.
//!
//! `cargo xtask firmware` names the control image in `KILN_CONTROL_IMAGE` and what the page's build says of its files in
//! `KILN_PAGES`. Without the one the application builds with none and will say so when it starts: enough for a lint or a
//! look, never what is flashed. Without the other it serves the small page that is always there.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

use kiln_firmware_abi::map;

const IMAGE: &str = "KILN_CONTROL_IMAGE";
const PAGES: &str = "KILN_PAGES";

fn main() {
    println!("cargo:rerun-if-changed=memory.x");
    println!("cargo:rerun-if-env-changed={IMAGE}");
    println!("cargo:rerun-if-env-changed={PAGES}");
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "none")
        && let Err(error) = prepare(&PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()))
    {
        println!("cargo:error=the application image cannot be prepared: {error}");
    }
}

fn prepare(folder: &Path) -> io::Result<()> {
    fs::write(folder.join("memory.x"), memory() + &fs::read_to_string("memory.x")?)?;
    println!("cargo:rustc-link-search={}", folder.display());
    for word in ["--nmagic", "-Tlink.x"] {
        println!("cargo:rustc-link-arg-bins={word}");
    }
    let image = match env::var(IMAGE) {
        Ok(image) => {
            println!("cargo:rerun-if-changed={image}");
            fs::read(image)?
        }
        Err(_) => Vec::new(),
    };
    fs::write(folder.join("control.bin"), image)?;
    let pages = match env::var(PAGES) {
        Ok(pages) => {
            println!("cargo:rerun-if-changed={pages}");
            format!("include!({pages:?})")
        }
        Err(_) => "::kiln_app::http::Pages::BUILT_IN".to_owned(),
    };
    fs::write(folder.join("pages.rs"), pages)
}

/// The regions of the map, as the linker wants them.
fn memory() -> String {
    let (flash, ram) = (map::SLOT_1, map::APPLICATION);
    format!(
        "MEMORY {{\n  FLASH : ORIGIN = {:#x}, LENGTH = {:#x}\n  RAM : ORIGIN = {:#x}, LENGTH = {:#x}\n}}\n\
         SHARED = {:#x};\nCONTROL_RAM = {:#x};\n",
        flash.base,
        flash.len,
        ram.base,
        ram.len,
        map::SHARED.base,
        map::CONTROL.base
    )
}
