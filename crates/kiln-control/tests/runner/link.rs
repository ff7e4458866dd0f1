//! The loop behind the real link: what crosses, and what never changes what the loop does.

use crate::bench::{Bench, climb, minutes};
use kiln_control::{InForce, Reset, Settings};
use kiln_core::command::{Command, CommandId, Outcome, Refusal, Request};
use kiln_core::event::Event;
use kiln_core::fault::Kind;
use kiln_core::report::Version;
use kiln_core::restart::{Application, Cause};
use kiln_core::sensor::ChipFault;
use kiln_core::settings::{Origin, Published};
use kiln_core::snapshot::Phase;
use kiln_core::units::{Millis, WallClock};
use kiln_hal::link::{AppEnd, ControlEnd, Link, Roster, Urgent};

const NOON: WallClock = WallClock::from_unix_millis(1_800_000_000_000);

/// A board that begins as boards do, and the application's end of its link.
fn board() -> (Bench, AppEnd<'static>) {
    let mut bench = Bench::begun(20.0, InForce::DELIVERED);
    let link: &'static Link = Box::leak(Box::default());
    bench.kiln.link.connect(ControlEnd::new(link));
    bench.run(3000);
    (bench, AppEnd::new(link, Roster::EMPTY))
}

/// The same, told its settings and firing.
fn firing() -> (Bench, AppEnd<'static>) {
    let (mut bench, mut app) = board();
    app.publish_settings(&Published { revision: 1, settings: Settings::DELIVERED, latched: None });
    ask(&mut app, 1, Command::Run(climb(1200, 600)));
    bench.run(60_000).until_on();
    (bench, app)
}

fn ask(app: &mut AppEnd<'_>, id: u32, command: Command) {
    app.ask(&Request { id: CommandId(id), command }).unwrap();
}

fn outcome(app: &AppEnd<'_>, id: u32) -> Option<Outcome> {
    app.newest().unwrap().outcomes.of(CommandId(id))
}

#[test]
fn settings_come_through_the_link_and_a_kiln_fires_with_them() {
    let (mut bench, mut app) = board();
    ask(&mut app, 7, Command::Run(climb(600, 600)));
    bench.slot();
    assert_eq!(outcome(&app, 7), Some(Outcome::Refused(Refusal::SettingsUnknown)));
    app.publish_settings(&Published { revision: 5, settings: Settings::DELIVERED, latched: None });
    ask(&mut app, 8, Command::Run(climb(600, 600)));
    bench.slot();
    assert_eq!(outcome(&app, 8), Some(Outcome::Done), "asked in the same slot");
    assert_eq!(app.newest().unwrap().settings.origin, Origin::Published(5));
    bench.until_on();
}

/// Every request has an outcome, also those that a stop overtook.
#[test]
fn a_request_that_a_stop_overtook_is_refused_by_name() {
    let (mut bench, mut app) = firing();
    ask(&mut app, 11, Command::Run(climb(600, 600)));
    ask(&mut app, 12, Command::Ping);
    ask(&mut app, 13, Command::Run(climb(600, 600)));
    app.urgent(Urgent::Stop, CommandId(14));
    bench.run(400);
    let overtaken = Some(Outcome::Refused(Refusal::Overtaken));
    let done = Some(Outcome::Done);
    assert_eq!([11, 12, 13, 14].map(|id| outcome(&app, id)), [overtaken, done, overtaken, done]);
    assert_eq!((bench.phase(), bench.longest_on(minutes(1))), (Phase::Idle, 0));
}

#[test]
fn what_the_loop_has_been_through_is_told() {
    let (mut bench, app) = firing();
    let first = app.observer().report().unwrap();
    assert_eq!((first.version, first.cause, first.went_on), (Version::BUILT, Cause::Power, false));
    bench.reset(Reset::Watchdog);
    bench.run(3000);
    let second = app.observer().report().unwrap();
    assert_eq!((second.cause, second.went_on, second.application), (Cause::Control, true, Application::Whole));
    assert_eq!(second.ledger.control.iter().flatten().count(), 1);
    assert!(second.started > first.started);
    bench.kiln.chip.set_faults(ChipFault::OPEN);
    bench.run(minutes(1));
    let third = app.observer().report().unwrap();
    assert_eq!(third.black_box, *bench.runner.controller().black_box());
    assert!(third.black_box.first().any(|evidence| evidence.fault.kind() == Kind::SensorLost));
}

#[test]
fn a_delayed_start_goes_by_the_clock_that_the_application_told() {
    let (mut bench, mut app) = board();
    app.publish_settings(&Published { revision: 1, settings: Settings::DELIVERED, latched: None });
    ask(&mut app, 1, Command::Schedule(climb(600, 600), NOON + Millis::from_minutes(10)));
    bench.run(200);
    assert_eq!(outcome(&app, 1), Some(Outcome::Refused(Refusal::NoClock)));
    app.tell_wall(NOON);
    ask(&mut app, 2, Command::Schedule(climb(600, 600), NOON + Millis::from_minutes(10)));
    bench.run(200);
    assert_eq!(outcome(&app, 2), Some(Outcome::Done));
    bench.run(minutes(10) - 2000);
    assert_eq!(bench.phase(), Phase::Idle);
    bench.run(3000);
    assert_eq!(bench.phase(), Phase::Running);
}

/// The clock of people, set ten years back and forth in the middle of a firing: the pin does not know.
#[test]
fn incident_a_wall_clock_that_is_set_touches_no_firing() {
    let ten_years = Millis::from_hours(10 * 8766);
    let trace = |clocks: &[WallClock]| {
        let (mut bench, mut app) = firing();
        let mut slots = Vec::new();
        for slot in 0..36_000_usize {
            if let Some(clock) = clocks.get(slot / 3000).filter(|_| slot % 3000 == 7) {
                app.tell_wall(*clock);
            }
            bench.slot();
            slots.push((bench.is_on(), bench.kiln.contactor.level(), bench.at.to_bits()));
        }
        assert!(slots.iter().filter(|(on, ..)| *on).count() > 1000, "it heats");
        let expected = |event: &Event| !matches!(event, Event::StartMissed | Event::StartRefused | Event::Faulted(_));
        assert!(bench.events().iter().all(expected), "{:?}", bench.events());
        slots
    };
    let back = WallClock::from_unix_millis(NOON.unix_millis() - ten_years.get());
    assert!(trace(&[NOON, back, NOON + ten_years, WallClock::from_unix_millis(0), NOON]) == trace(&[]));
}
