//! Too hot: the raw reading, or what it could be by now, is over the maximum.
//!
//! Rests on the calibrated sample before the median, so that a runaway is seen at its first second. One sample may
//! be a spike: it withholds heat; three in a row latch. Hazards H-07, H-09, H-34.

use super::Scene;
use crate::fault::Fault;
use crate::limits;
use crate::sensor::worst_case;

/// The guard and its count.
#[derive(Clone, Copy, Debug, Default)]
pub struct OverTemperature {
    in_a_row: usize,
}

impl OverTemperature {
    /// Judges one scene.
    pub fn judge(&mut self, scene: &Scene) -> Option<Fault> {
        let limit = scene.maximum;
        match scene.sample {
            Some(seen) if seen > limit => self.in_a_row = self.in_a_row.saturating_add(usize::from(scene.fresh)),
            Some(_) => self.in_a_row = 0,
            None => {}
        }
        if let Some(seen) = scene.sample.filter(|seen| *seen > limit) {
            return Some(if self.in_a_row >= limits::OVER_TEMPERATURE_SAMPLES {
                Fault::OverTemperature { seen, limit }
            } else {
                Fault::OverTemperatureSuspected { seen, limit }
            });
        }
        let worst = worst_case(scene.reading.as_ref()?, scene.now);
        let blind = scene.sample.is_none() && scene.problem.is_some();
        (blind && worst > limit).then_some(Fault::OverTemperatureSuspected { seen: worst, limit })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fault::Kind;
    use crate::sensor::{Problem, Reading};
    use crate::units::{Celsius, Instant, Millis};

    /// Feeds samples a second apart to a guard with a maximum of 1000 °C; `None` is a failed read.
    fn check(samples: &[Option<f64>], found: &[Option<Kind>]) {
        let mut guard = OverTemperature::default();
        let start = Instant::from_millis(u64::from(u32::MAX) - 2000);
        let mut reading = None;
        for (index, (sample, expected)) in samples.iter().zip(found).enumerate() {
            let now = start + Millis::from_seconds(u64::try_from(index).unwrap());
            let sample = sample.and_then(Celsius::new);
            if let Some(temperature) = sample {
                reading = Some(Reading { temperature: temperature.min(Celsius::whole(998)), taken: now, sequence: 0 });
            }
            let problem = sample.is_none().then_some(Problem::Bus);
            let maximum = Celsius::whole(1000);
            let known = Scene { sample, problem, reading, ..Scene::blank(now, maximum) };
            let scene = Scene { fresh: true, heating: true, ..known };
            assert_eq!(guard.judge(&scene).map(|fault| fault.kind()), *expected, "sample {index} of {samples:?}");
            let again = Scene { now: now + limits::SLOT, fresh: false, ..scene };
            assert_eq!(guard.judge(&again).map(|fault| fault.kind()), *expected, "a slot after sample {index}");
        }
    }

    #[test]
    fn a_spike_withholds_and_a_runaway_latches() {
        let (ok, hot) = (Some(999.0), Some(1000.1));
        let suspected = Some(Kind::OverTemperatureSuspected);
        let latched = Some(Kind::OverTemperature);
        check(&[ok, Some(1000.0), ok], &[None, None, None]);
        check(&[ok, hot, ok, hot, hot, ok], &[None, suspected, None, suspected, suspected, None]);
        check(&[hot, hot, hot, hot], &[suspected, suspected, latched, latched]);
        check(&[hot, None, hot, hot], &[suspected, suspected, suspected, latched]);
        check(&[Some(900.0), None, None], &[None, None, None]);
    }
}
