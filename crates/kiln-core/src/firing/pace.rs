//! How a run keeps pace with its kiln: when its clock waits, when its ramp slows, when it gives up.
//!
//! Shows the judges of `keep_up` what they need and turns what they find into the run's next move.

use super::keep_up::{self, Progress};
use super::rules::{AdaptRule, Arrival, Rules};
use super::run::{Asked, Run, Seen};
use crate::event::{Event, Events, Waiting};
use crate::fault::Fault;
use crate::profile::{RampRate, Step};
use crate::units::{CelsiusPerHour, Kelvin};

impl Run {
    /// Why the schedule clock stands still in this tick, if it does.
    pub(super) fn why_waiting(&self, rules: &Rules, seen: &Seen) -> Option<Waiting> {
        if self.paused.is_some() {
            return Some(Waiting::Paused);
        }
        if self.reheat.is_some() {
            return Some(Waiting::Reheating);
        }
        let Arrival::Band(_) = rules.arrival else { return None };
        if seen.withheld {
            return Some(Waiting::HeatWithheld);
        }
        let step = self.in_step(seen.at);
        let arriving = match step.step {
            Step::Hold { .. } | Step::HoldCone { .. } => !self.step.arrived,
            Step::Ramp { target, rate: RampRate::PerHour(_), .. } => {
                self.target == Some(target) && !step.leads_on(target, self.next_step())
            }
            Step::Ramp { .. } | Step::Cool { .. } => false,
        };
        if arriving {
            return Some(Waiting::Arriving);
        }
        let rule = rules.wait.as_ref()?;
        keep_up::waits(rule, &step, self.target?, seen.duty, self.step.waited).then_some(Waiting::Behind)
    }

    /// Slows the ramp or judges a stall; `Some` where the firing fails or ends by it.
    pub(super) fn cannot_keep_up(&mut self, rules: &Rules, seen: &Seen, events: &mut Events) -> Option<Asked> {
        let progress = self.progress(rules, seen);
        if let Some(rule) = &rules.adapt {
            self.slow_down(rule, seen, &progress, events);
        }
        self.judge_stall(rules, seen, &progress, events)
    }

    /// Gives a ramp that has been too fast for a while the rate the kiln can do, from where the kiln is.
    fn slow_down(&mut self, rule: &AdaptRule, seen: &Seen, progress: &Progress, events: &mut Events) {
        if !keep_up::overtaxed(rule, progress) {
            self.step.overtaxed_since = None;
            return;
        }
        let lasted = self.active.saturating_sub(*self.step.overtaxed_since.get_or_insert(self.active));
        let since = self.step.adapted.map_or(f64::INFINITY, |(_, at)| self.active.seconds() - at);
        if let (Some(to), Some(from)) = (keep_up::adapted(rule, progress, since, lasted), progress.wanted) {
            self.step.adapted = Some((to, self.active.seconds()));
            self.step.overtaxed_since = None;
            self.step.from = seen.at;
            self.step.start = self.clock.seconds();
            self.step.stall_fails = 0;
            self.history.clear();
            self.rate_changed = true;
            events.note(seen.now, Event::RateAdapted { from, to });
        }
    }

    fn judge_stall(&mut self, rules: &Rules, seen: &Seen, progress: &Progress, events: &mut Events) -> Option<Asked> {
        let rule = &rules.stall;
        let may_judge = match progress.step.step {
            Step::Ramp { min_rate, rate, .. } => {
                min_rate.is_none_or(|min| min > CelsiusPerHour::ZERO) && !(rule.blind && rate == RampRate::Full)
            }
            Step::Hold { .. } | Step::HoldCone { .. } => !rule.blind && !self.step.arrived,
            Step::Cool { .. } => false,
        };
        if !may_judge || self.active.saturating_sub(self.step.judged) < rule.every {
            return None;
        }
        self.step.judged = self.active;
        if progress.in_step < rule.grace.seconds() {
            return None;
        }
        let Some(fault) = keep_up::too_slow(rule, progress) else {
            self.step.stall_fails = 0;
            return None;
        };
        self.step.stall_fails += 1;
        if self.step.stall_fails < rule.fails {
            return None;
        }
        let short = progress.step.step.target()? - seen.at;
        let needed = if matches!(fault, Fault::Stalled { .. }) { rule.fails_standing } else { rule.fails };
        if rule.arrival_band > Kelvin::ZERO && short.abs() <= rule.arrival_band {
            events.note(seen.now, Event::StallAdvanced { short });
            self.stall_advance(rules, seen, events)
        } else if (rule.blind || short > Kelvin::ZERO) && self.step.stall_fails >= needed {
            Some(Asked::Failed(fault))
        } else {
            // Not for long enough; or a kiln that cools slower than asked: its heat is off, there is nothing to fail.
            None
        }
    }

    /// A kiln that stands still close to its target counts as there.
    fn stall_advance(&mut self, rules: &Rules, seen: &Seen, events: &mut Events) -> Option<Asked> {
        match self.profile.step(self.step.index) {
            Some(Step::Hold { .. } | Step::HoldCone { .. }) => {
                self.step.arrived = true;
                self.step.stall_fails = 0;
                events.note(seen.now, Event::HoldReached);
                None
            }
            Some(Step::Ramp { .. } | Step::Cool { .. }) | None => {
                let ended = self.leave_step(rules, seen, events);
                // Where it stands still is where the next hold begins.
                self.step.arrived = true;
                ended
            }
        }
    }

    fn progress(&self, rules: &Rules, seen: &Seen) -> Progress {
        Progress {
            step: self.in_step(seen.at),
            setpoint: self.target.unwrap_or(seen.at),
            duty: seen.duty,
            wanted: self.wanted_rate(),
            measured: self.history.rate(rules.rate_window),
            covered: self.history.covers(rules.rate_window),
            in_step: self.active.seconds() - self.step.start_active,
        }
    }
}
