//! The loop itself: its beat, its lateness, its watchdog.

use crate::bench::{Bench, minutes};
use kiln_core::event::Event;
use kiln_core::fault::{Fault, Kind};
use kiln_core::limits;
use kiln_core::units::Millis;
use kiln_hal::board::{Board, Heater};

#[test]
fn slots_are_a_tenth_of_a_second_and_ticks_a_second() {
    let mut bench = Bench::at(20.0);
    let start = bench.now();
    bench.run(10_000);
    assert_eq!(bench.now().since(start), Millis::from_seconds(10));
    let taken = bench.look(|seen| seen.reading.unwrap().sequence);
    assert!((8..=10).contains(&taken), "{taken}");
}

#[test]
fn the_watchdog_is_fed_in_every_slot_and_never_bites_a_healthy_loop() {
    let mut bench = Bench::at(20.0).firing();
    let fed = bench.kiln.watchdog.count();
    bench.run(minutes(5));
    let fed = bench.kiln.watchdog.count() - fed;
    assert_eq!(fed, 3000);
    assert_eq!(bench.kiln.watchdog.bitten_at(), None);
}

#[test]
fn a_loop_that_stops_leaves_the_pin_off_within_the_lease_and_the_watchdog_bites() {
    let mut bench = Bench::at(20.0).firing();
    let stopped = bench.now();
    let mut off_at = None;
    for _ in 0..40 {
        bench.kiln.clock.advance(Millis::new(100));
        let now = bench.now();
        bench.board.heater().expire(now).unwrap();
        if off_at.is_none() && !bench.is_on() {
            off_at = Some(now.since(stopped));
        }
    }
    assert!(off_at.unwrap() <= limits::HEAT_LEASE, "{off_at:?}");
    let bitten = bench.kiln.watchdog.bitten_at().unwrap();
    assert!(bitten.since(stopped) <= limits::WATCHDOG);
}

/// Something else held the processor for a second and a half, again and again: the pin went with its lease, and the
/// watchdog has seen no reason to reset.
#[test]
fn incident_a_stall_of_more_than_a_second_reset_a_healthy_loop() {
    let mut bench = Bench::at(20.0).firing();
    for slots_between in 0..40 {
        bench.kiln.clock.advance(Millis::new(1500));
        bench.run(100 * slots_between).slot();
        assert_eq!(bench.kiln.watchdog.bitten_at(), None, "{slots_between} slots after the one before");
    }
}

#[test]
fn a_late_slot_is_told_and_the_firing_goes_on() {
    let mut bench = Bench::at(20.0).firing();
    bench.kiln.clock.advance(Millis::new(900));
    bench.run(2000);
    let late = |event: &Event| matches!(event, Event::Faulted(Fault::LoopLate { late }) if late.get() >= 500);
    assert!(bench.events().iter().any(late), "{:?}", bench.events());
    assert!(
        bench.events().iter().all(|event| !matches!(event, Event::Faulted(fault) if fault.kind() != Kind::LoopLate))
    );
    bench.until_on();
}

#[test]
fn incident_a_pause_of_the_loop_keeps_the_phase_of_the_window() {
    let mut bench = Bench::at(20.0).firing();
    let before = bench.runner.controller().window().locked();
    bench.kiln.clock.advance(Millis::new(400));
    bench.slot();
    assert_eq!(bench.runner.controller().window().locked(), before);
}

#[test]
fn two_boards_fed_the_same_do_the_same() {
    let (mut one, mut two) = (Bench::at(20.0).firing(), Bench::at(20.0).firing());
    for _ in 0..3000 {
        one.slot();
        two.slot();
        assert_eq!(one.is_on(), two.is_on());
    }
    assert_eq!(one.at.to_bits(), two.at.to_bits());
}
