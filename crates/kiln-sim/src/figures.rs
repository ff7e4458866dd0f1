//! How well a firing was kept, in a handful of figures.
//!
//! Judged by the true thermocouple against what the profile asked for at that moment. A ramp counts while its schedule
//! clock runs and after the first ten minutes from cold; a hold counts from when its temperature is reached.

use kiln_core::firing::RunView;
use kiln_core::profile::{RampRate, Step};

use crate::math::square;

/// The first part of a firing, s, in which a cold kiln's delay is longer than any regulator's reach.
const WARMING_UP_S: u64 = 600;

/// The figures of a firing so far, °C.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Figures {
    /// Errors in ramps.
    pub ramps: Errors,
    /// Errors in holds.
    pub holds: Errors,
    /// The worst excess over a hold's temperature in a hold that was climbed to, °C.
    pub overshoot_c: f64,
    /// The worst lack below a hold's temperature in a hold that was come down to, °C.
    pub undershoot_c: f64,
    /// The hottest the thermocouple really was, °C.
    pub hottest_c: f64,
    /// The hottest the chamber was, °C.
    pub hottest_chamber_c: f64,
    /// Seconds in which the schedule clock stood still.
    pub waited_s: u64,
    climbing: bool,
}

/// Errors gathered second by second.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Errors {
    squares: f64,
    count: u64,
    /// The largest one, without its sign, °C.
    pub worst_c: f64,
}

impl Errors {
    fn add(&mut self, error_c: f64) {
        self.squares += square(error_c);
        self.count += 1;
        self.worst_c = self.worst_c.max(error_c.abs());
    }

    /// The root of the mean of their squares, °C; `None` where there was nothing to judge.
    pub fn rms_c(&self) -> Option<f64> {
        (self.count > 0).then(|| (self.squares / self.count as f64).sqrt())
    }
}

impl Figures {
    /// Adds a second of a running firing, `at_s` after its start, in which `target_c` was asked for.
    pub(crate) fn add(&mut self, at_s: u64, run: &RunView, target_c: Option<f64>, true_c: f64) {
        self.waited_s += u64::from(run.waiting.is_some());
        let Some(target_c) = target_c else { return };
        match run.in_force {
            Step::Ramp { target, rate, .. } => {
                self.climbing = target > run.step_from;
                let counts = matches!(rate, RampRate::PerHour(_)) && run.waiting.is_none() && at_s >= WARMING_UP_S;
                if counts {
                    self.ramps.add(true_c - target_c);
                }
            }
            Step::Hold { .. } | Step::HoldCone { .. } if run.waiting.is_none() => {
                self.holds.add(true_c - target_c);
                if self.climbing {
                    self.overshoot_c = self.overshoot_c.max(true_c - target_c);
                } else {
                    self.undershoot_c = self.undershoot_c.max(target_c - true_c);
                }
            }
            Step::Hold { .. } | Step::HoldCone { .. } | Step::Cool { .. } => {}
        }
    }

    /// Adds what the kiln was at, in whatever state.
    pub(crate) fn see(&mut self, true_c: f64, chamber_c: f64) {
        self.hottest_c = self.hottest_c.max(true_c);
        self.hottest_chamber_c = self.hottest_chamber_c.max(chamber_c);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_gathered() {
        let mut errors = Errors::default();
        assert_eq!(errors.rms_c(), None);
        for error_c in [3.0, -4.0, 0.0, 0.0] {
            errors.add(error_c);
        }
        assert_eq!((errors.rms_c(), errors.worst_c), (Some(2.5), 4.0));
    }
}
