//! Pyrometric cones: when they fall, and what a firing has done to the clay so far.
//!
//! A cone falls by time and temperature together, so the same cone falls cooler when the kiln climbs slowly. Three
//! things come of it here:
//! - [`chart`]: what the maker says of each cone at three rates, and what lies between ([`Cone::temperature`]);
//! - [`heat_work`]: a dose that is fed with every reading and says which cone has fallen by now ([`HeatWork`]), with
//!   [`pace`] beside it, which knows whether the chart covers what the kiln is doing;
//! - [`hold`]: whether a hold that waits for a cone may end ([`HoldUntil`]);
//! - [`schedule`]: a cone and a speed made into the steps of a profile ([`ConeFiring`]).
//!
//! Where the figures do not carry (rates outside 15 to 150 °C/h, stands of more than an hour, cones whose figures were
//! not verified), the answer says [`Certainty::Estimate`]. Nothing here heats, ends a step or knows of a firing: that
//! is for whoever asks. No guard may rest on it: heat work is about ware, not about safety.

pub mod chart;
#[cfg(test)]
mod fit;
pub mod heat_work;
pub mod hold;
mod kept;
pub mod pace;
pub mod schedule;

pub use chart::{Certainty, Cone, Estimate};
pub use heat_work::{HeatWork, Reached};
pub use hold::{HoldUntil, HoldVerdict};
pub use kept::KeptWork;
pub use schedule::{ConeFiring, Speed, Ware};
