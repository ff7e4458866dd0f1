//! Where a firing that was cut off goes on.

use super::rules::{Reheat, Rules};
use crate::command::ResumePoint;
use crate::profile::{Profile, RampRate, Step};
use crate::units::{Celsius, CelsiusPerHour, Kelvin};

/// The place in the profile where a resumed run begins.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Entry {
    /// The step.
    pub index: usize,
    /// Where on the schedule clock the step started, in seconds.
    pub start: f64,
    /// The temperature the step counts from.
    pub from: Celsius,
    /// The reheat before the schedule goes on, if one is needed.
    pub reheat: Option<Reheating>,
}

/// A return to a temperature while the schedule clock stands still.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Reheating {
    /// The temperature to return to.
    pub target: Celsius,
    /// Where the kiln was when it began.
    pub from: Celsius,
    /// How fast.
    pub rate: RampRate,
}

/// The rate of a reheat into a hold that no ramp leads to.
const REHEAT_RATE: CelsiusPerHour = CelsiusPerHour::whole(100);

/// Finds the place. `at` is the kiln's temperature now, `None` when it is not known.
pub(super) fn entry(rules: &Rules, profile: &Profile, point: &ResumePoint, at: Option<Celsius>) -> Entry {
    match rules.reheat {
        Reheat::Jump { loss } => by_reference(profile, point, loss),
        Reheat::AtProfileRate => at_profile_rate(profile, point, at),
    }
}

/// Keeps the located time and start temperature even when the step is given, and jumps back to the last temperature.
fn by_reference(profile: &Profile, point: &ResumePoint, loss: Kelvin) -> Entry {
    let located = profile.locate(point.elapsed.seconds());
    let index = point.step.unwrap_or(located.index).min(profile.steps().len() - 1);
    let mut from = located.from;
    let step = profile.step(index);
    if let (Some(Step::Ramp { target, rate: RampRate::PerHour(rate), .. }), Some(last)) = (step, point.temperature)
        && located.seconds > 0.0
        && let Some(moved) = Kelvin::new(rate.get() * located.seconds / 3600.0)
    {
        from = if *target > last { last - moved } else { last + moved };
    }
    let cools = match step {
        Some(Step::Cool { .. }) => true,
        Some(Step::Ramp { target, .. }) => *target < from,
        Some(Step::Hold { .. } | Step::HoldCone { .. }) | None => false,
    };
    let reheat = match (point.temperature, point.found) {
        (Some(last), Some(at)) if last - at > loss && !cools => {
            Some(Reheating { target: last, from: at, rate: RampRate::Full })
        }
        _ => None,
    };
    Entry { index, start: point.elapsed.seconds() - located.seconds, from, reheat }
}

/// A ramp starts anew from where the kiln is; a hold keeps what is left of it after a reheat at the rate of the ramp
/// that led to it. Step and clock belong together: time in a step is taken from the clock only when the clock agrees
/// about the step, else the step counts from its start.
fn at_profile_rate(profile: &Profile, point: &ResumePoint, at: Option<Celsius>) -> Entry {
    let elapsed = point.elapsed.seconds();
    let located = profile.locate(elapsed);
    let index = point.step.unwrap_or(located.index).min(profile.steps().len() - 1);
    let from = at.or(point.found).or(point.temperature).unwrap_or(located.from);
    match profile.step(index) {
        Some(Step::Hold { target, .. } | Step::HoldCone { target, .. }) => {
            let in_step = if index == located.index { located.seconds.max(0.0) } else { 0.0 };
            let lost = at.is_some_and(|at| at < *target - super::rules::REHEATED_WITHIN);
            let reheat = lost.then(|| Reheating { target: *target, from, rate: rate_into(profile, index) });
            Entry { index, start: elapsed - in_step, from: *target, reheat }
        }
        Some(Step::Ramp { .. } | Step::Cool { .. }) | None => Entry { index, start: elapsed, from, reheat: None },
    }
}

/// The rate of the ramp that leads to the step at `index`.
fn rate_into(profile: &Profile, index: usize) -> RampRate {
    let before = profile.steps().get(..index).unwrap_or(&[]);
    let last_ramp = before.iter().rev().find_map(|step| match step {
        Step::Ramp { rate, .. } => Some(*rate),
        Step::Hold { .. } | Step::HoldCone { .. } | Step::Cool { .. } => None,
    });
    last_ramp.unwrap_or(RampRate::PerHour(REHEAT_RATE))
}
