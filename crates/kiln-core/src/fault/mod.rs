//! What can be wrong: cause, numbers, severity, stable code.
//!
//! A fault is a value. [`Kind::severity`] is the one place that says how bad each is; nothing else may.
//! It knows no words for people: those belong to whoever shows them.

mod kind;
mod words;

pub use kind::Kind;

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
    /// The application core is silent; control goes on alone.
    ApplicationSilent {
        /// For how long.
        silent: Millis,
    },
    /// The control loop has been reset again and again.
    KeepsResetting,
    /// A fault was latched when the power went, and nobody has cleared it.
    StillLatched {
        /// That fault; its figures are gone.
        before: Kind,
    },
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
            Self::ApplicationSilent { .. } => Kind::ApplicationSilent,
            Self::KeepsResetting => Kind::KeepsResetting,
            Self::StillLatched { .. } => Kind::StillLatched,
        }
    }

    /// How bad it is.
    pub const fn severity(&self) -> Severity {
        self.kind().severity()
    }
}
