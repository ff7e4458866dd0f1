//! Requests about a firing: start it, hold, change it while it runs.

use super::ranges::{At, between, celsius, line, minutes};
use super::{Etag, open};
use crate::figure::Quantity;
use crate::json::{Place, Text};
use crate::profile::{self, RateDoc, TempUnits};
use crate::refusal::Refusal;
use crate::status::RunId;
use crate::why::Why;
use kiln_core::command::{Command, ManualHold, TimeChange};
use kiln_core::limits;
use kiln_core::profile::{Name, Profile, RampRate};
use kiln_core::units::{CelsiusPerHour, Kelvin};
use serde::Deserialize;

/// `POST /api/run`: fire a stored profile.
#[derive(Clone, Debug, PartialEq)]
pub struct RunRequest {
    /// The name of the profile.
    pub profile: Name,
    /// The etag of the profile as it was looked at.
    pub expect_etag: Option<Etag>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "RunRequest", optional_fields = nullable), schemars(rename = "RunRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct RunDoc<'d> {
    /// The name of the profile.
    #[serde(borrow)]
    profile: Text<'d>,
    /// The etag of the profile as it was looked at; with another one stored, nothing begins.
    expect_etag: Option<Text<'d>>,
}

impl RunRequest {
    /// Reads the request.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let document = open(body)?;
        let RunDoc { profile, expect_etag } = document.read()?;
        Ok(Self {
            profile: profile::name(profile).at(&document, "profile")?,
            expect_etag: expect_etag.map(line).transpose().at(&document, "expect_etag")?,
        })
    }
}

/// The body of every command that needs none: what the asker believes is running.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct ExpectRequest {
    /// The id of the firing it is meant for.
    pub expect_run: Option<RunId>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "ExpectRequest", optional_fields = nullable), schemars(rename = "ExpectRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct ExpectDoc<'d> {
    /// The id of the firing it is meant for; with another one running, nothing happens.
    #[serde(borrow)]
    expect_run: Option<Text<'d>>,
}

impl ExpectRequest {
    /// Reads the request; no body is one without an expectation.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let document = open(body)?;
        let ExpectDoc { expect_run } = document.read()?;
        Ok(Self { expect_run: expect_run.map(line).transpose().at(&document, "expect_run")? })
    }
}

/// `POST /api/adjust`: lengthen or shorten the running step, or move its target.
#[derive(Clone, Debug, PartialEq)]
pub struct AdjustRequest {
    /// What is to change.
    pub command: Command,
    /// The id of the firing it is meant for.
    pub expect_run: Option<RunId>,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "AdjustRequest", optional_fields = nullable), schemars(rename = "AdjustRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct AdjustDoc<'d> {
    /// Longer by so many minutes; shorter when negative.
    add_minutes: Option<f64>,
    /// Hotter by so many Celsius degrees; cooler when negative.
    add_degrees_c: Option<f64>,
    /// The id of the firing it is meant for; with another one running, nothing happens.
    #[serde(borrow)]
    expect_run: Option<Text<'d>>,
}

impl AdjustRequest {
    /// Reads the request: exactly one of `add_minutes` and `add_degrees_c`.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let document = open(body)?;
        let AdjustDoc { add_minutes, add_degrees_c, expect_run } = document.read()?;
        let command = match (add_minutes, add_degrees_c) {
            (Some(minutes), None) => time_change(minutes).at(&document, "add_minutes")?,
            (None, Some(degrees)) => degrees_change(degrees).at(&document, "add_degrees_c")?,
            (Some(_), Some(_)) => return Err(Why::Invalid).at(&document, "add_degrees_c"),
            (None, None) => return Err(Why::Missing).at(&document, "add_minutes"),
        };
        Ok(Self { command, expect_run: expect_run.map(line).transpose().at(&document, "expect_run")? })
    }
}

fn time_change(value: f64) -> Result<Command, Why> {
    let time = minutes(value.abs(), limits::HOLD_LONGEST)?;
    let change = if value < 0.0 { TimeChange::Shorter(time) } else { TimeChange::Longer(time) };
    Ok(Command::AddTime(change))
}

fn degrees_change(value: f64) -> Result<Command, Why> {
    let most = limits::ADJUST_MOST;
    let range = [-most, most].map(Quantity::Difference);
    let [least, most] = range;
    let value = between(value, least, most)?;
    Kelvin::new(value).map(Command::AddDegrees).ok_or(Why::NotFinite)
}

/// `POST /api/hold`: go to a temperature and stay there for a time, or go on staying.
#[derive(Clone, Debug, PartialEq)]
pub enum HoldRequest {
    /// Go there and stay.
    Begin(ManualHold),
    /// Start the time of the running hold anew.
    Renew,
}

#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "HoldRequest", optional_fields = nullable), schemars(rename = "HoldRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct HoldDoc {
    /// The temperature; left out when the running hold is renewed.
    target_c: Option<f64>,
    /// How fast to get there: °C/h, or `full` for as fast as the kiln can; 100 °C/h when left out.
    #[cfg_attr(feature = "schema", ts(as = "Option<RateDoc>"))]
    rate_c_per_h: Option<RateDoc>,
    /// How long to stay.
    minutes: Option<f64>,
    /// Start the time of the running hold anew; nothing else may be given.
    renew: Option<bool>,
}

impl HoldRequest {
    /// Reads the request.
    ///
    /// # Errors
    /// The first place that does not fit.
    pub fn parse(body: &[u8]) -> Result<Self, Refusal> {
        let document = open(body)?;
        let HoldDoc { target_c, rate_c_per_h, minutes: time, renew } = document.read()?;
        if renew == Some(true) {
            let given = [("target_c", target_c.is_some()), ("rate_c_per_h", rate_c_per_h.is_some())];
            let other = given.into_iter().chain([("minutes", time.is_some())]).find(|(_, given)| *given);
            return other.map_or(Ok(Self::Renew), |(key, _)| Err(Why::Invalid).at(&document, key));
        }
        let target = target_c.ok_or(Why::Missing);
        let target = target.and_then(|target| celsius(target, limits::TARGET_LOWEST, limits::CEILING));
        let time = time.ok_or(Why::Missing).and_then(|time| minutes(time, limits::MANUAL_HOLD_LONGEST));
        Ok(Self::Begin(ManualHold {
            target: target.at(&document, "target_c")?,
            rate: rate(rate_c_per_h).at(&document, "rate_c_per_h")?,
            time: time.at(&document, "minutes")?,
        }))
    }

    /// What control is asked.
    pub const fn command(&self) -> Command {
        match self {
            Self::Begin(hold) => Command::Hold(*hold),
            Self::Renew => Command::RenewHold,
        }
    }
}

fn rate(given: Option<RateDoc>) -> Result<RampRate, Why> {
    let range = [limits::RATE_SLOWEST, limits::RATE_FASTEST].map(Quantity::Rate);
    let [least, most] = range;
    match given {
        None => Ok(RampRate::PerHour(profile::DEFAULT_RATE)),
        Some(RateDoc::Full) => Ok(RampRate::Full),
        Some(RateDoc::PerHour(rate)) => {
            let rate = between(rate, least, most)?;
            CelsiusPerHour::new(rate).map(RampRate::PerHour).ok_or(Why::NotFinite)
        }
    }
}

/// `PUT /api/run/steps`: other steps after the running one.
#[derive(Debug, Deserialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(rename = "StepsRequest", optional_fields = nullable), schemars(rename = "StepsRequest"))]
#[serde(deny_unknown_fields)]
pub(crate) struct StepsDoc<'d> {
    /// The unit of every temperature and rate in it; `c` when left out.
    #[serde(default)]
    #[cfg_attr(feature = "schema", ts(optional, as = "Option<TempUnits>"))]
    temp_units: TempUnits,
    /// The steps, in order.
    #[cfg_attr(feature = "schema", ts(as = "Vec<profile::StepDoc>"), schemars(with = "Vec<profile::StepDoc>"))]
    steps: Place,
    /// The id of the firing it is meant for; with another one running, nothing happens.
    #[serde(borrow)]
    expect_run: Option<Text<'d>>,
}

/// Reads `PUT /api/run/steps` as a profile that has the name of the running one, and the firing it is meant for.
///
/// # Errors
/// The first place that does not fit.
pub fn parse_steps(body: &[u8], running: Name) -> Result<(Profile, Option<RunId>), Refusal> {
    let document = crate::json::Document::open(body, profile::BYTES_MOST)?;
    let StepsDoc { temp_units, steps, expect_run } = document.read()?;
    let expect_run = expect_run.map(line).transpose().at(&document, "expect_run")?;
    Ok((profile::read_profile(&document, running, steps, temp_units)?, expect_run))
}
