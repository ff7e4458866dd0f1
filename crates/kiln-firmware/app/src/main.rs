//! The application image of the Pico 2 W: carries the control image, launches it, and does everything else.
//!
//! Everything here is best effort: the heat is under control without it.
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod board;
#[cfg(target_os = "none")]
mod cable;
#[cfg(target_os = "none")]
mod core0;
#[cfg(target_os = "none")]
mod display;
#[cfg(target_os = "none")]
mod fault;
#[cfg(target_os = "none")]
mod house;
#[cfg(target_os = "none")]
mod launch;
#[cfg(target_os = "none")]
mod memory;
#[cfg(target_os = "none")]
mod net;
#[cfg(target_os = "none")]
mod radio;
#[cfg(target_os = "none")]
mod restart;
#[cfg(target_os = "none")]
mod start;
#[cfg(target_os = "none")]
mod wiring;

#[cfg(not(target_os = "none"))]
fn main() -> std::process::ExitCode {
    eprintln!("the application image runs on the board: see `cargo xtask firmware`");
    std::process::ExitCode::from(2)
}
