//! What only some kilns have: a second thermocouple, a current sensor, a lid switch, an emergency-stop loop.
//!
//! Each absent one is stated, never assumed: `None` judges nothing and vouches for nothing. Hazards H-05, H-09, H-36.

use super::Scene;
use crate::fault::Fault;
use crate::limits;
use crate::units::{Celsius, Instant};

/// The optional inputs as they were in this slot; `None` where there is none.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Fitted {
    /// A second thermocouple in the same chamber.
    pub second: Option<Celsius>,
    /// Whether current flows through the elements.
    pub current: Option<bool>,
    /// Whether the lid is open.
    pub lid_open: Option<bool>,
    /// Whether the emergency-stop loop is open: pressed or broken.
    pub stop_loop_open: Option<bool>,
}

/// The guard and its counts.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct FittedGuard {
    apart_since: Option<Instant>,
    current_slots: usize,
}

impl FittedGuard {
    /// Judges one scene; of several findings the first that ends a firing.
    pub(super) fn judge(&mut self, scene: &Scene) -> Option<Fault> {
        let current = self.current(scene);
        let disagree = self.disagree(scene);
        if scene.fitted.stop_loop_open == Some(true) {
            return Some(Fault::EmergencyStop);
        }
        let lid = (scene.fitted.lid_open == Some(true) && scene.heating).then_some(Fault::LidOpen);
        current.or(disagree).or(lid)
    }

    fn current(&mut self, scene: &Scene) -> Option<Fault> {
        let unasked = scene.fitted.current == Some(true) && !scene.energized;
        self.current_slots = if unasked { self.current_slots.saturating_add(1) } else { 0 };
        (self.current_slots >= limits::CURRENT_SLOTS).then_some(Fault::CurrentWhileOff)
    }

    fn disagree(&mut self, scene: &Scene) -> Option<Fault> {
        let (first, second) = (scene.reading?.temperature, scene.fitted.second?);
        if (first - second).abs() <= limits::DISAGREE || !scene.heating {
            self.apart_since = None;
            return None;
        }
        let since = *self.apart_since.get_or_insert(scene.now);
        let long = scene.now.since(since) >= limits::DISAGREE_LATCHES;
        long.then_some(Fault::ThermocouplesDisagree { first, second })
    }
}
