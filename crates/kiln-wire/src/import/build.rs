//! Makes the steps of a profile of segments: a climb to a target, then a hold.
//!
//! Knows no file. What is wrong is told by the number of the segment and the part of it, and the reader of the format
//! gives it the file's name and line.

use super::units::Units;
use crate::figure::Quantity;
use crate::profile::{StepKey, refused};
use crate::why::Why;
use heapless::Vec;
use kiln_core::cone::{Cone, HoldUntil};
use kiln_core::limits;
use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis};

/// Where a firing is taken to begin.
const START: Celsius = Celsius::whole(20);
/// Targets closer than this are the same, in kelvin.
const SAME: f64 = 1e-6;

/// How a segment gets to its target. Numbers are in the units of the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Climb {
    /// Degrees an hour; negative only downwards.
    PerHour(f64),
    /// In so many seconds.
    Within(f64),
    /// As fast as the kiln can.
    Full,
    /// Heater off.
    Cool,
}

/// One segment. Numbers are in the units of the file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Segment {
    pub(super) target: f64,
    pub(super) climb: Climb,
    pub(super) hold_seconds: f64,
    /// The cone that ends the hold, which then lasts so long at the longest.
    pub(super) until: Option<Cone>,
}

/// A part of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Target,
    Climb,
    Hold,
}

/// What is wrong: the segment, counted from 0, and its part; `None` for the list as a whole.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Wrong {
    pub(super) at: Option<(usize, Part)>,
    pub(super) why: Why,
}

/// A profile on its way.
#[derive(Debug)]
pub(super) struct Builder {
    units: Units,
    at: Celsius,
    segments: usize,
    steps: Vec<Step, { limits::STEPS_MOST }>,
    /// The segment of each step.
    from: Vec<usize, { limits::STEPS_MOST }>,
}

impl Builder {
    pub(super) const fn new(units: Units) -> Self {
        Self { units, at: START, segments: 0, steps: Vec::new(), from: Vec::new() }
    }

    /// Says where the firing begins, for climbs by time.
    pub(super) fn begins_at(&mut self, temperature: f64) -> Result<(), Why> {
        self.at = self.units.temperature(temperature).ok_or(TOO_HOT)?;
        self.segments += 1;
        Ok(())
    }

    /// Adds the next segment.
    pub(super) fn add(&mut self, segment: &Segment) -> Result<(), Wrong> {
        let index = self.segments;
        self.segments += 1;
        let wrong = |part, why| Wrong { at: Some((index, part)), why };
        let target = self.units.temperature(segment.target).ok_or(wrong(Part::Target, TOO_HOT))?;
        let rise = (target - self.at).get();
        match segment.climb {
            Climb::Cool => self.push(index, Step::Cool { target: Some(target) })?,
            // There already: only the time of a climb by time is left, spent there.
            Climb::Within(seconds) if rise.abs() < SAME => self.hold(index, Part::Climb, target, seconds)?,
            Climb::PerHour(_) | Climb::Full if rise.abs() < SAME => {}
            Climb::PerHour(_) | Climb::Within(_) | Climb::Full => {
                let rate = self.rate(segment.climb, rise).map_err(|why| wrong(Part::Climb, why))?;
                self.push(index, Step::Ramp { target, rate, min_rate: None })?;
            }
        }
        self.at = target;
        match segment.until {
            None => self.hold(index, Part::Hold, target, segment.hold_seconds),
            Some(cone) => self.hold_for_cone(index, target, cone, segment.hold_seconds),
        }
    }

    /// The profile, once every segment was added.
    pub(super) fn finish(self, name: Name) -> Result<Profile, Wrong> {
        match Profile::new(name, &self.steps) {
            Ok(profile) => Ok(profile),
            Err(error) => {
                let (key, why) = refused(&error);
                let part = key.map(|key| match key {
                    StepKey::TargetTemp => Part::Target,
                    StepKey::DesiredRate | StepKey::MinRate => Part::Climb,
                    StepKey::Duration | StepKey::UntilCone | StepKey::Longest => Part::Hold,
                });
                let segment = error.step.and_then(|step| self.from.get(step).copied());
                Err(Wrong { at: segment.zip(part), why })
            }
        }
    }

    fn rate(&self, climb: Climb, rise: f64) -> Result<RampRate, Why> {
        let per_hour = match climb {
            Climb::Full | Climb::Cool | Climb::Within(0.0) => return Ok(RampRate::Full),
            Climb::Within(seconds) if seconds < 0.0 => {
                return Err(Why::TooLow { least: Quantity::Time(Millis::ZERO) });
            }
            Climb::Within(seconds) => rise.abs() * 3600.0 / seconds,
            Climb::PerHour(rate) if rate < 0.0 && rise < 0.0 => self.units.degrees(-rate),
            Climb::PerHour(rate) => self.units.degrees(rate),
        };
        let too_high = Why::TooHigh { most: Quantity::Rate(limits::RATE_FASTEST) };
        CelsiusPerHour::new(per_hour).map(RampRate::PerHour).ok_or(too_high)
    }

    fn hold(&mut self, index: usize, part: Part, target: Celsius, seconds: f64) -> Result<(), Wrong> {
        if seconds == 0.0 {
            return Ok(());
        }
        let why = if seconds < 0.0 {
            Why::TooLow { least: Quantity::Time(Millis::ZERO) }
        } else {
            Why::TooHigh { most: Quantity::Time(limits::HOLD_LONGEST) }
        };
        let time = Millis::from_seconds_f64(seconds).ok_or(Wrong { at: Some((index, part)), why })?;
        self.push(index, Step::Hold { target, time })
    }

    fn hold_for_cone(&mut self, index: usize, target: Celsius, cone: Cone, longest: f64) -> Result<(), Wrong> {
        let (least, most) = (limits::CONE_HOLD_SHORTEST, limits::HOLD_LONGEST);
        let why = if longest < least.seconds() {
            Why::TooLow { least: Quantity::Time(least) }
        } else {
            Why::TooHigh { most: Quantity::Time(most) }
        };
        let until = Millis::from_seconds_f64(longest).and_then(|longest| HoldUntil::new(cone, longest));
        let until = until.ok_or(Wrong { at: Some((index, Part::Hold)), why })?;
        self.push(index, Step::HoldCone { target, until })
    }

    fn push(&mut self, index: usize, step: Step) -> Result<(), Wrong> {
        let pushed = self.steps.push(step).is_ok() && self.from.push(index).is_ok();
        if pushed { Ok(()) } else { Err(Wrong { at: None, why: Why::TooMany { most: limits::STEPS_MOST } }) }
    }
}

/// A temperature that is beyond every number.
const TOO_HOT: Why = Why::TooHigh { most: Quantity::Temperature(limits::CEILING) };
