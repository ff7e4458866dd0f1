//! How fast the temperature has been moving, from samples kept for a while.
//!
//! Decides a rate and whether the samples reach far enough back for it. Does not decide when a sample is due or
//! whether a rate is good enough.

use crate::units::{Celsius, CelsiusPerHour, Millis};

/// The newest samples, at most `N` of them, on any clock that counts milliseconds.
///
/// To cover a window of `w` with a sample every `p` takes `w / p + 1` samples: both ends count.
#[derive(Clone, Copy, Debug)]
pub struct History<const N: usize> {
    samples: [(Millis, Celsius); N],
    /// Where the next sample goes.
    next: usize,
    count: usize,
    /// How many are kept; at most `N`.
    room: usize,
}

impl<const N: usize> History<N> {
    const FULL: () = assert!(N >= 2, "a rate takes two samples");

    /// An empty history that keeps `N` samples.
    pub const fn new() -> Self {
        let () = Self::FULL;
        Self { samples: [(Millis::ZERO, Celsius::ZERO); N], next: 0, count: 0, room: N }
    }

    /// An empty history that keeps fewer than it could: `samples`, at least 1 and at most `N`.
    pub const fn keeping(samples: usize) -> Self {
        let mut history = Self::new();
        history.room = if samples == 0 {
            1
        } else if samples > N {
            N
        } else {
            samples
        };
        history
    }

    /// Keeps a sample; the oldest goes when there is no room.
    pub fn add(&mut self, at: Millis, temperature: Celsius) {
        if let Some(sample) = self.samples.get_mut(self.next) {
            *sample = (at, temperature);
        }
        self.next = (self.next + 1) % self.room;
        self.count = (self.count + 1).min(self.room);
    }

    /// Forgets every sample.
    pub const fn clear(&mut self) {
        self.next = 0;
        self.count = 0;
    }

    /// How many samples there are.
    pub const fn len(&self) -> usize {
        self.count
    }

    /// Whether there is no sample.
    pub const fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// Whether the next sample pushes out the oldest.
    pub const fn is_full(&self) -> bool {
        self.count >= self.room
    }

    /// The rate over the last `window`: from the sample whose age is nearest to it up to the newest.
    ///
    /// Where the samples do not reach that far back it is the rate over what there is; [`History::covers`] tells.
    /// With fewer than two samples, or none apart in time, nothing has moved.
    pub fn rate(&self, window: Millis) -> CelsiusPerHour {
        self.rate_of(window).unwrap_or(CelsiusPerHour::ZERO)
    }

    fn rate_of(&self, window: Millis) -> Option<CelsiusPerHour> {
        let (newest_at, newest) = self.newest()?;
        let off = |at: Millis| newest_at.saturating_sub(at).get().abs_diff(window.get());
        // Only a clock that stands still or steps back gives two equally near: then the first place in the ring counts.
        let (from, temperature) = self.iter().filter(|(at, _)| *at <= newest_at).min_by_key(|(at, _)| off(*at))?;
        let apart = newest_at.saturating_sub(from);
        let hours = apart.seconds() / 3600.0;
        if apart == Millis::ZERO { None } else { CelsiusPerHour::new((newest - temperature).get() / hours) }
    }

    /// Whether the samples reach back the whole `window`.
    pub fn covers(&self, window: Millis) -> bool {
        let oldest = self.iter().map(|(at, _)| at).min();
        match (self.newest(), oldest) {
            (Some((newest, _)), Some(oldest)) => newest.saturating_sub(oldest) >= window,
            _ => false,
        }
    }

    /// The sample with the latest time, the first of several.
    fn newest(&self) -> Option<(Millis, Celsius)> {
        self.iter().reduce(|best, sample| if sample.0 > best.0 { sample } else { best })
    }

    /// The samples, in the order of their places in the ring.
    fn iter(&self) -> impl Iterator<Item = (Millis, Celsius)> {
        self.samples.iter().take(self.count).copied()
    }
}

impl<const N: usize> Default for History<N> {
    fn default() -> Self {
        Self::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WINDOW: Millis = Millis::from_minutes(10);

    fn climb<const N: usize>(samples: u64) -> History<N> {
        let mut history = History::new();
        for n in 0..samples {
            let at = Millis::from_seconds(10 * n);
            history.add(at, Celsius::new(20.0 + 150.0 * at.seconds() / 3600.0).unwrap());
        }
        history
    }

    #[test]
    fn incident_sixty_samples_never_cover_ten_minutes() {
        assert!(!climb::<60>(1000).covers(WINDOW), "60 samples 10 s apart span 590 s");
        assert!(climb::<61>(1000).covers(WINDOW));
        assert!(!climb::<61>(60).covers(WINDOW), "not before they are there");
    }

    #[test]
    fn a_steady_climb_has_one_rate_over_any_window() {
        for window in [Millis::from_seconds(10), Millis::from_seconds(95), WINDOW, Millis::from_hours(9)] {
            assert!((climb::<61>(200).rate(window).get() - 150.0).abs() < 1e-9, "{window:?}");
        }
    }

    #[test]
    fn without_two_moments_nothing_moves() {
        let mut history = History::<4>::new();
        for temperature in [20, 30, 500] {
            assert_eq!((history.rate(WINDOW), history.covers(WINDOW)), (CelsiusPerHour::ZERO, false));
            history.add(Millis::from_seconds(5), Celsius::whole(temperature));
        }
        history.clear();
        assert!(history.is_empty());
    }

    #[test]
    fn the_ring_keeps_the_newest() {
        let mut history = History::<8>::keeping(3);
        for n in 0..20 {
            history.add(Millis::from_seconds(n), Celsius::whole(20));
            let mut kept: std::vec::Vec<u64> = history.iter().map(|(at, _)| at.get() / 1000).collect();
            kept.sort_unstable();
            let expected: std::vec::Vec<u64> = (n.saturating_sub(2)..=n).collect();
            assert_eq!(kept, expected);
        }
    }
}
