//! The firing in the status document: its step, and why its clock stands still.

use super::{Around, RunView, rounded};
use crate::bounded::Label;
use kiln_core::cone::{Certainty, Cone, Reached};
use kiln_core::event::Waiting;
use kiln_core::firing::{self, RunKind};
use kiln_core::profile::{RampRate, Step};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis, WallClock};

/// The running step.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct StepView {
    /// Counted from 0.
    pub index: usize,
    /// How many steps there are.
    pub count: usize,
    /// What it does.
    pub kind: StepKindWord,
    /// The temperature it reaches or holds; null for a cooling without an end.
    pub target_c: Option<f64>,
    /// The temperature it started from.
    pub from_c: f64,
    /// Time of the schedule clock in the step.
    pub elapsed_s: f64,
    /// How long a hold lasts, at the longest where it waits for a cone; null for other steps.
    pub hold_s: Option<f64>,
    /// The cone that ends the hold by falling, as `04`; null for other steps.
    pub until_cone: Option<&'static str>,
    /// The rate asked for; null where none is: a hold, a cooling, a ramp as fast as the kiln can.
    pub rate_wanted_c_per_h: Option<f64>,
    /// The rate measured.
    pub rate_measured_c_per_h: f64,
}

/// How far the heat work of the firing has come, in cones.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct ConeView {
    /// The hardest cone that has fallen with all the softer ones, as `04`.
    pub reached: &'static str,
    /// The share of the way to the next one.
    pub beyond_percent: f64,
    /// The next harder one; null past the hardest.
    pub next: Option<&'static str>,
    /// Whether it is an estimate: the figures of the cone were not verified, or the firing is beyond their rates.
    pub estimate: bool,
}

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "each is the type of step of a profile document")]
pub enum StepKindWord {
    Ramp,
    Hold,
    Cooling,
}

/// What kind of firing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum RunKindWord {
    /// A profile.
    Profile,
    /// A hold set by hand.
    Manual,
    /// What a hold or a pause that nobody renewed has fallen back to.
    Bank,
}

/// Why the schedule clock stands still.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
pub struct WaitingView {
    /// Why.
    pub why: WaitingWord,
    /// For how long; null where it is not known.
    pub for_s: Option<f64>,
    /// Since when, in epoch milliseconds; null where it is not known.
    pub since_ms: Option<u64>,
}

/// Why the schedule clock stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[cfg_attr(feature = "schema", derive(ts_rs::TS, schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum WaitingWord {
    /// The kiln is behind with all the power or cooling there is.
    Behind,
    /// The kiln has not reached the temperature the step ends at or holds.
    Arriving,
    /// The kiln is being brought back to where an outage found it.
    Reheating,
    /// Someone paused the firing.
    Paused,
    /// Heat is withheld by a fault that has not latched.
    HeatWithheld,
}

impl From<Waiting> for WaitingWord {
    fn from(waiting: Waiting) -> Self {
        match waiting {
            Waiting::Behind => Self::Behind,
            Waiting::Arriving => Self::Arriving,
            Waiting::Reheating => Self::Reheating,
            Waiting::Paused => Self::Paused,
            Waiting::HeatWithheld => Self::HeatWithheld,
        }
    }
}

impl From<RunKind> for RunKindWord {
    fn from(kind: RunKind) -> Self {
        match kind {
            RunKind::Profile => Self::Profile,
            RunKind::Manual => Self::Manual,
            RunKind::Bank => Self::Bank,
        }
    }
}

/// The firing as the document shows it.
pub(super) fn view(run: &firing::RunView, around: &Around) -> RunView {
    RunView {
        id: around.run.clone(),
        profile: Label::cut(run.name.as_str()),
        kind: run.kind.into(),
        elapsed_s: rounded(run.elapsed.seconds(), 1),
        remaining_s: rounded(run.remaining, 0),
        progress_percent: rounded(run.progress, 1),
        step: step(run),
        waiting: run.waiting.map(|why| waiting(why, around)),
        reheating_to_c: run.reheating.map(|to| rounded(to.get(), 2)),
        cone: run.reached.as_ref().map(reached),
        energy_kwh: around.energy_kwh.map(|energy| rounded(energy, 3)),
        cost: around.cost.map(|cost| rounded(cost, 2)),
    }
}

fn reached(reached: &Reached) -> ConeView {
    ConeView {
        reached: reached.cone.name(),
        beyond_percent: rounded(reached.beyond * 100.0, 0),
        next: reached.cone.next().map(Cone::name),
        estimate: reached.certainty == Certainty::Estimate,
    }
}

fn waiting(why: Waiting, around: &Around) -> WaitingView {
    let before = |wall: WallClock, time: Millis| wall.unix_millis().checked_sub(time.get());
    WaitingView {
        why: why.into(),
        for_s: around.waiting_for.map(|time| rounded(time.seconds(), 0)),
        since_ms: around.wall.zip(around.waiting_for).and_then(|(wall, time)| before(wall, time)),
    }
}

fn step(run: &firing::RunView) -> StepView {
    let (kind, hold, rate) = match run.in_force {
        Step::Ramp { rate: RampRate::PerHour(rate), .. } => (StepKindWord::Ramp, None, Some(rate)),
        Step::Ramp { rate: RampRate::Full, .. } => (StepKindWord::Ramp, None, None),
        Step::Hold { time, .. } => (StepKindWord::Hold, Some(time), None),
        Step::HoldCone { until, .. } => (StepKindWord::Hold, Some(until.longest()), None),
        Step::Cool { .. } => (StepKindWord::Cooling, None, None),
    };
    StepView {
        index: run.step,
        count: run.steps,
        kind,
        target_c: run.in_force.target().map(Celsius::get),
        from_c: rounded(run.step_from.get(), 2),
        elapsed_s: rounded(run.step_elapsed, 1),
        hold_s: hold.map(Millis::seconds),
        until_cone: match run.in_force {
            Step::HoldCone { until, .. } => Some(until.cone().name()),
            Step::Ramp { .. } | Step::Hold { .. } | Step::Cool { .. } => None,
        },
        rate_wanted_c_per_h: rate.map(CelsiusPerHour::get).map(|rate| rounded(rate, 1)),
        rate_measured_c_per_h: rounded(run.measured.get(), 1),
    }
}
