//! Two plain words for every fault, to stand behind its code on a line of sixteen characters.
//!
//! Text for people, in one total match: a new fault must find its words here. The code leads to the long explanation.

use kiln_core::fault::Kind;

/// What is wrong, in at most eleven characters.
pub const fn plain(kind: Kind) -> &'static str {
    match kind {
        Kind::OverTemperature => "TOO HOT",
        Kind::OverTemperatureSuspected => "HOT READING",
        Kind::SensorNotReady => "NO PROBE",
        Kind::SensorStale => "OLD READING",
        Kind::SensorLost => "PROBE LOST",
        Kind::SensorSetup => "CHIP SETUP",
        Kind::BelowMinimumRate => "TOO SLOW",
        Kind::Stalled => "KILN STALLS",
        Kind::TuningTooHot => "TUNING HOT",
        Kind::OutputFailed => "RELAY FAULT",
        Kind::LoopLate => "LOOP LATE",
        Kind::SensorFrozenSuspected => "PROBE STILL",
        Kind::SensorFrozen => "PROBE STUCK",
        Kind::SensorJumpSuspected => "PROBE JUMPS",
        Kind::SensorJumped => "PROBE MOVED",
        Kind::FallingFast => "FALLS FAST",
        Kind::ThermocoupleOut => "PROBE OUT",
        Kind::HeatLostSuspected => "HEAT FADES",
        Kind::HeatLost => "HEAT LOST",
        Kind::NotRising => "NO RISE",
        Kind::ThermocoupleReversed => "SWAP WIRES",
        Kind::RelayWelded => "PULL PLUG",
        Kind::CurrentWhileOff => "RELAY STUCK",
        Kind::OverSetpoint => "OVER TARGET",
        Kind::ElectronicsWarm => "BOX WARM",
        Kind::ElectronicsHot => "BOX HOT",
        Kind::ElectronicsTooHot => "BOX ROASTS",
        Kind::FiringTooLong => "TOO LONG",
        Kind::LidOpen => "LID OPEN",
        Kind::EmergencyStop => "STOP BUTTON",
        Kind::ThermocouplesDisagree => "PROBES VARY",
        Kind::ApplicationSilent => "APP SILENT",
        Kind::KeepsResetting => "MANY RESETS",
        Kind::StillLatched => "CLEAR FAULT",
    }
}
