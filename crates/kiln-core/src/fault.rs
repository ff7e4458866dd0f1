//! What can be wrong: cause, numbers, severity, stable code.
//!
//! A fault is a value. [`Kind::severity`] is the one place that says how bad each is; nothing else may.
//! It knows no words for people: those belong to whoever shows them.

use crate::sensor::Problem;
use crate::units::{Celsius, CelsiusPerHour, Kelvin, Millis};

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
    /// The chip repeats one code; it may be a quiet sensor.
    SensorFrozenSuspected {
        /// Equal samples in a row.
        same: usize,
    },
    /// The chip repeats one code while heat comes and goes.
    SensorFrozen {
        /// Equal samples in a row.
        same: usize,
    },
    /// The reading is suddenly elsewhere.
    SensorJumpSuspected {
        /// The last reading that is believed.
        from: Celsius,
        /// What is read.
        to: Celsius,
    },
    /// The reading has jumped and stays there.
    SensorJumped {
        /// The last reading that is believed.
        from: Celsius,
        /// What is read.
        to: Celsius,
    },
    /// The reading falls faster than a closed kiln cools.
    FallingFast {
        /// The lowest reading since.
        lowest: Celsius,
    },
    /// A fast fall has not recovered: the thermocouple is out of the kiln.
    ThermocoupleOut {
        /// The lowest reading since.
        lowest: Celsius,
    },
    /// The kiln gets colder although it is heated; heat is cut and tried again.
    HeatLostSuspected {
        /// Time since it was first seen.
        since: Millis,
    },
    /// The kiln has stayed without heat.
    HeatLost {
        /// For how long it was tried.
        after: Millis,
    },
    /// A cold kiln has been heated for long and is as cold as before.
    NotRising {
        /// The rise seen.
        rise: Kelvin,
    },
    /// The harder it is heated, the colder it reads.
    ThermocoupleReversed {
        /// What is read.
        seen: Celsius,
        /// The temperature of the terminals.
        terminals: Celsius,
    },
    /// It gets hotter and nobody heats it.
    RelayWelded {
        /// The rise nobody asked for.
        rise: Kelvin,
    },
    /// Current flows although every relay is off.
    CurrentWhileOff,
    /// The reading is far above its set-point; heat is withheld until it is back.
    OverSetpoint {
        /// What is read.
        seen: Celsius,
        /// What is asked for.
        target: Celsius,
    },
    /// The electronics are warm.
    ElectronicsWarm {
        /// The temperature of the terminals.
        seen: Celsius,
    },
    /// The electronics are too hot to heat by.
    ElectronicsHot {
        /// The temperature of the terminals.
        seen: Celsius,
    },
    /// The electronics have been too hot for too long.
    ElectronicsTooHot {
        /// The temperature of the terminals.
        seen: Celsius,
    },
    /// The firing has gone on for longer than any should.
    FiringTooLong {
        /// How long it has gone on.
        lasted: Millis,
    },
    /// The lid switch says that the lid is open.
    LidOpen,
    /// The emergency-stop loop is open.
    EmergencyStop,
    /// Two thermocouples have been far apart for too long.
    ThermocouplesDisagree {
        /// The first thermocouple.
        first: Celsius,
        /// The second.
        second: Celsius,
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
    SensorFrozenSuspected,
    SensorFrozen,
    SensorJumpSuspected,
    SensorJumped,
    FallingFast,
    ThermocoupleOut,
    HeatLostSuspected,
    HeatLost,
    NotRising,
    ThermocoupleReversed,
    RelayWelded,
    CurrentWhileOff,
    OverSetpoint,
    ElectronicsWarm,
    ElectronicsHot,
    ElectronicsTooHot,
    FiringTooLong,
    LidOpen,
    EmergencyStop,
    ThermocouplesDisagree,
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
            Self::SensorFrozenSuspected { .. } => Kind::SensorFrozenSuspected,
            Self::SensorFrozen { .. } => Kind::SensorFrozen,
            Self::SensorJumpSuspected { .. } => Kind::SensorJumpSuspected,
            Self::SensorJumped { .. } => Kind::SensorJumped,
            Self::FallingFast { .. } => Kind::FallingFast,
            Self::ThermocoupleOut { .. } => Kind::ThermocoupleOut,
            Self::HeatLostSuspected { .. } => Kind::HeatLostSuspected,
            Self::HeatLost { .. } => Kind::HeatLost,
            Self::NotRising { .. } => Kind::NotRising,
            Self::ThermocoupleReversed { .. } => Kind::ThermocoupleReversed,
            Self::RelayWelded { .. } => Kind::RelayWelded,
            Self::CurrentWhileOff => Kind::CurrentWhileOff,
            Self::OverSetpoint { .. } => Kind::OverSetpoint,
            Self::ElectronicsWarm { .. } => Kind::ElectronicsWarm,
            Self::ElectronicsHot { .. } => Kind::ElectronicsHot,
            Self::ElectronicsTooHot { .. } => Kind::ElectronicsTooHot,
            Self::FiringTooLong { .. } => Kind::FiringTooLong,
            Self::LidOpen => Kind::LidOpen,
            Self::EmergencyStop => Kind::EmergencyStop,
            Self::ThermocouplesDisagree { .. } => Kind::ThermocouplesDisagree,
        }
    }

    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        self.kind().severity()
    }
}

impl Kind {
    /// Every kind, in the order of its code.
    pub const ALL: [Self; 31] = [
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
        Self::SensorFrozenSuspected,
        Self::SensorFrozen,
        Self::SensorJumpSuspected,
        Self::SensorJumped,
        Self::FallingFast,
        Self::ThermocoupleOut,
        Self::HeatLostSuspected,
        Self::HeatLost,
        Self::NotRising,
        Self::ThermocoupleReversed,
        Self::RelayWelded,
        Self::CurrentWhileOff,
        Self::OverSetpoint,
        Self::ElectronicsWarm,
        Self::ElectronicsHot,
        Self::ElectronicsTooHot,
        Self::FiringTooLong,
        Self::LidOpen,
        Self::EmergencyStop,
        Self::ThermocouplesDisagree,
    ];

    /// How bad it is: the one place that decides.
    pub const fn severity(self) -> Severity {
        match self {
            Self::OverTemperature
            | Self::OutputFailed
            | Self::RelayWelded
            | Self::CurrentWhileOff
            | Self::EmergencyStop => Severity::Lockout,
            Self::SensorLost
            | Self::SensorSetup
            | Self::BelowMinimumRate
            | Self::Stalled
            | Self::TuningTooHot
            | Self::SensorFrozen
            | Self::SensorJumped
            | Self::ThermocoupleOut
            | Self::HeatLost
            | Self::NotRising
            | Self::ThermocoupleReversed
            | Self::ElectronicsTooHot
            | Self::FiringTooLong
            | Self::ThermocouplesDisagree => Severity::Trip,
            Self::OverTemperatureSuspected
            | Self::SensorNotReady
            | Self::SensorStale
            | Self::SensorFrozenSuspected
            | Self::SensorJumpSuspected
            | Self::FallingFast
            | Self::HeatLostSuspected
            | Self::ElectronicsHot
            | Self::LidOpen => Severity::Hold,
            Self::LoopLate | Self::OverSetpoint | Self::ElectronicsWarm => Severity::Notice,
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
            Self::SensorFrozenSuspected => "K-12",
            Self::SensorFrozen => "K-13",
            Self::SensorJumpSuspected => "K-14",
            Self::SensorJumped => "K-15",
            Self::FallingFast => "K-16",
            Self::ThermocoupleOut => "K-17",
            Self::HeatLostSuspected => "K-18",
            Self::HeatLost => "K-19",
            Self::NotRising => "K-20",
            Self::ThermocoupleReversed => "K-21",
            Self::RelayWelded => "K-22",
            Self::CurrentWhileOff => "K-23",
            Self::OverSetpoint => "K-24",
            Self::ElectronicsWarm => "K-25",
            Self::ElectronicsHot => "K-26",
            Self::ElectronicsTooHot => "K-27",
            Self::FiringTooLong => "K-28",
            Self::LidOpen => "K-29",
            Self::EmergencyStop => "K-30",
            Self::ThermocouplesDisagree => "K-31",
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
            Self::SensorFrozenSuspected => "the chip repeats one code; heat is withheld and the chip set up anew",
            Self::SensorFrozen => "the chip repeats one code while heat comes and goes",
            Self::SensorJumpSuspected => "the reading is suddenly somewhere no kiln gets to in a second",
            Self::SensorJumped => "the reading has jumped and has not come back",
            Self::FallingFast => "the reading falls faster than a closed kiln cools: a lid, or the thermocouple",
            Self::ThermocoupleOut => "the reading fell fast and has not come back: the thermocouple is out of the kiln",
            Self::HeatLostSuspected => {
                "the kiln gets colder although it is heated; heat is cut for a while and tried again"
            }
            Self::HeatLost => "no heat arrives, however often it is tried: mains, relay, elements",
            Self::NotRising => "a cold kiln has been heated for long and is as cold as before",
            Self::ThermocoupleReversed => "the harder it is heated, the colder it reads: swap the thermocouple's wires",
            Self::RelayWelded => "it gets hotter and nobody heats it: a relay is welded; cut the power by hand",
            Self::CurrentWhileOff => "current flows although every relay is off: a relay or the contactor is welded",
            Self::OverSetpoint => "the reading is far above its set-point; no heat until it is back",
            Self::ElectronicsWarm => "the controller is getting warm: shade it, or move it away",
            Self::ElectronicsHot => "the controller is too hot; the firing waits",
            Self::ElectronicsTooHot => "the controller has been too hot for too long",
            Self::FiringTooLong => "the firing has gone on for longer than any firing should",
            Self::LidOpen => "the lid is open",
            Self::EmergencyStop => "the emergency stop was pressed, or its loop is broken",
            Self::ThermocouplesDisagree => "two thermocouples have been far apart for too long",
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
