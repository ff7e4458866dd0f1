//! Welded: it gets hotter than it has been, and nobody heats it.
//!
//! An energy balance over three minutes, not a timer that a single pulse of heat resets: the little heat there was may
//! explain so much of a rise and no more. A chamber that warms up again after its lid was closed gets no hotter than
//! it was before. At full demand a welded relay does no harm and cannot be seen. Hazard H-09.

use super::Scene;
use super::evidence::Evidence;
use crate::fault::Fault;
use crate::limits;

/// Judges one scene.
pub(super) fn judge(scene: &Scene, evidence: &Evidence) -> Option<Fault> {
    let explained = limits::WELDED_PER_HEAT.over(evidence.heat(limits::WELDED_BALANCE_OVER)?);
    let rise = evidence.rise(limits::WELDED_RISE_OVER)?;
    let before = evidence.hottest_before(limits::WELDED_RISE_OVER)?;
    let hotter_than_ever = evidence.newest()? - before >= limits::WELDED_ABOVE;
    let unexplained = rise - explained >= limits::WELDED_RISE;
    (scene.heating && unexplained && hotter_than_ever).then_some(Fault::RelayWelded { rise })
}
