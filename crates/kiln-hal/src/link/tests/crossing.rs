//! What is taken apart is put together the same, and no words make anything give up.

use super::super::packed::MODES;
use super::super::words::Packed;
use super::dice::{Dice, Random, packed, unpacked};
use core::fmt::Debug;
use kiln_core::command::{Command, CommandId, Request, TuningMode};
use kiln_core::profile::{Name, Profile, RampRate, Step};
use kiln_core::report::Report;
use kiln_core::restart::Remembered;
use kiln_core::settings::Published;
use kiln_core::snapshot::Snapshot;
use kiln_core::tune::{self, Plan};
use kiln_core::units::{Celsius, CelsiusPerHour};
use std::vec::Vec;

/// Fewer where each one is slow.
const CASES: u64 = if cfg!(miri) { 4 } else { 20_000 };

/// Throws values and lets them cross; every form of every type in them must have come up.
fn check<T: Packed + PartialEq + Debug>(seed: u64) {
    let mut dice = Dice::new(seed);
    let mut longest = 0;
    for case in 0..CASES {
        let value: T = dice.throw();
        let words = packed(&value);
        assert!(words.len() <= T::WORDS, "case {case}: {} words of at most {}", words.len(), T::WORDS);
        longest = longest.max(words.len());
        assert_eq!(unpacked::<T>(&words).as_ref(), Some(&value), "case {case}");
        assert_eq!(unpacked::<T>(&words[..words.len() - 1]), None, "case {case}: cut off");
    }
    if !cfg!(miri) {
        assert_eq!(
            dice.possible.difference(&dice.given).collect::<Vec<_>>(),
            Vec::<&(&str, u32)>::new(),
            "never thrown"
        );
    }
    std::println!("{}: {longest} of {} words in {CASES} cases", core::any::type_name::<T>(), T::WORDS);
}

#[test]
fn every_request_arrives_as_it_was_asked() {
    check::<Request>(1);
}

#[test]
fn every_snapshot_arrives_as_it_was_told() {
    check::<Snapshot>(2);
}

#[test]
fn every_setting_arrives_as_it_was_published() {
    check::<Published>(9);
}

#[test]
fn every_report_arrives_as_it_was_told() {
    check::<Report>(13);
}

#[test]
fn what_is_kept_for_after_a_reset_comes_back_as_it_was() {
    check::<Remembered>(10);
}

/// Random words, and good words with some of them changed: nothing panics, and what comes out can go in again.
fn check_junk<T: Packed + PartialEq + Debug>(seed: u64) {
    let (mut dice, mut random) = (Dice::new(seed), Random(!seed));
    let mut taken = 0;
    let mut words = Vec::new();
    for case in 0..5 * CASES {
        if case % 2 == 0 {
            words = (0..T::WORDS).map(|_| random.word() >> random.up_to(31)).collect();
        } else {
            if case % 50 == 1 {
                words = packed(&dice.throw::<T>());
            }
            let at = random.up_to(u32::try_from(words.len()).expect("few") - 1);
            words[usize::try_from(at).expect("small")] = random.word() >> random.up_to(31);
        }
        if let Some(value) = unpacked::<T>(&words) {
            taken += 1;
            let again = unpacked::<T>(&packed(&value)).expect("it was one");
            assert_eq!(packed(&again), packed(&value), "case {case}");
        }
    }
    std::println!("{}: {taken} of {} junk blocks are values by chance", core::any::type_name::<T>(), 5 * CASES);
}

#[test]
fn junk_never_gives_up_and_never_brings_what_could_not_go_in() {
    check_junk::<Request>(3);
    check_junk::<Snapshot>(4);
    check_junk::<Published>(11);
}

#[test]
fn figures_out_of_range_are_no_values() {
    let step = Step::Ramp { target: Celsius::whole(100), rate: RampRate::Full, min_rate: None };
    let profile = Profile::new(Name::new("A").expect("a name"), &[step]).expect("a profile");
    let words = packed(&Request { id: CommandId(7), command: Command::Run(profile) });
    assert_eq!(words.len(), 2 + 1 + 2 + 1 + 1 + 2, "id twice, Run, name, count of steps, step, target");
    assert!(unpacked::<Request>(&words).is_some());
    let high = |value: f64| u32::try_from(value.to_bits() >> 32).expect("32 bits");
    let cases = [
        (2, 18, "no such command"),
        (3, 0, "a name of no letters"),
        (3, 65, "a name too long"),
        (4, 0x0A, "a control character"),
        (4, 0xFF, "no text"),
        (5, 0, "no steps"),
        (5, 33, "too many steps"),
        (6, 8, "no such step"),
        (8, high(f64::NAN), "no number"),
        (8, high(1400.0), "hotter than the ceiling"),
        (8, high(-1.0), "colder than a target may be"),
    ];
    for (at, word, why) in cases {
        let mut changed = words.clone();
        changed[at] = word;
        assert_eq!(unpacked::<Request>(&changed), None, "{why}");
    }
}

#[test]
fn every_label_of_every_mode_crosses() {
    let numbered: Vec<TuningMode> = (0..).map_while(|number| unpacked(&[number])).collect();
    assert_eq!(numbered, MODES, "the list of modes is the list of modes");
    let plans = MODES.into_iter().flat_map(|mode| [Some(Plan::shipping(mode)), Plan::reference(mode)]);
    for step in plans.flatten().flat_map(|plan| plan.steps) {
        assert_eq!(unpacked::<tune::plan::Step>(&packed(step)).as_ref(), Some(step));
    }
    let stranger = tune::plan::Step { label: "stranger", ..Plan::shipping(TuningMode::Safe).steps[0] };
    let arrived: tune::plan::Step = unpacked(&packed(&stranger)).expect("a step all the same");
    assert_eq!((arrived.label, arrived.kind), ("unknown", stranger.kind));
}

/// The figures of docs/hardware/link.md: how much memory a board has to give.
#[test]
fn sizes() {
    let rate = CelsiusPerHour::whole(1);
    let step = Step::Ramp { target: Celsius::whole(1), rate: RampRate::PerHour(rate), min_rate: Some(rate) };
    assert_eq!(packed(&step).len(), Step::WORDS, "the longest step");
    std::println!("request {} words, snapshot {} words", Request::WORDS, Snapshot::WORDS);
    std::println!("link of 2 slots {} bytes", size_of::<super::super::Link<2>>());
    std::println!("link of 4 slots {} bytes", size_of::<super::super::Link<4>>());
    std::println!("kept {} bytes", size_of::<super::super::Kept>());
}
