//! On below, off above: makes a kiln swing, and has the swing measured.
//!
//! Only the excitation; what is measured is [`Swings`]' business, what gains follow is decided elsewhere.

use super::swing::{Swing, Swings};
use crate::units::{Celsius, Instant, Kelvin, Millis};

/// A relay test while it goes on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Relay {
    on: bool,
    swings: Swings,
}

impl Relay {
    /// Begins with the power on.
    pub(super) fn new(now: Instant, at: Celsius) -> Self {
        let mut swings = Swings::default();
        swings.see(at);
        swings.switched_off(since_start(now));
        Self { on: true, swings }
    }

    /// Takes a reading; whether the power is to be on.
    pub(super) fn see(&mut self, now: Instant, at: Celsius, around: Celsius, hysteresis: Kelvin) -> bool {
        self.swings.see(at);
        let past = if self.on { at > around + hysteresis } else { at < around - hysteresis };
        if past {
            self.on = !self.on;
            if self.on {
                self.swings.switched_on(since_start(now), at);
            } else {
                self.swings.switched_off(since_start(now));
            }
        }
        self.on
    }

    /// The swings seen, the first one included.
    pub(super) const fn seen(&self) -> u8 {
        self.swings.seen()
    }

    /// The figures, once there is a swing that counts.
    pub(super) fn swing(&self) -> Option<Swing> {
        self.swings.swing()
    }
}

/// The time on the loop's clock.
const fn since_start(now: Instant) -> Millis {
    Millis::new(now.as_millis())
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
