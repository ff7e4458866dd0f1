//! Starts that wait for their time.
//!
//! Decides which start is due, and which came too late to be carried out. It knows neither what is started nor
//! whether the kiln is free: the firing asks when it is idle. Starts live on the wall clock, because people do; a
//! clock that is set while one waits can make it due or late, never lose it silently.

use crate::limits;
use crate::units::{Millis, WallClock};

/// What may be scheduled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// How many starts may wait, at most [`limits::SCHEDULED_MOST`].
    pub room: usize,
    /// The farthest ahead a start may lie; `None` is any time.
    pub farthest: Option<Millis>,
    /// How late a start may still be carried out; `None` is however late.
    pub latest: Option<Millis>,
}

impl Rules {
    /// What ships: several starts, none a surprise.
    pub const SHIPPING: Self = Self {
        room: limits::SCHEDULED_MOST,
        farthest: Some(limits::SCHEDULE_FARTHEST),
        latest: Some(limits::SCHEDULE_LATEST),
    };
    /// The reference controller: one start, carried out however late.
    pub const REFERENCE: Self = Self { room: 1, farthest: None, latest: None };
}

/// Why a start was not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refused {
    /// As many starts as there is room for are waiting.
    Full,
    /// The start is not in the future.
    NotInFuture,
    /// The start lies farther ahead than may be scheduled.
    TooFar,
}

/// The starts that wait, each with what is to be started.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Schedule<T> {
    starts: [Option<(WallClock, T)>; limits::SCHEDULED_MOST],
}

impl<T> Default for Schedule<T> {
    fn default() -> Self {
        Self { starts: [const { None }; limits::SCHEDULED_MOST] }
    }
}

impl<T> Schedule<T> {
    /// Takes a start for `at`.
    ///
    /// # Errors
    /// [`Refused`], and everything stays as it is.
    pub fn add(&mut self, rules: &Rules, item: T, at: WallClock, now: WallClock) -> Result<(), Refused> {
        let free = if self.count() < rules.room { self.starts.iter_mut().find(|slot| slot.is_none()) } else { None };
        let free = free.ok_or(Refused::Full)?;
        if at <= now {
            return Err(Refused::NotInFuture);
        }
        if rules.farthest.is_some_and(|farthest| at.since(now) > farthest) {
            return Err(Refused::TooFar);
        }
        *free = Some((at, item));
        Ok(())
    }

    /// The start that comes next, and its time.
    pub fn next(&self) -> Option<(WallClock, &T)> {
        self.starts.iter().flatten().min_by_key(|(at, _)| *at).map(|(at, item)| (*at, item))
    }

    /// How many starts wait.
    pub fn count(&self) -> usize {
        self.starts.iter().flatten().count()
    }

    /// Whether a start is due.
    pub fn is_due(&self, now: WallClock) -> bool {
        self.next().is_some_and(|(at, _)| at <= now)
    }

    /// Takes the start that is due out of the schedule; `None` when none is. To be asked when the kiln is free.
    pub fn take_due(&mut self, rules: &Rules, now: WallClock) -> Option<T> {
        self.take_first(|at| at <= now && !is_missed(rules, at, now))
    }

    /// Takes a start out of the schedule that is too late to be carried out, with its lateness; `None` when none
    /// is. To be asked every tick until it is `None`, busy or not, so that a missed start is told when it is missed.
    pub fn take_missed(&mut self, rules: &Rules, now: WallClock) -> Option<(T, Millis)> {
        let (at, _) = self.next()?;
        self.take_first(|at| is_missed(rules, at, now)).map(|item| (item, now.since(at)))
    }

    /// Forgets every start; whether there was one.
    pub fn cancel_all(&mut self) -> bool {
        let any = self.count() > 0;
        *self = Self::default();
        any
    }

    fn take_first(&mut self, wanted: impl Fn(WallClock) -> bool) -> Option<T> {
        let matching = self.starts.iter_mut().filter(|slot| slot.as_ref().is_some_and(|(at, _)| wanted(*at)));
        let first = matching.min_by_key(|slot| slot.as_ref().map(|(at, _)| *at))?;
        first.take().map(|(_, item)| item)
    }
}

fn is_missed(rules: &Rules, at: WallClock, now: WallClock) -> bool {
    rules.latest.is_some_and(|latest| now.since(at) > latest)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: WallClock = WallClock::from_unix_millis(1_700_000_000_000);

    fn minutes(count: u64) -> WallClock {
        NOON + Millis::from_minutes(count)
    }

    #[test]
    fn starts_come_in_order_whatever_the_order_they_were_given_in() {
        let (rules, mut schedule) = (Rules::SHIPPING, Schedule::default());
        for (item, at) in [('c', 30), ('a', 10), ('d', 40), ('b', 20)] {
            assert_eq!(schedule.add(&rules, item, minutes(at), NOON), Ok(()));
        }
        assert_eq!(schedule.add(&rules, 'e', minutes(50), NOON), Err(Refused::Full));
        for (now, due) in [(9, None), (10, Some('a')), (10, None), (21, Some('b')), (30, Some('c')), (45, Some('d'))] {
            assert_eq!(schedule.is_due(minutes(now)), due.is_some(), "{now}");
            assert_eq!(schedule.take_due(&rules, minutes(now)), due, "{now}");
        }
    }

    #[test]
    fn what_is_refused() {
        let (rules, mut schedule) = (Rules::SHIPPING, Schedule::default());
        let month = limits::SCHEDULE_FARTHEST;
        let cases = [
            (NOON, Err(Refused::NotInFuture)),
            (WallClock::from_unix_millis(0), Err(Refused::NotInFuture)),
            (NOON + month + Millis::new(1), Err(Refused::TooFar)),
            (NOON + month, Ok(())),
            (NOON + Millis::new(1), Ok(())),
        ];
        for (at, answer) in cases {
            assert_eq!(schedule.add(&rules, (), at, NOON), answer, "{at:?}");
        }
        assert!(schedule.cancel_all());
        assert!(!schedule.cancel_all());
    }

    #[test]
    fn incident_late_start_fires_hours_late() {
        let late = NOON + Millis::from_hours(5) + Millis::from_minutes(30);
        let mut schedule = Schedule::default();
        schedule.add(&Rules::SHIPPING, "bisque", minutes(1), NOON).unwrap();
        assert_eq!(schedule.take_due(&Rules::SHIPPING, late), None, "a start hours late is not carried out");
        assert_eq!(schedule.take_missed(&Rules::SHIPPING, minutes(6)), None, "five minutes late is late enough to run");
        assert_eq!(schedule.take_missed(&Rules::SHIPPING, late), Some(("bisque", late.since(minutes(1)))));
        assert_eq!(schedule.count(), 0, "and it is told only once");

        schedule.add(&Rules::REFERENCE, "bisque", minutes(1), NOON).unwrap();
        assert_eq!(schedule.take_missed(&Rules::REFERENCE, late), None);
        assert_eq!(schedule.take_due(&Rules::REFERENCE, late), Some("bisque"));
    }

    #[test]
    fn a_missed_start_does_not_hide_the_next_one() {
        let (rules, mut schedule) = (Rules::SHIPPING, Schedule::default());
        schedule.add(&rules, 'a', minutes(10), NOON).unwrap();
        schedule.add(&rules, 'b', minutes(20), NOON).unwrap();
        assert_eq!(schedule.take_due(&rules, minutes(20)), Some('b'));
        assert_eq!(schedule.take_missed(&rules, minutes(20)), Some(('a', Millis::from_minutes(10))));
        assert_eq!(schedule.take_missed(&rules, minutes(20)), None);
    }
}
