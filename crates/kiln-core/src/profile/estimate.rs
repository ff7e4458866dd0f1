//! How long a profile should take, and how much of it is done.
//!
//! Nominal times: a kiln that keeps up with every ramp. What a given kiln can really do is the model's business.

use super::{Profile, RampRate, Step};
use crate::units::{Celsius, CelsiusPerHour};

/// The rate assumed for a ramp at full power when nothing is known of the kiln: a loaded pottery kiln's average.
pub const FULL_RATE: CelsiusPerHour = CelsiusPerHour::whole(300);

/// The rate assumed for a kiln cooling by itself. The reference controller's figure; a real kiln is faster when hot.
pub const PASSIVE_COOLING_RATE: CelsiusPerHour = CelsiusPerHour::whole(100);

/// Where a profile is assumed to start when nothing else is known, °C.
pub(super) const NOMINAL_START: Celsius = Celsius::whole(20);

impl Step {
    /// The nominal time of the step in seconds when the kiln is at `from` as it begins.
    ///
    /// A hold for a cone counts the longest it may last; a cooling step without a target counts nothing.
    pub fn nominal_seconds(&self, from: Celsius) -> f64 {
        let ramp = |target: Celsius, rate: CelsiusPerHour| (target - from).abs().get() / rate.get() * 3600.0;
        match self {
            Self::Hold { time, .. } => time.seconds(),
            Self::HoldCone { until, .. } => until.longest().seconds(),
            Self::Ramp { target, rate: RampRate::PerHour(rate), .. } => ramp(*target, *rate),
            Self::Ramp { target, rate: RampRate::Full, .. } if *target > from => ramp(*target, FULL_RATE),
            Self::Ramp { target, .. } | Self::Cool { target: Some(target) } => ramp(*target, PASSIVE_COOLING_RATE),
            Self::Cool { target: None } => 0.0,
        }
    }

    /// The nominal temperature at the end of the step when the kiln is at `from` as it begins.
    ///
    /// A hold is taken to be where the step before it ended.
    pub fn nominal_end(&self, from: Celsius) -> Celsius {
        match self {
            Self::Ramp { target, .. } | Self::Cool { target: Some(target) } => *target,
            Self::Hold { .. } | Self::HoldCone { .. } | Self::Cool { target: None } => from,
        }
    }
}

impl Profile {
    /// The nominal time of the whole profile in seconds from a kiln at `from`.
    ///
    /// Without `from` the kiln is taken to be at the first step's target already (20 °C if it has none), which is
    /// how the reference controller counts.
    pub fn nominal_seconds(&self, from: Option<Celsius>) -> f64 {
        let first = || self.step(0).and_then(Step::target).unwrap_or(NOMINAL_START);
        nominal_after(0.0, from.unwrap_or_else(first), self.steps())
    }
}

/// The nominal clock after `steps` when it shows `seconds` and the kiln is at `from` as the first of them begins.
pub(crate) fn nominal_after(seconds: f64, from: Celsius, steps: &[Step]) -> f64 {
    let (seconds, _) = steps
        .iter()
        .fold((seconds, from), |(seconds, at), step| (seconds + step.nominal_seconds(at), step.nominal_end(at)));
    seconds
}

/// How much of `duration` seconds is done after `elapsed` seconds, in percent; below 0 before the start, never
/// above 100. A profile of no length is done.
pub fn progress_percent(elapsed: f64, duration: f64) -> f64 {
    if duration > 0.0 { (elapsed / duration * 100.0).min(100.0) } else { 100.0 }
}
