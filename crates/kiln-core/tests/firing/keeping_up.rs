//! Kilns that cannot keep up: waiting, adapting, standing still.

use crate::toy::{Toy, full, hold, ramp};
use kiln_core::event::Waiting;
use kiln_core::firing::rules::{AdaptRule, WaitRule};
use kiln_core::firing::{Rules, State};
use kiln_core::profile::{RampRate, Step};
use kiln_core::units::{Celsius, CelsiusPerHour, Kelvin, Millis};

#[test]
fn the_clock_waits_for_a_kiln_that_is_behind_and_says_so() {
    let mut toy = Toy::at(20.0).with_full_rate(200.0);
    toy.run(&[ramp(150, 250), hold(150, 5)]).minutes(25);
    toy.expect(&["start 0", "fellbehind"]);
    let mut waiting = 0;
    for _ in 0..60 {
        toy.second();
        waiting += u32::from(toy.view().waiting == Some(Waiting::Behind));
    }
    assert!((5..55).contains(&waiting), "now and then it waits: {waiting}");
    assert!(toy.target.unwrap() - toy.at < 5.0, "{:?} at {}", toy.target, toy.at);
}

#[test]
fn waiting_is_bounded_in_each_step() {
    let mut toy = Toy::at(20.0).with_full_rate(200.0);
    toy.rules.adapt = None;
    toy.run(&[ramp(400, 190), hold(400, 5)]);
    let mut waited = 0;
    for _ in 0..150 * 60 {
        toy.second();
        waited += u64::from(toy.view().waiting == Some(Waiting::Behind));
    }
    assert!((1795..=1801).contains(&waited), "{waited}");
}

#[test]
fn noise_alone_never_freezes_the_clock() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(500, 100), hold(500, 5)]);
    let mut state: u64 = 7;
    for _ in 0..120 * 60 {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let noise = f64::from(u32::try_from(state >> 33).unwrap()) / f64::from(u32::MAX >> 1) - 0.5;
        let true_at = toy.at;
        toy.at += 6.0 * noise;
        let read = toy.at;
        toy.second();
        toy.at = true_at + (toy.at - read);
        assert_ne!(toy.view().waiting, Some(Waiting::Behind));
    }
}

#[test]
fn a_ramp_that_is_too_fast_gets_a_rate_the_kiln_can_do() {
    let mut toy = Toy::at(20.0).with_full_rate(200.0);
    toy.rules.wait = Some(WaitRule { longest: Millis::ZERO, ..Rules::SHIPPING.wait.unwrap() });
    toy.run(&[ramp(300, 280), hold(300, 5)]).minutes(30);
    assert_eq!(toy.told.len(), 2, "{:?}", toy.told);
    assert!(toy.told[1].starts_with("rate 280 to "), "{:?}", toy.told);
    let Step::Ramp { rate: RampRate::PerHour(rate), .. } = toy.view().in_force else { panic!() };
    assert!((140.0..180.0).contains(&rate.get()), "{rate:?}");
    assert!(toy.target.unwrap() - toy.at < 15.0, "the ramp starts anew from the kiln");
    assert!(toy.told_to_carry_on, "the regulator goes on without a bump");
}

#[test]
fn a_rate_is_not_changed_more_often_than_the_rule_says() {
    let mut toy = Toy::at(20.0).with_full_rate(300.0);
    toy.rules.wait = None;
    toy.rules.adapt = Some(AdaptRule { behind: Kelvin::whole(1), ..AdaptRule::SHIPPING });
    toy.rules.stall.default_minimum = kiln_core::firing::rules::DefaultMinimum::Floor(CelsiusPerHour::ZERO);
    toy.run(&[ramp(900, 290)]);
    let mut changes = Vec::new();
    for second in 0..6 * 3600 {
        let before = toy.told.len();
        toy.second();
        if toy.told.len() > before && toy.told.last().is_some_and(|word| word.starts_with("rate")) {
            changes.push(second);
        }
    }
    assert!(changes.len() > 2 && changes[0] >= 600, "{changes:?}");
    assert!(changes.windows(2).all(|pair| pair[1] - pair[0] >= 300), "{changes:?}");
}

#[test]
fn a_healthy_slow_kiln_finishes_where_the_reference_gives_up() {
    for (rules, finishes) in [(Rules::SHIPPING, true), (Rules::REFERENCE, false)] {
        let mut toy = Toy { rules, ..Toy::at(20.0).with_full_rate(220.0) };
        toy.run(&[ramp(300, 200), hold(300, 5)]).minutes(8 * 60);
        let complete = matches!(toy.firing.state(), State::Complete(_));
        assert_eq!(complete || toy.told.iter().any(|word| word == "completed"), finishes, "{:?}", toy.told);
    }
}

#[test]
fn a_kiln_below_its_own_minimum_rate_is_given_up() {
    let rate = RampRate::PerHour(CelsiusPerHour::whole(200));
    let min_rate = Some(CelsiusPerHour::whole(150));
    let mut toy = Toy::at(20.0).with_full_rate(120.0);
    toy.run(&[Step::Ramp { target: Celsius::whole(300), rate, min_rate }]).minutes(30);
    toy.expect(&["start 0", "fellbehind", "below minimum"]);
    assert!(matches!(toy.firing.state(), State::Error { .. }));
}

#[test]
fn a_dead_element_is_a_stall_and_not_an_endless_wait() {
    let mut toy = Toy::at(200.0).with_full_rate(0.0);
    toy.loss = 0.0;
    toy.run(&[ramp(300, 100)]).minutes(60);
    toy.expect(&["start 0", "fellbehind", "stalled"]);
}

#[test]
fn a_very_slow_ramp_is_no_stall() {
    let mut toy = Toy::at(500.0);
    toy.run(&[ramp(506, 3), hold(506, 1)]).minutes(150);
    toy.expect(&["start 0", "step 1", "holdreached", "completed"]);
}

#[test]
fn standing_still_close_to_the_target_is_arriving() {
    let mut toy = Toy::at(20.0).with_full_rate(192.0);
    toy.run(&[ramp(495, 190), hold(495, 5)]).minutes(48 * 60);
    assert!(toy.told.iter().any(|word| word == "stall advance"), "{:?} at {}", toy.told, toy.at);
    assert!(toy.told.iter().any(|word| word == "completed"), "{:?}", toy.told);
}

#[test]
fn a_descent_slower_than_asked_is_waited_for_and_never_a_fault() {
    let mut toy = Toy::at(200.0);
    toy.loss = 0.05;
    toy.run(&[ramp(199, 100), ramp(120, 300), hold(120, 5)]).minutes(30 * 60);
    assert!(toy.told.contains(&"completed".to_owned()), "{:?} at {}", toy.told, toy.at);
    assert!(matches!(toy.firing.state(), State::Complete(_)));
}

#[test]
fn heat_withheld_stops_the_clock_and_not_the_firing() {
    let mut toy = Toy::at(20.0);
    toy.run(&[ramp(200, 100), hold(200, 5)]).minutes(30);
    let before = toy.view().elapsed;
    toy.withheld = true;
    toy.minutes(5);
    assert_eq!(toy.view().waiting, Some(Waiting::HeatWithheld));
    assert_eq!(toy.view().elapsed, before);
    toy.withheld = false;
    toy.minutes(6 * 60);
    assert!(matches!(toy.firing.state(), State::Complete(_)), "{:?}", toy.told);
}

#[test]
fn a_descent_that_ends_in_a_warm_room_counts_as_there() {
    let mut toy = Toy::at(60.0);
    toy.run(&[hold(60, 0), ramp(12, 100), hold(12, 1)]).minutes(30 * 60);
    assert!(matches!(toy.firing.state(), State::Complete(_)), "{:?} at {}", toy.told, toy.at);
}

#[test]
fn a_kiln_held_back_because_it_is_ahead_does_not_stand_still() {
    let mut toy = Toy::at(400.0);
    toy.loss = 0.02;
    toy.run(&[ramp(401, 100), ramp(420, 10), hold(420, 1)]).minutes(2);
    toy.at += 15.0;
    toy.minutes(60);
    assert!(matches!(toy.firing.state(), State::Running(_)), "{:?} at {}", toy.told, toy.at);
}

#[test]
fn incident_a_burst_of_interference_made_a_ramp_start_anew_from_a_false_temperature() {
    let mut toy = Toy::at(20.0).with_full_rate(200.0);
    toy.rules.wait = None;
    toy.run(&[ramp(400, 190)]).minutes(15);
    for _ in 0..20 {
        let true_at = toy.at;
        toy.at -= 68.0;
        (0..3).for_each(|_| toy.second());
        toy.at = true_at;
        toy.minutes(1);
    }
    toy.expect(&["start 0"]);
}

#[test]
fn a_wild_reading_is_not_an_arrival() {
    for steps in [[full(400), hold(400, 5)], [ramp(400, 190), hold(400, 5)]] {
        let mut toy = Toy::at(20.0);
        toy.run(&steps).minutes(10);
        let true_at = toy.at;
        toy.at = 450.0;
        (0..4).for_each(|_| toy.second());
        toy.at = true_at;
        toy.minutes(1);
        toy.expect(&["start 0"]);
    }
}

#[test]
fn incident_ten_minutes_without_mains_ended_a_slow_firing_as_a_standstill() {
    let mut toy = Toy::at(300.0);
    toy.loss = 0.1;
    toy.run(&[ramp(400, 20), hold(400, 1)]).minutes(40);
    toy.full_rate = 0.0;
    toy.minutes(10);
    toy.full_rate = 600.0;
    toy.minutes(30);
    assert!(matches!(toy.firing.state(), State::Running(_)), "{:?} at {}", toy.told, toy.at);
}
