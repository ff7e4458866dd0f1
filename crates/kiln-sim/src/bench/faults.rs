//! How soon the heat is cut after something breaks, and how often it is cut, or a firing ended, for nothing.
//!
//! Each case breaks one thing at a moment drawn from its seed, in one of the benchmark's firings. Found is what withholds
//! heat or latches; an element or a sensor that only got worse counts as found by anything that is said.

use kiln_core::event::Event;
use kiln_core::fault::{Kind, Severity};
use kiln_core::snapshot::{Phase, Snapshot};
use kiln_core::units::Celsius;

use super::{Case, Contender, Pair, fire, planned, side_by_side};
use crate::disturb::Level;
use crate::faults::{Entry, FaultKind, Menu, Moment as FaultMoment, Planned};
use crate::firing::{Ending, Moment};
use crate::plant::PlantSpec;
use crate::random::Seed;

/// What is broken, in the order of the table.
pub const BROKEN: [&str; 16] = [
    "tc_open",
    "tc_short",
    "tc_reversed",
    "tc_out",
    "tc_stuck",
    "ssr_welded",
    "ssr_open",
    "mains_60min",
    "tc_drift",
    "cj_error",
    "element_dead_1of3",
    "elements_half",
    "relay_chatter",
    "door_open",
    "mains_1min",
    "mains_10min",
];
/// From this share of its power on a kiln is heated at its limit: a relay welded on then does no harm and cannot be seen.
const AT_THE_LIMIT_PERCENT: f64 = 90.0;
/// Shares of the nominal time between which something breaks.
const BREAKS: (f64, f64) = (0.03, 0.9);

/// What came of one firing in which something broke.
#[derive(Clone, Debug)]
pub struct Found {
    /// What broke.
    pub entry: Entry,
    /// Whether the firing lasted until then.
    pub came: bool,
    /// When it was found, after it could be seen, s.
    pub after_s: Option<f64>,
    /// By what.
    pub by: Option<Kind>,
    /// What latched at last.
    pub latched: Option<Kind>,
    /// How far the thermocouple really was over everything asked for so far until a minute after, K.
    pub over_k: f64,
}

/// What was cut or ended for nothing in firings in which nothing breaks.
#[derive(Clone, Debug, Default)]
pub struct Calm {
    /// How many firings.
    pub firings: usize,
    /// How long they were, h.
    pub hours: f64,
    /// How often heat was withheld.
    pub cuts: usize,
    /// What latched.
    pub latched: Vec<Kind>,
}

/// What is watched for in one firing.
#[derive(Clone, Debug, Default)]
struct Watch {
    /// Since when it can be seen.
    visible_s: Option<u64>,
    found: Option<(u64, Kind)>,
    highest_target_c: f64,
    over_k: f64,
}

impl Watch {
    fn see(&mut self, moment: &Moment<'_>, at_s: f64, entry: &Entry) {
        let told = moment.told;
        let target_c = told.target.map_or(f64::MIN, Celsius::get);
        self.highest_target_c = self.highest_target_c.max(target_c);
        if (moment.at_s as f64) < at_s {
            return;
        }
        let at_limit = entry.name == "ssr_welded" && told.duty.percent() >= AT_THE_LIMIT_PERCENT;
        if self.visible_s.is_none() && !at_limit {
            self.visible_s = Some(moment.at_s);
        }
        if self.found.is_none() {
            let by = match entry.kind {
                FaultKind::Degraded => {
                    withholds(told).or_else(|| moment.events.iter().find_map(|(_, event)| says(event)))
                }
                FaultKind::Hazard | FaultKind::Event => withholds(told),
            };
            self.found = by.map(|by| (moment.at_s, by));
        }
        if moment.at_s <= self.found.map_or(u64::MAX, |(found, _)| found + 60) {
            self.over_k = self.over_k.max(moment.truth.thermocouple_c - self.highest_target_c);
        }
    }
}

fn says(event: &Event) -> Option<Kind> {
    if let Event::Faulted(fault) = event { Some(fault.kind()) } else { None }
}

/// What withholds heat at this moment.
fn withholds(told: &Snapshot) -> Option<Kind> {
    let latched = told.fault.filter(|_| told.phase == Phase::Error);
    latched
        .or_else(|| told.verdicts.worst().copied().filter(|fault| fault.severity() >= Severity::Hold))
        .map(|fault| fault.kind())
}

/// Breaks one thing of the menu in each of `count` firings, `first` the seed of the first.
///
/// # Errors
/// A firing did not begin, and why.
pub fn break_one(name: &str, first: u64, count: u64, who: &Contender, threads: usize) -> Result<Vec<Found>, String> {
    let menu = Menu::built_in()?;
    let entry = menu.get(name).ok_or_else(|| format!("no fault {name}"))?;
    let mut cases = cases(first, count, Level::Nominal)?;
    // A chip that says the same is to be seen with a quiet sensor too.
    for case in cases.iter_mut().skip(1).step_by(2).filter(|_| entry.name == "tc_stuck") {
        case.level = Level::Quiet;
    }
    side_by_side(&cases, threads, |case| broken(case, entry, who))
}

/// Fires `count` firings in which nothing breaks.
///
/// # Errors
/// A firing did not begin, and why.
pub fn calm(level: Level, first: u64, count: u64, who: &Contender, threads: usize) -> Result<Calm, String> {
    let one = |case: &Case| {
        let mut cuts = 0;
        let mut before = false;
        let mut last_s = 0;
        let (profile, nominal_s) = planned(case)?;
        let outcome = fire(case, (&profile, nominal_s), &[], who, &mut |moment| {
            let now = withholds(moment.told).is_some();
            cuts += usize::from(now && !before);
            (before, last_s) = (now, moment.at_s);
        })?;
        Ok((cuts, last_s as f64 / 3600.0, outcome.ending))
    };
    let mut calm = Calm::default();
    for (cuts, hours, ending) in side_by_side(&cases(first, count, level)?, threads, one)? {
        calm.firings += 1;
        calm.hours += hours;
        calm.cuts += cuts;
        if let Ending::Failed(fault) = ending {
            calm.latched.push(fault.kind());
        }
    }
    Ok(calm)
}

/// Firings of the pairs in turn, each with a seed of its own.
fn cases(first: u64, count: u64, level: Level) -> Result<Vec<Case>, String> {
    let mut pairs = Pair::built_in()?;
    pairs.retain(|pair| pair.bound.finishes);
    (0..count)
        .zip(pairs.iter().cycle())
        .map(|(index, pair)| {
            let plant = PlantSpec::built_in(&pair.plant).map_err(|error| error.to_string())?;
            Ok(Case { pair: pair.clone(), plant, level, seed: first + index })
        })
        .collect()
}

fn broken(case: &Case, entry: &Entry, who: &Contender) -> Result<Found, String> {
    let drawn = Seed(case.seed).stream("bench faults").between(BREAKS.0, BREAKS.1);
    let share = entry.at.unwrap_or(drawn);
    let fault = Planned { entry: entry.clone(), moment: FaultMoment::Share(share) };
    let (profile, nominal_s) = planned(case)?;
    let mut watch = Watch { highest_target_c: case.plant.ambient_c, ..Watch::default() };
    let ending = fire(case, (&profile, nominal_s), &[fault], who, &mut |moment| {
        watch.see(moment, share * nominal_s, entry);
    })?
    .ending;
    let after_s = match (watch.found, watch.visible_s) {
        (Some((found, _)), Some(visible)) => Some(found as f64 - visible.min(found) as f64),
        _ => None,
    };
    let latched = if let Ending::Failed(fault) = ending { Some(fault.kind()) } else { None };
    Ok(Found {
        entry: entry.clone(),
        came: watch.visible_s.is_some(),
        after_s,
        by: watch.found.map(|(_, by)| by),
        latched,
        over_k: watch.over_k,
    })
}
