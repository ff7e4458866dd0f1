//! The brain of the kiln controller: it decides, and touches nothing.
//!
//! No clock, no I/O, no documents, no allocation, no dependency. Time and readings come in as arguments;
//! what comes out is a duty, a verdict, a state. Everything here runs on the microcontroller and on a laptop alike.
#![no_std]
#[cfg(test)]
extern crate std;

pub mod analysis;
pub mod black_box;
pub mod command;
pub mod cone;
pub mod event;
pub mod fault;
pub mod firing;
pub mod guard;
pub mod history;
pub mod limits;
pub mod math;
pub mod profile;
pub mod recovery;
pub mod regulate;
pub mod report;
pub mod restart;
pub mod schedule;
pub mod sensor;
pub mod settings;
pub mod single;
pub mod snapshot;
pub mod tune;
pub mod units;
pub mod window;
