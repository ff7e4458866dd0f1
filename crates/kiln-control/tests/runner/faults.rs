//! Faults, judged at the pin.

use crate::bench::{Bench, climb, minutes};
use kiln_control::Settings;
use kiln_core::command::{Command, Outcome, Refusal};
use kiln_core::event::Event;
use kiln_core::fault::{Fault, Kind};
use kiln_core::regulate::{GainSchedule, PidGains, PidSettings, RegulatorSettings};
use kiln_core::sensor::{ChipFault, Problem};
use kiln_core::snapshot::Phase;
use kiln_hal::fake::{PinTrouble, Trouble};
use kiln_hal::max31856::Register;

/// Serves slots until the pin is off for good, and returns how long that took in milliseconds.
fn off_after(bench: &mut Bench, within: u64) -> u64 {
    let mut last_on = 0;
    for ms in (100..=within).step_by(100) {
        bench.slot();
        if bench.is_on() {
            last_on = ms;
        }
    }
    last_on
}

fn latched(bench: &Bench) -> Option<Kind> {
    bench.look(|seen| seen.fault.map(|fault| fault.kind()))
}

#[test]
fn incident_a_sensor_faulty_from_power_up_reset_the_controller_for_ever() {
    let mut bench = Bench::at(20.0);
    bench.kiln.chip.set_trouble(Trouble::Bus);
    bench.run(minutes(10));
    assert_eq!(bench.kiln.watchdog.bitten_at(), None, "it stays alive");
    assert_eq!((bench.phase(), latched(&bench)), (Phase::Idle, None));
    assert_eq!(bench.look(|seen| seen.problem), Some(Problem::Bus), "and says why");
    assert_eq!(bench.done(Command::Run(climb(200, 100))), Outcome::Refused(Refusal::NoReading));
    bench.kiln.chip.set_trouble(Trouble::None);
    bench.run(10_000);
    assert!(bench.look(|seen| seen.reading.is_some() && seen.problem.is_none()), "and comes back by itself");
    assert_eq!(bench.done(Command::Run(climb(200, 100))), Outcome::Done);
}

#[test]
fn an_open_thermocouple_withholds_heat_and_then_latches() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.chip.set_faults(ChipFault::OPEN);
    let off = off_after(&mut bench, 60_000);
    assert!(off <= 4000, "{off} ms");
    assert_eq!((bench.phase(), latched(&bench)), (Phase::Error, Some(Kind::SensorLost)));
    assert!(!bench.kiln.contactor.level());
    assert_eq!(bench.done(Command::ClearError), Outcome::Refused(Refusal::CausePresent));
    bench.kiln.chip.set_faults(0);
    bench.run(2000);
    assert_eq!(bench.phase(), Phase::Error, "a latched fault does not clear itself");
    assert_eq!(bench.done(Command::ClearError), Outcome::Done);
    assert_eq!((bench.phase(), bench.longest_on(minutes(1))), (Phase::Idle, 0));
}

#[test]
fn a_short_glitch_costs_heat_and_not_the_firing() {
    for seconds in [1, 2, 5, 8] {
        let mut bench = Bench::at(20.0).firing();
        bench.kiln.chip.set_faults(ChipFault::VOLTAGE);
        bench.run(seconds * 1000);
        bench.kiln.chip.set_faults(0);
        bench.run(12_000);
        assert_eq!(bench.phase(), Phase::Running, "{seconds} s: {:?}", bench.events());
        bench.until_on();
    }
}

#[test]
fn over_temperature_drops_the_pin_at_the_first_sample_and_latches_at_the_third() {
    let mut bench = Bench::at(20.0).firing();
    bench.shown = false;
    bench.kiln.chip.set_temperature(1300.5);
    let off = off_after(&mut bench, 1500);
    assert!(off <= 1000, "the next reading is at most a second away: {off} ms");
    assert_eq!(bench.phase(), Phase::Running, "it may be a spike");
    bench.run(2500);
    assert_eq!((bench.phase(), latched(&bench)), (Phase::Error, Some(Kind::OverTemperature)));
}

#[test]
fn spikes_of_one_and_two_samples_never_latch() {
    let mut bench = Bench::at(1240.0).firing_to(1295);
    for length in [1, 2, 1, 2, 2] {
        bench.shown = false;
        bench.kiln.chip.set_temperature(1320.0);
        bench.run(length * 1000);
        bench.shown = true;
        bench.run(20_000);
        assert_eq!(bench.phase(), Phase::Running, "{:?}", bench.events());
    }
}

#[test]
fn a_chip_that_lost_its_settings_is_set_up_again() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.chip.lose_settings();
    bench.run(20_000);
    assert_eq!(bench.phase(), Phase::Running, "{:?}", bench.events());
    bench.until_on();
}

#[test]
fn a_chip_that_does_not_keep_its_settings_is_named() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.chip.stick(Some(Register::Cr1));
    bench.kiln.chip.lose_settings();
    let off = off_after(&mut bench, 60_000);
    assert!(off <= 4000, "{off} ms");
    let fault = bench.look(|seen| seen.fault);
    assert!(matches!(fault, Some(Fault::SensorSetup { .. })), "{fault:?}");
}

#[test]
fn readings_during_the_first_conversion_after_a_set_up_are_not_believed() {
    let mut bench = Bench::at(20.0);
    bench.slot();
    assert!(bench.look(|seen| seen.reading.is_none() && seen.problem == Some(Problem::Converting)));
    bench.run(2000);
    assert!(bench.look(|seen| seen.reading.is_some()));
}

#[test]
fn a_relay_pin_that_cannot_be_driven_locks_out_and_stops_feeding() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.relays[0].set_trouble(PinTrouble::Refuses);
    bench.run(3000);
    assert_eq!((bench.phase(), latched(&bench)), (Phase::Error, Some(Kind::OutputFailed)));
    assert!(!bench.kiln.contactor.level(), "the contactor is what is left");
    assert!(bench.kiln.watchdog.bitten_at().is_some(), "the reset state is off");
}

#[test]
fn a_fault_without_figures_is_told_once_and_so_is_its_end() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.chip.set_faults(ChipFault::OPEN);
    bench.run(6000);
    bench.kiln.chip.set_faults(0);
    bench.run(5000);
    let events = bench.events();
    let stale = |event: &&Event| matches!(event, Event::Faulted(fault) if fault.kind() == Kind::SensorStale);
    assert_eq!(events.iter().filter(stale).count(), 1, "{events:?}");
    assert_eq!(events.iter().filter(|event| **event == Event::Recovered).count(), 1, "{events:?}");
}

#[test]
fn incident_heat_withheld_for_a_moment_wiped_what_the_regulator_had_learned() {
    let mut bench = Bench::at(1000.0).firing_to(1295);
    bench.run(minutes(10));
    let before = bench.runner.controller().regulator().integral();
    assert!(before > 50.0, "{before}");
    bench.kiln.chip.set_faults(ChipFault::VOLTAGE);
    bench.run(6000);
    bench.kiln.chip.set_faults(0);
    bench.run(3000);
    let after = bench.runner.controller().regulator().integral();
    assert!((after - before).abs() < 0.1 * before, "{before} {after}");
}

#[test]
fn nothing_starts_on_a_reading_that_is_old() {
    let mut bench = Bench::at(20.0);
    bench.run(3000);
    bench.kiln.chip.set_trouble(Trouble::Bus);
    bench.run(minutes(30));
    assert_eq!(bench.done(Command::Run(climb(200, 100))), Outcome::Refused(Refusal::NoReading));
    assert_eq!(bench.phase(), Phase::Idle);
}

#[test]
fn an_output_that_still_fails_is_a_cause_that_is_present() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.relays[0].set_trouble(PinTrouble::Refuses);
    bench.run(1000);
    assert_eq!(bench.done(Command::ClearError), Outcome::Refused(Refusal::CausePresent));
    bench.kiln.relays[0].set_trouble(PinTrouble::None);
    bench.run(1000);
    assert_eq!(bench.done(Command::ClearError), Outcome::Done);
}

#[test]
fn nothing_is_shown_as_asked_for_once_a_firing_has_ended() {
    let mut bench = Bench::at(20.0).firing();
    assert!(bench.look(|seen| seen.target.is_some()));
    bench.done(Command::Stop);
    assert_eq!(bench.look(|seen| seen.target), None);
}

#[test]
fn the_first_evidence_is_kept_with_what_was_seen() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.chip.set_faults(ChipFault::OPEN);
    bench.run(minutes(2));
    let black_box = *bench.runner.controller().black_box();
    let kinds: Vec<_> = black_box.first().map(|kept| kept.fault.kind()).collect();
    assert_eq!(kinds, [Kind::SensorStale, Kind::SensorLost]);
    let first = black_box.first().next().unwrap();
    assert!(first.target.is_some() && first.elapsed.is_some() && first.reading.is_some(), "{first:?}");
    bench.kiln.chip.set_faults(0);
    bench.run(2000);
    bench.done(Command::ClearError);
    assert_eq!(bench.runner.controller().black_box().total, black_box.total, "clearing keeps the evidence");
    bench.done(Command::Run(climb(1200, 600)));
    bench.run(2000);
    assert_eq!(bench.runner.controller().black_box().total, 0, "a new firing begins anew");
}

#[test]
fn nothing_heats_before_the_outputs_have_proven_that_they_are_off() {
    let mut bench = Bench::at(20.0);
    bench.kiln.relays[0].set_trouble(PinTrouble::Gone);
    bench.run(5000);
    assert_ne!(bench.done(Command::Run(climb(200, 100))), Outcome::Done);
    bench.kiln.relays[0].set_trouble(PinTrouble::None);
    bench.run(3000);
    bench.done(Command::ClearError);
    assert_eq!(bench.done(Command::Run(climb(200, 100))), Outcome::Done, "{:?}", bench.events());
}

#[test]
fn a_chip_that_repeats_itself_is_set_up_anew_and_given_up_when_heat_has_come_and_gone() {
    let mut bench = Bench::at(400.0).firing();
    let writes = bench.kiln.chip.writes().len();
    bench.shown = false;
    let off = off_after(&mut bench, 60_000);
    assert!(off <= 25_000, "{off} ms");
    assert!(bench.kiln.chip.writes().len() > writes, "it is set up anew");
    assert_eq!((bench.phase(), latched(&bench)), (Phase::Error, Some(Kind::SensorFrozen)));
}

#[test]
fn a_kiln_far_above_its_set_point_gets_no_heat_whatever_the_regulator_asks_for() {
    // A regulator that answers in minutes goes on asking for heat after the set-point has been passed.
    let slow = PidSettings::new(PidGains::new(0.0, 0.01, 0.0).unwrap(), GainSchedule::OFF);
    let mut bench = Bench::with(20.0, Settings { regulator: RegulatorSettings::Pid(slow), ..Settings::DELIVERED });
    bench.run(3000);
    assert_eq!(bench.done(Command::Run(climb(1200, 300))), Outcome::Done);
    let target = (0..7200).find_map(|_| {
        bench.run(1000);
        let (target, duty) = bench.look(|seen| (seen.target.unwrap().get(), seen.duty.percent()));
        ((target - bench.at).abs() < 20.0 && duty > 40.0).then_some(target)
    });
    bench.shown = false;
    bench.kiln.chip.set_temperature(target.unwrap() + 25.0);
    bench.run(6000);
    assert_eq!((bench.longest_on(10_000), bench.phase()), (0, Phase::Running), "{:?}", bench.events());
    let told = |event: &&Event| matches!(event, Event::Faulted(fault) if fault.kind() == Kind::OverSetpoint);
    assert_eq!(bench.events().iter().filter(told).count(), 1, "once");
}

#[test]
fn a_pin_that_stays_high_although_it_is_driven_low_opens_the_contactor() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.relays[0].set_trouble(PinTrouble::Stuck);
    assert!(bench.is_on());
    bench.run(7000);
    assert_eq!((bench.phase(), latched(&bench)), (Phase::Error, Some(Kind::OutputFailed)));
    assert!(!bench.kiln.contactor.level());
}
