//! A firing profile: one to thirty-two steps that make sense.
//!
//! A [`Profile`] that exists is valid: [`Profile::new`] is the only door, and it names the step and the field it
//! refuses. The profile knows nothing of the firing that walks it.

pub mod estimate;
mod locate;
mod name;
mod step;

pub use locate::Located;
pub use name::Name;
pub use step::{RampRate, Step};

use crate::limits;
use crate::units::{Celsius, CelsiusPerHour};

/// A validated firing profile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Profile {
    name: Name,
    steps: [Step; limits::STEPS_MOST],
    count: usize,
}

/// Why a profile was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ProfileError {
    /// The step, counted from 0; `None` where the profile as a whole is wrong.
    pub step: Option<usize>,
    /// The field.
    pub field: Field,
    /// What is wrong with it.
    pub why: Why,
}

/// A field of a profile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// The list of steps.
    Steps,
    /// The temperature to reach, °C.
    Target,
    /// The rate of a ramp, °C/h.
    Rate,
    /// The minimum rate of a ramp, °C/h.
    MinRate,
    /// The time of a hold.
    Duration,
}

/// What is wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// There is none.
    Empty,
    /// There are more than the limit.
    TooMany,
    /// It lies below its range.
    TooLow,
    /// It lies above its range.
    TooHigh,
}

impl Profile {
    /// Takes one to [`limits::STEPS_MOST`] steps, each inside its limits.
    ///
    /// # Errors
    /// The first step and field that are out of range.
    pub fn new(name: Name, steps: &[Step]) -> Result<Self, ProfileError> {
        Self::assemble(name, steps.iter())
    }

    /// Takes the steps one by one into place: a profile is large, and this may run on a small stack.
    fn assemble<'a>(name: Name, steps: impl Iterator<Item = &'a Step>) -> Result<Self, ProfileError> {
        let mut profile = Self { name, steps: [Step::Cool { target: None }; limits::STEPS_MOST], count: 0 };
        for step in steps {
            let index = profile.count;
            let too_many = ProfileError { step: None, field: Field::Steps, why: Why::TooMany };
            let place = profile.steps.get_mut(index).ok_or(too_many)?;
            check(step).map_err(|(field, why)| ProfileError { step: Some(index), field, why })?;
            *place = *step;
            profile.count += 1;
        }
        if profile.count == 0 {
            return Err(ProfileError { step: None, field: Field::Steps, why: Why::Empty });
        }
        Ok(profile)
    }

    /// The name it goes by.
    pub const fn name(&self) -> &Name {
        &self.name
    }

    /// The steps, in order; never empty.
    pub fn steps(&self) -> &[Step] {
        self.steps.get(..self.count).unwrap_or(&[])
    }

    /// The step at `index`.
    pub fn step(&self, index: usize) -> Option<&Step> {
        self.steps().get(index)
    }

    /// Whether `index` is the last step.
    pub const fn is_last(&self, index: usize) -> bool {
        index + 1 >= self.count
    }

    /// The highest target of all steps, if any step has one.
    pub fn peak(&self) -> Option<Celsius> {
        self.steps().iter().filter_map(Step::target).reduce(Celsius::max)
    }

    /// The first step from `index` on that holds until a cone has fallen.
    pub fn cone_hold_from(&self, index: usize) -> Option<usize> {
        let mut steps = self.steps().iter().enumerate().skip(index);
        steps.find_map(|(index, step)| matches!(step, Step::HoldCone { .. }).then_some(index))
    }

    /// The same profile with another step at `index`.
    ///
    /// # Errors
    /// As [`Profile::new`].
    pub fn with_step(&self, index: usize, step: &Step) -> Result<Self, ProfileError> {
        let steps = self.steps().iter().enumerate();
        Self::assemble(self.name, steps.map(|(place, kept)| if place == index { step } else { kept }))
    }

    /// The same profile with the steps from `index` on replaced by `steps`.
    ///
    /// # Errors
    /// As [`Profile::new`], over the whole new list.
    pub fn with_steps_from(&self, index: usize, steps: &[Step]) -> Result<Self, ProfileError> {
        let kept = self.steps().get(..index).unwrap_or(self.steps());
        Self::assemble(self.name, kept.iter().chain(steps))
    }
}

fn check(step: &Step) -> Result<(), (Field, Why)> {
    if let Some(target) = step.target() {
        within(&target, &limits::TARGET_LOWEST, &limits::CEILING).map_err(|why| (Field::Target, why))?;
    }
    match step {
        Step::Ramp { rate, min_rate, .. } => {
            if let RampRate::PerHour(rate) = rate {
                within(rate, &limits::RATE_SLOWEST, &limits::RATE_FASTEST).map_err(|why| (Field::Rate, why))?;
            }
            if let Some(min_rate) = min_rate {
                within(min_rate, &CelsiusPerHour::ZERO, &limits::RATE_FASTEST).map_err(|why| (Field::MinRate, why))?;
            }
            Ok(())
        }
        Step::Hold { time, .. } if *time > limits::HOLD_LONGEST => Err((Field::Duration, Why::TooHigh)),
        Step::Hold { .. } | Step::HoldCone { .. } | Step::Cool { .. } => Ok(()),
    }
}

fn within<T: PartialOrd>(value: &T, low: &T, high: &T) -> Result<(), Why> {
    if value < low {
        Err(Why::TooLow)
    } else if value > high {
        Err(Why::TooHigh)
    } else {
        Ok(())
    }
}
