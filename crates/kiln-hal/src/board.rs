//! What a board promises the control loop, in as few words as keep a kiln safe.
//!
//! Each trait is one promise; the text of a method is the contract, and the drivers of this crate keep it on top of
//! embedded-hal. No method waits for anyone, except [`Clock::wait_until`], which waits for time. No method retries.
//! Who calls them, and why, is not known here.

use crate::link::Kept;
use kiln_core::command::{CommandId, Refusal};
use kiln_core::guard::Fitted;
use kiln_core::report::Report;
use kiln_core::sensor::{Problem, Sample};
use kiln_core::settings::Published;
use kiln_core::units::{Instant, Millis, WallClock};
use kiln_core::window::RelaySet;

/// The monotonic clock of the loop, and the only place where the loop waits.
pub trait Clock {
    /// The time. Never steps back, never jumps with the wall clock, and does not wrap in the life of a kiln.
    fn now(&self) -> Instant;

    /// Returns at `moment` or as little after it as the board can; at once when it has passed.
    ///
    /// Waits for nothing but time: no lock, no queue, no other core.
    fn wait_until(&mut self, moment: Instant);
}

/// One thermocouple.
pub trait Thermocouple {
    /// Writes the settings, reads them back and starts measuring. May be called again at any time, for a chip that has
    /// lost its settings.
    ///
    /// Returns how long the first measurement takes: [`read`](Self::read) before that gives what was there before, or
    /// zero. Does not wait for it.
    ///
    /// # Errors
    /// [`Problem::Bus`] when nobody answers, [`Problem::Setup`] when a register did not keep its setting.
    fn setup(&mut self) -> Result<Millis, Problem>;

    /// The newest measurement, without waiting for a newer one.
    ///
    /// # Errors
    /// Every problem the chip or the bus shows: a temperature is returned only if the chip has its settings and reports
    /// no fault. Whether the temperature is plausible is for others to judge.
    fn read(&mut self) -> Result<Sample, Problem>;
}

/// The heating relays.
pub trait Heater {
    /// Why a relay could not be driven or seen.
    type Error;

    /// Energises exactly `relays` until just before `expiry`, and de-energises all others now.
    ///
    /// There is no other way to heat, and none without an end: whoever wants to go on asks again. No lease lasts longer
    /// than [`HEAT_LEASE`](kiln_core::limits::HEAT_LEASE): one that reaches further ends in the next slot. An empty set is
    /// off. An order that cannot be carried out in full is not carried out: everything is off.
    ///
    /// # Errors
    /// The last failure. Every relay has been tried; those asked to be off were tried first.
    fn energize_until(&mut self, relays: RelaySet, expiry: Instant) -> Result<(), Self::Error>;

    /// De-energises what has expired at `now`. The lowest layer calls it in every slot, whoever else is late or dead.
    ///
    /// # Errors
    /// The last failure of de-energising; it is tried again at the next call.
    fn expire(&mut self, now: Instant) -> Result<(), Self::Error>;

    /// De-energises every relay. Tries *all* of them even if one fails.
    ///
    /// # Errors
    /// The last failure.
    fn all_off(&mut self) -> Result<(), Self::Error>;

    /// The relays that are energised, as seen at their pins: not what was asked for, what is.
    ///
    /// # Errors
    /// A pin that cannot be seen.
    fn energized(&mut self) -> Result<RelaySet, Self::Error>;
}

/// The safety contactor in series with the heating relays: it must be held closed, and opens by itself.
pub trait Contactor {
    /// Why the contactor could not be driven or seen.
    type Error;

    /// Holds the contactor closed until just before `expiry`.
    ///
    /// No hold lasts longer than [`WATCHDOG`](kiln_core::limits::WATCHDOG): one that reaches further ends in the next
    /// slot. Whether the coil is driven by a level or by a
    /// train of pulses is the board's choice.
    ///
    /// # Errors
    /// The coil could not be driven.
    fn hold_until(&mut self, expiry: Instant) -> Result<(), Self::Error>;

    /// Opens the contactor if its hold has expired at `now`. The lowest layer calls it in every slot.
    ///
    /// # Errors
    /// The coil could not be released; it is tried again at the next call.
    fn expire(&mut self, now: Instant) -> Result<(), Self::Error>;

    /// Opens the contactor. A contactor opened under load wears: open the relays first where there is a choice.
    ///
    /// # Errors
    /// The coil could not be released.
    fn release(&mut self) -> Result<(), Self::Error>;

    /// Whether the coil is driven, as seen at its pin.
    ///
    /// # Errors
    /// The pin cannot be seen.
    fn is_held(&mut self) -> Result<bool, Self::Error>;
}

/// The watchdog: resets the whole chip, and with it the outputs, when it is not fed.
pub trait Watchdog {
    /// Postpones the reset by the board's patience, at most [`WATCHDOG`](kiln_core::limits::WATCHDOG).
    ///
    /// Has one call site: the end of a turn of the loop in which the signature of every party counts.
    fn feed(&mut self);
}

/// The control loop's end of the mailbox to the application.
///
/// Neither side can make the other wait. An empty mailbox means "carry on".
pub trait ControlLink {
    /// What may be asked.
    type Request;
    /// What is told.
    type Snapshot;

    /// The oldest request not yet taken, if there is one. Never waits; a request that is torn or damaged is no request.
    fn take(&mut self) -> Option<Self::Request>;

    /// The name of a request that the last [`take`](Self::take) dropped, and why: whoever asked is to be told. Never waits.
    fn dropped(&mut self) -> Option<(CommandId, Refusal)> {
        None
    }

    /// The wall clock at `now`, if anybody has ever told it: a label, and what delayed starts go by. Never waits. To be
    /// asked in every slot.
    fn wall(&mut self, now: Instant) -> Option<WallClock> {
        let _ = now;
        None
    }

    /// Settings published since this was last asked, the newest alone. Never waits; what is torn or damaged is not there.
    fn settings(&mut self) -> Option<Published> {
        None
    }

    /// A count that grows with every turn of the application's tasks that returned; it wraps. `None` where there is no
    /// application to wait for. Never waits.
    fn beats(&mut self) -> Option<u32> {
        None
    }

    /// Makes `snapshot` the newest; the one before it is gone, read or not. Never waits and cannot fail.
    fn publish(&mut self, snapshot: &Self::Snapshot);

    /// Makes `report` the newest. Never waits and cannot fail. What nobody reads need not be kept.
    fn report(&mut self, report: &Report) {
        let _ = report;
    }
}

/// Everything a control loop can touch.
///
/// At power-up, after a reset and after a panic every output of a board is off before anything else happens.
pub trait Board {
    /// The clock of the loop.
    type Clock: Clock;
    /// The thermocouple of the chamber.
    type Thermocouple: Thermocouple;
    /// The heating relays.
    type Heater: Heater;
    /// The safety contactor; [`NoContactor`](crate::contactor::NoContactor) where none is fitted.
    type Contactor: Contactor;
    /// The watchdog.
    type Watchdog: Watchdog;
    /// The mailbox to the application.
    type Link: ControlLink;

    /// The clock.
    fn clock(&mut self) -> &mut Self::Clock;
    /// The thermocouple.
    fn thermocouple(&mut self) -> &mut Self::Thermocouple;
    /// The heating relays.
    fn heater(&mut self) -> &mut Self::Heater;
    /// The safety contactor.
    fn contactor(&mut self) -> &mut Self::Contactor;
    /// The watchdog.
    fn watchdog(&mut self) -> &mut Self::Watchdog;
    /// The mailbox.
    fn link(&mut self) -> &mut Self::Link;

    /// The memory that survives a reset; `None` on a board without it.
    fn kept(&self) -> Option<&Kept> {
        None
    }

    /// What only some boards have, as it is now. A board that has none of it says so by leaving this as it is.
    fn fitted(&mut self) -> Fitted {
        Fitted::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::convert::Infallible;

    /// The emptiest board: no sensor, no relay, no contactor, no watchdog, nobody to talk to. It cannot heat.
    struct Empty(crate::contactor::NoContactor);

    impl Clock for Empty {
        fn now(&self) -> Instant {
            Instant::from_millis(0)
        }
        fn wait_until(&mut self, _: Instant) {}
    }

    impl Thermocouple for Empty {
        fn setup(&mut self) -> Result<Millis, Problem> {
            Err(Problem::Bus)
        }
        fn read(&mut self) -> Result<Sample, Problem> {
            Err(Problem::Bus)
        }
    }

    impl Heater for Empty {
        type Error = Infallible;
        fn energize_until(&mut self, _: RelaySet, _: Instant) -> Result<(), Infallible> {
            Ok(())
        }
        fn expire(&mut self, _: Instant) -> Result<(), Infallible> {
            Ok(())
        }
        fn all_off(&mut self) -> Result<(), Infallible> {
            Ok(())
        }
        fn energized(&mut self) -> Result<RelaySet, Infallible> {
            Ok(RelaySet::NONE)
        }
    }

    impl Watchdog for Empty {
        fn feed(&mut self) {}
    }

    impl ControlLink for Empty {
        type Request = ();
        type Snapshot = ();
        fn take(&mut self) -> Option<()> {
            None
        }
        fn publish(&mut self, (): &()) {}
    }

    impl Board for Empty {
        type Clock = Self;
        type Thermocouple = Self;
        type Heater = Self;
        type Contactor = crate::contactor::NoContactor;
        type Watchdog = Self;
        type Link = Self;
        fn clock(&mut self) -> &mut Self {
            self
        }
        fn thermocouple(&mut self) -> &mut Self {
            self
        }
        fn heater(&mut self) -> &mut Self {
            self
        }
        fn contactor(&mut self) -> &mut Self::Contactor {
            &mut self.0
        }
        fn watchdog(&mut self) -> &mut Self {
            self
        }
        fn link(&mut self) -> &mut Self {
            self
        }
    }

    #[test]
    fn the_emptiest_board_keeps_every_promise() {
        let mut board = Empty(crate::contactor::NoContactor);
        let end = board.clock().now() + Millis::new(500);
        assert_eq!(board.heater().energize_until(RelaySet::NONE, end), Ok(()));
        assert_eq!(board.heater().energized(), Ok(RelaySet::NONE));
        assert_eq!(board.contactor().hold_until(end), Ok(()));
        assert_eq!(board.contactor().is_held(), Ok(false));
        assert_eq!(board.thermocouple().read(), Err(Problem::Bus));
        assert_eq!(board.link().take(), None);
    }
}
