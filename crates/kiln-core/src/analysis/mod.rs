//! What a tuning run has shown of a kiln, and the gains that follow.
//!
//! [`Record`] keeps power and temperature, [`fit()`] makes a model of them or says why it cannot, [`Rule`] turns a model
//! into gains, [`Twin`] is the fitted kiln to try them on. Decides neither what to run nor which gains to use; knows no file and no kiln. Not for the control loop:
//! a fit takes as long as many turns.

mod descend;
mod fit;
mod fopdt;
mod record;
mod rules;
mod step;
mod swing;

pub use fit::{
    DISBELIEF_MOST, EXCITATION_LEAST, Fit, FittedKiln, NoFit, R_SQUARED_LEAST, RISE_LEAST, SHORTEST, Shape,
    StandardErrors, Twin, UNCERTAIN_MOST, fit,
};
pub use fopdt::Fopdt;
pub use record::{CELLS, Record, Sample};
pub use rules::{Formulas, Ideal, Pace, Rule, Ultimate};
pub use step::{HORIZONS, StepModel};
pub use swing::SwingLog;
