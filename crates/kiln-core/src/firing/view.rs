//! What a firing shows of itself.

use super::rules::Rules;
use super::run::{Run, RunKind};
use crate::cone::Reached;
use crate::event::Waiting;
use crate::profile::estimate::{nominal_after, progress_percent};
use crate::profile::{Name, RampRate, Step};
use crate::units::{Celsius, CelsiusPerHour, Millis};

/// A running or ended firing as status shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RunView {
    /// The profile's name.
    pub name: Name,
    /// What kind of firing it is.
    pub kind: RunKind,
    /// The step, counted from 0.
    pub step: usize,
    /// How many steps there are.
    pub steps: usize,
    /// The running step as it is in force, with a changed rate if it has one.
    pub in_force: Step,
    /// The temperature the step started from.
    pub step_from: Celsius,
    /// Where on the schedule clock the step started, in seconds.
    pub step_start: f64,
    /// Time of the schedule clock in the step, in seconds.
    pub step_elapsed: f64,
    /// The schedule clock.
    pub elapsed: Millis,
    /// Nominal time left, in seconds, for a kiln that keeps up from here.
    pub remaining: f64,
    /// How much is done, in percent of elapsed and remaining time.
    pub progress: f64,
    /// The measured rate.
    pub measured: CelsiusPerHour,
    /// Samples in the rate history.
    pub history: usize,
    /// Why the schedule clock stands still, if it does.
    pub waiting: Option<Waiting>,
    /// The temperature a reheat returns to, while there is one.
    pub reheating: Option<Celsius>,
    /// Judgements in a row that found the kiln too slow.
    pub stall_fails: u32,
    /// How far the heat work has come, in cones; at most ten seconds old. `None` before the softest cone has fallen.
    pub reached: Option<Reached>,
}

impl Run {
    /// What the firing shows, with the kiln at `at`.
    pub fn view(&self, rules: &Rules, at: Option<Celsius>) -> RunView {
        let elapsed = self.clock.seconds();
        let remaining = self.remaining(at);
        RunView {
            name: *self.profile.name(),
            kind: self.kind,
            step: self.step.index,
            steps: self.profile.steps().len(),
            in_force: self.step_in_force(),
            step_from: self.step.from,
            step_start: self.step.start,
            step_elapsed: self.step_seconds(),
            elapsed: self.clock,
            remaining,
            progress: progress_percent(elapsed, elapsed + remaining),
            measured: self.history.rate(rules.rate_window),
            history: self.history.len(),
            waiting: self.waiting,
            reheating: self.reheat.map(|(reheat, _)| reheat.target),
            stall_fails: self.step.stall_fails,
            reached: self.ware.reached(),
        }
    }

    /// Nominal seconds left: what the running step still needs from its set-point, and the steps after it.
    fn remaining(&self, at: Option<Celsius>) -> f64 {
        let here = self.target.or(at).unwrap_or(self.step.from);
        let running = self.step_in_force();
        let left = match running {
            Step::Hold { time, .. } => (time.seconds() - self.step_seconds()).max(0.0),
            Step::HoldCone { target, until } => {
                let bound = (until.longest().seconds() - self.step_seconds()).max(0.0);
                self.ware
                    .work()
                    .time_left(until.cone(), at.unwrap_or(target))
                    .map_or(bound, |left| left.seconds().min(bound))
            }
            Step::Ramp { rate: RampRate::PerHour(_), .. } => running.nominal_seconds(here),
            Step::Ramp { rate: RampRate::Full, .. } | Step::Cool { .. } => running.nominal_seconds(at.unwrap_or(here)),
        };
        let coming = self.profile.steps().get(self.step.index + 1..).unwrap_or_default();
        nominal_after(left, running.target().unwrap_or(here), coming)
    }
}
