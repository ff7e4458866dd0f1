//! Commands, seen from the mailbox and from the pin.

use crate::bench::{Bench, climb, minutes, profile};
use kiln_core::command::{Command, Outcome, Refusal};
use kiln_core::event::Event;
use kiln_core::profile::Step;
use kiln_core::snapshot::Phase;
use kiln_core::units::{Celsius, Millis, WallClock};

#[test]
fn stop_and_shutdown_drop_the_pin_in_the_next_slot_and_say_so() {
    for command in [Command::Stop, Command::Shutdown] {
        let mut bench = Bench::at(20.0).firing();
        assert!(bench.kiln.contactor.level());
        assert_eq!(bench.done(command), Outcome::Done);
        assert!(!bench.is_on() && !bench.kiln.contactor.level());
        assert_eq!(bench.phase(), Phase::Idle);
        assert_eq!(bench.longest_on(minutes(2)), 0);
    }
}

#[test]
fn every_slot_takes_a_command_and_tells_its_outcome_at_once() {
    let mut bench = Bench::at(20.0);
    bench.run(3250);
    for slot in 0..25 {
        let published = bench.kiln.link.published();
        assert_eq!(bench.done(Command::Ping), Outcome::Done, "slot {slot}");
        assert_eq!(bench.kiln.link.published(), published + 1);
    }
}

#[test]
fn outcomes_of_the_last_eight_requests_are_told() {
    let mut bench = Bench::at(20.0);
    bench.run(3000);
    let pings: Vec<_> = (0..7).map(|_| bench.ask(Command::Ping)).collect();
    let refused = bench.ask(Command::Pause);
    bench.run(1000);
    assert!(bench.look(|seen| pings.iter().all(|id| seen.outcomes.of(*id) == Some(Outcome::Done))));
    assert_eq!(bench.look(|seen| seen.outcomes.of(refused)), Some(Outcome::Refused(Refusal::NotRunning)));
}

#[test]
fn a_completed_firing_stays_visible_and_cold() {
    let mut bench = Bench::at(20.0);
    bench.run(3000);
    let time = Millis::from_minutes(2);
    bench.done(Command::Run(profile(&[Step::Hold { target: Celsius::whole(60), time }])));
    for _ in 0..60 * 60 * 10 {
        bench.slot();
        if bench.phase() == Phase::Complete {
            break;
        }
    }
    assert_eq!((bench.phase(), bench.longest_on(minutes(2))), (Phase::Complete, 0));
    assert!(!bench.kiln.contactor.level());
    assert_eq!(bench.done(Command::Run(climb(200, 100))), Outcome::Done, "the next firing needs no ceremony");
}

#[test]
fn a_delayed_start_fires_in_time_or_is_dropped() {
    let noon = WallClock::from_unix_millis(1_700_000_000_000);
    for (late_minutes, starts) in [(0, true), (4, true), (6, false)] {
        let mut bench = Bench::at(20.0);
        bench.run(3000);
        let at = noon + Millis::from_minutes(10);
        let command = Command::Schedule(climb(200, 100), at);
        assert_eq!(bench.done(command), Outcome::Refused(Refusal::NoClock));
        bench.wall = Some(noon);
        assert_eq!(bench.done(command), Outcome::Done);
        assert_eq!(bench.run(2000).look(|seen| seen.scheduled.map(|(at, _)| at)), Some(at));
        bench.wall = Some(at + Millis::from_minutes(late_minutes));
        bench.run(2000);
        assert_eq!(bench.phase() == Phase::Running, starts, "{late_minutes} minutes late");
        assert_eq!(bench.events().contains(&Event::StartMissed), !starts);
    }
}

#[test]
fn incident_a_start_hours_late_fired_as_soon_as_the_kiln_was_free() {
    let noon = WallClock::from_unix_millis(1_700_000_000_000);
    let mut bench = Bench::at(20.0).firing();
    bench.wall = Some(noon);
    assert_eq!(bench.done(Command::Schedule(climb(200, 100), noon + Millis::from_minutes(10))), Outcome::Done);
    bench.wall = Some(noon + Millis::from_hours(6));
    bench.run(2000);
    bench.done(Command::Stop);
    bench.run(5000);
    assert_eq!(bench.phase(), Phase::Idle);
}

#[test]
fn a_late_profile_hotter_than_the_kiln_is_refused_when_it_is_scheduled() {
    let mut bench = Bench::at(20.0);
    let noon = WallClock::from_unix_millis(1_700_000_000_000);
    bench.wall = Some(noon);
    bench.run(3000);
    let command = Command::Schedule(climb(1310, 100), noon + Millis::from_minutes(10));
    assert_eq!(bench.done(command), Outcome::Refused(Refusal::TooHot));
}
