//! What the kiln really does, behind a noisy sensor: its temperature, and the heat that the model does not explain.
//!
//! The model runs along with the duty really applied; each sample pulls its temperature and, more slowly, its
//! disturbance. A sample far off is a spike and is not believed, unless the next ones say the same.

use super::lag;
use super::model::{Acting, Numbers, State};
use crate::single::sqrt;

/// How much faster than the kiln answers the observer settles …
const QUICKNESS: f32 = 0.21;
/// … of this share of the lag and so many seconds.
const OF_LAG: f32 = 0.8;
const AND_S: f32 = 15.0;
/// A sample further off than so many standard deviations and degrees is not believed …
const BELIEF_SD: f32 = 4.0;
const BELIEF_K: f32 = 1.5;
/// … for so many samples in a row.
const DOUBTS_MOST: u8 = 6;
/// A sample so far from the last believed one and from the estimate, after all doubts, is where the kiln is, K.
const RESEAT_K: f32 = 12.0;
/// Square of the sensor's noise before anything is known of it, K².
const NOISE: f32 = 0.04;
/// How quickly its estimate follows, and the largest square of a surprise that enters it.
const NOISE_SHARE: f32 = 0.01;
const NOISE_MOST: f32 = 4.0;
/// The most heat that may be unexplained, as a duty.
const UNEXPLAINED_MOST: f32 = 1.5;

/// The estimate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Observer {
    /// The model's state.
    pub state: State,
    /// The heat that the model does not explain, as a duty.
    pub unexplained: f32,
    /// Square of the sensor's noise, K².
    noise: f32,
    /// The newest sample that was believed.
    pub believed: f32,
    doubts: u8,
}

/// What came of a second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Sight {
    /// The sample was believed.
    Believed,
    /// There was none, or it was not believed.
    Blind,
}

impl Observer {
    /// A kiln seen at a temperature for the first time, its walls soaked.
    pub(super) const fn new(at: f32) -> Self {
        Self { state: State::soaked(at), unexplained: 0.0, noise: NOISE, believed: at, doubts: 0 }
    }

    /// Lives through a second with a duty applied, and takes the sample at its end.
    pub(super) fn pass(&mut self, kiln: &Numbers, duty: f32, relay_s: f32, sample: Option<f32>) -> Sight {
        let lag_s = lag::assumed_s(self.state.at, relay_s);
        self.state.pass(kiln, &Acting { duty, unexplained: self.unexplained, lag_s }, 1.0);
        let Some(sample) = sample.filter(|sample| self.believes(*sample)) else {
            self.doubts = self.doubts.saturating_add(1);
            return Sight::Blind;
        };
        self.correct(kiln, sample, lag_s);
        Sight::Believed
    }

    /// Time in which nothing is seen.
    fn believes(&self, sample: f32) -> bool {
        let far = BELIEF_SD * sqrt(self.noise) + BELIEF_K;
        let odd = (sample - self.state.at).abs() > far && (sample - self.believed).abs() > far;
        !odd || self.doubts >= DOUBTS_MOST
    }

    fn correct(&mut self, kiln: &Numbers, sample: f32, lag_s: f32) {
        let mut surprise = sample - self.state.at;
        if surprise.abs() > RESEAT_K && (sample - self.believed).abs() > RESEAT_K {
            self.state.at = sample;
            surprise = 0.0;
        }
        (self.believed, self.doubts) = (sample, 0);
        self.noise += NOISE_SHARE * ((surprise * surprise).min(NOISE_MOST) - self.noise);
        let quick = 1.0 / (QUICKNESS * (OF_LAG * lag_s + AND_S));
        self.state.at += 2.0 * quick * surprise;
        let unexplained = self.unexplained + quick * quick * kiln.capacity(self.state.at) * surprise;
        self.unexplained = unexplained.clamp(-UNEXPLAINED_MOST, UNEXPLAINED_MOST);
    }
}
