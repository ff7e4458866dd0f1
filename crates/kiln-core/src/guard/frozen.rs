//! Frozen: the chip or the bus says the same to the last bit, again and again.
//!
//! A quiet sensor repeats codes, so equal codes alone withhold heat and have the chip set up anew; the firing ends
//! only if heat has come and gone meanwhile and the code has not moved. Hazard H-04.

use super::Scene;
use super::evidence::Evidence;
use crate::fault::Fault;
use crate::limits;

/// Judges one scene.
pub(super) fn judge(scene: &Scene, evidence: &Evidence) -> Option<Fault> {
    let same = evidence.same_codes();
    let (heat, rest) = evidence.heat_during_same();
    if !scene.heating || heat < limits::FROZEN_HEAT {
        return None;
    }
    if same >= limits::FROZEN_LATCHES && rest >= limits::FROZEN_HEAT {
        Some(Fault::SensorFrozen { same })
    } else if same >= limits::FROZEN_WITHHOLDS {
        Some(Fault::SensorFrozenSuspected { same })
    } else {
        None
    }
}
