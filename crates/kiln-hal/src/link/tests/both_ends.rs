//! What the two ends do for each other, one event after the other.

use super::super::{Age, AppEnd, ControlEnd, Full, Link, Pulse, Roster, SLOTS, TASKS, Task, Urgent};
use super::dice::Dice;
use crate::board::ControlLink;
use kiln_core::command::{Command, CommandId, Refusal, Request, TuningMode};
use kiln_core::report::Report;
use kiln_core::settings::Published;
use kiln_core::snapshot::Snapshot;
use kiln_core::units::{Instant, Millis, WallClock};
use std::boxed::Box;
use std::vec::Vec;

/// Fewer where each one is slow.
const ROUNDS: usize = if cfg!(miri) { 3 } else { 200 };
const HEAT: Command = Command::Tune(TuningMode::Safe, None);

fn ask(app: &mut AppEnd<'_>, id: u32, command: &Command) -> Result<(), Full> {
    app.ask(&Request { id: CommandId(id), command: *command })
}

fn ends(link: &Link) -> (AppEnd<'_>, ControlEnd<'_>) {
    (AppEnd::new(link, Roster::EMPTY), ControlEnd::new(link))
}

fn pulse<'a>(app: &AppEnd<'a>, task: Task) -> Pulse<'a> {
    app.pulse(task).expect("there are more")
}

fn drain(control: &mut ControlEnd<'_>) -> Vec<(u32, Command)> {
    core::iter::from_fn(|| next(control)).map(|request| (request.id.0, request.command)).collect()
}

/// The next request that is not dropped.
fn next<const SLOTS: usize>(control: &mut ControlEnd<'_, SLOTS>) -> Option<Request> {
    loop {
        let taken = control.take();
        if taken.is_some() || control.dropped().is_none() {
            return taken;
        }
    }
}

#[test]
fn requests_come_in_order_and_a_full_queue_says_so() {
    let link: Link = Link::new();
    let (mut app, mut control) = ends(&link);
    let mut dice = Dice::new(5);
    for round in 0..ROUNDS {
        let asked: Vec<Request> = (0..=round % SLOTS).map(|_| dice.throw()).collect();
        assert!(asked.iter().take(SLOTS).all(|request| app.ask(request).is_ok()));
        if asked.len() == SLOTS {
            assert_eq!(ask(&mut app, 0, &Command::Ping), Err(Full), "round {round}");
        }
        assert_eq!(core::iter::from_fn(|| control.take()).collect::<Vec<_>>(), asked, "round {round}");
    }
    assert_eq!((app.observer().damaged(), app.observer().overtaken()), (0, 0));
}

/// Steps of what the application does, and what the control loop then takes.
fn check(steps: &[(&str, u32)], taken: &[(u32, Command)], overtaken: u32) {
    let link: Link = Link::new();
    let (mut app, mut control) = ends(&link);
    for (what, id) in steps {
        let done = match *what {
            "heat" => ask(&mut app, *id, &HEAT),
            "ping" => ask(&mut app, *id, &Command::Ping),
            "stop" => {
                app.urgent(Urgent::Stop, CommandId(*id));
                Ok(())
            }
            _ => {
                app.urgent(Urgent::Shutdown, CommandId(*id));
                Ok(())
            }
        };
        assert_eq!(done, Ok(()), "{what}");
    }
    assert_eq!(app.urgent_taken(), steps.iter().all(|(what, _)| matches!(*what, "heat" | "ping")));
    assert_eq!(drain(&mut control), taken, "{steps:?}");
    assert!(app.urgent_taken());
    assert_eq!(app.observer().overtaken(), overtaken, "{steps:?}");
}

#[test]
fn stop_and_shutdown_go_first_and_what_they_overtake_begins_no_heat() {
    use Command::{Ping, Shutdown, Stop};
    check(&[("stop", 1)], &[(1, Stop)], 0);
    check(
        &[("ping", 1), ("ping", 2), ("ping", 3), ("ping", 4), ("stop", 5)],
        &[(5, Stop), (1, Ping), (2, Ping), (3, Ping), (4, Ping)],
        0,
    );
    check(&[("stop", 1), ("shutdown", 2)], &[(2, Shutdown), (1, Stop)], 0);
    check(&[("heat", 1), ("stop", 2)], &[(2, Stop)], 1);
    check(&[("heat", 1), ("shutdown", 2)], &[(2, Shutdown)], 1);
    check(&[("heat", 1), ("ping", 2), ("stop", 3), ("heat", 4)], &[(3, Stop), (2, Ping), (4, HEAT)], 1);
    check(&[("stop", 1), ("heat", 2)], &[(1, Stop), (2, HEAT)], 0);
    check(&[("stop", 1), ("heat", 2), ("shutdown", 3), ("heat", 4)], &[(3, Shutdown), (1, Stop), (4, HEAT)], 1);
    check(&[("shutdown", 1), ("heat", 2), ("stop", 3), ("heat", 4)], &[(1, Shutdown), (3, Stop), (4, HEAT)], 1);
    check(&[("heat", 1), ("heat", 2), ("heat", 3), ("heat", 4), ("stop", 5), ("stop", 6)], &[(6, Stop)], 4);
}

/// The counts wrap at 2^32: start close to it.
#[test]
fn nothing_happens_where_the_counts_wrap() {
    let link: Link = Link::new();
    for word in link.counters() {
        word.store(u32::MAX - 5, core::sync::atomic::Ordering::Relaxed);
    }
    let (mut app, mut control) = ends(&link);
    for id in 0..20 {
        assert_eq!(ask(&mut app, id, &HEAT), Ok(()));
        assert_eq!(ask(&mut app, id, &Command::Ping), Ok(()));
        if id % 2 == 0 {
            app.urgent(Urgent::Stop, CommandId(id));
            assert_eq!(drain(&mut control), [(id, Command::Stop), (id, Command::Ping)]);
        } else {
            assert_eq!(drain(&mut control), [(id, HEAT), (id, Command::Ping)]);
        }
    }
    assert_eq!((app.observer().overtaken(), app.observer().damaged()), (10, 0));
}

#[test]
fn a_control_loop_that_starts_again_still_knows_what_was_stopped() {
    let link: Link = Link::new();
    let (mut app, mut control) = ends(&link);
    assert_eq!(ask(&mut app, 1, &HEAT), Ok(()));
    app.urgent(Urgent::Stop, CommandId(2));
    assert_eq!(control.take().map(|request| request.command), Some(Command::Stop));
    let mut control = ControlEnd::new(&link);
    assert_eq!((control.take(), control.dropped()), (None, Some((CommandId(1), Refusal::Overtaken))));
    assert_eq!((control.take(), control.dropped()), (None, None), "told once");
    assert_eq!(app.observer().overtaken(), 1);
}

#[test]
fn the_newest_snapshot_is_seen_by_all_and_nothing_before_the_first() {
    let link: Link = Link::new();
    let (mut app, mut control) = ends(&link);
    let others = [app.observer(), app.observer()];
    assert_eq!((app.newest(), app.control_turned()), (None, false));
    let mut dice = Dice::new(6);
    for round in 0..ROUNDS {
        let told: Snapshot = dice.throw();
        control.publish(&told);
        assert_eq!(app.newest().as_ref(), Some(&told), "round {round}");
        assert!(others.iter().all(|other| other.newest().as_ref() == Some(&told)), "round {round}");
        assert!(app.control_turned() && !app.control_turned());
    }
}

/// Whoever asked for what did not come through is told, one a look, and what comes after it is not held up for long.
#[test]
fn the_names_of_dropped_requests_are_given_back() {
    let link: Link = Link::new();
    let (mut app, mut control) = ends(&link);
    for id in [1, 2, 3] {
        assert_eq!(ask(&mut app, id, &HEAT), Ok(()));
    }
    assert_eq!(ask(&mut app, 4, &Command::Ping), Ok(()));
    app.urgent(Urgent::Stop, CommandId(5));
    assert_eq!(control.take().map(|request| request.id.0), Some(5));
    for id in [1, 2, 3] {
        assert_eq!((control.take(), control.dropped()), (None, Some((CommandId(id), Refusal::Overtaken))));
    }
    assert_eq!(control.take().map(|request| request.id.0), Some(4));
    // The third word of the slot is what is asked, the first two the name.
    for (word, name) in [(2, Some(7)), (3, Some(7)), (0, None), (1, None)] {
        let link: Link = Link::new();
        let (mut app, mut control) = ends(&link);
        assert_eq!(ask(&mut app, 7, &HEAT), Ok(()));
        assert_eq!(ask(&mut app, 8, &Command::Ping), Ok(()));
        let relaxed = core::sync::atomic::Ordering::Relaxed;
        let word = link.requests.memory().nth(2 + 1 + word).expect("there are more");
        word.store(word.load(relaxed) ^ 0x100, relaxed);
        let first = (control.take().map(|request| request.id.0), control.dropped());
        let expected = name.map(|name| (CommandId(name), Refusal::Damaged));
        assert_eq!(first, (expected.is_none().then_some(8), expected));
        assert_eq!(app.observer().damaged(), 1);
    }
}

#[test]
fn the_age_of_the_control_cores_word() {
    let link: Link = Link::new();
    let (app, mut control) = ends(&link);
    let (mut age, mut dice) = (Age::default(), Dice::new(14));
    let mut check = |at: u64, expected: u64| {
        let seen = age.see(app.observer().control_beats(), Instant::from_millis(at));
        assert_eq!(seen, Millis::new(expected), "at {at}");
    };
    check(1000, 0);
    check(4000, 3000);
    control.publish(&dice.throw());
    check(4500, 0);
    check(9500, 5000);
}

#[test]
fn the_newest_report_is_seen() {
    let link: Link = Link::new();
    let (app, mut control) = ends(&link);
    let mut dice = Dice::new(15);
    assert_eq!(app.observer().report(), None);
    for _ in 0..ROUNDS {
        let told: Report = dice.throw();
        control.report(&told);
        assert_eq!(app.observer().report(), Some(told));
    }
}

#[test]
fn settings_are_seen_once_and_the_newest_alone() {
    let link: Link = Link::new();
    let (mut app, mut control) = ends(&link);
    let mut dice = Dice::new(12);
    assert_eq!(control.settings(), None);
    for round in 0..ROUNDS {
        let published: Published = dice.throw();
        app.publish_settings(&dice.throw());
        app.publish_settings(&published);
        assert_eq!(control.settings(), Some(published), "round {round}");
        assert_eq!(control.settings(), None, "round {round}");
        if round % 3 == 0 {
            app = AppEnd::new(&link, Roster::EMPTY);
        }
    }
    let last = ControlEnd::new(&link).settings();
    assert!(last.is_some(), "a control loop that starts again sees them");
    let relaxed = core::sync::atomic::Ordering::Relaxed;
    let word = link.settings.memory().nth(9).expect("there are more");
    word.store(word.load(relaxed) ^ 4, relaxed);
    assert_eq!(ControlEnd::new(&link).settings(), None, "damaged");
    app.publish_settings(&last.expect("seen"));
    assert_eq!(control.settings(), last, "published again");
}

#[test]
fn a_whole_turn_is_one_of_every_task_and_of_nobody_else() {
    let link: Link = Link::new();
    let tasks: Vec<Task> = (0..).map_while(Task::new).collect();
    assert_eq!(tasks.len(), TASKS);
    let (radio, files, stranger) = (tasks[0], tasks[15], tasks[7]);
    let mut control = ControlEnd::new(&link);
    assert_eq!(control.beats(), None, "nothing is known of an application that has not begun");
    let app = AppEnd::new(&link, Roster::EMPTY.with(radio).with(files));
    let cases: [(&[Task], bool); 7] = [
        (&[], false),
        (&[radio], false),
        (&[radio, stranger], false),
        (&[files], true),
        (&[files, files], false),
        (&[radio], true),
        (&[radio, files], true),
    ];
    let mut turns = 0;
    for (beats, whole) in cases {
        for task in beats {
            pulse(&app, *task).beat();
        }
        turns += u32::from(whole);
        assert_eq!((control.beats(), control.beats()), (Some(turns), Some(turns)), "{beats:?}");
    }
    let minimal = AppEnd::new(&link, Roster::EMPTY.with(files));
    pulse(&minimal, files).beat();
    assert_eq!(control.beats(), Some(turns + 1), "an application that came up with fewer tasks");
}

#[test]
fn the_wall_clock_goes_on_when_nobody_tells_it() {
    let link: Link = Link::new();
    let (mut app, mut control) = ends(&link);
    let (at, noon) = (Instant::from_millis, WallClock::from_unix_millis(1_800_000_000_000));
    assert_eq!(control.wall(at(5)), None);
    app.tell_wall(noon);
    assert_eq!(control.wall(at(100)), Some(noon));
    assert_eq!(control.wall(at(86_400_100)), Some(noon + Millis::from_hours(24)));
    let corrected = WallClock::from_unix_millis(1_700_000_000_000);
    app.tell_wall(corrected);
    assert_eq!(control.wall(at(90_000_000)), Some(corrected));
}

/// Every bit of the memory flipped, one at a time: a request or a snapshot comes whole or not at all, both sides go on.
#[test]
fn a_flipped_bit_brings_nothing_wrong() {
    let mut dice = Dice::new(7);
    let told: Snapshot = dice.throw();
    let asked = core::iter::repeat_with(|| dice.throw::<Request>())
        .find(|asked| matches!(asked.command, Command::Schedule(..)));
    let asked = asked.expect("no end");
    let link: Box<Link<2>> = Box::default();
    let count = link.memory().count();
    let stride = if cfg!(miri) { 4999 } else { 1 };
    for flip in (0..count * 32).step_by(stride) {
        let link: Box<Link<2>> = Box::default();
        let (mut app, mut control) = (AppEnd::new(&link, Roster::EMPTY), ControlEnd::new(&link));
        assert_eq!(app.ask(&asked), Ok(()));
        control.publish(&told);
        let word = link.memory().nth(flip / 32).expect("counted");
        let relaxed = core::sync::atomic::Ordering::Relaxed;
        word.store(word.load(relaxed) ^ 1 << (flip % 32), relaxed);
        assert!(app.newest().is_none_or(|seen| seen == told), "bit {flip}");
        let taken: Vec<Request> = core::iter::from_fn(|| next(&mut control)).take(9).collect();
        let sound = |taken: &Request| *taken == asked || matches!(taken.command, Command::Stop | Command::Shutdown);
        assert!(taken.len() <= 2 && taken.iter().all(sound), "bit {flip}: {taken:?}");
        let mut went_on = false;
        for id in 0..4 {
            let asked_again = app.ask(&asked).is_ok();
            let stop = Request { id: CommandId(id), command: Command::Stop };
            app.urgent(Urgent::Stop, stop.id);
            control.publish(&told);
            assert_eq!(control.take(), Some(stop), "bit {flip}: a stop is a stop");
            let taken: Vec<Request> = core::iter::from_fn(|| next(&mut control)).take(9).collect();
            went_on |= asked_again && taken == [asked];
        }
        assert!(app.newest() == Some(told), "bit {flip}");
        assert!(went_on, "bit {flip}");
    }
    std::println!("{} bits flipped", count * 32);
}
