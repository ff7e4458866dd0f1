//! How a run keeps pace with its kiln: when its clock waits, when its ramp slows, when it gives up.
//!
//! Shows the judges of `keep_up` what they need and turns what they find into the run's next move.

use super::keep_up::{self, Progress};
use super::rules::{AdaptRule, Arrival, Rules};
use super::run::{Asked, Run, Seen};
use crate::event::{Event, Events, Waiting};
use crate::fault::Fault;
use crate::profile::{RampRate, Step};
use crate::regulate::Ahead;
use crate::single::narrow;
use crate::units::{Celsius, CelsiusPerHour, Kelvin};

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

    /// Where the set-point goes from here, for a regulator that looks ahead. What the clock waits for now is not known to
    /// be over soon: while it waits the set-point stays.
    pub(super) fn ahead(&self) -> Ahead {
        let Some(target) = self.target else { return Ahead::LEVEL };
        if let Some((reheat, _)) = self.reheat {
            return course(target, &Step::Ramp { target: reheat.target, rate: reheat.rate, min_rate: None }, 0.0);
        }
        let step = self.step_in_force();
        match (step, self.waiting) {
            (_, Some(Waiting::Paused | Waiting::HeatWithheld | Waiting::Arriving | Waiting::Reheating)) => Ahead::LEVEL,
            (Step::Hold { time, .. }, _) => {
                let left_s = narrow((time.seconds() - self.step_seconds()).max(0.0));
                Ahead { slope: 0.0, corner_s: left_s, then: self.slope_of_next(target) }
            }
            (Step::Ramp { target: end, .. }, _) if step_leads_on(self, end) => {
                course(target, &step, self.slope_of_next(end))
            }
            (step, _) => course(target, &step, 0.0),
        }
    }

    /// The slope of the step after the running one, which leaves from `from`.
    fn slope_of_next(&self, from: Celsius) -> f32 {
        self.next_step().map_or(0.0, |next| course(from, next, 0.0).slope)
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

/// Whether the set-point goes on in the same direction after the running ramp.
fn step_leads_on(run: &Run, end: Celsius) -> bool {
    run.in_step(end).leads_on(end, run.next_step())
}

/// The course of a step from `at` on, and the slope after it. A move as fast as the kiln can has no course.
fn course(at: Celsius, step: &Step, then: f32) -> Ahead {
    match step {
        Step::Ramp { target, rate: RampRate::PerHour(rate), .. } => {
            let way = narrow((*target - at).get());
            let rate = narrow(rate.get() / 3600.0);
            let slope = if way < 0.0 { -rate } else { rate };
            Ahead { slope, corner_s: if rate > 0.0 { way / slope } else { f32::INFINITY }, then }
        }
        Step::Ramp { .. } | Step::Hold { .. } | Step::HoldCone { .. } | Step::Cool { .. } => Ahead::LEVEL,
    }
}
