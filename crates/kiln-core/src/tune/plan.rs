//! What a tuning run does, as data: steps, their ends, and the run's cap.
//!
//! A plan is never changed while it runs; what the run has seen so far is the memory's business.

use crate::command::TuningMode;
use crate::units::{Celsius, Duty, Kelvin, Millis};

/// A tuning run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Plan {
    /// The steps, in order.
    pub steps: &'static [Step],
    /// The temperature the run fails above, unless another cap is asked for.
    pub cap: Celsius,
    /// Every temperature to reach or hold is kept this far below the cap, however the cap is set.
    pub headroom: Kelvin,
    /// Heat is withheld from this far below the cap on; `None` heats right up to it.
    pub guard: Option<Kelvin>,
    /// A reading this far from the one before it is not believed until it has lasted three readings, as no spike does;
    /// if it is close to the cap, heat is withheld meanwhile. `None` believes every reading.
    pub spike: Option<Kelvin>,
    /// What a plateau is judged by.
    pub samples: Samples,
}

/// What a plateau is judged by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Samples {
    /// The temperature of a moment each time; what noise there is counts as movement.
    Spot,
    /// The mean since the last sample.
    Mean,
}

/// One step of a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// Its name in the log: ASCII, no commas.
    pub label: &'static str,
    /// What is done.
    pub kind: Kind,
    /// The longest it may last; it then ends whatever has come of it.
    pub longest: Millis,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Kind {
    /// The same power until something happens.
    Drive {
        /// The power.
        duty: Duty,
        /// What ends it.
        until: Until,
    },
    /// The same power until the kiln has warmed by `rise`: shows how fast and how late it answers. A kiln that does
    /// not answer before the step's longest time fails the run.
    Probe {
        /// The power.
        duty: Duty,
        /// The rise to see.
        rise: Kelvin,
    },
    /// Closes the loop around a temperature until it stands still there, with as much power as that takes.
    Settle {
        /// The temperature.
        target: Celsius,
        /// The most power on the way there.
        most: Duty,
        /// The shortest time, so that the walls have time to warm through.
        least: Millis,
    },
    /// A known step of power on top of what the last plateau took, until the kiln has risen by `rise`.
    Bump {
        /// The added power.
        by: Duty,
        /// The rise that ends it.
        rise: Kelvin,
    },
    /// On below, off above: makes the kiln swing at its own period (Åström and Hägglund, Automatica 20, 1984).
    Relay {
        /// The temperature it swings around.
        around: Celsius,
        /// How far past it the power switches.
        hysteresis: Kelvin,
        /// The power when on.
        on: Duty,
        /// Swings to see; the first one is not counted.
        swings: u8,
    },
}

/// What ends a step of constant power before its longest time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Until {
    /// Nothing does.
    Timeout,
    /// The temperature has been reached, and `then` has passed since.
    Reach {
        /// The temperature.
        target: Celsius,
        /// The time after it.
        then: Millis,
    },
    /// The temperature has fallen so far from its highest in this step.
    Drop(Kelvin),
    /// The temperature stands still.
    Plateau,
}

impl Until {
    /// The same end, its temperature brought down to `hottest`.
    pub(super) const fn within(self, hottest: Celsius) -> Self {
        match self {
            Self::Reach { target, then } => Self::Reach { target: target.min(hottest), then },
            Self::Timeout | Self::Drop(_) | Self::Plateau => self,
        }
    }
}

impl Plan {
    /// The plan that ships for a mode.
    pub const fn shipping(mode: TuningMode) -> &'static Self {
        match mode {
            TuningMode::Safe => &super::shipping::SAFE,
            TuningMode::Standard => &super::shipping::STANDARD,
            TuningMode::Thorough => &super::shipping::THOROUGH,
            TuningMode::HighTemperature => &super::shipping::HIGH_TEMPERATURE,
            TuningMode::Relay => &super::shipping::RELAY,
        }
    }

    /// The reference controller's plan for a mode; it has no relay test.
    pub const fn reference(mode: TuningMode) -> Option<&'static Self> {
        match mode {
            TuningMode::Safe => Some(&super::reference::SAFE),
            TuningMode::Standard => Some(&super::reference::STANDARD),
            TuningMode::Thorough => Some(&super::reference::THOROUGH),
            TuningMode::HighTemperature => Some(&super::reference::HIGH_TEMPERATURE),
            TuningMode::Relay => None,
        }
    }
}
