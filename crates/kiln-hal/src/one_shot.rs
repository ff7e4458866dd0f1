//! A bank of solid-state relays behind a one-shot: hardware that lets all of them go by itself.
//!
//! [`SsrBank`](crate::ssr::SsrBank) drops what nobody renews as long as somebody calls it; here the pins fall although
//! nobody runs any more. The software's lease stays on top: it may end earlier, never later. Decides nothing.
//! Hazards H-12, H-13, H-18.

use crate::board::Heater;
use crate::lease::Lease;
use kiln_core::limits;
use kiln_core::units::{Instant, Millis};
use kiln_core::window::RelaySet;

/// Hardware that drives relays for a time and then lets go by itself.
pub trait OneShot {
    /// Why it could not be armed or seen.
    type Error;

    /// Energises exactly `relays` now and drops all of them after `time`, unless it is armed again before. An empty set
    /// is off at once. Never waits.
    ///
    /// # Errors
    /// It did not take the order.
    fn arm(&mut self, relays: RelaySet, time: Millis) -> Result<(), Self::Error>;

    /// The relays that are energised, as seen at their pins.
    ///
    /// # Errors
    /// A pin that cannot be seen.
    fn seen(&mut self) -> Result<RelaySet, Self::Error>;
}

/// Why the bank did not do as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OneShotError<E> {
    /// Relays were asked for that this bank does not have: it is off.
    NotFitted(RelaySet),
    /// The order and its inverted copy differ: memory is not what was written. It is off.
    Damaged,
    /// What the hardware said.
    Hardware(E),
}

/// The relays behind a one-shot. Dropping the bank de-energises it.
#[derive(Debug)]
pub struct OneShotBank<O: OneShot> {
    hardware: O,
    fitted: RelaySet,
    lease: Lease,
    /// What was ordered last, and the same with every bit turned.
    ordered: (u16, u16),
}

impl<O: OneShot> OneShotBank<O> {
    /// Takes the hardware, which drives the first `relays` relays, and lets go of all of them.
    ///
    /// # Errors
    /// It does not take the order.
    pub fn new(hardware: O, relays: usize) -> Result<Self, OneShotError<O::Error>> {
        let fitted = RelaySet::first(relays.min(limits::RELAYS_MOST));
        let mut bank = Self { hardware, fitted, lease: Lease::none(limits::HEAT_LEASE), ordered: (0, u16::MAX) };
        bank.order(RelaySet::NONE)?;
        Ok(bank)
    }

    fn order(&mut self, relays: RelaySet) -> Result<(), OneShotError<O::Error>> {
        self.ordered = (relays.bits(), !relays.bits());
        self.hardware.arm(relays, limits::HEAT_LEASE).map_err(OneShotError::Hardware)
    }

    /// Whether the order is what was written.
    fn is_whole(&self) -> bool {
        let (order, inverted) = self.ordered;
        order == !inverted
    }
}

impl<O: OneShot> Heater for OneShotBank<O> {
    type Error = OneShotError<O::Error>;

    fn energize_until(&mut self, relays: RelaySet, expiry: Instant) -> Result<(), Self::Error> {
        let strangers = RelaySet::from_bits(relays.bits() & !self.fitted.bits());
        let outcome = if strangers.any() {
            Err(OneShotError::NotFitted(strangers))
        } else if !relays.any() {
            return self.all_off();
        } else {
            self.lease.grant(expiry);
            self.order(relays)
        };
        outcome.or_else(|failure| self.all_off().and(Err(failure)))
    }

    fn expire(&mut self, now: Instant) -> Result<(), Self::Error> {
        if !self.is_whole() {
            return self.all_off().and(Err(OneShotError::Damaged));
        }
        if self.lease.has_ended(now) { self.all_off() } else { Ok(()) }
    }

    fn all_off(&mut self) -> Result<(), Self::Error> {
        let outcome = self.order(RelaySet::NONE);
        self.lease.revoke(outcome.is_ok());
        outcome
    }

    fn energized(&mut self) -> Result<RelaySet, Self::Error> {
        self.hardware.seen().map_err(OneShotError::Hardware)
    }
}

impl<O: OneShot> Drop for OneShotBank<O> {
    fn drop(&mut self) {
        if self.order(RelaySet::NONE).is_err() {
            // Nobody is left to tell. The one-shot ends by itself.
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    /// Pins that fall by themselves at a moment of their own clock.
    #[derive(Default)]
    struct Fake {
        now: u64,
        ends: u64,
        on: RelaySet,
        stuck: bool,
    }

    impl OneShot for Fake {
        type Error = ();

        fn arm(&mut self, relays: RelaySet, time: Millis) -> Result<(), ()> {
            if self.stuck {
                return Err(());
            }
            (self.on, self.ends) = (relays, self.now + time.get());
            Ok(())
        }

        fn seen(&mut self) -> Result<RelaySet, ()> {
            Ok(if self.now < self.ends { self.on } else { RelaySet::NONE })
        }
    }

    fn at(millis: u64) -> Instant {
        Instant::from_millis(millis)
    }

    #[test]
    fn a_loop_that_stops_calling_leaves_the_pins_off_within_the_lease() {
        let mut bank = OneShotBank::new(Fake::default(), 2).unwrap();
        let both = RelaySet::first(2);
        let seen: Vec<bool> = (0..20)
            .map(|slot| {
                bank.hardware.now = slot * 100;
                // Frozen from the sixth slot on: nothing of the bank is called but the pins are looked at.
                if slot < 6 {
                    bank.expire(at(slot * 100)).unwrap();
                    bank.energize_until(both, at(slot * 100 + 500)).unwrap();
                }
                bank.energized().unwrap() == both
            })
            .collect();
        assert_eq!(seen.iter().filter(|on| **on).count(), 10, "six slots renewed, and the rest of the last lease");
        assert!(!seen[10]);
    }

    #[test]
    fn strangers_and_stuck_hardware_are_told_and_off() {
        let mut bank = OneShotBank::new(Fake::default(), 1).unwrap();
        bank.energize_until(RelaySet::first(1), at(500)).unwrap();
        let stranger = RelaySet::NONE.with(3, true);
        assert_eq!(bank.energize_until(stranger, at(500)), Err(OneShotError::NotFitted(stranger)));
        assert_eq!(bank.energized(), Ok(RelaySet::NONE));
        bank.hardware.stuck = true;
        assert_eq!(bank.energize_until(RelaySet::first(1), at(500)), Err(OneShotError::Hardware(())));
        bank.hardware.stuck = false;
        assert_eq!(bank.expire(at(100)), Ok(()), "off is tried again");
        assert_eq!(bank.lease, Lease::none(limits::HEAT_LEASE));
    }

    #[test]
    fn an_order_whose_copy_differs_is_off() {
        for bit in 0..16 {
            for flipped in [(1 << bit, 0), (0, 1 << bit)] {
                let mut bank = OneShotBank::new(Fake::default(), 1).unwrap();
                bank.energize_until(RelaySet::first(1), at(500)).unwrap();
                bank.ordered = (bank.ordered.0 ^ flipped.0, bank.ordered.1 ^ flipped.1);
                assert_eq!(bank.expire(at(100)), Err(OneShotError::Damaged));
                assert_eq!(bank.energized(), Ok(RelaySet::NONE));
            }
        }
    }
}
