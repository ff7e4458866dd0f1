//! A profile as numbers: four for each step.
//!
//! | kind | second | third | fourth |
//! |---|---|---|---|
//! | 0 ramp | target, °C | rate, °C/h | the least rate, °C/h, or no number |
//! | 1 ramp as fast as the kiln can | target, °C | no number | as above |
//! | 2 hold | target, °C | seconds | no number |
//! | 3 hold for a cone | target, °C | seconds at the longest | the cone's place in the list |
//! | 4 cooling to a temperature | target, °C | no number | no number |
//! | 5 cooling without an end | no number | no number | no number |

use crate::machine::{Answer, Machine, place, whole};
use kiln_core::cone::{Cone, HoldUntil};
use kiln_core::limits;
use kiln_core::profile::{Field, Name, Profile, ProfileError, RampRate, Step, Why};
use kiln_core::units::{Celsius, CelsiusPerHour, Millis};

/// How many numbers a step is.
pub const EACH: usize = 4;
/// Fields in the order of their numbers.
const FIELDS: [Field; 5] = [Field::Steps, Field::Target, Field::Rate, Field::MinRate, Field::Duration];
/// Reasons in the order of their numbers.
const WHYS: [Why; 4] = [Why::Empty, Why::TooMany, Why::TooLow, Why::TooHigh];

impl Machine {
    /// Takes a profile in. Refused by its first wrong step: the step counted from 0 or -1; its field: 0 the list of steps,
    /// 1 target, 2 rate, 3 least rate, 4 time; why: 0 none, 1 too many, 2 too low, 3 too high.
    pub fn read_profile(&mut self, steps: &[f64]) -> Answer {
        self.begin();
        self.profile = None;
        match read(steps) {
            Ok(profile) => {
                self.profile = Some(profile);
                Answer::Done
            }
            Err(ProfileError { step, field, why }) => {
                let step = step.and_then(|step| u8::try_from(step).ok()).map_or(-1.0, f64::from);
                self.refuse([step, place(&FIELDS, &field), place(&WHYS, &why)])
            }
        }
    }

    /// Tells the profile. Numbers: four for each step.
    pub fn write_profile(&mut self) -> Answer {
        let Some(profile) = self.profile else { return Answer::Nothing };
        self.begin();
        for step in profile.steps() {
            self.numbers.extend(written(step));
        }
        self.numbers.answer()
    }
}

fn read(numbers: &[f64]) -> Result<Profile, ProfileError> {
    let refused = |step, field, why| ProfileError { step, field, why };
    let mut steps = [Step::Cool { target: None }; limits::STEPS_MOST];
    let (given, _) = numbers.as_chunks::<EACH>();
    for (index, numbers) in given.iter().enumerate() {
        let place = steps.get_mut(index).ok_or(refused(None, Field::Steps, Why::TooMany))?;
        *place = step(numbers).map_err(|field| refused(Some(index), field, Why::Empty))?;
    }
    // A name is the page's; a profile must have one.
    let name = Name::new("page").ok_or(refused(None, Field::Steps, Why::Empty))?;
    Profile::new(name, steps.get(..given.len()).unwrap_or_default())
}

/// A step, or the field that is no number.
fn step(&[kind, target, third, fourth]: &[f64; EACH]) -> Result<Step, Field> {
    let to = Celsius::new(target).ok_or(Field::Target);
    let rate = |number: f64, field| CelsiusPerHour::new(number).ok_or(field);
    let least = if fourth.is_nan() { Ok(None) } else { rate(fourth, Field::MinRate).map(Some) };
    let time = Millis::from_seconds_f64(third).ok_or(Field::Duration);
    Ok(match whole(kind) {
        Some(0) => Step::Ramp { target: to?, rate: RampRate::PerHour(rate(third, Field::Rate)?), min_rate: least? },
        Some(1) => Step::Ramp { target: to?, rate: RampRate::Full, min_rate: least? },
        Some(2) => Step::Hold { target: to?, time: time? },
        Some(3) => {
            let cone = whole(fourth).and_then(|index| u8::try_from(index).ok()).and_then(Cone::at);
            let until =
                cone.ok_or(Field::Duration).and_then(|cone| HoldUntil::new(cone, time?).ok_or(Field::Duration))?;
            Step::HoldCone { target: to?, until }
        }
        Some(4) => Step::Cool { target: Some(to?) },
        Some(_) | None => Step::Cool { target: None },
    })
}

/// A step as numbers.
pub(crate) fn written(step: &Step) -> [f64; EACH] {
    let none = f64::NAN;
    let least = |rate: &Option<CelsiusPerHour>| rate.map_or(none, CelsiusPerHour::get);
    match step {
        Step::Ramp { target, rate: RampRate::PerHour(rate), min_rate } => {
            [0.0, target.get(), rate.get(), least(min_rate)]
        }
        Step::Ramp { target, rate: RampRate::Full, min_rate } => [1.0, target.get(), none, least(min_rate)],
        Step::Hold { target, time } => [2.0, target.get(), time.seconds(), none],
        Step::HoldCone { target, until } => {
            [3.0, target.get(), until.longest().seconds(), f64::from(until.cone().index())]
        }
        Step::Cool { target: Some(target) } => [4.0, target.get(), none, none],
        Step::Cool { target: None } => [5.0, none, none, none],
    }
}
