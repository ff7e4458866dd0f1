//! Lets Tauri read its configuration, and makes a permission of each command, so that the page gets those and no others.

/// Every command the page may be given; `src/commands.rs` has them.
const COMMANDS: &[&str] =
    &["about", "kilns", "find", "add", "forget", "unpair", "stop", "acknowledge", "send", "status", "past", "wish"];

fn main() {
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    let built = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest));
    if let Err(error) = built {
        println!("cargo::error={error:#}");
    }
}
