//! Tells the linker where the emulated machine has its memory.

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo:rerun-if-changed=memory.x");
    if std::env::var("CARGO_CFG_TARGET_OS")? == "none" {
        println!("cargo:rustc-link-search={}", std::env::var("CARGO_MANIFEST_DIR")?);
        println!("cargo:rustc-link-arg-bins=--nmagic");
        println!("cargo:rustc-link-arg-bins=-Tlink.x");
    }
    Ok(())
}
