//! Settings that the application publishes: when they hold, and when they do not.

use crate::bench::{Bench, climb, minutes};
use kiln_control::{InForce, Reset, Settings};
use kiln_core::command::{Command, Outcome, Refusal};
use kiln_core::fault::{Fault, Kind};
use kiln_core::firing::rules::RuleError;
use kiln_core::settings::{Origin, Published, SettingsError, View};
use kiln_core::snapshot::Phase;
use kiln_core::units::{Celsius, Kelvin, Millis};
use kiln_core::window::WindowSettings;

/// A kiln with this maximum.
fn limited(maximum: i16) -> Settings {
    let mut settings = Settings::DELIVERED;
    settings.rules.max_temperature = Celsius::whole(maximum);
    settings
}

fn publish(bench: &mut Bench, revision: u32, settings: Settings) {
    bench.kiln.link.publish_settings(Published { revision, settings, latched: None });
    bench.slot();
}

fn view(bench: &Bench) -> View {
    bench.look(|seen| seen.settings)
}

fn in_force(revision: u32) -> View {
    View { origin: Origin::Published(revision), waiting: None, refused: None }
}

/// What a board without settings refuses, and that it stays cold.
#[test]
fn a_board_does_not_heat_before_it_is_told_what_kiln_it_is() {
    let mut bench = Bench::begun(20.0, InForce::DELIVERED);
    bench.run(3000);
    assert_eq!(view(&bench), View { origin: Origin::Delivered, waiting: None, refused: None });
    assert_eq!(bench.done(Command::Run(climb(600, 600))), Outcome::Refused(Refusal::SettingsUnknown));
    assert_eq!(bench.longest_on(minutes(1)), 0);
    publish(&mut bench, 7, limited(1000));
    assert_eq!(view(&bench), in_force(7), "told in the same slot");
    assert_eq!(bench.done(Command::Run(climb(1100, 600))), Outcome::Refused(Refusal::TooHot));
    assert_eq!(bench.done(Command::Run(climb(600, 600))), Outcome::Done);
    bench.until_on();
}

/// Switching it off and on clears nothing: what was latched when the power went is latched again, once.
#[test]
fn incident_a_fault_was_cleared_by_pulling_the_plug() {
    let mut bench = Bench::begun(20.0, InForce::DELIVERED);
    bench.run(3000);
    let told = |bench: &Bench| bench.look(|seen| seen.fault);
    let latched = Published { revision: 3, settings: limited(1000), latched: Some(Kind::RelayWelded) };
    bench.kiln.link.publish_settings(latched);
    bench.slot();
    assert_eq!(told(&bench), Some(Fault::StillLatched { before: Kind::RelayWelded }));
    assert!(matches!(bench.done(Command::Run(climb(600, 600))), Outcome::Refused(_)));
    assert_eq!(bench.longest_on(minutes(1)), 0);
    assert_eq!(bench.done(Command::ClearError), Outcome::Done);
    bench.kiln.link.publish_settings(Published { revision: 4, ..latched });
    bench.run(3000);
    assert_eq!(told(&bench), None, "later the loop knows its own faults");
    assert_eq!(bench.done(Command::Run(climb(600, 600))), Outcome::Done);
    bench.until_on();
}

#[test]
fn a_delayed_start_waits_for_the_settings_too() {
    let mut bench = Bench::begun(20.0, InForce::DELIVERED);
    let noon = kiln_core::units::WallClock::from_unix_millis(1_800_000_000_000);
    bench.wall = Some(noon);
    bench.run(3000);
    let due = noon + Millis::from_seconds(10);
    assert_eq!(bench.done(Command::Schedule(climb(600, 600), due)), Outcome::Done);
    bench.wall = Some(due);
    bench.run(5000);
    assert_eq!(bench.phase(), Phase::Idle);
    publish(&mut bench, 1, limited(1000));
    bench.run(2000);
    assert_eq!(bench.phase(), Phase::Running);
}

#[test]
fn a_firing_ends_with_the_settings_it_began_with() {
    let mut bench = Bench::at(20.0).firing_to(900);
    publish(&mut bench, 3, limited(800));
    assert_eq!(view(&bench), View { origin: Origin::Given, waiting: Some(3), refused: None });
    publish(&mut bench, 4, limited(700));
    assert_eq!(view(&bench).waiting, Some(4), "the newest waits");
    assert_eq!(bench.runner.controller().settings().rules, Settings::DELIVERED.rules);
    bench.run(minutes(5));
    assert_eq!(bench.phase(), Phase::Running);
    assert_eq!(bench.done(Command::Stop), Outcome::Done);
    bench.slot();
    assert_eq!(view(&bench), in_force(4));
    assert_eq!(bench.done(Command::Run(climb(750, 600))), Outcome::Refused(Refusal::TooHot));
}

#[test]
fn bad_settings_are_refused_whole_and_the_last_good_ones_stay() {
    let mut bench = Bench::at(20.0);
    bench.run(3000);
    publish(&mut bench, 1, limited(1000));
    let mut bad = limited(1400);
    bad.window = WindowSettings::new(Millis::from_seconds(20), 1, Millis::ZERO).unwrap();
    publish(&mut bench, 2, bad);
    let why = SettingsError::Rule(RuleError::MaxTemperature);
    assert_eq!(view(&bench), View { refused: Some((2, why)), ..in_force(1) });
    assert_eq!(*bench.runner.controller().settings(), limited(1000));
    publish(&mut bench, 3, limited(900));
    assert_eq!(view(&bench), in_force(3));
}

#[test]
fn every_part_takes_effect() {
    let mut bench = Bench::at(20.0);
    bench.run(3000);
    let mut settings = limited(1000);
    settings.window = WindowSettings::new(Millis::from_seconds(20), 1, Millis::ZERO).unwrap();
    settings.conditioner = kiln_core::sensor::FilterSettings::new(Kelvin::whole(5), 3).unwrap();
    publish(&mut bench, 1, settings);
    bench.run(2000);
    let at = bench.look(|seen| seen.reading.unwrap().temperature.get());
    assert!((at - 25.0).abs() < 0.2, "{at}");
    assert_eq!(bench.runner.controller().window().settings(), &settings.window);
    assert_eq!(bench.done(Command::Run(climb(900, 3000))), Outcome::Done);
    bench.run(minutes(1));
    assert!(bench.longest_on(minutes(2)) > 5000, "the longer window is served");
}

#[test]
fn a_firing_goes_on_after_a_reset_with_the_settings_it_was_fired_with() {
    let mut bench = Bench::begun(20.0, InForce::DELIVERED);
    bench.run(3000);
    publish(&mut bench, 9, limited(1000));
    let mut bench = bench.firing_to(900);
    publish(&mut bench, 10, limited(700));
    bench.run(2000);
    bench.reset(Reset::Watchdog);
    bench.run(2000);
    assert_eq!((bench.phase(), view(&bench)), (Phase::Running, in_force(9)));
    assert_eq!(*bench.runner.controller().settings(), limited(1000));
    publish(&mut bench, 10, limited(700));
    bench.run(minutes(1));
    assert_eq!((bench.phase(), view(&bench).waiting), (Phase::Running, Some(10)));
}

#[test]
fn settings_are_known_after_a_reset_but_not_after_the_power_went() {
    for (reset, origin) in [
        (Reset::Watchdog, Origin::Published(9)),
        (Reset::Asked, Origin::Published(9)),
        (Reset::Power, Origin::Delivered),
    ] {
        let mut bench = Bench::begun(20.0, InForce::DELIVERED);
        bench.run(3000);
        publish(&mut bench, 9, limited(1000));
        bench.run(2000);
        bench.reset(reset);
        bench.run(2000);
        assert_eq!(view(&bench).origin, origin, "{reset:?}");
    }
}
