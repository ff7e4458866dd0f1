//! The swing of a relay test, measured.
//!
//! A swing goes from one switching on to the next. The first one belongs to the way up and is not counted. Decides
//! neither when to switch nor what follows from the figures; it is told both by the test that goes on and by its log.

use crate::units::{Celsius, Kelvin, Millis};

/// What a relay test measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Swing {
    /// The mean period.
    pub period: Millis,
    /// Half the mean distance from the coldest to the hottest.
    pub amplitude: Kelvin,
    /// The mean time with power on in a period.
    pub on: Millis,
    /// The swings that were averaged.
    pub count: u8,
}

/// Swings while they are gathered. Times are since any one moment, the same for all.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Swings {
    began: Option<Millis>,
    ended: Millis,
    extremes: Option<(Celsius, Celsius)>,
    seen: u8,
    periods: Millis,
    ons: Millis,
    heights: f64,
}

impl Swings {
    /// Takes a reading; to be called before the switching it causes.
    pub fn see(&mut self, temperature: Celsius) {
        let (low, high) = self.extremes.unwrap_or((temperature, temperature));
        self.extremes = Some((low.min(temperature), high.max(temperature)));
    }

    /// The power has been switched off.
    pub fn switched_off(&mut self, at: Millis) {
        self.ended = at;
    }

    /// The power has been switched on: a swing ends and another one begins.
    pub fn switched_on(&mut self, at: Millis, temperature: Celsius) {
        if let (Some(began), Some((low, high))) = (self.began, self.extremes) {
            if self.seen > 0 {
                self.periods += at.saturating_sub(began);
                self.ons += self.ended.saturating_sub(began);
                self.heights += (high - low).get();
            }
            self.seen = self.seen.saturating_add(1);
        }
        self.began = Some(at);
        self.extremes = Some((temperature, temperature));
    }

    /// The swings seen, the first one included.
    pub const fn seen(&self) -> u8 {
        self.seen
    }

    /// The mean of the swings that count; `None` without one.
    pub fn swing(&self) -> Option<Swing> {
        let count = self.seen.checked_sub(1)?;
        let mean = |total: Millis| total.get().checked_div(u64::from(count)).map(Millis::new);
        Some(Swing {
            period: mean(self.periods)?,
            amplitude: Kelvin::new(self.heights / f64::from(count) / 2.0)?,
            on: mean(self.ons)?,
            count,
        })
    }
}
