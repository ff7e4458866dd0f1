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

/// What ends a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EndsBy {
    /// The schedule clock.
    Clock,
    /// The reading.
    Reading,
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

    /// Whether the step is over, and if so by what.
    ///
    /// `setpoint` is what it asked for last; `next` the step after it; `open_cooling_ends` the temperature at which
    /// a cooling step without a target ends.
    pub fn end(
        &self,
        arrival: Arrival,
        setpoint: Option<Celsius>,
        next: Option<&Step>,
        open_cooling_ends: Option<Celsius>,
    ) -> Option<EndsBy> {
        let by_reading = |there: bool| there.then_some(EndsBy::Reading);
        match (self.step, arrival) {
            (Step::Hold { time, .. }, _) => (self.seconds >= time.seconds()).then_some(EndsBy::Clock),
            // The heat work ends it, which is not known here.
            (Step::HoldCone { .. }, _) => None,
            (Step::Cool { target }, _) => by_reading(target.or(open_cooling_ends).is_some_and(|end| self.at <= end)),
            (Step::Ramp { target, .. }, Arrival::Crossing) => by_reading(self.arrived_at(target, Kelvin::ZERO)),
            (Step::Ramp { target, rate: RampRate::Full, .. }, Arrival::Band(band)) => {
                by_reading(self.arrived_at(target, band))
            }
            (Step::Ramp { target, rate: RampRate::PerHour(_), .. }, Arrival::Band(band)) => {
                if setpoint != Some(target) {
                    None
                } else if self.leads_on(target, next) {
                    Some(EndsBy::Clock)
                } else {
                    by_reading(self.arrived_at(target, band))
                }
            }
        }
    }

    /// Whether the next step is a ramp that goes on in the direction of this one.
    pub fn leads_on(&self, target: Celsius, next: Option<&Step>) -> bool {
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
