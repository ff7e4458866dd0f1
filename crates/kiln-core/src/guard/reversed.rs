//! Reversed: the harder it is heated, the colder it reads.
//!
//! A thermocouple with its wires swapped reads as far below the terminals as the kiln is above them, and falls as it
//! is heated. A kiln colder than its electronics alone is none of that, nor one that has cooled down beside warm ones.
//! Hazard H-03.

use super::Scene;
use super::evidence::Evidence;
use crate::fault::Fault;
use crate::limits;
use crate::units::{Celsius, Millis};

/// The guard, and what was read when heating began.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Reversed {
    began_at: Option<Celsius>,
    in_a_row: usize,
}

impl Reversed {
    /// Judges one scene.
    pub(super) fn judge(&mut self, scene: &Scene, evidence: &Evidence) -> Option<Fault> {
        if !scene.heating {
            *self = Self::default();
            return None;
        }
        let seen = scene.sample?;
        let began_at = *self.began_at.get_or_insert(seen);
        let terminals = scene.cold_junction?;
        let heated = evidence.heat(limits::REVERSED_HEAT_OVER).is_none_or(|heat| heat > Millis::ZERO);
        let below = seen < terminals - limits::REVERSED_BELOW;
        let mirrored = heated && below && began_at - seen >= limits::REVERSED_FALL;
        if scene.fresh {
            self.in_a_row = if mirrored { self.in_a_row.saturating_add(1) } else { 0 };
        }
        (self.in_a_row >= limits::REVERSED_SAMPLES).then_some(Fault::ThermocoupleReversed { seen, terminals })
    }
}
