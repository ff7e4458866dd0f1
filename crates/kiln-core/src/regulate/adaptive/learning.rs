//! Learns the numbers of a kiln while it is fired: recursive least squares on filtered data.
//!
//! Temperature, its rate and the lagged duty all go through the same two filters, so that the rate needs no
//! differentiating of noise. What is known fades a little all the time, one surprise cannot do much, and nothing is
//! learned while the observer sees heat that cannot be explained: an open lid is not the kiln.

use super::lag;
use super::model::{LAYERS_S, Numbers, POSSIBLE, TERMS, dot, terms};
use crate::single::{share_gone, sqrt};

/// Time constant of each of the two filters, s.
const FILTER_S: f32 = 15.0;
/// Every how many seconds it learns.
const EVERY_S: u32 = 4;
/// Nothing is learned in the first so many seconds: the filters fill.
const FILLS_S: u32 = 90;
/// In the first so many seconds it learns whatever is unexplained: the prior may be wrong by three.
const OPEN_S: u32 = 900;
/// Variance of a filtered duty around the model, as a share of full power squared.
const NOISE: f32 = 4.32e-4;
/// A surprise counts for at most so many standard deviations.
const SURPRISE_SD: f32 = 3.0;
/// Heat unexplained beyond this and so many standard deviations of the model is not the kiln's.
const STRANGE: f32 = 0.08;
const STRANGE_SD: f32 = 3.0;
/// … unless it lasts longer than this, s: no lid stands open so long, and the model is wrong.
const STRANGE_MOST_S: u32 = 600;
/// Standard deviations of the numbers before anything is known.
const SPREAD: [f32; TERMS] = [0.4, 1.5, 0.4, 0.04, 1.0, 0.4, 0.3, 0.4];
/// How much each variance grows in an hour, in hundredths: what is known fades.
const FADES: [f32; TERMS] = [0.16, 2.0, 0.16, 0.0016, 1.0, 0.16, 0.09, 0.16];
const FADES_PER_TURN: f32 = 4.0 / 3600.0 * 0.01;
/// No variance falls below this.
const VARIANCE_LEAST: f32 = 1e-9;

/// The numbers, how sure they are, and the filters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Learning {
    /// The numbers.
    pub kiln: Numbers,
    covariance: [[f32; TERMS]; TERMS],
    /// How sure the model is of the duty at present: a standard deviation.
    doubt: f32,
    seconds: u32,
    /// How long more has been unexplained than a kiln explains, s.
    strange_s: u32,
    filters: Filters,
}

/// Everything behind the same two filters.
#[derive(Clone, Copy, Debug, Default)]
struct Filters {
    /// The temperature behind one and both filters.
    at: [f32; 2],
    layers: [f32; 3],
    /// The duty behind the kiln's two lags.
    lagged: [f32; 2],
    /// The same behind one and both filters.
    duty: [f32; 2],
    /// The rate behind both filters, K/s.
    rate: f32,
}

impl Learning {
    /// Knows what earlier firings have shown, or nothing yet; at rest. Another load is nearly another kiln: what was known
    /// is where it begins, and no surer than that.
    pub(super) fn new(kiln: Numbers) -> Self {
        let mut covariance = [[0.0; TERMS]; TERMS];
        for (index, (row, sd)) in covariance.iter_mut().zip(SPREAD).enumerate() {
            if let Some(variance) = row.get_mut(index) {
                *variance = sd * sd;
            }
        }
        Self { kiln, covariance, doubt: 0.0, seconds: 0, strange_s: 0, filters: Filters::default() }
    }

    /// Begins with a kiln at a temperature, its walls soaked; keeps what is known.
    pub(super) fn begin(&mut self, at: f32) {
        (self.seconds, self.strange_s) = (0, 0);
        self.filters = Filters { at: [at; 2], layers: [at; 3], ..Filters::default() };
    }

    /// Lives through a second: `sample` the newest believed one, `at` the estimate, `unexplained` the heat the observer
    /// cannot explain.
    pub(super) fn pass(&mut self, sample: f32, at: f32, duty: f32, relay_s: f32, unexplained: f32) {
        self.filters.pass(sample, duty, lag::learning_s(at, relay_s));
        self.seconds = self.seconds.saturating_add(1);
        if self.seconds <= FILLS_S || !self.seconds.is_multiple_of(EVERY_S) {
            return;
        }
        let Filters { at: [_, at], layers, duty: [_, heat], rate, .. } = self.filters;
        self.learn(&terms(at, rate, layers), heat, unexplained);
    }

    fn learn(&mut self, terms: &[f32; TERMS], heat: f32, unexplained: f32) {
        let gains = self.covariance.map(|row| dot(&row, terms));
        let model = dot(&gains, terms).max(0.0);
        let whole = model + NOISE;
        self.doubt = sqrt(model);
        let most = SURPRISE_SD * sqrt(whole);
        let surprise = (heat - dot(&self.kiln.0, terms)).clamp(-most, most);
        let strange = unexplained.abs() >= STRANGE + STRANGE_SD * self.doubt;
        self.strange_s = if strange { self.strange_s.saturating_add(EVERY_S) } else { 0 };
        if !strange || self.seconds < OPEN_S || self.strange_s > STRANGE_MOST_S {
            for (number, gain) in self.kiln.0.iter_mut().zip(gains) {
                *number += gain / whole * surprise;
            }
            self.narrow(&gains, whole);
            self.stay_possible();
        }
        for (index, (row, fades)) in self.covariance.iter_mut().zip(FADES).enumerate() {
            if let Some(variance) = row.get_mut(index) {
                *variance = variance.max(VARIANCE_LEAST) + FADES_PER_TURN * fades;
            }
        }
    }

    /// Brings a number that no kiln has back to its bound, and the others to where they then are most likely.
    ///
    /// On a steady ramp several terms look alike, and what one has too much another has too little: fine as long as the
    /// ramp lasts, and far off at its corner.
    fn stay_possible(&mut self) {
        for (index, (row, bounds)) in self.covariance.iter().zip(&POSSIBLE).enumerate() {
            let (Some(number), Some(variance)) = (self.kiln.0.get(index), row.get(index)) else { continue };
            let beyond = number.clamp(*bounds.start(), *bounds.end()) - number;
            if beyond != 0.0 {
                let share = beyond / variance.max(VARIANCE_LEAST);
                for (number, covariance) in self.kiln.0.iter_mut().zip(row) {
                    *number += covariance * share;
                }
            }
        }
    }

    /// What was seen makes the numbers surer. Both halves of the matrix get the same product: it stays symmetric.
    fn narrow(&mut self, gains: &[f32; TERMS], whole: f32) {
        for (row, left) in self.covariance.iter_mut().zip(gains) {
            for (covariance, right) in row.iter_mut().zip(gains) {
                *covariance -= left * right / whole;
            }
        }
    }
}

impl Filters {
    fn pass(&mut self, sample: f32, duty: f32, lag_s: f32) {
        let [first, second] = &mut self.at;
        *first += (sample - *first) / FILTER_S;
        self.rate = (*first - *second) / FILTER_S;
        *second += self.rate;
        for (layer, tau) in self.layers.iter_mut().zip(LAYERS_S) {
            *layer += (*second - *layer) / tau;
        }
        let share = share_gone(2.0 / lag_s);
        let [first, second] = &mut self.lagged;
        *first += (duty - *first) * share;
        *second += (*first - *second) * share;
        let lagged = *second;
        let [first, second] = &mut self.duty;
        *first += (lagged - *first) / FILTER_S;
        *second += (*first - *second) / FILTER_S;
    }
}
