//! Whether a step is over, and what the next one starts from.

use super::rules::Arrival;
use crate::profile::{RampRate, Step};
use crate::units::{Celsius, Kelvin};

/// What is known of a step at a moment.
#[derive(Clone, Copy, Debug)]
pub struct InStep {
    /// The step.
    pub step: Step,
    /// The temperature it started from.
    pub from: Celsius,
    /// Seconds of the schedule clock since it started.
    pub seconds: f64,
    /// The reading.
    pub at: Celsius,
}

impl InStep {
    /// Whether the step moves the kiln up; a hold and a cooling step do not.
    pub fn climbs(&self) -> bool {
        matches!(self.step, Step::Ramp { target, .. } if target > self.from)
    }

    /// Whether the reading is at `target` or beyond it, seen from where the step started, give or take `band`.
    pub fn arrived_at(&self, target: Celsius, band: Kelvin) -> bool {
        if target > self.from { self.at >= target - band } else { self.at <= target + band }
    }

    /// Whether the step is over when each ends at a crossing of its target or the end of its time.
    pub fn crossed(&self) -> bool {
        match self.step {
            Step::Hold { time, .. } => self.seconds >= time.seconds(),
            Step::Ramp { target, .. } => self.arrived_at(target, Kelvin::ZERO),
            Step::Cool { target: Some(target) } => self.at <= target,
            Step::Cool { target: None } => false,
        }
    }

    /// Whether the step is over.
    ///
    /// `setpoint` is what it asked for last; `next` the step after it; `open_cooling_ends` the temperature at which
    /// a cooling step without a target ends.
    pub fn is_over(
        &self,
        arrival: Arrival,
        setpoint: Option<Celsius>,
        next: Option<&Step>,
        open_cooling_ends: Option<Celsius>,
    ) -> bool {
        match (self.step, arrival) {
            (Step::Cool { target: None }, _) => open_cooling_ends.is_some_and(|end| self.at <= end),
            (Step::Ramp { target, rate: RampRate::PerHour(_), .. }, Arrival::Band(band)) => {
                setpoint == Some(target) && (self.leads_on(target, next) || self.arrived_at(target, band))
            }
            (Step::Ramp { target, rate: RampRate::Full, .. }, Arrival::Band(band)) => self.arrived_at(target, band),
            (Step::Hold { .. } | Step::Cool { .. }, Arrival::Band(_)) | (_, Arrival::Crossing) => self.crossed(),
        }
    }

    /// Whether the next step is a ramp that goes on in the direction of this one.
    fn leads_on(&self, target: Celsius, next: Option<&Step>) -> bool {
        match next {
            Some(Step::Ramp { target: beyond, rate: RampRate::PerHour(_), .. }) if self.climbs() => *beyond > target,
            Some(Step::Ramp { target: beyond, rate: RampRate::PerHour(_), .. }) => *beyond < target,
            _ => false,
        }
    }
}

/// What the next step starts from: the reading, or the set-point where the reading is close to it.
pub(super) fn next_from(arrival: Arrival, setpoint: Option<Celsius>, at: Celsius, close: Kelvin) -> Celsius {
    match (arrival, setpoint) {
        (Arrival::Band(_), Some(setpoint)) if (setpoint - at).abs() <= close => setpoint,
        (Arrival::Band(_) | Arrival::Crossing, _) => at,
    }
}
