//! Faults without their figures, and how bad each is.

use super::Severity;

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
    ApplicationSilent,
    KeepsResetting,
    StillLatched,
}

impl Kind {
    /// Every kind, in the order of its code.
    pub const ALL: [Self; 34] = [
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
        Self::ApplicationSilent,
        Self::KeepsResetting,
        Self::StillLatched,
    ];

    /// How bad it is: the one place that decides.
    pub const fn severity(self) -> Severity {
        match self {
            Self::OverTemperature
            | Self::OutputFailed
            | Self::RelayWelded
            | Self::CurrentWhileOff
            | Self::EmergencyStop
            | Self::KeepsResetting
            | Self::StillLatched => Severity::Lockout,
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
            Self::LoopLate | Self::OverSetpoint | Self::ElectronicsWarm | Self::ApplicationSilent => Severity::Notice,
        }
    }
}
