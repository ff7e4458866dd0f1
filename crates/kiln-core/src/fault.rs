//! What can be wrong: cause, numbers, severity, stable code.
//!
//! A fault is a value. [`Kind::severity`] is the one place that says how bad each is; nothing else may.
//! It knows no words for people: those belong to whoever shows them.

use crate::sensor::Problem;
use crate::units::{Celsius, CelsiusPerHour, Millis};

/// How bad a fault is. Ordered: the worst of several is what happens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Shown and logged; nothing changes.
    Notice,
    /// Heat is withheld while it lasts; the firing waits.
    Hold,
    /// Heat off and latched; the firing has ended, a person clears it.
    Trip,
    /// As `Trip`, the safety contactor open; it survives a restart.
    Lockout,
}

/// What is wrong, with the figures that show it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fault {
    /// The reading is over the configured maximum.
    OverTemperature {
        /// What was read.
        seen: Celsius,
        /// The configured maximum.
        limit: Celsius,
    },
    /// One reading is over the maximum: heat is withheld until the next ones tell a spike from a runaway.
    OverTemperatureSuspected {
        /// What was read.
        seen: Celsius,
        /// The configured maximum.
        limit: Celsius,
    },
    /// The thermocouple has not given one good reading since power-up.
    SensorNotReady {
        /// What the latest attempt met.
        problem: Problem,
    },
    /// The newest good reading is too old to heat by.
    SensorStale {
        /// Its age.
        age: Millis,
        /// How hot the kiln could be by now.
        worst: Celsius,
    },
    /// Readings have been missing for so long that the firing is given up.
    SensorLost {
        /// What the latest attempt met.
        problem: Problem,
        /// Failed readings in a row.
        failures: u16,
    },
    /// The thermocouple chip did not keep the settings written to it.
    SensorSetup {
        /// The register that read back wrong.
        register: u8,
    },
    /// The kiln climbs slower than the profile's own minimum rate.
    BelowMinimumRate {
        /// The measured rate.
        measured: CelsiusPerHour,
        /// The minimum of the step.
        minimum: CelsiusPerHour,
    },
    /// The kiln asked for heat and stands still.
    Stalled {
        /// The measured rate.
        measured: CelsiusPerHour,
        /// The rate below which a kiln counts as standing still.
        floor: CelsiusPerHour,
    },
    /// A tuning run got hotter than its cap.
    TuningTooHot {
        /// What was read.
        seen: Celsius,
        /// The cap of the run.
        cap: Celsius,
    },
    /// A heating relay or the contactor could not be driven.
    OutputFailed,
    /// The control loop came later than its lease allows.
    LoopLate {
        /// How late.
        late: Millis,
    },
}

/// A fault without its figures: what severity, code and documentation hang on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each kind is the variant of Fault of the same name")]
pub enum Kind {
    OverTemperature,
    OverTemperatureSuspected,
    SensorNotReady,
    SensorStale,
    SensorLost,
    SensorSetup,
    BelowMinimumRate,
    Stalled,
    TuningTooHot,
    OutputFailed,
    LoopLate,
}

impl Fault {
    /// The fault without its figures.
    pub const fn kind(&self) -> Kind {
        match self {
            Self::OverTemperature { .. } => Kind::OverTemperature,
            Self::OverTemperatureSuspected { .. } => Kind::OverTemperatureSuspected,
            Self::SensorNotReady { .. } => Kind::SensorNotReady,
            Self::SensorStale { .. } => Kind::SensorStale,
            Self::SensorLost { .. } => Kind::SensorLost,
            Self::SensorSetup { .. } => Kind::SensorSetup,
            Self::BelowMinimumRate { .. } => Kind::BelowMinimumRate,
            Self::Stalled { .. } => Kind::Stalled,
            Self::TuningTooHot { .. } => Kind::TuningTooHot,
            Self::OutputFailed => Kind::OutputFailed,
            Self::LoopLate { .. } => Kind::LoopLate,
        }
    }

    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        self.kind().severity()
    }
}

impl Kind {
    /// Every kind, in the order of its code.
    pub const ALL: [Self; 11] = [
        Self::OverTemperature,
        Self::OverTemperatureSuspected,
        Self::SensorNotReady,
        Self::SensorStale,
        Self::SensorLost,
        Self::SensorSetup,
        Self::BelowMinimumRate,
        Self::Stalled,
        Self::TuningTooHot,
        Self::OutputFailed,
        Self::LoopLate,
    ];

    /// How bad it is: the one place that decides.
    pub const fn severity(self) -> Severity {
        match self {
            Self::OverTemperature | Self::OutputFailed => Severity::Lockout,
            Self::SensorLost | Self::SensorSetup | Self::BelowMinimumRate | Self::Stalled | Self::TuningTooHot => {
                Severity::Trip
            }
            Self::OverTemperatureSuspected | Self::SensorNotReady | Self::SensorStale => Severity::Hold,
            Self::LoopLate => Severity::Notice,
        }
    }

    /// The code people quote; never reused for another cause.
    pub const fn code(self) -> &'static str {
        match self {
            Self::OverTemperature => "K-01",
            Self::OverTemperatureSuspected => "K-02",
            Self::SensorNotReady => "K-03",
            Self::SensorStale => "K-04",
            Self::SensorLost => "K-05",
            Self::SensorSetup => "K-06",
            Self::BelowMinimumRate => "K-07",
            Self::Stalled => "K-08",
            Self::TuningTooHot => "K-09",
            Self::OutputFailed => "K-10",
            Self::LoopLate => "K-11",
        }
    }

    /// What it means, for the generated reference.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::OverTemperature => "three raw readings in a row are over the configured maximum",
            Self::OverTemperatureSuspected => "a raw reading is over the configured maximum; it may be a spike",
            Self::SensorNotReady => "no good thermocouple reading since power-up",
            Self::SensorStale => "the newest good reading is too old to heat by",
            Self::SensorLost => "readings have been missing too long in a running firing",
            Self::SensorSetup => "the thermocouple chip did not keep its settings",
            Self::BelowMinimumRate => "the kiln climbs slower than the step's own minimum rate",
            Self::Stalled => "the kiln was asked to climb and stands still",
            Self::TuningTooHot => "a tuning run got hotter than its cap",
            Self::OutputFailed => "a heating relay or the contactor could not be driven",
            Self::LoopLate => "the control loop came late",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_unique_and_in_order() {
        for (index, kind) in Kind::ALL.iter().enumerate() {
            assert_eq!(kind.code().strip_prefix("K-").and_then(|n| n.parse::<usize>().ok()), Some(index + 1));
        }
    }
}
