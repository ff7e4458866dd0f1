//! `kiln-sim fire` as a command: exit statuses, what is refused by which name, what is written.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::indexing_slicing, reason = "a test that reaches beyond has failed")]

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use kiln_wire::log::{HEADER, Reader, State};

/// A folder of its own, gone with the test.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn file(&self, name: &str) -> String {
        self.0.join(name).display().to_string()
    }

    fn with(&self, name: &str, text: &str) -> String {
        std::fs::write(self.0.join(name), text).unwrap();
        self.file(name)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn example(name: &str) -> String {
    format!("{}/../../examples/profiles/{name}.json", env!("CARGO_MANIFEST_DIR"))
}

fn kiln_sim(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kiln-sim"));
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

fn check(words: &[&str], status: i32, said: &str) -> Output {
    let output = kiln_sim(words).output().unwrap();
    let all = [&output.stdout[..], &output.stderr[..]].concat();
    let all = String::from_utf8(all).unwrap();
    assert_eq!(output.status.code(), Some(status), "{words:?}: {all}");
    assert!(all.contains(said), "{words:?}: {all}");
    assert!(!all.contains('\u{1b}'), "{words:?}: an escape code off a terminal");
    assert!(!all.contains("panicked"), "{words:?}: {all}");
    output
}

#[test]
fn a_firing_to_the_end_is_0_and_leaves_its_log_and_picture() {
    let scratch = Scratch::new("complete");
    let (log, again) = (scratch.file("a.csv"), scratch.file("b.csv"));
    let (plot, replot) = (scratch.file("a.png"), scratch.file("b.png"));
    let bisque = example("bisque-cone-04");
    check(&["fire", &bisque, "--seed", "5", "--log", &log, "--plot", &plot], 0, "complete after 13 h");
    check(&["fire", &bisque, "--seed", "5", "--log", &again, "--plot", &replot], 0, "13:20:00");
    let text = std::fs::read_to_string(&log).unwrap();
    assert_eq!(text, std::fs::read_to_string(&again).unwrap(), "a seed gives the same log");
    assert!(text.starts_with(&format!("{HEADER}\n2026-01-01 00:00:")));
    assert_eq!(text.lines().filter(|line| line.ends_with(char::is_numeric)).count(), text.lines().count() - 1);
    assert!(text.lines().last().unwrap().contains(",COMPLETE,hold,7,8,"), "{:?}", text.lines().last());
    assert!((1600..1700).contains(&text.lines().count()), "a row every half minute: {}", text.lines().count());
    let picture = std::fs::read(&plot).unwrap();
    assert!(picture.starts_with(b"\x89PNG") && picture.len() > 50_000);
    assert!(picture == std::fs::read(&replot).unwrap(), "a seed gives the same picture");
}

#[test]
fn a_firing_that_a_fault_ends_is_1() {
    let scratch = Scratch::new("fault");
    let log = scratch.file("a.csv");
    let words = ["fire", &example("crystalline-controlled-cooling"), "--plant", "old9", "--log", &log];
    check(&words, 1, "ended by fault K-08");
    assert!(std::fs::read_to_string(&log).unwrap().lines().last().unwrap().contains(",ERROR,"));
}

#[test]
fn what_is_refused_is_2_and_named() {
    let scratch = Scratch::new("refused");
    let glaze = example("glaze-cone-6");
    let profile = |steps: &str| format!(r#"{{"format": 1, "name": "x", "steps": [{steps}]}}"#);
    let ramp = |rate: &str| profile(&format!(r#"{{"type": "ramp", "target_temp": 600, "desired_rate": {rate}}}"#));
    let bad = [
        (ramp("NaN"), "line 1"),
        (ramp("1e999"), "steps[0].desired_rate"),
        (ramp("-5"), "steps[0].desired_rate"),
        (ramp("100000"), "steps[0].desired_rate"),
        (ramp("\"fast\""), "steps[0].desired_rate"),
        (profile(""), "steps"),
        (profile(&vec![r#"{"type": "cooling"}"#; 1000].join(",")), "steps"),
        (profile(r#"{"type": "hold", "target_temp": 5}"#), "steps[0]"),
        (format!("{} x", ramp("5")), "line 1"),
        (r#"{"format": 1, "name": "x", "name": "y", "steps": []}"#.to_owned(), "name"),
        ("[".repeat(3_000_000), "line 1"),
        (String::new(), "document"),
    ];
    for (index, (document, said)) in bad.iter().enumerate() {
        let file = scratch.with(&format!("{index}.json"), document);
        check(&["fire", &file], 2, said);
    }
    check(&["fire", &scratch.file("nowhere.json")], 2, "nowhere.json");
    check(&["fire", &glaze, "--plant", "top10"], 2, "top9");
    check(&["fire", &glaze, "--plant", "glass5"], 2, "asks for 1214 °C, and glass5 must not go above 960 °C");
    for words in
        [["--seed", "-1"], ["--seed", "x"], ["--speed", "0"], ["--speed", "-5"], ["--speed", "nan"], ["--level", "bad"]]
    {
        check(&["fire", &glaze, words[0], words[1]], 2, words[0]);
    }
    check(&["fire"], 2, "PROFILE");
    check(&["bake"], 2, "bake");
}

#[test]
fn a_cone_and_a_speed_become_a_profile_that_reads_back() {
    let printed = |words: &[&str]| check(words, 0, "steps").stdout;
    let peak = |document: &[u8]| {
        let profile = kiln_wire::profile::parse(document).unwrap().profile;
        (profile.name().as_str().to_owned(), profile.peak().unwrap().get(), profile.steps().len())
    };
    let cases = [
        (&["cone", "6", "fast"][..], ("Cone 6, glaze, fast", 1236.0, 2)),
        (&["cone", "04", "slow", "--ware", "bisque"], ("Cone 04, bisque, slow", 1060.0, 5)),
    ];
    for (words, (name, peak_c, steps)) in cases {
        assert_eq!(peak(&printed(words)), (name.to_owned(), peak_c, steps));
    }
    assert!(String::from_utf8(printed(&["cone", "022", "medium"])).unwrap().contains("estimate"));
    for (words, said) in [
        (["cone", "14", "slow"], "cone 14: there is no such cone; there are 022, "),
        (["cone", "-6", "slow"], "cone -6: there is no such cone"),
        (["cone", "6", "brisk"], "brisk"),
    ] {
        check(&words, 2, said);
    }
    check(&["cone", "6", "slow", "--ware", "raku"], 2, "raku");
}

#[test]
fn a_place_that_cannot_be_written_is_3_before_anything_is_fired() {
    let (scratch, glaze) = (Scratch::new("set-up"), example("glaze-cone-6"));
    for option in ["--log", "--plot"] {
        let output = check(&["fire", &glaze, option, &scratch.file("no/such/folder/a")], 3, "no/such/folder/a");
        assert!(output.stdout.is_empty(), "{option}: nothing is fired");
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_switches_off_finishes_the_files_and_is_1() {
    let scratch = Scratch::new("interrupt");
    let (log, plot) = (scratch.file("a.csv"), scratch.file("a.png"));
    let words = ["fire", &example("glaze-cone-6"), "--speed", "3600", "--log", &log, "--plot", &plot];
    let child = kiln_sim(&words).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(1500));
    let kill = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(kill.success());
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("stopped after") && said.contains("outputs  off"), "{said}");
    let text = std::fs::read_to_string(&log).unwrap();
    assert!(text.lines().count() > 10 && text.lines().last().unwrap().contains(",IDLE,"), "{:?}", text.lines().last());
    assert!(std::fs::read(&plot).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn the_log_is_read_back_by_its_own_reader() {
    let scratch = Scratch::new("log");
    let log = scratch.file("a.csv");
    check(&["fire", &example("glass-full-fuse"), "--plant", "glass5", "--log", &log], 0, "rows");
    let text = std::fs::read_to_string(&log).unwrap();
    let read = |line: &str| Reader::Exact.row(line).unwrap_or_else(|bad| panic!("{line}: {bad}")).state;
    let states: Vec<State> = text.lines().skip(1).map(read).collect();
    assert_eq!((states[0], states[states.len() - 1]), (State::Running, State::Complete));
}
