//! Changing a firing while it runs: pause, skip, adjust, replace, renew.

use super::rules::Rules;
use super::run::{Asked, Run, RunKind, Seen};
use super::{Firing, State};
use crate::command::{Command, Refusal, TimeChange};
use crate::cone::HoldUntil;
use crate::event::{Event, Events};
use crate::limits;
use crate::profile::{Profile, Step};
use crate::units::{Celsius, Duty, Instant, Kelvin, Millis};

impl Firing {
    /// Carries out a command that changes a running firing.
    pub(super) fn edit(
        &mut self,
        rules: &Rules,
        command: &Command,
        now: Instant,
        events: &mut Events,
    ) -> Result<(), Refusal> {
        let at = self.at;
        let State::Running(run) = &mut self.state else { return Err(Refusal::NotRunning) };
        let done = match command {
            Command::Pause => run.pause().map(|()| Event::Paused)?,
            Command::Unpause => run.unpause(at).map(|()| Event::Unpaused)?,
            Command::AddTime(change) => run.add_time(*change).map(|()| Event::Changed)?,
            Command::AddDegrees(change) => run.add_degrees(rules, *change).map(|()| Event::Changed)?,
            Command::ReplaceRest(rest) => run.replace_rest(rules, rest).map(|()| Event::Changed)?,
            Command::RenewHold => run.renew_hold().map(|()| Event::Changed)?,
            Command::Skip => return self.skip(rules, now, events),
            Command::Run(_)
            | Command::Resume(..)
            | Command::Stop
            | Command::Shutdown
            | Command::Hold(_)
            | Command::Tune(..)
            | Command::StopTuning
            | Command::Schedule(..)
            | Command::CancelSchedule
            | Command::ClearError
            | Command::Ping => return Err(Refusal::NothingToChange),
        };
        events.note(now, done);
        Ok(())
    }

    /// Goes on with the next step, or to the end where there is none. A pause is over with its step.
    fn skip(&mut self, rules: &Rules, now: Instant, events: &mut Events) -> Result<(), Refusal> {
        let at = self.at.ok_or(Refusal::NoReading)?;
        let State::Running(run) = &mut self.state else { return Err(Refusal::NotRunning) };
        let seen = Seen { now, at, duty: Duty::OFF, withheld: false };
        run.paused = None;
        events.note(now, Event::Skipped);
        if let Some(Asked::Finished) = run.leave_step(rules, &seen, events) {
            self.complete(now, events);
        }
        Ok(())
    }
}

impl Run {
    fn pause(&mut self) -> Result<(), Refusal> {
        if self.paused.is_some() {
            return Err(Refusal::AlreadyPaused);
        }
        self.paused = Some(Millis::ZERO);
        Ok(())
    }

    /// The schedule goes on from where the kiln is asked to be; what the rate history saw before the pause says
    /// nothing about the rate after it.
    fn unpause(&mut self, at: Option<Celsius>) -> Result<(), Refusal> {
        self.paused.take().ok_or(Refusal::NotPaused)?;
        let index = self.step.index;
        if let (Some(Step::Ramp { .. }), Some(from)) = (self.profile.step(index), self.target.or(at)) {
            let (waited, adapted) = (self.step.waited, self.step.adapted);
            self.enter(index, from);
            self.step.waited = waited;
            self.step.adapted = adapted;
        } else {
            self.history.clear();
        }
        Ok(())
    }

    fn add_time(&mut self, change: TimeChange) -> Result<(), Refusal> {
        let passed = Millis::from_seconds_f64(self.step_seconds()).unwrap_or(Millis::ZERO);
        let changed = |time: Millis| match change {
            TimeChange::Longer(by) => time + by,
            TimeChange::Shorter(by) => time.saturating_sub(by).max(passed),
        };
        let step = match self.profile.step(self.step.index).copied() {
            Some(Step::Hold { target, time }) => Step::Hold { target, time: changed(time) },
            Some(Step::HoldCone { target, until }) => {
                let longest = changed(until.longest()).max(limits::CONE_HOLD_SHORTEST);
                let until = HoldUntil::new(until.cone(), longest).ok_or(Refusal::OutOfRange)?;
                Step::HoldCone { target, until }
            }
            Some(Step::Ramp { .. } | Step::Cool { .. }) | None => return Err(Refusal::NothingToChange),
        };
        self.replace_step(step)
    }

    fn add_degrees(&mut self, rules: &Rules, change: Kelvin) -> Result<(), Refusal> {
        if change.abs() > limits::ADJUST_MOST {
            return Err(Refusal::OutOfRange);
        }
        let moved = |target: Celsius| {
            let target = target + change;
            if rules.refuses_target(target) { Err(Refusal::TooHot) } else { Ok(target) }
        };
        let step = match self.profile.step(self.step.index).copied().ok_or(Refusal::NothingToChange)? {
            Step::Ramp { target, rate, min_rate } => Step::Ramp { target: moved(target)?, rate, min_rate },
            Step::Hold { target, time } => Step::Hold { target: moved(target)?, time },
            Step::HoldCone { target, until } => Step::HoldCone { target: moved(target)?, until },
            Step::Cool { target: Some(target) } => Step::Cool { target: Some(moved(target)?) },
            Step::Cool { target: None } => return Err(Refusal::NothingToChange),
        };
        self.replace_step(step)?;
        if let Step::Hold { .. } | Step::HoldCone { .. } = step {
            self.step.from = self.target.unwrap_or(self.step.from);
            self.step.arrived = false;
        }
        Ok(())
    }

    fn replace_step(&mut self, step: Step) -> Result<(), Refusal> {
        self.profile = self.profile.with_step(self.step.index, &step).map_err(|_| Refusal::OutOfRange)?;
        Ok(())
    }

    fn replace_rest(&mut self, rules: &Rules, rest: &Profile) -> Result<(), Refusal> {
        if rules.refuses(rest) {
            return Err(Refusal::TooHot);
        }
        let from = self.step.index + 1;
        self.profile = self.profile.with_steps_from(from, rest.steps()).map_err(|_| Refusal::OutOfRange)?;
        Ok(())
    }

    fn renew_hold(&mut self) -> Result<(), Refusal> {
        if self.kind != RunKind::Manual {
            return Err(Refusal::NotHolding);
        }
        if let Some(Step::Hold { .. }) = self.profile.step(self.step.index) {
            self.step.start = self.clock.seconds();
        }
        Ok(())
    }
}
