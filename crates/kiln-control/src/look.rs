//! What the controller makes of a reading, before anything is decided.

use crate::controller::Controller;
use kiln_core::guard::Scene;
use kiln_core::limits;
use kiln_core::sensor::{Conditioned, Problem, Sample};
use kiln_core::units::Instant;

impl Controller {
    /// Conditions the reading of this tick.
    pub(crate) fn look(&mut self, reading: &Result<Sample, Problem>, now: Instant) {
        self.seen.problem = reading.as_ref().err().copied();
        self.seen.raw = reading.as_ref().ok().map(|sample| sample.raw);
        if let Ok(sample) = reading {
            self.seen.step = sample.step;
        }
        self.seen.cold_junction = reading.as_ref().ok().and_then(|sample| sample.cold_junction);
        self.seen.sample = reading.as_ref().ok().and_then(|sample| self.conditioner.calibrated(sample));
        match self.conditioner.accept(*reading, now) {
            Conditioned::Fresh(reading) => self.seen.reading = Some(reading),
            Conditioned::Kept(reading, problem) => {
                self.seen.reading = Some(reading);
                self.seen.problem = Some(problem);
            }
            Conditioned::NotReady(problem) | Conditioned::Lost(problem) => self.seen.problem = Some(problem),
        }
    }

    /// What the guards are shown.
    pub(crate) fn scene(&self, now: Instant, fresh: bool) -> Scene {
        let cold = self.conditioner.hottest().is_none_or(|hottest| hottest < limits::COLD_BELOW);
        Scene {
            now,
            sample: self.seen.sample,
            raw: self.seen.raw,
            step: self.seen.step,
            cold_junction: self.seen.cold_junction,
            energized: self.seen.energized.any(),
            target: self.target(),
            fitted: self.seen.fitted,
            fresh,
            problem: self.seen.problem,
            reading: self.seen.reading,
            patience: if cold { limits::READING_LOST_AFTER_COLD } else { limits::READING_LOST_AFTER },
            failures: self.conditioner.failures(),
            heating: self.is_heating(),
            maximum: self.settings.rules.max_temperature,
        }
    }
}
