//! The control image of the Pico 2 W: the loop that keeps the heat under control, alone on the second core.
//!
//! It lies and runs wholly in RAM, so that the application's writes to flash never stop it. It owns the thermocouple, the
//! relays, the contactor, its timer and the watchdog, and closes them to the application. Nothing of it waits for
//! anybody. Decides nothing about temperature: that is [`kiln_control`].
#![cfg_attr(target_os = "none", no_std, no_main)]

#[cfg(target_os = "none")]
mod alias;
#[cfg(target_os = "none")]
mod board;
#[cfg(target_os = "none")]
mod boot;
#[cfg(target_os = "none")]
mod copy;
#[cfg(target_os = "none")]
mod fault;
#[cfg(target_os = "none")]
mod fence;
#[cfg(target_os = "none")]
mod inputs;
#[cfg(target_os = "none")]
mod integrity;
#[cfg(target_os = "none")]
mod memory;
#[cfg(target_os = "none")]
mod one_shot;
#[cfg(target_os = "none")]
mod pins;
#[cfg(target_os = "none")]
mod protect;
#[cfg(target_os = "none")]
mod run;
#[cfg(target_os = "none")]
mod spi;
#[cfg(target_os = "none")]
mod stack;
#[cfg(target_os = "none")]
mod start;
#[cfg(target_os = "none")]
mod timer;
#[cfg(target_os = "none")]
mod watchdog;

#[cfg(not(target_os = "none"))]
fn main() -> std::process::ExitCode {
    eprintln!("the control image runs on the board: see `cargo xtask firmware`");
    std::process::ExitCode::from(2)
}
