//! The pipe, scored from outside: a simulated kiln at the other end checks the controller's own schedule.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "slots of a window"
)]
#![allow(clippy::indexing_slicing, reason = "a test that reaches beyond has failed")]

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Command, Stdio};

use kiln_sim::disturb::{Disturbances, Level};
use kiln_sim::plant::{Plant, PlantSpec};
use kiln_sim::random::Seed;
use kiln_sim::sensor::{Sensor, SensorFault, Wires};
use serde_json::Value;

const SLOTS_OF_WINDOW: u64 = 50;

fn segments(schedule: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("../data/schedules.json")).unwrap();
    all.get(schedule).unwrap().get("segments").unwrap().as_array().unwrap().clone()
}

fn pipe() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kiln-sim"));
    command.arg("pipe").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// An answer, and the truth it met.
#[derive(Clone, Copy, Debug)]
struct Second {
    true_c: f64,
    duty: f64,
    setpoint_c: f64,
    seg: usize,
    state: u8,
}

/// A firing through the pipe until the controller says it is finished, or for `longest_s`; `fault` says in which
/// seconds the thermocouple is open.
fn fired(kiln: &str, schedule: &str, level: Level, longest_s: u64, fault: impl Fn(u64) -> bool) -> Vec<Second> {
    let mut child = pipe().spawn().unwrap();
    let (mut to, mut from) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
    let spec = PlantSpec::built_in(kiln).unwrap();
    let mut plant = Plant::new(&spec, 22.0).unwrap();
    let mut weather = Disturbances::new(level, Seed(11), 30_000.0, 22.0);
    let mut sensor = Sensor::new(level, Seed(11));
    let header = serde_json::json!({"schedule": {"segments": segments(schedule)}, "T0": 22.0, "ssr_cycle_s": 5.0,
        "ambient_c": 22.0, "more": "is ignored"});
    writeln!(to, "H {header}").unwrap();
    let (mut seconds, mut locked) = (Vec::new(), 0);
    for at_s in 0..longest_s {
        let true_c = plant.thermocouple_c();
        let wires = Wires { junction_c: true_c, terminals_c: 22.0, fault: SensorFault::Sound };
        let reading = sensor.convert(at_s * 1000, &wires).celsius();
        writeln!(to, "{at_s},{reading},{}", u8::from(fault(at_s))).unwrap();
        let mut line = String::new();
        from.read_line(&mut line).unwrap();
        let words: Vec<&str> = line.trim().split(',').collect();
        let [duty, setpoint_c, seg, state] = words[..] else { panic!("{line:?}") };
        let second = Second {
            true_c,
            duty: duty.parse().unwrap(),
            setpoint_c: setpoint_c.parse().unwrap(),
            seg: seg.parse().unwrap(),
            state: state.parse().unwrap(),
        };
        seconds.push(second);
        if second.state == 1 {
            break;
        }
        for half in 0..2 {
            let slots = (at_s * 10 + half * 5..).take(5);
            let on = slots.filter(|slot| {
                if slot % SLOTS_OF_WINDOW == 0 {
                    locked = (second.duty * SLOTS_OF_WINDOW as f64) as u64;
                }
                slot % SLOTS_OF_WINDOW < locked
            });
            plant.step(on.count() as f64 / 5.0, &weather.advance());
        }
    }
    drop(to);
    let mut said = String::new();
    child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
    print!("{said}");
    assert_eq!(child.wait().unwrap().code(), Some(0), "{said}");
    seconds
}

/// The slope of the set-point, °C/h, is 0 or the segment's rate; each hold lasts its time; every segment is visited.
fn check(kiln: &str, schedule: &str, level: Level) {
    let what = format!("{schedule} on {kiln}, {level:?}");
    let seconds = fired(kiln, schedule, level, 100_000, |_| false);
    let segments = segments(schedule);
    assert_eq!(seconds.last().unwrap().state, 1, "{what}: finished");
    // A spike above the kiln's maximum is an alarm while it lasts.
    let alarms = seconds.iter().filter(|second| second.state == 3).count();
    assert!(alarms < 30, "{what}: {alarms} s of alarm");
    assert!(seconds.iter().rev().skip(1).all(|second| second.state != 2), "{what}: no trip");
    let mut rising = 0_u64;
    for pair in seconds.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        assert!(after.seg == before.seg || after.seg == before.seg + 1, "{what}: segment {} skipped", before.seg + 1);
        if let (Some(rate), true) = (segments[after.seg].get("rate"), after.seg == before.seg) {
            let slope = (after.setpoint_c - before.setpoint_c).abs() * 3600.0;
            let rate = rate.as_f64().unwrap();
            let last = (after.setpoint_c - segments[after.seg]["ramp"].as_f64().unwrap()).abs() < 1e-9;
            let sound = slope.abs() < 1e-6 || (slope / rate - 1.0).abs() < 0.05 || (last && slope < rate);
            assert!(
                sound,
                "{what}: segment {} at {} °C: {slope} °C/h, the rate is {rate}",
                after.seg, after.setpoint_c
            );
            rising += u64::from(slope > 0.0);
        }
    }
    assert!(rising > 3600, "{what}: the set-point moved for {rising} s only");
    for (seg, minutes) in segments.iter().enumerate().filter_map(|(seg, s)| Some((seg, s.get("hold")?.as_f64()?))) {
        let target_c = seconds.iter().rev().find(|second| second.seg == seg).unwrap().setpoint_c;
        let held = seconds.iter().skip_while(|s| s.seg != seg || (s.true_c - target_c).abs() > 2.0);
        let held_s = held.take_while(|second| second.seg == seg).count() as f64;
        assert!(held_s >= minutes * 60.0 - 2.0, "{what}: hold {seg} of {minutes} min lasted {held_s} s");
        // The clock of a hold waits while the kiln is far off, half an hour at most.
        assert!(held_s <= minutes * 60.0 + 2100.0, "{what}: hold {seg} of {minutes} min lasted {held_s} s");
    }
    let ramps = seconds.iter().skip(600).filter(|s| segments[s.seg].get("rate").is_some());
    let errors: Vec<f64> = ramps.map(|s| (s.true_c - s.setpoint_c).powi(2)).collect();
    let rms_c = (errors.iter().sum::<f64>() / errors.len() as f64).sqrt();
    println!("{what}: {} s, ramp RMS {rms_c:.2} °C", seconds.len());
    assert!(rms_c < 5.0, "{what}: ramp RMS {rms_c:.2} °C");
    assert!(seconds.iter().all(|second| (0.0..=1.0).contains(&second.duty)), "{what}: duties");
}

#[test]
fn the_schedule_that_is_answered_is_the_one_that_was_asked_for() {
    check("top9", "heat_treat", Level::Nominal);
    check("top9", "glass_fuse", Level::Nominal);
    check("test2k5", "bisque04", Level::Harsh);
}

#[test]
#[ignore = "the long size: every schedule on every kiln that can do it, five minutes"]
fn every_schedule_on_every_kiln() {
    for kiln in ["test2k5", "top9", "top9_heavy", "glass5", "jb_onelump"] {
        for schedule in ["bisque04", "glaze6_fast", "crystalline", "glass_fuse", "heat_treat"] {
            let hot = matches!(schedule, "bisque04" | "glaze6_fast" | "crystalline");
            if kiln != "glass5" || !hot {
                check(kiln, schedule, Level::Nominal);
            }
        }
    }
}

#[test]
fn a_flicker_is_an_alarm_and_a_lost_thermocouple_trips() {
    let seconds = fired("top9", "heat_treat", Level::Quiet, 1300, |at_s| (600..606).contains(&at_s) || at_s >= 1200);
    let states = |range: std::ops::Range<usize>| seconds[range].iter().map(|s| s.state).max().unwrap();
    assert_eq!((states(0..600), states(600..606), states(620..1200)), (0, 3, 0));
    assert_eq!(seconds[1299].state, 2);
    assert!(seconds[1220..].iter().all(|second| second.duty <= 0.0), "a trip is cold");
}

/// Bad input is refused by line and field, with exit status 2.
#[test]
fn bad_input_is_refused() {
    let good = r#"H {"schedule": {"segments": [{"ramp": 100, "rate": 60}]}, "T0": 22.0, "ssr_cycle_s": 5.0, "ambient_c": 22.0}"#;
    let header = |from: &str, to: &str| good.replace(from, to);
    let cases = [
        (String::new(), "there is no header"),
        ("{}\n".to_owned(), "begins with"),
        ("H {}\n".to_owned(), "missing field `schedule`"),
        (header("60}", "-60}"), "segments[0]: Rate TooLow"),
        (header("\"rate\": 60", "\"hold\": 60"), "segments[0]: expected ramp and rate"),
        (header("\"rate\": 60", "\"rat\": 60"), "unknown field `rat`"),
        (header("100,", "1e999,"), "line 1"),
        (header("5.0", "0.5"), "ssr_cycle_s"),
        (header("[{\"ramp\": 100, \"rate\": 60}]", "[]"), "segments: Empty"),
        (header("100,", "1340,") + "\n0,22,0\n", "TooHot"),
        (format!("{good}\n0,22\n"), "line 2: expected t_s,temp_c,fault"),
        (format!("{good}\n0,22,2\n"), "line 2: expected"),
        (format!("{good}\n0,nan,0\n"), "line 2: NaN °C is no temperature"),
        (format!("{good}\n-1,22,0\n"), "line 2: -1 s is no time"),
        (format!("{good}\n1,22,0\n1,22,0\n"), "line 3: time does not go on"),
    ];
    for (input, said) in cases {
        let mut child = pipe().spawn().unwrap();
        // It may have gone away before it has read everything: its answer is what counts.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        let mut errors = String::new();
        child.stderr.take().unwrap().read_to_string(&mut errors).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(2), "{input}: {errors}");
        assert!(errors.contains(said), "{input}: {errors}");
    }
}
