//! After a reset: who caused it, and does the firing go on?
//!
//! The application may fail as often as it likes: it never ends a firing, it only comes up smaller. The control loop
//! may not: three resets of its own in half an hour latch the heat off. It knows no memory and no watchdog; what
//! survives a reset comes in as an argument. Hazards H-13, H-14, H-27.

use crate::black_box::BlackBox;
use crate::fault::Fault;
use crate::firing::Checkpoint;
use crate::limits;
use crate::regulate::adaptive::Known;
use crate::settings::InForce;
use crate::units::Millis;

/// Why the controller started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Power came: nothing from before is known.
    Power,
    /// The control loop let the watchdog bite because the application had died.
    Application,
    /// The control loop itself died.
    Control,
    /// Someone asked for it.
    Asked,
}

/// How much of the application comes up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Application {
    /// All of it.
    Whole,
    /// No radio and no files: display, cable, stop.
    Minimal,
}

/// What happens after a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether a firing that was under way goes on.
    pub goes_on: bool,
    /// How much of the application comes up.
    pub application: Application,
    /// Whether the heat is latched off: the control loop keeps dying.
    pub latched: bool,
}

/// What is remembered of earlier resets, as long as the memory holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Ledger {
    /// Resets caused by the application in the firing under way.
    pub application: u8,
    /// How long the controller had been up at each of the last resets caused by the control loop, newest first.
    pub control: [Option<Millis>; RESETS],
}

/// What the control loop leaves for itself in memory that survives a reset, anew every second.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Remembered {
    /// Earlier resets.
    pub ledger: Ledger,
    /// The settings in force: a firing goes on with those it began with.
    pub in_force: InForce,
    /// How long the controller has been up.
    pub uptime: Millis,
    /// Whether the loop lets the watchdog bite because the application is dead.
    pub application_died: bool,
    /// The fault that is latched.
    pub latched: Option<Fault>,
    /// The firing under way.
    pub firing: Option<Checkpoint>,
    /// What the regulator has accumulated, °C·s.
    pub integral: f64,
    /// What the regulator has learned of the kiln.
    pub known: Option<Known>,
    /// The first evidence.
    pub black_box: BlackBox,
}

/// Resets of the control loop that latch.
pub const RESETS: usize = limits::CONTROL_RESETS;

impl Ledger {
    /// Enters a start after `uptime` of running, with a firing under way or not, and says what happens.
    pub fn enter(&mut self, cause: Cause, uptime: Millis, firing: bool) -> Verdict {
        match cause {
            Cause::Power => *self = Self::default(),
            Cause::Application => self.application = if firing { self.application.saturating_add(1) } else { 0 },
            Cause::Control => {
                self.control.rotate_right(1);
                if let Some(newest) = self.control.first_mut() {
                    *newest = Some(uptime);
                }
            }
            Cause::Asked => {}
        }
        let latched = cause == Cause::Control && self.keeps_dying();
        let minimal = self.application >= limits::APPLICATION_RESETS;
        Verdict {
            goes_on: firing && !latched && matches!(cause, Cause::Application | Cause::Control),
            application: if minimal { Application::Minimal } else { Application::Whole },
            latched,
        }
    }

    /// The firing has ended: what the application did in it does not count for the next.
    pub fn firing_ended(&mut self) {
        self.application = 0;
    }

    /// Whether the last resets all lie within the time that latches. The first of them may come after any uptime.
    fn keeps_dying(&self) -> bool {
        let mut between = Millis::ZERO;
        for (index, uptime) in self.control.iter().enumerate() {
            match uptime {
                None => return false,
                Some(uptime) if index + 1 < RESETS => between += *uptime,
                Some(_) => {}
            }
        }
        between <= limits::CONTROL_RESETS_WITHIN
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    /// Starts after so many minutes of running each; what happens after the last one.
    fn check(starts: &[(Cause, u64)], goes_on: bool, application: Application, latched: bool) {
        let mut ledger = Ledger::default();
        let verdicts: Vec<_> =
            starts.iter().map(|(cause, minutes)| ledger.enter(*cause, Millis::from_minutes(*minutes), true)).collect();
        assert_eq!(verdicts.last(), Some(&Verdict { goes_on, application, latched }), "{starts:?}");
    }

    #[test]
    fn what_happens_after_which_resets() {
        use Application::{Minimal, Whole};
        use Cause::{Application as App, Asked, Control, Power};
        check(&[(Power, 0)], false, Whole, false);
        check(&[(Asked, 5)], false, Whole, false);
        check(&[(Control, 600)], true, Whole, false);
        check(&[(Control, 600), (Control, 1)], true, Whole, false);
        check(&[(Control, 600), (Control, 15), (Control, 15)], false, Whole, true);
        check(&[(Control, 600), (Control, 15), (Control, 16)], true, Whole, false);
        check(&[(Control, 1), (Control, 1), (App, 1), (Control, 1)], false, Whole, true);
        check(&[(App, 1)], true, Whole, false);
        check(&[(App, 1), (App, 1)], true, Minimal, false);
        check(&[(App, 1); 200], true, Minimal, false);
        check(&[(Control, 1), (Control, 1), (Power, 0), (Control, 1)], true, Whole, false);
    }

    #[test]
    fn the_next_firing_begins_with_a_whole_application() {
        let mut ledger = Ledger::default();
        for _ in 0..3 {
            ledger.enter(Cause::Application, Millis::from_minutes(1), true);
        }
        ledger.firing_ended();
        assert_eq!(ledger.enter(Cause::Application, Millis::ZERO, true).application, Application::Whole);
    }
}
