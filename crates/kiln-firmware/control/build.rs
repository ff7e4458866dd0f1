//! Writes the linker script of the control image from the memory map, and asks for it.

use std::path::PathBuf;
use std::{env, fs};

use kiln_firmware_abi::map;

fn main() {
    println!("cargo:rerun-if-changed=control.x");
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "none") {
        let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
        let script = folder.join("control.x");
        if let Err(error) = fs::read_to_string("control.x").and_then(|text| fs::write(&script, memory() + &text)) {
            println!("cargo:error=the linker script cannot be written: {error}");
        }
        // --nmagic: segments lie where the script puts them. Orphans are refused: what the script does not name is not
        // in the image.
        for word in [&format!("-T{}", script.display()), "--nmagic", "--orphan-handling=error"] {
            println!("cargo:rustc-link-arg-bins={word}");
        }
    }
}

/// The regions of the map, as the linker wants them.
fn memory() -> String {
    let map::Region { base, len } = map::CONTROL;
    format!(
        "MEMORY {{ CONTROL : ORIGIN = {base:#x}, LENGTH = {len:#x} }}\n\
         CONTROL_RAM = {base:#x};\n__stack_size = {:#x};\nSHARED = {:#x};\nKEPT = {:#x};\n",
        map::CONTROL_STACK,
        map::SHARED.base,
        map::KEPT.base
    )
}
