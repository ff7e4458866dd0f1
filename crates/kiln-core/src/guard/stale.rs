//! Blind: the newest good reading is too old to heat by, or there has never been one.
//!
//! Heat is withheld at once and comes back by itself; only readings missing for longer in a firing end it. Hazards
//! H-01, H-04, H-07.

use super::Scene;
use crate::fault::Fault;
use crate::limits;
use crate::sensor::{Problem, worst_case};
use crate::units::Instant;

/// The guard, and since when it has had nothing to see at all.
#[derive(Clone, Copy, Debug, Default)]
pub struct Stale {
    blind_since: Option<Instant>,
}

impl Stale {
    /// Judges one scene.
    pub fn judge(&mut self, scene: &Scene) -> Option<Fault> {
        let problem = scene.problem.unwrap_or(Problem::Bus);
        if scene.reading.is_none() && problem == Problem::Converting && !scene.heating {
            // Just set up: nothing is wrong, and nothing can start without a reading.
            return None;
        }
        let Some(reading) = &scene.reading else {
            let since = *self.blind_since.get_or_insert(scene.now);
            let lost = scene.heating && scene.now.since(since) > scene.patience;
            return Some(if lost { given_up(problem, scene.failures) } else { Fault::SensorNotReady { problem } });
        };
        self.blind_since = None;
        let age = scene.now.since(reading.taken);
        if scene.heating && age > scene.patience {
            Some(given_up(problem, scene.failures))
        } else if age > limits::READING_STALE_AFTER {
            Some(Fault::SensorStale { age, worst: worst_case(reading, scene.now) })
        } else {
            None
        }
    }
}

/// The fault of a sensor that has been silent for too long.
fn given_up(problem: Problem, failures: u16) -> Fault {
    if let Problem::Setup(register) = problem {
        Fault::SensorSetup { register }
    } else {
        Fault::SensorLost { problem, failures }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Kind;
    use crate::sensor::Reading;
    use crate::units::{Celsius, Millis};

    /// Judges a reading of the given age, after `before` at the start.
    fn check(age: Option<u64>, heating: bool, expected: Option<Kind>) {
        let now = Instant::from_millis(1 << 40);
        let taken = |age: u64| Instant::from_millis(now.as_millis() - age);
        let reading = age.map(|age| Reading { temperature: Celsius::whole(900), taken: taken(age), sequence: 7 });
        let (sample, problem, maximum) = (None, Some(Problem::Bus), Celsius::whole(1300));
        let known = Scene { sample, problem, reading, ..Scene::blank(now, maximum) };
        let scene = Scene { fresh: true, failures: 3, heating, ..known };
        let mut guard = Stale::default();
        assert_eq!(guard.judge(&scene).map(|fault| fault.kind()), expected, "age {age:?}, heating {heating}");
        let later = Scene { now: now + limits::READING_LOST_AFTER + Millis::new(1), ..scene };
        let lost = if heating { Kind::SensorLost } else { age.map_or(Kind::SensorNotReady, |_| Kind::SensorStale) };
        assert_eq!(guard.judge(&later).map(|fault| fault.kind()), Some(lost), "later, age {age:?}");
    }

    #[test]
    fn a_cold_kiln_is_waited_for_longer() {
        let now = Instant::from_millis(1 << 40);
        for (seconds, kind) in [(11, Kind::SensorStale), (40, Kind::SensorStale), (41, Kind::SensorLost)] {
            let taken = Instant::from_millis(now.as_millis() - 1000 * seconds);
            let reading = Some(Reading { temperature: Celsius::whole(40), taken, sequence: 7 });
            let known = Scene { problem: Some(Problem::Bus), reading, ..Scene::blank(now, Celsius::whole(1300)) };
            let scene = Scene { fresh: true, heating: true, patience: limits::READING_LOST_AFTER_COLD, ..known };
            assert_eq!(Stale::default().judge(&scene).map(|fault| fault.kind()), Some(kind), "{seconds} s");
        }
    }

    #[test]
    fn old_readings_withhold_heat_and_lost_ones_end_the_firing() {
        for heating in [false, true] {
            check(Some(0), heating, None);
            check(Some(3000), heating, None);
            check(Some(3001), heating, Some(Kind::SensorStale));
            check(Some(10_000), heating, Some(Kind::SensorStale));
            check(None, heating, Some(Kind::SensorNotReady));
        }
        check(Some(10_001), true, Some(Kind::SensorLost));
        check(Some(10_001), false, Some(Kind::SensorStale));
    }
}
