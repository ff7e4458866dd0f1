//! The swing of a relay test, read from its log.

use super::Sample;
use crate::tune::{Swing, Swings};

/// Follows the switching of a log.
#[derive(Clone, Copy, Debug, Default)]
pub struct SwingLog {
    on: bool,
    swings: Swings,
}

impl SwingLog {
    /// Takes a sample of a test, in order.
    pub fn push(&mut self, sample: &Sample) {
        let Sample { at, temperature, duty } = *sample;
        self.swings.see(temperature);
        if duty.is_on() == self.on {
            return;
        }
        self.on = duty.is_on();
        if self.on {
            self.swings.switched_on(at, temperature);
        } else {
            self.swings.switched_off(at);
        }
    }

    /// The mean of the swings that count; `None` without one.
    pub fn swing(&self) -> Option<Swing> {
        self.swings.swing()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::{Celsius, Duty, Millis};

    #[test]
    fn a_swing_of_known_figures_is_read() {
        let (mut swings, mut celsius) = (SwingLog::default(), 100.0);
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
        assert_eq!(SwingLog::default().swing(), None);
    }
}
