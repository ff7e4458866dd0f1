//! Two hundred bad days and two hundred usual ones, and a loop that nobody can talk out of its beat.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use kiln_control::Settings;
use kiln_core::command::{Command, CommandId, Request};
use kiln_core::limits;
use kiln_core::profile::Profile;
use kiln_core::settings::Published;
use kiln_core::units::{Celsius, WallClock};
use kiln_hal::link::{AppEnd, ControlEnd, Link, Pulse, Roster, Task};
use kiln_sim::disturb::Level;
use kiln_sim::faults::Menu;
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::{Seed, Stream};
use kiln_sim::swarm::{Flown, Tally, Wanted, fly_all};
use kiln_sim::who::Who;
use kiln_sim::world::{Setting, World, settings_for};

fn wanted(fault: &str) -> Wanted {
    Wanted { fault: fault.to_owned(), plant: "all".to_owned(), who: Who::Delivered }
}

fn fly(fault: &str, first: u64, count: u64, threads: usize) -> Vec<Flown> {
    fly_all(first, count, &wanted(fault), &Menu::built_in().unwrap(), threads).unwrap()
}

/// Flies and holds every rule; the sum.
fn check(fault: &str, count: u64) -> Tally {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let tally = Tally::new(&fly(fault, 0, count, threads), &wanted(fault));
    println!("{}", tally.text());
    assert_eq!(tally.failing(), 0, "{}", tally.text());
    tally
}

#[test]
fn two_hundred_firings_with_a_fault_break_no_rule() {
    check("any", 200);
}

#[test]
fn two_hundred_firings_on_usual_days_latch_nothing_and_end_within_tolerance() {
    check("none", 200);
}

/// What nobody exercises, nobody knows: each guard has its faults, and each of these must be seen by it.
#[test]
fn every_guard_has_spoken() {
    let faults = [
        "tc_open",
        "tc_short",
        "tc_reversed",
        "tc_out",
        "tc_stuck",
        "ssr_welded_all",
        "ssr_open",
        "electronics_hot",
        "spikes_two",
        "stop_pressed",
        "contactor_open",
    ];
    let mut flown: Vec<Flown> = faults.iter().flat_map(|fault| fly(fault, 0, 8, 2)).collect();
    flown.extend(fly("week_long", 0, 1, 1));
    let tally = Tally::new(&flown, &wanted("any"));
    assert_eq!(tally.silent_guards(), Vec::<&str>::new(), "{}", tally.text());
}

#[test]
fn a_seed_is_the_same_firing_whatever_flies_beside_it() {
    assert_eq!(fly("any", 40, 12, 1), fly("any", 40, 12, 2));
    assert_ne!(fly("any", 40, 1, 1), fly("any", 41, 1, 1));
}

/// How the application talks to the loop, through the real link.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Application {
    /// Perfectly: it asks for the firing and then only works.
    Perfect,
    /// It floods the link: questions, ends of what does not go on, names used before, a start into a running firing;
    /// settings good and bad; a wall clock ten years ahead and behind; words that are nothing at all.
    Babbles,
    /// It falls silent half an hour into the firing, for so many seconds.
    SilentFor(u64),
}

/// When a silent application falls silent.
const SILENT_AT: u64 = 18_000;
const TASK: Task = Task::new(0).unwrap();

/// The application's end of a link, and what is said through it.
struct Talk {
    link: &'static Link,
    end: AppEnd<'static>,
    pulse: Pulse<'static>,
    profile: Profile,
    settings: Settings,
}

impl Talk {
    fn with(world: &World<1>, profile: &Profile) -> Self {
        let link: &'static Link = Box::leak(Box::default());
        world.hardware().link.connect(ControlEnd::new(link));
        let end = AppEnd::new(link, Roster::EMPTY.with(TASK));
        let pulse = end.pulse(TASK).unwrap();
        Self { link, end, pulse, profile: *profile, settings: *world.settings() }
    }

    fn ask(&mut self, id: u32, command: &Command) -> bool {
        self.end.ask(&Request { id: CommandId(id), command: *command }).is_ok()
    }

    /// A slot of nonsense.
    fn babble(&mut self, slot: u64, dice: &mut Stream) {
        for shorter in 0..dice.below(4) {
            let (place, word) = (usize::try_from(dice.below(1 << 20)).unwrap(), dice.below(1 << 32) >> (8 * shorter));
            self.link.scribble(place, u32::try_from(word).unwrap());
        }
        let junk = [
            Command::Ping,
            Command::Unpause,
            Command::StopTuning,
            Command::Run(self.profile),
            Command::RenewHold,
            Command::CancelSchedule,
            Command::ClearError,
        ];
        let ids = [1, 7, u32::MAX, u32::try_from(slot).unwrap()];
        while self.ask(*one_of(&ids, dice), one_of(&junk, dice)) {}
        let mut settings = self.settings;
        settings.rules.max_temperature = Celsius::whole(*one_of(&[40, 60, 900, 1340], dice));
        self.end.publish_settings(&Published { revision: *one_of(&ids, dice), settings, latched: None });
        let clock = WallClock::from_unix_millis(1_450_000_000_000 + dice.below(21) * 31_557_600_000);
        self.end.tell_wall(clock);
        assert!(self.end.newest().is_none_or(|told| told.number > 0));
    }
}

fn one_of<'a, T>(choices: &'a [T], dice: &mut Stream) -> &'a T {
    let count = u64::try_from(choices.len()).unwrap();
    &choices[usize::try_from(dice.below(count)).unwrap()]
}

/// The levels of pin and contactor, slot by slot, of three hours of a firing.
fn trace(application: Application, seed: u64) -> Vec<(bool, bool)> {
    let plant = PlantSpec::built_in("top9").unwrap();
    let path = format!("{}/../../examples/profiles/glaze-cone-6.json", env!("CARGO_MANIFEST_DIR"));
    let profile: Profile = kiln_wire::profile::parse(&std::fs::read(path).unwrap()).unwrap().profile;
    let settings = settings_for(&plant);
    let planned_s = profile.nominal_seconds(Celsius::new(22.0));
    let (level, seed) = (Level::Nominal, Seed(seed));
    let setting = Setting { plant: &plant, settings, level, seed, start_c: None, planned_s };
    let mut world = World::<1>::new(&setting).unwrap();
    let mut talk = Talk::with(&world, &profile);
    let mut dice = seed.stream("babble");
    for _ in 0..50 {
        world.turn();
    }
    assert!(talk.ask(1, &Command::Run(profile)));
    (0..3 * 36_000_u64)
        .map(|slot| {
            if application == Application::Babbles && slot > 0 {
                talk.babble(slot, &mut dice);
            }
            let silent = match application {
                Application::SilentFor(seconds) => (SILENT_AT..SILENT_AT.saturating_add(seconds * 10)).contains(&slot),
                Application::Perfect | Application::Babbles => false,
            };
            if slot.is_multiple_of(10) && !silent {
                talk.pulse.beat();
            }
            world.turn();
            (world.hardware().relays[0].level(), world.hardware().contactor.level())
        })
        .collect()
}

#[test]
fn the_pins_are_bit_equal_whatever_the_application_says() {
    const EVER: u64 = 1 << 40;
    for seed in [3, 4] {
        let perfect = trace(Application::Perfect, seed);
        assert!(perfect.iter().filter(|(pin, _)| *pin).count() > 1000, "it heats");
        // A dead application has the loop go on alone for so long, and then everything starts anew.
        let alone = (limits::APPLICATION_SILENT + limits::ALONE_LONGEST).get() / limits::SLOT.get();
        let until_alone_ends = usize::try_from(SILENT_AT + alone).unwrap();
        for (application, slots) in [
            (Application::Babbles, perfect.len()),
            (Application::SilentFor(85), perfect.len()),
            (Application::SilentFor(EVER), until_alone_ends),
        ] {
            let other = trace(application, seed);
            let differs = perfect.iter().zip(&other).take(slots).position(|(one, other)| one != other);
            assert_eq!(differs, None, "{application:?}, seed {seed}");
        }
        assert_ne!(perfect, trace(Application::Perfect, seed + 10), "another day");
    }
}
