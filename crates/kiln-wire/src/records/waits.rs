//! Starts that wait, a tuning run, a firing that was cut off, the time of day: short answers.

use crate::bounded::List;
use crate::status::{RecoveryView, RunId, ScheduledView, TuningView};
use kiln_core::limits;

/// `GET /api/schedule`.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ScheduleAnswer {
    /// The starts that wait, the next one first.
    pub scheduled: List<ScheduledView, { limits::SCHEDULED_MOST }>,
}

/// `GET /api/tuning`.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TuningAnswer {
    /// The tuning that is running; null when none is.
    pub tuning: Option<TuningView>,
    /// The id of the log of the last one; null when there is none.
    pub run: Option<RunId>,
}

/// `GET /api/recovery`.
#[derive(Clone, Debug, PartialEq, Default, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct RecoveryAnswer {
    /// The firing that was cut off and waits for an answer; null when none does.
    pub recovery: Option<RecoveryView>,
}

/// `POST /api/time`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TimeAnswer {
    /// The time of day from here on, in epoch milliseconds.
    pub wall_ms: u64,
    /// Whether what was told is in force; a time server outranks it.
    pub accepted: bool,
}
