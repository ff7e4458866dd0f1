//! What happens when the kiln cannot keep up: wait, adapt, or say that it stands still.
//!
//! In this order each tick: the schedule clock waits, bounded and with a visible reason; then a ramp gets a slower
//! rate; a fault comes only below a minimum the profile names, or when the kiln stands still. Pure judges over
//! figures: who asked for what, and why, is not known here.

use super::rules::{AdaptRule, DefaultMinimum, StallRule, WaitRule};
use super::step_end::InStep;
use crate::fault::Fault;
use crate::profile::{RampRate, Step};
use crate::units::{Celsius, CelsiusPerHour, Duty, Millis};

/// Whether the schedule clock waits: the kiln is behind with all it has, and the step has waiting left.
///
/// Behind is toward the step's target: a climbing or holding kiln too cold at full power, a descending one too hot
/// with no power.
pub(super) fn waits(rule: &WaitRule, step: &InStep, setpoint: Celsius, duty: Duty, waited: Millis) -> bool {
    if waited >= rule.longest {
        return false;
    }
    let too_cold = setpoint - step.at > rule.behind && duty.percent() >= rule.saturated_percent;
    let too_hot = step.at - setpoint > rule.behind && duty.percent() <= 100.0 - rule.saturated_percent;
    match step.step {
        Step::Ramp { rate: RampRate::PerHour(_), .. } if step.climbs() => too_cold,
        Step::Ramp { rate: RampRate::PerHour(_), .. } => too_hot,
        // Too hot for a hold that was reached from below is time at temperature all the same.
        Step::Hold { target, .. } | Step::HoldCone { target, .. } if step.from > target => too_hot,
        Step::Hold { .. } | Step::HoldCone { .. } => too_cold,
        Step::Ramp { rate: RampRate::Full, .. } | Step::Cool { .. } => false,
    }
}

/// What the judges know of the running step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Progress {
    /// The step and where the kiln is in it.
    pub step: InStep,
    /// The set-point asked for last.
    pub setpoint: Celsius,
    /// The output asked for last.
    pub duty: Duty,
    /// The rate in force, for a ramp that has one.
    pub wanted: Option<CelsiusPerHour>,
    /// The measured rate.
    pub measured: CelsiusPerHour,
    /// Whether the history covers the whole window of the measured rate.
    pub covered: bool,
    /// Time in the step.
    pub in_step: f64,
}

/// Whether a climbing ramp is too fast for the kiln at this moment, with everything the kiln has.
pub(super) fn overtaxed(rule: &AdaptRule, seen: &Progress) -> bool {
    let short = seen.duty.percent() >= rule.output_percent && seen.setpoint - seen.step.at > rule.behind;
    let slow = seen.wanted.is_some_and(|wanted| seen.measured < wanted.share(rule.below_share));
    seen.step.climbs() && seen.covered && short && slow
}

/// The slower rate such a ramp should go on with, if it is time for one.
///
/// `since` is the time since the last change and `lasted` how long the ramp has been too fast without a break. A kiln
/// that hardly climbs gets no slower rate: it stands still, and that is for the stall rule to say.
pub(super) fn adapted(rule: &AdaptRule, seen: &Progress, since: f64, lasted: Millis) -> Option<CelsiusPerHour> {
    let due = seen.in_step >= rule.after.seconds() && since >= rule.every.seconds() && lasted >= rule.lasting;
    let rate = seen.measured.share(rule.new_share);
    (due && rate >= crate::limits::RATE_ADAPTED_SLOWEST).then_some(rate)
}

/// The fault of a kiln that is slower than it may be, if this judgement finds one.
///
/// The rate that counts is the one toward the step's target, over a full window, and only while the kiln is behind
/// what is asked for: one that is ahead is slow because it is held back. A blind rule takes the size of the rate alone,
/// whatever the history covers.
pub(super) fn too_slow(rule: &StallRule, seen: &Progress) -> Option<Fault> {
    let (named, target) = match seen.step.step {
        Step::Ramp { min_rate, target, .. } => (min_rate, target),
        Step::Hold { target, .. } | Step::HoldCone { target, .. } => (None, target),
        Step::Cool { .. } => return None,
    };
    let up = match seen.step.step {
        Step::Ramp { .. } => seen.step.climbs(),
        Step::Hold { .. } | Step::HoldCone { .. } | Step::Cool { .. } => target > seen.step.at,
    };
    let behind = if up { seen.setpoint > seen.step.at } else { seen.setpoint < seen.step.at };
    let measured = match (rule.blind, up) {
        (true, _) => seen.measured.abs(),
        (false, _) if !(seen.covered && behind) => return None,
        (false, true) => seen.measured,
        (false, false) => -seen.measured,
    };
    let below = |minimum: CelsiusPerHour| {
        let counts = minimum > CelsiusPerHour::ZERO && measured < minimum;
        counts.then_some(Fault::BelowMinimumRate { measured, minimum })
    };
    let stands_still = |floor: CelsiusPerHour| {
        let half = seen.wanted.map(|wanted| wanted.share(0.5)).filter(|half| *half < floor);
        let floor = half.unwrap_or(floor);
        (measured < floor).then_some(Fault::Stalled { measured, floor })
    };
    match (named, rule.default_minimum) {
        (Some(minimum), DefaultMinimum::Share(_)) => below(minimum),
        (Some(minimum), DefaultMinimum::Floor(floor)) => below(minimum).or_else(|| stands_still(floor)),
        (None, DefaultMinimum::Share(share)) => below(seen.wanted?.share(share)),
        (None, DefaultMinimum::Floor(floor)) => stands_still(floor),
    }
}
