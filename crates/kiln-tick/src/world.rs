//! A board in memory with one warm lump of a kiln: just enough world for the loop to fire in.
//!
//! It is not a model of a kiln. Its methods do next to nothing, so that what is counted is the loop.

use core::convert::Infallible;

use kiln_control::{InForce, Runner, Settings};
use kiln_core::command::{Command, CommandId, Request};
use kiln_core::firing::Rules;
use kiln_core::limits::SLOT;
use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::regulate::{GainSchedule, PidGains, PidSettings, RegulatorSettings};
use kiln_core::schedule;
use kiln_core::sensor::{FilterSettings, Problem, Sample};
use kiln_core::snapshot::Snapshot;
use kiln_core::units::{Celsius, CelsiusPerHour, Instant, Kelvin, Millis};
use kiln_core::window::{RelaySet, WindowSettings};
use kiln_hal::board::{Board, Clock, Contactor, ControlLink, Heater, Thermocouple, Watchdog};

/// What one turn of the loop was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turn {
    /// A reading was taken: the firing and the regulator ran.
    Tick,
    /// Only the commands, the guards and the relay window were served.
    Slot,
}

/// The world as the loop sees it.
#[derive(Debug)]
pub(crate) struct World {
    now: Instant,
    temperature: Celsius,
    energized: RelaySet,
    held: bool,
    request: Option<Request>,
    /// What the loop last told.
    pub(crate) told: Option<Snapshot>,
    /// How often the watchdog was fed.
    pub(crate) fed: u32,
}

/// Which regulator is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who {
    /// The PID.
    Pid,
    /// Adaptive predictive control, the first ten minutes of its learning included.
    Adaptive,
}

/// The loop as it ships, and a world in which it will be asked to fire.
pub(crate) fn begin(who: Who) -> Option<(Runner, World)> {
    let start = Instant::from_millis(0);
    let steps = [
        Step::Ramp { target: Celsius::whole(900), rate: RampRate::PerHour(CelsiusPerHour::whole(100)), min_rate: None },
        Step::Hold { target: Celsius::whole(900), time: Millis::from_minutes(15) },
    ];
    let profile = Profile::new(Name::new("tick")?, &steps).ok()?;
    let request = Request { id: CommandId(1), command: Command::Run(profile) };
    let world = World {
        now: start,
        temperature: Celsius::whole(20),
        energized: RelaySet::NONE,
        held: false,
        request: Some(request),
        told: None,
        fed: 0,
    };
    Some((Runner::new(InForce::given(settings(who)?), start).ok()?, world))
}

/// Two relays, a median of five, gains that follow the temperature: what a well-fitted kiln would have.
fn settings(who: Who) -> Option<Settings> {
    let pid = PidSettings::new(PidGains::new(25.0, 0.05, 180.0)?, GainSchedule::new(0.001, Celsius::whole(25))?);
    Some(Settings {
        rules: Rules::SHIPPING,
        conditioner: FilterSettings::new(Kelvin::whole(0), 5).ok()?,
        regulator: match who {
            Who::Pid => RegulatorSettings::Pid(pid),
            Who::Adaptive => RegulatorSettings::Adaptive(pid),
        },
        window: WindowSettings::new(Millis::from_seconds(20), 2, Millis::new(500)).ok()?,
        schedule: schedule::Rules::SHIPPING,
    })
}

/// One turn of the loop; `around` is called with the work to be counted.
pub(crate) fn turn(runner: &mut Runner, world: &mut World, around: impl FnOnce(&mut dyn FnMut())) -> Turn {
    let mut ticked = false;
    around(&mut || ticked = runner.turn(world).ticked);
    world.pass();
    if ticked { Turn::Tick } else { Turn::Slot }
}

impl World {
    /// A slot's time passes: both relays together heat by 400 °C/h.
    fn pass(&mut self) {
        let rise = CelsiusPerHour::whole(200).over(SLOT);
        for relay in 0..2 {
            if self.energized.is_on(relay) {
                self.temperature += rise;
            }
        }
    }
}

impl Clock for World {
    fn now(&self) -> Instant {
        self.now
    }
    fn wait_until(&mut self, moment: Instant) {
        self.now = moment;
    }
}

impl Thermocouple for World {
    fn setup(&mut self) -> Result<Millis, Problem> {
        Ok(Millis::new(200))
    }
    fn read(&mut self) -> Result<Sample, Problem> {
        Ok(Sample { raw: self.temperature, cold_junction: Some(Celsius::whole(25)), step: Sample::FINE })
    }
}

impl Heater for World {
    type Error = Infallible;
    fn energize_until(&mut self, relays: RelaySet, _expiry: Instant) -> Result<(), Infallible> {
        self.energized = relays;
        Ok(())
    }
    fn expire(&mut self, _now: Instant) -> Result<(), Infallible> {
        Ok(())
    }
    fn all_off(&mut self) -> Result<(), Infallible> {
        self.energized = RelaySet::NONE;
        Ok(())
    }
    fn energized(&mut self) -> Result<RelaySet, Infallible> {
        Ok(self.energized)
    }
}

impl Contactor for World {
    type Error = Infallible;
    fn hold_until(&mut self, _expiry: Instant) -> Result<(), Infallible> {
        self.held = true;
        Ok(())
    }
    fn expire(&mut self, _now: Instant) -> Result<(), Infallible> {
        Ok(())
    }
    fn release(&mut self) -> Result<(), Infallible> {
        self.held = false;
        Ok(())
    }
    fn is_held(&mut self) -> Result<bool, Infallible> {
        Ok(self.held)
    }
}

impl Watchdog for World {
    fn feed(&mut self) {
        self.fed += 1;
    }
}

impl ControlLink for World {
    type Request = Request;
    type Snapshot = Snapshot;
    fn take(&mut self) -> Option<Request> {
        // A kiln is asked to fire once its thermocouple has been seen.
        self.request.take_if(|_| self.told.is_some_and(|told| told.reading.is_some()))
    }
    fn publish(&mut self, snapshot: &Snapshot) {
        self.told = Some(*snapshot);
    }
}

impl Board for World {
    type Clock = Self;
    type Thermocouple = Self;
    type Heater = Self;
    type Contactor = Self;
    type Watchdog = Self;
    type Link = Self;
    fn clock(&mut self) -> &mut Self {
        self
    }
    fn thermocouple(&mut self) -> &mut Self {
        self
    }
    fn heater(&mut self) -> &mut Self {
        self
    }
    fn contactor(&mut self) -> &mut Self {
        self
    }
    fn watchdog(&mut self) -> &mut Self {
        self
    }
    fn link(&mut self) -> &mut Self {
        self
    }
}
