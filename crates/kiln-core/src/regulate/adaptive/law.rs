//! Which duty brings the kiln to where it should be a little later.
//!
//! The model is asked what happens within a horizon with no heat and with all of it; the duty between the two that meets
//! the schedule at its end is the answer. A slow trim takes out what remains of the error.

use super::lag;
use super::model::{Acting, Numbers};
use super::observer::Observer;
use crate::regulate::Ahead;

/// Steps of the prediction.
const STEPS: u8 = 12;
/// The least horizon, s.
const HORIZON_LEAST_S: f32 = 24.0;
/// The share of an error that may be left at the end of the horizon: e^-3.3.
const LEFT_OVER: f32 = 0.036;
/// How quickly the trim takes out an error, per lag …
const TRIM: f32 = 0.4;
/// … how quickly it fades while the output is at its end …
const TRIM_FADES: f32 = 0.2;
/// … its most, K, and the largest error that it works on, K.
const TRIM_MOST: f32 = 4.0;
const TRIM_UP_TO: f32 = 5.0;
/// The least difference all the heat is taken to make, K.
const REACH_LEAST: f32 = 1e-3;
/// A duty nearer to its end than this is at its end.
const AT_END: f32 = 0.001;

/// What the law remembers.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Law {
    /// What is added to the target, K.
    trim: f32,
    /// The duty asked for last, 0..=1.
    pub asked: f32,
}

impl Law {
    /// The next duty.
    pub(super) fn ask(&mut self, kiln: &Numbers, seen: &Observer, ahead: &Ahead, target: f32, relay_s: f32) -> f32 {
        let lag_s = lag::assumed_s(seen.state.at, relay_s);
        let error = target - seen.state.at;
        self.adjust(error, lag_s);
        // A longer window moves less often, and what it does shows later.
        let horizon_s = ((0.3 + 0.04 * (relay_s - 1.0)).min(0.7) * lag_s).max(HORIZON_LEAST_S);
        let wanted = target + ahead.after(horizon_s) - error * LEFT_OVER + self.trim;
        let [cold, hot] = [0.0, 1.0].map(|duty| {
            let acting = Acting { duty, unexplained: seen.unexplained, lag_s };
            let mut state = seen.state;
            for _ in 0..STEPS {
                state.pass(kiln, &acting, horizon_s / f32::from(STEPS));
            }
            state.at
        });
        self.asked = ((wanted - cold) / (hot - cold).max(REACH_LEAST)).clamp(0.0, 1.0);
        self.asked
    }

    /// The error has gone by itself.
    pub(super) fn forget_error(&mut self) {
        self.trim = 0.0;
    }

    fn adjust(&mut self, error: f32, lag_s: f32) {
        let free = self.asked > AT_END && self.asked < 1.0 - AT_END;
        if free && error.abs() < TRIM_UP_TO {
            self.trim = (self.trim + TRIM / lag_s * error).clamp(-TRIM_MOST, TRIM_MOST);
        } else {
            self.trim *= 1.0 - TRIM_FADES / lag_s;
        }
    }
}
