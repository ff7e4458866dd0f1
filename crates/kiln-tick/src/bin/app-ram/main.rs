//! What the application keeps in memory for good, as it is laid out for the board's processor.
//!
//! Built for the board it prints the sizes of the shipping types, in bytes; nothing of them is run. Built for a computer
//! it has nothing to do: `cargo xtask budget` says how it is run.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod sizes;

#[cfg(not(target_os = "none"))]
fn main() -> std::process::ExitCode {
    eprintln!("app-ram measures what is laid out for the board: run `cargo xtask budget`");
    std::process::ExitCode::from(2)
}
