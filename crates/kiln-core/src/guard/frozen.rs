//! Frozen: the chip or the bus says the same to the last bit, again and again.
//!
//! A quiet sensor repeats codes, so equal codes alone withhold heat and have the chip set up anew; the firing ends
//! only if heat has come and gone meanwhile and the code has not moved. A chip with a coarse step repeats its codes
//! for minutes at a hold, and is given as much longer. Where noise alone would have moved the code, or the target has
//! gone on meanwhile, fewer withhold heat. Hazard H-04.

use super::Scene;
use super::evidence::Evidence;
use crate::fault::Fault;
use crate::limits;
use crate::units::{Kelvin, Millis};

/// How long a chip may say the same.
struct Patience {
    /// Equal samples that withhold heat.
    withholds: usize,
    /// Equal samples that latch.
    latches: usize,
    /// The heat meanwhile without which neither happens.
    heat: Millis,
    /// The rest meanwhile without which nothing latches.
    rest: Millis,
}

impl Patience {
    /// With a chip that should have moved by now.
    const SHORT: Self = Self {
        withholds: limits::FROZEN_SOON_WITHHOLDS,
        latches: limits::FROZEN_LATCHES,
        heat: limits::FROZEN_SOON_HEAT,
        rest: limits::FROZEN_HEAT,
    };

    /// With a chip of that step.
    fn with(step: Kelvin) -> Self {
        if step > limits::FROZEN_COARSE_STEP {
            Self {
                withholds: limits::FROZEN_COARSE_WITHHOLDS,
                latches: limits::FROZEN_COARSE_LATCHES,
                heat: limits::FROZEN_COARSE_HEAT,
                rest: limits::FROZEN_COARSE_REST,
            }
        } else {
            Self {
                withholds: limits::FROZEN_WITHHOLDS,
                latches: limits::FROZEN_LATCHES,
                heat: limits::FROZEN_HEAT,
                rest: limits::FROZEN_HEAT,
            }
        }
    }

    fn judge(&self, evidence: &Evidence) -> Option<Fault> {
        let same = evidence.same_codes();
        let (heat, rest) = evidence.heat_during_same();
        if heat < self.heat {
            None
        } else if same >= self.latches && rest >= self.rest {
            Some(Fault::SensorFrozen { same })
        } else {
            (same >= self.withholds).then_some(Fault::SensorFrozenSuspected { same })
        }
    }
}

/// Judges one scene.
pub(super) fn judge(scene: &Scene, evidence: &Evidence) -> Option<Fault> {
    if !scene.heating {
        return None;
    }
    let usual = Patience::with(scene.step).judge(evidence);
    usual.or_else(|| if should_have_moved(scene, evidence) { Patience::SHORT.judge(evidence) } else { None })
}

/// A fine chip that would have said something else by now.
fn should_have_moved(scene: &Scene, evidence: &Evidence) -> bool {
    let moved = match (scene.target, evidence.target_at_same()) {
        (Some(target), Some(before)) => (target - before).abs() >= limits::FROZEN_MOVED,
        _ => false,
    };
    scene.step <= limits::FROZEN_COARSE_STEP && (moved || evidence.is_noisy())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chip_is_coarse_above_the_limit_and_fine_at_it() {
        for (step, withholds) in [
            (limits::FROZEN_COARSE_STEP, limits::FROZEN_WITHHOLDS),
            (limits::FROZEN_COARSE_STEP + Kelvin::milli(1), limits::FROZEN_COARSE_WITHHOLDS),
        ] {
            assert_eq!(Patience::with(step).withholds, withholds, "{step:?}");
        }
    }
}
