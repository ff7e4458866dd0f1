//! Not rising: a cold kiln has been heated for long and is as cold as before.
//!
//! The thermocouple is shorted at its terminals, lies on the table, or the elements get no power. A reading like that
//! of the terminals is judged sooner: it may be theirs; a warmer one outlasts ten minutes without mains. Above 150 °C
//! a kiln at its limit may stand still, and others judge. Hazards H-02, H-06.

use super::Scene;
use super::evidence::Evidence;
use crate::fault::Fault;
use crate::limits;

/// Judges one scene.
pub(super) fn judge(scene: &Scene, evidence: &Evidence) -> Option<Fault> {
    let newest = evidence.newest()?;
    let at_terminals =
        scene.cold_junction.is_none_or(|terminals| (newest - terminals).abs() <= limits::NOT_RISING_NEAR);
    let (over, least) = if at_terminals {
        (limits::NOT_RISING_OVER, limits::NOT_RISING_HEAT)
    } else {
        (limits::NOT_RISING_WARM_OVER, limits::NOT_RISING_WARM_HEAT)
    };
    let cold = newest < limits::NOT_RISING_BELOW;
    let behind = scene.target.is_none_or(|target| target - newest >= limits::NOT_RISING_BEHIND);
    let heated = evidence.heat(over)? >= least;
    let rise = evidence.rise(over)?;
    // Heat that has just come back shows before the fall without it is made up for.
    let rises_again = evidence.rise(limits::NOT_RISING_NOW_OVER)? >= limits::NOT_RISING_NOW;
    (scene.heating && cold && behind && heated && rise < limits::NOT_RISING_RISE && !rises_again)
        .then_some(Fault::NotRising { rise })
}
