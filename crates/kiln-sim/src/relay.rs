//! The relay between the controller's pin and the elements, whole or broken.
//!
//! Time runs in slots of 100 ms. What the relay does depends on the pin, on what is wrong with it, and for a
//! chattering one on chance; the board adds the slots up to the share of a half second in which the elements conduct.

use crate::random::{Seed, Stream};

/// How long a slot is, ms.
pub const SLOT_MS: u64 = 100;

/// What is wrong with a relay or contactor.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub enum RelayFault {
    /// Nothing.
    #[default]
    Sound,
    /// Its contacts are welded: it conducts whatever the pin says.
    Welded,
    /// It never conducts: burnt out, or a wire is off.
    Open,
    /// It misses some of the slots in which it should conduct.
    Chatter {
        /// The share it misses, 0..=1.
        missing: f64,
    },
}

/// A relay.
#[derive(Clone, Debug)]
pub struct Relay {
    chance: Stream,
    conducting: bool,
    closings: u64,
}

impl Relay {
    /// A relay by its name (two relays of one seed chatter differently), not conducting.
    pub fn new(seed: Seed, name: &str) -> Self {
        Self { chance: seed.stream(name), conducting: false, closings: 0 }
    }

    /// Lives through one slot with the pin at a level; tells whether it conducted.
    pub fn slot(&mut self, pin: bool, fault: RelayFault) -> bool {
        let conducts = match fault {
            RelayFault::Sound => pin,
            RelayFault::Welded => true,
            RelayFault::Open => false,
            RelayFault::Chatter { missing } => pin && self.chance.unit() >= missing,
        };
        self.closings += u64::from(conducts && !self.conducting);
        self.conducting = conducts;
        conducts
    }

    /// Whether it conducted in the last slot.
    pub fn is_conducting(&self) -> bool {
        self.conducting
    }

    /// How often it has closed since the start.
    pub fn closings(&self) -> u64 {
        self.closings
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Slots conducted out of 10,000, the pin on in every other ten; and closings.
    fn check(fault: RelayFault) -> (u32, u64) {
        let mut relay = Relay::new(Seed(1), "heater");
        let slots = (0..10_000).map(|slot| u32::from(relay.slot(slot / 10 % 2 == 0, fault))).sum();
        (slots, relay.closings())
    }

    #[test]
    fn every_fault_does_what_it_says() {
        assert_eq!(check(RelayFault::Sound), (5000, 500));
        assert_eq!(check(RelayFault::Welded), (10_000, 1));
        assert_eq!(check(RelayFault::Open), (0, 0));
        let (slots, closings) = check(RelayFault::Chatter { missing: 0.4 });
        assert!((2850..3150).contains(&slots) && closings > 1000, "{slots} slots, {closings} closings");
        assert_eq!(check(RelayFault::Chatter { missing: f64::NAN }), (0, 0), "what is not a number is cold");
    }
}
