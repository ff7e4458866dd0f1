//! Jump: the reading is suddenly somewhere no kiln can get to in a second.
//!
//! A shorted or loose thermocouple reads the terminals' temperature from one sample to the next. One or two wild
//! samples are interference and are left to the median; more withhold heat, and ten end the firing unless the
//! reading comes back. Hazards H-02, H-07.

use super::Scene;
use crate::fault::Fault;
use crate::limits;
use crate::units::Celsius;

/// The guard, and the sample it still believes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Jump {
    believed: Option<Celsius>,
    away: usize,
}

impl Jump {
    /// Judges one scene.
    pub(super) fn judge(&mut self, scene: &Scene) -> Option<Fault> {
        if let (true, Some(sample)) = (scene.fresh, scene.sample) {
            let near = self.believed.is_none_or(|believed| (sample - believed).abs() <= limits::JUMP);
            if near || !scene.heating {
                self.believed = Some(sample);
                self.away = 0;
            } else {
                self.away = self.away.saturating_add(1);
            }
        }
        let (from, to) = (self.believed?, scene.sample?);
        if self.away >= limits::JUMP_LATCHES {
            Some(Fault::SensorJumped { from, to })
        } else if self.away >= limits::JUMP_WITHHOLDS {
            Some(Fault::SensorJumpSuspected { from, to })
        } else {
            None
        }
    }
}
