//! The hands of the kiln controller: they touch the world, and decide nothing.
//!
//! Drivers for the chips and pins of a kiln over embedded-hal 1.0, and [`board`], the promises a board makes to the
//! control loop. Nothing here retries, logs, waits for anyone or knows what a firing is: an error goes up, once.
#![no_std]
#[cfg(any(test, feature = "fake"))]
extern crate alloc;
#[cfg(test)]
extern crate std;

pub mod board;
pub mod contactor;
#[cfg(feature = "fake")]
pub mod fake;
mod frame;
pub mod lcd;
mod lease;
pub mod link;
pub mod max31855;
pub mod max31856;
pub mod max6675;
pub mod one_shot;
pub mod ssr;
