//! Too long: a firing that has gone on for longer than any firing should. Hazard H-33.

use super::Scene;
use crate::fault::Fault;
use crate::limits;
use crate::units::Instant;

/// The guard, and when heating began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct TooLong {
    began: Option<Instant>,
}

impl TooLong {
    /// Judges one scene.
    pub(super) fn judge(&mut self, scene: &Scene) -> Option<Fault> {
        if !scene.heating {
            self.began = None;
            return None;
        }
        let began = *self.began.get_or_insert(scene.now);
        let lasted = scene.now.since(began);
        (lasted > limits::FIRING_LONGEST).then_some(Fault::FiringTooLong { lasted })
    }
}
