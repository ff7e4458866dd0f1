//! A small benchmark: the figures of a few pairs as gates, far inside what the whole shows.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use kiln_core::regulate::{GainSchedule, PidGains, PidSettings, RegulatorSettings};
use kiln_sim::bench::{Contender, Pair, Summary, cases, fire_case, side_by_side, window};
use kiln_sim::disturb::Level;

const PID: PidSettings = PidSettings::new(PidGains::DELIVERED, GainSchedule::OFF);

/// Fires the short pairs with one seed and sums up.
fn fired(regulator: RegulatorSettings, level: Level) -> Summary {
    let few =
        [("test2k5", "heat_treat"), ("top9", "heat_treat"), ("glass5", "glass_fuse"), ("jb_onelump", "heat_treat")];
    let mut pairs = Pair::built_in().unwrap();
    pairs.retain(|pair| few.contains(&(&pair.plant, &pair.schedule)));
    let contender = Contender { regulator: Some(regulator), window: window(5.0).unwrap(), known: None };
    let fired = side_by_side(&cases(&pairs, level, &[11]).unwrap(), 2, |case| fire_case(case, &contender)).unwrap();
    assert_eq!(fired.len(), few.len());
    Summary::of(&fired.iter().map(|one| (one.score, one.case.pair.bound.finishes)).collect::<Vec<_>>())
}

#[track_caller]
fn check(regulator: RegulatorSettings, level: Level, ramp_rms_c: f64, hold_rms_c: f64, overshoot_c: f64) {
    let s = fired(regulator, level);
    println!("{s:?}");
    assert_eq!(s.unfinished, 0);
    assert!(s.ramp_rms.most <= ramp_rms_c, "ramp RMS {:?}", s.ramp_rms);
    assert!(s.hold_rms.most <= hold_rms_c, "hold RMS {:?}", s.hold_rms);
    assert!(s.overshoot.most <= overshoot_c, "overshoot {:?}", s.overshoot);
    assert!(s.heat_work.most <= 0.05, "heat work {:?}", s.heat_work);
}

#[test]
fn the_adaptive_regulator_follows_a_schedule_on_kilns_it_has_never_seen() {
    check(RegulatorSettings::Adaptive(PID), Level::Nominal, 0.3, 0.6, 2.5);
    check(RegulatorSettings::Adaptive(PID), Level::Quiet, 0.15, 0.6, 2.5);
}

#[test]
fn the_pid_follows_less_closely_and_comes_to_its_end() {
    check(RegulatorSettings::Pid(PID), Level::Nominal, 2.5, 2.0, 6.0);
}
