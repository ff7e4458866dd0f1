//! What happened: a closed list, newest few kept.
//!
//! Events are told, never acted on; each carries a number so that a reader knows which it has missed.

use crate::cone::Cone;
use crate::fault::Fault;
use crate::units::{Celsius, CelsiusPerHour, Instant, Kelvin};

/// Something that happened.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event {
    /// A firing began with this step.
    Started {
        /// The step, counted from 0.
        step: usize,
    },
    /// A firing that was cut off goes on with this step.
    Resumed {
        /// The step, counted from 0.
        step: usize,
    },
    /// The next step began.
    StepEntered {
        /// The step, counted from 0.
        step: usize,
    },
    /// A hold's temperature was reached; its time counts from here.
    HoldReached,
    /// The cone a hold waited for has fallen, and the hold is over.
    ConeFallen {
        /// The cone.
        cone: Cone,
    },
    /// The cone a hold waited for has not fallen within the longest time of the hold, and the hold is over.
    ConeGaveUp {
        /// The cone.
        cone: Cone,
    },
    /// The schedule clock waits for the kiln for the first time in this step.
    FellBehind,
    /// The regulator's model has left what a kiln can be: the PID goes on.
    RegulatorFellBack,
    /// A ramp got a slower rate, because the kiln cannot do the one asked for.
    RateAdapted {
        /// The rate asked for.
        from: CelsiusPerHour,
        /// The rate from here on.
        to: CelsiusPerHour,
    },
    /// A ramp ended short of its target because the kiln stands still close to it.
    StallAdvanced {
        /// How far short.
        short: Kelvin,
    },
    /// The reheat after an outage is done.
    Reheated,
    /// Nobody renewed a hold or ended a pause: the kiln falls back to the bank temperature.
    Banked {
        /// The bank temperature.
        target: Celsius,
    },
    /// The firing is paused.
    Paused,
    /// The firing goes on after a pause.
    Unpaused,
    /// A step was skipped by hand.
    Skipped,
    /// The running or coming steps were changed by hand.
    Changed,
    /// The firing came to its end.
    Completed,
    /// The firing or tuning was ended by hand.
    Stopped,
    /// A tuning run began.
    TuningStarted,
    /// A tuning run came to its end.
    TuningCompleted,
    /// A scheduled start was too late to carry out and has been dropped.
    StartMissed,
    /// A scheduled start could not be carried out and has been dropped.
    StartRefused,
    /// A fault appeared.
    Faulted(Fault),
    /// A fault that only withheld heat is gone.
    Recovered,
    /// A latched fault was cleared by hand.
    Cleared,
}

/// Why the schedule clock stands still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waiting {
    /// The kiln is behind the schedule with all the power or cooling there is.
    Behind,
    /// The kiln has not reached the temperature the step ends at or holds.
    Arriving,
    /// The kiln is being brought back to where an outage found it.
    Reheating,
    /// Someone paused the firing.
    Paused,
    /// Heat is withheld by a fault that has not latched.
    HeatWithheld,
}

/// How many events are kept.
pub const KEPT: usize = 16;

/// The newest events with their numbers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Events {
    ring: [Option<(Instant, Event)>; KEPT],
    total: u32,
}

impl Default for Events {
    fn default() -> Self {
        Self { ring: [None; KEPT], total: 0 }
    }
}

impl Events {
    /// Adds an event.
    pub fn note(&mut self, now: Instant, event: Event) {
        let slot = self.total.checked_rem(Self::KEPT_U32).and_then(|index| usize::try_from(index).ok());
        if let Some(kept) = slot.and_then(|index| self.ring.get_mut(index)) {
            *kept = Some((now, event));
        }
        self.total = self.total.wrapping_add(1);
    }

    /// How many events there have been; the next one gets this number.
    pub const fn total(&self) -> u32 {
        self.total
    }

    /// The events numbered `from` and later that are still kept, oldest first.
    pub fn since(&self, from: u32) -> impl Iterator<Item = (Instant, Event)> + '_ {
        let behind = self.total.wrapping_sub(from).min(Self::KEPT_U32);
        (0..behind).filter_map(move |back| {
            let number = self.total.wrapping_sub(behind - back);
            let index = usize::try_from(number.checked_rem(Self::KEPT_U32)?).ok()?;
            self.ring.get(index).copied().flatten()
        })
    }

    /// The same list made again from what it gave: the count, and the newest events, oldest first.
    pub fn recalled(total: u32, newest: impl ExactSizeIterator<Item = (Instant, Event)>) -> Self {
        let kept = u32::try_from(newest.len()).unwrap_or(u32::MAX);
        let mut events = Self { total: total.wrapping_sub(kept), ..Self::default() };
        newest.for_each(|(at, event)| events.note(at, event));
        events
    }

    /// A power of two, so that numbering goes on unbroken where the count wraps.
    const KEPT_U32: u32 = 16;
}

const _: () = assert!(KEPT == 16 && KEPT.is_power_of_two());

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    fn check(start: u32, added: u32, from: u32, expected: &[usize]) {
        let mut events = Events { total: start, ..Events::default() };
        for step in 0..added {
            events.note(Instant::from_millis(0), Event::StepEntered { step: usize::try_from(step).unwrap() });
        }
        let seen: Vec<usize> = events
            .since(start.wrapping_add(from))
            .map(|(_, event)| if let Event::StepEntered { step } = event { step } else { usize::MAX })
            .collect();
        assert_eq!(seen, expected, "{start} +{added} from {from}");
    }

    #[test]
    fn readers_get_what_they_have_not_seen() {
        check(0, 3, 0, &[0, 1, 2]);
        check(0, 3, 2, &[2]);
        check(0, 3, 3, &[]);
        check(u32::MAX - 1, 4, 1, &[1, 2, 3]);
        check(0, 18, 0, &(2..18).collect::<Vec<_>>());
    }

    #[test]
    fn a_list_made_again_is_the_same() {
        for (start, added) in [(0, 0), (0, 1), (0, 15), (0, 16), (0, 40), (u32::MAX - 20, 30)] {
            let mut events = Events { total: start, ..Events::default() };
            for step in 0..added {
                events.note(Instant::from_millis(7), Event::StepEntered { step });
            }
            let kept: Vec<_> = events.since(events.total().wrapping_sub(Events::KEPT_U32)).collect();
            assert_eq!(Events::recalled(events.total(), kept.into_iter()), events, "{start} +{added}");
        }
    }
}
