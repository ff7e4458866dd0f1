//! Profiles from start to end.

use crate::toy::{Toy, cool, full, hold, ramp};
use kiln_core::event::Waiting;
use kiln_core::firing::{Rules, State};

#[test]
fn a_profile_goes_step_by_step_to_its_end() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(200, 300), hold(200, 10), ramp(150, 30), cool(Some(100))]).minutes(600);
    toy.expect(&["start 0", "step 1", "holdreached", "step 2", "step 3", "completed"]);
    assert!(matches!(toy.firing.state(), State::Complete(_)));
}

#[test]
fn a_hold_lasts_its_time_from_when_its_temperature_is_reached() {
    let mut toy = Toy::at(20.0);
    toy.run(&[hold(200, 30)]).minutes(1);
    assert_eq!(toy.view().waiting, Some(Waiting::Arriving));
    toy.until("holdreached", 200);
    let reached = toy.now;
    toy.until("completed", 200);
    let held = toy.now.since(reached).seconds();
    assert!((1799.0..=1802.0).contains(&held), "{held}");
}

#[test]
fn incident_a_hold_counted_from_its_entry_and_never_reached_its_temperature() {
    for (rules, peak_least) in [(Rules::SHIPPING, 199.0), (Rules::REFERENCE, 50.0)] {
        let mut toy = Toy { rules, ..Toy::at(20.0) };
        toy.run(&[hold(200, 5)]).minutes(4);
        let mut peak: f64 = 0.0;
        for _ in 0..200 * 60 {
            toy.second();
            peak = peak.max(toy.at);
        }
        assert!(peak >= peak_least && (peak < 120.0) == (rules == Rules::REFERENCE), "{peak}");
    }
}

#[test]
fn ramps_of_one_direction_lead_on_without_a_stop() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(100, 100), ramp(200, 200), hold(200, 1)]);
    toy.second();
    let mut last = toy.target.unwrap();
    let mut still = 0;
    for _ in 0..75 * 60 {
        toy.second();
        let target = toy.target.unwrap();
        still += u32::from(target - last < 100.0 / 3600.0 * 0.9);
        last = target;
    }
    assert!(still <= 1, "one second may be lost at the corner: {still}");
}

#[test]
fn a_ramp_waits_for_the_kiln_before_a_hold() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(100, 400), hold(100, 5)]).until("step 1", 60);
    assert!(toy.at >= 99.0, "{}", toy.at);
}

#[test]
fn a_full_ramp_asks_for_its_target_at_once() {
    let mut toy = Toy::at(20.0);
    toy.run(&[full(300), hold(300, 5)]).minutes(1);
    assert_eq!(toy.target, Some(300.0));
    toy.minutes(120);
    toy.expect(&["start 0", "step 1", "holdreached", "completed"]);
}

#[test]
fn an_open_cooling_ends_when_the_kiln_can_be_opened() {
    let mut toy = Toy::at(200.0);
    toy.run(&[hold(200, 0), cool(None)]).until("completed", 600);
    assert!((59.0..=60.0).contains(&toy.at), "{}", toy.at);
}

#[test]
fn a_controlled_cooling_starts_hot_from_its_first_step() {
    let mut toy = Toy::at(380.0);
    toy.run(&[ramp(300, 50), hold(300, 10), ramp(100, 50)]).minutes(5);
    toy.expect(&["start 0"]);
    let target = toy.target.unwrap();
    assert!((370.0..380.0).contains(&target), "{target}");
}

#[test]
fn incident_a_reheat_cut_off_by_an_error_lived_on_in_the_next_run() {
    use kiln_core::command::{Command, Outcome, ResumePoint};
    use kiln_core::fault::Fault;
    use kiln_core::units::{Celsius, Millis};
    let mut toy = Toy { rules: Rules::REFERENCE, ..Toy::at(100.0) };
    toy.second();
    let (temperature, found) = (Some(Celsius::whole(300)), Some(Celsius::whole(100)));
    let point = ResumePoint { elapsed: Millis::from_minutes(5), step: Some(0), temperature, found, work: None };
    let profile = crate::toy::profile(&[hold(300, 60)]);
    assert_eq!(toy.ask(&Command::Resume(profile, point)), Outcome::Done);
    toy.second();
    assert!(toy.view().reheating.is_some());
    toy.firing.fail(Fault::OutputFailed, toy.now, &mut toy.events);
    assert_eq!(toy.ask(&Command::Run(profile)), Outcome::Done);
    assert_eq!(toy.view().reheating, None);
}
