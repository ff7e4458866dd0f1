//! From a seed to a firing: which kiln, which profile, which settings, which day, what breaks and when.
//!
//! Everything is drawn from streams of the seed, each for one purpose. Nothing here knows what the loop does with it.

use kiln_control::Settings;
use kiln_core::command::Command;
use kiln_core::limits;
use kiln_core::profile::Profile;
use kiln_core::regulate::{GainSchedule, PidGains, PidSettings, RegulatorSettings};
use kiln_core::units::{Celsius, Millis};
use kiln_core::window::WindowSettings;

use super::check::LATE;
use super::profiles;
use crate::disturb::Level;
use crate::faults::{Action, Entry, Menu};
use crate::plant::PlantSpec;
use crate::random::{Seed, Stream};
use crate::who::Who;
use crate::world::{Fittings, settings_for};

/// A kiln of the swarm.
#[derive(Clone, Copy, Debug)]
struct Kiln {
    name: &'static str,
    /// The hottest target that makes sense in it, °C.
    hottest_c: f64,
    /// Its fastest climb that makes sense, °C/h.
    fastest: f64,
    /// Its longest relay window, s: in a longer one a quick kiln swings by tens of degrees.
    window_s: u64,
}

const fn of(name: &'static str, hottest_c: f64, fastest: f64, window_s: u64) -> Kiln {
    Kiln { name, hottest_c, fastest, window_s }
}

/// The last one is no kiln, all dead time, and is flown only by its name: the delivered gains swing in it.
const KILNS: [Kiln; 9] = [
    of("test2k5", 1222.0, 300.0, 5),
    of("top9", 1222.0, 250.0, 10),
    of("front15", 1150.0, 130.0, 20),
    of("old9", 950.0, 150.0, 10),
    of("glass5", 900.0, 300.0, 5),
    of("top9_heavy", 1180.0, 180.0, 20),
    of("jb_onelump", 1050.0, 250.0, 10),
    of("plant_a", 1100.0, 200.0, 20),
    of("plant_b", 900.0, 200.0, 20),
];
/// A week is flown once in so many draws of it: it takes as long as twenty firings.
const WEEKS: u64 = 6;

/// What the caller wants of each firing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// `any`, `none`, or the name of a fault.
    pub fault: String,
    /// `all`, or the name of a kiln.
    pub plant: String,
    /// Who controls.
    pub who: Who,
}

/// One firing, complete.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The seed it follows from.
    pub seed: u64,
    /// The kiln's name.
    pub kiln: &'static str,
    /// The kiln.
    pub plant: PlantSpec,
    /// What is fired.
    pub profile: Profile,
    /// The settings of the loop.
    pub settings: Settings,
    /// How noisy the day is.
    pub level: Level,
    /// Temperature of the whole kiln at the start, °C.
    pub start_c: f64,
    /// Whether a contactor is in series with the relays.
    pub contactor: bool,
    /// What else is fitted.
    pub fittings: Fittings,
    /// What breaks, and when, ms after the start.
    pub fault: Option<(Entry, u64)>,
    /// Which relay, where the fault is one of a relay.
    pub relay: usize,
    /// What is asked of the loop on the way, and when, ms after the start.
    pub command: Option<(u64, Command)>,
}

impl Scenario {
    /// The firing of a seed.
    ///
    /// # Errors
    /// A fault or kiln that is not there; in words.
    pub fn draw(seed: u64, wanted: &Wanted, menu: &Menu) -> Result<Self, String> {
        let mut chance = Seed(seed).stream("swarm");
        let entry = fault(&mut chance, &wanted.fault, menu)?;
        let kiln = kiln(&mut chance, &wanted.plant)?;
        let plant = PlantSpec::built_in(kiln.name).map_err(|why| why.to_string())?;
        let week = entry.as_ref().is_some_and(|entry| entry.does == Action::WeekLong);
        let profile =
            if week { profiles::week_long()? } else { profiles::draw(&mut chance, kiln.hottest_c, kiln.fastest)? };
        let profile = profiles::for_a_cone(&mut Seed(seed).stream("cone"), &profile)?;
        let mut settings = settings(&mut chance, &plant, &kiln, &profile, entry.as_ref())?;
        wanted.who.take_over(&mut settings);
        let warm_c = chance.between(plant.ambient_c, 300.0).min(settings.rules.max_temperature.get() - 30.0);
        let start_c = if chance.unit() < 0.7 { plant.ambient_c } else { warm_c };
        let nominal_s = profile.nominal_seconds(Celsius::new(start_c));
        let share = chance.between(0.01, 0.95);
        let share = entry.as_ref().and_then(|entry| entry.at).unwrap_or(share);
        let at_ms = (share * nominal_s) as u64 * 1000 + chance.bits() % 10 * 100;
        let may_stop = wanted.fault != "none" && chance.unit() < 0.15;
        let command = may_stop.then(|| stop(&mut chance, nominal_s));
        Ok(Self {
            seed,
            kiln: kiln.name,
            plant,
            profile,
            settings,
            level: level(&mut chance, &wanted.fault),
            start_c,
            contactor: chance.unit() < 0.5,
            fittings: fittings(&mut chance, entry.as_ref()),
            fault: entry.map(|entry| (entry, at_ms)),
            relay: chance.bits() as usize % 8,
            command,
        })
    }
}

fn fault(chance: &mut Stream, wanted: &str, menu: &Menu) -> Result<Option<Entry>, String> {
    match wanted {
        "none" => Ok(None),
        "any" => loop {
            let which = (chance.bits() % menu.entries().len().max(1) as u64) as usize;
            let entry = menu.entries().get(which).cloned();
            let week = entry.as_ref().is_some_and(|entry| entry.does == Action::WeekLong);
            if !week || chance.bits().is_multiple_of(WEEKS) {
                return Ok(entry);
            }
        },
        name => {
            let entry = menu.get(name).cloned();
            entry.map(Some).ok_or_else(|| format!("no fault {name}; there are any, none, {}", menu.names()))
        }
    }
}

fn kiln(chance: &mut Stream, wanted: &str) -> Result<Kiln, String> {
    let which = (chance.bits() % (KILNS.len() as u64 - 1)) as usize;
    if wanted == "all" {
        return KILNS.get(which).copied().ok_or_else(|| "no kiln".to_owned());
    }
    KILNS
        .iter()
        .find(|kiln| kiln.name == wanted)
        .copied()
        .ok_or_else(|| format!("no kiln {wanted}; there are all, {}", KILNS.map(|kiln| kiln.name).join(", ")))
}

/// The delivered settings with another window, a maximum not far above the profile, and the gains a fault asks for.
fn settings(
    chance: &mut Stream,
    plant: &PlantSpec,
    kiln: &Kiln,
    profile: &Profile,
    entry: Option<&Entry>,
) -> Result<Settings, String> {
    let mut settings = settings_for(plant);
    let relays = 1 + (chance.bits() % 4) as usize;
    let seconds = [2, 5, 5, 10, 20][(chance.bits() % 5) as usize].min(kiln.window_s);
    let late = LATE.contains(&kiln.name);
    let stagger = Millis::new(if chance.unit() < 0.5 { 0 } else { 200 });
    settings.window = WindowSettings::new(Millis::from_seconds(seconds), relays, stagger)
        .map_err(|why| format!("a window of {seconds} s: {why:?}"))?;
    let peak_c = profile.peak().map_or(100.0, Celsius::get);
    let room_k = if late { (100.0, 200.0) } else { (40.0, 150.0) };
    let above = Celsius::new(peak_c + chance.between(room_k.0, room_k.1)).ok_or("a maximum")?;
    settings.rules.max_temperature = settings
        .rules
        .max_temperature
        .min(above.max(limits::MAX_TEMPERATURE_LOWEST))
        .max(limits::MAX_TEMPERATURE_LOWEST);
    if let Some(Entry { does: Action::Gains([kp, ki, kd]), .. }) = entry {
        let gains = PidGains::new(*kp, *ki, *kd).ok_or("gains")?;
        settings.regulator = RegulatorSettings::Pid(PidSettings::new(gains, GainSchedule::OFF));
    }
    Ok(settings)
}

fn level(chance: &mut Stream, wanted: &str) -> Level {
    let draw = chance.unit();
    if draw < 0.25 {
        Level::Quiet
    } else if draw < 0.9 || wanted == "none" {
        Level::Nominal
    } else {
        Level::Harsh
    }
}

fn stop(chance: &mut Stream, nominal_s: f64) -> (u64, Command) {
    let at_ms = (chance.between(0.0, 0.95) * nominal_s * 10.0) as u64 * 100;
    (at_ms, if chance.unit() < 0.5 { Command::Stop } else { Command::Shutdown })
}

/// Half of the kilns have nothing; what a fault needs is there.
fn fittings(chance: &mut Stream, entry: Option<&Entry>) -> Fittings {
    let some = chance.unit() < 0.5;
    let mut fitted = |share: f64| chance.unit() < share && some;
    let (second, current, lid_switch, stop_loop) = (fitted(0.5), fitted(0.5), fitted(0.5), fitted(0.5));
    let asked = matches!(entry, Some(Entry { does: Action::EmergencyStop, .. }));
    Fittings { second, current, lid_switch, stop_loop: stop_loop || asked }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_seed_is_a_firing_and_names_are_checked() {
        let menu = Menu::built_in().unwrap();
        let wanted =
            |fault: &str, plant: &str| Wanted { fault: fault.to_owned(), plant: plant.to_owned(), who: Who::Delivered };
        let text = |seed| format!("{:?}", Scenario::draw(seed, &wanted("any", "all"), &menu).unwrap());
        assert_eq!(text(5), text(5));
        assert_ne!(text(5), text(6));
        let one = Scenario::draw(1, &wanted("tc_open", "top9"), &menu).unwrap();
        assert_eq!((one.kiln, one.fault.unwrap().0.name.as_str()), ("top9", "tc_open"));
        assert!(Scenario::draw(1, &wanted("none", "all"), &menu).unwrap().fault.is_none());
        for (fault, plant) in [("nonsense", "all"), ("any", "nonsense")] {
            assert!(Scenario::draw(1, &wanted(fault, plant), &menu).is_err());
        }
    }
}
