//! Resets of the chip: what goes on, what does not, and what is remembered.

use crate::bench::{Bench, climb, minutes};
use kiln_control::{Reset, Settings};
use kiln_core::command::{Command, Outcome};
use kiln_core::event::Event;
use kiln_core::fault::Kind;
use kiln_core::regulate::RegulatorSettings;
use kiln_core::restart::Application;
use kiln_core::sensor::ChipFault;
use kiln_core::snapshot::Phase;
use kiln_core::units::Millis;

#[test]
fn a_firing_goes_on_within_two_seconds_of_a_reset() {
    let mut bench = Bench::at(20.0).firing();
    bench.run(minutes(10));
    let (target, elapsed) = bench.look(|seen| (seen.target.unwrap().get(), seen.run.unwrap().elapsed));
    bench.reset(Reset::Watchdog);
    assert!(!bench.is_on(), "off is the reset state");
    bench.run(2000);
    let (after, gone) = bench.look(|seen| (seen.target.unwrap().get(), seen.run.unwrap().elapsed));
    assert_eq!(bench.phase(), Phase::Running);
    assert!((after - target).abs() < 1.0, "{target} {after}");
    assert!(gone.get().abs_diff(elapsed.get()) <= 3000, "{elapsed:?} {gone:?}");
    bench.until_on();
    assert!(bench.events().iter().any(|event| matches!(event, Event::Resumed { step: 0 })));
}

#[test]
fn power_that_comes_back_goes_on_with_nothing() {
    for reset in [Reset::Power, Reset::Asked] {
        let mut bench = Bench::at(20.0).firing();
        bench.reset(reset);
        assert_eq!((bench.longest_on(minutes(2)), bench.phase()), (0, Phase::Idle), "{reset:?}");
    }
}

#[test]
fn what_the_regulator_has_learned_survives() {
    let mut bench = Bench::at(1000.0).firing_to(1295);
    bench.run(minutes(10));
    let before = bench.runner.controller().regulator().integral();
    bench.reset(Reset::Watchdog);
    bench.run(3000);
    let after = bench.runner.controller().regulator().integral();
    assert!((after - before).abs() < 0.15 * before, "{before} {after}");
}

#[test]
fn what_was_learned_of_the_kiln_survives_a_reset() {
    let pid = *Settings::DELIVERED.regulator.pid();
    let settings = Settings { regulator: RegulatorSettings::Adaptive(pid), ..Settings::DELIVERED };
    let mut bench = Bench::with(20.0, settings).firing();
    let known = |bench: &Bench| bench.runner.controller().regulator().known().unwrap();
    let prior = known(&bench).numbers().holding_duty(600.0);
    bench.run(minutes(30));
    let learned = known(&bench).numbers().holding_duty(600.0);
    assert!((learned - prior).abs() > 0.02 * prior, "something was learned: {prior} {learned}");
    bench.reset(Reset::Watchdog);
    let after = known(&bench).numbers().holding_duty(600.0);
    assert!((after - learned).abs() < 0.005 * learned, "{learned} {after}");
}

#[test]
fn three_resets_of_the_loop_in_half_an_hour_latch_and_stay_latched() {
    let mut bench = Bench::at(20.0).firing();
    for _ in 0..2 {
        bench.reset(Reset::Watchdog);
        bench.run(minutes(5));
        assert_eq!(bench.phase(), Phase::Running);
    }
    bench.reset(Reset::Watchdog);
    assert_eq!((bench.longest_on(minutes(2)), bench.phase()), (0, Phase::Error));
    assert_eq!(bench.look(|seen| seen.fault.map(|fault| fault.kind())), Some(Kind::KeepsResetting));
    bench.reset(Reset::Asked);
    bench.run(3000);
    assert_eq!(bench.phase(), Phase::Error, "asking for a reset clears nothing");
    assert_eq!(bench.done(Command::ClearError), Outcome::Done);
}

#[test]
fn rare_resets_of_the_loop_do_not_latch() {
    let mut bench = Bench::at(20.0).firing();
    for _ in 0..5 {
        bench.run(minutes(16));
        bench.reset(Reset::Watchdog);
        bench.run(3000);
        assert_eq!(bench.phase(), Phase::Running);
    }
}

#[test]
fn a_latched_fault_and_its_evidence_survive_a_reset() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.chip.set_faults(ChipFault::OPEN);
    bench.run(minutes(1));
    assert_eq!(bench.phase(), Phase::Error);
    let evidence = *bench.runner.controller().black_box();
    bench.kiln.chip.set_faults(0);
    bench.reset(Reset::Watchdog);
    bench.run(3000);
    assert_eq!(bench.look(|seen| seen.fault.map(|fault| fault.kind())), Some(Kind::SensorLost));
    assert_eq!(*bench.runner.controller().black_box(), evidence);
    assert_eq!(bench.longest_on(minutes(1)), 0);
}

#[test]
fn a_dead_application_never_ends_a_firing() {
    let mut bench = Bench::at(20.0).firing();
    for round in 0..5 {
        let silent_at = bench.now();
        bench.kiln.link.set_beats(Some(round));
        while bench.kiln.watchdog.bitten_at().is_none() {
            bench.slot();
            assert!(bench.now().since(silent_at) < Millis::from_seconds(95), "the reset comes");
        }
        let bitten = bench.kiln.watchdog.bitten_at().unwrap().since(silent_at).seconds();
        assert!((89.0..=93.0).contains(&bitten), "{bitten}");
        assert_eq!(bench.phase(), Phase::Running, "until then it goes on alone");
        bench.reset(Reset::Watchdog);
        bench.kiln.link.set_beats(None);
        bench.run(3000);
        assert_eq!(bench.phase(), Phase::Running, "round {round}");
        let comes_up = if round == 0 { Application::Whole } else { Application::Minimal };
        assert_eq!(bench.runner.application(), comes_up, "round {round}");
    }
    bench.done(Command::Stop);
    bench.run(2000);
    assert_eq!(bench.done(Command::Run(climb(200, 100))), Outcome::Done);
    bench.reset(Reset::Watchdog);
    assert_eq!(bench.runner.application(), Application::Whole, "the next firing begins with a whole one");
}

#[test]
fn going_on_alone_is_told_once() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.link.set_beats(Some(7));
    bench.run(60_000);
    let told = |event: &&Event| matches!(event, Event::Faulted(fault) if fault.kind() == Kind::ApplicationSilent);
    assert_eq!(bench.events().iter().filter(told).count(), 1);
}
