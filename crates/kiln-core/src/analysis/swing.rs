//! The swing of a relay test, read from its record.
//!
//! A swing goes from one switching on to the next. The first belongs to the way up and is not counted.

use super::Sample;
use crate::tune::Swing;
use crate::units::{Celsius, Kelvin, Millis};

/// Swings while they are gathered.
#[derive(Clone, Copy, Debug, Default)]
pub struct Swings {
    on: bool,
    began: Option<Millis>,
    ended: Millis,
    extremes: Option<(Celsius, Celsius)>,
    seen: u8,
    periods: Millis,
    ons: Millis,
    heights: f64,
}

impl Swings {
    /// Takes a sample of a test, in order.
    pub fn push(&mut self, sample: &Sample) {
        let Sample { at, temperature, duty } = *sample;
        let (low, high) = self.extremes.unwrap_or((temperature, temperature));
        self.extremes = Some((low.min(temperature), high.max(temperature)));
        if duty.is_on() == self.on {
            return;
        }
        self.on = duty.is_on();
        if !self.on {
            self.ended = at;
            return;
        }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Duty;

    #[test]
    fn a_swing_of_known_figures_is_read() {
        let (mut swings, mut celsius) = (Swings::default(), 100.0);
        for second in 0..200_u64 {
            let on = second % 20 < 8;
            celsius += if on { 1.5 } else { -1.0 };
            let duty = if on { Duty::FULL } else { Duty::OFF };
            swings.push(&Sample {
                at: Millis::from_seconds(second),
                temperature: Celsius::new(celsius).unwrap(),
                duty,
            });
        }
        let swing = swings.swing().unwrap();
        assert_eq!((swing.period, swing.on, swing.count), (Millis::from_seconds(20), Millis::from_seconds(8), 8));
        assert!((swing.amplitude.get() - 6.0).abs() < 0.8, "{swing:?}");
        assert_eq!(Swings::default().swing(), None);
    }
}
