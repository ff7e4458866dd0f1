//! The control loop: keeps the heat under control and waits for nobody.
//!
//! [`Controller::step`] takes a moment, a request and a reading and gives what the relays are to do; [`Runner`] is the
//! one loop that firmware and simulator both call. No network, no document, no allocation, no lock.
#![no_std]

mod applied;
pub mod controller;
pub mod heartbeat;
mod look;
mod obey;
pub mod restart;
mod roll_call;
pub mod runner;
mod self_test;
mod settings;
mod show;
pub mod slot;

pub use controller::Controller;
pub use kiln_core::settings::{InForce, Settings};
pub use restart::Reset;
pub use runner::Runner;
pub use slot::{Inputs, Outputs};
