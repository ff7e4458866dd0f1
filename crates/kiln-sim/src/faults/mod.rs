//! What can break in a simulated kiln, and when: the menu of faults, and whoever breaks things by it.
//!
//! The menu is data (`data/faults.json`): a name, what it does, how bad it is meant to be. A [`Breaker`] does it to a
//! world, from outside and at its moment. What the loop makes of it is for others to judge.

mod breaker;
mod menu;
mod moment;

pub use breaker::{Breaker, Course};
pub use menu::{Action, Beyond, ChipAction, Entry, FaultKind, Menu, PinAction, RelayAction, WireAction};
pub use moment::{Moment, Planned, PlannedError};
