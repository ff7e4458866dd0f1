//! Holds a kiln at a temperature while nothing is known of it but its first answer to heat.
//!
//! A proportional-integral law with the SIMC settings for a process that integrates behind a delay (Skogestad,
//! J. Process Control 13, 2003, table 1), several times slower than the textbook's tight setting: nothing is won by
//! arriving early, and the answer was measured in a few degrees. Power below what a relay can do is given in pulses.

use crate::limits;
use crate::units::{Celsius, Duty, Instant, Millis};

/// How a kiln answered its first heat.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answer {
    /// The rise at full power, K/s.
    pub slope: f64,
    /// How late it came, s.
    pub lag: f64,
}

impl Answer {
    /// What is assumed of a kiln that no probe has been made of: the middle of the simulated ones.
    pub const GENERIC: Self = Self { slope: 0.4, lag: 60.0 };
}

/// How long a pulse of the least duty lasts.
const PULSE: Millis = Millis::from_seconds(20);

/// The loop around one temperature.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Loop {
    gain: f64,
    integral_time: f64,
    integral: f64,
    last: Instant,
    pulse: Pulse,
}

impl Loop {
    /// A loop for a kiln with this answer, taking over from `duty`.
    pub(super) fn new(answer: Answer, now: Instant, duty: Duty) -> Self {
        // SIMC: closed-loop time constant tc; gain 1/(slope·(tc + lag)), integral time 4·(tc + lag).
        let lag = (answer.lag + MORE_LAG).clamp(10.0, 300.0);
        let slope = answer.slope.clamp(0.02, 3.0);
        let pace = lag + TIGHTNESS * lag;
        Self {
            gain: 1.0 / (slope * pace),
            integral_time: 4.0 * pace,
            integral: duty.fraction(),
            last: now,
            pulse: Pulse { owed: 0.0, until: now, on: false },
        }
    }

    /// The power for now, at most `most`.
    pub(super) fn demand(&mut self, now: Instant, at: Celsius, target: Celsius, most: Duty) -> Duty {
        let error = (target - at).get();
        let seconds = now.since(self.last).seconds();
        self.last = now;
        let wanted = self.gain * error + self.integral;
        // The integral stands while the power is at an end of its range and the error would drive it further out.
        let saturated = (wanted >= most.fraction() && error > 0.0) || (wanted <= 0.0 && error < 0.0);
        if !saturated {
            self.integral += self.gain * error * seconds / self.integral_time;
        }
        self.integral = self.integral.clamp(0.0, most.fraction());
        let wanted = Duty::from_fraction((self.gain * error + self.integral).min(most.fraction()));
        self.pulse.give(now, wanted)
    }
}

/// A few degrees of rise show only the beginning of an answer whose elements are still warming: the lag is longer by
/// about this, s. Without it the smallest of the simulated kilns takes too long to come to rest.
const MORE_LAG: f64 = 8.0;
/// The closed-loop time constant in lags.
const TIGHTNESS: f64 = 2.0;

/// Gives power below the least duty as pulses of the least duty.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Pulse {
    owed: f64,
    until: Instant,
    on: bool,
}

impl Pulse {
    fn give(&mut self, now: Instant, wanted: Duty) -> Duty {
        if wanted.percent() >= limits::DUTY_LEAST {
            *self = Self { owed: 0.0, until: now, on: false };
            return wanted;
        }
        if now >= self.until {
            self.owed = (self.owed + wanted.percent()).min(2.0 * limits::DUTY_LEAST);
            self.on = self.owed >= limits::DUTY_LEAST;
            if self.on {
                self.owed -= limits::DUTY_LEAST;
            }
            self.until = now + PULSE;
        }
        if self.on { Duty::from_percent(limits::DUTY_LEAST) } else { Duty::OFF }
    }
}
