//! Electronics: the controller itself is getting too hot to be trusted.
//!
//! Rests on the thermocouple's terminals, which sit beside the chip. Warm is told, hot pauses, and hot for long ends
//! the firing. Hazard H-35.

use super::Scene;
use crate::fault::Fault;
use crate::limits;
use crate::units::Instant;

/// The guard, and since when it has been hot.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Electronics {
    hot_since: Option<Instant>,
}

impl Electronics {
    /// Judges one scene.
    pub(super) fn judge(&mut self, scene: &Scene) -> Option<Fault> {
        let seen = scene.cold_junction?;
        if seen <= limits::ELECTRONICS_HOT {
            self.hot_since = None;
            return (seen > limits::ELECTRONICS_WARM).then_some(Fault::ElectronicsWarm { seen });
        }
        let since = *self.hot_since.get_or_insert(scene.now);
        let long = scene.heating && scene.now.since(since) >= limits::ELECTRONICS_LATCHES;
        Some(if long { Fault::ElectronicsTooHot { seen } } else { Fault::ElectronicsHot { seen } })
    }
}
