//! What the controller tells about itself.

use crate::controller::Controller;
use kiln_core::black_box::BlackBox;
use kiln_core::fault::Fault;
use kiln_core::firing::{Demand, Firing, Run, State};
use kiln_core::guard::Verdicts;
use kiln_core::regulate::Regulator;
use kiln_core::settings::Settings;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Celsius, Instant};
use kiln_core::window::Window;

impl Controller {
    /// One picture of everything.
    pub fn snapshot(&mut self, now: Instant) -> Snapshot {
        self.published = self.published.wrapping_add(1);
        let at = self.seen.reading.map(|reading| reading.temperature);
        let state = self.firing.state();
        Snapshot {
            number: self.published,
            taken: now,
            phase: phase(state),
            reading: self.seen.reading,
            cold_junction: self.seen.cold_junction,
            problem: self.seen.problem,
            target: self.target(),
            duty: self.duty,
            window: self.window.locked(),
            relays: self.seen.energized,
            contactor: self.seen.contactor_held,
            fault: fault(state),
            verdicts: self.verdicts,
            run: run(state).map(|run| run.view(&self.settings.rules, at)),
            tuning: match state {
                State::Tuning(tuning) => tuning.view(),
                State::Idle | State::Running(_) | State::Complete(_) | State::Error { .. } => None,
            },
            terms: self.regulator.terms(),
            scheduled: self.schedule.next().map(|(at, profile)| (at, *profile.name())),
            settings: self.settings_view(),
            outcomes: self.outcomes,
            events: self.events,
        }
    }

    /// The temperature asked for.
    pub fn target(&self) -> Option<Celsius> {
        match self.demand {
            Demand::Target(target) if self.is_heating() => Some(target),
            Demand::Target(_) | Demand::Off | Demand::Heat(_) => None,
        }
    }

    /// The settings.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The relay window, to be looked at.
    pub const fn window(&self) -> &Window {
        &self.window
    }

    /// The regulator, to be looked at.
    pub const fn regulator(&self) -> &Regulator {
        &self.regulator
    }

    /// What the guards found in the latest slot.
    pub const fn verdicts(&self) -> &Verdicts {
        &self.verdicts
    }

    /// How many delayed starts wait.
    pub fn scheduled(&self) -> usize {
        self.schedule.count()
    }

    /// The latched fault.
    pub fn latched(&self) -> Option<Fault> {
        fault(self.firing.state())
    }

    /// Whether there has been a good reading.
    pub(crate) fn has_reading(&self) -> bool {
        self.seen.reading.is_some()
    }

    /// The first evidence of the faults of this firing.
    pub const fn black_box(&self) -> &BlackBox {
        &self.black_box
    }

    /// The firing state machine, to be looked at.
    pub const fn firing(&self) -> &Firing {
        &self.firing
    }
}

fn phase(state: &State) -> Phase {
    match state {
        State::Idle => Phase::Idle,
        State::Running(_) => Phase::Running,
        State::Tuning(_) => Phase::Tuning,
        State::Complete(_) => Phase::Complete,
        State::Error { .. } => Phase::Error,
    }
}

fn fault(state: &State) -> Option<Fault> {
    match state {
        State::Error { fault, .. } => Some(*fault),
        State::Idle | State::Running(_) | State::Tuning(_) | State::Complete(_) => None,
    }
}

fn run(state: &State) -> Option<&Run> {
    match state {
        State::Running(run) | State::Complete(run) => Some(run),
        State::Error { run, .. } => run.as_ref(),
        State::Idle | State::Tuning(_) => None,
    }
}
