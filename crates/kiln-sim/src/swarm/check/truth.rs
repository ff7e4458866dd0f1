//! The true temperature, and the power that still flows after the end.
//!
//! The chamber is asked, not the thermocouple: what the loop believes is of no interest here.

use super::{Rule, Violation, note};
use crate::world::Truth;

/// How far over the configured maximum the chamber may ever be, K.
pub(in crate::swarm) const ALLOWED_K: f64 = 25.0;
/// What may still flow once a firing has ended: nothing, but for rounding, J.
const NOTHING_J: f64 = 1.0;

/// Watches the kiln.
#[derive(Clone, Copy, Debug)]
pub(in crate::swarm) struct TruthJudge {
    maximum_c: f64,
    /// Whether the temperature is held against the loop.
    excused: bool,
    /// The hottest the chamber has been, °C.
    pub(in crate::swarm) hottest_c: f64,
    /// The energy used when nothing was to flow any more, J.
    ended_j: Option<f64>,
}

impl TruthJudge {
    /// A judge of a kiln with this maximum.
    pub(in crate::swarm) const fn new(maximum_c: f64, excused: bool) -> Self {
        Self { maximum_c, excused, hottest_c: f64::MIN, ended_j: None }
    }

    /// Judges one moment; `over` says that power has no business to flow any more.
    pub(in crate::swarm) fn see(&mut self, truth: &Truth, at_ms: u64, over: bool, violations: &mut Vec<Violation>) {
        self.hottest_c = self.hottest_c.max(truth.chamber_c);
        if self.excused {
            return;
        }
        if truth.chamber_c > self.maximum_c + ALLOWED_K {
            let (chamber_c, maximum_c) = (truth.chamber_c, self.maximum_c);
            note(violations, Rule::TooHot, at_ms, || format!("chamber {chamber_c:.1} °C, maximum {maximum_c:.1} °C"));
        }
        if over {
            let ended_j = *self.ended_j.get_or_insert(truth.energy_j);
            if truth.energy_j - ended_j > NOTHING_J {
                let flowed = truth.energy_j - ended_j;
                note(violations, Rule::StillHeated, at_ms, || format!("{flowed:.0} J after the end"));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(excused: bool, chamber_c: f64, energy_j: [f64; 2], broken: &[Rule]) {
        let mut judge = TruthJudge::new(1000.0, excused);
        let mut violations = Vec::new();
        for energy_j in energy_j {
            let all = chamber_c;
            let truth = Truth { thermocouple_c: all, chamber_c, ware_c: all, core_c: all, power_w: 0.0, energy_j };
            judge.see(&truth, 0, true, &mut violations);
        }
        assert_eq!(violations.iter().map(|v| v.rule).collect::<Vec<_>>(), broken);
    }

    #[test]
    fn too_hot_and_still_heated() {
        check(false, 1025.0, [5.0, 5.0], &[]);
        check(false, 1025.1, [5.0, 5.0], &[Rule::TooHot]);
        check(false, 900.0, [5.0, 7.0], &[Rule::StillHeated]);
        check(true, 2000.0, [5.0, 9e9], &[]);
    }
}
