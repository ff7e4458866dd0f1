//! One firing on its way through its profile: the schedule clock, the step, the set-point.
//!
//! [`Run::tick`] looks first (time, reading, what was asked), then moves at most one step and says what to ask for.
//! It knows no regulator: it is told what output was asked for last, and asks for a temperature.

use super::cones::Ware;
use super::resume::{self, Reheating};
use super::rules::{Arrival, CLOCK_STEP_ASSUMED, CLOCK_STEP_LONGEST, REHEATED_WITHIN, Rules};
use super::step_end::{EndsBy, InStep, next_from};
use crate::command::ResumePoint;
use crate::cone::HeatWork;
use crate::event::{Event, Events, Waiting};
use crate::fault::Fault;
use crate::history::History;
use crate::profile::{Profile, RampRate, Step};
use crate::units::{Celsius, CelsiusPerHour, Duty, Instant, Kelvin, Millis};

/// Samples the rate history keeps: a ten-minute window at ten seconds, both ends included.
pub(super) const HISTORY: usize = 64;

/// What kind of firing it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// A profile, from its start or resumed.
    Profile,
    /// A hold set by hand.
    Manual,
    /// The bank: what a hold or a pause that nobody renewed has fallen back to.
    Bank,
}

/// What the firing is told each tick.
#[derive(Clone, Copy, Debug)]
pub struct Seen {
    /// The moment.
    pub now: Instant,
    /// The conditioned temperature.
    pub at: Celsius,
    /// The output asked for last.
    pub duty: Duty,
    /// Whether heat is being withheld by a fault that has not latched.
    pub withheld: bool,
}

/// What the firing asks for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Asked {
    /// This temperature; `None` is no heat.
    Target(Option<Celsius>),
    /// Nothing more: it has come to its end.
    Finished,
    /// Nothing more: it has failed.
    Failed(Fault),
}

/// A firing on its way.
#[derive(Clone, Debug)]
pub struct Run {
    pub(super) profile: Profile,
    pub(super) kind: RunKind,
    pub(super) step: StepMemory,
    /// The schedule clock.
    pub(super) clock: Millis,
    /// The time the firing has been under way, waits included, reheats and pauses not.
    pub(super) active: Millis,
    last: Option<Instant>,
    pub(super) history: History<HISTORY>,
    recorded: Millis,
    pub(super) reheat: Option<(Reheating, Millis)>,
    /// How long the pause has lasted, while there is one.
    pub(super) paused: Option<Millis>,
    pub(super) waiting: Option<Waiting>,
    pub(super) target: Option<Celsius>,
    pub(super) rate_changed: bool,
    /// What has been done to the ware so far.
    pub(super) ware: Ware,
}

/// What is true in the running step.
#[derive(Clone, Copy, Debug)]
pub(super) struct StepMemory {
    pub index: usize,
    /// Where on the schedule clock it started, in seconds; a resumed step may have started between two ticks.
    pub start: f64,
    /// Where on the active clock it started.
    pub start_active: f64,
    pub from: Celsius,
    /// Time the schedule clock has waited for the kiln in this step.
    pub waited: Millis,
    /// Whether a hold's temperature has been reached.
    pub arrived: bool,
    /// The rate in force where it differs from the profile's, and since when on the active clock.
    pub adapted: Option<(CelsiusPerHour, f64)>,
    /// When the pace was judged last, on the active clock.
    pub judged: Millis,
    /// Since when on the active clock the ramp has been too fast for the kiln.
    pub overtaxed_since: Option<Millis>,
    /// Readings in a row that say a temperature has been reached.
    in_a_row: u32,
    pub stall_fails: u32,
}

impl Run {
    /// Starts `profile` at step `index` with the kiln at `at`.
    pub(super) fn start(rules: &Rules, profile: &Profile, kind: RunKind, index: usize, at: Celsius) -> Self {
        let mut history = History::new();
        if rules.arrival == Arrival::Crossing {
            history = History::keeping(super::REFERENCE_HISTORY);
        }
        Self {
            profile: *profile,
            kind,
            step: StepMemory::enter(index, Millis::ZERO, Millis::ZERO, at),
            clock: Millis::ZERO,
            active: Millis::ZERO,
            last: None,
            history,
            recorded: Millis::ZERO,
            reheat: None,
            paused: None,
            waiting: None,
            target: None,
            rate_changed: false,
            ware: Ware::of(HeatWork::NONE),
        }
    }

    /// Goes on with `profile` from `point`, the kiln being at `at` if that is known.
    pub(super) fn resume(rules: &Rules, profile: &Profile, point: &ResumePoint, at: Option<Celsius>) -> Self {
        let entry = resume::entry(rules, profile, point, at);
        let mut run = Self::start(rules, profile, RunKind::Profile, entry.index, entry.from);
        run.clock = point.elapsed;
        run.active = point.elapsed;
        run.recorded = point.elapsed;
        run.step.judged = point.elapsed;
        run.step.start = entry.start;
        run.step.start_active = entry.start;
        run.step.arrived = true;
        run.reheat = entry.reheat.map(|reheat| (reheat, Millis::ZERO));
        run.ware = Ware::of(HeatWork::going_on(point.work));
        run
    }

    /// One tick.
    pub(super) fn tick(&mut self, rules: &Rules, seen: &Seen, events: &mut Events) -> Asked {
        let passed = self.pass(seen.now);
        self.ware.add(seen.at, passed);
        self.wait(rules, seen, passed, events);
        if self.paused.is_some() {
            return self.pause_tick(rules, seen, passed, events);
        }
        self.record(rules, seen.at);
        if let Some(asked) = self.end_of_step(rules, seen, events) {
            return asked;
        }
        if let Some(target) = self.reheat_tick(seen, passed, events) {
            self.target = Some(target);
            return Asked::Target(self.target);
        }
        if let Some(asked) = self.cannot_keep_up(rules, seen, events) {
            return asked;
        }
        self.target = self.setpoint();
        Asked::Target(self.target)
    }

    /// Time since the last tick. A step of the clock that cannot be believed counts as one second; the first tick
    /// after a start counts nothing.
    fn pass(&mut self, now: Instant) -> Millis {
        let Some(last) = self.last.replace(now) else { return Millis::ZERO };
        match now.checked_since(last) {
            Some(passed) if passed <= CLOCK_STEP_LONGEST => passed,
            Some(_) | None => CLOCK_STEP_ASSUMED,
        }
    }

    /// Decides whether the schedule clock waits, and moves the clocks.
    fn wait(&mut self, rules: &Rules, seen: &Seen, passed: Millis, events: &mut Events) {
        let waiting = self.why_waiting(rules, seen);
        if waiting == Some(Waiting::Behind) && self.step.waited == Millis::ZERO {
            events.note(seen.now, Event::FellBehind);
        }
        self.waiting = waiting;
        match waiting {
            None => {
                self.clock += passed;
                self.active += passed;
            }
            Some(Waiting::Behind) => {
                self.active += passed;
                self.step.waited += passed;
            }
            Some(Waiting::Arriving) => self.active += passed,
            // What the temperature does without heat says nothing about the kiln's pace.
            Some(Waiting::HeatWithheld) => self.forget_pace(),
            Some(Waiting::Reheating | Waiting::Paused) => {}
        }
    }

    fn forget_pace(&mut self) {
        self.history.clear();
        self.step.stall_fails = 0;
        self.step.overtaxed_since = None;
    }

    fn record(&mut self, rules: &Rules, at: Celsius) {
        if self.reheat.is_none() && self.active.saturating_sub(self.recorded) >= rules.record_every {
            self.history.add(self.active, at);
            self.recorded = self.active;
        }
    }

    /// Moves to the next step, or to the end, if the running one is over.
    fn end_of_step(&mut self, rules: &Rules, seen: &Seen, events: &mut Events) -> Option<Asked> {
        let step = self.in_step(seen.at);
        if let Some(ended) = self.cone_ends(&step) {
            self.reheat = None;
            events.note(seen.now, ended);
            return self.leave_step(rules, seen, events);
        }
        if let (Arrival::Band(band), Step::Hold { target, .. } | Step::HoldCone { target, .. }, false) =
            (rules.arrival, step.step, self.step.arrived)
        {
            self.step.arrived = self.confirmed(rules, step.arrived_at(target, band));
            if !self.step.arrived {
                return None;
            }
            events.note(seen.now, Event::HoldReached);
        }
        let end = step.end(rules.arrival, self.target, self.next_step(), rules.open_cooling_ends);
        let over = match end {
            Some(EndsBy::Clock) => true,
            Some(EndsBy::Reading) => self.confirmed(rules, true),
            None => self.confirmed(rules, false),
        };
        if over { self.leave_step(rules, seen, events) } else { None }
    }

    /// Whether enough readings in a row have said so.
    fn confirmed(&mut self, rules: &Rules, said: bool) -> bool {
        self.step.in_a_row = if said { self.step.in_a_row.saturating_add(1) } else { 0 };
        said && self.step.in_a_row >= rules.confirm
    }

    /// The step after the running one.
    pub(super) fn next_step(&self) -> Option<&Step> {
        self.profile.step(self.step.index + 1)
    }

    /// Goes on with the next step; `Some` where there is none.
    pub(super) fn leave_step(&mut self, rules: &Rules, seen: &Seen, events: &mut Events) -> Option<Asked> {
        if self.profile.is_last(self.step.index) {
            return match self.kind {
                RunKind::Manual => self.fall_back(rules, seen, events),
                RunKind::Profile | RunKind::Bank => Some(Asked::Finished),
            };
        }
        let close = rules.wait.map_or(Kelvin::ZERO, |wait| wait.behind);
        let from = next_from(rules.arrival, self.target, seen.at, close);
        self.enter(self.step.index + 1, from);
        events.note(seen.now, Event::StepEntered { step: self.step.index });
        None
    }

    pub(super) fn enter(&mut self, index: usize, from: Celsius) {
        self.step = StepMemory::enter(index, self.clock, self.active, from);
        self.history.clear();
    }

    /// The target of the reheat, while it lasts.
    fn reheat_tick(&mut self, seen: &Seen, passed: Millis, events: &mut Events) -> Option<Celsius> {
        let (reheat, since) = self.reheat.as_mut()?;
        if seen.at >= reheat.target - REHEATED_WITHIN {
            self.reheat = None;
            self.history.clear();
            self.recorded = self.active;
            self.step.judged = self.active;
            events.note(seen.now, Event::Reheated);
            return None;
        }
        *since += passed;
        let step = Step::Ramp { target: reheat.target, rate: reheat.rate, min_rate: None };
        step.setpoint(reheat.from, since.seconds())
    }

    /// The set-point of the running step.
    fn setpoint(&self) -> Option<Celsius> {
        self.step_in_force().setpoint(self.step.from, self.step_seconds())
    }

    /// The running step, with a changed rate if it has one.
    pub(super) fn step_in_force(&self) -> Step {
        let step = self.profile.step(self.step.index).copied().unwrap_or(Step::Cool { target: None });
        match (step, self.step.adapted) {
            (Step::Ramp { target, min_rate, .. }, Some((rate, _))) => {
                Step::Ramp { target, rate: RampRate::PerHour(rate), min_rate }
            }
            (step, _) => step,
        }
    }

    pub(super) fn in_step(&self, at: Celsius) -> InStep {
        InStep { step: self.step_in_force(), from: self.step.from, seconds: self.step_seconds(), at }
    }

    /// Seconds of the schedule clock in the running step.
    pub(super) fn step_seconds(&self) -> f64 {
        self.clock.seconds() - self.step.start
    }

    /// The rate in force, for a ramp that has one.
    pub(super) fn wanted_rate(&self) -> Option<CelsiusPerHour> {
        match self.step_in_force() {
            Step::Ramp { rate: RampRate::PerHour(rate), .. } => Some(rate),
            Step::Ramp { .. } | Step::Hold { .. } | Step::HoldCone { .. } | Step::Cool { .. } => None,
        }
    }

    /// Whether a ramp has got another rate and starts anew from where the kiln is; told once.
    pub(super) fn take_rate_change(&mut self) -> bool {
        core::mem::take(&mut self.rate_changed)
    }

    /// A tick of a paused firing: the target stays, the pause is bounded.
    fn pause_tick(&mut self, rules: &Rules, seen: &Seen, passed: Millis, events: &mut Events) -> Asked {
        if let Some(paused) = self.paused.as_mut() {
            *paused += passed;
            if *paused > rules.pause_longest {
                self.paused = None;
                return self.fall_back(rules, seen, events).unwrap_or(Asked::Target(self.target));
            }
        }
        Asked::Target(self.target)
    }

    /// Replaces what is left by the bank: heater off down to the bank temperature, a hold there, the end. A kiln that
    /// is colder than the bank already has come to its end.
    fn fall_back(&mut self, rules: &Rules, seen: &Seen, events: &mut Events) -> Option<Asked> {
        let bank = rules.bank;
        let steps = [Step::Cool { target: Some(bank.target) }, Step::Hold { target: bank.target, time: bank.time }];
        let kept = self.step.index.min(crate::limits::STEPS_MOST - steps.len());
        match self.profile.with_steps_from(kept, &steps) {
            Ok(profile) if seen.at > bank.target => {
                self.profile = profile;
                self.kind = RunKind::Bank;
                self.enter(kept, seen.at);
                self.target = None;
                events.note(seen.now, Event::Banked { target: bank.target });
                None
            }
            Ok(_) | Err(_) => Some(Asked::Finished),
        }
    }
}

impl StepMemory {
    fn enter(index: usize, clock: Millis, active: Millis, from: Celsius) -> Self {
        Self {
            index,
            start: clock.seconds(),
            start_active: active.seconds(),
            from,
            waited: Millis::ZERO,
            arrived: false,
            adapted: None,
            judged: active,
            overtaxed_since: None,
            in_a_row: 0,
            stall_fails: 0,
        }
    }
}

const _: () = assert!(super::REFERENCE_HISTORY <= HISTORY);
