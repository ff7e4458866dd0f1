//! What may be asked of a firing, and what it does.

use crate::toy::{Toy, cool, hold, profile, ramp};
use kiln_core::command::{Command, ManualHold, Outcome, Refusal, TimeChange, TuningMode};
use kiln_core::event::Waiting;
use kiln_core::fault::Fault;
use kiln_core::firing::{RunKind, State};
use kiln_core::limits;
use kiln_core::profile::{RampRate, Step};
use kiln_core::units::{Celsius, Instant, Kelvin, Millis};

const NO: fn(Refusal) -> Outcome = Outcome::Refused;

fn manual(target: i16, minutes: u64) -> Command {
    let time = Millis::from_minutes(minutes);
    Command::Hold(ManualHold { target: Celsius::whole(target), rate: RampRate::Full, time })
}

#[test]
fn what_is_refused_in_which_state() {
    let run = Command::Run(profile(&[ramp(200, 100)]));
    let hot = Command::Run(profile(&[ramp(1350, 100)]));
    let tune = Command::Tune(TuningMode::Safe, None);
    let mut toy = Toy::at(20.0);
    assert_eq!(toy.ask(&run), NO(Refusal::NoReading));
    toy.second();
    assert_eq!(toy.ask(&hot), NO(Refusal::TooHot));
    assert_eq!(toy.ask(&manual(1301, 5)), NO(Refusal::TooHot));
    assert_eq!(toy.ask(&manual(200, 13 * 60)), NO(Refusal::OutOfRange));
    for command in [Command::Pause, Command::Skip, Command::RenewHold, Command::AddDegrees(Kelvin::whole(5))] {
        assert_eq!(toy.ask(&command), NO(Refusal::NotRunning), "{command:?}");
    }
    assert_eq!(toy.ask(&Command::StopTuning), NO(Refusal::NotTuning));
    assert_eq!(toy.ask(&Command::ClearError), NO(Refusal::NoError));
    assert_eq!(toy.ask(&run), Outcome::Done);
    for command in [run, tune, manual(200, 5)] {
        assert_eq!(toy.ask(&command), NO(Refusal::Busy), "{command:?}");
    }
    assert_eq!(toy.ask(&Command::Unpause), NO(Refusal::NotPaused));
    assert_eq!(toy.ask(&Command::RenewHold), NO(Refusal::NotHolding));
    toy.firing.fail(Fault::OutputFailed, Instant::from_millis(0), &mut toy.events);
    for command in [run, tune, manual(200, 5)] {
        assert_eq!(toy.ask(&command), NO(Refusal::Latched), "{command:?}");
    }
    assert_eq!(toy.ask(&Command::Stop), Outcome::Done);
    assert!(matches!(toy.firing.state(), State::Error { .. }), "stop does not clear a fault");
    assert_eq!(toy.ask(&Command::ClearError), Outcome::Done);
    assert_eq!(toy.ask(&run), Outcome::Done);
}

#[test]
fn stop_and_shutdown_end_everything() {
    for command in [Command::Stop, Command::Shutdown] {
        let mut toy = Toy::at(20.0);
        toy.run(&[ramp(200, 100)]).minutes(5);
        assert_eq!(toy.ask(&command), Outcome::Done);
        toy.second();
        assert!(!toy.duty.is_on() && matches!(toy.firing.state(), State::Idle));
        toy.expect(&["start 0", "stopped"]);
    }
}

#[test]
fn incident_stopping_a_tuning_run_crashed_into_an_error() {
    for command in [Command::StopTuning, Command::Stop] {
        let mut toy = Toy::at(20.0);
        toy.second();
        assert_eq!(toy.ask(&Command::Tune(TuningMode::Standard, None)), Outcome::Done);
        toy.minutes(2);
        assert_eq!(toy.ask(&command), Outcome::Done);
        toy.second();
        assert!(matches!(toy.firing.state(), State::Idle));
        toy.expect(&["tuningstarted", "stopped"]);
    }
}

#[test]
fn a_pause_keeps_the_target_and_goes_on_where_it_was() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(300, 120), hold(300, 10)]).minutes(30);
    assert_eq!(toy.ask(&Command::Pause), Outcome::Done);
    assert_eq!(toy.ask(&Command::Pause), NO(Refusal::AlreadyPaused));
    let (target, elapsed) = (toy.target.unwrap(), toy.view().elapsed);
    toy.minutes(20);
    assert_eq!((toy.target, toy.view().elapsed, toy.view().waiting), (Some(target), elapsed, Some(Waiting::Paused)));
    assert_eq!(toy.ask(&Command::Unpause), Outcome::Done);
    toy.minutes(1);
    let after = toy.target.unwrap();
    assert!((target..target + 3.0).contains(&after), "{target} {after}");
}

#[test]
fn a_pause_nobody_ends_falls_back_to_the_bank() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(400, 300), hold(400, 60)]).until("holdreached", 200);
    toy.ask(&Command::Pause);
    toy.until("bank 150", 70);
    assert_eq!(toy.view().kind, RunKind::Bank);
    toy.minutes(6 * 60);
    let told: Vec<&str> = toy.told.iter().map(String::as_str).skip_while(|word| *word != "bank 150").collect();
    assert_eq!(told, ["bank 150", "step 2", "holdreached", "completed"]);
}

#[test]
fn a_manual_hold_nobody_renews_falls_back_to_the_bank_and_ends() {
    let mut toy = Toy::at(20.0);
    toy.second();
    assert_eq!(toy.ask(&manual(300, 30)), Outcome::Done);
    toy.until("holdreached", 100).minutes(20);
    assert_eq!(toy.ask(&Command::RenewHold), Outcome::Done);
    toy.minutes(25);
    assert_eq!((toy.view().kind, toy.target), (RunKind::Manual, Some(300.0)));
    toy.until("bank 150", 10).until("completed", 8 * 60);
    assert!(toy.at < 151.0 && matches!(toy.firing.state(), State::Complete(_)), "{:?}", toy.told);
}

#[test]
fn a_cold_manual_hold_ends_without_heating_up_to_the_bank() {
    let mut toy = Toy::at(20.0);
    toy.second();
    toy.ask(&manual(90, 10));
    let mut peak: f64 = 0.0;
    for _ in 0..200 * 60 {
        toy.second();
        peak = peak.max(toy.at);
    }
    assert!(peak < 92.0 && matches!(toy.firing.state(), State::Complete(_)), "{peak} {:?}", toy.told);
}

#[test]
fn steps_can_be_skipped_to_the_end() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(300, 100), hold(300, 60), cool(Some(100))]).minutes(1);
    for _ in 0..3 {
        assert_eq!(toy.ask(&Command::Skip), Outcome::Done);
    }
    toy.expect(&["start 0", "skipped", "step 1", "skipped", "step 2", "skipped", "completed"]);
}

#[test]
fn time_and_degrees_can_be_added_to_the_running_step() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(200, 400), hold(200, 20), cool(Some(150))]).minutes(1);
    assert_eq!(toy.ask(&Command::AddTime(TimeChange::Longer(Millis::from_minutes(1)))), NO(Refusal::NothingToChange));
    assert_eq!(toy.ask(&Command::AddDegrees(Kelvin::whole(51))), NO(Refusal::OutOfRange));
    assert_eq!(toy.ask(&Command::AddDegrees(Kelvin::whole(10))), Outcome::Done);
    assert_eq!(toy.view().in_force.target(), Some(Celsius::whole(210)));
    toy.until("holdreached", 100);
    let start = toy.now;
    assert_eq!(toy.ask(&Command::AddTime(TimeChange::Longer(Millis::from_minutes(10)))), Outcome::Done);
    toy.minutes(5);
    assert_eq!(toy.ask(&Command::AddTime(TimeChange::Shorter(Millis::from_minutes(60)))), Outcome::Done);
    toy.until("step 2", 60);
    assert!(toy.now.since(start).seconds() < 303.0, "a hold cannot be shortened below what has passed");
}

#[test]
fn adding_degrees_never_passes_the_maximum_or_changes_anything_when_refused() {
    let mut toy = Toy::at(1200.0);
    toy.full_rate = 3000.0;
    toy.run(&[hold(1280, 20)]).until("holdreached", 100);
    let before = toy.view();
    assert_eq!(toy.ask(&Command::AddDegrees(Kelvin::whole(30))), NO(Refusal::TooHot));
    assert_eq!(toy.view(), before);
}

#[test]
fn what_comes_after_the_running_step_can_be_replaced() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(200, 400), hold(200, 60), ramp(250, 100)]).minutes(1);
    assert_eq!(toy.ask(&Command::ReplaceRest(profile(&[ramp(1320, 100)]))), NO(Refusal::TooHot));
    let many = [hold(200, 1); limits::STEPS_MOST];
    assert_eq!(toy.ask(&Command::ReplaceRest(profile(&many))), NO(Refusal::OutOfRange));
    assert_eq!(toy.ask(&Command::ReplaceRest(profile(&[hold(200, 5)]))), Outcome::Done);
    assert_eq!(toy.view().steps, 2);
    toy.minutes(60);
    toy.expect(&["start 0", "changed", "step 1", "holdreached", "completed"]);
}

#[test]
fn a_hold_moved_by_hand_counts_on_once_it_is_there() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(200, 400), hold(200, 20)]).until("holdreached", 100);
    toy.minutes(10);
    assert_eq!(toy.ask(&Command::AddDegrees(Kelvin::whole(-20))), Outcome::Done);
    toy.minutes(1);
    let Step::Hold { target, .. } = toy.view().in_force else { panic!() };
    assert_eq!((target, toy.view().waiting), (Celsius::whole(180), Some(Waiting::Arriving)));
    let left = toy.view().remaining;
    assert!((540.0..=601.0).contains(&left), "{left}");
}
