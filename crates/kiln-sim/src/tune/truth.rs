//! What an analysis of a kiln should find: the model of a small step that nobody else disturbs.
//!
//! The kiln is dried, soaked at the temperature for more than a day, and stepped by 2 % up and down about the power it
//! then takes, without noise. The difference of the two answers is fitted as the analysis fits its own.

use kiln_core::analysis::{HORIZONS, StepModel};

use crate::plant::{Plant, PlantError, PlantSpec, Surroundings};

/// Steps of the plant in an hour.
const HOUR: u32 = 7200;
/// The step, as a share of full power.
const STEP: f64 = 0.02;
/// Every how many steps of the plant the answer is kept.
const EVERY: u32 = 4;

/// The model of a ±2 % step at `celsius`; `None` for a kiln that does not answer.
///
/// # Errors
/// A kiln or a temperature that cannot be.
pub fn truth(spec: &PlantSpec, celsius: f64) -> Result<Option<StepModel>, PlantError> {
    let room = Surroundings::calm(spec.ambient_c);
    let mut kiln = Plant::new(spec, spec.ambient_c)?;
    for _ in 0..4 * HOUR {
        kiln.step((0.02 * (220.0 - kiln.thermocouple_c())).clamp(0.0, 1.0), &room);
    }
    for _ in 0..12 * HOUR {
        kiln.step(0.0, &room);
    }
    let (mut integral, mut duties) = (0.05, 0.0);
    for step in 0..30 * HOUR {
        let error = celsius - kiln.thermocouple_c();
        let duty = (0.01 * error + integral).clamp(0.0, 1.0);
        integral = (integral + error * 0.000_02).clamp(0.0, 1.0);
        kiln.step(duty, &room);
        if step >= 27 * HOUR {
            duties += duty / f64::from(3 * HOUR);
        }
    }
    let answers = answers(&kiln, duties, &room);
    let at = |seconds: f64| {
        let place = seconds * 2.0 / f64::from(EVERY);
        let (before, part) = (place.floor() as usize, place.fract());
        let value = |index: usize| answers.get(index).or(answers.last()).copied().unwrap_or(0.0);
        value(before) + (value(before + 1) - value(before)) * part
    };
    Ok(StepModel::of(at))
}

/// The rise per percent of power, every [`EVERY`] steps of the plant over the longest horizon.
fn answers(kiln: &Plant, duty: f64, room: &Surroundings) -> Vec<f64> {
    let (mut up, mut down) = (kiln.clone(), kiln.clone());
    // A kiln that takes less than the step to hold its temperature can only be stepped down to nothing.
    let below = STEP.min(duty);
    let longest = HORIZONS.into_iter().fold(0.0, f64::max);
    let mut answers = vec![0.0];
    for step in 1..=(longest * 2.0) as u32 {
        up.step(duty + STEP, room);
        down.step(duty - below, room);
        if step.is_multiple_of(EVERY) {
            answers.push((up.thermocouple_c() - down.thermocouple_c()) / (100.0 * (STEP + below)));
        }
    }
    answers
}
