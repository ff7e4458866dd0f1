//! Judges that decide whether the kiln does what a kiln should, knowing nothing of the regulator.
//!
//! Each guard is pure but for the few counts it must keep, names its hazard row, and gives at most one fault. All of
//! them look first; the loop turns the worst verdict into action in one place.

mod over_temperature;
mod stale;

pub use over_temperature::OverTemperature;
pub use stale::Stale;

use crate::fault::{Fault, Severity};
use crate::sensor::{Problem, Reading};
use crate::units::{Celsius, Instant};

/// What every guard is shown.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    /// The moment.
    pub now: Instant,
    /// The newest calibrated sample, before any filter; `None` when the latest read failed.
    pub sample: Option<Celsius>,
    /// Whether the sample or the problem is new in this scene.
    pub fresh: bool,
    /// What the latest attempt to read met, if it failed.
    pub problem: Option<Problem>,
    /// The newest good reading.
    pub reading: Option<Reading>,
    /// Failed reads in a row.
    pub failures: u16,
    /// Whether heat may be asked for: a firing or a tuning is going on.
    pub heating: bool,
    /// The configured maximum temperature.
    pub maximum: Celsius,
}

/// How many guards there are.
pub const GUARDS: usize = 2;

/// What the guards found, at most one fault each.
#[derive(Clone, Copy, Debug, PartialEq, Default)]
pub struct Verdicts {
    faults: [Option<Fault>; GUARDS],
}

impl Verdicts {
    /// What each guard found, in their order.
    pub const fn new(faults: [Option<Fault>; GUARDS]) -> Self {
        Self { faults }
    }

    /// What each guard found, in their order.
    pub const fn each(&self) -> &[Option<Fault>; GUARDS] {
        &self.faults
    }

    /// Every fault found.
    pub fn iter(&self) -> impl Iterator<Item = &Fault> {
        self.faults.iter().flatten()
    }

    /// The worst fault; of several equally bad ones the first guard's.
    pub fn worst(&self) -> Option<&Fault> {
        self.iter().reduce(|worst, fault| if fault.severity() > worst.severity() { fault } else { worst })
    }

    /// Whether any of them forbids heat now.
    pub fn withhold_heat(&self) -> bool {
        self.worst().is_some_and(|fault| fault.severity() >= Severity::Hold)
    }
}

/// All guards with their counts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Guards {
    over_temperature: OverTemperature,
    stale: Stale,
}

impl Guards {
    /// Shows every guard the scene.
    pub fn judge(&mut self, scene: &Scene) -> Verdicts {
        Verdicts { faults: [self.over_temperature.judge(scene), self.stale.judge(scene)] }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Millis;

    #[test]
    fn the_worst_verdict_is_what_happens() {
        let notice = Fault::LoopLate { late: Millis::ZERO };
        let hold = Fault::SensorStale { age: Millis::ZERO, worst: Celsius::ZERO };
        let trip = Fault::SensorLost { problem: Problem::Bus, failures: 9 };
        let cases = [
            ([None, None], None, false),
            ([Some(notice), None], Some(notice), false),
            ([Some(notice), Some(hold)], Some(hold), true),
            ([Some(trip), Some(hold)], Some(trip), true),
            ([Some(hold), Some(trip)], Some(trip), true),
        ];
        for (faults, worst, withheld) in cases {
            let verdicts = Verdicts { faults };
            assert_eq!((verdicts.worst().copied(), verdicts.withhold_heat()), (worst, withheld));
        }
    }
}
