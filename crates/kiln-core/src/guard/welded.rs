//! Welded: it gets hotter than it has been, and nobody heats it.
//!
//! An energy balance over three minutes, and one over ten minutes of rest for a weld of one relay of several; not a
//! timer that a single pulse of heat resets: the little heat there was may explain so much of a rise and no more. A
//! chamber that warms up again after its lid was closed gets no hotter than it was before. At full demand a welded
//! relay does no harm and cannot be seen. Hazard H-09.

use super::Scene;
use super::evidence::Evidence;
use crate::fault::Fault;
use crate::limits;
use crate::units::{Kelvin, Millis};

/// Judges one scene.
pub(super) fn judge(scene: &Scene, evidence: &Evidence) -> Option<Fault> {
    if !scene.heating {
        return None;
    }
    let rise = quickly(evidence).or_else(|| slowly(evidence))?;
    Some(Fault::RelayWelded { rise })
}

/// A rise in a minute that the heat of three does not explain.
fn quickly(evidence: &Evidence) -> Option<Kelvin> {
    let explained = limits::WELDED_PER_HEAT.over(evidence.heat(limits::WELDED_BALANCE_OVER)?);
    let rise = evidence.rise(limits::WELDED_RISE_OVER)?;
    let hotter_than_ever = climbed_past(evidence, limits::WELDED_RISE_OVER)? >= limits::WELDED_ABOVE;
    let unexplained = rise - explained >= limits::WELDED_RISE;
    (unexplained && hotter_than_ever).then_some(rise)
}

/// A rise, however slow, after ten minutes of rest: one relay of several.
fn slowly(evidence: &Evidence) -> Option<Kelvin> {
    let rested = evidence.heat(limits::WELDED_REST_OVER)? <= limits::WELDED_REST_HEAT;
    let hot = evidence.newest()? >= limits::WELDED_REST_ABOVE;
    let rise = evidence.rise(limits::WELDED_REST_RISE_OVER)?;
    let hotter_than_ever = climbed_past(evidence, limits::WELDED_REST_RISE_OVER)? >= limits::WELDED_REST_RISE;
    (rested && hot && hotter_than_ever && rise >= limits::WELDED_REST_RISE).then_some(rise)
}

/// How much hotter it is than it has ever been before the last `time`.
fn climbed_past(evidence: &Evidence, time: Millis) -> Option<Kelvin> {
    Some(evidence.newest()? - evidence.hottest_before(time)?)
}
