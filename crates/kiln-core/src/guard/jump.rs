//! Jump: the reading is suddenly somewhere no kiln can get to in a second.
//!
//! A shorted or loose thermocouple reads the terminals' temperature from one sample to the next. One or two wild
//! samples are interference and are left to the median; more withhold heat, and ten end the firing unless the
//! reading comes back. Hazards H-02, H-07.

use super::Scene;
use crate::fault::Fault;
use crate::limits;
use crate::units::Celsius;

/// The guard, and what it still believes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Jump {
    /// The conditioned reading.
    believed: Option<Celsius>,
    /// The newest sample that was no jump: a lid moves a light thermocouple faster than a median follows.
    followed: Option<Celsius>,
    away: usize,
    /// Samples in a row that agreed; what too few have agreed with may have been the jump itself.
    agreed: usize,
}

impl Jump {
    /// Judges one scene.
    ///
    /// What is believed is the conditioned reading, as long as samples agree with it or with the sample before them:
    /// a sample that was a jump itself is never the measure of the next.
    pub(super) fn judge(&mut self, scene: &Scene) -> Option<Fault> {
        let sample = scene.sample?;
        if scene.fresh {
            let near = |known: Option<Celsius>| known.is_none_or(|known| (sample - known).abs() <= limits::JUMP);
            let agrees = near(self.believed) || (self.away == 0 && near(self.followed)) || !scene.heating;
            if agrees {
                (self.away, self.agreed) = (0, self.agreed.saturating_add(1));
            } else if self.agreed < limits::JUMP_WITHHOLDS {
                self.agreed = 1;
            } else {
                self.away = self.away.saturating_add(1);
            }
            if self.away == 0 {
                self.followed = Some(sample);
                let settled = scene.reading.filter(|_| self.agreed >= limits::JUMP_WITHHOLDS);
                self.believed = settled.map(|reading| reading.temperature).or(Some(sample));
            }
        }
        let from = self.believed?;
        if self.away >= limits::JUMP_LATCHES {
            Some(Fault::SensorJumped { from, to: sample })
        } else if self.away >= limits::JUMP_WITHHOLDS {
            Some(Fault::SensorJumpSuspected { from, to: sample })
        } else {
            None
        }
    }
}
