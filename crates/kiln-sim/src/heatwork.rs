//! What a firing did to the clay: heat work, as a cone would feel it.
//!
//! Dose: the integral of exp(-Q/RT) with Q/R = 85,000 K, fitted to the Orton cone-6 chart (1185, 1222 and 1243 °C at 15,
//! 60 and 150 °C/h give 79,000 to 96,000 K). Around cone 04 and cone 6 a cone is 27 °C. Only differences between two
//! doses at the same reference mean anything.

use crate::math;

/// Activation energy over the gas constant, K.
pub const ACTIVATION_K: f64 = 85_000.0;
/// One cone, °C.
pub const CONE_C: f64 = 27.0;

/// The dose of a firing so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatWork {
    peak_k: f64,
    dose: f64,
}

impl HeatWork {
    /// Nothing yet, counted against the schedule's highest target, °C.
    pub const fn new(peak_c: f64) -> Self {
        Self { peak_k: peak_c + 273.15, dose: 0.0 }
    }

    /// Adds some seconds at a temperature; below freezing counts as freezing. What is not a number adds nothing.
    pub fn add(&mut self, celsius: f64, seconds: f64) {
        let kelvin = celsius.max(0.0) + 273.15;
        let dose = math::exp(ACTIVATION_K / self.peak_k - ACTIVATION_K / kelvin) * seconds;
        if dose.is_finite() {
            self.dose += dose;
        }
    }

    /// The natural logarithm of the dose; the dose is 1 for a second at the peak. -∞ when there is none.
    pub fn ln_dose(&self) -> f64 {
        math::ln(self.dose)
    }

    /// How many °C hotter the reference would have to be fired to give this dose (negative: less was done).
    pub fn kelvin_over(&self, reference_ln_dose: f64) -> f64 {
        math::square(self.peak_k) / ACTIVATION_K * (self.ln_dose() - reference_ln_dose)
    }

    /// The same in cones.
    pub fn cones_over(&self, reference_ln_dose: f64) -> f64 {
        self.kelvin_over(reference_ln_dose) / CONE_C
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The last 300 °C up to `peak_c` at a steady rate.
    fn ramp(peak_c: f64, rate_per_hour: f64) -> f64 {
        let mut work = HeatWork::new(1222.0);
        let seconds = 300.0 * 3600.0 / rate_per_hour;
        let steps = 20_000;
        for i in 0..steps {
            let share = (f64::from(i) + 0.5) / f64::from(steps);
            work.add(peak_c - 300.0 * (1.0 - share), seconds / f64::from(steps));
        }
        work.ln_dose()
    }

    /// Orton's cone 6 falls at 1185, 1222 and 1243 °C at 15, 60 and 150 °C/h: one dose, within a fifth of a cone.
    #[test]
    fn a_cone_is_one_dose_at_any_rate() {
        let reference = ramp(1222.0, 60.0);
        for (peak_c, rate) in [(1185.0, 15.0), (1243.0, 150.0)] {
            let off_c = 1495.15 * 1495.15 / ACTIVATION_K * (ramp(peak_c, rate) - reference);
            assert!(off_c.abs() < 0.2 * CONE_C, "{rate} °C/h: {off_c} °C off");
        }
    }

    #[test]
    fn ten_degrees_more_are_ten_degrees_more() {
        let mut work = HeatWork::new(1222.0);
        let mut hotter = HeatWork::new(1222.0);
        (0..900).for_each(|_| work.add(1222.0, 1.0));
        (0..900).for_each(|_| hotter.add(1232.0, 1.0));
        assert!((work.ln_dose() - math::ln(900.0)).abs() < 1e-12);
        assert!((hotter.kelvin_over(work.ln_dose()) - 10.0).abs() < 0.1);
        assert!((hotter.cones_over(work.ln_dose()) - 10.0 / 27.0).abs() < 0.01);
        hotter.add(f64::NAN, 1.0);
        hotter.add(1222.0, f64::INFINITY);
        assert!(hotter.ln_dose().is_finite());
        assert_eq!(HeatWork::new(1222.0).ln_dose(), f64::NEG_INFINITY);
    }
}
