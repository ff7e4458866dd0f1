//! Judges that decide whether the kiln does what a kiln should, knowing nothing of the regulator.
//!
//! Each guard is pure but for the few counts it must keep, names its hazard row, and gives at most one fault. All of
//! them look first; the loop turns the worst verdict into action in one place.

mod electronics;
mod evidence;
mod fitted;
mod frozen;
mod heat_lost;
mod jump;
mod not_rising;
mod over_temperature;
mod reversed;
mod stale;
mod too_long;
mod welded;

pub use evidence::Evidence;
pub use fitted::Fitted;
pub use over_temperature::OverTemperature;
pub use stale::Stale;

use crate::fault::{Fault, Severity};
use crate::limits;
use crate::sensor::{Problem, Reading, Sample};
use crate::units::{Celsius, Instant, Kelvin, Millis};

/// What every guard is shown.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    /// The moment.
    pub now: Instant,
    /// The newest calibrated sample, before any filter; `None` when the latest read failed.
    pub sample: Option<Celsius>,
    /// The newest sample as the chip gave it.
    pub raw: Option<Celsius>,
    /// The least difference that the chip can tell.
    pub step: Kelvin,
    /// The temperature of the thermocouple's terminals, if the chip tells it.
    pub cold_junction: Option<Celsius>,
    /// Whether any heating relay is energised, as seen at its pin.
    pub energized: bool,
    /// The temperature asked for, while one is.
    pub target: Option<Celsius>,
    /// The optional inputs.
    pub fitted: Fitted,
    /// Whether the sample or the problem is new in this scene.
    pub fresh: bool,
    /// What the latest attempt to read met, if it failed.
    pub problem: Option<Problem>,
    /// The newest good reading.
    pub reading: Option<Reading>,
    /// How long readings may be missing in a firing: longer for a kiln that is still cold.
    pub patience: Millis,
    /// Failed reads in a row.
    pub failures: u16,
    /// Whether heat may be asked for: a firing or a tuning is going on.
    pub heating: bool,
    /// The configured maximum temperature.
    pub maximum: Celsius,
}

impl Scene {
    /// A scene in which nothing is known and nothing goes on.
    pub fn blank(now: Instant, maximum: Celsius) -> Self {
        Self {
            now,
            sample: None,
            raw: None,
            step: Sample::FINE,
            cold_junction: None,
            energized: false,
            target: None,
            fitted: Fitted::default(),
            fresh: false,
            problem: None,
            reading: None,
            patience: limits::READING_LOST_AFTER,
            failures: 0,
            heating: false,
            maximum,
        }
    }
}

/// How many guards there are.
pub const GUARDS: usize = 11;

/// How many of them judge once a second, when there is a reading; the others in every slot.
const SLOW: usize = 7;

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

/// All guards with what they remember.
#[derive(Clone, Copy, Debug, Default)]
pub struct Guards {
    evidence: Evidence,
    over_temperature: OverTemperature,
    stale: Stale,
    jump: jump::Jump,
    heat_lost: heat_lost::HeatLost,
    reversed: reversed::Reversed,
    electronics: electronics::Electronics,
    too_long: too_long::TooLong,
    fitted: fitted::FittedGuard,
    was_heating: bool,
    /// What the guards found that judge once a second.
    slow: [Option<Fault>; SLOW],
}

impl Guards {
    /// Shows every guard the scene.
    pub fn judge(&mut self, scene: &Scene) -> Verdicts {
        if scene.heating && !self.was_heating {
            self.evidence.forget();
        }
        let changed = core::mem::replace(&mut self.was_heating, scene.heating) != scene.heating;
        self.evidence.see(scene);
        if scene.fresh || changed {
            self.slow = self.judge_slowly(scene);
        }
        let [first, second, third, fourth, fifth, sixth, seventh] = self.slow;
        let [hot, stale] = [self.over_temperature.judge(scene), self.stale.judge(scene)];
        let [jump, fitted] = [self.jump.judge(scene), self.fitted.judge(scene)];
        Verdicts { faults: [hot, stale, jump, fitted, first, second, third, fourth, fifth, sixth, seventh] }
    }

    /// Shows the scene to the guards that learn something only with a reading.
    fn judge_slowly(&mut self, scene: &Scene) -> [Option<Fault>; SLOW] {
        let evidence = &self.evidence;
        [
            frozen::judge(scene, evidence),
            self.heat_lost.judge(scene, evidence),
            not_rising::judge(scene, evidence),
            self.reversed.judge(scene, evidence),
            welded::judge(scene, evidence),
            self.electronics.judge(scene),
            self.too_long.judge(scene),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_verdict_is_what_happens() {
        let notice = Fault::LoopLate { late: Millis::ZERO };
        let hold = Fault::SensorStale { age: Millis::ZERO, worst: Celsius::ZERO };
        let other_hold = Fault::SensorStale { age: Millis::ZERO, worst: Celsius::whole(9) };
        let trip = Fault::SensorLost { problem: Problem::Bus, failures: 9 };
        let cases = [
            ([None, None], None, false),
            ([Some(notice), None], Some(notice), false),
            ([Some(notice), Some(hold)], Some(hold), true),
            ([Some(trip), Some(hold)], Some(trip), true),
            ([Some(hold), Some(trip)], Some(trip), true),
            ([Some(hold), Some(other_hold)], Some(hold), true),
            ([Some(other_hold), Some(hold)], Some(other_hold), true),
        ];
        for ([first, second], worst, withheld) in cases {
            let mut verdicts = Verdicts::default();
            verdicts.faults[0] = first;
            verdicts.faults[GUARDS - 1] = second;
            assert_eq!((verdicts.worst().copied(), verdicts.withhold_heat()), (worst, withheld));
        }
    }
}
