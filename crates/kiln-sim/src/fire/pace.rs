//! How fast simulated time passes.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

/// The longest sleep at once: an interrupt is heard within it.
const NAP: Duration = Duration::from_millis(50);

/// Keeps simulated time from running ahead of real time.
#[derive(Debug)]
pub(super) struct Pace {
    speed: Option<f64>,
    began: Instant,
}

impl Pace {
    /// `speed` simulated seconds in a real one; `None` is as fast as can be.
    pub(super) fn new(speed: Option<f64>) -> Self {
        Self { speed, began: Instant::now() }
    }

    /// Waits until it is time for second `at_s`, or somebody asks for an end.
    pub(super) fn keep(&mut self, at_s: u64, stop: &AtomicBool) {
        let Some(speed) = self.speed else { return };
        let Ok(due) = Duration::try_from_secs_f64(at_s as f64 / speed) else { return };
        while let Some(left) = due.checked_sub(self.began.elapsed()).filter(|left| !left.is_zero()) {
            if stop.load(Ordering::Relaxed) {
                return;
            }
            thread::sleep(left.min(NAP));
        }
    }
}
