//! Every tuning plan on every kiln: under its cap, with its plateaus, in its time.
//!
//! The kiln is warmed as the controller warms it: a reading a second with nominal noise through a median of three,
//! power locked for windows of five seconds in slots of a tenth, never less than the least duty.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "slots of a window and seconds of a day"
)]

use kiln_core::command::TuningMode;
use kiln_core::fault::Fault;
use kiln_core::limits::DUTY_LEAST;
use kiln_core::tune::plan::Kind;
use kiln_core::tune::{Findings, Plan, TuneDemand, Tuning};
use kiln_core::units::{Celsius, Duty, Instant};
use kiln_sim::disturb::Level;
use kiln_sim::plant::{Plant, PlantSpec, Surroundings};
use kiln_sim::random::Seed;
use kiln_sim::sensor::{Sensor, SensorFault, Wires};

const KILNS: [&str; 7] = ["test2k5", "top9", "front15", "old9", "glass5", "top9_heavy", "jb_onelump"];
/// Slots of a tenth of a second in a relay window.
const WINDOW: u64 = 50;

/// A day to tune on.
#[derive(Clone, Copy)]
struct Day {
    kiln: &'static str,
    mode: TuningMode,
    cap: Option<Celsius>,
    start_c: f64,
    level: Level,
    seed: u64,
    /// The share of the elements that works.
    health: f64,
}

impl Day {
    const fn cold(kiln: &'static str, mode: TuningMode) -> Self {
        Self { kiln, mode, cap: None, start_c: 22.0, level: Level::Nominal, seed: 1, health: 1.0 }
    }
}

/// What came of a run.
struct Run {
    minutes: f64,
    hottest_c: f64,
    findings: Findings,
    failed: Option<Fault>,
}

fn run(day: Day) -> Run {
    let mut plant = Plant::new(&PlantSpec::built_in(day.kiln).unwrap(), day.start_c).unwrap();
    let mut room = Surroundings::calm(22.0);
    room.element_health = day.health;
    let mut sensor = Sensor::new(day.level, Seed(day.seed));
    let mut tuning = Tuning::new(Plan::shipping(day.mode), day.cap).unwrap();
    let (mut last_three, mut locked, mut hottest_c) = ([day.start_c; 3], 0, day.start_c);
    for second in 0..12 * 3600_u64 {
        let wires = Wires { junction_c: plant.thermocouple_c(), terminals_c: 30.0, fault: SensorFault::Sound };
        last_three.rotate_left(1);
        last_three[2] = sensor.convert(second * 1000, &wires).celsius();
        let mut sorted = last_three;
        sorted.sort_by(f64::total_cmp);
        let asked = match tuning.update(Instant::from_millis(second * 1000), Celsius::new(sorted[1]).unwrap()) {
            TuneDemand::Heat(duty) => duty,
            over @ (TuneDemand::Finished | TuneDemand::Failed(_)) => {
                let failed = if let TuneDemand::Failed(fault) = over { Some(fault) } else { None };
                return Run { minutes: second as f64 / 60.0, hottest_c, findings: *tuning.findings(), failed };
            }
        };
        for half in 0..2 {
            plant.step(conducting(second * 10 + half * 5, asked, &mut locked), &room);
        }
        hottest_c = hottest_c.max(plant.thermocouple_c());
    }
    panic!("{} {:?}: not over after twelve hours", day.kiln, day.mode);
}

/// The share of the five slots from `first` on in which the relay conducts.
fn conducting(first: u64, asked: Duty, locked: &mut u64) -> f64 {
    let on = (first..first + 5).filter(|slot| {
        if slot % WINDOW == 0 {
            let percent = if asked.is_on() { asked.percent().max(DUTY_LEAST) } else { 0.0 };
            *locked = (percent / 100.0 * WINDOW as f64) as u64;
        }
        slot % WINDOW < *locked
    });
    on.count() as f64 / 5.0
}

/// The time a mode takes on each of [`KILNS`], minutes, cold and with nominal noise, and the slack it is met to.
const MINUTES: [(TuningMode, [f64; 7], f64); 5] = [
    (TuningMode::Safe, [31.7, 32.6, 43.5, 33.6, 32.3, 39.9, 32.5], 6.0),
    (TuningMode::Standard, [63.8, 69.2, 75.0, 67.4, 64.2, 68.3, 65.1], 8.0),
    (TuningMode::Thorough, [188.1, 190.2, 196.2, 192.4, 187.3, 190.3, 190.3], 12.0),
    (TuningMode::HighTemperature, [107.3, 148.7, 277.8, 160.1, 147.7, 217.1, 96.9], 20.0),
    (TuningMode::Relay, [22.6, 19.6, 27.1, 20.0, 12.3, 16.8, 36.4], 6.0),
];
/// The time a mode is announced to take, minutes.
const ANNOUNCED: [(TuningMode, f64, f64); 5] = [
    (TuningMode::Safe, 30.0, 45.0),
    (TuningMode::Standard, 60.0, 120.0),
    (TuningMode::Thorough, 180.0, 240.0),
    (TuningMode::HighTemperature, 90.0, 300.0),
    (TuningMode::Relay, 10.0, 45.0),
];

/// Plateaus found, or swings counted, in full; never above the cap.
fn check(day: Day) -> f64 {
    let plan = Plan::shipping(day.mode);
    let settles = plan.steps.iter().filter(|step| matches!(step.kind, Kind::Settle { .. })).count();
    let run = run(day);
    let (cap_c, what) = (day.cap.unwrap_or(plan.cap).get(), format!("{} {:?} seed {}", day.kiln, day.mode, day.seed));
    assert_eq!(run.failed, None, "{what}");
    assert_eq!(usize::from(run.findings.plateaus), settles, "{what}: plateaus");
    assert_eq!(run.findings.swing.is_some(), day.mode == TuningMode::Relay, "{what}: swing");
    assert!(run.hottest_c < cap_c, "{what}: {:.1} °C, cap {cap_c}", run.hottest_c);
    println!("{what}: {:.1} min, {:.1} °C, {:?}", run.minutes, run.hottest_c, run.findings);
    run.minutes
}

#[test]
fn every_plan_on_every_kiln_from_cold() {
    for ((mode, table, slack), (_, least, most)) in MINUTES.into_iter().zip(ANNOUNCED) {
        for (kiln, wanted) in KILNS.into_iter().zip(table) {
            let minutes = check(Day::cold(kiln, mode));
            assert!((minutes - wanted).abs() <= slack, "{kiln} {mode:?}: {minutes:.1} min, wanted {wanted}");
            assert!((least..=most).contains(&minutes), "{kiln} {mode:?}: {minutes:.1} min, announced {least}-{most}");
        }
    }
}

#[test]
fn noise_spikes_and_a_warm_kiln_change_nothing_that_matters() {
    let seeds = (2..8).map(|seed| (Level::Nominal, seed)).chain((2..8).map(|seed| (Level::Harsh, seed)));
    for (level, seed) in seeds.chain([(Level::Clean, 1)]) {
        for (kiln, (mode, _, most)) in KILNS.into_iter().flat_map(|kiln| ANNOUNCED.map(|mode| (kiln, mode))) {
            let start_c = if seed % 2 == 0 { 22.0 } else { 40.0 };
            let minutes = check(Day { start_c, level, seed, ..Day::cold(kiln, mode) });
            assert!(minutes <= most * 1.25, "{kiln} {mode:?} {level:?} seed {seed}: {minutes:.1} min");
        }
    }
}

#[test]
fn another_cap_is_kept_as_well() {
    for kiln in KILNS {
        for (mode, cap) in [(TuningMode::Safe, 80), (TuningMode::Standard, 110), (TuningMode::HighTemperature, 350)] {
            check(Day { cap: Some(Celsius::whole(cap)), ..Day::cold(kiln, mode) });
        }
    }
}

#[test]
fn a_kiln_that_does_not_warm_fails_the_run_and_not_the_kiln() {
    for (mode, _, _) in ANNOUNCED.into_iter().filter(|(mode, _, _)| *mode != TuningMode::Relay) {
        let run = run(Day { health: 0.0, ..Day::cold("top9", mode) });
        assert!(matches!(run.failed, Some(Fault::Stalled { .. })), "{mode:?}: {:?}", run.failed);
        assert!(run.minutes <= 30.0, "{mode:?}: {:.0} min", run.minutes);
    }
}
