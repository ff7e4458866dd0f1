//! The safety contactor on one pin, and its absence.
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
