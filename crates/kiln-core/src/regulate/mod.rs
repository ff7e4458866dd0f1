//! How much heat brings the kiln to its target: the one seam behind which every regulator stands.
//!
//! The loop asks for a duty ([`Regulator::update`]), or tells it why it does not: nothing is asked for
//! ([`Regulator::rest`]), heat is withheld ([`Regulator::follow`]), the target has jumped to where the kiln is
//! ([`Regulator::carry_on`]). What is asked for here is a wish: guards and the window decide what becomes of it.

pub mod adaptive;
mod ahead;
mod gains;
mod pid;

pub use ahead::Ahead;
pub use gains::GainSchedule;
pub use pid::{OutputLimits, Pid, PidGains, PidTerms};

use self::adaptive::{Adaptive, Known};
use crate::units::{Celsius, Duty, Instant, Millis};

/// What the loop asks of a regulator.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ask {
    /// When.
    pub now: Instant,
    /// Where the kiln should be.
    pub target: Celsius,
    /// Where it is.
    pub measured: Celsius,
    /// The newest sample before any filter, calibrated; `None` when the latest read failed.
    pub sample: Option<Celsius>,
    /// The heat there really was at the pins since the last turn, as a share of full power.
    pub applied: Duty,
    /// Where the target goes from here.
    pub ahead: Ahead,
    /// The length of the relay window: a duty takes effect at its next boundary.
    pub window: Millis,
}

/// Which regulator, with its settings.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum RegulatorSettings {
    /// A PID controller whose gains follow the temperature.
    Pid(PidSettings),
    /// Adaptive predictive control, and the PID that takes over where its model fails.
    Adaptive(PidSettings),
}

impl RegulatorSettings {
    /// The settings of the PID that controls, or takes over.
    pub const fn pid(&self) -> &PidSettings {
        match self {
            Self::Pid(pid) | Self::Adaptive(pid) => pid,
        }
    }
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
#[expect(clippy::large_enum_variant, reason = "there is one regulator, and nowhere to put a part of it")]
enum Memory {
    Pid(ByPid),
    Adaptive { adaptive: Adaptive, fallen_back: Option<ByPid> },
}

/// A PID whose gains follow the temperature, and its latest answer: for whoever needs this regulator and no other.
#[derive(Clone, Copy, Debug)]
pub struct ByPid {
    pid: Pid,
    terms: Option<PidTerms>,
}

impl ByPid {
    /// At rest.
    pub const fn new(settings: &PidSettings) -> Self {
        Self { pid: Pid::new(settings.base), terms: None }
    }

    /// As [`Regulator::update`].
    pub fn update(&mut self, settings: &PidSettings, ask: &Ask) -> Duty {
        if let Some(gains) = settings.schedule.next(&settings.base, &self.pid.gains(), ask.measured) {
            self.pid.set_gains(gains);
        }
        let turn = self.pid.update(&OutputLimits::POWER, ask.target.get(), ask.measured.get(), ask.now);
        self.terms = Some(turn);
        Duty::from_percent(turn.output)
    }

    /// As [`Regulator::rest`].
    pub fn rest(&mut self, settings: &PidSettings) {
        if settings.restore_between_runs {
            self.pid = Pid::new(settings.base);
        }
        self.pid.reset();
        self.terms = None;
    }

    /// As [`Regulator::carry_on`].
    pub fn carry_on(&mut self, duty: Duty) {
        self.pid.carry_on(duty.percent());
        self.terms = None;
    }
}

impl Regulator {
    /// A regulator at rest.
    pub fn new(settings: &RegulatorSettings) -> Self {
        let memory = match settings {
            RegulatorSettings::Pid(pid) => Memory::Pid(ByPid::new(pid)),
            RegulatorSettings::Adaptive(_) => Memory::Adaptive { adaptive: Adaptive::new(None), fallen_back: None },
        };
        Self { memory }
    }

    /// One turn, about once a second: the duty that brings `measured` to `target`.
    pub fn update(&mut self, settings: &RegulatorSettings, ask: &Ask) -> Duty {
        match &mut self.memory {
            Memory::Pid(pid) | Memory::Adaptive { fallen_back: Some(pid), .. } => pid.update(settings.pid(), ask),
            Memory::Adaptive { adaptive, fallen_back } => {
                if let Some(duty) = adaptive.update(ask) {
                    return duty;
                }
                // Its model has left its bounds: the PID goes on from the duty asked for last.
                let pid = fallen_back.insert(ByPid::new(settings.pid()));
                pid.carry_on(adaptive.asked());
                pid.update(settings.pid(), ask)
            }
        }
    }

    /// Nothing is asked for: forgets the past, so that the next run starts fresh.
    pub fn rest(&mut self, settings: &RegulatorSettings) {
        match &mut self.memory {
            Memory::Pid(pid) => pid.rest(settings.pid()),
            Memory::Adaptive { adaptive, fallen_back } => {
                adaptive.rest();
                *fallen_back = None;
            }
        }
    }

    /// Heat is withheld: follows what is asked and measured, keeps what it has learned, and takes in nothing.
    pub fn follow(&mut self, ask: &Ask) {
        match &mut self.memory {
            Memory::Pid(by) | Memory::Adaptive { fallen_back: Some(by), .. } => {
                by.pid.follow(ask.target.get(), ask.measured.get(), ask.now);
            }
            Memory::Adaptive { adaptive, fallen_back: None } => adaptive.follow(ask),
        }
    }

    /// The target has jumped to where the kiln is: goes on from this duty without a bump, the error forgotten.
    ///
    /// Starting from nothing instead would let a hot kiln sag by the whole duty it takes to stay hot, divided by the
    /// proportional gain, before the integral is back. A model knows that duty by itself.
    pub fn carry_on(&mut self, duty: Duty) {
        match &mut self.memory {
            Memory::Pid(pid) | Memory::Adaptive { fallen_back: Some(pid), .. } => pid.carry_on(duty),
            Memory::Adaptive { adaptive, fallen_back: None } => adaptive.carry_on(),
        }
    }

    /// The parts of the PID's latest answer; `None` at rest, and while a model controls.
    pub const fn terms(&self) -> Option<PidTerms> {
        match self.by_pid() {
            Some(by) => by.terms,
            None => None,
        }
    }

    /// The PID's gains in force; `None` while a model controls.
    pub const fn gains(&self) -> Option<PidGains> {
        match self.by_pid() {
            Some(by) => Some(by.pid.gains()),
            None => None,
        }
    }

    /// Whether the PID has taken over from a model that left its bounds.
    pub const fn has_fallen_back(&self) -> bool {
        matches!(self.memory, Memory::Adaptive { fallen_back: Some(_), .. })
    }

    /// What a model has learned of the kiln; `None` for a PID.
    pub fn known(&self) -> Option<Known> {
        match &self.memory {
            Memory::Pid(_) => None,
            Memory::Adaptive { adaptive, .. } => adaptive.known(),
        }
    }

    /// Begins with what earlier firings have shown of the kiln. A PID has no use for it.
    pub fn restore_known(&mut self, known: &Known) {
        if let Memory::Adaptive { adaptive, .. } = &mut self.memory {
            *adaptive = Adaptive::new(Some(known));
        }
    }

    const fn by_pid(&self) -> Option<&ByPid> {
        match &self.memory {
            Memory::Pid(by) | Memory::Adaptive { fallen_back: Some(by), .. } => Some(by),
            Memory::Adaptive { fallen_back: None, .. } => None,
        }
    }

    /// The PID's accumulated error, °C·s; 0 while a model controls.
    pub const fn integral(&self) -> f64 {
        match self.by_pid() {
            Some(by) => by.pid.integral(),
            None => 0.0,
        }
    }

    /// Puts back the PID's accumulated error, °C·s; 0 forgets it while the rest goes on.
    pub const fn restore_integral(&mut self, integral: f64) {
        match &mut self.memory {
            Memory::Pid(by) | Memory::Adaptive { fallen_back: Some(by), .. } => by.pid.restore_integral(integral),
            Memory::Adaptive { fallen_back: None, .. } => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(second: u64, target: i16, measured: i16) -> Ask {
        let now = Instant::from_millis(1000 * second);
        Ask {
            now,
            target: Celsius::whole(target),
            measured: Celsius::whole(measured),
            sample: Some(Celsius::whole(measured)),
            applied: Duty::OFF,
            ahead: Ahead::LEVEL,
            window: Millis::from_seconds(5),
        }
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
            regulator.update(&settings, &ask(0, 1000, 1025));
            regulator.rest(&settings);
            assert!((regulator.gains().unwrap().kp() - kp).abs() < 1e-9, "{restores}");
            assert_eq!(regulator.terms(), None);
        }
    }

    #[test]
    fn carrying_on_gives_the_same_duty_at_the_new_target() {
        let settings = settings(true);
        let mut regulator = Regulator::new(&settings);
        regulator.update(&settings, &ask(0, 1030, 1000));
        for duty in [0.0, 42.0, 100.0] {
            regulator.carry_on(Duty::from_percent(duty));
            let next = regulator.update(&settings, &ask(1, 1000, 1000)).percent();
            assert!((next - duty).abs() < 1e-9, "{duty} {next}");
        }
    }

    #[test]
    fn rest_forgets() {
        let settings = settings(true);
        let mut regulator = Regulator::new(&settings);
        let first = regulator.update(&settings, &ask(0, 101, 100));
        regulator.update(&settings, &ask(1, 101, 100));
        assert!(regulator.integral() > 1.5);
        regulator.rest(&settings);
        assert_eq!(regulator.update(&settings, &ask(9, 101, 100)), first);
    }
}
