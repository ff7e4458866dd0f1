//! A fixed dead time: what goes in comes out so many half seconds later.

/// Slots of half a second, a power of two so that the index wraps by itself.
const SLOTS: usize = 512;
/// The longest dead time, s.
pub(super) const MAX_DELAY_S: f64 = 240.0;

/// A line of the last values.
#[derive(Clone, Debug)]
pub(super) struct Delay {
    line: Box<[f64; SLOTS]>,
    next: usize,
    behind: usize,
}

impl Delay {
    /// A line `seconds` long (0 to [`MAX_DELAY_S`], rounded to half seconds), filled with `start`.
    pub(super) fn new(seconds: f64, start: f64) -> Self {
        Self { line: Box::new([start; SLOTS]), next: 0, behind: (seconds * 2.0).round() as usize }
    }

    /// Puts a value in, takes the one from `seconds` ago out. With no dead time that is the same one.
    pub(super) fn pass(&mut self, value: f64) -> f64 {
        self.line[self.next % SLOTS] = value;
        let out = self.line[(self.next + SLOTS - self.behind) % SLOTS];
        self.next = (self.next + 1) % SLOTS;
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_comes_out_after_the_dead_time() {
        for (seconds, steps) in [(0.0, 0), (0.5, 1), (90.0, 180), (MAX_DELAY_S, 480)] {
            let mut delay = Delay::new(seconds, 0.0);
            let seen = (0..1000).position(|_| delay.pass(1.0) > 0.0);
            assert_eq!(seen, Some(steps), "{seconds} s");
        }
    }
}
