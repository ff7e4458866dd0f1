//! Whether a firing ended as one with that fault may end.
//!
//! Nothing latches before its fault has come. Events pass, degraded kilns go on as well as they can (and say that they
//! cannot keep up), hazards may end a firing in any way that is safe. A usual day ends within tolerance.

use kiln_core::fault::Kind;

use super::{Rule, Violation, note};
use crate::faults::{Action, Entry, FaultKind};
use crate::figures::Figures;
use crate::swarm::How;

/// How far over a hold the thermocouple may be on a usual day, K, and the root of the mean square of its error in
/// holds, K: what the delivered gains keep in a kiln they were never tuned for.
const TOLERANCE_K: (f64, f64) = (30.0, 8.0);
/// The same for kilns that answer so late that no gains of this kind suit them.
const LATE_K: (f64, f64) = (75.0, 40.0);
/// Those kilns.
pub(in crate::swarm) const LATE: [&str; 2] = ["plant_a", "plant_b"];

/// How a firing ended, for the judge.
#[derive(Clone, Copy, Debug)]
pub(in crate::swarm) struct Ended<'a> {
    /// How.
    pub(in crate::swarm) how: How,
    /// When, ms after the start.
    pub(in crate::swarm) at_ms: u64,
    /// The fault of this firing, and whether it came.
    pub(in crate::swarm) fault: Option<(&'a Entry, bool)>,
    /// Whether it was asked to end.
    pub(in crate::swarm) stopped: bool,
    /// Whether there is a second thermocouple.
    pub(in crate::swarm) second: bool,
    /// Whether the kiln was as cold as the room.
    pub(in crate::swarm) cold: bool,
    /// The kiln.
    pub(in crate::swarm) kiln: &'a str,
    /// How well it was kept.
    pub(in crate::swarm) figures: &'a Figures,
}

/// Judges an ending.
pub(in crate::swarm) fn judge(ended: &Ended<'_>, violations: &mut Vec<Violation>) {
    let came = ended.fault.filter(|(_, came)| *came).map(|(entry, _)| entry);
    let allowed = match (ended.how, came) {
        (How::Complete, _) => true,
        (How::Stopped, _) => ended.stopped,
        (How::Reset, Some(entry)) => resets(entry),
        (How::Failed(kind), Some(entry)) => may_latch(kind, entry, ended),
        (How::Endless, Some(entry)) => entry.kind == FaultKind::Hazard,
        (How::Reset | How::Failed(_) | How::Endless, None) => false,
    };
    if !allowed {
        let rule = if matches!(ended.how, How::Failed(_)) { Rule::FalseLatch } else { Rule::Unfinished };
        note(violations, rule, ended.at_ms, || format!("{:?}", ended.how));
    }
    if ended.fault.is_none() && ended.how == How::Complete {
        let holds_k = ended.figures.holds.rms_c().unwrap_or(0.0);
        let over_k = ended.figures.overshoot_c;
        let (over_most, holds_most) = if LATE.contains(&ended.kiln) { LATE_K } else { TOLERANCE_K };
        if over_k > over_most || holds_k > holds_most {
            note(violations, Rule::Tolerance, ended.at_ms, || format!("holds {holds_k:.2} K, over {over_k:.1} K"));
        }
    }
}

/// Faults that end in a reset of the controller.
fn resets(entry: &Entry) -> bool {
    let pin = matches!(entry.does, Action::Pin(_));
    let loops = matches!(entry.does, Action::LoopHangs | Action::CoreStops | Action::Resets { .. } | Action::AppDies);
    pin || loops
}

/// Whether a fault of this kind may latch in a firing with this fault.
fn may_latch(kind: Kind, entry: &Entry, ended: &Ended<'_>) -> bool {
    match entry.kind {
        FaultKind::Hazard => true,
        // A kiln as cold as the room that is not heated cannot be told from a thermocouple on the table.
        FaultKind::Event => ended.cold && kind == Kind::NotRising,
        FaultKind::Degraded => {
            // The firing's own word that a kiln cannot keep up is no guard's verdict.
            let cannot = matches!(kind, Kind::Stalled | Kind::BelowMinimumRate);
            cannot || (kind == Kind::ThermocouplesDisagree && ended.second)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::faults::Menu;

    fn check(how: How, fault: Option<(&str, bool)>, broken: Option<Rule>) {
        let menu = Menu::built_in().unwrap();
        let fault = fault.map(|(name, came)| (menu.get(name).unwrap(), came));
        let figures = Figures::default();
        let ended =
            Ended { how, at_ms: 0, fault, stopped: false, second: false, cold: false, kiln: "top9", figures: &figures };
        let mut violations = Vec::new();
        judge(&ended, &mut violations);
        assert_eq!(violations.first().map(|v| v.rule), broken, "{how:?} {fault:?}");
    }

    #[test]
    fn endings() {
        let latched = How::Failed(Kind::HeatLost);
        check(How::Complete, None, None);
        check(latched, None, Some(Rule::FalseLatch));
        check(latched, Some(("ssr_open", true)), None);
        check(latched, Some(("ssr_open", false)), Some(Rule::FalseLatch));
        check(latched, Some(("mains_1min", true)), Some(Rule::FalseLatch));
        check(latched, Some(("elements_half", true)), Some(Rule::FalseLatch));
        check(How::Failed(Kind::Stalled), Some(("elements_half", true)), None);
        check(How::Stopped, None, Some(Rule::Unfinished));
        check(How::Reset, Some(("core_stops", true)), None);
        check(How::Reset, Some(("tc_open", true)), Some(Rule::Unfinished));
    }
}
