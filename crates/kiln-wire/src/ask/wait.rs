//! Requests about a start that waits, a tuning run, and a firing that was cut off.

use super::open;
use super::ranges::{At, celsius};
use crate::json::Text;
use crate::profile;
use crate::refusal::Refusal;
use kiln_core::command::{Command, TuningMode};
use kiln_core::limits;
use kiln_core::profile::Name;
use kiln_core::tune::LOWEST_CAP;
use kiln_core::units::{Celsius, WallClock};
use serde::Deserialize;

/// `POST /api/schedule`: fire a stored profile at a time of day.
#[derive(Clone, Debug, PartialEq)]
pub struct ScheduleRequest {
    /// The name of the profile.
    pub profile: Name,
    /// When.
    pub start: WallClock,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "ScheduleRequest"), schemars(rename = "ScheduleRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct ScheduleDoc<'d> {
    /// The name of the profile.
    #[serde(borrow)]
    profile: Text<'d>,
    /// When, in epoch milliseconds.
    start_ms: u64,
}

impl ScheduleRequest {
    /// Reads the request. Whether the time lies in the future is control's to say.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let document = open(body)?;
        let ScheduleDoc { profile, start_ms } = document.read()?;
        let profile = profile::name(profile).at(&document, "profile")?;
        Ok(Self { profile, start: WallClock::from_unix_millis(start_ms) })
    }
}

/// `POST /api/tuning`: start a tuning run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TuningRequest {
    /// How thorough.
    pub mode: TuningMode,
    /// The temperature above which it fails, instead of the mode's own.
    pub max_temp: Option<Celsius>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "TuningRequest", optional_fields = nullable), schemars(rename = "TuningRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct TuningDoc {
    /// How thorough.
    mode: TuningModeWord,
    /// The temperature above which it fails, instead of the mode's own.
    #[cfg_attr(feature = "schema", schemars(range(min = 50, max = 900)))]
    max_temp_c: Option<f64>,
}

#[derive(Clone, Copy, Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub(crate) enum TuningModeWord {
    /// The shortest and coolest.
    Safe,
    /// The usual one.
    Standard,
    /// Several temperatures.
    Thorough,
    /// Up to where a kiln works.
    HighTemp,
    /// A relay test around one temperature.
    Relay,
}

impl From<TuningModeWord> for TuningMode {
    fn from(word: TuningModeWord) -> Self {
        match word {
            TuningModeWord::Safe => Self::Safe,
            TuningModeWord::Standard => Self::Standard,
            TuningModeWord::Thorough => Self::Thorough,
            TuningModeWord::HighTemp => Self::HighTemperature,
            TuningModeWord::Relay => Self::Relay,
        }
    }
}

impl TuningRequest {
    /// Reads the request. Whether the plan can be run under the cap is control's to say.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let document = open(body)?;
        let TuningDoc { mode, max_temp_c } = document.read()?;
        let cap = max_temp_c.map(|cap| celsius(cap, LOWEST_CAP, limits::TUNING_HOTTEST)).transpose();
        Ok(Self { mode: mode.into(), max_temp: cap.at(&document, "max_temp_c")? })
    }

    /// What control is asked.
    pub const fn command(&self) -> Command {
        Command::Tune(self.mode, self.max_temp)
    }
}

/// `POST /api/recovery`: what becomes of a firing that was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RecoveryRequest {
    /// What becomes of it.
    pub action: RecoveryAction,
}

/// What becomes of a firing that was cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RecoveryAction {
    /// It goes on.
    Resume,
    /// It has ended.
    Discard,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "RecoveryRequest"), schemars(rename = "RecoveryRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct RecoveryDoc {
    /// What becomes of it.
    action: RecoveryAction,
}

impl RecoveryRequest {
    /// Reads the request.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let RecoveryDoc { action } = open(body)?.read()?;
        Ok(Self { action })
    }
}
