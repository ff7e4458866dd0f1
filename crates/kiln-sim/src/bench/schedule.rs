//! The schedules of the benchmark, and how a schedule of segments becomes a profile.
//!
//! A segment is a ramp to a temperature at a rate, a hold, or a move as fast as the kiln can.

use std::collections::BTreeMap;

use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis};
use serde::Deserialize;

/// The schedules that come with the program, by name.
const BUILT_IN: &str = include_str!("../../data/schedules.json");
/// What a schedule is called in its profile when nobody says.
const NAME: &str = "schedule";

/// A row of segments.
#[derive(Clone, Debug, Deserialize)]
pub struct Schedule {
    /// The segments, in order.
    pub segments: Vec<Segment>,
}

/// A segment of a schedule: exactly one of `ramp` (with `rate`), `hold` and `asap`.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Target of a ramp, °C.
    pub ramp: Option<f64>,
    /// Its rate, °C/h.
    pub rate: Option<f64>,
    /// Minutes of a hold.
    pub hold: Option<f64>,
    /// Target of a move at full rate, °C.
    pub asap: Option<f64>,
}

impl Schedule {
    /// A schedule of the benchmark.
    ///
    /// # Errors
    /// There is none of that name, or the data of the program is damaged.
    pub fn built_in(name: &str) -> Result<Self, String> {
        let mut all: BTreeMap<String, serde_json::Value> =
            serde_json::from_str(BUILT_IN).map_err(|error| format!("data/schedules.json: {error}"))?;
        let one = all.remove(name).ok_or_else(|| format!("no schedule is called {name:?}"))?;
        serde_json::from_value(one).map_err(|error| format!("data/schedules.json, {name}: {error}"))
    }

    /// The same as a profile for a kiln that is at `start`; a hold is at the target before it.
    ///
    /// # Errors
    /// The segment no profile can hold, and why.
    pub fn profile(&self, start: Celsius) -> Result<Profile, String> {
        let mut at = start;
        let mut steps = Vec::new();
        for (index, segment) in self.segments.iter().enumerate() {
            let step = segment.step(at).map_err(|what| format!("segments[{index}]: {what}"))?;
            at = step.target().unwrap_or(at);
            steps.push(step);
        }
        let name = Name::new(NAME).ok_or("the name is no name")?;
        Profile::new(name, &steps).map_err(|error| match error.step {
            Some(index) => format!("segments[{index}]: {:?} {:?}", error.field, error.why),
            None => format!("segments: {:?}", error.why),
        })
    }
}

impl Segment {
    fn step(self, at: Celsius) -> Result<Step, &'static str> {
        match self {
            Self { ramp: Some(target), rate: Some(rate), hold: None, asap: None } => Ok(Step::Ramp {
                target: Celsius::new(target).ok_or("ramp is no temperature")?,
                rate: RampRate::PerHour(CelsiusPerHour::new(rate).ok_or("rate is no rate")?),
                min_rate: None,
            }),
            Self { hold: Some(minutes), ramp: None, rate: None, asap: None } => {
                Ok(Step::Hold { target: at, time: Millis::from_seconds_f64(minutes * 60.0).ok_or("hold is no time")? })
            }
            Self { asap: Some(target), ramp: None, rate: None, hold: None } => Ok(Step::Ramp {
                target: Celsius::new(target).ok_or("asap is no temperature")?,
                rate: RampRate::Full,
                min_rate: None,
            }),
            Self { .. } => Err("expected ramp and rate, or hold, or asap"),
        }
    }
}
