//! What the loop takes up after a reset, and what it leaves for the next one.
//!
//! Power that came back is not a reset: the kiln may have been alone for hours, and the recovery decision is asked.
//! Hazards H-13, H-14, H-27.

use crate::controller::Controller;
use kiln_core::fault::Fault;
use kiln_core::report::{Report, Version};
use kiln_core::restart::{Application, Cause, Ledger, Remembered};
use kiln_core::settings::Origin;
use kiln_core::units::{Instant, Millis};

/// Why the chip started, as its registers tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reset {
    /// Power came.
    Power,
    /// The watchdog bit, or the processor reset itself after a fault of its own.
    Watchdog,
    /// Someone asked for it.
    Asked,
}

/// What is known of this start and those before it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Restart {
    ledger: Ledger,
    cause: Cause,
    application: Application,
    went_on: bool,
    was_firing: bool,
}

/// As after power came.
impl Default for Restart {
    fn default() -> Self {
        Self {
            ledger: Ledger::default(),
            cause: Cause::Power,
            application: Application::Whole,
            went_on: false,
            was_firing: false,
        }
    }
}

impl Restart {
    /// Judges the reset and lets the controller go on from what was left, as far as it may.
    pub(crate) fn take_up(controller: &mut Controller, left: Option<&Remembered>, reset: Reset, now: Instant) -> Self {
        let cause = match reset {
            Reset::Power => Cause::Power,
            Reset::Asked => Cause::Asked,
            Reset::Watchdog if left.is_some_and(|left| left.application_died) => Cause::Application,
            Reset::Watchdog => Cause::Control,
        };
        let Some(left) = left else { return Self { cause, ..Self::default() } };
        let in_force = &left.in_force;
        let sound = in_force.settings.check().is_ok();
        if sound && in_force.origin != Origin::Delivered {
            controller.put_in_force(in_force, now);
        }
        if let Some(known) = &left.known {
            controller.teach(known);
        }
        let mut ledger = left.ledger;
        let verdict = ledger.enter(cause, left.uptime, left.firing.is_some());
        let latched = if verdict.latched { Some(Fault::KeepsResetting) } else { left.latched };
        match (latched, left.firing.as_ref().filter(|_| verdict.goes_on && sound)) {
            (Some(fault), _) => controller.take_up_fault(fault, &left.black_box),
            (None, Some(firing)) => controller.take_up_firing(firing, left, now),
            (None, None) => {}
        }
        Self {
            ledger,
            cause,
            application: verdict.application,
            went_on: controller.is_heating(),
            was_firing: left.firing.is_some(),
        }
    }

    /// How much of the application should come up.
    pub(crate) const fn application(&self) -> Application {
        self.application
    }

    /// What is told about this start and those before it, and the first evidence.
    pub(crate) fn report(&self, controller: &Controller, started: Instant) -> Report {
        let Self { ledger, cause, application, went_on, was_firing: _ } = *self;
        let (version, black_box) = (Version::BUILT, *controller.black_box());
        Report { version, started, cause, ledger, went_on, application, black_box }
    }

    /// What to leave for the next start.
    pub(crate) fn remembered(&mut self, controller: &Controller, uptime: Millis, application_died: bool) -> Remembered {
        let firing = controller.firing().checkpoint();
        if self.was_firing && firing.is_none() {
            self.ledger.firing_ended();
        }
        self.was_firing = firing.is_some();
        Remembered {
            ledger: self.ledger,
            in_force: controller.in_force(),
            uptime,
            application_died,
            latched: controller.latched(),
            firing,
            integral: controller.regulator().integral(),
            known: controller.regulator().known(),
            black_box: *controller.black_box(),
        }
    }
}
