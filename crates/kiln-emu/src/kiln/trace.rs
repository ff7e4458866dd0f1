//! One line for each second of a firing, from the emulated board and from kiln-sim: they must be the same, to the bit.

use std::fmt;

use kiln_control::Settings;
use kiln_core::command::{Command, Request};
use kiln_core::profile::Profile;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::Millis;
use kiln_hal::max31856::Register;
use kiln_sim::disturb::Level;
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::world::{Setting, World, WorldError};

use super::bench::{Bench, BenchError, RUN};

/// Slots before the firing is asked for, at the least, so that both loops have seen the same readings.
pub const QUIET: u64 = 600;
/// Slots in a window of the relay, 5 s.
const WINDOW: u64 = 50;
/// Slots in a second.
const SLOTS: u64 = 10;

/// One second: ten slots, of which the first takes the reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Seconds since the firing was asked for.
    pub tick: u64,
    /// What the thermocouple's chip measured, 2^-7 °C.
    pub raw_code: i32,
    /// The temperature asked for, as bits of a double; zero where there is none.
    pub target_bits: u64,
    /// The duty asked for, as bits of a double.
    pub duty_bits: u64,
    /// What the kiln is doing.
    pub state: Phase,
    /// The relay's pin in the ten slots, the first in the lowest bit.
    pub pin_mask: u16,
}

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { tick, raw_code, target_bits, duty_bits, state, pin_mask } = self;
        write!(f, "{tick},{raw_code},{target_bits:016x},{duty_bits:016x},{state:?},{pin_mask:010b}")
    }
}

impl Line {
    fn of(tick: u64, raw_code: i32, told: &Snapshot, pin_mask: u16) -> Self {
        let target_bits = told.target.map_or(0, |target| target.get().to_bits());
        Self { tick, raw_code, target_bits, duty_bits: told.duty.percent().to_bits(), state: told.phase, pin_mask }
    }
}

/// Two lines of the same second, where both traces have it.
pub type Pair<'a> = (Option<&'a Line>, Option<&'a Line>);

/// In how many lines two traces differ, and the first of them.
pub fn differs<'a>(first: &'a [Line], second: &'a [Line]) -> (u64, Option<Pair<'a>>) {
    let pairs = (0..first.len().max(second.len())).map(|at| (first.get(at), second.get(at)));
    let mut differing = pairs.filter(|(mine, other)| mine != other);
    let shown = differing.next();
    (u64::from(shown.is_some()) + differing.count() as u64, shown)
}

/// A firing in kiln-sim.
#[derive(Clone, Debug)]
pub struct Simulated {
    /// Slots that the kiln lived through before the first line.
    pub before: u64,
    /// The lines.
    pub lines: Vec<Line>,
}

/// A firing in kiln-sim, until it ends or for so many seconds. The loop's first turn is `late_ms` after it was made.
///
/// # Errors
/// There can be no such world.
pub fn simulated(
    plant: &PlantSpec,
    profile: &Profile,
    settings: Settings,
    (level, seed): (Level, Seed),
    late_ms: u64,
    seconds: u64,
) -> Result<Simulated, WorldError> {
    let planned_s = profile.nominal_seconds(kiln_core::units::Celsius::new(plant.ambient_c));
    let setting = Setting { plant, settings, level, seed, start_c: None, planned_s };
    let mut world: World<1> = World::new(&setting)?;
    // On the board a moment passes between the making of the loop and its first turn.
    world.hardware().clock.advance(Millis::new(late_ms));
    let mut before = 0;
    // The slot that takes a reading comes every ten: the firing is asked for right before one.
    loop {
        before += 1;
        if world.turn().ticked && before >= QUIET {
            break;
        }
    }
    for _ in 1..SLOTS {
        before += 1;
        world.turn();
    }
    world.hardware().link.ask(Request { id: RUN, command: Command::Run(*profile) });
    let mut lines = Vec::new();
    for tick in 0..seconds {
        let Some((line, running)) = second(&mut world, tick) else { break };
        lines.push(line);
        if !running {
            break;
        }
    }
    Ok(Simulated { before, lines })
}

/// One second of kiln-sim.
fn second(world: &mut World<1>, tick: u64) -> Option<(Line, bool)> {
    let (mut mask, mut told, mut code) = (0, None, 0);
    for slot in 0..SLOTS {
        world.turn();
        let level = world.hardware().relays.first().is_some_and(kiln_hal::fake::FakePin::level);
        mask |= u16::from(level) << slot;
        if slot == 0 {
            told = world.told();
            let byte = |register| i32::from(world.hardware().chip.register(register));
            code = (byte(Register::Ltcbh) << 24 | byte(Register::Ltcbm) << 16 | byte(Register::Ltcbl) << 8) >> 13;
        }
    }
    let told = told?;
    Some((Line::of(tick, code, &told, mask), told.phase == Phase::Running))
}

impl Bench {
    /// Lives through a second; its line.
    ///
    /// # Errors
    /// The run ended, or nothing was told.
    pub fn second(&mut self, tick: u64) -> Result<Line, BenchError> {
        let (mut mask, mut told, mut code) = (0, None, 0);
        for slot in 0..SLOTS {
            mask |= u16::from(self.slot()?) << slot;
            if slot == 0 {
                (told, code) = (self.snapshot(), self.code);
            }
        }
        let told = told.ok_or(BenchError::NoReading)?;
        Ok(Line::of(tick, code, &told, mask))
    }

    /// Fires after the kiln has lived through so many slots, and tells each second; until it ends, for so many seconds,
    /// or until `watch` says no.
    ///
    /// # Errors
    /// The run ended, or the firing did not begin.
    pub fn trace(
        &mut self,
        profile: &Profile,
        before: u64,
        seconds: u64,
        watch: &mut dyn FnMut(&mut Self, &Line) -> bool,
    ) -> Result<Vec<Line>, BenchError> {
        // The kiln's slot 0 is a slot in which a window begins, as in kiln-sim.
        match self.index() % WINDOW {
            0 => {}
            more => self.run_slots(WINDOW - more)?,
        }
        for _ in 0..before {
            self.slot()?;
        }
        self.fire(profile)?;
        self.seconds(0..seconds, watch)
    }

    /// Goes on with a firing and tells each second of a range; until it ends, or until `watch` says no.
    ///
    /// # Errors
    /// As above.
    pub fn seconds(
        &mut self,
        seconds: std::ops::Range<u64>,
        watch: &mut dyn FnMut(&mut Self, &Line) -> bool,
    ) -> Result<Vec<Line>, BenchError> {
        let mut lines = Vec::new();
        for tick in seconds {
            let line = self.second(tick)?;
            if tick == 0 {
                self.fired()?;
            }
            lines.push(line);
            if line.state != Phase::Running || !watch(self, &line) {
                break;
            }
        }
        Ok(lines)
    }
}
