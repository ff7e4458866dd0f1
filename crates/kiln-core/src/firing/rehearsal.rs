//! A firing on its own, to be tried on a kiln that is only computed: it starts, goes on and ends, and takes no command.
//!
//! The same [`Run`] and rules as [`Firing`](super::Firing) has, without the states around them.

use super::rules::Rules;
use super::run::{Asked, Run, RunKind, Seen};
use super::{Demand, Restart, first_step};
use crate::command::Refusal;
use crate::event::Events;
use crate::profile::Profile;
use crate::regulate::Ahead;
use crate::units::Celsius;

/// A firing that is tried.
#[derive(Clone, Debug)]
pub struct Rehearsal {
    run: Run,
    begun: bool,
}

/// What a turn of it comes to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Tried {
    /// It goes on and asks for this.
    Asks(Demand),
    /// It has come to its end.
    Finished,
    /// A fault has ended it.
    Failed,
}

impl Rehearsal {
    /// Begins with the kiln at a temperature.
    ///
    /// # Errors
    /// The profile is hotter than the rules let a kiln be.
    pub fn new(rules: &Rules, profile: &Profile, at: Celsius) -> Result<Self, Refusal> {
        if rules.refuses(profile) {
            return Err(Refusal::TooHot);
        }
        let run = Run::start(rules, profile, RunKind::Profile, first_step(rules, profile, at), at);
        Ok(Self { run, begun: true })
    }

    /// What the regulator has to be told before this turn's demand; told once.
    pub fn take_restart(&mut self) -> Option<Restart> {
        let rate_changed = self.run.take_rate_change();
        if core::mem::take(&mut self.begun) { Some(Restart::Fresh) } else { rate_changed.then_some(Restart::CarryOn) }
    }

    /// One turn with a temperature.
    pub fn tick(&mut self, rules: &Rules, seen: &Seen, events: &mut Events) -> Tried {
        match self.run.tick(rules, seen, events) {
            Asked::Target(target) => Tried::Asks(target.map_or(Demand::Off, Demand::Target)),
            Asked::Finished => Tried::Finished,
            Asked::Failed(_) => Tried::Failed,
        }
    }

    /// Where the target goes from here.
    pub fn ahead(&self) -> Ahead {
        self.run.ahead()
    }

    /// Whether the schedule clock stands still.
    pub const fn waits(&self) -> bool {
        self.run.waiting.is_some()
    }
}
