//! A tuning run in the status document.

use super::{FaultView, rounded};
use kiln_core::tune::{Goal, Stage, View};
use kiln_core::units::Celsius;

/// A tuning run.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct TuningView {
    /// Where it is.
    pub stage: TuningStage,
    /// Why it failed.
    pub fault: Option<FaultView>,
    /// The step, counted from 0; the number of steps once it is over.
    pub step: usize,
    /// How many steps there are.
    pub steps: usize,
    /// The name of the step.
    pub step_name: &'static str,
    /// How long the step has been going on.
    pub step_elapsed_s: f64,
    /// How long the step may last.
    pub step_longest_s: f64,
    /// The temperature the step tries to get to; null where it is not a temperature.
    pub goal_c: Option<f64>,
    /// Whether the step has found a plateau.
    pub plateau: bool,
    /// The highest temperature of the step.
    pub peak_c: Option<f64>,
    /// The temperature above which the run fails.
    pub cap_c: f64,
}

/// Where a tuning run is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum TuningStage {
    /// It goes on.
    Running,
    /// It has come to its end.
    Finished,
    /// It has failed.
    Failed,
}

impl From<&View> for TuningView {
    fn from(view: &View) -> Self {
        let (stage, fault) = match view.stage {
            Stage::Running => (TuningStage::Running, None),
            Stage::Finished => (TuningStage::Finished, None),
            Stage::Failed(fault) => (TuningStage::Failed, Some(FaultView(fault))),
        };
        let goal = match view.goal {
            Some(Goal::Reach(target)) => Some(target.get()),
            Some(Goal::Drop(_)) | None => None,
        };
        Self {
            stage,
            fault,
            step: view.index,
            steps: view.count,
            step_name: view.step.label,
            step_elapsed_s: rounded(view.elapsed.seconds(), 1),
            step_longest_s: view.step.longest.seconds(),
            goal_c: goal,
            plateau: view.plateau,
            peak_c: view.peak.map(Celsius::get).map(|peak| rounded(peak, 2)),
            cap_c: view.cap.get(),
        }
    }
}
