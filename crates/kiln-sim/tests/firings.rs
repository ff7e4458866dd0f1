//! Every example profile, fired from cold to the end by the shipping loop on a kiln that suits it.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]

use kiln_core::event::Event;
use kiln_core::fault::Kind;
use kiln_core::profile::Profile;
use kiln_sim::disturb::Level;
use kiln_sim::firing::{Ending, NotFired, Order, Outcome, Wish, fire};
use kiln_sim::plant::PlantSpec;
use kiln_sim::random::Seed;
use kiln_sim::world::settings_for;

fn profile(file: &str) -> Profile {
    let path = format!("{}/../../examples/profiles/{file}.json", env!("CARGO_MANIFEST_DIR"));
    kiln_wire::profile::parse(&std::fs::read(path).unwrap()).unwrap().profile
}

/// A firing on some day.
struct Day {
    file: &'static str,
    kiln: &'static str,
    level: Level,
    seed: u64,
    /// When the user asks for an end, s.
    stop_s: Option<u64>,
}

impl Day {
    const fn nominal(file: &'static str, kiln: &'static str, seed: u64) -> Self {
        Self { file, kiln, level: Level::Nominal, seed, stop_s: None }
    }

    fn fire(&self) -> Result<Outcome, NotFired> {
        let plant = PlantSpec::built_in(self.kiln).unwrap();
        let order = Order {
            plant: &plant,
            profile: &profile(self.file),
            settings: settings_for(&plant),
            level: self.level,
            seed: Seed(self.seed),
            start_c: None,
            record_every_s: 60,
            faults: &[],
        };
        fire(&order, &mut |moment| {
            if self.stop_s.is_some_and(|stop_s| moment.at_s >= stop_s) { Wish::Stop } else { Wish::GoOn }
        })
    }
}

/// Fires to the end; the figures that must hold on any day.
fn check(day: &Day, hours: std::ops::Range<f64>) -> Outcome {
    let what = format!("{} on {}, {:?}, seed {}", day.file, day.kiln, day.level, day.seed);
    let outcome = day.fire().unwrap_or_else(|error| panic!("{what}: {error}"));
    let (figures, rated_c) = (&outcome.figures, PlantSpec::built_in(day.kiln).unwrap().rated_c);
    let took_h = outcome.took.seconds() / 3600.0;
    println!("{what}: {took_h:.2} h, {:.1} kWh, {figures:?}", outcome.energy_kwh);
    assert_eq!(outcome.ending, Ending::Complete, "{what}");
    assert!(outcome.off, "{what}: a relay or the contactor is still on");
    assert!(figures.overshoot_c < 15.0, "{what}: {:.1} °C over a hold", figures.overshoot_c);
    assert!(figures.hottest_c < profile(day.file).peak().unwrap().get() + 15.0, "{what}: {:.1} °C", figures.hottest_c);
    assert!(figures.hottest_chamber_c < rated_c + 25.0, "{what}: the chamber {:.1} °C", figures.hottest_chamber_c);
    assert!(hours.contains(&took_h), "{what}: {took_h:.2} h");
    outcome
}

/// Each example and its kiln, and the hours it takes there.
const EXAMPLES: [(&str, &str, std::ops::Range<f64>); 4] = [
    ("bisque-cone-04", "top9", 13.3..14.2),
    ("glaze-cone-6", "top9", 12.8..13.6),
    ("glass-full-fuse", "glass5", 13.0..15.0),
    ("crystalline-controlled-cooling", "top9", 19.0..22.0),
];

#[test]
fn every_example_is_fired_to_its_end_on_a_usual_day() {
    for (file, kiln, hours) in EXAMPLES {
        for seed in 1..4 {
            let outcome = check(&Day::nominal(file, kiln, seed), hours.clone());
            assert!(outcome.figures.ramps.rms_c().unwrap() < 2.0, "{file}: ramps {:?}", outcome.figures.ramps);
            assert!(outcome.figures.holds.rms_c().unwrap() < 2.0, "{file}: holds {:?}", outcome.figures.holds);
        }
    }
}

#[test]
fn every_example_is_fired_to_its_end_on_a_bad_day() {
    for (file, kiln, hours) in EXAMPLES {
        for seed in 1..4 {
            check(&Day { level: Level::Harsh, ..Day::nominal(file, kiln, seed) }, hours.start..hours.end + 1.0);
        }
    }
}

/// What is whole must not be called broken: on a quiet day the chip repeats codes for minutes, on a usual one it spikes.
#[test]
#[ignore = "HeatLost calls a healthy fall broken: K-18, and K-19 ends it"]
fn a_healthy_kiln_raises_no_fault() {
    let mut alarms = Vec::new();
    let kilns = [("glass-full-fuse", "plant_a"), ("bisque-cone-04", "test2k5"), ("glaze-cone-6", "front15")];
    for (file, kiln) in EXAMPLES.map(|(file, kiln, _)| (file, kiln)).into_iter().chain(kilns) {
        for level in [Level::Quiet, Level::Nominal] {
            let outcome = Day { level, ..Day::nominal(file, kiln, 1) }.fire().unwrap();
            let faults = outcome.events.iter().filter(|(_, event)| matches!(event, Event::Faulted(_)));
            alarms.extend(faults.map(|(at, event)| format!("{file} on {kiln}, {level:?}: {event:?} at {at:?}")));
        }
    }
    assert!(alarms.is_empty(), "{} alarms:\n{}", alarms.len(), alarms.join("\n"));
}

/// Spikes of the reading last one or two samples; none may change what is fired.
#[test]
fn spikes_adapt_no_rate() {
    for seed in 1..6 {
        let outcome = Day::nominal("crystalline-controlled-cooling", "top9", seed).fire().unwrap();
        let adapted = outcome.events.iter().find(|(_, event)| matches!(event, Event::RateAdapted { .. }));
        assert_eq!(adapted, None, "seed {seed}");
    }
}

#[test]
fn the_same_seed_is_the_same_firing() {
    let firing = |seed| {
        let outcome = Day::nominal("glass-full-fuse", "glass5", seed).fire().unwrap();
        (outcome.took, outcome.energy_kwh.to_bits(), outcome.closings, outcome.events, outcome.records)
    };
    assert!(firing(7) == firing(7));
    assert!(firing(7) != firing(8));
}

#[test]
fn a_firing_that_is_stopped_leaves_everything_off() {
    let outcome = Day { stop_s: Some(4 * 3600), ..Day::nominal("bisque-cone-04", "top9", 1) }.fire().unwrap();
    assert_eq!((outcome.ending, outcome.off), (Ending::Stopped, true));
    assert!((14_400.0..14_402.0).contains(&outcome.took.seconds()), "{:?}", outcome.took);
}

/// The tired kiln never reaches 1222 °C (it loses as much as it gets): it must say so, not heat for ever.
#[test]
fn a_kiln_that_cannot_gives_up_with_the_figures() {
    let outcome = Day::nominal("crystalline-controlled-cooling", "old9", 1).fire().unwrap();
    assert!(outcome.off);
    let Ending::Failed(fault) = outcome.ending else { panic!("{:?} after {:?}", outcome.ending, outcome.took) };
    assert_eq!(fault.kind(), Kind::Stalled, "{fault:?}");
}

#[test]
fn a_profile_too_hot_for_the_kiln_is_refused() {
    let refused = Day::nominal("glaze-cone-6", "glass5", 1).fire().err().unwrap();
    assert_eq!(refused, NotFired::Refused(kiln_core::command::Refusal::TooHot));
}
