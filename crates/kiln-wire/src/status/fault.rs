//! A fault in a document: code, kind, severity, and the figures that show it.

use super::{problem, rounded};
use crate::answer::Params;
use crate::figure::{Param, ParamValue};
use kiln_core::fault::{Fault, Kind, Severity};
use kiln_core::units::{Celsius, CelsiusPerHour, Kelvin, Millis};
use serde::ser::{Serialize, Serializer};

/// A fault, written as its code, kind, severity, meaning and figures.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FaultView(pub Fault);

/// A fault whose figures are not known any more, written as a [`FaultView`] without them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FaultKindView(pub Kind);

/// What a [`FaultView`] is written as.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "FaultView"), schemars(rename = "FaultView"))]
pub(crate) struct FaultBody {
    /// The code people quote, as `K-05`; never given to another cause.
    code: &'static str,
    /// What is wrong, in a word of the interface.
    kind: &'static str,
    /// How bad it is.
    severity: SeverityWord,
    /// The plain English of it.
    message: &'static str,
    /// The figures that show it, under names that carry their units.
    params: Params,
}

/// How bad a fault is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SeverityWord {
    /// Shown and logged; nothing changes.
    Notice,
    /// Heat is withheld while it lasts; the firing waits.
    Hold,
    /// Heat off and latched; the firing has ended, a person clears it.
    Trip,
    /// As `trip`, the safety contactor open; it survives a restart.
    Lockout,
}

impl From<Severity> for SeverityWord {
    fn from(severity: Severity) -> Self {
        match severity {
            Severity::Notice => Self::Notice,
            Severity::Hold => Self::Hold,
            Severity::Trip => Self::Trip,
            Severity::Lockout => Self::Lockout,
        }
    }
}

impl FaultBody {
    fn new(kind: Kind, params: Params) -> Self {
        let severity = kind.severity().into();
        Self { code: kind.code(), kind: word(kind), severity, message: kind.meaning(), params }
    }
}

impl Serialize for FaultView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        FaultBody::new(self.0.kind(), figures(&self.0)).serialize(serializer)
    }
}

impl Serialize for FaultKindView {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        FaultBody::new(self.0, Params::NONE).serialize(serializer)
    }
}

/// A kind's word in documents.
pub(crate) const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::OverTemperature => "over_temperature",
        Kind::OverTemperatureSuspected => "over_temperature_suspected",
        Kind::SensorNotReady => "sensor_not_ready",
        Kind::SensorStale => "sensor_stale",
        Kind::SensorLost => "sensor_lost",
        Kind::SensorSetup => "sensor_setup",
        Kind::BelowMinimumRate => "below_minimum_rate",
        Kind::Stalled => "stalled",
        Kind::TuningTooHot => "tuning_too_hot",
        Kind::OutputFailed => "output_failed",
        Kind::LoopLate => "loop_late",
        Kind::SensorFrozenSuspected => "sensor_frozen_suspected",
        Kind::SensorFrozen => "sensor_frozen",
        Kind::SensorJumpSuspected => "sensor_jump_suspected",
        Kind::SensorJumped => "sensor_jumped",
        Kind::FallingFast => "falling_fast",
        Kind::ThermocoupleOut => "thermocouple_out",
        Kind::HeatLostSuspected => "heat_lost_suspected",
        Kind::HeatLost => "heat_lost",
        Kind::NotRising => "not_rising",
        Kind::ThermocoupleReversed => "thermocouple_reversed",
        Kind::RelayWelded => "relay_welded",
        Kind::CurrentWhileOff => "current_while_off",
        Kind::OverSetpoint => "over_setpoint",
        Kind::ElectronicsWarm => "electronics_warm",
        Kind::ElectronicsHot => "electronics_hot",
        Kind::ElectronicsTooHot => "electronics_too_hot",
        Kind::FiringTooLong => "firing_too_long",
        Kind::LidOpen => "lid_open",
        Kind::EmergencyStop => "emergency_stop",
        Kind::ThermocouplesDisagree => "thermocouples_disagree",
        Kind::ApplicationSilent => "application_silent",
        Kind::KeepsResetting => "keeps_resetting",
        Kind::StillLatched => "still_latched",
    }
}

/// The figures of a fault.
pub(crate) fn figures(fault: &Fault) -> Params {
    let pair = match *fault {
        Fault::OverTemperature { seen, limit } | Fault::OverTemperatureSuspected { seen, limit } => {
            [Some(at("seen_c", seen)), Some(at("limit_c", limit))]
        }
        Fault::SensorNotReady { problem: met } => [Some(said("problem", problem(met))), None],
        Fault::SensorStale { age, worst } => [Some(time("age_s", age)), Some(at("worst_c", worst))],
        Fault::SensorLost { problem: met, failures } => {
            [Some(said("problem", problem(met))), Some(count("failures", usize::from(failures)))]
        }
        Fault::SensorSetup { register } => [Some(count("register", usize::from(register))), None],
        Fault::BelowMinimumRate { measured, minimum } => {
            [Some(rate("measured_c_per_h", measured)), Some(rate("minimum_c_per_h", minimum))]
        }
        Fault::Stalled { measured, floor } => {
            [Some(rate("measured_c_per_h", measured)), Some(rate("floor_c_per_h", floor))]
        }
        Fault::TuningTooHot { seen, cap } => [Some(at("seen_c", seen)), Some(at("cap_c", cap))],
        Fault::LoopLate { late } => [Some(time("late_s", late)), None],
        Fault::SensorFrozenSuspected { same } | Fault::SensorFrozen { same } => [Some(count("same", same)), None],
        Fault::SensorJumpSuspected { from, to } | Fault::SensorJumped { from, to } => {
            [Some(at("from_c", from)), Some(at("to_c", to))]
        }
        Fault::FallingFast { lowest } | Fault::ThermocoupleOut { lowest } => [Some(at("lowest_c", lowest)), None],
        Fault::HeatLostSuspected { since } => [Some(time("since_s", since)), None],
        Fault::HeatLost { after } => [Some(time("after_s", after)), None],
        Fault::NotRising { rise } | Fault::RelayWelded { rise } => [Some(by("rise_k", rise)), None],
        Fault::ThermocoupleReversed { seen, terminals } => {
            [Some(at("seen_c", seen)), Some(at("terminals_c", terminals))]
        }
        Fault::OverSetpoint { seen, target } => [Some(at("seen_c", seen)), Some(at("target_c", target))],
        Fault::ElectronicsWarm { seen } | Fault::ElectronicsHot { seen } | Fault::ElectronicsTooHot { seen } => {
            [Some(at("seen_c", seen)), None]
        }
        Fault::FiringTooLong { lasted } => [Some(time("lasted_s", lasted)), None],
        Fault::ThermocouplesDisagree { first, second } => [Some(at("first_c", first)), Some(at("second_c", second))],
        Fault::ApplicationSilent { silent } => [Some(time("silent_s", silent)), None],
        Fault::StillLatched { before } => {
            [Some(said("before", word(before))), Some(said("before_code", before.code()))]
        }
        Fault::OutputFailed
        | Fault::CurrentWhileOff
        | Fault::LidOpen
        | Fault::EmergencyStop
        | Fault::KeepsResetting => [None, None],
    };
    Params::of(pair.into_iter().flatten())
}

pub(super) fn at(name: &'static str, value: Celsius) -> Param {
    number(name, value.get())
}

pub(super) fn by(name: &'static str, value: Kelvin) -> Param {
    number(name, value.get())
}

pub(super) fn rate(name: &'static str, value: CelsiusPerHour) -> Param {
    number(name, value.get())
}

pub(super) fn time(name: &'static str, value: Millis) -> Param {
    number(name, value.seconds())
}

pub(super) const fn count(name: &'static str, value: usize) -> Param {
    Param { name, value: ParamValue::Count(value) }
}

fn number(name: &'static str, value: f64) -> Param {
    Param { name, value: ParamValue::Number(rounded(value, 2)) }
}

const fn said(name: &'static str, word: &'static str) -> Param {
    Param { name, value: ParamValue::Word(word) }
}
