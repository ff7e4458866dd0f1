//! Not rising: a cold kiln has been heated for long and is as cold as before.
//!
//! The thermocouple is shorted at its terminals, lies on the table, or the elements get no power. Above 150 °C a kiln
//! at its limit may stand still, and others judge. Hazards H-02, H-06.

use super::Scene;
use super::evidence::Evidence;
use crate::fault::Fault;
use crate::limits;

/// Judges one scene.
pub(super) fn judge(scene: &Scene, evidence: &Evidence) -> Option<Fault> {
    let cold = evidence.newest()? < limits::NOT_RISING_BELOW;
    let heated = evidence.heat(limits::NOT_RISING_OVER)? >= limits::NOT_RISING_HEAT;
    let rise = evidence.rise(limits::NOT_RISING_OVER)?;
    (scene.heating && cold && heated && rise < limits::NOT_RISING_RISE).then_some(Fault::NotRising { rise })
}
