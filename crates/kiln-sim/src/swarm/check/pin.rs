//! The deadlines at the pin: stop, over the limit, stale, dead loop, idle, dead application.
//!
//! Deadlines run from the sample or the mailbox write. A slot is judged by the level that the pin has from its
//! beginning on. Where a pin cannot be driven, the contactor's pin has to end the heat instead.

use kiln_core::limits;
use kiln_core::units::{Instant, Millis};

use super::{Rule, Violation, note};

/// From the mailbox write, and from the sample over the limit, to a low pin.
const AT_ONCE: Millis = Millis::new(500);
/// From the last good sample to a low pin.
const STALE: Millis = Millis::new(3250);
/// How late the bite of a watchdog may be seen: it is looked at once a slot.
const SLACK: Millis = Millis::new(200);
/// Samples over the limit in a row that may latch.
const LATCHES: u32 = 3;

/// What a slot read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::swarm) enum Fetched {
    /// Nothing: it was not the time, or there was no good sample.
    Nothing,
    /// A good sample, °C.
    Good(f64),
}

/// One slot, as seen from outside.
#[derive(Clone, Copy, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "five things that are so or not, each on its own")]
pub(in crate::swarm) struct Slot {
    /// When it began.
    pub(in crate::swarm) now: Instant,
    /// The same after the start of the firing, ms.
    pub(in crate::swarm) at_ms: u64,
    /// Whether a pin lets power flow.
    pub(in crate::swarm) high: bool,
    /// Whether a firing is going on.
    pub(in crate::swarm) firing: bool,
    /// What was read in this slot.
    pub(in crate::swarm) read: Fetched,
    /// Whether the loop stands still, and if so whether everything does.
    pub(in crate::swarm) still: Option<bool>,
    /// Whether the watchdog has bitten.
    pub(in crate::swarm) bitten: bool,
    /// Whether the application is silent.
    pub(in crate::swarm) silent: bool,
    /// Whether over-temperature has latched.
    pub(in crate::swarm) latched_hot: bool,
}

/// Watches the pin.
#[derive(Clone, Debug)]
pub(in crate::swarm) struct PinJudge {
    maximum_c: f64,
    window: Millis,
    stopped: Option<Instant>,
    over: Option<Instant>,
    over_in_a_row: u32,
    most_in_a_row: u32,
    last_good: Option<Instant>,
    still: Option<Instant>,
    silent: Option<Instant>,
}

impl PinJudge {
    /// A judge of a kiln with this maximum and relay window.
    pub(in crate::swarm) fn new(maximum_c: f64, window: Millis) -> Self {
        Self {
            maximum_c,
            window,
            stopped: None,
            over: None,
            over_in_a_row: 0,
            most_in_a_row: 0,
            last_good: None,
            still: None,
            silent: None,
        }
    }

    /// A stop or shutdown has just been put into the mailbox.
    pub(in crate::swarm) fn asked_to_stop(&mut self, now: Instant) {
        self.stopped.get_or_insert(now);
    }

    /// Judges one slot.
    pub(in crate::swarm) fn see(&mut self, slot: &Slot, violations: &mut Vec<Violation>) {
        self.remember(slot);
        let late = |since: Option<Instant>, allowed: Millis| since.is_some_and(|at| slot.now.since(at) >= allowed);
        self.judge_standing(slot, violations);
        if slot.latched_hot && self.most_in_a_row < LATCHES {
            note(violations, Rule::Spike, slot.at_ms, || format!("{} samples latched", self.most_in_a_row));
        }
        let alone = limits::APPLICATION_SILENT + limits::ALONE_LONGEST + limits::WATCHDOG + limits::TICK + SLACK;
        if late(self.silent, alone) && !slot.bitten {
            note(violations, Rule::DeadApplication, slot.at_ms, || "the watchdog has not bitten".to_owned());
        }
        if !slot.high || slot.still == Some(true) {
            return;
        }
        let wrong = [
            (Rule::Stop, late(self.stopped, AT_ONCE), "after a stop"),
            (Rule::OverLimit, late(self.over, AT_ONCE), "over the limit"),
            (Rule::Stale, late(self.last_good, STALE), "without a good sample"),
            (Rule::Idle, !slot.firing && slot.still.is_none(), "without a firing"),
        ];
        for (rule, _, what) in wrong.into_iter().filter(|(_, broken, _)| *broken) {
            note(violations, rule, slot.at_ms, || format!("pin high {what}"));
        }
    }

    fn remember(&mut self, slot: &Slot) {
        if let Fetched::Good(celsius) = slot.read {
            self.last_good = Some(slot.now);
            if celsius > self.maximum_c {
                self.over.get_or_insert(slot.now);
                self.over_in_a_row += 1;
                self.most_in_a_row = self.most_in_a_row.max(self.over_in_a_row);
            } else {
                (self.over, self.over_in_a_row) = (None, 0);
            }
        }
        self.still = slot.still.map(|_| self.still.unwrap_or(slot.now));
        self.silent = if slot.silent && !slot.bitten { Some(self.silent.unwrap_or(slot.now)) } else { None };
    }

    /// A loop that stands.
    fn judge_standing(&self, slot: &Slot, violations: &mut Vec<Violation>) {
        let (Some(since), Some(everything)) = (self.still, slot.still) else { return };
        let stood = slot.now.since(since);
        let bitten_by = limits::WATCHDOG + self.window;
        let low_by = if everything { bitten_by } else { limits::HEAT_LEASE };
        if slot.high && stood >= low_by {
            note(violations, Rule::DeadLoop, slot.at_ms, || format!("pin high {} ms into it", stood.get()));
        }
        if !slot.bitten && stood >= bitten_by + SLACK {
            note(violations, Rule::Reset, slot.at_ms, || format!("no reset {} ms into it", stood.get()));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Judges a row of slots, 100 ms apart, with a stop before the first where asked; the rules that were broken.
    fn check(stop: bool, slots: &[Slot], broken: &[Rule]) {
        let mut judge = PinJudge::new(1000.0, Millis::from_seconds(5));
        let mut violations = Vec::new();
        for (index, slot) in slots.iter().enumerate() {
            let now = Instant::from_millis((1 << 32) - 1500 + 100 * index as u64);
            if stop && index == 0 {
                judge.asked_to_stop(now);
            }
            judge.see(&Slot { now, ..*slot }, &mut violations);
        }
        assert_eq!(violations.iter().map(|v| v.rule).collect::<Vec<_>>(), broken);
    }

    const ON: Slot = Slot {
        now: Instant::from_millis(0),
        at_ms: 0,
        high: true,
        firing: true,
        read: Fetched::Nothing,
        still: None,
        bitten: false,
        silent: false,
        latched_hot: false,
    };

    #[test]
    fn every_deadline_is_seen_and_none_too_early() {
        let read = |celsius| Slot { read: Fetched::Good(celsius), ..ON };
        let off = Slot { high: false, ..ON };
        let row = |first: Slot, then: Slot, count: usize| [vec![first], vec![then; count]].concat();
        check(true, &row(ON, ON, 4), &[]);
        check(true, &row(ON, ON, 5), &[Rule::Stop]);
        check(false, &row(read(1001.0), ON, 4), &[]);
        check(false, &row(read(1001.0), ON, 5), &[Rule::OverLimit]);
        check(false, &row(read(1000.0), ON, 5), &[]);
        check(false, &row(read(900.0), ON, 32), &[]);
        check(false, &row(read(900.0), ON, 33), &[Rule::Stale]);
        check(false, &[Slot { firing: false, ..ON }], &[Rule::Idle]);
        check(false, &row(Slot { firing: false, ..off }, off, 50), &[]);
        check(false, &[Slot { latched_hot: true, ..off }], &[Rule::Spike]);
        let over = Slot { high: false, ..read(1001.0) };
        check(false, &[over, over, over, Slot { latched_hot: true, ..off }], &[]);
    }

    #[test]
    fn a_loop_that_stands_is_seen() {
        let still = |everything, high, bitten| Slot { still: Some(everything), high, bitten, ..ON };
        check(false, &[still(false, true, false); 5], &[]);
        check(false, &[still(false, true, false); 6], &[Rule::DeadLoop]);
        check(false, &[still(true, true, false); 70], &[]);
        check(false, &[still(true, true, true); 71], &[Rule::DeadLoop]);
        check(false, &[still(false, false, false); 73], &[Rule::Reset]);
        check(false, &vec![Slot { silent: true, high: false, ..ON }; 1000], &[Rule::DeadApplication]);
    }
}
