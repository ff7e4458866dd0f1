//! What is said and when: each test is a course of looks, and what each of them says.

use std::collections::BTreeSet;

use kiln_watch::link::{Failure, Link};
use kiln_watch::notice::policy::{Look, Policy};
use kiln_watch::notice::{Alarm, Alert, AlertKind, Say, What};
use kiln_watch::status::Status;
use serde_json::{Value, json};

use super::{at, fault, firing, run, status};

/// How a kiln is at a look.
#[derive(Clone)]
enum Is {
    Live(Vec<(&'static str, Value)>),
    Lost,
}
use Is::{Live, Lost};

/// What is said, in a word and its key's first word.
fn said(says: &[Say]) -> Vec<String> {
    let word = |say: &Say| match say {
        Say::Withdraw { key } => format!("over {}", key.split(' ').next().unwrap()),
        Say::Tell { what: What::Alarm(alarm), .. } => match alarm {
            Alarm::Fault(fault) => format!("fault {}", fault.code),
            Alarm::Withheld(fault) => format!("withheld {}", fault.code),
            Alarm::Recovery(_) => "recovery".to_owned(),
            Alarm::Resumed { .. } => "resumed".to_owned(),
            Alarm::Lost => "lost".to_owned(),
            Alarm::Silent => "silent".to_owned(),
        },
        Say::Tell { what: What::Alert(Alert::StepReached { step, .. }), .. } => format!("step {step}"),
        Say::Tell { what: What::Alert(alert), .. } => format!("{:?}", alert.kind()),
    };
    says.iter().map(word).collect()
}

/// Goes through a course of looks: when, how the kiln is, what is said.
fn check(policy: &mut Policy, course: Vec<(f64, Is, &[&str])>) {
    check_without(policy, &BTreeSet::new(), course);
}

fn check_without(policy: &mut Policy, off: &BTreeSet<AlertKind>, course: Vec<(f64, Is, &[&str])>) {
    let mut last: Option<Status> = None;
    for (seconds, is, says) in course {
        let now = at(seconds);
        let link = match is {
            Live(changes) => {
                last = Some(status(&changes));
                Link::Live { heard: now }
            }
            Lost => Link::Lost { heard: at(0.0), why: Failure::NoAnswer },
        };
        let look = Look { now, link, status: last.as_ref() };
        assert_eq!(said(&policy.turn(&look, off)), says, "at {seconds}");
    }
}

fn with(base: &[(&'static str, Value)], more: &[(&'static str, Value)]) -> Is {
    Live([base, more].concat())
}

fn idle(temp_c: f64) -> Is {
    Live(vec![("/temp_c", json!(temp_c))])
}

fn error(code: &str) -> Is {
    Live(vec![("/state", json!("error")), ("/fault", fault(code, "trip")), ("/temp_c", json!(300.0))])
}

fn complete(id: &str, temp_c: f64) -> Is {
    Live(vec![("/state", json!("complete")), ("/run", run(id, 2, 0.0, None)), ("/temp_c", json!(temp_c))])
}

#[test]
fn a_whole_firing_is_told_once_step_by_step() {
    let fires = |step, elapsed, hold| with(&firing("a"), &[("/run", run("a", step, elapsed, hold))]);
    let course: Vec<(f64, Is, &[&str])> = vec![
        (0.0, idle(20.0), &[]),
        (1.0, fires(0, 0.0, None), &["Started"]),
        (2.0, fires(0, 9.0, None), &[]),
        (3.0, fires(1, 0.0, Some(1800.0)), &["step 2"]),
        (4.0, fires(1, 1100.0, Some(1800.0)), &[]),
        (5.0, fires(1, 1200.0, Some(1800.0)), &["HoldEnds"]),
        (6.0, fires(1, 1201.0, Some(1800.0)), &[]),
        (7.0, fires(2, 0.0, Some(300.0)), &["step 3"]),
        (8.0, complete("a", 600.0), &["Completed"]),
        (9.0, complete("a", 590.0), &[]),
        (10.0, complete("a", 60.0), &[]),
        (11.0, complete("a", 59.9), &["SafeToOpen"]),
        (12.0, complete("a", 60.1), &[]),
        (13.0, complete("a", 59.0), &[]),
    ];
    check(&mut Policy::default(), course);
}

#[test]
fn nothing_is_told_at_start_up_of_what_is_past() {
    for first in [complete("a", 40.0), idle(30.0), Live(firing("a")), complete("a", 700.0)] {
        check(&mut Policy::default(), vec![(0.0, first.clone(), &[]), (1.0, first, &[])]);
    }
    let blind = Live(vec![("/temp_c", json!(30.0)), ("/temp_age_s", json!(9.0)), ("/sensor_problem", json!("chip"))]);
    let hot: Vec<(f64, Is, &[&str])> =
        vec![(0.0, idle(400.0), &[]), (1.0, blind, &[]), (2.0, idle(59.0), &["SafeToOpen"])];
    check(&mut Policy::default(), hot);
}

#[test]
fn an_alarm_is_told_at_once_and_again_until_it_is_acknowledged() {
    let mut policy = Policy::default();
    let course: Vec<(f64, Is, &[&str])> = vec![
        (0.0, Live(firing("a")), &[]),
        (1.0, error("K-05"), &["fault K-05"]),
        (60.9, error("K-05"), &[]),
        (61.0, error("K-05"), &["fault K-05"]),
        (121.0, Lost, &["fault K-05"]),
    ];
    check(&mut policy, course);
    let key = policy.alarms().next().unwrap().0.to_owned();
    assert_eq!(policy.acknowledge(&key), Some(Say::Withdraw { key: key.clone() }));
    assert_eq!((policy.acknowledge(&key), policy.acknowledge("fault K-99 -")), (None, None));
    check(&mut policy, vec![(200.0, error("K-05"), &[]), (900.0, error("K-05"), &[])]);
    assert_eq!(policy.alarms().map(|(_, _, noted)| noted).collect::<Vec<_>>(), [true], "acknowledging clears nothing");
    // Cleared, and the same fault once more: that is new.
    check(&mut policy, vec![(901.0, idle(300.0), &["over fault"]), (902.0, error("K-05"), &["fault K-05"])]);
}

#[test]
fn a_fault_that_stands_at_start_up_is_told_unless_it_was_acknowledged() {
    check(&mut Policy::default(), vec![(0.0, error("K-22"), &["fault K-22"])]);
    let mut noted = Policy::new(["fault K-22 -".to_owned(), "fault K-01 -".to_owned()]);
    check(&mut noted, vec![(0.0, error("K-22"), &[]), (100.0, error("K-22"), &[])]);
    assert_eq!(noted.acknowledged().collect::<Vec<_>>(), ["fault K-22 -"], "what is over is forgotten");
}

#[test]
fn a_kiln_that_is_lost_while_it_fires_is_an_alarm_and_one_at_rest_is_none() {
    let course: Vec<(f64, Is, &[&str])> = vec![
        (0.0, Live(firing("a")), &[]),
        (59.9, Lost, &[]),
        (60.0, Lost, &["lost"]),
        (61.0, Lost, &[]),
        (120.0, Lost, &["lost"]),
        (121.0, Live(firing("a")), &["Back", "over lost"]),
        (122.0, Live(firing("a")), &[]),
    ];
    check(&mut Policy::default(), course);
    check(&mut Policy::default(), vec![(0.0, idle(20.0), &[]), (60.0, Lost, &[]), (90.0, idle(20.0), &[])]);
}

#[test]
fn what_was_missed_is_told_once_when_the_kiln_is_back() {
    let course: Vec<(f64, Is, &[&str])> = vec![
        (0.0, Live(firing("a")), &[]),
        (60.0, Lost, &["lost"]),
        (9000.0, complete("a", 55.0), &["Completed", "SafeToOpen", "Back", "over lost"]),
        (9001.0, Lost, &[]),
        (9100.0, complete("a", 50.0), &[]),
    ];
    check(&mut Policy::default(), course);
    // Another firing came to its end in the meantime.
    let other: Vec<(f64, Is, &[&str])> =
        vec![(0.0, complete("a", 30.0), &[]), (1.0, complete("b", 700.0), &["Completed"])];
    check(&mut Policy::default(), other);
}

#[test]
fn a_stop_and_a_tuning_that_is_over_are_told() {
    let stopped: Vec<(f64, Is, &[&str])> = vec![(0.0, Live(firing("a")), &[]), (1.0, idle(300.0), &["Stopped"])];
    check(&mut Policy::default(), stopped);
    let tuning = Live(vec![("/state", json!("tuning"))]);
    let tuned: Vec<(f64, Is, &[&str])> = vec![(0.0, tuning, &[]), (1.0, idle(90.0), &["Tuned"])];
    check(&mut Policy::default(), tuned);
}

#[test]
fn a_firing_that_was_cut_off_is_an_alarm_with_its_question_or_without() {
    let question = json!({"id": "a", "profile": "Bisque", "doubt": "too_long", "was_c": 900.0, "found_c": 300.0,
        "away_s": null, "can_resume": true});
    let asks = Live(vec![("/recovery", question), ("/clock/control_ms", json!(10)), ("/temp_c", json!(300.0))]);
    let course: Vec<(f64, Is, &[&str])> = vec![
        (0.0, with(&firing("a"), &[("/clock/control_ms", json!(900_000))]), &[]),
        (60.0, Lost, &["lost"]),
        (70.0, asks.clone(), &["Back", "over lost", "recovery"]),
        (131.0, asks, &["recovery"]),
        (132.0, idle(300.0), &["over recovery"]),
    ];
    check(&mut Policy::default(), course);
    let mut policy = Policy::default();
    let later = |ms: u64| with(&firing("a"), &[("/clock/control_ms", json!(ms))]);
    let course: Vec<(f64, Is, &[&str])> = vec![
        (0.0, later(900_000), &[]),
        (5.0, later(4000), &["resumed"]),
        (6.0, later(5000), &[]),
        (65.0, later(64_000), &["resumed"]),
        (66.0, complete("a", 600.0), &["Completed", "over resumed"]),
    ];
    check(&mut policy, course);
}

#[test]
fn heat_that_is_withheld_is_an_alarm_when_it_lasts() {
    let holds = |code: &str| with(&firing("a"), &[("/guards", json!([fault(code, "hold")]))]);
    let course: Vec<(f64, Is, &[&str])> = vec![
        (0.0, Live(firing("a")), &[]),
        (1.0, holds("K-16"), &[]),
        (15.0, holds("K-16"), &[]),
        (16.0, Live(firing("a")), &[]),
        (17.0, holds("K-16"), &[]),
        (36.0, holds("K-16"), &[]),
        (37.0, holds("K-16"), &["withheld K-16"]),
        (38.0, Live(firing("a")), &["over hold"]),
    ];
    check(&mut Policy::default(), course);
    let notice = with(&firing("a"), &[("/guards", json!([fault("K-25", "notice")]))]);
    check(&mut Policy::default(), vec![(0.0, notice.clone(), &[]), (100.0, notice, &[])]);
    let at_rest = Live(vec![("/guards", json!([fault("K-29", "hold")]))]);
    check(&mut Policy::default(), vec![(0.0, at_rest.clone(), &[]), (100.0, at_rest, &[])]);
}

#[test]
fn a_silent_control_loop_is_an_alarm_while_it_fires() {
    let silent = with(&firing("a"), &[("/control/silent", json!(true))]);
    let course: Vec<(f64, Is, &[&str])> = vec![
        (0.0, Live(firing("a")), &[]),
        (1.0, silent.clone(), &[]),
        (2.0, Live(firing("a")), &[]),
        (3.0, silent.clone(), &[]),
        (7.9, silent.clone(), &[]),
        (8.0, silent, &["silent"]),
        (9.0, Live(firing("a")), &["over silent"]),
    ];
    check(&mut Policy::default(), course);
}

#[test]
fn a_delayed_start_that_did_not_begin_is_told_and_one_that_was_taken_back_is_not() {
    let waits = ("/scheduled", json!({"profile": "Bisque", "start_ms": 1000, "starts_in_s": 5}));
    let wall = |ms: u64| ("/clock/wall_ms", json!(ms));
    let before = Live(vec![waits.clone(), wall(900)]);
    check(&mut Policy::default(), vec![(0.0, before.clone(), &[]), (1.0, Live(vec![wall(1001)]), &["StartMissed"])]);
    check(&mut Policy::default(), vec![(0.0, before.clone(), &[]), (1.0, Live(vec![wall(950)]), &[])]);
    let began = with(&firing("a"), &[wall(1001)]);
    check(&mut Policy::default(), vec![(0.0, before, &[]), (1.0, began, &["Started"])]);
}

#[test]
fn each_alert_can_be_switched_off_and_no_alarm_can() {
    let everything: BTreeSet<AlertKind> = AlertKind::ALL.into_iter().collect();
    let course: Vec<(f64, Is, &[&str])> = vec![
        (0.0, idle(300.0), &[]),
        (1.0, Live(firing("a")), &[]),
        (2.0, complete("a", 30.0), &[]),
        (3.0, error("K-05"), &["fault K-05"]),
    ];
    check_without(&mut Policy::default(), &everything, course.clone());
    let only_start = AlertKind::ALL.into_iter().filter(|kind| *kind != AlertKind::Started).collect();
    let mut course = course;
    course[1].2 = &["Started"];
    check_without(&mut Policy::default(), &only_start, course);
}
