//! The control loop's clock, as the application reads it off the loop's pictures.
//!
//! Both clocks run off one crystal and began at different moments. A picture is seen a little after it was taken, now
//! and then a good while after: the one that was seen soonest tells best how far the clocks are apart.

use kiln_core::units::{Instant, Millis};

/// What is known of the control loop's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct ControlClock {
    /// When the picture that was seen soonest was taken, and when it was seen on the application's clock.
    best: Option<(Instant, Millis)>,
    last: Option<Instant>,
}

impl ControlClock {
    /// A picture taken at `taken` is seen.
    pub fn see(&mut self, taken: Instant, now: Millis) {
        // A clock that steps back is another clock: the loop has begun anew.
        let anew = self.last.is_none_or(|last| taken < last);
        let sooner = |(best, seen): (Instant, Millis)| taken + seen > best + now;
        if anew || self.best.is_none_or(sooner) {
            self.best = Some((taken, now));
        }
        self.last = Some(taken);
    }

    /// The control loop's clock at this moment of the application's. Its own before the loop has told anything.
    pub fn at(&self, now: Millis) -> Instant {
        self.best.map_or(Instant::from_millis(now.get()), |(taken, seen)| taken + now.saturating_sub(seen))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_that_was_seen_soonest_tells_best() {
        let mut clock = ControlClock::default();
        assert_eq!(clock.at(Millis::new(70)), Instant::from_millis(70));
        let mut check = |taken, seen, asked, expected| {
            clock.see(Instant::from_millis(taken), Millis::new(seen));
            assert_eq!(clock.at(Millis::new(asked)), Instant::from_millis(expected), "taken {taken}, seen {seen}");
        };
        check(1000, 5040, 5040, 1000);
        // Five milliseconds late: the clocks are at least so far apart.
        check(2000, 6005, 6005, 2000);
        // Held up by a flash erase.
        check(3000, 7400, 7400, 3395);
        check(4000, 8004, 9000, 4996);
        // The control loop began anew.
        check(100, 20_000, 20_100, 200);
    }
}
