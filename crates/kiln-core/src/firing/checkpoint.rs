//! What a firing needs to go on after a reset of a second or two, as if nothing had happened.
//!
//! Not for an outage: a kiln that was left alone is another kiln, and the recovery decision is there for it. A
//! checkpoint holds what was true, not how it came about; the rate history starts anew.

use super::cones::Ware;
use super::resume::Reheating;
use super::rules::Rules;
use super::run::{Run, RunKind};
use super::{Firing, State};
use crate::cone::{HeatWork, KeptWork};
use crate::event::{Event, Events};
use crate::profile::{Profile, RampRate};
use crate::units::{Celsius, CelsiusPerHour, Instant, Millis};

/// A firing at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Checkpoint {
    /// The profile, with every change made by hand.
    pub profile: Profile,
    /// What kind of firing it is.
    pub kind: RunKind,
    /// The step, counted from 0.
    pub step: usize,
    /// Where on the schedule clock the step started, in seconds.
    pub step_start: f64,
    /// Where on the active clock it started, in seconds.
    pub step_start_active: f64,
    /// The temperature it counts from.
    pub step_from: Celsius,
    /// Time the schedule clock has waited in it.
    pub waited: Millis,
    /// Whether a hold's temperature has been reached.
    pub arrived: bool,
    /// The rate in force where it differs from the profile's, and since when on the active clock.
    pub adapted: Option<(CelsiusPerHour, f64)>,
    /// The schedule clock.
    pub clock: Millis,
    /// The active clock.
    pub active: Millis,
    /// How long it has been paused.
    pub paused: Option<Millis>,
    /// The reheat under way.
    pub reheat: Option<KeptReheat>,
    /// The set-point.
    pub target: Option<Celsius>,
    /// The heat work so far.
    pub work: KeptWork,
}

/// A reheat at one moment.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct KeptReheat {
    /// The temperature to return to.
    pub target: Celsius,
    /// Where the kiln was when it began.
    pub from: Celsius,
    /// How fast.
    pub rate: RampRate,
    /// For how long already.
    pub since: Millis,
}

impl KeptReheat {
    fn of((reheat, since): (Reheating, Millis)) -> Self {
        Self { target: reheat.target, from: reheat.from, rate: reheat.rate, since }
    }

    fn restored(self) -> (Reheating, Millis) {
        (Reheating { target: self.target, from: self.from, rate: self.rate }, self.since)
    }
}

impl Run {
    fn checkpoint(&self) -> Checkpoint {
        Checkpoint {
            profile: self.profile,
            kind: self.kind,
            step: self.step.index,
            step_start: self.step.start,
            step_start_active: self.step.start_active,
            step_from: self.step.from,
            waited: self.step.waited,
            arrived: self.step.arrived,
            adapted: self.step.adapted,
            clock: self.clock,
            active: self.active,
            paused: self.paused,
            reheat: self.reheat.map(KeptReheat::of),
            target: self.target,
            work: self.ware.work().kept(),
        }
    }

    /// A run where the checkpoint was taken. A step the profile does not have is its last.
    fn restored(rules: &Rules, kept: &Checkpoint) -> Self {
        let index = kept.step.min(kept.profile.steps().len() - 1);
        let mut run = Self::start(rules, &kept.profile, kept.kind, index, kept.step_from);
        run.clock = kept.clock;
        run.active = kept.active;
        run.enter(index, kept.step_from);
        run.step.start = finite_or(kept.step_start, kept.clock);
        run.step.start_active = finite_or(kept.step_start_active, kept.active);
        run.step.waited = kept.waited;
        run.step.arrived = kept.arrived;
        run.step.adapted = kept.adapted;
        run.paused = kept.paused;
        run.reheat = kept.reheat.map(KeptReheat::restored);
        run.target = kept.target;
        run.ware = Ware::of(HeatWork::going_on(Some(kept.work)));
        run
    }
}

/// A number of seconds that is one, or the clock's.
fn finite_or(seconds: f64, clock: Millis) -> f64 {
    if seconds.is_finite() { seconds } else { clock.seconds() }
}

impl Firing {
    /// What the running firing needs to go on after a reset; `None` when none is running.
    pub fn checkpoint(&self) -> Option<Checkpoint> {
        match &self.state {
            State::Running(run) => Some(run.checkpoint()),
            State::Idle | State::Tuning(_) | State::Complete(_) | State::Error { .. } => None,
        }
    }

    /// Goes on from a checkpoint. Only for a firing that has just been created; nothing else is replaced.
    pub fn restore(&mut self, rules: &Rules, kept: &Checkpoint, now: Instant, events: &mut Events) {
        if let State::Idle = self.state {
            let run = Run::restored(rules, kept);
            events.note(now, Event::Resumed { step: run.step.index });
            self.state = State::Running(run);
        }
    }

    /// Takes up a fault that was latched before a reset.
    pub fn restore_fault(&mut self, fault: crate::fault::Fault) {
        if let State::Idle = self.state {
            self.state = State::Error { fault, run: None };
        }
    }
}
