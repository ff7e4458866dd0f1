//! What the reference controller did and a firing of ours must not: the same code under both sets of rules.

use crate::toy::{Toy, cool, full, hold, ramp};
use kiln_core::firing::{Rules, State};
use kiln_core::profile::Step;

/// The reference takes the size of the measured rate without its direction.
#[test]
fn incident_a_ramp_going_the_wrong_way_fast_enough_passed_as_healthy() {
    for (rules, noticed) in [(Rules::REFERENCE, false), (Rules::SHIPPING, true)] {
        let mut toy = Toy { rules, ..Toy::at(800.0).with_full_rate(0.0) };
        toy.run(&[ramp(1000, 100), hold(1000, 5)]).minutes(40);
        let failed = matches!(toy.firing.state(), State::Error { .. });
        assert_eq!((failed, toy.told.iter().any(|word| word == "stalled")), (noticed, noticed), "{:?}", toy.told);
        assert!(toy.at < 700.0, "it has been falling: {}", toy.at);
    }
}

/// The reference counts progress over a nominal length in which a leading ramp takes no time.
#[test]
fn incident_progress_left_the_first_ramp_out() {
    let steps = [ramp(300, 100), hold(300, 60), ramp(400, 100)];
    let mut toy = Toy::at(20.0);
    toy.run(&steps);
    toy.second();
    let nominal = crate::toy::profile(&steps).nominal_seconds(kiln_core::units::Celsius::new(20.0));
    assert!((toy.view().remaining - nominal).abs() < 2.0, "{} of {nominal}", toy.view().remaining);
    let mut before = 0.0;
    while matches!(toy.firing.state(), State::Running(_)) && before < 100.0 {
        let view = toy.view();
        assert!((before..=100.0).contains(&view.progress), "{before} then {}", view.progress);
        before = view.progress;
        toy.minutes(1);
    }
    assert!(matches!(toy.firing.state(), State::Complete(_)) && before > 98.0, "{before}");
}

/// One reading at the target ends a step of the reference, however it came about.
#[test]
fn incident_one_wild_reading_ended_a_step() {
    let cases: [(&[Step], f64, f64); 2] =
        [(&[full(300), hold(300, 60)], 20.0, 400.0), (&[cool(Some(100)), hold(100, 60)], 500.0, 20.0)];
    for (steps, start, wild) in cases {
        for (rules, ends) in [(Rules::REFERENCE, true), (Rules::SHIPPING, false)] {
            let mut toy = Toy { rules, ..Toy::at(start) };
            toy.run(steps).minutes(5);
            let before = toy.at;
            for _ in 0..2 {
                toy.at = wild;
                toy.second();
            }
            toy.at = before;
            toy.minutes(1);
            assert_eq!(toy.view().step == 1, ends, "{steps:?} {:?}", toy.told);
        }
    }
}
