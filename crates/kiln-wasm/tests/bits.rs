//! The page and the controller compute the same bits.
//!
//! `bits.json` is a list of questions with the bits of their answers. Here it is held against this computer's build, in
//! `app/unit/compute/bits.test.ts` against the file the page loads. `UPDATE_BITS=1` writes it anew.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test")]

use std::{env, fs};

use kiln_wasm::{Answer, Machine, Ordered};
use serde::{Deserialize, Serialize};

/// One question, and its answer.
#[derive(Deserialize, Serialize, Clone, PartialEq, Debug)]
struct Asked {
    ask: String,
    /// What is put into memory before it; null is no number.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    figures: Vec<Option<f64>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    arguments: Vec<f64>,
    answer: u32,
    /// How many numbers were answered.
    count: usize,
    /// The bits of the first few, hexadecimal.
    first: Vec<String>,
    /// FNV-1a over the bits of all of them, the lowest byte of each first.
    digest: String,
}

const PATH: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bits.json");
const FIRST: usize = 12;

fn ask(machine: &mut Machine, name: &str, figures: &[f64], arguments: &[f64]) -> Answer {
    match (name, arguments) {
        ("read_profile", []) => machine.read_profile(figures),
        ("write_profile", []) => machine.write_profile(),
        ("plan", [start]) => machine.plan(*start),
        ("plan_work", [start]) => machine.plan_work(*start),
        ("pull", [step, seconds, celsius, start]) => machine.pull(*step, *seconds, *celsius, *start),
        ("cone_falls", [cone, rate]) => machine.cone_falls(*cone, *rate),
        ("cone_profile", [cone, ware, speed]) => machine.cone_profile(*cone, *ware, *speed),
        ("read_log", [window]) => machine.read_log(figures, *window),
        ("log_work", []) => machine.log_work(figures),
        ("fit", []) => machine.fit(),
        ("beside", []) => machine.beside(),
        ("swing", []) => machine.swing(),
        ("gains", [rule, pace, gain, tau, dead]) => machine.gains(*rule, *pace, [*gain, *tau, *dead]),
        ("relay_gains", [gain, period]) => machine.relay_gains(*gain, *period),
        ("keep_kiln", []) => machine.keep_kiln(),
        ("recall_kiln", []) => machine.recall_kiln(figures),
        ("fire", []) => machine.fire(&Ordered::of(figures).unwrap()),
        other => panic!("{other:?}"),
    }
}

fn digest(numbers: &[f64]) -> u64 {
    let bytes = numbers.iter().flat_map(|number| number.to_bits().to_le_bytes());
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// NaN has many bits; which one comes out is nobody's promise.
fn plain(numbers: &[f64]) -> Vec<f64> {
    numbers.iter().map(|number| if number.is_nan() { f64::NAN } else { *number }).collect()
}

fn answer(machine: &mut Machine, asked: &Asked) -> Asked {
    let figures: Vec<f64> = asked.figures.iter().map(|figure| figure.unwrap_or(f64::NAN)).collect();
    let answer = match ask(machine, &asked.ask, &figures, &asked.arguments) {
        Answer::Done => 0,
        Answer::Refused => 1,
        Answer::Nothing => 2,
        Answer::DoesNotFit => 3,
    };
    let numbers = if answer < 2 { plain(machine.numbers()) } else { Vec::new() };
    let first = numbers.iter().take(FIRST).map(|number| format!("{:016x}", number.to_bits())).collect();
    Asked { answer, count: numbers.len(), first, digest: format!("{:016x}", digest(&numbers)), ..asked.clone() }
}

fn question(ask: &str, figures: &[f64], arguments: &[f64]) -> Asked {
    let figures = figures.iter().map(|figure| (!figure.is_nan()).then_some(*figure)).collect();
    let (ask, arguments, digest) = (ask.to_owned(), arguments.to_vec(), String::new());
    Asked { ask, figures, arguments, answer: 0, count: 0, first: Vec::new(), digest }
}

const NONE: f64 = f64::NAN;
/// A bisque to cone 04 with a hold for the cone, a controlled cooling and an open end.
const BISQUE: [f64; 24] = [
    0.0, 120.0, 60.0, NONE, 2.0, 120.0, 3600.0, NONE, 0.0, 600.0, 108.0, 20.0, 1.0, 1000.0, NONE, NONE, 3.0, 1046.0,
    1800.0, 18.0, 4.0, 100.0, NONE, NONE,
];
/// A profile that a kiln can be tried on in a moment.
const SHORT: [f64; 12] = [0.0, 200.0, 200.0, NONE, 2.0, 200.0, 1800.0, NONE, 0.0, 150.0, 100.0, NONE];

/// A kiln of 2 °C/% and 300 s behind 30 s, stepped about; rows every 5 s, rounded as a log is.
fn log() -> Vec<f64> {
    let (mut rise, mut rows) = (0.0, Vec::new());
    let power = |at: u32| if at % 1200 < 600 { 40.0 } else { 5.0 };
    for second in 0..3000_u32 {
        if second.is_multiple_of(5) {
            let celsius = (22.0_f64 + rise).mul_add(100.0, 0.5).floor() / 100.0;
            rows.extend([f64::from(second), celsius, power(second), 0.0]);
        }
        rise += (2.0 * second.checked_sub(30).map_or(0.0, power) - rise) / 300.0;
    }
    rows
}

/// A relay test: six swings.
fn swings() -> Vec<f64> {
    let (mut celsius, mut rows) = (140.0, Vec::new());
    for second in 0..1200_u32 {
        let on = second % 200 < 80;
        celsius += if on { 0.15 } else { -0.1 };
        rows.extend([f64::from(second), celsius, if on { 100.0 } else { 0.0 }, 1.0]);
    }
    rows
}

fn questions() -> Vec<Asked> {
    let mut all = vec![
        question("plan", &[], &[20.0]),
        question("read_profile", &[], &[]),
        question("read_profile", &[0.0, 2000.0, 60.0, NONE], &[]),
        question("read_profile", &[2.0, 100.0, 60.0, NONE, 0.0, 200.0, 0.5, NONE], &[]),
        question("read_profile", &BISQUE, &[]),
        question("write_profile", &[], &[]),
    ];
    all.extend([20.0, 33.3, 700.0].map(|start| question("plan", &[], &[start])));
    all.extend([20.0, 500.0].map(|start| question("plan_work", &[], &[start])));
    for (step, seconds, celsius) in [(0.0, 5000.0, 111.1), (1.0, 777.0, 95.0), (3.0, 1.0, 1100.0), (5.0, 0.0, 60.0)] {
        all.push(question("pull", &[], &[step, seconds, celsius, 20.0]));
    }
    for (cone, rate) in [(18.0, 60.0), (27.0, 99.0), (0.0, 15.0), (35.0, 60.0)] {
        all.push(question("cone_falls", &[], &[cone, rate]));
    }
    for (cone, ware, speed) in [(18.0, 0.0, 0.0), (27.0, 1.0, 2.0), (3.0, 0.0, 1.0), (34.0, 1.0, 0.0)] {
        all.push(question("cone_profile", &[], &[cone, ware, speed]));
    }
    for rule in [0.0, 1.0, 2.0, 3.0] {
        all.push(question("gains", &[], &[rule, 0.3, 3.3567, 338.0, 14.0]));
    }
    all.push(question("relay_gains", &[], &[8.5, 120.0]));
    all.push(question("read_log", &swings(), &[5.0]));
    all.extend(["swing", "fit"].map(|ask| question(ask, &[], &[])));
    all.push(question("log_work", &hot(), &[]));
    all.push(question("read_log", &log(), &[5.0]));
    all.extend(["fit", "beside", "keep_kiln"].map(|ask| question(ask, &[], &[])));
    all.push(question("read_profile", &SHORT, &[]));
    all.push(question("fire", &[25.0, 0.14, 160.0, 0.0, 25.0, 5.0, 300.0, 20.0], &[]));
    all.push(question("fire", &[25.0, 0.14, 160.0, 0.0, 25.0, 5.0, 190.0, 20.0], &[]));
    all.push(question("recall_kiln", &KEPT_BRICK, &[]));
    all.push(question("fire", &[12.5, 0.05, 40.0, 0.001, 25.0, 10.0, 1280.0, 18.5], &[]));
    all.push(question("recall_kiln", &[9.0; 14], &[]));
    all
}

/// A kiln of brick, as kept: the natural logarithms of its figures.
const KEPT_BRICK: [f64; 14] = [1.0, 460.0, 5.5, 7.7, 0.4, 5.0, -3.7, -5.8, -7.4, -5.8, -8.1, 1.1, -0.2, -6.9];

/// A climb to 1060 °C at 60 °C/h from 700 °C on, a row a minute.
fn hot() -> Vec<f64> {
    (0..360_u32).flat_map(|minute| [f64::from(minute * 60), 700.0 + f64::from(minute), 50.0, 0.0]).collect()
}

#[test]
fn this_computer_computes_the_bits_of_the_page() {
    let mut machine = Box::new(Machine::new());
    if env::var_os("UPDATE_BITS").is_some() {
        let all: Vec<Asked> = questions().iter().map(|asked| answer(&mut machine, asked)).collect();
        let lines: Vec<String> = all.iter().map(|asked| serde_json::to_string(asked).unwrap()).collect();
        fs::write(PATH, format!("[\n{}\n]\n", lines.join(",\n"))).unwrap();
        return;
    }
    let kept: Vec<Asked> = serde_json::from_str(&fs::read_to_string(PATH).unwrap()).unwrap();
    assert!(kept.len() >= 38, "{} questions", kept.len());
    for asked in &kept {
        let seen = answer(&mut machine, asked);
        assert!(seen == *asked, "{} {:?}: {seen:?}", asked.ask, asked.arguments);
    }
}
