//! What a firing has used: kilowatt-hours, and what they cost.
//!
//! The power of the elements is a setting; the duty is the one the relay window served. It measures nothing.

use kiln_core::units::{Duty, Instant};

/// The longest time between two looks that counts: over a gap nobody knows what was served.
const LONGEST_S: f64 = 120.0;

/// Heat counted so far.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Energy {
    /// Seconds of full power.
    full_s: f64,
    last: Option<Instant>,
}

impl Energy {
    /// Begins again, with what a firing that goes on had used.
    pub const fn starting_with(full_s: f64) -> Self {
        Self { full_s, last: None }
    }

    /// Takes the duty that has been served since the last look.
    pub fn see(&mut self, now: Instant, served: Duty) {
        if let Some(passed) = self.last.and_then(|last| now.checked_since(last)) {
            self.full_s += passed.seconds().min(LONGEST_S) * served.fraction();
        }
        self.last = Some(now);
    }

    /// Seconds of full power so far.
    pub const fn full_seconds(&self) -> f64 {
        self.full_s
    }

    /// Kilowatt-hours, with elements of this power in kilowatts.
    pub const fn kwh(&self, power_kw: f64) -> f64 {
        self.full_s / 3600.0 * power_kw
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_hour_at_half_power() {
        let mut energy = Energy::default();
        for second in 0..=3600 {
            energy.see(Instant::from_millis(second * 1000), Duty::from_percent(50.0));
        }
        assert!((energy.kwh(8.0) - 4.0).abs() < 1e-9, "{energy:?}");
        energy.see(Instant::from_millis(90_000_000), Duty::FULL);
        assert!(energy.full_seconds() <= 1800.0 + LONGEST_S, "a gap is not all heat");
    }
}
