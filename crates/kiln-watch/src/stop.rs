//! A stop that is sent until the kiln's status says that it stands.
//!
//! Off is the safe side: a stop is repeated although other requests never are. It counts as done when a status that is
//! newer than it says so, and never because somebody answered "yes". When that takes too long it is said plainly, for
//! then somebody must go to the switch.

use kiln_core::units::Instant;

use crate::limits::{STOP_EVERY, STOP_TRIED, STOP_UNCONFIRMED};

/// How far a stop has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Progress {
    /// It is being sent; the kiln has not shown yet that it stands.
    Sending,
    /// The kiln does not show that it stands: go to the switch. It is still being sent.
    NotConfirmed,
    /// The kiln stands.
    Confirmed,
    /// It was given up: go to the switch.
    GivenUp,
}

/// One stop.
#[derive(Clone, Copy, Debug)]
pub struct Stop {
    begun: Instant,
    sent: Option<Instant>,
    progress: Progress,
}

impl Stop {
    /// Somebody asked for it.
    pub const fn begin(now: Instant) -> Self {
        Self { begun: now, sent: None, progress: Progress::Sending }
    }

    /// Whether it is to be sent now; counts as sent then.
    pub fn due(&mut self, now: Instant) -> bool {
        if self.is_over() || self.sent.is_some_and(|sent| now.since(sent) < STOP_EVERY) {
            return false;
        }
        let waited = now.since(self.begun);
        if waited >= STOP_TRIED {
            self.progress = Progress::GivenUp;
            return false;
        }
        if waited >= STOP_UNCONFIRMED {
            self.progress = Progress::NotConfirmed;
        }
        self.sent = Some(now);
        true
    }

    /// A status that was asked for at `asked` says whether the kiln fires.
    pub fn status(&mut self, fires: bool, asked: Instant) {
        if !fires && !self.is_over() && self.sent.is_some_and(|sent| asked >= sent) {
            self.progress = Progress::Confirmed;
        }
    }

    /// How far it has come.
    pub const fn progress(&self) -> Progress {
        self.progress
    }

    /// Whether nothing is to be sent any more.
    pub const fn is_over(&self) -> bool {
        matches!(self.progress, Progress::Confirmed | Progress::GivenUp)
    }
}
