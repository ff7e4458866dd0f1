//! The time of day as the served controller knows it: from a time server, or from nobody until somebody says it.
//!
//! The shipping clock judges what is said; the simulator stands in for the time server only.

use kiln_app::net::clock::{Clock, Source};
use kiln_core::units::{Instant, Millis, WallClock};

use super::clockwork::Told;

/// What the controller knows of the time of day.
#[derive(Clone, Debug)]
pub enum Wall {
    /// The time of the kiln's world, as a time server would tell it.
    Known,
    /// What people say.
    Said(Clock),
}

impl Wall {
    /// At the start of the controller.
    pub const fn new(known: bool, now: Instant) -> Self {
        if known { Self::Known } else { Self::Said(Clock::new(now)) }
    }

    /// Somebody says what time it is. A known one stays.
    pub fn said(&mut self, wall: WallClock, now: Instant) {
        if let Self::Said(clock) = self {
            // What is outside all sense was refused when it was asked.
            let _verdict = clock.answer(Source::App, wall, Millis::ZERO, now);
        }
    }

    /// The time of day at this moment, if it is known.
    pub fn at(&self, told: &Told) -> Option<WallClock> {
        match self {
            Self::Known => Some(told.wall),
            Self::Said(clock) => clock.wall(told.control),
        }
    }

    /// Whether it comes from a time server.
    pub fn is_synced(&self) -> bool {
        match self {
            Self::Known => true,
            Self::Said(clock) => clock.is_synced(),
        }
    }
}
