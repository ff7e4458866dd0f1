//! What holds in every state, and what a delayed start does where it cannot begin.

use crate::bench::{Bench, climb, minutes, profile};
use kiln_core::command::{Command, Outcome, Refusal, TuningMode};
use kiln_core::event::Event;
use kiln_core::fault::Kind;
use kiln_core::profile::Step;
use kiln_core::snapshot::Phase;
use kiln_core::units::{Celsius, Millis, WallClock};
use kiln_hal::fake::Trouble;

/// A bench that has come to `phase`.
fn come_to(phase: Phase) -> Bench {
    let mut bench = Bench::at(40.0);
    bench.run(3000);
    let short = profile(&[Step::Hold { target: Celsius::whole(40), time: Millis::from_seconds(1) }]);
    let asked = match phase {
        Phase::Idle | Phase::Error => Command::Ping,
        Phase::Running => Command::Run(climb(1200, 600)),
        Phase::Tuning => Command::Tune(TuningMode::Safe, None),
        Phase::Complete => Command::Run(short),
    };
    assert_eq!(bench.done(asked), Outcome::Done);
    bench.run(minutes(1));
    assert_eq!(bench.phase(), phase);
    bench
}

#[test]
fn over_temperature_latches_in_every_state() {
    for phase in [Phase::Idle, Phase::Running, Phase::Tuning, Phase::Complete] {
        let mut bench = come_to(phase);
        bench.shown = false;
        bench.kiln.chip.set_temperature(1300.5);
        bench.run(4000);
        let latched = bench.look(|seen| seen.fault.map(|fault| fault.kind()));
        let hot = [Kind::OverTemperature, Kind::TuningTooHot];
        assert!(latched.is_some_and(|kind| hot.contains(&kind)), "{phase:?}: {latched:?}");
        assert_eq!((bench.phase(), bench.longest_on(minutes(1))), (Phase::Error, 0), "{phase:?}");
        assert_eq!(bench.done(Command::ClearError), Outcome::Refused(Refusal::CausePresent), "{phase:?}");
        bench.shown = true;
        bench.run(3000);
        assert_eq!(bench.done(Command::ClearError), Outcome::Done, "{phase:?}");
    }
}

#[test]
fn heat_ends_with_the_firing_and_not_with_the_window() {
    let mut bench = Bench::at(20.0).firing();
    assert!(bench.is_on());
    assert_eq!(bench.done(Command::Skip), Outcome::Done, "past the last step");
    assert_eq!((bench.phase(), bench.is_on(), bench.longest_on(minutes(2))), (Phase::Complete, false, 0));
}

#[test]
fn a_delayed_start_that_cannot_begin_is_dropped_and_says_so() {
    let noon = WallClock::from_unix_millis(1_700_000_000_000);
    let mut bench = Bench::at(20.0);
    bench.kiln.chip.set_trouble(Trouble::Bus);
    bench.wall = Some(noon);
    bench.run(3000);
    assert_eq!(bench.done(Command::Schedule(climb(200, 100), noon + Millis::from_minutes(10))), Outcome::Done);
    bench.wall = Some(noon + Millis::from_minutes(10));
    bench.run(2000);
    assert!(bench.events().contains(&Event::StartRefused), "{:?}", bench.events());
    assert_eq!((bench.phase(), bench.look(|seen| seen.scheduled.is_none())), (Phase::Idle, true));
    bench.kiln.chip.set_trouble(Trouble::None);
    bench.run(10_000);
    assert_eq!(bench.phase(), Phase::Idle, "it does not begin later by surprise");
}

#[test]
fn a_cooling_step_asks_for_nothing_and_the_regulator_forgets() {
    let mut bench = Bench::at(500.0);
    bench.run(3000);
    let time = Millis::from_minutes(10);
    let steps = [Step::Hold { target: Celsius::whole(500), time }, Step::Cool { target: Some(Celsius::whole(100)) }];
    assert_eq!(bench.done(Command::Run(profile(&steps))), Outcome::Done);
    bench.run(minutes(5));
    assert!(bench.look(|seen| seen.terms.is_some_and(|terms| terms.integral > 10.0)));
    assert_eq!(bench.done(Command::Skip), Outcome::Done);
    bench.run(1000);
    assert!(bench.look(|seen| seen.phase == Phase::Running && seen.target.is_none() && seen.terms.is_none()));
    assert_eq!(bench.longest_on(minutes(10)), 0);
}
