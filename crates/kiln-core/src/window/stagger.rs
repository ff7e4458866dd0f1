//! Spreads one window over several relays so that no two switch in the same slot.
//!
//! Relay i follows the window i staggers later, with the duty that was locked when its own turn of the window began.
//! Where two relays would still switch in one slot, one waits: the one that goes off has precedence, and the
//! one that waited keeps its on-time, because what each relay is owed is counted.

use super::RelaySet;
use crate::limits;
use crate::units::{Instant, Millis};

/// What the relays should follow at a moment.
#[derive(Clone, Copy, Debug)]
pub(super) struct Course {
    /// Time since the window began.
    pub since: Millis,
    /// The length of the window.
    pub cycle: Millis,
    /// The on-time of this window.
    pub on: Millis,
    /// The on-time of the window before, which late relays are still in.
    pub on_before: Millis,
}

impl Course {
    /// The on-time in force for a relay `shift` behind, and whether it should be on.
    fn of(&self, shift: Millis) -> (Millis, bool) {
        if self.since >= shift {
            (self.on, self.since.saturating_sub(shift) < self.on)
        } else {
            (self.on_before, (self.since + self.cycle).saturating_sub(shift) < self.on_before)
        }
    }
}

/// The relays as they are, and what each is owed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stagger {
    /// How far each relay is behind the one before it.
    step: Millis,
    relays: [Relay; limits::RELAYS_MOST],
    count: usize,
    last: Option<Instant>,
}

#[derive(Clone, Copy, Debug)]
struct Relay {
    is_on: bool,
    should: bool,
    /// On-time still to be given, in ms; negative where too much was given.
    owed: i64,
}

impl Relay {
    const OFF: Self = Self { is_on: false, should: false, owed: 0 };

    /// What the relay should be now, what it is owed taken into account.
    const fn wants(&self) -> bool {
        if self.should { self.owed > -SLOT } else { self.owed >= SLOT }
    }
}

const SLOT: i64 = limits::SLOT.get().cast_signed();

impl Stagger {
    pub(super) const fn new(count: usize, step: Millis) -> Self {
        Self { step, relays: [Relay::OFF; limits::RELAYS_MOST], count, last: None }
    }

    /// Every relay off, nothing owed.
    pub(super) const fn drop_all(&mut self) {
        self.relays = [Relay::OFF; limits::RELAYS_MOST];
    }

    /// One slot: the relays that are to be on from now to the next call.
    pub(super) fn update(&mut self, course: &Course, now: Instant) -> RelaySet {
        let passed = self.last.map_or(Millis::ZERO, |last| now.since(last)).min(course.cycle);
        self.last = Some(now);
        let passed = passed.get().cast_signed();
        let mut shift = Millis::ZERO;
        for relay in self.relays.iter_mut().take(self.count) {
            relay.owed += (i64::from(relay.should) - i64::from(relay.is_on)) * passed;
            let (on, should) = course.of(shift);
            relay.should = should;
            if on == Millis::ZERO {
                relay.owed = 0; // Nothing is owed to a relay that is asked for nothing.
            }
            shift += self.step;
        }
        self.switch_one();
        self.on()
    }

    /// Lets one relay switch: off before on, and the one that has waited longest first.
    fn switch_one(&mut self) {
        let fitted = self.relays.iter_mut().take(self.count);
        let waiting = fitted.filter(|relay| relay.wants() != relay.is_on);
        if let Some(relay) = waiting.max_by_key(|relay| (relay.is_on, relay.owed.abs())) {
            relay.is_on = relay.wants();
        }
    }

    fn on(&self) -> RelaySet {
        let places = self.relays.iter().take(self.count).enumerate();
        places.fold(RelaySet::NONE, |set, (place, relay)| set.with(place, relay.is_on))
    }
}
