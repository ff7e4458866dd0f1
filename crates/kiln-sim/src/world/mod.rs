//! A simulated kiln with its electronics: the shipping loop over the shipping drivers, a fake chip and fake pins.
//!
//! Each [`World::turn`] is one slot of 100 ms: the loop serves the board, the levels of the pins become power, and
//! every fifth slot the kiln lives through half a second. The world decides nothing and hides nothing: what is really
//! so is open to whoever checks, and what is broken is broken from outside.

mod broken;

pub use broken::{Broken, Fittings};

use std::fmt;

use kiln_control::{InForce, Outputs, Reset, Runner, Settings};
use kiln_core::command::Request;
use kiln_core::guard::Fitted;
use kiln_core::limits;
use kiln_core::regulate::adaptive::Known;
use kiln_core::settings::SettingsError;
use kiln_core::snapshot::Snapshot;
use kiln_core::units::{Celsius, Instant, Millis, WallClock};
use kiln_hal::board::{Board, Clock, Contactor, Heater};
use kiln_hal::fake::{FakeBoard, FakeKiln};
use kiln_hal::max31856::{Averaging, Config, Mains, ThermocoupleType};

use crate::disturb::{Disturbances, Level};
use crate::plant::{Plant, PlantError, PlantSpec, Surroundings};
use crate::random::Seed;
use crate::relay::{Relay, SLOT_MS};
use crate::sensor::{Sensor, Wires};

/// The wall clock when a world begins: 2026-01-01T00:00:00Z.
pub const BEGINNING: WallClock = WallClock::from_unix_millis(1_767_225_600_000);

/// The thermocouple of every simulated kiln: type K, the hum of 50 Hz filtered out.
const CHIP: Config = Config { kind: ThermocoupleType::K, mains: Mains::Hz50, averaging: Averaging::Samples8 };
/// Slots in a step of the plant.
const STEP_SLOTS: u64 = Plant::STEP_MS / SLOT_MS;
/// Slots in a second, the time between two conversions.
const SECOND_SLOTS: u64 = 1000 / SLOT_MS;
/// How far a lid stands open before its switch says so.
const LID_SWITCH: f64 = 0.02;
/// Where a counter of 32 bits would wrap, ms.
const WRAP_MS: u64 = 1 << 32;

const _: () = assert!(SLOT_MS == limits::SLOT.get(), "the relay lives in the loop's slots");
const _: () = assert!(Plant::STEP_MS.is_multiple_of(SLOT_MS) && 1000_u64.is_multiple_of(Plant::STEP_MS));

/// What a world is made of.
#[derive(Clone, Copy, Debug)]
pub struct Setting<'a> {
    /// The kiln.
    pub plant: &'a PlantSpec,
    /// The settings of the loop.
    pub settings: Settings,
    /// How bad the day is.
    pub level: Level,
    /// What everything drawn by chance follows from.
    pub seed: Seed,
    /// Temperature of the whole kiln at the start, °C; `None` is the room's.
    pub start_c: Option<f64>,
    /// About how long the firing takes, s: lid openings fall into it.
    pub planned_s: f64,
}

/// Why there can be no such world.
#[derive(Clone, Debug, PartialEq)]
pub enum WorldError {
    /// The kiln cannot be built.
    Plant(PlantError),
    /// The settings are for another number of relays.
    Relays {
        /// Relays of the settings.
        settings: usize,
        /// Relays of the board.
        board: usize,
    },
    /// An output could not be switched off at the start.
    Outputs,
    /// A setting is out of its range.
    Settings(SettingsError),
}

impl fmt::Display for WorldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Plant(error) => error.fmt(f),
            Self::Relays { settings, board } => write!(f, "settings for {settings} relays, a board with {board}"),
            Self::Outputs => f.write_str("an output could not be switched off"),
            Self::Settings(error) => write!(f, "a setting is out of its range: {error:?}"),
        }
    }
}

impl std::error::Error for WorldError {}

impl From<PlantError> for WorldError {
    fn from(error: PlantError) -> Self {
        Self::Plant(error)
    }
}

/// Why the loop does not turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Still {
    /// The loop stands; the lowest layer still ends what has expired.
    Loop,
    /// Nothing runs at all.
    Core,
}

/// What is really so, whatever the loop believes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Truth {
    /// The thermocouple's junction, °C.
    pub thermocouple_c: f64,
    /// The chamber, °C.
    pub chamber_c: f64,
    /// The surface of the ware, °C.
    pub ware_c: f64,
    /// The core of the ware, °C.
    pub core_c: f64,
    /// Mean power over the last half second, W.
    pub power_w: f64,
    /// Electrical energy since the start, J.
    pub energy_j: f64,
}

/// A kiln with `N` heating relays that share its elements equally, in series with one contactor, and its controller.
#[derive(Debug)]
pub struct World<const N: usize = 1> {
    settings: Settings,
    runner: Runner,
    board: FakeBoard<N, Request, Snapshot>,
    hardware: FakeKiln<N, Request, Snapshot>,
    plant: Plant,
    weather: Disturbances,
    around: Surroundings,
    sensor: Sensor,
    relays: [Relay; N],
    contactor: Relay,
    /// What is broken; may be changed between two turns.
    pub broken: Broken<N>,
    /// What this kiln has that others have not; to be set before the first turn.
    pub fittings: Fittings,
    still: Option<(Still, u64)>,
    ordered: Option<Outputs>,
    start: Instant,
    wall: WallClock,
    slot: u64,
    conducted: f64,
    /// Whether current flowed in the last slot.
    flows: bool,
}

/// What a kiln of that kind gets: the delivered settings under the maximum its maker gives.
pub fn settings_for(plant: &PlantSpec) -> Settings {
    let mut settings = Settings::DELIVERED;
    let rated = Celsius::new(plant.rated_c).unwrap_or(limits::MAX_TEMPERATURE_LOWEST);
    settings.rules.max_temperature = rated.min(limits::CEILING).max(limits::MAX_TEMPERATURE_LOWEST);
    settings
}

impl<const N: usize> World<N> {
    /// A cold kiln, its controller at power-up.
    ///
    /// # Errors
    /// A plant or start temperature that cannot be, or settings for another number of relays.
    pub fn new(setting: &Setting<'_>) -> Result<Self, WorldError> {
        let Setting { plant: spec, settings, level, seed, .. } = *setting;
        if settings.window.relays() != N {
            return Err(WorldError::Relays { settings: settings.window.relays(), board: N });
        }
        let plant = Plant::new(spec, setting.start_c.unwrap_or(spec.ambient_c))?;
        let start = beginning(seed);
        let mut hardware = FakeKiln::starting_at(start);
        let mut board = hardware.board(CHIP).ok_or(WorldError::Outputs)?;
        Ok(Self {
            settings,
            runner: Runner::after_reset(InForce::given(settings), &mut board, Reset::Power)
                .map_err(WorldError::Settings)?,
            board,
            hardware,
            plant,
            weather: Disturbances::new(level, seed, setting.planned_s, spec.ambient_c),
            around: Surroundings::calm(spec.ambient_c),
            sensor: Sensor::new(level, seed),
            relays: core::array::from_fn(|relay| Relay::new(seed, &format!("heater {relay}"))),
            contactor: Relay::new(seed, "contactor"),
            broken: Broken::NOTHING,
            fittings: Fittings::default(),
            still: None,
            ordered: None,
            start,
            wall: BEGINNING,
            slot: 0,
            conducted: 0.0,
            flows: false,
        })
    }

    /// One slot of 100 ms; what the loop ordered in it.
    pub fn turn(&mut self) -> Outputs {
        if self.slot.is_multiple_of(STEP_SLOTS) {
            self.surround();
        }
        if self.slot.is_multiple_of(SECOND_SLOTS) {
            self.convert();
            if !self.broken.app_dead {
                self.hardware.link.beat();
            }
        }
        self.hardware.fitted.set(self.fitted());
        let outputs = self.control();
        self.conduct();
        self.slot += 1;
        if self.slot.is_multiple_of(STEP_SLOTS) {
            self.plant.step(core::mem::take(&mut self.conducted) / STEP_SLOTS as f64, &self.around);
        }
        outputs
    }

    /// The loop's turn; where it stands still, the last order again, not renewed.
    fn control(&mut self) -> Outputs {
        let still = self.still.filter(|(_, until)| self.slot < *until).zip(self.ordered);
        let Some(((kind, _), last)) = still else {
            self.hardware.link.set_wall(Some(self.wall()));
            let outputs = self.runner.turn(&mut self.board);
            self.ordered = Some(outputs);
            return outputs;
        };
        if kind == Still::Loop {
            let now = self.board.clock().now();
            // A pin that cannot be let go is for the watchdog and the contactor.
            let _tried = (self.board.heater().expire(now).is_ok(), self.board.contactor().expire(now).is_ok());
        }
        self.hardware.clock.advance(limits::SLOT);
        Outputs { publish: false, ticked: false, ..last }
    }

    /// Makes the loop stand still for a time from now on. The lowest layer goes on ending what has expired.
    pub fn stall(&mut self, time: Millis) {
        self.still = Some((Still::Loop, self.slot.saturating_add(time.get() / SLOT_MS)));
    }

    /// Stops everything that runs on the controller, until the watchdog bites and somebody calls [`World::reset_or_die`].
    pub fn stop_core(&mut self) {
        self.still = Some((Still::Core, u64::MAX));
    }

    /// The controller starts anew, as after a bite of the watchdog or a dip of its supply. One that finds an output it
    /// cannot switch off does not start: it stays as dead as it was. Whether it has started.
    pub fn reset_or_die(&mut self) -> bool {
        let board = self.hardware.board(CHIP);
        let started = board.and_then(|mut board| {
            Runner::after_reset(InForce::given(self.settings), &mut board, Reset::Watchdog)
                .ok()
                .map(|runner| (board, runner))
        });
        let Some((board, runner)) = started else {
            self.stop_core();
            return false;
        };
        (self.board, self.runner) = (board, runner);
        (self.still, self.ordered) = (None, None);
        true
    }

    /// The settings of the loop.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Whether the loop stands still, and if so whether the lowest layer does as well.
    pub fn stands_still(&self) -> Option<bool> {
        self.still.filter(|(_, until)| self.slot < *until).map(|(kind, _)| kind == Still::Core)
    }

    /// What the optional inputs say.
    fn fitted(&self) -> Fitted {
        let Fittings { second, current, lid_switch, stop_loop } = self.fittings;
        Fitted {
            second: second.then(|| Celsius::new(self.plant.thermocouple_c())).flatten(),
            current: current.then_some(self.flows),
            lid_open: lid_switch.then_some(self.around.lid > LID_SWITCH),
            stop_loop_open: stop_loop.then_some(self.broken.stop_pressed),
        }
    }

    /// The next half second's mains, room and lid, and what of the plant is broken.
    fn surround(&mut self) {
        self.around = self.weather.advance();
        self.around.lid = self.around.lid.max(self.broken.lid);
        self.around.mains *= self.broken.mains;
        self.around.element_health = self.broken.element_health;
        self.around.thermocouple_out = self.broken.thermocouple_out;
    }

    /// The chip ends a conversion.
    fn convert(&mut self) {
        let wires = Wires {
            junction_c: self.plant.thermocouple_c(),
            terminals_c: self.around.ambient_c + self.broken.terminals_warmer_k,
            fault: self.broken.sensor,
        };
        let conversion = self.sensor.convert(self.slot * SLOT_MS, &wires);
        self.hardware.chip.set_raw19(conversion.ltc_code());
        self.hardware.chip.set_cold_junction(conversion.cold_junction_c());
        self.hardware.chip.set_faults(conversion.fault_status());
    }

    /// The pins at their levels for one slot.
    fn conduct(&mut self) {
        let closed = self.contactor.slot(self.hardware.contactor.level(), self.broken.contactor);
        let parts = self.relays.iter_mut().zip(&self.hardware.relays).zip(self.broken.relays);
        let conducting = parts.filter_map(|((relay, pin), fault)| relay.slot(pin.level(), fault).then_some(())).count();
        self.flows = closed && conducting > 0 && self.around.mains * self.around.element_health > 0.0;
        if closed {
            self.conducted += conducting as f64 / N as f64;
        }
    }

    /// What is really so.
    pub fn truth(&self) -> Truth {
        Truth {
            thermocouple_c: self.plant.thermocouple_c(),
            chamber_c: self.plant.chamber_c(),
            ware_c: self.plant.ware_c(),
            core_c: self.plant.core_c(),
            power_w: self.plant.power_w(),
            energy_j: self.plant.energy_j(),
        }
    }

    /// The kiln itself.
    pub const fn plant(&self) -> &Plant {
        &self.plant
    }

    /// Chip, pins, watchdog and mailbox: to look at, to break, to send commands through.
    pub const fn hardware(&self) -> &FakeKiln<N, Request, Snapshot> {
        &self.hardware
    }

    /// The loop, to be looked at.
    pub const fn runner(&self) -> &Runner {
        &self.runner
    }

    /// The newest picture the loop has published.
    pub fn told(&self) -> Option<Snapshot> {
        self.hardware.link.with_newest(|told| *told)
    }

    /// How often the heating relays have closed, all together.
    pub fn closings(&self) -> u64 {
        self.relays.iter().map(Relay::closings).sum()
    }

    /// Whether no relay and no contactor is driven.
    pub fn is_off(&self) -> bool {
        !self.hardware.contactor.level() && self.hardware.relays.iter().all(|pin| !pin.level())
    }

    /// The loop's clock when the world began.
    pub const fn start(&self) -> Instant {
        self.start
    }

    /// Time since the world began.
    pub const fn elapsed(&self) -> Millis {
        Millis::new(self.slot * SLOT_MS)
    }

    /// The wall clock.
    pub fn wall(&self) -> WallClock {
        self.wall + self.elapsed()
    }

    /// Tells the regulator what earlier firings have shown of the kiln. Before the first turn.
    pub fn teach(&mut self, known: &Known) {
        self.runner.teach(known);
    }

    /// Says what time of day it was when the world began.
    pub const fn began_at(&mut self, wall: WallClock) {
        self.wall = wall;
    }
}

/// Where the loop's clock stands at power-up: anywhere, and for one seed in four so that the low 32 bits of the
/// milliseconds wrap within the first ten hours.
fn beginning(seed: Seed) -> Instant {
    let mut chance = seed.stream("clock");
    let near = chance.bits().is_multiple_of(4);
    let wraps = (chance.bits() >> 48) * WRAP_MS;
    let rest = chance.bits();
    let before = if near { WRAP_MS - rest % 36_000_000 } else { rest % WRAP_MS };
    Instant::from_millis(wraps + before)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::relay::RelayFault;
    use kiln_core::window::WindowSettings;

    fn world<const N: usize>(seed: u64) -> World<N> {
        let plant = PlantSpec::built_in("top9").unwrap();
        let mut settings = settings_for(&plant);
        settings.window = WindowSettings::new(Millis::from_seconds(5), N, Millis::ZERO).unwrap();
        let setting =
            Setting { plant: &plant, settings, level: Level::Clean, seed: Seed(seed), start_c: None, planned_s: 1.0 };
        World::new(&setting).unwrap()
    }

    /// Mean power of ten seconds with some relays broken and everything else driven by hand.
    fn power<const N: usize>(relays: [RelayFault; N], contactor: RelayFault) -> f64 {
        let mut world = world::<N>(1);
        world.broken = Broken { relays, contactor, ..Broken::NOTHING };
        for _ in 0..100 {
            world.turn();
        }
        world.truth().energy_j / 10.0
    }

    #[test]
    fn power_flows_through_a_closed_contactor_and_closed_relays_only() {
        use RelayFault::{Open, Sound, Welded};
        assert!(power([Sound], Welded).abs() < 1e-9, "a welded contactor alone");
        assert!(power([Welded], Sound).abs() < 1e-9, "a welded relay alone, the contactor opens");
        assert!((power([Welded], Welded) - 9400.0).abs() < 1.0);
        assert!((power([Welded, Sound, Open, Welded], Welded) - 4700.0).abs() < 1.0, "two of four");
    }

    #[test]
    fn clocks_begin_anywhere_and_some_wrap() {
        let starts: Vec<u64> = (0..40).map(|seed| beginning(Seed(seed)).as_millis()).collect();
        let wrapping = starts.iter().filter(|start| WRAP_MS - **start % WRAP_MS <= 36_000_000).count();
        assert!((4..20).contains(&wrapping), "{wrapping} of 40");
        assert!(starts.iter().any(|start| *start > 1 << 40));
    }

    #[test]
    fn the_loop_sees_what_the_thermocouple_sees() {
        let mut world = world::<1>(3);
        for _ in 0..30 {
            world.turn();
        }
        let told = world.told().unwrap();
        let reading = told.reading.unwrap().temperature.get();
        assert!((reading - world.truth().thermocouple_c).abs() < 0.01, "{reading}");
        assert!(world.is_off() && world.elapsed() == Millis::from_seconds(3));
    }

    #[test]
    fn settings_for_another_board_are_refused() {
        let plant = PlantSpec::built_in("top9").unwrap();
        let settings = settings_for(&plant);
        let setting =
            Setting { plant: &plant, settings, level: Level::Clean, seed: Seed(1), start_c: None, planned_s: 1.0 };
        assert_eq!(World::<2>::new(&setting).err(), Some(WorldError::Relays { settings: 1, board: 2 }));
    }
}
