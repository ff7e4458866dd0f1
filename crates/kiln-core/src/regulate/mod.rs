//! How much heat brings the kiln to its target: the one seam behind which every regulator stands.
//!
//! The loop asks for a duty ([`Regulator::update`]), or tells it why it does not: nothing is asked for
//! ([`Regulator::rest`]), heat is withheld ([`Regulator::follow`]), the target has jumped to where the kiln is
//! ([`Regulator::carry_on`]). What is asked for here is a wish: guards and the window decide what becomes of it.

mod gains;
mod pid;

pub use gains::GainSchedule;
pub use pid::{OutputLimits, Pid, PidGains, PidTerms};

use crate::units::{Celsius, Duty, Instant};

/// What the loop asks of a regulator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ask {
    /// When.
    pub now: Instant,
    /// Where the kiln should be.
    pub target: Celsius,
    /// Where it is.
    pub measured: Celsius,
}

/// Which regulator, with its settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RegulatorSettings {
    /// A PID controller whose gains follow the temperature.
    Pid(PidSettings),
}

/// Settings of the PID regulator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PidSettings {
    /// The gains at the schedule's ambient temperature.
    pub base: PidGains,
    /// How they grow with temperature.
    pub schedule: GainSchedule,
    /// Whether a new run begins with the base gains. The reference controller goes on with those last in force.
    pub restore_between_runs: bool,
}

impl PidSettings {
    /// Gains that follow the schedule and start anew with each run.
    pub const fn new(base: PidGains, schedule: GainSchedule) -> Self {
        Self { base, schedule, restore_between_runs: true }
    }
}

/// What a regulator remembers.
#[derive(Clone, Copy, Debug)]
pub struct Regulator {
    memory: Memory,
}

/// One variant per regulator, as in [`RegulatorSettings`].
#[derive(Clone, Copy, Debug)]
enum Memory {
    Pid { pid: Pid, terms: Option<PidTerms> },
}

impl Regulator {
    /// A regulator at rest.
    pub const fn new(settings: &RegulatorSettings) -> Self {
        match settings {
            RegulatorSettings::Pid(settings) => {
                Self { memory: Memory::Pid { pid: Pid::new(settings.base), terms: None } }
            }
        }
    }

    /// One turn, about once a second: the duty that brings `measured` to `target`.
    pub fn update(&mut self, settings: &RegulatorSettings, ask: Ask) -> Duty {
        match (settings, &mut self.memory) {
            (RegulatorSettings::Pid(settings), Memory::Pid { pid, terms }) => {
                if let Some(gains) = settings.schedule.next(&settings.base, &pid.gains(), ask.measured) {
                    pid.set_gains(gains);
                }
                let turn = pid.update(&OutputLimits::POWER, ask.target.get(), ask.measured.get(), ask.now);
                *terms = Some(turn);
                Duty::from_percent(turn.output)
            }
        }
    }

    /// Nothing is asked for: forgets the past, so that the next run starts fresh.
    pub fn rest(&mut self, settings: &RegulatorSettings) {
        match (settings, &mut self.memory) {
            (RegulatorSettings::Pid(settings), Memory::Pid { pid, terms }) => {
                if settings.restore_between_runs {
                    *pid = Pid::new(settings.base);
                }
                pid.reset();
                *terms = None;
            }
        }
    }

    /// Heat is withheld: follows what is asked and measured, keeps what it has learned, and takes in nothing.
    pub fn follow(&mut self, ask: Ask) {
        match &mut self.memory {
            Memory::Pid { pid, .. } => pid.follow(ask.target.get(), ask.measured.get(), ask.now),
        }
    }

    /// The target has jumped to where the kiln is: goes on from this duty without a bump, the error forgotten.
    ///
    /// Starting from nothing instead would let a hot kiln sag by the whole duty it takes to stay hot, divided by the
    /// proportional gain, before the integral is back.
    pub fn carry_on(&mut self, duty: Duty) {
        match &mut self.memory {
            Memory::Pid { pid, terms } => {
                pid.carry_on(duty.percent());
                *terms = None;
            }
        }
    }

    /// The parts of the latest answer; `None` at rest.
    pub const fn terms(&self) -> Option<PidTerms> {
        match &self.memory {
            Memory::Pid { terms, .. } => *terms,
        }
    }

    /// The gains in force.
    pub const fn gains(&self) -> PidGains {
        match &self.memory {
            Memory::Pid { pid, .. } => pid.gains(),
        }
    }

    /// The accumulated error, °C·s.
    pub const fn integral(&self) -> f64 {
        match &self.memory {
            Memory::Pid { pid, .. } => pid.integral(),
        }
    }

    /// Puts back an accumulated error, °C·s; 0 forgets it while the rest goes on.
    pub const fn restore_integral(&mut self, integral: f64) {
        match &mut self.memory {
            Memory::Pid { pid, .. } => pid.restore_integral(integral),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(second: u64, target: i16, measured: i16) -> Ask {
        let now = Instant::from_millis(1000 * second);
        Ask { now, target: Celsius::whole(target), measured: Celsius::whole(measured) }
    }

    fn settings(restore_between_runs: bool) -> RegulatorSettings {
        let base = PidGains::new(25.0, 0.14, 160.0).unwrap();
        let schedule = GainSchedule::new(0.001, Celsius::whole(25)).unwrap();
        RegulatorSettings::Pid(PidSettings { restore_between_runs, ..PidSettings::new(base, schedule) })
    }

    #[test]
    fn incident_a_new_run_began_with_the_gains_of_a_hot_kiln() {
        for (restores, kp) in [(true, 25.0), (false, 50.0)] {
            let settings = settings(restores);
            let mut regulator = Regulator::new(&settings);
            regulator.update(&settings, ask(0, 1000, 1025));
            regulator.rest(&settings);
            assert!((regulator.gains().kp() - kp).abs() < 1e-9, "{restores}");
            assert_eq!(regulator.terms(), None);
        }
    }

    #[test]
    fn carrying_on_gives_the_same_duty_at_the_new_target() {
        let settings = settings(true);
        let mut regulator = Regulator::new(&settings);
        regulator.update(&settings, ask(0, 1030, 1000));
        for duty in [0.0, 42.0, 100.0] {
            regulator.carry_on(Duty::from_percent(duty));
            let next = regulator.update(&settings, ask(1, 1000, 1000)).percent();
            assert!((next - duty).abs() < 1e-9, "{duty} {next}");
        }
    }

    #[test]
    fn rest_forgets() {
        let settings = settings(true);
        let mut regulator = Regulator::new(&settings);
        let first = regulator.update(&settings, ask(0, 101, 100));
        regulator.update(&settings, ask(1, 101, 100));
        assert!(regulator.integral() > 1.5);
        regulator.rest(&settings);
        assert_eq!(regulator.update(&settings, ask(9, 101, 100)), first);
    }
}
