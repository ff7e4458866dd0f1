//! Every guard, shown a story: what it finds, in the order in which it finds it.
//!
//! A story is a row of phases, each with its length, its rate of change and its share of heat. All guards watch, so a
//! story that should wake one and wakes two is seen.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::indexing_slicing, reason = "a story has a sample in every second")]
#![allow(
    clippy::as_conversions,
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "seconds and slots of a story"
)]

mod bench;

use bench::{Phase, Story, phase};
use kiln_core::fault::Kind;
use kiln_core::guard::Fitted;
use kiln_core::units::Celsius;

/// An hour of a healthy climb at half power, for the evidence to fill.
const CLIMB: Phase = Phase { seconds: 1200, per_second: 0.05, heat: 0.5, ..phase() };

#[test]
fn a_healthy_firing_wakes_nobody() {
    for (start, per_second, heat) in
        [(20.0, 0.05, 0.5), (900.0, 0.0, 0.6), (900.0, -0.1, 0.0), (20.0, 0.8, 1.0), (1100.0, -0.45, 0.0)]
    {
        Story::at(start).told(&[Phase { seconds: 1500, per_second, heat, ..phase() }], &[]);
    }
}

#[test]
fn frozen() {
    let stuck = Phase { seconds: 60, stuck: true, heat: 0.5, ..phase() };
    let (suspected, latched) = (Kind::SensorFrozenSuspected, Kind::SensorFrozen);
    Story::at(600.0).told(&[CLIMB, Phase { seconds: 19, ..stuck }], &[]);
    Story::at(600.0).told(&[CLIMB, Phase { seconds: 30, ..stuck }], &[suspected]);
    Story::at(600.0).told(&[CLIMB, stuck], &[suspected, latched]);
    Story::at(600.0).told(&[CLIMB, Phase { seconds: 600, heat: 0.0, ..stuck }], &[]);
    Story::at(600.0).told(&[CLIMB, Phase { seconds: 30, ..stuck }, CLIMB], &[suspected]);
}

/// A MAX6675 tells quarters of a degree: at a hold it says the same for minutes, and that is no fault.
#[test]
fn frozen_in_quarters_of_a_degree() {
    let stuck = Phase { stuck: true, heat: 0.5, ..phase() };
    let hold = |seconds, heat| Phase { seconds, heat, ..phase() };
    let (suspected, latched) = (Kind::SensorFrozenSuspected, Kind::SensorFrozen);
    let told = |phases: &[Phase], found: &[Kind]| Story::at(600.0).coarse().told(phases, found);
    told(&[CLIMB, Phase { seconds: 50, ..stuck }], &[]);
    told(&[CLIMB, Phase { seconds: 62, ..stuck }], &[suspected]);
    told(&[CLIMB, Phase { seconds: 62, ..stuck }, CLIMB], &[suspected]);
    // A steady hold that repeats its code: heat is withheld until the kiln has lost a step, and nothing latches.
    told(&[CLIMB, hold(400, 0.5), Phase { seconds: 60, per_second: -0.01, ..phase() }, CLIMB], &[suspected]);
    told(&[CLIMB, Phase { seconds: 62, ..stuck }, Phase { seconds: 280, heat: 0.0, ..stuck }], &[suspected]);
    told(&[CLIMB, Phase { seconds: 62, ..stuck }, Phase { seconds: 300, heat: 0.0, ..stuck }], &[suspected, latched]);
}

#[test]
fn jump() {
    let (suspected, latched) = (Kind::SensorJumpSuspected, Kind::SensorJumped);
    let away = |seconds, by| Phase { seconds, off: by, heat: 0.5, ..phase() };
    Story::at(600.0).told(&[CLIMB, away(2, -80.0), CLIMB], &[]);
    Story::at(600.0).told(&[CLIMB, away(30, 25.0), CLIMB], &[]);
    Story::at(600.0).told(&[CLIMB, away(4, -80.0), CLIMB], &[suspected]);
    // By then it is down for ten seconds, and has fallen faster than a kiln can as well.
    Story::at(600.0).told(&[CLIMB, away(12, -500.0)], &[suspected, latched, Kind::FallingFast]);
    // A lid moves a light thermocouple by 20 K in a second: sample follows sample, and nothing has jumped.
    let rush = |per_second| Phase { seconds: 5, per_second, heat: 0.0, ..phase() };
    Story::at(600.0).behind(0.0).told(&[CLIMB, rush(-20.0), rush(20.0), CLIMB], &[]);
    // The very first sample is the spike.
    Story::at(600.0).told(&[away(1, -80.0), CLIMB], &[]);
}

#[test]
fn heat_lost() {
    let (suspected, latched) = (Kind::HeatLostSuspected, Kind::HeatLost);
    let falls = |seconds| Phase { seconds, per_second: -0.06, heat: 1.0, ..phase() };
    Story::at(800.0).behind(5.0).told(&[CLIMB, falls(90)], &[]);
    Story::at(800.0).behind(5.0).told(&[CLIMB, falls(400)], &[suspected]);
    Story::at(800.0).behind(5.0).told(&[CLIMB, falls(4000)], &[suspected, latched]);
    Story::at(800.0).behind(5.0).told(&[CLIMB, falls(300), Phase { heat: 1.0, ..CLIMB }], &[suspected]);
    Story::at(800.0).behind(0.0).told(&[CLIMB, falls(4000)], &[]);
    Story::at(800.0).behind(5.0).told(&[CLIMB, Phase { heat: 0.0, ..falls(4000) }], &[]);
}

#[test]
fn falling_fast() {
    let (falling, out) = (Kind::FallingFast, Kind::ThermocoupleOut);
    let drop = |seconds, per_second| Phase { seconds, per_second, heat: 0.5, ..phase() };
    let rests = |seconds| Phase { seconds, per_second: -0.01, ..phase() };
    Story::at(900.0)
        .behind(9.0)
        .told(&[CLIMB, drop(60, -3.0), Phase { seconds: 600, per_second: 0.2, ..phase() }], &[falling]);
    Story::at(900.0).behind(9.0).told(&[CLIMB, drop(60, -3.0), rests(1300)], &[falling, out]);
    Story::at(900.0).behind(9.0).told(&[CLIMB, drop(60, -0.5)], &[]);
    Story::at(200.0).behind(9.0).told(&[CLIMB, drop(60, -1.5), rests(300)], &[falling]);
}

#[test]
fn not_rising() {
    let flat = |seconds, heat| Phase { seconds, heat, ..phase() };
    Story::at(24.0).behind(5.0).told(&[flat(900, 1.0)], &[Kind::NotRising]);
    Story::at(24.0).behind(5.0).told(&[flat(600, 1.0)], &[]);
    Story::at(24.0).behind(5.0).told(&[flat(3000, 0.3)], &[]);
    Story::at(24.0).behind(0.0).told(&[flat(3000, 1.0)], &[]);
    Story::at(120.0).behind(5.0).told(&[flat(780, 1.0)], &[]);
    Story::at(120.0).behind(5.0).told(&[flat(1100, 1.0)], &[Kind::NotRising]);
    Story::at(160.0).behind(5.0).told(&[flat(3000, 1.0)], &[]);
}

#[test]
fn reversed() {
    let falls = |seconds, per_second| Phase { seconds, per_second, heat: 0.3, ..phase() };
    Story::at(22.0).told(&[falls(60, -0.3)], &[Kind::ThermocoupleReversed]);
    Story::at(22.0).told(&[falls(60, -0.1)], &[]);
    // A kiln in a cold shed: below the terminals, and rising.
    Story::at(2.0).told(&[falls(600, 0.05)], &[]);
}

#[test]
fn welded() {
    let rises = |seconds, per_second, heat| Phase { seconds, per_second, heat, ..phase() };
    Story::at(800.0).told(&[CLIMB, rises(300, 0.0, 0.0), rises(180, 0.5, 0.0)], &[Kind::RelayWelded]);
    // A pulse of heat now and then explains a little, and no more.
    Story::at(800.0).told(&[CLIMB, rises(300, 0.0, 0.05), rises(240, 0.5, 0.05)], &[Kind::RelayWelded]);
    Story::at(800.0).told(&[CLIMB, rises(300, 0.0, 0.5), rises(180, 0.5, 0.5)], &[]);
    // One relay of several: slowly, after ten minutes of rest.
    Story::at(800.0).told(&[CLIMB, rises(1200, 0.02, 0.0)], &[Kind::RelayWelded]);
    Story::at(800.0).told(&[CLIMB, rises(1200, 0.02, 0.1)], &[]);
    Story::at(100.0).told(&[CLIMB, rises(1200, 0.02, 0.0)], &[]);
    // A lid is closed again: warmer, but not as warm as before.
    Story::at(800.0).told(&[CLIMB, rises(60, -0.9, 0.0), rises(100, 0.5, 0.0)], &[]);
}

#[test]
fn electronics() {
    let (warm, hot, latched) = (Kind::ElectronicsWarm, Kind::ElectronicsHot, Kind::ElectronicsTooHot);
    let at = |terminals, seconds| Phase { seconds, terminals, ..CLIMB };
    Story::at(600.0).told(&[at(70.0, 900)], &[]);
    Story::at(600.0).told(&[at(71.0, 900)], &[warm]);
    Story::at(600.0).told(&[at(86.0, 590)], &[hot]);
    Story::at(600.0).told(&[at(86.0, 610)], &[hot, latched]);
    Story::at(600.0).told(&[at(86.0, 590), at(60.0, 10), at(86.0, 590)], &[hot]);
    Story::at(600.0).idle().told(&[at(86.0, 900)], &[hot]);
}

#[test]
fn too_long() {
    let hours = |hours: u64| Phase { seconds: 3600 * hours, ..phase() };
    Story::at(160.0).told(&[hours(168)], &[]);
    Story::at(160.0).told(&[hours(169)], &[Kind::FiringTooLong]);
    Story::at(160.0).idle().told(&[hours(169)], &[]);
}

#[test]
fn fitted() {
    let none = Fitted::default();
    let with = |fitted, seconds| Phase { seconds, fitted, ..CLIMB };
    let current = Fitted { current: Some(true), ..none };
    Story::at(600.0).told(&[with(Fitted { stop_loop_open: Some(true), ..none }, 2)], &[Kind::EmergencyStop]);
    Story::at(600.0).told(&[with(Fitted { lid_open: Some(true), ..none }, 2)], &[Kind::LidOpen]);
    Story::at(600.0).told(&[Phase { heat: 1.0, per_second: 0.1, ..with(current, 60) }], &[]);
    Story::at(600.0).told(&[Phase { heat: 0.0, per_second: 0.0, ..with(current, 60) }], &[Kind::CurrentWhileOff]);
    let second = |celsius| Fitted { second: Celsius::new(celsius), ..none };
    Story::at(600.0).told(&[with(second(640.0), 600)], &[]);
    Story::at(600.0).told(&[with(second(700.0), 50)], &[]);
    Story::at(600.0).told(&[with(second(700.0), 70)], &[Kind::ThermocouplesDisagree]);
}
