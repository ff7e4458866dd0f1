//! Turns a duty into switching: on for a share of each window, off for the rest.
//!
//! ```text
//! duty 30 %   ▁▁▁▁▁▁▁▁▁▁┃███▁▁▁▁▁▁▁┃███▁▁▁▁▁▁▁┃██████▁▁▁▁┃      ┃ window boundary: the duty is locked here
//!             first window: off    asked for 60 % ↑
//! ```
//!
//! A duty asked for takes effect at the next boundary, so no relay switches more than twice a window. Decides which
//! relays are on; drives none of them. Integer milliseconds, served every [`limits::SLOT`].

mod relays;
mod stagger;

pub use relays::RelaySet;

use self::stagger::{Course, Stagger};
use crate::limits;
use crate::units::{Duty, Instant, Millis};

/// How a window is laid out. What it holds is in range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WindowSettings {
    cycle: Millis,
    relays: usize,
    stagger: Millis,
    least: Duty,
}

/// Why window settings were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WindowError {
    /// The window is shorter or longer than the limits.
    Cycle,
    /// No relay, or more than the limit.
    Relays,
    /// The staggers of all relays do not fit into the window.
    Stagger,
}

impl WindowSettings {
    /// One relay and a window of 5 s: a kiln at full power moves up to 2.8 °C/s, so that the ripple of a 20 s window
    /// would be over 10 °C.
    pub const DELIVERED: Self = Self {
        cycle: Millis::from_seconds(5),
        relays: 1,
        stagger: Millis::ZERO,
        least: Duty::from_percent(limits::DUTY_LEAST),
    };

    /// A window of `cycle` over `relays` relays, each `stagger` behind the one before it.
    ///
    /// A stagger above 0 is rounded up to whole pairs of slots, one for a relay to go on and one for another to go off:
    /// then no two relays ever switch in the same slot. The smallest duty that switches at all is
    /// [`limits::DUTY_LEAST`].
    ///
    /// # Errors
    /// When one is outside its limits.
    pub const fn new(cycle: Millis, relays: usize, stagger: Millis) -> Result<Self, WindowError> {
        if cycle.get() < limits::WINDOW_SHORTEST.get() || cycle.get() > limits::WINDOW_LONGEST.get() {
            return Err(WindowError::Cycle);
        }
        if relays == 0 || relays > limits::RELAYS_MOST {
            return Err(WindowError::Relays);
        }
        let pair = 2 * limits::SLOT.get();
        if stagger.get() > cycle.get() {
            return Err(WindowError::Stagger);
        }
        let stagger = Millis::new(stagger.get().div_ceil(pair) * pair);
        // A single relay has nobody to be behind, but what it is given must pass here again.
        let behind = if relays > 1 { relays_as_ms(relays) } else { 1 };
        if behind * stagger.get() > cycle.get() {
            return Err(WindowError::Stagger);
        }
        Ok(Self { cycle, relays, stagger, least: Duty::from_percent(limits::DUTY_LEAST) })
    }

    /// The same with another smallest duty: an output that does not mind short pulses can do with less.
    pub const fn with_least(self, least: Duty) -> Self {
        Self { least, ..self }
    }

    /// The smallest duty that switches at all.
    pub const fn least(&self) -> Duty {
        self.least
    }

    /// The length of the window.
    pub const fn cycle(&self) -> Millis {
        self.cycle
    }

    /// How many relays share it.
    pub const fn relays(&self) -> usize {
        self.relays
    }

    /// How far each relay is behind the one before it, in whole pairs of slots.
    pub const fn stagger(&self) -> Millis {
        self.stagger
    }

    /// The mean power that a duty becomes: no less than the smallest one, in whole slots of the window, begun slots
    /// counted. Up to a slot more than asked for; what a fit of a kiln must be given.
    pub fn delivered(&self, duty: Duty) -> Duty {
        if !duty.is_on() {
            return Duty::OFF;
        }
        let slot = limits::SLOT.get();
        let on = self.on_time(duty.max(self.least));
        let slots = Millis::new(on.get().div_ceil(slot) * slot);
        Duty::from_fraction(slots.seconds() / self.cycle.seconds())
    }

    /// The on-time a duty gives in one window, rounded down to the millisecond.
    #[expect(
        clippy::as_conversions,
        clippy::cast_precision_loss,
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of at most two minutes in milliseconds: exact in f64, never negative; to truncate is meant"
    )]
    const fn on_time(&self, duty: Duty) -> Millis {
        Millis::new((duty.percent() / 100.0 * self.cycle.get() as f64) as u64)
    }
}

#[expect(clippy::as_conversions, reason = "at most ten relays; From is not const")]
const fn relays_as_ms(relays: usize) -> u64 {
    relays as u64
}

/// One output window over all relays.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    settings: WindowSettings,
    began: Instant,
    requested: Duty,
    locked: Duty,
    on: Millis,
    on_before: Millis,
    is_on: bool,
    stagger: Stagger,
}

impl Window {
    /// A window that begins now, with nothing asked for: the first one is off throughout.
    pub const fn new(settings: WindowSettings, now: Instant) -> Self {
        Self {
            settings,
            began: now,
            requested: Duty::OFF,
            locked: Duty::OFF,
            on: Millis::ZERO,
            on_before: Millis::ZERO,
            is_on: false,
            stagger: Stagger::new(settings.relays, settings.stagger),
        }
    }

    /// Asks for a duty from the next boundary on. A duty above 0 is at least the smallest one.
    pub fn set(&mut self, duty: Duty) {
        self.requested = if duty.is_on() { duty.max(self.settings.least) } else { duty };
    }

    /// The relays to be on from now to the next call, to be made every [`limits::SLOT`].
    ///
    /// At most one boundary is passed in one call: a call that comes several windows late falls into step over the
    /// next ones.
    pub fn update(&mut self, now: Instant) -> RelaySet {
        let cycle = self.settings.cycle;
        if now.since(self.began) >= cycle {
            self.began = self.began + cycle;
            self.locked = self.requested;
            self.on_before = self.on;
            self.on = self.settings.on_time(self.locked);
        }
        let since = now.since(self.began);
        self.is_on = since < self.on;
        let course = Course { since, cycle, on: self.on, on_before: self.on_before };
        if self.settings.stagger > Millis::ZERO {
            self.stagger.update(&course, now)
        } else if self.is_on {
            RelaySet::first(self.settings.relays)
        } else {
            RelaySet::NONE
        }
    }

    /// Everything off at once, all relays together, and nothing asked for. The windows go on counting: heat can come
    /// back at the next boundary at the earliest.
    pub const fn force_off(&mut self) {
        self.requested = Duty::OFF;
        self.locked = Duty::OFF;
        self.on = Millis::ZERO;
        self.on_before = Millis::ZERO;
        self.is_on = false;
        self.stagger.drop_all();
    }

    /// The duty asked for.
    pub const fn requested(&self) -> Duty {
        self.requested
    }

    /// The duty of the running window.
    pub const fn locked(&self) -> Duty {
        self.locked
    }

    /// Whether the window, and with it relay 0, was on at the latest call.
    pub const fn is_on(&self) -> bool {
        self.is_on
    }

    /// How the window is laid out.
    pub const fn settings(&self) -> &WindowSettings {
        &self.settings
    }
}

#[cfg(test)]
mod tests;
