//! One step of a profile, and what it asks for at a moment.

use crate::cone::HoldUntil;
use crate::units::{Celsius, CelsiusPerHour, Kelvin, Millis};

/// How fast a ramp goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RampRate {
    /// At this rate, whatever the direction. Positive.
    PerHour(CelsiusPerHour),
    /// As fast as the kiln can.
    Full,
}

/// One step of a profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// Move to a temperature at a rate, up or down.
    Ramp {
        /// The temperature to reach.
        target: Celsius,
        /// How fast.
        rate: RampRate,
        /// A rate below which the firing is not worth going on with.
        min_rate: Option<CelsiusPerHour>,
    },
    /// Stay at a temperature.
    Hold {
        /// The temperature to hold.
        target: Celsius,
        /// How long.
        time: Millis,
    },
    /// Stay at a temperature until a cone has fallen, at the longest for a time.
    HoldCone {
        /// The temperature to hold.
        target: Celsius,
        /// The cone, and how long at the longest.
        until: HoldUntil,
    },
    /// Heater off.
    Cool {
        /// The temperature at which the step ends; without it the step has no end of its own.
        target: Option<Celsius>,
    },
}

impl Step {
    /// The temperature the step ends at, if it has one.
    pub const fn target(&self) -> Option<Celsius> {
        match self {
            Self::Ramp { target, .. } | Self::Hold { target, .. } | Self::HoldCone { target, .. } => Some(*target),
            Self::Cool { target } => *target,
        }
    }

    /// The temperature asked for `seconds` into the step when it started at `from`; `None` asks for no heat.
    ///
    /// A ramp moves from `from` to its target at its rate and stays there.
    pub fn setpoint(&self, from: Celsius, seconds: f64) -> Option<Celsius> {
        match self {
            Self::Ramp { target, rate: RampRate::PerHour(rate), .. } => {
                let moved = Kelvin::new(rate.get() * seconds / 3600.0)?;
                Some(if *target > from { (from + moved).min(*target) } else { (from - moved).max(*target) })
            }
            Self::Ramp { target, rate: RampRate::Full, .. }
            | Self::Hold { target, .. }
            | Self::HoldCone { target, .. } => Some(*target),
            Self::Cool { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn celsius(value: f64) -> Celsius {
        Celsius::new(value).unwrap()
    }

    #[test]
    fn setpoints() {
        let rate = RampRate::PerHour(CelsiusPerHour::whole(100));
        let up = Step::Ramp { target: celsius(200.0), rate, min_rate: None };
        let full = Step::Ramp { target: celsius(200.0), rate: RampRate::Full, min_rate: None };
        let hold = Step::Hold { target: celsius(80.0), time: Millis::from_minutes(5) };
        let cool = Step::Cool { target: Some(celsius(50.0)) };
        let cases = [
            (up, 20.0, 0.0, Some(20.0)),
            (up, 20.0, 1800.0, Some(70.0)),
            (up, 20.0, 36_000.0, Some(200.0)),
            (up, 300.0, 1800.0, Some(250.0)),
            (up, 300.0, 36_000.0, Some(200.0)),
            (full, 20.0, 0.0, Some(200.0)),
            (hold, 20.0, 0.0, Some(80.0)),
            (cool, 200.0, 60.0, None),
        ];
        for (step, from, seconds, asked) in cases {
            assert_eq!(step.setpoint(celsius(from), seconds), asked.map(celsius), "{step:?} after {seconds} s");
        }
    }
}
