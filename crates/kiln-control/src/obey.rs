//! What the controller does with a request, and with a delayed start when its time has come.

use crate::controller::Controller;
use crate::slot::Inputs;
use kiln_core::command::{Command, Outcome, Refusal, Request};
use kiln_core::event::Event;
use kiln_core::firing::State;
use kiln_core::limits;
use kiln_core::profile::Profile;
use kiln_core::units::WallClock;

impl Controller {
    /// Carries out a request and remembers its outcome.
    pub(crate) fn take(&mut self, request: &Request, inputs: &Inputs) {
        let outcome = self.carry_out(&request.command, inputs);
        self.outcomes.note(request.id, outcome);
    }

    fn carry_out(&mut self, command: &Command, inputs: &Inputs) -> Outcome {
        if let Command::Schedule(profile, at) = command {
            return self.schedule_start(profile, *at, inputs.wall);
        }
        if *command == Command::CancelSchedule {
            let any = self.schedule.cancel_all();
            return if any { Outcome::Done } else { Outcome::Refused(Refusal::NothingToChange) };
        }
        if *command == Command::ClearError && self.cause_present() {
            return Outcome::Refused(Refusal::CausePresent);
        }
        let starts = command.begins_heat();
        if starts && !self.knows_settings() {
            return Outcome::Refused(Refusal::SettingsUnknown);
        }
        if starts && !self.armed {
            return Outcome::Refused(if self.seen.reading.is_none() { Refusal::NoReading } else { Refusal::SelfTest });
        }
        if starts && self.verdicts.withhold_heat() {
            let blind = self.seen.reading.is_none_or(|seen| inputs.now.since(seen.taken) > limits::READING_STALE_AFTER);
            return Outcome::Refused(if blind { Refusal::NoReading } else { Refusal::CausePresent });
        }
        self.firing.command(&self.settings.rules, command, inputs.now, &mut self.events)
    }

    fn schedule_start(&mut self, profile: &Profile, at: WallClock, wall: Option<WallClock>) -> Outcome {
        let Some(wall) = wall else { return Outcome::Refused(Refusal::NoClock) };
        let rules = &self.settings.rules;
        if rules.refuse_hot_targets && profile.peak().is_some_and(|peak| peak > rules.max_temperature) {
            return Outcome::Refused(Refusal::TooHot);
        }
        match self.schedule.add(&self.settings.schedule, *profile, at, wall) {
            Ok(()) => Outcome::Done,
            Err(kiln_core::schedule::Refused::Full) => Outcome::Refused(Refusal::Full),
            Err(_) => Outcome::Refused(Refusal::BadTime),
        }
    }

    /// Whether the cause of a latched fault is still there.
    fn cause_present(&self) -> bool {
        self.verdicts.withhold_heat() || self.output_failed
    }

    /// Carries out a delayed start that is due, and drops those that were missed.
    pub(crate) fn start_due(&mut self, inputs: &Inputs) {
        let Some(wall) = inputs.wall else { return };
        while self.schedule.take_missed(&self.settings.schedule, wall).is_some() {
            self.events.note(inputs.now, Event::StartMissed);
        }
        if !self.knows_settings() || !matches!(self.firing.state(), State::Idle | State::Complete(_)) {
            return;
        }
        if let Some(profile) = self.schedule.take_due(&self.settings.schedule, wall) {
            let command = Command::Run(profile);
            let outcome = self.firing.command(&self.settings.rules, &command, inputs.now, &mut self.events);
            if outcome != Outcome::Done {
                self.events.note(inputs.now, Event::StartRefused);
            }
        }
    }
}
