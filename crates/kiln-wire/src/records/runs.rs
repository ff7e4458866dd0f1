//! Firings that were recorded: as a list, as a report, as rows.

use crate::ask::{CONE_RESULT_LONGEST, NOTES_LONGEST};
use crate::bounded::Label;
use crate::status::{FaultKindView, ProfileName, RunId};

/// `GET /api/runs`.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(concrete(L = crate::bounded::List<RunEntry, 64>)))]
pub struct RunList<L> {
    /// The firings and tuning runs, newest first.
    #[cfg_attr(feature = "schema", ts(as = "Vec<RunEntry>"), schemars(with = "Vec<RunEntry>"))]
    pub runs: L,
}

/// A firing or tuning run.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RunEntry {
    /// Its id, which is its place under `/api/runs/`.
    pub id: RunId,
    /// The name of the profile; null for a tuning run.
    pub profile: Option<ProfileName>,
    /// When it began, in epoch milliseconds; null where the time of day was not known.
    pub started_ms: Option<u64>,
    /// When it ended; null while it goes on, and where the time of day was not known.
    pub ended_ms: Option<u64>,
    /// How it ended.
    pub end: EndWord,
    /// The fault that ended it, without its figures; null without one.
    pub fault: Option<FaultKindView>,
    /// How long it took.
    pub elapsed_s: f64,
    /// The hottest reading.
    pub peak_c: Option<f64>,
    /// Energy; null where the power of the elements was not set.
    pub energy_kwh: Option<f64>,
    /// What it cost; null where no price was set.
    pub cost: Option<f64>,
    /// What was noted about it.
    pub notes: Label<NOTES_LONGEST>,
    /// What the witness cones said.
    pub cone_result: Label<CONE_RESULT_LONGEST>,
    /// The size of its log.
    pub bytes: u32,
}

/// How a firing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum EndWord {
    /// It goes on.
    Running,
    /// It came to its end.
    Completed,
    /// Somebody ended it.
    Stopped,
    /// A fault ended it.
    Fault,
    /// The power went, and it has not gone on.
    Interrupted,
}

/// `GET /api/runs/{id}/report`: a firing and what can be said of it.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RunReport {
    /// The firing.
    pub run: RunEntry,
    /// What can be said of it; null where its log has too few rows.
    pub figures: Option<RunFigures>,
}

/// What can be said of a firing, from its log.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RunFigures {
    /// Rows it rests on.
    pub rows: u32,
    /// The most that the kiln was above its target.
    pub overshoot_k: f64,
    /// The most that it was below.
    pub lag_k: f64,
    /// The mean distance from the target.
    pub mean_distance_k: f64,
    /// The share of the time within 5 K of the target.
    pub within_5_k_percent: f64,
    /// The mean power.
    pub mean_output_percent: f64,
    /// The steepest rise over ten minutes.
    pub fastest_c_per_h: f64,
    /// How often it went on after a cut.
    pub recoveries: u32,
}

/// `GET /api/runs/{id}/json`: the rows of a log.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[cfg_attr(feature = "schema", ts(concrete(L = crate::bounded::List<super::Point, 64>)))]
pub struct RunRows<L> {
    /// The id of the firing.
    pub id: RunId,
    /// The rows, oldest first.
    #[cfg_attr(feature = "schema", ts(as = "Vec<super::Point>"), schemars(with = "Vec<super::Point>"))]
    pub points: L,
}
