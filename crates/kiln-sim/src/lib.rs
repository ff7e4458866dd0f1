//! Pretends to be a kiln, its sensor, its relays and its bad days, for the shipping control code to meet.
//!
//! Everything follows from one seed and gives the same bits on every machine, so that a run can be named by its
//! seed. The physics knows nothing of control; temperatures are plain `f64` in °C with the unit in the name.
#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_possible_wrap,
    reason = "physics and random bits on a laptop: every cast is of a value bounded beside it"
)]
#![allow(clippy::indexing_slicing, reason = "fixed arrays of the physics, indexed by their own lengths")]
#![cfg_attr(test, allow(clippy::float_cmp, reason = "the claim is bit-equality"))]

pub mod bench;
pub mod disturb;
pub mod faults;
pub mod figures;
pub mod firing;
pub mod flash;
pub mod heatwork;
pub mod math;
pub mod plant;
pub mod random;
pub mod relay;
pub mod sensor;
pub mod serve;
pub mod swarm;
pub mod tune;
pub mod who;
pub mod world;
