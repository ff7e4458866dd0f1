//! The benchmark of control: kilns, schedules and bad days, fired by the shipping controller and scored.
//!
//! Decides what is fired and how it is scored, not how it is fired. A firing depends on its pair, level, seed and
//! settings alone; firings run side by side and come back in their order, whatever the number of threads.

pub mod faults;
mod pairs;
mod schedule;
mod score;
mod summary;
mod table;

pub use pairs::{Bound, Pair, Unreachable};
pub use schedule::{Schedule, Segment};
pub use score::{Score, Scorer};
pub use summary::Summary;
pub use table::{Row, calm_table, fault_table, per_pair, summary_table};

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use kiln_control::Settings;
use kiln_core::firing::Rules;
use kiln_core::firing::rules::StartAt;
use kiln_core::profile::Profile;
use kiln_core::regulate::RegulatorSettings;
use kiln_core::regulate::adaptive::Known;
use kiln_core::snapshot::Phase;
use kiln_core::units::{Celsius, Millis};
use kiln_core::window::WindowSettings;

use crate::disturb::Level;
use crate::faults::Planned;
use crate::firing::{Ending, Moment, Order, Outcome, Wish, fire_knowing};
use crate::plant::PlantSpec;
use crate::random::Seed;
use crate::world::settings_for;

/// A firing is given up after so many times its nominal time.
const LONGEST: f64 = 2.2;

/// What controls the kilns of a run of the benchmark.
#[derive(Clone, Copy, Debug)]
pub struct Contender {
    /// The regulator; `None` is what a kiln gets as delivered.
    pub regulator: Option<RegulatorSettings>,
    /// The relay window.
    pub window: WindowSettings,
    /// What the regulator knows of the kiln from earlier firings.
    pub known: Option<Known>,
}

/// One firing of the benchmark.
#[derive(Clone, Debug)]
pub struct Case {
    /// Kiln, schedule and bound.
    pub pair: Pair,
    /// The kiln itself: the pair's, or one made unlike it.
    pub plant: PlantSpec,
    /// How bad the day is.
    pub level: Level,
    /// What everything drawn by chance follows from.
    pub seed: u64,
}

/// A case and what came of it.
#[derive(Clone, Debug)]
pub struct Scored {
    /// What was fired.
    pub case: Case,
    /// What came of it.
    pub score: Score,
    /// How it ended.
    pub ending: Ending,
}

/// What the kiln gets, but for what the benchmark is about: the schedule begins with its first segment, its rates stay and
/// its clock waits for the kiln.
pub fn settings(plant: &PlantSpec, contender: &Contender) -> Settings {
    let mut settings = settings_for(plant);
    settings.window = contender.window;
    settings.regulator = contender.regulator.unwrap_or(settings.regulator);
    settings.rules.adapt = None;
    settings.rules.wait = Rules::WAITING.wait;
    settings.rules.start = StartAt::FirstStep;
    settings
}

/// One relay with a window of so many seconds.
///
/// # Errors
/// The window is outside its limits.
pub fn window(seconds: f64) -> Result<WindowSettings, String> {
    let cycle = Millis::from_seconds_f64(seconds).ok_or_else(|| format!("{seconds} s is no time"))?;
    WindowSettings::new(cycle, 1, Millis::ZERO).map_err(|error| format!("a window of {seconds} s: {error:?}"))
}

/// Fires and scores one case.
///
/// # Errors
/// The firing did not begin, and why.
pub fn fire_case(case: &Case, contender: &Contender) -> Result<Scored, String> {
    let (profile, nominal_s) = planned(case)?;
    let mut scorer = Scorer::new(&profile, case.plant.ambient_c, &case.pair.bound);
    let outcome = fire(case, (&profile, nominal_s), &[], contender, &mut |moment| {
        if let (Phase::Running, Some(run)) = (moment.told.phase, &moment.told.run) {
            scorer.see(moment.at_s, run, moment.told.target.map(Celsius::get), moment.truth.thermocouple_c);
        }
    })?;
    let finished = outcome.ending == Ending::Complete;
    let score = scorer.score(finished, outcome.energy_kwh, outcome.closings);
    Ok(Scored { case: case.clone(), score, ending: outcome.ending })
}

/// The profile of a case, begun in the cold kiln, and how long it lasts by itself, s.
fn planned(case: &Case) -> Result<(Profile, f64), String> {
    let start = Celsius::new(case.plant.ambient_c).ok_or("the room has no temperature")?;
    let profile = Schedule::built_in(&case.pair.schedule)?.profile(start)?;
    let nominal_s = profile.nominal_seconds(Some(start));
    Ok((profile, nominal_s))
}

/// Fires what was planned, with what breaks in it, and shows every second of it.
fn fire(
    case: &Case,
    (profile, nominal_s): (&Profile, f64),
    faults: &[Planned],
    contender: &Contender,
    watch: &mut dyn FnMut(&Moment<'_>),
) -> Result<Outcome, String> {
    let order = Order {
        plant: &case.plant,
        profile,
        settings: settings(&case.plant, contender),
        level: case.level,
        seed: Seed(case.seed),
        start_c: None,
        record_every_s: 0,
        faults,
    };
    let outcome = fire_knowing(&order, contender.known.as_ref(), &mut |moment| {
        watch(moment);
        if moment.at_s as f64 > nominal_s * LONGEST { Wish::Stop } else { Wish::GoOn }
    });
    outcome.map_err(|error| error.to_string())
}

/// Does a piece of work for each of many, side by side; what came of each, in their order.
///
/// # Errors
/// The first that could not be done, and why.
pub fn side_by_side<T: Sync, R: Send>(
    all: &[T],
    threads: usize,
    work: impl Fn(&T) -> Result<R, String> + Sync,
) -> Result<Vec<R>, String> {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Result<R, String>)>> = Mutex::new(Vec::new());
    std::thread::scope(|scope| {
        for _ in 0..threads.max(1) {
            scope.spawn(|| {
                while let Some((index, one)) =
                    Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|i| Some((i, all.get(i)?)))
                {
                    let result = work(one);
                    done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, result));
                }
            });
        }
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The cases of these pairs, levels and seeds, in that order.
///
/// # Errors
/// A pair is of a kiln nobody knows.
pub fn cases(pairs: &[Pair], level: Level, seeds: &[u64]) -> Result<Vec<Case>, String> {
    let mut cases = Vec::new();
    for pair in pairs {
        let plant = PlantSpec::built_in(&pair.plant).map_err(|error| error.to_string())?;
        cases.extend(seeds.iter().map(|seed| Case { pair: pair.clone(), plant: plant.clone(), level, seed: *seed }));
    }
    Ok(cases)
}
