//! What a self-test of the outputs found.

use crate::ask::SelfTestWhat;
use crate::bounded::List;

/// `GET /api/selftest`, and the answer to starting one.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct SelfTestResult {
    /// What was tried; null before the first test.
    pub what: Option<SelfTestWhat>,
    /// How it went.
    pub state: SelfTestState,
    /// When, in epoch milliseconds; null where the time of day was not known.
    pub at_ms: Option<u64>,
    /// The relays whose pin did not follow, counted from 0.
    pub relays_wrong: List<u8, { kiln_core::limits::RELAYS_MOST }>,
    /// The rise that full power made; null unless elements were tried.
    pub rise_k: Option<f64>,
    /// The rate of the rise.
    pub rate_c_per_h: Option<f64>,
}

/// How a self-test went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SelfTestState {
    /// None has been made.
    None,
    /// It goes on.
    Running,
    /// Everything was as it should be.
    Passed,
    /// Something was not.
    Failed,
}
