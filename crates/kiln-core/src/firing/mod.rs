//! The firing state machine: what may follow what.
//!
//! ```text
//!            run, hold, resume                     last step over
//!   ┌──────┐ ────────────────▶ ┌─────────┐ ────────────────────────▶ ┌──────────┐
//!   │ Idle │ ◀──────────────── │ Running │                           │ Complete │
//!   └──────┘  stop             └─────────┘        run, hold, resume  └──────────┘
//!    │  ▲ ▲                         │     ◀─────────────────────────── │   │
//!    │  │ │ clear                   │ fault                            │   │ stop, clear
//!    │  │ └──────── ┌───────┐ ◀─────┘                                  │   ▼
//! tune │            │ Error │ ◀── over-temperature in any state ───────┘  Idle
//!    │  │ stop, end └───────┘
//!    ▼  │               ▲
//!   ┌────────┐          │
//!   │ Tuning │ ─────────┘ fault
//!   └────────┘
//! ```
//!
//! Each state owns what is true in it. Every transition is in this file. It asks for a temperature or a duty and
//! knows neither regulator nor relay.

mod checkpoint;
mod cones;
mod edit;
mod keep_up;
mod pace;
mod rehearsal;
mod resume;
pub mod rules;
mod run;
mod step_end;
mod view;

pub use checkpoint::{Checkpoint, KeptReheat};
pub use rehearsal::{Rehearsal, Tried};
pub use rules::Rules;
pub use run::{Run, RunKind, Seen};
pub use step_end::{EndsBy, InStep};
pub use view::RunView;

use crate::command::{Command, ManualHold, Outcome, Refusal, ResumePoint, TuningMode};
use crate::event::{Event, Events};
use crate::fault::Fault;
use crate::limits;
use crate::profile::{Name, Profile, Step};
use crate::regulate::Ahead;
use crate::tune::{TuneDemand, Tuning};
use crate::units::{Celsius, Duty, Instant, Millis};
use rules::{Cooling, StartAt, TooHot};
use run::Asked;

/// Samples the reference controller's rate history keeps.
pub const REFERENCE_HISTORY: usize = 60;

/// What the kiln is doing.
#[derive(Clone, Debug)]
pub enum State {
    /// Nothing.
    Idle,
    /// Firing.
    Running(Run),
    /// Measuring how the kiln responds.
    Tuning(Tuning),
    /// A firing came to its end; what it ended with.
    Complete(Run),
    /// A fault is latched.
    Error {
        /// The fault that ended it.
        fault: Fault,
        /// The firing it ended, if there was one.
        run: Option<Run>,
    },
}

/// What the firing asks of the heater.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Demand {
    /// No heat.
    Off,
    /// This temperature: the regulator finds the duty.
    Target(Celsius),
    /// This duty.
    Heat(Duty),
}

/// What the regulator has to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restart {
    /// A new run: forget everything.
    Fresh,
    /// The target has jumped to where the kiln is: forget the error, keep the output.
    CarryOn,
}

/// The firing state machine.
#[derive(Clone, Debug)]
pub struct Firing {
    state: State,
    at: Option<Celsius>,
    /// A run has begun since the regulator was told.
    begun: bool,
}

impl Default for Firing {
    fn default() -> Self {
        Self::new()
    }
}

impl Firing {
    /// Idle, with no temperature known.
    pub const fn new() -> Self {
        Self { state: State::Idle, at: None, begun: false }
    }

    /// What the kiln is doing.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// The schedule clock of the firing that is running.
    pub fn elapsed(&self) -> Option<Millis> {
        match &self.state {
            State::Running(run) => Some(run.clock),
            State::Idle | State::Tuning(_) | State::Complete(_) | State::Error { .. } => None,
        }
    }

    /// Where the target goes from here.
    pub fn ahead(&self) -> Ahead {
        match &self.state {
            State::Running(run) => run.ahead(),
            State::Idle | State::Tuning(_) | State::Complete(_) | State::Error { .. } => Ahead::LEVEL,
        }
    }

    /// What the regulator has to be told before the next tick's demand; told once.
    pub fn take_restart(&mut self) -> Option<Restart> {
        let rate_changed = match &mut self.state {
            State::Running(run) => run.take_rate_change(),
            State::Idle | State::Tuning(_) | State::Complete(_) | State::Error { .. } => false,
        };
        if core::mem::take(&mut self.begun) { Some(Restart::Fresh) } else { rate_changed.then_some(Restart::CarryOn) }
    }

    /// One tick with a temperature.
    pub fn tick(&mut self, rules: &Rules, seen: &Seen, events: &mut Events) -> Demand {
        self.at = Some(seen.at);
        if rules.too_hot == TooHot::EndsHere && seen.at > rules.max_temperature {
            let fault = Fault::OverTemperature { seen: seen.at, limit: rules.max_temperature };
            self.fail(fault, seen.now, events);
            return Demand::Off;
        }
        match &mut self.state {
            State::Running(run) => match run.tick(rules, seen, events) {
                Asked::Target(Some(target)) => Demand::Target(target),
                Asked::Target(None) if rules.cooling == Cooling::ZeroDegrees => Demand::Target(Celsius::ZERO),
                Asked::Target(None) => Demand::Off,
                Asked::Finished => {
                    self.complete(seen.now, events);
                    Demand::Off
                }
                Asked::Failed(fault) => {
                    self.fail(fault, seen.now, events);
                    Demand::Off
                }
            },
            State::Tuning(tuning) => match tuning.update(seen.now, seen.at) {
                TuneDemand::Heat(duty) => Demand::Heat(duty),
                TuneDemand::Finished => {
                    self.state = State::Idle;
                    events.note(seen.now, Event::TuningCompleted);
                    Demand::Off
                }
                TuneDemand::Failed(fault) => {
                    self.fail(fault, seen.now, events);
                    Demand::Off
                }
            },
            State::Idle | State::Complete(_) | State::Error { .. } => Demand::Off,
        }
    }

    /// Latches a fault: whatever was going on has ended.
    pub fn fail(&mut self, fault: Fault, now: Instant, events: &mut Events) {
        if !matches!(&self.state, State::Error { fault: latched, .. } if latched.kind() == fault.kind()) {
            events.note(now, Event::Faulted(fault));
        }
        let run = match core::mem::replace(&mut self.state, State::Idle) {
            State::Running(run) | State::Complete(run) => Some(run),
            State::Error { run, .. } => run,
            State::Idle | State::Tuning(_) => None,
        };
        self.state = State::Error { fault, run };
    }

    fn complete(&mut self, now: Instant, events: &mut Events) {
        if let State::Running(run) = core::mem::replace(&mut self.state, State::Idle) {
            self.state = State::Complete(run);
            events.note(now, Event::Completed);
        }
    }

    /// Leaves `Complete` for `Idle` where the rules do not let it stay.
    pub fn settle(&mut self, rules: &Rules) {
        if !rules.completion_stays && matches!(self.state, State::Complete(_)) {
            self.state = State::Idle;
        }
    }

    /// Carries out one command of the firing.
    ///
    /// Scheduling and the question whether a fault's cause is still there belong to the caller.
    pub fn command(&mut self, rules: &Rules, command: &Command, now: Instant, events: &mut Events) -> Outcome {
        match self.carry_out(rules, command, now, events) {
            Ok(()) => Outcome::Done,
            Err(refusal) => Outcome::Refused(refusal),
        }
    }

    fn carry_out(
        &mut self,
        rules: &Rules,
        command: &Command,
        now: Instant,
        events: &mut Events,
    ) -> Result<(), Refusal> {
        match command {
            Command::Run(profile) => self.run(rules, profile, now, events),
            Command::Resume(profile, point) => self.resume(rules, profile, point, now, events),
            Command::Hold(hold) => self.hold(rules, hold, now, events),
            Command::Tune(mode, cap) => self.tune(rules, *mode, *cap, now, events),
            Command::Stop | Command::Shutdown => {
                self.stop(rules, now, events);
                Ok(())
            }
            Command::StopTuning => self.stop_tuning(now, events),
            Command::ClearError => self.clear(now, events),
            Command::Pause
            | Command::Unpause
            | Command::Skip
            | Command::AddTime(_)
            | Command::AddDegrees(_)
            | Command::ReplaceRest(_)
            | Command::RenewHold => self.edit(rules, command, now, events),
            Command::Ping => Ok(()),
            Command::Schedule(..) | Command::CancelSchedule => Err(Refusal::NothingToChange),
        }
    }

    /// Whether a new firing may begin.
    fn may_start(&self, rules: &Rules, profile: &Profile) -> Result<(), Refusal> {
        match &self.state {
            State::Running(_) | State::Tuning(_) => return Err(Refusal::Busy),
            State::Error { .. } if !rules.start_from_error => return Err(Refusal::Latched),
            State::Idle | State::Complete(_) | State::Error { .. } => {}
        }
        if rules.refuses(profile) {
            return Err(Refusal::TooHot);
        }
        Ok(())
    }

    fn run(&mut self, rules: &Rules, profile: &Profile, now: Instant, events: &mut Events) -> Result<(), Refusal> {
        self.may_start(rules, profile)?;
        let at = self.at.ok_or(Refusal::NoReading)?;
        let index = first_step(rules, profile, at);
        self.begin(Run::start(rules, profile, RunKind::Profile, index, at));
        events.note(now, Event::Started { step: index });
        Ok(())
    }

    fn begin(&mut self, run: Run) {
        self.begun = true;
        self.state = State::Running(run);
    }

    fn resume(
        &mut self,
        rules: &Rules,
        profile: &Profile,
        point: &ResumePoint,
        now: Instant,
        events: &mut Events,
    ) -> Result<(), Refusal> {
        self.may_start(rules, profile)?;
        let run = Run::resume(rules, profile, point, self.at);
        events.note(now, Event::Resumed { step: run.step.index });
        self.begin(run);
        Ok(())
    }

    fn hold(&mut self, rules: &Rules, hold: &ManualHold, now: Instant, events: &mut Events) -> Result<(), Refusal> {
        if hold.time > limits::MANUAL_HOLD_LONGEST {
            return Err(Refusal::OutOfRange);
        }
        let name = Name::new("manual hold").ok_or(Refusal::OutOfRange)?;
        let steps = [
            Step::Ramp { target: hold.target, rate: hold.rate, min_rate: None },
            Step::Hold { target: hold.target, time: hold.time },
        ];
        let profile = Profile::new(name, &steps).map_err(|_| Refusal::OutOfRange)?;
        self.may_start(rules, &profile)?;
        let at = self.at.ok_or(Refusal::NoReading)?;
        self.begin(Run::start(rules, &profile, RunKind::Manual, 0, at));
        events.note(now, Event::Started { step: 0 });
        Ok(())
    }

    fn tune(
        &mut self,
        rules: &Rules,
        mode: TuningMode,
        cap: Option<Celsius>,
        now: Instant,
        events: &mut Events,
    ) -> Result<(), Refusal> {
        match &self.state {
            State::Idle | State::Complete(_) => {}
            State::Running(_) | State::Tuning(_) => return Err(Refusal::Busy),
            State::Error { .. } => return Err(Refusal::Latched),
        }
        let at = self.at.ok_or(Refusal::NoReading)?;
        let plan = rules.plans.plan(mode).ok_or(Refusal::OutOfRange)?;
        let tuning = Tuning::new(plan, cap).map_err(|_| Refusal::OutOfRange)?;
        if at > tuning.startable_up_to() {
            return Err(Refusal::KilnTooHot);
        }
        self.state = State::Tuning(tuning);
        events.note(now, Event::TuningStarted);
        Ok(())
    }

    /// Ends whatever is going on. A latched fault stays: only clearing it takes it away, unless the rules let it.
    fn stop(&mut self, rules: &Rules, now: Instant, events: &mut Events) {
        match &self.state {
            State::Error { .. } if !rules.start_from_error => return,
            State::Running(_) | State::Tuning(_) => events.note(now, Event::Stopped),
            State::Idle | State::Complete(_) | State::Error { .. } => {}
        }
        self.state = State::Idle;
    }

    fn stop_tuning(&mut self, now: Instant, events: &mut Events) -> Result<(), Refusal> {
        let State::Tuning(_) = &self.state else { return Err(Refusal::NotTuning) };
        self.state = State::Idle;
        events.note(now, Event::Stopped);
        Ok(())
    }

    fn clear(&mut self, now: Instant, events: &mut Events) -> Result<(), Refusal> {
        match &self.state {
            State::Error { .. } => {
                self.state = State::Idle;
                events.note(now, Event::Cleared);
                Ok(())
            }
            State::Complete(_) => {
                self.state = State::Idle;
                Ok(())
            }
            State::Idle | State::Running(_) | State::Tuning(_) => Err(Refusal::NoError),
        }
    }
}

/// The step a new firing of a kiln at `at` begins with.
fn first_step(rules: &Rules, profile: &Profile, at: Celsius) -> usize {
    match rules.start {
        StartAt::FirstStep => 0,
        StartAt::FirstUnreached(margin) => profile.first_unreached(at, margin),
    }
}
