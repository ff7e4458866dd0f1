//! Two hundred bad days and two hundred usual ones, and a loop that nobody can talk out of its beat.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that cannot go on fails")]

use kiln_core::command::{Command, CommandId, Request};
use kiln_core::profile::Profile;
use kiln_core::units::Celsius;
use kiln_sim::disturb::Level;
use kiln_sim::faults::Menu;
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::swarm::{Flown, Tally, Wanted, fly_all};
use kiln_sim::world::{Setting, World, settings_for};

fn wanted(fault: &str) -> Wanted {
    Wanted { fault: fault.to_owned(), plant: "all".to_owned() }
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

/// How the application talks to the loop.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Application {
    /// Perfectly: not at all.
    Perfect,
    /// It floods the mailbox: questions, ends of what does not go on, names used before, a start into a running firing.
    Babbles,
    /// It falls silent half an hour into the firing, for a time.
    SilentFor(u64),
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
    for _ in 0..50 {
        world.turn();
    }
    let ask = |world: &World<1>, id, command| world.hardware().link.ask(Request { id: CommandId(id), command });
    ask(&world, 1, Command::Run(profile));
    (0..3 * 36_000_u64)
        .map(|slot| {
            if application == Application::Babbles && slot > 0 {
                let id = [1, 7, u32::MAX, u32::try_from(slot).unwrap()][usize::try_from(slot % 4).unwrap()];
                let junk = [
                    Command::Ping,
                    Command::Unpause,
                    Command::StopTuning,
                    Command::Run(profile),
                    Command::RenewHold,
                    Command::CancelSchedule,
                    Command::ClearError,
                ];
                ask(&world, id, junk[usize::try_from(slot % 7).unwrap()]);
            }
            if let Application::SilentFor(seconds) = application {
                world.broken.app_dead = (18_000..18_000 + seconds * 10).contains(&slot);
            }
            world.turn();
            (world.hardware().relays[0].level(), world.hardware().contactor.level())
        })
        .collect()
}

#[test]
fn the_pins_are_bit_equal_whatever_the_application_says() {
    for seed in [3, 4] {
        let perfect = trace(Application::Perfect, seed);
        assert!(perfect.iter().filter(|(pin, _)| *pin).count() > 1000, "it heats");
        for application in [Application::Babbles, Application::SilentFor(85)] {
            let other = trace(application, seed);
            let differs = perfect.iter().zip(&other).position(|(one, other)| one != other);
            assert_eq!(differs, None, "{application:?}, seed {seed}");
        }
        assert_ne!(perfect, trace(Application::Perfect, seed + 10), "another day");
    }
}
