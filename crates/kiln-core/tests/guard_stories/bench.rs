//! A kiln that does as the story says, and all guards watching it.

use kiln_core::fault::Kind;
use kiln_core::guard::{Fitted, Guards, Scene};
use kiln_core::sensor::{Reading, Sample};
use kiln_core::units::{Celsius, Instant, Kelvin};

/// Slots in a second.
const SLOTS: u64 = 10;

/// A piece of a story.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phase {
    pub(crate) seconds: u64,
    /// How the temperature changes, K/s.
    pub(crate) per_second: f64,
    /// The share of heat in each window of ten seconds.
    pub(crate) heat: f64,
    /// How far off the sample is, K.
    pub(crate) off: f64,
    /// Whether the chip says the same to the last bit.
    pub(crate) stuck: bool,
    /// The temperature of the terminals, °C.
    pub(crate) terminals: f64,
    pub(crate) fitted: Fitted,
}

/// Nothing happens.
pub(crate) const fn phase() -> Phase {
    let fitted = Fitted { second: None, current: None, lid_open: None, stop_loop_open: None };
    Phase { seconds: 0, per_second: 0.0, heat: 0.0, off: 0.0, stuck: false, terminals: 24.0, fitted }
}

/// A kiln and its guards.
pub(crate) struct Story {
    guards: Guards,
    at: f64,
    second: u64,
    heating: bool,
    behind: Option<f64>,
    step: Kelvin,
    samples: Vec<f64>,
    found: Vec<Kind>,
}

impl Story {
    /// A kiln at `at` °C that is being fired.
    pub(crate) fn at(at: f64) -> Self {
        let guards = Guards::default();
        Self {
            guards,
            at,
            second: 0,
            heating: true,
            behind: None,
            step: Sample::FINE,
            samples: Vec::new(),
            found: Vec::new(),
        }
    }

    /// It is always this far behind what is asked for, K.
    pub(crate) fn behind(self, behind: f64) -> Self {
        Self { behind: Some(behind), ..self }
    }

    /// The chip tells quarters of a degree.
    pub(crate) fn coarse(self) -> Self {
        Self { step: Kelvin::milli(250), ..self }
    }

    /// Nothing is fired.
    pub(crate) fn idle(self) -> Self {
        Self { heating: false, ..self }
    }

    /// Tells the story; what is found, each kind once.
    #[track_caller]
    pub(crate) fn told(mut self, phases: &[Phase], expected: &[Kind]) {
        for phase in phases {
            for second in 0..phase.seconds {
                self.live(phase, second);
            }
        }
        assert_eq!(self.found, expected, "{phases:?}");
    }

    fn live(&mut self, phase: &Phase, second: u64) {
        self.at += phase.per_second;
        // A sensor that lives flickers by a step of the chip; one that is stuck does not.
        let step = self.step.get();
        let coarse = self.step > Sample::FINE;
        let flicker = if phase.stuck || coarse { 0.0 } else { (self.second % 2) as f64 * step };
        let steps = if coarse { ((self.at + phase.off) / step).round() * step } else { self.at + phase.off };
        self.samples.push(steps + flicker);
        let newest = self.samples.len().saturating_sub(5);
        let mut sorted = self.samples[newest..].to_vec();
        sorted.sort_by(f64::total_cmp);
        let median = sorted[sorted.len() / 2];
        let sample = Celsius::new(*self.samples.last().unwrap());
        let start = Instant::from_millis((1 << 32) - 70_000);
        for slot in 0..SLOTS {
            let now = start + kiln_core::units::Millis::new(self.second * 1000 + slot * 100);
            let taken = now;
            let temperature = Celsius::new(median).unwrap();
            let energized = (second % 10 * SLOTS + slot) < (phase.heat * 100.0) as u64;
            let scene = Scene {
                sample,
                raw: sample,
                step: self.step,
                cold_junction: Celsius::new(phase.terminals),
                energized,
                target: self.behind.and_then(|behind| Some(temperature + Kelvin::new(behind)?)),
                fitted: phase.fitted,
                fresh: slot == 0,
                reading: Some(Reading { temperature, taken, sequence: 1 }),
                heating: self.heating,
                ..Scene::blank(now, Celsius::whole(1300))
            };
            for fault in self.guards.judge(&scene).iter() {
                if !self.found.contains(&fault.kind()) {
                    self.found.push(fault.kind());
                }
            }
        }
        self.second += 1;
    }
}
