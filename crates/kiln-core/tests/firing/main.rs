//! The firing state machine against a toy kiln: what happens, in order, told by its events.
//!
//! The toy is one lump with a first-order loss under the delivered PID; it reads true. What is tested is what
//! may follow what, not how well a temperature is held.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that is wrong should stop; the lint's own exemption covers test functions only"
)]

mod commands;
mod cones;
mod incidents;
mod keeping_up;
mod profiles;
mod resuming;
mod toy;
