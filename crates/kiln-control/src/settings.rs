//! When published settings take effect, and what becomes of those that cannot.
//!
//! Settings are checked as a whole when they come and wait until nothing is fired or tuned: a firing ends with the
//! settings it began with. The last good ones stay. Hazard H-33.

use crate::controller::Controller;
use kiln_core::fault::Fault;
use kiln_core::firing::State;
use kiln_core::regulate::Regulator;
use kiln_core::settings::{InForce, Origin, Published, SettingsError, View};
use kiln_core::units::Instant;
use kiln_core::window::Window;

/// Settings that are not in force.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Pending {
    /// Good ones that wait for the end of the firing.
    waiting: Option<Published>,
    /// The newest, if they were refused.
    refused: Option<(u32, SettingsError)>,
}

impl Controller {
    /// Takes in what was published in this slot, and puts in force what may take effect now. Whether there was anything.
    pub(crate) fn heed_settings(&mut self, published: Option<&Published>, now: Instant) -> bool {
        if let Some(published) = published {
            match published.settings.check() {
                Ok(()) => self.pending = Pending { waiting: Some(*published), refused: None },
                Err(why) => self.pending.refused = Some((published.revision, why)),
            }
        }
        let due = if self.is_heating() { None } else { self.pending.waiting.take() };
        if let Some(Published { revision, settings, latched }) = due {
            let told_before = matches!(self.origin, Origin::Published(_));
            let faulty = matches!(self.firing.state(), State::Error { .. });
            if let (Some(before), false, false) = (latched, told_before, faulty) {
                self.firing.fail(Fault::StillLatched { before }, now, &mut self.events);
            }
            self.put_in_force(&InForce { origin: Origin::Published(revision), settings }, now);
        }
        published.is_some() || due.is_some()
    }

    /// Only while nothing is fired or tuned: then the last slot has ordered everything off.
    pub(crate) fn put_in_force(&mut self, in_force: &InForce, now: Instant) {
        let InForce { origin, settings } = *in_force;
        if settings.regulator != self.settings.regulator {
            // Another setting is no other kiln.
            let known = self.regulator.known();
            self.regulator = Regulator::new(&settings.regulator);
            if let Some(known) = &known {
                self.regulator.restore_known(known);
            }
        }
        if settings.window != self.settings.window {
            self.window = Window::new(settings.window, now);
        }
        self.conditioner.set(settings.conditioner);
        (self.origin, self.settings) = (origin, settings);
    }

    /// Whether anybody has said what kiln this is.
    pub(crate) fn knows_settings(&self) -> bool {
        self.origin != Origin::Delivered
    }

    /// The settings in force and where they come from.
    pub fn in_force(&self) -> InForce {
        InForce { origin: self.origin, settings: self.settings }
    }

    /// What is told about the settings.
    pub(crate) fn settings_view(&self) -> View {
        let Pending { waiting, refused } = self.pending;
        View { origin: self.origin, waiting: waiting.map(|published| published.revision), refused }
    }
}
