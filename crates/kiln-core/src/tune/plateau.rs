//! Whether a temperature stands still.

use super::plan::Samples;
use crate::units::{Celsius, Duty, Instant, Kelvin, Millis};

/// How far apart the samples are.
pub(super) const SPACING: Millis = Millis::from_seconds(60);
/// How many samples a plateau takes.
pub(super) const COUNT: usize = 5;
/// The samples of a plateau lie within this of each other.
pub(super) const BAND: Kelvin = Kelvin::milli(500);

/// The power of the first and the last sample of a settled loop lie within this of each other, in points of percent:
/// walls that are still soaking show in the power long after the temperature stands.
const DUTY_BAND: f64 = 3.0;

/// The last few samples of temperature, and the power they took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Watch {
    kept: [(f64, f64); COUNT],
    len: usize,
    last: Instant,
    temperatures: f64,
    duties: f64,
    readings: f64,
}

impl Watch {
    pub(super) const fn new(now: Instant) -> Self {
        Self { kept: [(0.0, 0.0); COUNT], len: 0, last: now, temperatures: 0.0, duties: 0.0, readings: 0.0 }
    }

    /// Takes a reading and the power in force before it; whether a sample was taken.
    pub(super) fn see(&mut self, samples: Samples, now: Instant, at: Celsius, duty: Duty) -> bool {
        self.temperatures += at.get();
        self.duties += duty.percent();
        self.readings += 1.0;
        if now.since(self.last) < SPACING {
            return false;
        }
        let temperature = match samples {
            Samples::Spot => at.get(),
            Samples::Mean => self.temperatures / self.readings,
        };
        if self.len == COUNT {
            self.kept.rotate_left(1);
        } else {
            self.len += 1;
        }
        if let Some(slot) = self.kept.get_mut(self.len.saturating_sub(1)) {
            *slot = (temperature, self.duties / self.readings);
        }
        *self = Self { last: now, temperatures: 0.0, duties: 0.0, readings: 0.0, ..*self };
        true
    }

    /// How many samples there are.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// Whether the power that held the temperature has come to rest as well.
    pub(super) fn duty_rests(&self) -> bool {
        let [(_, first), .., (_, last)] = self.kept;
        self.len == COUNT && (first - last).abs() < DUTY_BAND
    }

    /// The mean temperature of the samples and the mean power they took, once they are as many as a plateau takes
    /// and lie within its band.
    pub(super) fn plateau(&self) -> Option<(Celsius, Duty)> {
        if self.len < COUNT {
            return None;
        }
        let (mut low, mut high, mut temperatures, mut duties) = (f64::INFINITY, f64::NEG_INFINITY, 0.0, 0.0);
        for (temperature, duty) in self.kept {
            (low, high) = (low.min(temperature), high.max(temperature));
            temperatures += temperature / 5.0;
            duties += duty / 5.0;
        }
        if high - low < BAND.get() { Some((Celsius::new(temperatures)?, Duty::from_percent(duties))) } else { None }
    }
}

const _: () = assert!(COUNT == 5, "the means above divide by five");
