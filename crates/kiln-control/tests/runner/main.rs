//! The shipping loop on a bench: the shipping drivers, a chip and pins in memory, and a kiln that answers.
//!
//! Judged at the pin. The clock starts just before a 32-bit counter of milliseconds would wrap.
#![allow(
    clippy::unwrap_used,
    clippy::large_types_passed_by_value,
    clippy::panic,
    clippy::wildcard_enum_match_arm,
    reason = "a test that is wrong should stop; the lint's own exemption covers test functions only"
)]

mod bench;
mod commands;
mod faults;
mod link;
mod loop_itself;
mod properties;
mod resets;
mod settings;
mod states;
