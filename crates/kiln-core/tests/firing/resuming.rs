//! Firings that were cut off and go on.

use crate::toy::{Toy, hold, profile, ramp};
use kiln_core::command::{Command, Outcome, ResumePoint};
use kiln_core::event::Waiting;
use kiln_core::profile::Profile;
use kiln_core::units::{Celsius, Millis};

fn three_steps() -> Profile {
    profile(&[ramp(300, 100), hold(300, 60), ramp(600, 200)])
}

fn resume(at: f64, minutes: u64, step: Option<usize>, last: i16) -> Toy {
    let mut toy = Toy::at(at);
    toy.second();
    let (temperature, found) = (Some(Celsius::whole(last)), Celsius::new(at));
    let point = ResumePoint { elapsed: Millis::from_minutes(minutes), step, temperature, found, work: None };
    assert_eq!(toy.ask(&Command::Resume(three_steps(), point)), Outcome::Done);
    toy
}

/// The steepest rise of the set-point over the next minutes, °C/h.
fn steepest(toy: &mut Toy, minutes: u32) -> f64 {
    toy.second();
    let mut last = toy.target.unwrap();
    let mut steepest: f64 = 0.0;
    for _ in 0..minutes * 60 {
        toy.second();
        let target = toy.target.unwrap();
        steepest = steepest.max((target - last) * 3600.0);
        last = target;
    }
    steepest
}

#[test]
fn a_ramp_goes_on_from_where_the_kiln_is_at_its_own_rate() {
    let mut toy = resume(180.0, 120, Some(0), 220);
    let rate = steepest(&mut toy, 30);
    assert!(rate <= 101.0, "{rate}");
    toy.expect(&["resume 0"]);
}

#[test]
fn a_hold_is_reheated_at_the_rate_that_led_to_it_and_keeps_what_is_left() {
    // 168 min to 300 °C nominally, 20 minutes into the hold.
    let mut toy = resume(270.0, 188, Some(1), 300);
    let rate = steepest(&mut toy, 10);
    assert!(rate <= 101.0, "{rate}");
    assert_eq!((toy.view().waiting, toy.view().reheating), (Some(Waiting::Reheating), Some(Celsius::whole(300))));
    let left = toy.view().remaining - 90.0 * 60.0;
    assert!((2399.0..=2401.0).contains(&left), "{left}");
    toy.until("reheated", 60);
    let start = toy.now;
    toy.until("step 2", 120);
    let held = toy.now.since(start).seconds();
    assert!((2395.0..=2405.0).contains(&held), "{held}");
}

#[test]
fn incident_a_hold_was_cut_short_when_step_and_clock_did_not_belong_together() {
    // The clock says half way through the first ramp, the log says the hold: the hold counts from its start.
    let mut toy = resume(300.0, 80, Some(1), 300);
    toy.second();
    let left = toy.view().remaining - 90.0 * 60.0;
    assert!((3598.0..=3600.0).contains(&left), "{left}");
}

#[test]
fn without_a_step_the_clock_says_where() {
    let mut toy = resume(400.0, 168 + 60 + 30, None, 400);
    toy.second();
    assert_eq!(toy.view().step, 2);
    let rate = steepest(&mut toy, 10);
    assert!(rate <= 201.0, "{rate}");
}

#[test]
fn a_step_beyond_the_profile_is_its_last() {
    let mut toy = resume(400.0, 10, Some(7), 400);
    toy.second();
    assert_eq!(toy.view().step, 2);
}
