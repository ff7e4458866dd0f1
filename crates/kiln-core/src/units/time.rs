//! Monotonic time, lengths of time, and the wall clock.
//!
//! Control knows only the monotonic clock. The wall clock is a label: no arithmetic between the two exists.

use core::ops::{Add, AddAssign};

/// A length of time in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Millis(u64);

impl Millis {
    /// No time at all.
    pub const ZERO: Self = Self(0);

    /// A number of milliseconds.
    pub const fn new(ms: u64) -> Self {
        Self(ms)
    }

    /// A number of seconds.
    pub const fn from_seconds(seconds: u64) -> Self {
        Self(seconds.saturating_mul(1000))
    }

    /// A number of minutes.
    pub const fn from_minutes(minutes: u64) -> Self {
        Self::from_seconds(minutes.saturating_mul(60))
    }

    /// A number of hours.
    pub const fn from_hours(hours: u64) -> Self {
        Self::from_minutes(hours.saturating_mul(60))
    }

    /// Rounds a number of seconds to the nearest millisecond; `None` if it is negative, not a number or beyond
    /// what a length of time can be (some 285,000 years, the exact integers of an f64).
    pub const fn from_seconds_f64(seconds: f64) -> Option<Self> {
        let ms = seconds * 1000.0 + 0.5;
        if ms >= 0.5 && ms < 9_007_199_254_740_992.0 {
            #[expect(
                clippy::as_conversions,
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "checked"
            )]
            Some(Self(ms as u64))
        } else {
            None
        }
    }

    /// The length in milliseconds.
    pub const fn get(self) -> u64 {
        self.0
    }

    /// The length in seconds. Exact to the millisecond up to 285,000 years.
    #[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "no run lasts 2^53 ms")]
    pub const fn seconds(self) -> f64 {
        self.0 as f64 / 1000.0
    }

    /// What is left after taking `other` away, at least nothing.
    #[must_use]
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Add for Millis {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Millis {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

/// A moment on the monotonic clock, in milliseconds since an arbitrary start.
///
/// 64 bits of milliseconds do not wrap in the life of a kiln; a board whose counter is shorter extends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Instant(u64);

impl Instant {
    /// The moment `ms` milliseconds after the clock's start.
    pub const fn from_millis(ms: u64) -> Self {
        Self(ms)
    }

    /// Milliseconds since the clock's start.
    pub const fn as_millis(self) -> u64 {
        self.0
    }

    /// The time from `earlier` to here; `None` when `earlier` is later.
    pub const fn checked_since(self, earlier: Self) -> Option<Millis> {
        match self.0.checked_sub(earlier.0) {
            Some(ms) => Some(Millis(ms)),
            None => None,
        }
    }

    /// The time from `earlier` to here; nothing when `earlier` is later.
    pub const fn since(self, earlier: Self) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Millis> for Instant {
    type Output = Self;
    fn add(self, time: Millis) -> Self {
        Self(self.0.saturating_add(time.0))
    }
}

/// Milliseconds since 1970-01-01T00:00:00Z. A label for people, never an input of control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct WallClock(u64);

impl WallClock {
    /// A moment by its Unix time in milliseconds.
    pub const fn from_unix_millis(ms: u64) -> Self {
        Self(ms)
    }

    /// The Unix time in milliseconds.
    pub const fn unix_millis(self) -> u64 {
        self.0
    }

    /// The Unix time in whole seconds, rounded down.
    pub const fn unix_seconds(self) -> u64 {
        self.0 / 1000
    }

    /// The time from `earlier` to here; nothing when `earlier` is later.
    pub const fn since(self, earlier: Self) -> Millis {
        Millis(self.0.saturating_sub(earlier.0))
    }
}

impl Add<Millis> for WallClock {
    type Output = Self;
    fn add(self, time: Millis) -> Self {
        Self(self.0.saturating_add(time.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_come_in_rounded_or_not_at_all() {
        let cases = [(0.0, Some(0)), (0.0004, Some(0)), (735.23, Some(735_230)), (-0.001, None), (f64::NAN, None)];
        for (given, ms) in cases.into_iter().chain([(f64::INFINITY, None), (1e300, None)]) {
            assert_eq!(Millis::from_seconds_f64(given).map(Millis::get), ms, "{given}");
        }
    }

    #[test]
    fn a_clock_that_steps_back_is_seen() {
        let (early, late) = (Instant::from_millis(10), Instant::from_millis(15));
        assert_eq!((late.checked_since(early), early.checked_since(late)), (Some(Millis::new(5)), None));
    }
}
