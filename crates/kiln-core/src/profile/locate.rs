//! Which step a firing should be in, by its clock or by the kiln's temperature.

use super::estimate::{NOMINAL_START, nominal_after};
use super::{Profile, Step};
use crate::units::{Celsius, Kelvin};

/// A place in a profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Located {
    /// The step, counted from 0.
    pub index: usize,
    /// Seconds into the step; below 0 for a moment before the profile began.
    pub seconds: f64,
    /// The nominal temperature at which the step began.
    pub from: Celsius,
}

impl Profile {
    /// Where the profile is `elapsed` seconds after a nominal start at 20 °C.
    ///
    /// Past the end it is in the last step, from the temperature at which the profile ended.
    pub fn locate(&self, elapsed: f64) -> Located {
        let mut before = 0.0;
        let mut from = NOMINAL_START;
        for (index, step) in self.steps().iter().enumerate() {
            let time = step.nominal_seconds(from);
            if before + time >= elapsed {
                return Located { index, seconds: elapsed - before, from };
            }
            before += time;
            from = step.nominal_end(from);
        }
        Located { index: self.steps().len() - 1, seconds: 0.0, from }
    }

    /// The nominal clock, in seconds, when the step at `index` begins; past the end, when the profile ends.
    pub fn begins(&self, index: usize) -> f64 {
        nominal_after(0.0, NOMINAL_START, self.steps().get(..index).unwrap_or(self.steps()))
    }

    /// The step a kiln that is already at `at` should begin with.
    ///
    /// Leading climbs that end at or below `at` have been passed, and so have holds more than `margin` below it. A
    /// hold within `margin` is kept: time at a temperature cannot be taken from the temperature. Nothing behind the
    /// first descent is ever skipped, and a kiln hotter than the whole profile begins at its beginning: that profile
    /// is a controlled cooling.
    pub fn first_unreached(&self, at: Celsius, margin: Kelvin) -> usize {
        let Some(peak) = self.peak() else { return 0 };
        if at > peak {
            return 0;
        }
        let mut from = NOMINAL_START;
        for (index, step) in self.steps().iter().enumerate() {
            let passed = match step {
                Step::Ramp { target, .. } => *target >= from && at >= *target,
                Step::Hold { target, .. } | Step::HoldCone { target, .. } => at > *target + margin,
                Step::Cool { .. } => false,
            };
            if !passed {
                return index;
            }
            from = step.nominal_end(from);
        }
        self.steps().len() - 1
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Name, RampRate};
    use super::*;
    use crate::units::{CelsiusPerHour, Millis};

    fn ramp(target: i16) -> Step {
        let rate = RampRate::PerHour(CelsiusPerHour::whole(100));
        Step::Ramp { target: Celsius::whole(target), rate, min_rate: None }
    }

    fn hold(target: i16) -> Step {
        Step::Hold { target: Celsius::whole(target), time: Millis::from_minutes(60) }
    }

    fn check(steps: &[Step], cases: &[(f64, usize)]) {
        let profile = Profile::new(Name::new("t").unwrap(), steps).unwrap();
        for (at, index) in cases {
            let at = Celsius::new(*at).unwrap();
            assert_eq!(profile.first_unreached(at, Kelvin::whole(10)), *index, "{steps:?} at {at:?}");
        }
    }

    #[test]
    fn a_warm_kiln_begins_where_it_is() {
        let bisque = [ramp(100), hold(100), ramp(880), hold(880), ramp(700), hold(700)];
        check(&bisque, &[(20.0, 0), (99.9, 0), (100.0, 1), (110.0, 1), (110.1, 2), (500.0, 2), (890.0, 0)]);
    }

    #[test]
    fn incident_hold_skipped_when_starting_exactly_at_its_temperature() {
        check(&[ramp(880), hold(880), Step::Cool { target: None }], &[(880.0, 1)]);
    }

    #[test]
    fn incident_controlled_cooling_skipped_when_started_hot() {
        check(&[ramp(300), hold(300), ramp(100)], &[(380.0, 0)]);
    }

    #[test]
    fn the_last_step_is_never_passed() {
        check(&[ramp(100)], &[(100.0, 0), (500.0, 0)]);
    }
}
