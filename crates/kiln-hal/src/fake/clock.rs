//! Time that passes when it is told to, and a watchdog that bites in it.

use crate::board::{Clock, Watchdog};
use alloc::rc::Rc;
use core::cell::Cell;
use kiln_core::units::{Instant, Millis};

/// A clock that stands still until somebody waits. Its handles show the same time.
#[derive(Clone, Debug, Default)]
pub struct FakeClock {
    now: Rc<Cell<Instant>>,
}

impl FakeClock {
    /// A clock that starts at `start`: near the end of a counter, to see it pass.
    pub fn starting_at(start: Instant) -> Self {
        Self { now: Rc::new(Cell::new(start)) }
    }

    /// Lets time pass without anybody waiting for it: the loop is late.
    pub fn advance(&self, time: Millis) {
        self.now.set(self.now.get() + time);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Instant {
        self.now.get()
    }

    fn wait_until(&mut self, moment: Instant) {
        self.now.set(self.now.get().max(moment));
    }
}

/// A watchdog that notes how often it was fed, and when it would have bitten.
///
/// Like the chip's, it is not running until it is fed for the first time.
#[derive(Clone, Debug)]
pub struct FakeWatchdog {
    clock: FakeClock,
    patience: Millis,
    count: Rc<Cell<usize>>,
    last: Rc<Cell<Option<Instant>>>,
    bitten: Rc<Cell<Option<Instant>>>,
}

impl FakeWatchdog {
    /// A watchdog of that patience on that clock.
    pub fn new(clock: &FakeClock, patience: Millis) -> Self {
        Self { clock: clock.clone(), patience, count: Rc::default(), last: Rc::default(), bitten: Rc::default() }
    }

    /// How often it was fed.
    pub fn count(&self) -> usize {
        self.count.get()
    }

    /// When it reset the chip, if it has. What comes after that did not happen: a simulator starts anew.
    pub fn bitten_at(&self) -> Option<Instant> {
        self.bitten.get().or_else(|| {
            let due = self.last.get()? + self.patience;
            (due <= self.clock.now()).then_some(due)
        })
    }
}

impl Watchdog for FakeWatchdog {
    fn feed(&mut self) {
        self.bitten.set(self.bitten_at());
        self.last.set(Some(self.clock.now()));
        self.count.set(self.count.get() + 1);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_watchdog_bites_when_its_patience_is_over_and_stays_bitten() {
        for (gap, bitten) in [(1, None), (1999, None), (2000, Some(7000)), (9000, Some(7000))] {
            let clock = FakeClock::starting_at(Instant::from_millis(1000));
            let mut dog = FakeWatchdog::new(&clock, Millis::new(2000));
            clock.advance(Millis::new(4000));
            assert_eq!(dog.bitten_at(), None, "not started");
            dog.feed();
            clock.advance(Millis::new(gap));
            assert_eq!(dog.bitten_at().map(Instant::as_millis), bitten, "{gap}");
            dog.feed();
            assert_eq!((dog.bitten_at().map(Instant::as_millis), dog.count()), (bitten, 2), "{gap}, fed too late");
        }
    }

    #[test]
    fn waiting_for_the_past_does_not_turn_the_clock_back() {
        let mut clock = FakeClock::starting_at(Instant::from_millis(500));
        for (moment, now) in [(400, 500), (500, 500), (750, 750)] {
            clock.wait_until(Instant::from_millis(moment));
            assert_eq!(clock.now(), Instant::from_millis(now));
        }
    }
}
