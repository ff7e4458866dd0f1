//! Holds that wait for a cone, and the heat work of a firing.

use crate::toy::{Toy, full, hold, hold_cone, profile, ramp};
use kiln_core::command::{Command, Outcome, Refusal, ResumePoint, TimeChange};
use kiln_core::cone::{Certainty, Cone, HeatWork, KeptWork, Reached};
use kiln_core::firing::Firing;
use kiln_core::profile::Step;
use kiln_core::units::{Celsius, Kelvin, Millis};

fn reached(toy: &Toy) -> Reached {
    toy.view().reached.unwrap()
}

/// Fires `steps` from 1000 °C until the hold counts.
fn holding(steps: &[Step]) -> Toy {
    let mut toy = Toy::at(1000.0);
    toy.run(steps).until("holdreached", 400);
    toy
}

/// Seconds until something has been told.
fn seconds_until(toy: &mut Toy, word: &str, minutes: u32) -> f64 {
    let from = toy.now;
    toy.until(word, minutes);
    toy.now.since(from).seconds()
}

/// The climb to a hold for cone 6, and what follows.
fn to_cone_6(target: i16, longest: u64) -> [Step; 3] {
    [ramp(target, 60), hold_cone(target, "6", longest), full(1000)]
}

#[test]
fn a_hold_ends_when_its_cone_falls_and_says_so() {
    let mut toy = holding(&to_cone_6(1205, 60));
    assert!(reached(&toy).cones_past(Cone::named("6").unwrap()) < 0.0, "{:?}", reached(&toy));
    let left = toy.view().remaining;
    let held = seconds_until(&mut toy, "step 2", 60);
    assert!((600.0..1800.0).contains(&held), "{held} s");
    toy.expect(&["start 0", "step 1", "holdreached", "cone 6 fell", "step 2"]);
    // What was said to be left: the time to the cone, then 205 °C down at 100 °C/h.
    assert!((left - held - 2.05 * 3600.0).abs() < 60.0, "{left} s were left, {held} s held");
    toy.minutes(1);
    assert_eq!((reached(&toy).cone.name(), reached(&toy).certainty), ("6", Certainty::Verified));
}

#[test]
fn a_hold_too_cool_for_its_cone_gives_up_at_its_longest_time_and_says_so() {
    let mut toy = holding(&to_cone_6(1150, 20));
    let held = seconds_until(&mut toy, "step 2", 60);
    assert!((1199.0..=1202.0).contains(&held), "{held} s");
    toy.expect(&["start 0", "step 1", "holdreached", "cone 6 still up", "step 2"]);
}

#[test]
fn a_cone_that_falls_on_the_way_there_ends_the_hold_before_it_began() {
    let mut toy = Toy::at(1000.0);
    toy.run(&[hold_cone(1210, "04", 60), full(900)]).until("step 1", 200);
    toy.expect(&["start 0", "cone 04 fell", "step 1"]);
    assert!((1060.0..1150.0).contains(&toy.at), "{} °C", toy.at);
}

#[test]
fn a_hold_goes_on_after_a_reset_with_the_heat_work_it_had() {
    let steps = to_cone_6(1205, 60);
    let whole = seconds_until(&mut holding(&steps), "step 2", 60);
    let mut toy = holding(&steps);
    toy.minutes(5);
    let (kept, before) = (toy.firing.checkpoint().unwrap(), reached(&toy));
    toy.firing = Firing::new();
    toy.firing.restore(&toy.rules, &kept, toy.now, &mut toy.events);
    toy.second();
    assert!((reached(&toy).cones_past(before.cone) - before.beyond).abs() < 0.05, "{before:?}");
    let rest = seconds_until(&mut toy, "step 2", 60);
    assert!((rest + 300.0 - whole).abs() < 15.0, "{rest} s after five minutes, {whole} s without a reset");
    toy.expect(&["start 0", "step 1", "holdreached", "resume 1", "cone 6 fell", "step 2"]);
}

/// Resumed a minute into the hold after an outage, with the heat work of the log or without.
fn after_an_outage(work: Option<KeptWork>) -> Toy {
    let mut toy = Toy::at(1205.0);
    toy.second();
    let at = Some(Celsius::whole(1205));
    let steps = to_cone_6(1205, 30);
    let elapsed = Millis::from_seconds_f64(profile(&steps).begins(1)).unwrap() + Millis::from_minutes(1);
    let point = ResumePoint { elapsed, step: Some(1), temperature: at, found: at, work };
    assert_eq!(toy.ask(&Command::Resume(profile(&steps), point)), Outcome::Done);
    toy
}

#[test]
fn after_an_outage_the_heat_work_of_the_log_counts_and_without_it_all_is_an_estimate() {
    let mut work = HeatWork::NONE;
    (1000..1205).for_each(|celsius| work.add(Celsius::whole(celsius), Millis::from_minutes(1)));
    let mut toy = after_an_outage(Some(work.kept()));
    let held = seconds_until(&mut toy, "step 2", 60);
    assert!((600.0..1740.0).contains(&held), "{held} s");
    toy.expect(&["resume 1", "cone 6 fell", "step 2"]);
    let mut toy = after_an_outage(None);
    toy.minutes(5);
    assert_eq!(reached(&toy).certainty, Certainty::Estimate);
    let held = seconds_until(&mut toy, "step 2", 60);
    assert!((held - 24.0 * 60.0).abs() < 3.0, "{held} s");
    toy.expect(&["resume 1", "cone 6 still up", "step 2"]);
}

#[test]
fn ware_feels_a_pause() {
    let mut toy = holding(&to_cone_6(1205, 60));
    let before = reached(&toy).cones_past(Cone::named("6").unwrap());
    assert_eq!(toy.ask(&Command::Pause), Outcome::Done);
    toy.minutes(50);
    let after = reached(&toy).cones_past(Cone::named("6").unwrap());
    assert!(before < 0.0 && after > 0.0, "{before}, then {after}");
    assert_eq!(toy.ask(&Command::Unpause), Outcome::Done);
    toy.second();
    assert_eq!(toy.told.last().map(String::as_str), Some("step 2"));
}

#[test]
fn the_longest_time_and_the_temperature_can_be_changed_on_the_way() {
    let mut toy = holding(&to_cone_6(1150, 20));
    let longer = |minutes| Command::AddTime(TimeChange::Longer(Millis::from_minutes(minutes)));
    let shorter = |minutes| Command::AddTime(TimeChange::Shorter(Millis::from_minutes(minutes)));
    assert_eq!(toy.ask(&longer(168 * 60)), Outcome::Refused(Refusal::OutOfRange));
    assert_eq!(toy.ask(&longer(10)), Outcome::Done);
    toy.minutes(25);
    assert_eq!(toy.view().step, 1);
    assert_eq!(toy.ask(&shorter(60)), Outcome::Done);
    toy.second();
    assert_eq!(toy.view().step, 2);
    let mut toy = holding(&to_cone_6(1170, 60));
    assert_eq!(toy.ask(&Command::AddDegrees(Kelvin::whole(45))), Outcome::Done);
    toy.until("step 2", 90);
    assert!(toy.told.iter().any(|told| told == "cone 6 fell"), "{:?}", toy.told);
    assert!((1195.0..1220.0).contains(&toy.at), "{} °C", toy.at);
}

#[test]
fn every_firing_tells_how_far_it_has_come() {
    let mut toy = Toy::at(400.0);
    toy.run(&[ramp(700, 100), hold(700, 5)]).minutes(1);
    assert_eq!(toy.view().reached, None);
    toy.until("completed", 400);
    let so_far = reached(&toy);
    let near = ["019", "018"].contains(&so_far.cone.name());
    assert!(near, "a climb at 100 °C/h to 700 °C: {so_far:?}");
}
