//! How late a kiln answers its elements, as a function of its temperature alone.
//!
//! Radiation carries heat from element to thermocouple, so the lag falls about as the inverse of T³. The figures are
//! the shortest that fit our simulated kilns, and are never learned: assumed too short, the prediction is a little
//! dull; too long, it swings.

use crate::single::sqrt;

/// What is left of the lag in a very hot kiln, s: the thermocouple's own.
const LEAST_S: f32 = 8.0;
/// What radiation adds at [`RADIANT_K`], s.
const RADIANT_S: f32 = 40.0;
/// The temperature of the above, K.
const RADIANT_K: f32 = 1073.0;
/// Convection helps in the cold, as if everything were so much hotter, K.
const CONVECTION_K: f32 = 200.0;
/// 0 °C, K.
const ZERO_K: f32 = 273.15;

/// The share of the nominal lag that the observer and the prediction assume.
const ASSUMED: f32 = 0.465;
/// The share assumed where the model is learned: there the readings are filtered anyway.
const LEARNED_WITH: f32 = 0.36;

/// The nominal lag at a temperature in °C, s: of two equal lags in a row, both together.
fn nominal_s(at: f32) -> f32 {
    let hot = ((at + ZERO_K + CONVECTION_K) / RADIANT_K).max(0.3);
    LEAST_S + RADIANT_S / (hot * hot * sqrt(hot))
}

/// The lag from the duty to the reading, as observer and prediction assume it; `relay_s` is the relay window's part.
pub(super) fn assumed_s(at: f32, relay_s: f32) -> f32 {
    ASSUMED * nominal_s(at) + relay_s
}

/// The lag with which the model is learned.
pub(super) fn learning_s(at: f32, relay_s: f32) -> f32 {
    LEARNED_WITH * nominal_s(at) + relay_s
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hot_kiln_answers_sooner() {
        let lags = [-50.0, 20.0, 100.0, 600.0, 1000.0, 1350.0].map(|at| assumed_s(at, 2.5));
        assert!(lags.windows(2).all(|pair| pair[1] < pair[0]), "{lags:?}");
        assert!(lags[0] < 400.0 && lags[5] > 6.0, "{lags:?}");
    }
}
