//! A whole firing: from power-up to the end, by the shipping loop, on a simulated kiln.
//!
//! Sends one command, watches, and gathers what a picture or a judge needs. How the kiln is fired is the loop's
//! business alone; whoever watches may only ask for an end.

use std::fmt;

use kiln_control::Settings;
use kiln_core::command::{self, Command, CommandId, Refusal, Request};
use kiln_core::cone::Reached;
use kiln_core::event::Event;
use kiln_core::fault::Fault;
use kiln_core::profile::Profile;
use kiln_core::regulate::adaptive::Known;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Celsius, Instant, Millis, WallClock};

use crate::disturb::Level;
use crate::faults::{Breaker, Planned};
use crate::figures::Figures;
use crate::plant::PlantSpec;
use crate::random::Seed;
use crate::world::{Setting, Truth, World, WorldError};

/// The longest a controller may take to see its thermocouple and answer, s.
const POWER_UP_S: u64 = 10;
/// How long the world goes on after the end, s: relays drop, the last picture is published.
const AFTERWARDS_S: u64 = 3;
/// Slots in which a loop that lives takes a reading.
const TICK_SLOTS: u32 = 20;
const RUN: CommandId = CommandId(1);
const STOP: CommandId = CommandId(2);

/// What is to be fired, where, on what kind of day.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The kiln.
    pub plant: &'a PlantSpec,
    /// The profile.
    pub profile: &'a Profile,
    /// The settings of the loop: see [`settings_for`](crate::world::settings_for).
    pub settings: Settings,
    /// How bad the day is.
    pub level: Level,
    /// What everything drawn by chance follows from.
    pub seed: Seed,
    /// Temperature of the whole kiln at the start, °C; `None` is the room's.
    pub start_c: Option<f64>,
    /// Every how many seconds a record is kept; 0 keeps none.
    pub record_every_s: u64,
    /// What breaks, and when.
    pub faults: &'a [Planned],
}

/// Why a firing did not begin.
#[derive(Clone, Debug, PartialEq)]
pub enum NotFired {
    /// There can be no such world.
    World(WorldError),
    /// The controller refused the profile.
    Refused(Refusal),
    /// The controller did not answer.
    Silent,
}

impl fmt::Display for NotFired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::World(error) => error.fmt(f),
            Self::Refused(refusal) => write!(f, "the controller refused: {refusal:?}"),
            Self::Silent => f.write_str("the controller did not answer"),
        }
    }
}

impl std::error::Error for NotFired {}

/// A second of a firing, as whoever watches sees it.
#[derive(Clone, Copy, Debug)]
pub struct Moment<'a> {
    /// Seconds since the start of the firing.
    pub at_s: u64,
    /// The wall clock.
    pub wall: WallClock,
    /// What is really so.
    pub truth: Truth,
    /// What the loop has told.
    pub told: &'a Snapshot,
    /// What has happened since the last moment, with its time since the start of the firing.
    pub events: &'a [(Millis, Event)],
    /// Electrical energy since the start of the firing, kWh.
    pub energy_kwh: f64,
}

/// What whoever watches wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    /// Go on.
    GoOn,
    /// End the firing.
    Stop,
}

/// How a firing ended.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ending {
    /// The profile came to its end.
    Complete,
    /// A fault ended it.
    Failed(Fault),
    /// It was asked to end.
    Stopped,
    /// The watchdog would have reset the controller.
    WatchdogReset,
    /// It went on for many times its nominal time.
    Endless,
}

/// One second of a firing, kept.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Record {
    /// Seconds since the start of the firing.
    pub at_s: u64,
    /// The true thermocouple, °C.
    pub true_c: f64,
    /// The core of the ware, °C.
    pub core_c: f64,
    /// What the loop believed, °C.
    pub reading_c: Option<f64>,
    /// What was asked for, °C.
    pub target_c: Option<f64>,
    /// The duty the loop asked for, percent.
    pub duty_percent: f64,
    /// Power, W.
    pub power_w: f64,
    /// Whether the schedule clock stood still.
    pub waits: bool,
}

/// What came of a firing.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// How it ended.
    pub ending: Ending,
    /// How long it took.
    pub took: Millis,
    /// What it used, kWh.
    pub energy_kwh: f64,
    /// How well it was kept.
    pub figures: Figures,
    /// The records.
    pub records: Vec<Record>,
    /// Everything that happened, with its time since the start.
    pub events: Vec<(Millis, Event)>,
    /// How often the heating relays closed.
    pub closings: u64,
    /// Whether every output was off a moment after the end.
    pub off: bool,
    /// How far the loop says the heat work came, in cones.
    pub reached: Option<Reached>,
}

/// Fires, shows every second to `watch`, and tells what came of it.
///
/// # Errors
/// The firing did not begin.
pub fn fire(order: &Order<'_>, watch: &mut dyn FnMut(&Moment<'_>) -> Wish) -> Result<Outcome, NotFired> {
    fire_knowing(order, None, watch)
}

/// The same by a regulator that knows something of the kiln from earlier firings.
///
/// # Errors
/// As [`fire`].
pub fn fire_knowing(
    order: &Order<'_>,
    known: Option<&Known>,
    watch: &mut dyn FnMut(&Moment<'_>) -> Wish,
) -> Result<Outcome, NotFired> {
    let mut firing = Firing::begin(order, known)?;
    let ending = loop {
        if let Some(ending) = firing.second(watch) {
            break ending;
        }
    };
    Ok(firing.end(ending))
}

/// A firing on its way.
struct Firing {
    world: World<1>,
    began: Instant,
    energy_before_j: f64,
    longest_s: u64,
    record_every_s: u64,
    asked_to_stop: bool,
    events_known: u32,
    figures: Figures,
    records: Vec<Record>,
    events: Vec<(Millis, Event)>,
    breakers: Vec<Breaker>,
}

impl Firing {
    fn begin(order: &Order<'_>, known: Option<&Known>) -> Result<Self, NotFired> {
        let start_c = order.start_c.unwrap_or(order.plant.ambient_c);
        let planned_s = order.profile.nominal_seconds(Celsius::new(start_c));
        let setting = Setting {
            plant: order.plant,
            settings: order.settings,
            level: order.level,
            seed: order.seed,
            start_c: order.start_c,
            planned_s,
        };
        let mut world = World::new(&setting).map_err(NotFired::World)?;
        if let Some(known) = known {
            world.teach(known);
        }
        start(&mut world, order.profile)?;
        let began = world.start() + world.elapsed();
        Ok(Self {
            energy_before_j: world.truth().energy_j,
            world,
            began,
            longest_s: (planned_s * 4.0) as u64 + 48 * 3600,
            record_every_s: order.record_every_s,
            asked_to_stop: false,
            events_known: 0,
            figures: Figures::default(),
            records: Vec::new(),
            events: Vec::new(),
            breakers: breakers(order.faults, planned_s),
        })
    }

    /// One second; `Some` when it was the last.
    fn second(&mut self, watch: &mut dyn FnMut(&Moment<'_>) -> Wish) -> Option<Ending> {
        self.next_tick();
        let Some(told) = self.world.told() else { return Some(Ending::WatchdogReset) };
        let before = self.events.len();
        let began = self.began;
        self.events.extend(told.events.since(self.events_known).map(|(at, event)| (at.since(began), event)));
        self.events_known = told.events.total();
        let truth = self.world.truth();
        let at_s = told.taken.since(began).get() / 1000;
        self.gather(at_s, &truth, &told);
        let moment = Moment {
            at_s,
            wall: self.world.wall(),
            truth,
            told: &told,
            events: self.events.get(before..).unwrap_or_default(),
            energy_kwh: self.energy_kwh(),
        };
        if watch(&moment) == Wish::Stop && !self.asked_to_stop {
            self.asked_to_stop = true;
            self.world.hardware().link.ask(Request { id: STOP, command: Command::Stop });
        }
        self.ending(at_s, &told)
    }

    /// As [`next_tick`], with everything that breaks.
    fn next_tick(&mut self) {
        for _ in 0..TICK_SLOTS {
            let now_ms = (self.world.start() + self.world.elapsed()).since(self.began).get();
            for breaker in &mut self.breakers {
                breaker.serve(&mut self.world, now_ms);
            }
            if self.world.turn().ticked {
                return;
            }
        }
    }

    fn gather(&mut self, at_s: u64, truth: &Truth, told: &Snapshot) {
        let target_c = told.target.map(Celsius::get);
        self.figures.see(truth.thermocouple_c, truth.chamber_c);
        if let (Phase::Running, Some(run)) = (told.phase, &told.run) {
            self.figures.add(at_s, run, target_c, truth.thermocouple_c);
        }
        if self.record_every_s > 0 && at_s.is_multiple_of(self.record_every_s) {
            self.records.push(Record {
                at_s,
                true_c: truth.thermocouple_c,
                core_c: truth.core_c,
                reading_c: told.reading.map(|reading| reading.temperature.get()),
                target_c,
                duty_percent: told.duty.percent(),
                power_w: truth.power_w,
                waits: told.run.is_some_and(|run| run.waiting.is_some()),
            });
        }
    }

    fn ending(&self, at_s: u64, told: &Snapshot) -> Option<Ending> {
        if self.world.hardware().watchdog.bitten_at().is_some() {
            return Some(Ending::WatchdogReset);
        }
        match (told.phase, told.fault) {
            (Phase::Error, Some(fault)) => Some(Ending::Failed(fault)),
            (Phase::Complete, _) => Some(Ending::Complete),
            (Phase::Idle, _) => Some(Ending::Stopped),
            (Phase::Running | Phase::Tuning | Phase::Error, _) if at_s > self.longest_s => Some(Ending::Endless),
            (Phase::Running | Phase::Tuning | Phase::Error, _) => None,
        }
    }

    fn energy_kwh(&self) -> f64 {
        (self.world.truth().energy_j - self.energy_before_j) / 3.6e6
    }

    fn end(mut self, ending: Ending) -> Outcome {
        let told = self.world.told();
        let took = told.map_or(Millis::ZERO, |told| told.taken.since(self.began));
        let reached = told.and_then(|told| told.run).and_then(|run| run.reached);
        for _ in 0..AFTERWARDS_S {
            self.next_tick();
        }
        Outcome {
            ending,
            took,
            energy_kwh: self.energy_kwh(),
            figures: self.figures,
            closings: self.world.closings(),
            off: self.world.is_off(),
            reached,
            records: self.records,
            events: self.events,
        }
    }
}

/// Whoever breaks things in a firing that nominally takes so long; the first relay where it is one of a relay.
fn breakers(faults: &[Planned], nominal_s: f64) -> Vec<Breaker> {
    let moments = Planned::moments_ms(faults, nominal_s);
    faults.iter().zip(moments).map(|(planned, at_ms)| Breaker::new(planned.entry.clone(), at_ms, 0)).collect()
}

/// Waits for the first reading and sends the command.
fn start(world: &mut World<1>, profile: &Profile) -> Result<(), NotFired> {
    let sees = |world: &World<1>| world.told().is_some_and(|told| told.reading.is_some());
    let mut left_s = POWER_UP_S;
    while !sees(world) {
        left_s = left_s.checked_sub(1).ok_or(NotFired::Silent)?;
        next_tick(world);
    }
    world.hardware().link.ask(Request { id: RUN, command: Command::Run(*profile) });
    world.turn();
    match world.told().and_then(|told| told.outcomes.of(RUN)) {
        Some(command::Outcome::Done) => Ok(()),
        Some(command::Outcome::Refused(refusal)) => Err(NotFired::Refused(refusal)),
        None => Err(NotFired::Silent),
    }
}

/// Turns until the loop has taken a reading; it does so every second.
fn next_tick(world: &mut World<1>) {
    for _ in 0..TICK_SLOTS {
        if world.turn().ticked {
            return;
        }
    }
}
