//! A whole tuning run: from power-up to the end, by the shipping loop.

use kiln_core::analysis::{Record, Sample, SwingLog};
use kiln_core::command::{self, Command, CommandId, Request, TuningMode};
use kiln_core::fault::Fault;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::tune::Swing;
use kiln_core::tune::View;
use kiln_core::units::{Celsius, Duty, Millis, WallClock};
use kiln_core::window::WindowSettings;

use crate::disturb::Level;
use crate::firing::NotFired;
use crate::plant::PlantSpec;
use crate::random::Seed;
use crate::world::{Setting, World, settings_for};

/// The longest a controller may take to see its thermocouple and answer, s.
const POWER_UP_S: u64 = 10;
/// The longest tuning run, s: half a day.
const LONGEST_S: u64 = 12 * 3600;
const TUNE: CommandId = CommandId(1);

/// What is to be tuned, and how.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The kiln.
    pub plant: &'a PlantSpec,
    /// The plan.
    pub mode: TuningMode,
    /// How bad the day is.
    pub level: Level,
    /// What everything drawn by chance follows from.
    pub seed: Seed,
}

/// A second of a tuning run, as the loop tells it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Row {
    /// Since the start.
    pub at: Millis,
    /// The wall clock.
    pub wall: WallClock,
    /// The temperature it believes.
    pub reading: Celsius,
    /// The power it asks for.
    pub asked: Duty,
    /// The state.
    pub phase: Phase,
    /// Where the plan is.
    pub view: Option<View>,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ending {
    /// The plan came to its end.
    Complete,
    /// A fault ended it.
    Failed(Fault),
    /// It went on for half a day.
    Endless,
}

/// What came of a run.
#[derive(Clone, Debug)]
pub struct Tuned {
    /// Every second.
    pub rows: Vec<Row>,
    /// How it ended.
    pub ending: Ending,
    /// The hottest the thermocouple really was, °C.
    pub hottest_c: f64,
    /// The power that the mains of the day gave, over what nominal mains would have given for the same switching.
    pub mains: f64,
    window: WindowSettings,
}

impl Tuned {
    /// What an analysis is given: a row every `every` seconds, with the power the relay made of it.
    pub fn samples(&self, every: usize) -> impl Iterator<Item = Sample> {
        self.rows.iter().step_by(every.max(1)).map(|row| Sample {
            at: row.at,
            temperature: row.reading,
            duty: self.window.delivered(row.asked),
        })
    }

    /// The rows a logger would have written, for a fit.
    pub fn record(&self) -> Record {
        Record::of(self.samples(2))
    }

    /// The swing of a relay test.
    pub fn swing(&self) -> Option<Swing> {
        let mut swings = SwingLog::default();
        self.samples(1).for_each(|sample| swings.push(&sample));
        swings.swing()
    }
}

/// Tunes.
///
/// # Errors
/// The run did not begin.
pub fn tune(order: &Order<'_>) -> Result<Tuned, NotFired> {
    let settings = settings_for(order.plant);
    let Order { plant, level, seed, .. } = *order;
    let setting = Setting { plant, settings, level, seed, start_c: None, planned_s: 7200.0 };
    let mut world: World<1> = World::new(&setting).map_err(NotFired::World)?;
    let first = start(&mut world, order.mode)?;
    let (began, energy_before_j) = (first.taken, world.truth().energy_j);
    let (mut rows, mut hottest_c, mut nominal_j) = (Vec::new(), f64::MIN, 0.0);
    let mut told = first;
    let ending = loop {
        hottest_c = hottest_c.max(world.truth().thermocouple_c);
        // On nominal mains: warm elements draw less, and that is the kiln's own affair.
        let rise = 1.0 + plant.supply.resistance_rise_per_k * (world.truth().chamber_c - 20.0);
        nominal_j += settings.window.delivered(told.duty).fraction() * plant.supply.power_w / rise;
        let at = told.taken.since(began);
        if let Some(reading) = told.reading {
            let (asked, phase, view) = (told.duty, told.phase, told.tuning);
            rows.push(Row { at, wall: world.wall(), reading: reading.temperature, asked, phase, view });
        }
        match (told.phase, told.fault) {
            (Phase::Error, Some(fault)) => break Ending::Failed(fault),
            (Phase::Tuning, _) if at > Millis::from_seconds(LONGEST_S) => break Ending::Endless,
            (Phase::Tuning, _) => {}
            (Phase::Idle | Phase::Running | Phase::Complete | Phase::Error, _) => break Ending::Complete,
        }
        told = second(&mut world).ok_or(NotFired::Silent)?;
    };
    let energy_j = world.truth().energy_j - energy_before_j;
    let mains = energy_j / nominal_j;
    Ok(Tuned { rows, ending, hottest_c, mains, window: settings.window })
}

/// Waits for the first reading and sends the command; the first picture of the run.
fn start(world: &mut World<1>, mode: TuningMode) -> Result<Snapshot, NotFired> {
    let mut left_s = POWER_UP_S;
    while world.told().is_none_or(|told| told.reading.is_none()) {
        left_s = left_s.checked_sub(1).ok_or(NotFired::Silent)?;
        second(world);
    }
    world.hardware().link.ask(Request { id: TUNE, command: Command::Tune(mode, None) });
    for _ in 0..POWER_UP_S {
        let told = second(world).ok_or(NotFired::Silent)?;
        match told.outcomes.of(TUNE) {
            Some(command::Outcome::Done) if told.phase == Phase::Tuning => return Ok(told),
            Some(command::Outcome::Refused(refusal)) => return Err(NotFired::Refused(refusal)),
            Some(command::Outcome::Done) | None => {}
        }
    }
    Err(NotFired::Silent)
}

/// Turns until the loop has taken a reading; it does so every second.
fn second(world: &mut World<1>) -> Option<Snapshot> {
    for _ in 0..20 {
        if world.turn().ticked {
            break;
        }
    }
    world.told()
}
