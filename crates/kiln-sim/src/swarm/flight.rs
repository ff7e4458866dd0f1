//! One firing of the swarm, from power-up to two minutes after its end, with every judge watching every slot.

use kiln_core::command::{self, Command, CommandId, Request};
use kiln_core::event::Event;
use kiln_core::fault::{Fault, Kind};
use kiln_core::firing::State;
use kiln_core::guard::GUARDS;
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::{Celsius, Instant};

use super::Scenario;
use super::check::{Ended, Fetched, PinJudge, Sampler, Slot, TruthJudge, Violation, judge};
use super::day::Day;
use crate::faults::{Action, Beyond, Breaker, Course};
use crate::figures::Figures;
use crate::random::Seed;
use crate::relay::RelayFault;
use crate::world::{Setting, Truth, World};

/// How long a firing is watched after its end, ms.
const AFTERWARDS_MS: u64 = 120_000;
/// From the end on, when no power has any business to flow, ms.
const ENDED_MS: u64 = 2000;
/// Slots until a controller that is powered up must see its thermocouple.
const POWER_UP_SLOTS: u32 = 100;
/// A kiln this near to its room has nothing to lose, K.
const COLD_K: f64 = 15.0;
/// How often a row is shown, s.
const ROW_S: u64 = 600;
const RUN: CommandId = CommandId(1);
const STOP: CommandId = CommandId(2);

/// What whoever watches a firing is shown.
#[derive(Clone, Copy, Debug)]
pub enum Shown<'a> {
    /// Something happened.
    Happened(&'a Event),
    /// Every ten minutes, how things really are and what the loop tells.
    Row(&'a Truth, &'a Snapshot),
}

/// How a firing ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum How {
    /// The profile came to its end.
    Complete,
    /// A fault ended it.
    Failed(Kind),
    /// It was asked to end.
    Stopped,
    /// The controller started anew and does not fire.
    Reset,
    /// It went on for many times its nominal time.
    Endless,
}

/// What came of a firing.
#[derive(Clone, Debug, PartialEq)]
pub struct Flown {
    /// Its seed.
    pub seed: u64,
    /// The kiln.
    pub kiln: &'static str,
    /// The fault, if one was to come.
    pub fault: Option<String>,
    /// When it came, ms after the start, if it did.
    pub came_ms: Option<u64>,
    /// How it ended.
    pub how: How,
    /// When, ms after the start.
    pub ended_ms: u64,
    /// Which guards have found anything, bit by bit in their order.
    pub guards: u32,
    /// Which kinds of fault they found, bit by bit in the order of their codes.
    pub kinds: u64,
    /// How far over the configured maximum the chamber was at most, K.
    pub over_maximum_k: f64,
    /// How far over everything asked for so far the thermocouple really was after the fault, K.
    pub over_target_k: f64,
    /// How well it was kept.
    pub figures: Figures,
    /// How often the controller started anew.
    pub resets: u32,
    /// Whether the low 32 bits of the clock's milliseconds wrapped.
    pub wrapped: bool,
    /// Every rule that was broken.
    pub violations: Vec<Violation>,
}

/// Flies one firing.
///
/// # Errors
/// It could not begin, and why.
pub fn fly(scenario: &Scenario) -> Result<Flown, String> {
    fly_watched(scenario, &mut |_, _| ())
}

/// Flies one firing and shows what happens with its time after the start, ms.
///
/// # Errors
/// It could not begin, and why.
pub fn fly_watched(scenario: &Scenario, watch: &mut dyn FnMut(u64, Shown<'_>)) -> Result<Flown, String> {
    match scenario.settings.window.relays() {
        1 => Flight::<1>::begin(scenario)?.fly(watch),
        2 => Flight::<2>::begin(scenario)?.fly(watch),
        3 => Flight::<3>::begin(scenario)?.fly(watch),
        4 => Flight::<4>::begin(scenario)?.fly(watch),
        other => Err(format!("{other} relays")),
    }
}

/// A firing on its way.
struct Flight<'a, const N: usize> {
    scenario: &'a Scenario,
    world: World<N>,
    began: Instant,
    nominal_s: f64,
    day: Option<Day>,
    breaker: Option<Breaker>,
    pins: PinJudge,
    truth: TruthJudge,
    sampler: Sampler,
    figures: Figures,
    violations: Vec<Violation>,
    asked: bool,
    guards: u32,
    kinds: u64,
    resets: u32,
    /// Whether the controller has not come up again after a reset.
    dead: bool,
    highest_target_c: f64,
    over_target_k: f64,
    events_known: u32,
}

impl<'a, const N: usize> Flight<'a, N> {
    fn begin(scenario: &'a Scenario) -> Result<Self, String> {
        let nominal_s = scenario.profile.nominal_seconds(Celsius::new(scenario.start_c));
        let setting = Setting {
            plant: &scenario.plant,
            settings: scenario.settings,
            level: scenario.level,
            seed: Seed(scenario.seed),
            start_c: Some(scenario.start_c),
            planned_s: nominal_s,
        };
        let mut world = World::<N>::new(&setting).map_err(|why| why.to_string())?;
        world.fittings = scenario.fittings;
        if !scenario.contactor {
            world.broken.contactor = RelayFault::Welded;
        }
        start(&mut world, scenario)?;
        let began = world.start() + world.elapsed();
        let maximum_c = scenario.settings.rules.max_temperature.get();
        let entry = scenario.fault.as_ref().map(|(entry, _)| entry);
        let excused = entry.is_some_and(|entry| match entry.beyond {
            Some(Beyond::Always) => true,
            Some(Beyond::WithoutContactor) => !scenario.contactor,
            None => false,
        });
        let mut sampler = Sampler::default();
        let _first = sampler.fetched(world.hardware());
        Ok(Self {
            scenario,
            began,
            nominal_s,
            day: scenario.fault.is_none().then(|| Day::new(Seed(scenario.seed), nominal_s)),
            breaker: scenario.fault.clone().map(|(entry, at_ms)| Breaker::new(entry, at_ms, scenario.relay)),
            pins: PinJudge::new(maximum_c, scenario.settings.window.cycle()),
            truth: TruthJudge::new(maximum_c, excused),
            sampler,
            figures: Figures::default(),
            violations: Vec::new(),
            asked: false,
            guards: 0,
            kinds: 0,
            resets: 0,
            dead: false,
            highest_target_c: scenario.start_c,
            over_target_k: 0.0,
            events_known: 0,
            world,
        })
    }

    fn fly(mut self, watch: &mut dyn FnMut(u64, Shown<'_>)) -> Result<Flown, String> {
        let longest_ms = (self.nominal_s * 3000.0) as u64 + 24 * 3_600_000;
        let mut ended: Option<(How, u64)> = None;
        loop {
            let at_ms = self.at_ms();
            let over = ended.is_some_and(|(how, when)| how != How::Endless && at_ms >= when + ENDED_MS);
            self.slot(at_ms, over, watch);
            ended = ended.or_else(|| self.how(at_ms >= longest_ms).map(|how| (how, at_ms)));
            if let Some((how, when)) = ended.filter(|(_, when)| at_ms >= when + AFTERWARDS_MS) {
                return Ok(self.land(how, when));
            }
        }
    }

    /// Time since the start, ms.
    fn at_ms(&self) -> u64 {
        (self.world.start() + self.world.elapsed()).since(self.began).get()
    }

    /// One slot: what the day, the fault and the user do, the world's turn, and every judge.
    fn slot(&mut self, at_ms: u64, over: bool, watch: &mut dyn FnMut(u64, Shown<'_>)) {
        if let Some(day) = &mut self.day {
            day.serve(&mut self.world, at_ms);
        }
        if let Some(breaker) = &mut self.breaker {
            breaker.serve(&mut self.world, at_ms);
        }
        let now = self.world.start() + self.world.elapsed();
        if let Some((when_ms, command)) = self.scenario.command
            && !self.asked
            && at_ms >= when_ms
        {
            self.asked = true;
            self.world.hardware().link.ask(Request { id: STOP, command });
            self.pins.asked_to_stop(now);
        }
        let outputs = self.world.turn();
        let read = if outputs.ticked { self.sampler.fetched(self.world.hardware()) } else { Fetched::Nothing };
        let bitten = self.world.hardware().watchdog.bitten_at().is_some();
        let reset = bitten || self.dead;
        let slot = Slot {
            now,
            at_ms,
            high: self.lets_power(),
            firing: matches!(self.state(), State::Running(_) | State::Tuning(_)),
            read,
            still: self.world.stands_still(),
            bitten: reset,
            silent: self.world.broken.app_dead,
            latched_hot: matches!(self.state(), State::Error { fault: Fault::OverTemperature { .. }, .. }),
        };
        self.pins.see(&slot, &mut self.violations);
        self.count_verdicts();
        if outputs.ticked {
            self.second(at_ms, over, watch);
        }
        if bitten {
            self.resets += 1;
            self.world.broken.app_dead = false;
            self.dead = !self.world.reset_or_die();
        }
    }

    fn state(&self) -> &State {
        self.world.runner().controller().firing().state()
    }

    /// Whether the pins let power flow. A pin that cannot be driven is left to the contactor, where there is one.
    fn lets_power(&self) -> bool {
        let kiln = self.world.hardware();
        let high = kiln.relays.iter().any(kiln_hal::fake::FakePin::level);
        let came = self.breaker.as_ref().is_some_and(|breaker| breaker.course() != Course::Coming);
        let pin = matches!(self.scenario.fault, Some((ref entry, _)) if matches!(entry.does, Action::Pin(_)));
        if pin && came { high && kiln.contactor.level() && self.scenario.contactor } else { high }
    }

    fn count_verdicts(&mut self) {
        let verdicts = self.world.runner().controller().verdicts();
        if verdicts.worst().is_none() {
            return;
        }
        for (guard, found) in (0..GUARDS).zip(verdicts.each()) {
            if let Some(fault) = found {
                self.guards |= 1 << guard;
                self.kinds |= bit(fault.kind());
            }
        }
    }

    /// What is looked at once a second.
    fn second(&mut self, at_ms: u64, over: bool, watch: &mut dyn FnMut(u64, Shown<'_>)) {
        let truth = self.world.truth();
        self.truth.see(&truth, at_ms, over && self.can_be_cut(), &mut self.violations);
        let Some(told) = self.world.told() else { return };
        let began = self.began;
        for (at, event) in told.events.since(self.events_known) {
            if let Event::Faulted(fault) = event {
                self.kinds |= bit(fault.kind());
            }
            watch(at.since(began).get(), Shown::Happened(&event));
        }
        self.events_known = told.events.total();
        if (at_ms / 1000).is_multiple_of(ROW_S) {
            watch(at_ms, Shown::Row(&truth, &told));
        }
        self.figures.see(truth.thermocouple_c, truth.chamber_c);
        let target_c = told.target.map(Celsius::get);
        self.highest_target_c = self.highest_target_c.max(target_c.unwrap_or(f64::MIN));
        if self.breaker.as_ref().is_some_and(|breaker| breaker.course() != Course::Coming) {
            self.over_target_k = self.over_target_k.max(truth.thermocouple_c - self.highest_target_c);
        }
        if let (Phase::Running, Some(run)) = (told.phase, &told.run) {
            self.figures.add(at_ms / 1000, run, target_c, truth.thermocouple_c);
        }
    }

    /// Whether something is left that can end the power: a contactor, or relays that obey.
    fn can_be_cut(&self) -> bool {
        let contactor = self.world.broken.contactor == RelayFault::Sound;
        let relays = self.world.broken.relays.iter().all(|relay| *relay != RelayFault::Welded);
        contactor || relays
    }

    /// How the firing has ended, if it has.
    fn how(&self, endless: bool) -> Option<How> {
        match self.state() {
            _ if self.world.stands_still().is_some() => (self.resets > 0).then_some(How::Reset),
            State::Complete(_) => Some(How::Complete),
            State::Error { fault, .. } => Some(How::Failed(fault.kind())),
            State::Idle if self.asked => Some(How::Stopped),
            State::Idle => Some(How::Reset),
            State::Running(_) | State::Tuning(_) => endless.then_some(How::Endless),
        }
    }

    fn land(mut self, how: How, ended_ms: u64) -> Flown {
        let course = self.breaker.as_ref().map_or(Course::Coming, Breaker::course);
        let came_ms = match course {
            Course::Coming => None,
            Course::There { since_ms } | Course::Gone { since_ms } => Some(since_ms).filter(|since| *since <= ended_ms),
        };
        let fault = self.breaker.as_ref().map(|breaker| (breaker.entry(), came_ms.is_some()));
        let (stopped, second) = (self.asked, self.scenario.fittings.second);
        let cold = self.world.truth().thermocouple_c < self.scenario.plant.ambient_c + COLD_K;
        let ended = Ended {
            how,
            at_ms: ended_ms,
            fault,
            stopped,
            second,
            cold,
            kiln: self.scenario.kiln,
            figures: &self.figures,
        };
        judge(&ended, &mut self.violations);
        let (first, last) =
            (self.began.as_millis() >> 32, (self.world.start() + self.world.elapsed()).as_millis() >> 32);
        Flown {
            seed: self.scenario.seed,
            kiln: self.scenario.kiln,
            fault: self.scenario.fault.as_ref().map(|(entry, _)| entry.name.clone()),
            came_ms,
            how,
            ended_ms,
            guards: self.guards,
            kinds: self.kinds,
            over_maximum_k: self.truth.hottest_c - self.scenario.settings.rules.max_temperature.get(),
            over_target_k: self.over_target_k,
            figures: self.figures,
            resets: self.resets,
            wrapped: first != last,
            violations: self.violations,
        }
    }
}

/// The place of a kind among all of them, as a bit.
pub(super) fn bit(kind: Kind) -> u64 {
    Kind::ALL.iter().position(|known| *known == kind).map_or(0, |place| 1 << place)
}

/// Waits for the first reading and the self-test, and sends the command.
fn start<const N: usize>(world: &mut World<N>, scenario: &Scenario) -> Result<(), String> {
    for _ in 0..POWER_UP_SLOTS {
        world.turn();
    }
    world.hardware().link.ask(Request { id: RUN, command: Command::Run(scenario.profile) });
    world.turn();
    match world.told().and_then(|told| told.outcomes.of(RUN)) {
        Some(command::Outcome::Done) => Ok(()),
        other => Err(format!("the controller answered {other:?}")),
    }
}

const _: () = assert!(GUARDS <= 32 && Kind::ALL.len() <= 64, "each has its bit");
