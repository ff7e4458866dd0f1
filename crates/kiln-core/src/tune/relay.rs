//! On below, off above: the swing of a relay test, measured.
//!
//! Only the excitation and its figures; what gains follow from them is decided elsewhere.

use crate::units::{Celsius, Instant, Kelvin, Millis};

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

/// A relay test while it goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Relay {
    on: bool,
    switched_on: Option<Instant>,
    switched_off: Instant,
    extremes: (Celsius, Celsius),
    seen: u8,
    periods: Millis,
    ons: Millis,
    heights: f64,
}

impl Relay {
    pub(super) const fn new(now: Instant, at: Celsius) -> Self {
        Self {
            on: true,
            switched_on: None,
            switched_off: now,
            extremes: (at, at),
            seen: 0,
            periods: Millis::ZERO,
            ons: Millis::ZERO,
            heights: 0.0,
        }
    }

    /// Takes a reading; whether the power is to be on. A swing goes from one switching on to the next; the first
    /// belongs to the way up and is not counted.
    pub(super) fn see(&mut self, now: Instant, at: Celsius, around: Celsius, hysteresis: Kelvin) -> bool {
        self.extremes = (self.extremes.0.min(at), self.extremes.1.max(at));
        let past = if self.on { at > around + hysteresis } else { at < around - hysteresis };
        if past {
            self.on = !self.on;
            if self.on {
                self.complete(now, at);
            } else {
                self.switched_off = now;
            }
        }
        self.on
    }

    fn complete(&mut self, now: Instant, at: Celsius) {
        if let Some(began) = self.switched_on {
            if self.seen > 0 {
                self.periods += now.since(began);
                self.ons += self.switched_off.since(began);
                self.heights += (self.extremes.1 - self.extremes.0).get();
            }
            self.seen = self.seen.saturating_add(1);
        }
        self.switched_on = Some(now);
        self.extremes = (at, at);
    }

    /// The swings seen, the first one included.
    pub(super) const fn seen(&self) -> u8 {
        self.seen
    }

    /// The figures, once there is a swing that counts.
    pub(super) fn swing(&self) -> Option<Swing> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kiln_of_known_swing_is_measured() {
        // Two kelvin a second up, one down: from 98 to 102 and back, six seconds.
        let (mut relay, mut at) = (Relay::new(Instant::default(), Celsius::whole(90)), 90.0);
        for second in 0..40 {
            let now = Instant::from_millis(second * 1000);
            let on = relay.see(now, Celsius::new(at).unwrap(), Celsius::whole(100), Kelvin::milli(1500));
            at += if on { 2.0 } else { -1.0 };
        }
        let swing = Swing {
            period: Millis::from_seconds(6),
            amplitude: Kelvin::whole(2),
            on: Millis::from_seconds(2),
            count: relay.seen() - 1,
        };
        assert_eq!((relay.swing(), relay.seen() > 3), (Some(swing), true));
    }
}
