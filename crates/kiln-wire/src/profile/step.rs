//! Makes sense of a step: from the flat document form to the step the kiln fires, and back.
//!
//! Ranges are kiln-core's; here their refusals get the names of the document's keys.

use super::doc::{ConeDoc, RateDoc, StepDoc, StepType, TempUnits};
use crate::figure::Quantity;
use crate::why::Why;
use kiln_core::cone::HoldUntil;
use kiln_core::limits;
use kiln_core::profile::{Field, ProfileError, RampRate, Step, Why as CoreWhy};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis};

/// The rate of a ramp that names none: the reference controller's figure.
pub const DEFAULT_RATE: CelsiusPerHour = CelsiusPerHour::whole(100);

/// A key of a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKey {
    /// `target_temp`
    TargetTemp,
    /// `desired_rate`
    DesiredRate,
    /// `min_rate`
    MinRate,
    /// `duration`
    Duration,
    /// `until_cone`
    UntilCone,
    /// `longest_s`
    Longest,
}

/// Why a step makes no sense, and at which of its keys.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepRefusal {
    /// The key.
    pub key: StepKey,
    /// The reason.
    pub why: Why,
}

impl StepKey {
    /// The key as it stands in a document.
    pub const fn word(self) -> &'static str {
        match self {
            Self::TargetTemp => "target_temp",
            Self::DesiredRate => "desired_rate",
            Self::MinRate => "min_rate",
            Self::Duration => "duration",
            Self::UntilCone => "until_cone",
            Self::Longest => "longest_s",
        }
    }

    /// A refusal of this key.
    const fn refuse(self, why: Why) -> StepRefusal {
        StepRefusal { key: self, why }
    }

    /// Its range.
    const fn range(self) -> (Quantity, Quantity) {
        match self {
            Self::TargetTemp => (Quantity::Temperature(limits::TARGET_LOWEST), Quantity::Temperature(limits::CEILING)),
            Self::DesiredRate => (Quantity::Rate(limits::RATE_SLOWEST), Quantity::Rate(limits::RATE_FASTEST)),
            Self::MinRate => (Quantity::Rate(CelsiusPerHour::ZERO), Quantity::Rate(limits::RATE_FASTEST)),
            Self::Duration => (Quantity::Time(Millis::ZERO), Quantity::Time(limits::HOLD_LONGEST)),
            Self::UntilCone | Self::Longest => {
                (Quantity::Time(limits::CONE_HOLD_SHORTEST), Quantity::Time(limits::HOLD_LONGEST))
            }
        }
    }

    const fn too_low(self) -> StepRefusal {
        self.refuse(Why::TooLow { least: self.range().0 })
    }

    const fn too_high(self) -> StepRefusal {
        self.refuse(Why::TooHigh { most: self.range().1 })
    }

    fn temperature(self, value: f64) -> Result<Celsius, StepRefusal> {
        Celsius::new(value).ok_or(self.too_high())
    }

    fn rate(self, value: f64) -> Result<CelsiusPerHour, StepRefusal> {
        CelsiusPerHour::new(value).ok_or(self.too_high())
    }

    fn time(self, seconds: f64) -> Result<Millis, StepRefusal> {
        let out_of_range = if seconds < 0.0 { self.too_low() } else { self.too_high() };
        Millis::from_seconds_f64(seconds).ok_or(out_of_range)
    }
}

impl StepDoc {
    /// The same step in °C and °C/h.
    pub fn in_celsius(self, units: TempUnits) -> Self {
        /// Kelvin in a Fahrenheit degree.
        const DEGREE: f64 = 5.0 / 9.0;
        let rate = |rate| match rate {
            RateDoc::PerHour(rate) => RateDoc::PerHour(rate * DEGREE),
            RateDoc::Full => RateDoc::Full,
        };
        match units {
            TempUnits::C => self,
            TempUnits::F => Self {
                // Divided last, so that whole temperatures such as 212 °F come out whole; halved first against overflow.
                target_temp: self.target_temp.map(|target| (target - 32.0) * 0.5 / 0.9),
                desired_rate: self.desired_rate.map(rate),
                min_rate: self.min_rate.map(|rate| rate * DEGREE),
                ..self
            },
        }
    }

    /// Refuses the keys that a step of this type does not have.
    fn only(&self, allowed: &[StepKey]) -> Result<(), StepRefusal> {
        let given = [
            (StepKey::TargetTemp, self.target_temp.is_some()),
            (StepKey::DesiredRate, self.desired_rate.is_some()),
            (StepKey::MinRate, self.min_rate.is_some()),
            (StepKey::Duration, self.duration.is_some()),
            (StepKey::UntilCone, self.until_cone.is_some()),
            (StepKey::Longest, self.longest_s.is_some()),
        ];
        match given.into_iter().find(|(key, given)| *given && !allowed.contains(key)) {
            Some((key, _)) => Err(key.refuse(Why::NotInThisStep { step: self.kind.word() })),
            None => Ok(()),
        }
    }

    fn target(&self) -> Result<Celsius, StepRefusal> {
        let target = self.target_temp.ok_or(StepKey::TargetTemp.refuse(Why::Missing))?;
        StepKey::TargetTemp.temperature(target)
    }

    fn ramp_rate(&self) -> Result<RampRate, StepRefusal> {
        match self.desired_rate {
            None => Ok(RampRate::PerHour(DEFAULT_RATE)),
            Some(RateDoc::Full) => Ok(RampRate::Full),
            Some(RateDoc::PerHour(rate)) => StepKey::DesiredRate.rate(rate).map(RampRate::PerHour),
        }
    }

    /// A hold for a time, or until a cone has fallen: one of the two.
    fn hold(&self) -> Result<Step, StepRefusal> {
        let target = self.target()?;
        let missing = |key: StepKey| key.refuse(Why::Missing);
        match (self.until_cone, self.duration, self.longest_s) {
            (Some(_), Some(_), _) => Err(StepKey::Duration.refuse(Why::DoesNotFit { with: StepKey::UntilCone.word() })),
            (Some(ConeDoc(cone)), None, longest) => {
                let key = StepKey::Longest;
                let longest = key.time(longest.ok_or(missing(key))?)?;
                let out_of_range = if longest < limits::CONE_HOLD_SHORTEST { key.too_low() } else { key.too_high() };
                let until = HoldUntil::new(cone, longest).ok_or(out_of_range)?;
                Ok(Step::HoldCone { target, until })
            }
            (None, _, Some(_)) => Err(missing(StepKey::UntilCone)),
            (None, duration, None) => {
                let duration = duration.ok_or(missing(StepKey::Duration))?;
                Ok(Step::Hold { target, time: StepKey::Duration.time(duration)? })
            }
        }
    }

    /// The minimum rate, which a firing could never satisfy above the rate it asks for.
    fn ramp_min_rate(&self, rate: RampRate) -> Result<Option<CelsiusPerHour>, StepRefusal> {
        let min_rate = self.min_rate.map(|rate| StepKey::MinRate.rate(rate)).transpose()?;
        match (rate, min_rate) {
            (RampRate::PerHour(rate), Some(least)) if least > rate && rate >= limits::RATE_SLOWEST => {
                Err(StepKey::MinRate.refuse(Why::AboveRate { rate }))
            }
            (RampRate::PerHour(_) | RampRate::Full, min_rate) => Ok(min_rate),
        }
    }
}

/// Takes a step in °C and °C/h; see [`StepDoc::in_celsius`]. What is merely out of range is left to the profile.
impl TryFrom<StepDoc> for Step {
    type Error = StepRefusal;

    fn try_from(doc: StepDoc) -> Result<Self, StepRefusal> {
        match doc.kind {
            StepType::Ramp => {
                doc.only(&[StepKey::TargetTemp, StepKey::DesiredRate, StepKey::MinRate])?;
                let (target, rate) = (doc.target()?, doc.ramp_rate()?);
                Ok(Self::Ramp { target, rate, min_rate: doc.ramp_min_rate(rate)? })
            }
            StepType::Hold => {
                doc.only(&[StepKey::TargetTemp, StepKey::Duration, StepKey::UntilCone, StepKey::Longest])?;
                doc.hold()
            }
            StepType::Cooling => {
                doc.only(&[StepKey::TargetTemp])?;
                Ok(Self::Cool { target: doc.target_temp.map(|_| doc.target()).transpose()? })
            }
        }
    }
}

impl From<&Step> for StepType {
    fn from(step: &Step) -> Self {
        match step {
            Step::Ramp { .. } => Self::Ramp,
            Step::Hold { .. } | Step::HoldCone { .. } => Self::Hold,
            Step::Cool { .. } => Self::Cooling,
        }
    }
}

impl From<&Step> for StepDoc {
    fn from(step: &Step) -> Self {
        let target_temp = step.target().map(Celsius::get);
        let bare = Self {
            kind: StepType::from(step),
            target_temp,
            desired_rate: None,
            min_rate: None,
            duration: None,
            until_cone: None,
            longest_s: None,
        };
        match step {
            Step::Ramp { rate, min_rate, .. } => Self {
                desired_rate: Some(match rate {
                    RampRate::PerHour(rate) => RateDoc::PerHour(rate.get()),
                    RampRate::Full => RateDoc::Full,
                }),
                min_rate: min_rate.map(CelsiusPerHour::get),
                ..bare
            },
            Step::Hold { time, .. } => Self { duration: Some(time.seconds()), ..bare },
            Step::HoldCone { until, .. } => {
                Self { until_cone: Some(ConeDoc(until.cone())), longest_s: Some(until.longest().seconds()), ..bare }
            }
            Step::Cool { .. } => bare,
        }
    }
}

/// What kiln-core refused, in the words of the document: the key of the step, if it is about one, and why.
pub(crate) fn refused(error: &ProfileError) -> (Option<StepKey>, Why) {
    let key = match error.field {
        Field::Steps => None,
        Field::Target => Some(StepKey::TargetTemp),
        Field::Rate => Some(StepKey::DesiredRate),
        Field::MinRate => Some(StepKey::MinRate),
        Field::Duration => Some(StepKey::Duration),
    };
    let why = match (error.why, key) {
        (CoreWhy::Empty, _) => Why::Empty,
        (CoreWhy::TooMany, _) => Why::TooMany { most: limits::STEPS_MOST },
        (CoreWhy::TooLow, Some(key)) => key.too_low().why,
        (CoreWhy::TooHigh, Some(key)) => key.too_high().why,
        (CoreWhy::TooLow | CoreWhy::TooHigh, None) => Why::Invalid,
    };
    (key, why)
}
