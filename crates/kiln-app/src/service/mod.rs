//! The application between HTTP and the control loop: asks, remembers, shows.
//!
//! Synchronous and without I/O of its own: time comes in, what is to be sent comes out. Nothing here can wait, and
//! nothing the firing needs waits for it. Two clocks: what the kiln does goes by the control loop's clock, which a
//! simulator may run faster; who may ask how often goes by the real one.

mod desk;
mod energy;
mod history;

pub use desk::{Asked, Desk, Key, NotAsked, Standing, What};
pub use energy::Energy;
pub use history::{History, Moment, POINTS_MOST, Point};

use kiln_core::units::{Instant, Millis, WallClock};

/// Every clock there is, at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Now {
    /// The control loop's clock.
    pub control: Instant,
    /// Real time since the start, for rates and deadlines.
    pub real: Millis,
    /// The time of day, if it is known.
    pub wall: Option<WallClock>,
}
