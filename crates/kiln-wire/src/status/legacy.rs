//! `GET /api/state`: the product's documented keys, for what was written for it.
//!
//! Rounded as the reference controller rounds: temperatures and shares to 2 places, times to 1. What is not known is
//! null, never a zero that could be taken for a reading.

use super::rounded;
use crate::bounded::Label;
use crate::log::State;
use kiln_core::regulate::PidTerms;
use kiln_core::snapshot::Snapshot;
use kiln_core::units::WallClock;

/// The product's state document.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct LegacyState {
    /// Unix time in seconds; null while the time of day is not known.
    pub timestamp: Option<u64>,
    /// `IDLE`, `RUNNING`, `TUNING`, `COMPLETE` or `ERROR`.
    pub state: &'static str,
    /// °C.
    pub current_temp: Option<f64>,
    /// °C; 0 when nothing is asked for.
    pub target_temp: f64,
    /// The power asked for, percent.
    pub ssr_output: f64,
    /// Whether any heating relay is energised, as seen at its pin.
    pub ssr_is_on: bool,
    /// The power that the running relay window serves, percent.
    pub ssr_duty_cycle: f64,
    /// The schedule clock of a firing, seconds; the time in the step of a tuning run.
    pub elapsed: f64,
    /// Nominal time left, seconds.
    pub remaining: f64,
    /// How much is done, percent.
    pub progress: f64,
    /// The name of the profile; null without a firing.
    pub profile_name: Option<Label<64>>,
    /// What the latched fault means; null without one.
    pub error: Option<&'static str>,
    /// The regulator; null at rest.
    pub pid_stats: Option<PidStats>,
}

/// The regulator's latest answer.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct PidStats {
    /// Target less temperature, °C.
    pub error: f64,
    /// Proportional part, percent.
    pub p: f64,
    /// Integral part, percent.
    pub i: f64,
    /// Derivative part, percent.
    pub d: f64,
    /// The accumulated error, °C·s.
    pub integral: f64,
    /// The sum held to 0 to 100, percent.
    pub output: f64,
    /// Time since the answer before, seconds.
    pub dt: f64,
}

impl From<&PidTerms> for PidStats {
    fn from(terms: &PidTerms) -> Self {
        Self {
            error: rounded(terms.error, 2),
            p: rounded(terms.p, 2),
            i: rounded(terms.i, 2),
            d: rounded(terms.d, 2),
            integral: rounded(terms.integral, 2),
            output: rounded(terms.output, 2),
            dt: rounded(terms.dt, 3),
        }
    }
}

impl LegacyState {
    /// The document of one picture.
    pub fn of(picture: &Snapshot, wall: Option<WallClock>) -> Self {
        let run = picture.run.as_ref();
        let tuning = picture.tuning.as_ref();
        let elapsed = run.map(|run| run.elapsed).or(tuning.map(|tuning| tuning.elapsed));
        Self {
            timestamp: wall.map(WallClock::unix_seconds),
            state: State::from(picture.phase).word(),
            current_temp: picture.reading.map(|reading| rounded(reading.temperature.get(), 2)),
            target_temp: picture.target.map_or(0.0, |target| rounded(target.get(), 2)),
            ssr_output: rounded(picture.duty.percent(), 2),
            ssr_is_on: picture.relays.any(),
            ssr_duty_cycle: rounded(picture.window.percent(), 2),
            elapsed: elapsed.map_or(0.0, |elapsed| rounded(elapsed.seconds(), 1)),
            remaining: run.map_or(0.0, |run| rounded(run.remaining, 1)),
            progress: run.map_or(0.0, |run| rounded(run.progress, 1)),
            profile_name: run.map(|run| Label::cut(run.name.as_str())),
            error: picture.fault.map(|fault| fault.kind().meaning()),
            pid_stats: picture.terms.as_ref().map(PidStats::from),
        }
    }
}
