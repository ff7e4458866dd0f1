//! Serves: what the controller keeps and tells beside the firing itself.
//!
//! Best effort, all of it: nothing here touches a heater, a watchdog or a limit, and nothing the firing needs waits
//! for it. Policies are sans-I/O: what happened comes in, what is to be done with files comes out.
#![no_std]
#[cfg(test)]
extern crate std;

pub mod button;
pub mod console;
#[cfg(test)]
mod dice;
pub mod door;
pub mod http;
pub mod light;
pub mod log;
pub mod net;
pub mod pace;
pub mod recovery;
mod round;
pub mod screen;
pub mod service;
pub mod store;
