//! An analysis beside the truth: how far off, and whether that is near enough.

use kiln_core::analysis::{Fit, Fopdt, NoFit, StepModel, fit};

use super::{NotFired, Order, Tuned, truth, tune};
use crate::plant::PlantError;

/// A row of a log, s: no dead time is told better than that.
pub const SAMPLE_S: f64 = 2.0;
/// How far off a gain, a time constant or a dead time may be, as a share of the truth.
pub const BAR: f64 = 0.1;

/// What was found beside what is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beside {
    /// What the analysis found.
    pub fit: Fit,
    /// What there was to find, on nominal mains.
    pub truth: StepModel,
    /// The gain on the mains of the day over the true one, less 1.
    pub gain_off: f64,
    /// The time constant over the true one, less 1.
    pub time_constant_off: f64,
    /// The dead time less the true one, s.
    pub dead_time_off_s: f64,
}

impl Beside {
    fn new(fit: Fit, truth: StepModel, mains: f64) -> Self {
        let (seen, really): (Fopdt, Fopdt) = (fit.step.kiln, truth.kiln);
        Self {
            fit,
            truth,
            gain_off: seen.gain() / (really.gain() * mains) - 1.0,
            time_constant_off: seen.time_constant() / really.time_constant() - 1.0,
            dead_time_off_s: seen.dead_time() - really.dead_time(),
        }
    }

    /// Whether everything is as near as `slack` says: shares of gain, time constant and dead time, the last with a
    /// sample on top.
    pub fn within(&self, [gain, time_constant, dead_time]: [f64; 3]) -> bool {
        self.gain_off.abs() <= gain
            && self.time_constant_off.abs() <= time_constant
            && self.dead_time_off_s.abs() <= SAMPLE_S + dead_time * self.truth.kiln.dead_time()
    }

    /// The largest error, in units of [`BAR`].
    pub fn worst(&self) -> f64 {
        let dead = self.dead_time_off_s.abs() / (SAMPLE_S + BAR * self.truth.kiln.dead_time());
        (self.gain_off.abs() / BAR).max(self.time_constant_off.abs() / BAR).max(dead)
    }
}

/// A tuning run and what is made of it.
#[derive(Clone, Debug)]
pub struct Analysed {
    /// The run.
    pub tuned: Tuned,
    /// What was found, beside the truth, or why nothing was.
    pub found: Result<Beside, NoFit>,
}

/// Tunes, fits and compares. A kiln that does not answer has no truth and counts as not found.
///
/// # Errors
/// The run did not begin.
pub fn analyse(order: &Order<'_>) -> Result<Analysed, NotFired> {
    let tuned = tune(order)?;
    let found = match fit(&tuned.record()) {
        Ok(fit) => {
            let plant = |error: PlantError| NotFired::World(error.into());
            let truth = truth(order.plant, fit.about.get()).map_err(plant)?;
            truth.map(|truth| Beside::new(fit, truth, tuned.mains)).ok_or(NoFit::NoAnswer)
        }
        Err(why) => Err(why),
    };
    Ok(Analysed { tuned, found })
}
