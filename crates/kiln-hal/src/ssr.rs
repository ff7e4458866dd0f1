//! A bank of solid-state relays that are on only while somebody keeps asking.
//!
//! Decides nothing: drives N pins, high is on, as it is asked, and lets them go when the lease ends. Refuses to know
//! windows, staggering and why. Each pin needs a pull-down of its own and a driver that is off by default: before the
//! first instruction, and after the last one, the pin floats.

use crate::board::Heater;
use crate::lease::Lease;
use embedded_hal::digital::{InputPin, OutputPin};
use kiln_core::limits;
use kiln_core::units::Instant;
use kiln_core::window::RelaySet;

/// Why the bank did not do as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BankError<E> {
    /// Relays were asked for that this bank does not have: it is off.
    NotFitted(RelaySet),
    /// The pin of this relay, counted from 0, failed.
    Pin {
        /// The relay, counted from 0.
        relay: usize,
        /// What its pin said.
        error: E,
    },
}

/// `N` relays; relay 0 is bit 0 of a [`RelaySet`]. Dropping the bank de-energises it.
#[derive(Debug)]
pub struct SsrBank<Pin: OutputPin, const N: usize> {
    pins: [Pin; N],
    lease: Lease,
}

impl<Pin: OutputPin, const N: usize> SsrBank<Pin, N> {
    /// Takes the pins and drives them low.
    ///
    /// # Errors
    /// A pin that cannot be driven low. All have been tried.
    pub fn new(pins: [Pin; N]) -> Result<Self, BankError<Pin::Error>> {
        const { assert!(N <= limits::RELAYS_MOST, "more relays than a set can name") };
        let mut bank = Self { pins, lease: Lease::none(limits::HEAT_LEASE) };
        bank.drive(RelaySet::NONE)?;
        Ok(bank)
    }

    /// Drives every pin, those to be off first, whatever it is thought to be: a level lost to noise is put right in
    /// the next slot. Tries all; returns the last failure.
    fn drive(&mut self, relays: RelaySet) -> Result<(), BankError<Pin::Error>> {
        let mut outcome = Ok(());
        for level in [false, true] {
            for (relay, pin) in self.pins.iter_mut().enumerate() {
                if relays.is_on(relay) == level {
                    let driven = if level { pin.set_high() } else { pin.set_low() };
                    outcome = driven.map_err(|error| BankError::Pin { relay, error }).and(outcome);
                }
            }
        }
        outcome
    }
}

impl<Pin: OutputPin + InputPin, const N: usize> Heater for SsrBank<Pin, N> {
    type Error = BankError<Pin::Error>;

    fn energize_until(&mut self, relays: RelaySet, expiry: Instant) -> Result<(), Self::Error> {
        let strangers = RelaySet::from_bits(relays.bits() & !RelaySet::first(N).bits());
        let outcome = if strangers.any() {
            Err(BankError::NotFitted(strangers))
        } else if !relays.any() {
            return self.all_off();
        } else {
            self.lease.grant(expiry);
            self.drive(relays)
        };
        outcome.or_else(|failure| self.all_off().and(Err(failure)))
    }

    fn expire(&mut self, now: Instant) -> Result<(), Self::Error> {
        if self.lease.has_ended(now) { self.all_off() } else { Ok(()) }
    }

    fn all_off(&mut self) -> Result<(), Self::Error> {
        let outcome = self.drive(RelaySet::NONE);
        self.lease.revoke(outcome.is_ok());
        outcome
    }

    fn energized(&mut self) -> Result<RelaySet, Self::Error> {
        let mut seen = RelaySet::NONE;
        for (relay, pin) in self.pins.iter_mut().enumerate() {
            let high = pin.is_high().map_err(|error| BankError::Pin { relay, error })?;
            seen = seen.with(relay, high);
        }
        Ok(seen)
    }
}

impl<Pin: OutputPin, const N: usize> Drop for SsrBank<Pin, N> {
    fn drop(&mut self) {
        if self.drive(RelaySet::NONE).is_err() {
            // Nobody is left to tell. The watchdog and the contactor remain.
        }
    }
}
