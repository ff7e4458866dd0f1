//! The safety contactor on one pin, by a level or by a train of pulses, and its absence.
//!
//! Energise to run: the coil must be driven for current to flow, so that a cut wire, a dead supply and a dead
//! controller all open it. Decides nothing but the end of its lease.

use crate::board::Contactor;
use crate::lease::Lease;
use core::convert::Infallible;
use embedded_hal::digital::{InputPin, OutputPin};
use kiln_core::limits;
use kiln_core::units::Instant;

/// A contactor whose coil is driven by a high level on a pin. Dropping it opens it.
#[derive(Debug)]
pub struct PinContactor<Pin: OutputPin> {
    pin: Pin,
    lease: Lease,
}

impl<Pin: OutputPin> PinContactor<Pin> {
    /// Takes the pin and drives it low.
    ///
    /// # Errors
    /// The pin cannot be driven low.
    pub fn new(mut pin: Pin) -> Result<Self, Pin::Error> {
        pin.set_low()?;
        Ok(Self { pin, lease: Lease::none(limits::WATCHDOG) })
    }
}

impl<Pin: OutputPin + InputPin> Contactor for PinContactor<Pin> {
    type Error = Pin::Error;

    fn hold_until(&mut self, expiry: Instant) -> Result<(), Pin::Error> {
        self.lease.grant(expiry);
        self.pin.set_high()
    }

    fn expire(&mut self, now: Instant) -> Result<(), Pin::Error> {
        if self.lease.has_ended(now) { self.release() } else { Ok(()) }
    }

    fn release(&mut self) -> Result<(), Pin::Error> {
        let outcome = self.pin.set_low();
        self.lease.revoke(outcome.is_ok());
        outcome
    }

    fn is_held(&mut self) -> Result<bool, Pin::Error> {
        self.pin.is_high()
    }
}

impl<Pin: OutputPin> Drop for PinContactor<Pin> {
    fn drop(&mut self) {
        if self.pin.set_low().is_err() {
            // Nobody is left to tell. The watchdog remains.
        }
    }
}

/// A contactor whose coil is held by a charge pump, which the pin must keep pumping: each renewal of the hold is one
/// edge, and a level that stays, high or low, drops the coil.
///
/// A loop that hangs gives no edges; neither does a driver transistor that has failed, nor a pin that floats. The
/// circuit is in docs/hardware/contactor.md. Dropping the value opens the contactor.
#[derive(Debug)]
pub struct PulsedContactor<Pin: OutputPin> {
    pin: Pin,
    lease: Lease,
    /// The level the pin was driven to last.
    high: bool,
    /// Renewals in a row before which the pin was seen where it had been driven.
    followed: u8,
}

/// Edges the pump needs before the coil can close, and so before it counts as held.
pub const EDGES_TO_CLOSE: u8 = 2;

impl<Pin: OutputPin> PulsedContactor<Pin> {
    /// Takes the pin and drives it low.
    ///
    /// # Errors
    /// The pin cannot be driven low.
    pub fn new(mut pin: Pin) -> Result<Self, Pin::Error> {
        pin.set_low()?;
        Ok(Self { pin, lease: Lease::none(limits::WATCHDOG), high: false, followed: 0 })
    }
}

impl<Pin: OutputPin + InputPin> Contactor for PulsedContactor<Pin> {
    type Error = Pin::Error;

    /// Gives one edge. To be renewed in every slot: the pump runs dry within a second.
    fn hold_until(&mut self, expiry: Instant) -> Result<(), Pin::Error> {
        let follows = self.pin.is_high()? == self.high;
        self.followed = if follows { self.followed.saturating_add(1) } else { 0 };
        self.lease.grant(expiry);
        let driven = if self.high { self.pin.set_low() } else { self.pin.set_high() };
        driven?;
        self.high = !self.high;
        Ok(())
    }

    fn expire(&mut self, now: Instant) -> Result<(), Pin::Error> {
        if self.lease.has_ended(now) { self.release() } else { Ok(()) }
    }

    fn release(&mut self) -> Result<(), Pin::Error> {
        let outcome = self.pin.set_low();
        self.lease.revoke(outcome.is_ok());
        (self.high, self.followed) = (false, 0);
        outcome
    }

    /// Whether the pump is being pumped: the pin has followed its last edges, and is where the latest one put it.
    fn is_held(&mut self) -> Result<bool, Pin::Error> {
        Ok(self.pin.is_high()? == self.high && self.followed >= EDGES_TO_CLOSE)
    }
}

impl<Pin: OutputPin> Drop for PulsedContactor<Pin> {
    fn drop(&mut self) {
        if self.pin.set_low().is_err() {
            // Nobody is left to tell. The pump runs dry.
        }
    }
}

/// No contactor is fitted: nothing to hold, and never held.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoContactor;

impl Contactor for NoContactor {
    type Error = Infallible;

    fn hold_until(&mut self, _: Instant) -> Result<(), Infallible> {
        Ok(())
    }

    fn expire(&mut self, _: Instant) -> Result<(), Infallible> {
        Ok(())
    }

    fn release(&mut self) -> Result<(), Infallible> {
        Ok(())
    }

    fn is_held(&mut self) -> Result<bool, Infallible> {
        Ok(false)
    }
}
