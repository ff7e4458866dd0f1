//! How much heat there really was at the pins between two ticks.
//!
//! A duty asked for is not a duty applied: a relay lives in slots and windows, and guards take heat away. What follows
//! the kiln with a model has to be told what the kiln was given.

use kiln_core::units::{Duty, Instant, Millis};
use kiln_core::window::RelaySet;

/// The heat since the last tick.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Applied {
    last: Option<Instant>,
    time: Millis,
    /// Time times relays energised, ms.
    heat_ms: u64,
    relays: u64,
}

impl Applied {
    /// Takes in the slot that ends now, with the relays that were energised in it of so many.
    pub(crate) fn see(&mut self, energized: RelaySet, relays: usize, now: Instant) {
        let slot = self.last.replace(now).map_or(Millis::ZERO, |last| now.since(last));
        self.time += slot;
        self.heat_ms += slot.get() * u64::from(energized.bits().count_ones());
        self.relays = u64::try_from(relays).unwrap_or(1).max(1);
    }

    /// The mean since the last tick, as a share of all relays all the time.
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "milliseconds between two ticks")]
    pub(crate) fn mean(&self) -> Duty {
        let all = self.time.get() * self.relays;
        if all == 0 { Duty::OFF } else { Duty::from_fraction(self.heat_ms as f64 / all as f64) }
    }

    /// A tick has taken it.
    pub(crate) const fn begin_anew(&mut self) {
        (self.time, self.heat_ms) = (Millis::ZERO, 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_over_slots_and_relays() {
        let mut applied = Applied::default();
        assert_eq!(applied.mean(), Duty::OFF);
        let now = |slot: u64| Instant::from_millis(7000 + slot * 100);
        applied.see(RelaySet::first(2), 2, now(0));
        for slot in 1..=10 {
            applied.see(if slot <= 4 { RelaySet::first(1) } else { RelaySet::NONE }, 2, now(slot));
        }
        assert!((applied.mean().percent() - 20.0).abs() < 1e-9);
        applied.begin_anew();
        applied.see(RelaySet::first(2), 2, now(12));
        assert_eq!(applied.mean(), Duty::FULL);
    }
}
