//! The guards, shown a firing second by second: what each finds, when, and what it leaves alone.
//!
//! Every kiln here is a rule that says what is seen after so many seconds. A healthy one is found nothing wrong with.

#![allow(
    clippy::unwrap_used,
    reason = "a test that is wrong should stop; the lint's own exemption covers test functions only"
)]

use kiln_core::fault::Kind;
use kiln_core::guard::{Fitted, Guards, Scene};
use kiln_core::limits;
use kiln_core::sensor::{Problem, Reading};
use kiln_core::units::{Celsius, Instant, Millis};

const START: Instant = Instant::from_millis(u64::MAX / 4);

fn celsius(value: f64) -> Celsius {
    Celsius::new(value).unwrap()
}

/// A firing that reads so much, with nothing wrong but what the caller changes.
fn firing(now: Instant, at: f64) -> Scene {
    let temperature = celsius(at);
    // The last bit of the chip never rests.
    let bit = if (now.as_millis() / 1000).is_multiple_of(2) { 0.0 } else { 1.0 / 128.0 };
    Scene {
        sample: Some(temperature),
        raw: Some(celsius(at + bit)),
        cold_junction: Some(celsius(25.0)),
        target: Some(celsius(1200.0)),
        fresh: true,
        reading: Some(Reading { temperature, taken: now, sequence: 0 }),
        heating: true,
        ..Scene::blank(now, celsius(1300.0))
    }
}

/// Shows so many scenes `step` apart; each kind of fault found must be one expected, first found in its range of
/// scenes, and in that order.
fn check(what: &str, step: Millis, count: u32, seen: impl Fn(u32, Instant) -> Scene, expected: &[(Kind, u32, u32)]) {
    let (mut guards, mut found, mut now) = (Guards::default(), Vec::new(), START);
    for index in 0..count {
        for fault in guards.judge(&seen(index, now)).iter() {
            if found.iter().all(|(kind, _)| *kind != fault.kind()) {
                found.push((fault.kind(), index));
            }
        }
        now = now + step;
    }
    let fits = found.len() == expected.len()
        && found.iter().zip(expected).all(|((kind, at), (want, from, to))| kind == want && (from..=to).contains(&at));
    assert!(fits, "{what}: {found:?} instead of {expected:?}");
}

const SECOND: Millis = Millis::from_seconds(1);

/// The limit in whole seconds.
fn seconds(limit: Millis) -> u32 {
    u32::try_from(limit.get() / 1000).unwrap()
}

fn count(limit: usize) -> u32 {
    u32::try_from(limit).unwrap()
}

#[test]
fn a_healthy_firing_is_left_alone() {
    let climb = |index: u32, now| Scene { energized: index % 10 < 7, ..firing(now, 20.0 + 0.2 * f64::from(index)) };
    check("a climb", SECOND, 6000, climb, &[]);
    let hold = |index: u32, now| Scene { energized: index % 5 < 2, ..firing(now, 1200.0) };
    check("a hold", SECOND, 6000, hold, &[]);
}

#[test]
fn a_jump_withholds_and_then_latches() {
    let (withholds, latches) = (count(limits::JUMP_WITHHOLDS), count(limits::JUMP_LATCHES));
    let jump = |by: f64, length: u32| {
        move |index: u32, now| firing(now, if (20..20 + length).contains(&index) { 900.0 + by } else { 900.0 })
    };
    let suspected = (Kind::SensorJumpSuspected, 19 + withholds, 19 + withholds);
    let jumped = (Kind::SensorJumped, 19 + latches, 19 + latches);
    let jump_by = limits::JUMP.get() + 0.5;
    check("down for good", SECOND, 60, jump(-jump_by, 60), &[suspected, jumped]);
    check("up for good", SECOND, 60, jump(jump_by, 60), &[suspected, jumped]);
    check("back in time", SECOND, 60, jump(-600.0, latches - 1), &[suspected]);
    check("a short burst", SECOND, 60, jump(-600.0, withholds - 1), &[]);
    check("no jump", SECOND, 60, jump(-limits::JUMP.get(), 60), &[]);
    check("nothing is heated", SECOND, 60, |n, now| Scene { heating: false, ..jump(-600.0, 60)(n, now) }, &[]);
    let lags = |n: u32, now| {
        let falls = |n: u32| 900.0 - 40.0 * f64::from(n.min(15));
        Scene { reading: firing(now, falls(n.saturating_sub(3))).reading, ..firing(now, falls(n)) }
    };
    check("a reading that lags behind a lid", SECOND, 60, lags, &[]);
    let noisy = |n: u32, now| {
        let by = if (n / 6).is_multiple_of(2) { 55.0 } else { -55.0 };
        Scene { reading: firing(now, 900.0).reading, ..firing(now, 900.0 + by) }
    };
    check("noise around the reading", SECOND, 60, noisy, &[]);
}

#[test]
fn the_maximum_itself_is_allowed_and_what_cannot_be_seen_may_be_hotter() {
    let edge = |n: u32, now| firing(now, if (20..22).contains(&n) { 1300.5 } else { 1300.0 });
    check("at the maximum", SECOND, 60, edge, &[(Kind::OverTemperatureSuspected, 20, 20)]);
    let reading = firing(START, 1300.0).reading;
    let unseen = |_: u32, now| Scene { sample: None, raw: None, reading, ..firing(now, 1300.0) };
    let stale = (Kind::SensorStale, 4, 4);
    check("no sample", SECOND, 6, unseen, &[stale]);
    let blind = |n, now| Scene { problem: Some(Problem::Bus), ..unseen(n, now) };
    check("blind", SECOND, 6, blind, &[(Kind::OverTemperatureSuspected, 1, 1), stale]);
}

#[test]
fn what_few_samples_have_said_may_have_been_the_jump_itself() {
    let (withholds, latches) = (count(limits::JUMP_WITHHOLDS), count(limits::JUMP_LATCHES));
    let begins = |wild: u32| move |n: u32, now| firing(now, if n < wild { 300.0 } else { 900.0 });
    check("wild at first", SECOND, 60, begins(withholds - 1), &[]);
    let suspected = (Kind::SensorJumpSuspected, 2 * withholds - 1, 2 * withholds - 1);
    let jumped = (Kind::SensorJumped, withholds + latches - 1, withholds + latches - 1);
    check("said long enough", SECOND, 60, begins(withholds), &[suspected, jumped]);
}

#[test]
fn a_reading_that_falls_below_the_terminals_is_a_reversed_thermocouple() {
    let late = count(limits::REVERSED_SAMPLES) - 1;
    let falls = |from: f64, to: f64| move |n: u32, now| firing(now, (from - f64::from(n)).max(to));
    let reversed = |at: u32| (Kind::ThermocoupleReversed, at + late, at + late);
    check("mirrored", SECOND, 60, falls(24.0, -30.0), &[reversed(8)]);
    check("from above the terminals", SECOND, 60, falls(40.0, -30.0), &[reversed(21)]);
    check("a cold shed", SECOND, 60, falls(3.0, 3.0), &[]);
    check("not far below", SECOND, 60, falls(40.0, 20.0), &[]);
    check("has hardly fallen", SECOND, 60, falls(18.0, 10.5), &[]);
    check("nothing is heated", SECOND, 60, |n, now| Scene { heating: false, ..falls(24.0, -30.0)(n, now) }, &[]);
    let mended = |n: u32, now| if n % 5 == 4 { firing(now, 24.0) } else { firing(now, 5.0 - 20.0 * f64::from(n % 2)) };
    check("never long enough", SECOND, 60, mended, &[]);
}

#[test]
fn incident_a_kiln_that_cooled_down_beside_warm_electronics_was_said_to_be_wired_wrong() {
    let cools = |heat: bool| {
        move |n: u32, now| Scene {
            energized: heat && n.is_multiple_of(40),
            cold_junction: Some(celsius(60.0)),
            ..firing(now, 80.0 - 0.1 * f64::from(n))
        }
    };
    check("let cool", SECOND, 600, cools(false), &[]);
    // 80 °C falls to below 55 °C in 251 seconds.
    let late = 251 + count(limits::REVERSED_SAMPLES) - 1;
    check("heated", SECOND, 600, cools(true), &[(Kind::ThermocoupleReversed, late, late)]);
}

#[test]
fn a_firing_without_any_reading_is_given_up_after_its_patience() {
    let unread = |problem: Problem| {
        move |_: u32, now| Scene { sample: None, raw: None, reading: None, problem: Some(problem), ..firing(now, 20.0) }
    };
    let idle = |n, now| Scene { heating: false, ..unread(Problem::Converting)(n, now) };
    check("just set up", SECOND, 60, idle, &[]);
    let patience = seconds(limits::READING_LOST_AFTER);
    let given_up = [(Kind::SensorNotReady, 0, 0), (Kind::SensorLost, patience + 1, patience + 1)];
    check("set up in a firing", SECOND, 60, unread(Problem::Converting), &given_up);
    check("no answer", SECOND, 60, unread(Problem::Bus), &given_up);
}

#[test]
fn a_cold_kiln_that_is_heated_and_stays_cold_is_told() {
    let at = |from: f64, per_hour: f64, duty: u32| {
        move |n: u32, now| Scene { energized: n % 10 < duty, ..firing(now, from + per_hour * f64::from(n) / 3600.0) }
    };
    let after = |limit: Millis| (Kind::NotRising, seconds(limit), seconds(limit) + 60);
    check("on the table", SECOND, 2000, at(25.0, 0.0, 10), &[after(limits::NOT_RISING_OVER)]);
    check("warm, no power", SECOND, 2000, at(60.0, 0.0, 10), &[after(limits::NOT_RISING_WARM_OVER)]);
    check("it rises", SECOND, 2000, at(25.0, 60.0, 10), &[]);
    check("hardly heated", SECOND, 2000, at(25.0, 0.0, 4), &[]);
    check("at its limit", SECOND, 2000, at(limits::NOT_RISING_BELOW.get(), 0.0, 10), &[]);
    let step = |n, now| at(if n < 360 { 25.0 } else { 25.0 + limits::NOT_RISING_RISE.get() }, 0.0, 10)(n, now);
    check("it has risen just enough", SECOND, 1000, step, &[]);
}

#[test]
fn a_code_that_never_changes_is_a_frozen_chip() {
    let frozen = |energized: fn(u32) -> bool| {
        move |n: u32, now| Scene { raw: Some(celsius(900.0)), energized: energized(n), ..firing(now, 900.0) }
    };
    let withholds =
        (Kind::SensorFrozenSuspected, count(limits::FROZEN_WITHHOLDS) - 1, count(limits::FROZEN_WITHHOLDS) - 1);
    let latches = (Kind::SensorFrozen, count(limits::FROZEN_LATCHES) - 1, count(limits::FROZEN_LATCHES) - 1);
    check("heat comes and goes", SECOND, 100, frozen(|n| n % 20 < 10), &[withholds, latches]);
    check("heat all the time", SECOND, 100, frozen(|_| true), &[withholds]);
    check("no heat", SECOND, 100, frozen(|_| false), &[]);
    let least = |n| u64::from(n) <= limits::FROZEN_HEAT.get() / 1000;
    check("just enough heat", SECOND, 100, frozen(least), &[withholds, latches]);
    let less = |n| u64::from(n) < limits::FROZEN_HEAT.get() / 1000;
    check("hardly any heat", SECOND, 100, frozen(less), &[]);
    let rests = |n: u32, now| Scene { heating: n >= 200, ..frozen(|n| n % 20 < 10)(n, now) };
    let since = |(kind, from, to): (Kind, u32, u32)| (kind, from + 200, to + 200);
    check("what was at rest before", SECOND, 300, rests, &[since(withholds), since(latches)]);
    let quiet = |n: u32, now| Scene { raw: Some(celsius(900.0 + f64::from(n / 19))), ..firing(now, 900.0) };
    check("a quiet sensor", SECOND, 100, |n, now| Scene { energized: n % 20 < 10, ..quiet(n, now) }, &[]);
}

#[test]
fn a_code_that_should_have_moved_is_a_frozen_chip_sooner() {
    let soon = |began: u32| {
        let from = began + count(limits::FROZEN_SOON_WITHHOLDS) - 1;
        (Kind::SensorFrozenSuspected, from, from)
    };
    let dither = |n: u32| 900.0 + f64::from(n % 3) * 0.1;
    let noisy = |n: u32, now| Scene { raw: Some(celsius(dither(n.min(400)))), energized: true, ..firing(now, 900.0) };
    check("a noisy sensor", SECOND, 430, noisy, &[soon(400)]);
    let unknown = |n: u32, now| noisy(n + 200, now);
    let late = count(limits::FROZEN_WITHHOLDS) - 1;
    check("its noise not known yet", SECOND, 230, unknown, &[(Kind::SensorFrozenSuspected, 200 + late, 200 + late)]);
    let ramp = |n: u32| celsius(900.0 + 0.02 * f64::from(n));
    let stuck = |n: u32, now| Scene { raw: Some(ramp(n.min(50))), energized: true, ..firing(now, 900.0) };
    let goes_on = |n: u32, now| Scene { target: Some(ramp(n)), ..stuck(n, now) };
    check("the target goes on", SECOND, 80, goes_on, &[soon(50)]);
    let stays = |n: u32, now| Scene { target: Some(ramp(n.min(50))), ..stuck(n, now) };
    check("the target stays", SECOND, 80, stays, &[(Kind::SensorFrozenSuspected, 50 + late, 50 + late)]);
    check("no heat", SECOND, 80, |n, now| Scene { energized: false, ..goes_on(n, now) }, &[]);
    let cut = |n: u32, now| Scene { energized: n < 52, ..goes_on(n, now) };
    let latched = 50 + count(limits::FROZEN_LATCHES) - 1;
    check("heat is cut", SECOND, 120, cut, &[soon(50), (Kind::SensorFrozen, latched, latched)]);
}

#[test]
fn heat_that_nobody_ordered_is_a_welded_relay() {
    let climb = |energized: fn(u32) -> bool| {
        move |n: u32, now| Scene { energized: energized(n), ..firing(now, 600.0 + 0.3 * f64::from(n)) }
    };
    let balance = seconds(limits::WELDED_BALANCE_OVER);
    check("no heat", SECOND, 400, climb(|_| false), &[(Kind::RelayWelded, balance, balance + 60)]);
    let late = |n: u32, now| firing(now, 630.0 - 30.0 * (-f64::from(n) / 60.0).exp());
    check("what was on its way", SECOND, 400, late, &[]);
    check("heated", SECOND, 400, climb(|n| n % 5 < 2), &[]);
    check("nothing goes on", SECOND, 400, |n, now| Scene { heating: false, ..climb(|_| false)(n, now) }, &[]);
    let still = |_, now| firing(now, 600.0);
    check("it stays where it is", SECOND, 400, still, &[]);
}

#[test]
fn hot_electronics_are_told_then_heat_is_withheld_then_the_firing_ends() {
    let terminals =
        |degrees: f64| move |_: u32, now| Scene { cold_junction: Some(celsius(degrees)), ..firing(now, 900.0) };
    let (warm, hot) = (limits::ELECTRONICS_WARM.get(), limits::ELECTRONICS_HOT.get());
    let latches = seconds(limits::ELECTRONICS_LATCHES);
    let ended = (Kind::ElectronicsTooHot, latches, latches);
    check("warm", SECOND, 1200, terminals(warm), &[]);
    check("over warm", SECOND, 1200, terminals(warm + 0.1), &[(Kind::ElectronicsWarm, 0, 0)]);
    check("hot", SECOND, 1200, terminals(hot), &[(Kind::ElectronicsWarm, 0, 0)]);
    check("over hot", SECOND, 1200, terminals(hot + 0.1), &[(Kind::ElectronicsHot, 0, 0), ended]);
    let idle = |n, now| Scene { heating: false, ..terminals(hot + 0.1)(n, now) };
    check("over hot, nothing goes on", SECOND, 1200, idle, &[(Kind::ElectronicsHot, 0, 0)]);
    let airs = |n: u32, now| terminals(if n.is_multiple_of(latches) { warm } else { hot + 0.1 })(n, now);
    check("it cools in time", SECOND, 3000, airs, &[(Kind::ElectronicsHot, 1, 1)]);
}

#[test]
fn what_is_found_in_a_firing_ends_with_it_and_not_with_the_next_reading() {
    let mut guards = Guards::default();
    let hot = |now, heating, fresh| Scene { cold_junction: Some(celsius(99.0)), heating, fresh, ..firing(now, 900.0) };
    let ended =
        |guards: &mut Guards, scene| guards.judge(&scene).iter().any(|fault| fault.kind() == Kind::ElectronicsTooHot);
    let late = START + limits::ELECTRONICS_LATCHES;
    assert!(!ended(&mut guards, hot(START, true, true)));
    assert!(!ended(&mut guards, hot(late, true, false)), "judged with a reading");
    assert!(ended(&mut guards, hot(late, true, true)));
    assert!(ended(&mut guards, hot(late + limits::SLOT, true, false)));
    assert!(!ended(&mut guards, hot(late + limits::SLOT, false, false)));
}

#[test]
fn what_is_fitted_is_judged_and_what_is_not_vouches_for_nothing() {
    let slot = |n: u32, now, fitted: Fitted| Scene { fresh: n.is_multiple_of(10), fitted, ..firing(now, 900.0) };
    let stop = Fitted { stop_loop_open: Some(true), lid_open: Some(true), ..Fitted::default() };
    check("stop", limits::SLOT, 50, |n, now| slot(n, now, stop), &[(Kind::EmergencyStop, 0, 0)]);
    let idle = |n, now| Scene { heating: false, ..slot(n, now, stop) };
    check("stop, nothing goes on", limits::SLOT, 50, idle, &[(Kind::EmergencyStop, 0, 0)]);
    let lid = Fitted { stop_loop_open: Some(false), lid_open: Some(true), ..Fitted::default() };
    check("lid", limits::SLOT, 50, |n, now| slot(n, now, lid), &[(Kind::LidOpen, 0, 0)]);
    check("lid, nothing goes on", limits::SLOT, 50, |n, now| Scene { heating: false, ..slot(n, now, lid) }, &[]);
    let last = count(limits::CURRENT_SLOTS) - 1;
    let current = |on: bool| Fitted { current: Some(on), ..Fitted::default() };
    let welded = (Kind::CurrentWhileOff, last, last);
    check("current", limits::SLOT, 50, |n, now| slot(n, now, current(true)), &[welded]);
    let ordered = |n, now| Scene { energized: true, ..slot(n, now, current(true)) };
    check("current that was ordered", limits::SLOT, 50, ordered, &[]);
    let dying = |n: u32, now| slot(n, now, current(!n.is_multiple_of(last + 1)));
    check("current that dies away", limits::SLOT, 50, dying, &[]);
}

#[test]
fn two_thermocouples_may_disagree_for_a_while() {
    let latches = seconds(limits::DISAGREE_LATCHES);
    let second = |apart: f64| {
        move |_: u32, now| {
            let fitted = Fitted { second: Some(celsius(900.0 + apart)), ..Fitted::default() };
            Scene { fitted, ..firing(now, 900.0) }
        }
    };
    let apart = limits::DISAGREE.get();
    let found = [(Kind::ThermocouplesDisagree, latches, latches)];
    check("too hot", SECOND, 200, second(apart + 0.1), &found);
    check("too cold", SECOND, 200, second(-apart - 0.1), &found);
    check("just not", SECOND, 200, second(apart), &[]);
    check(
        "now and then",
        SECOND,
        200,
        |n, now| second(if n.is_multiple_of(latches) { 0.0 } else { 99.0 })(n, now),
        &[],
    );
    check("nothing goes on", SECOND, 200, |n, now| Scene { heating: false, ..second(99.0)(n, now) }, &[]);
}

#[test]
fn no_firing_lasts_for_ever() {
    let hour = Millis::from_hours(1);
    let longest = seconds(limits::FIRING_LONGEST) / 3600;
    let hold = |_, now| firing(now, 900.0);
    check("a week and an hour", hour, longest + 9, hold, &[(Kind::FiringTooLong, longest + 1, longest + 1)]);
    let days = |n: u32, now| Scene { heating: !n.is_multiple_of(longest), ..firing(now, 900.0) };
    check("one firing after the other", hour, 3 * longest, days, &[]);
}

#[test]
fn a_kiln_that_falls_although_it_is_heated_gets_no_heat() {
    let falls = |per_second: f64| {
        move |n: u32, now| Scene { energized: true, ..firing(now, (900.0 - per_second * f64::from(n)).max(200.0)) }
    };
    let fast = (Kind::FallingFast, seconds(limits::FALL_FAST_OVER), seconds(limits::FALL_FAST_OVER) + 60);
    let out = seconds(limits::FALL_LATCHES);
    let fell = [fast, (Kind::ThermocoupleOut, fast.1 + out, fast.2 + out)];
    check("the thermocouple is out", SECOND, out + 300, falls(3.0), &fell);
    let over = seconds(limits::HEAT_LOST_OVER);
    let lost = seconds(limits::HEAT_LOST_LATCHES);
    let slow = [(Kind::HeatLostSuspected, over, over + 60), (Kind::HeatLost, over + lost, over + lost + 60)];
    check("an element is broken", SECOND, over + lost + 300, falls(0.1), &slow);
    check("hardly", SECOND, 2000, falls(0.01), &[]);
}

#[test]
fn incident_a_kiln_that_was_let_cool_after_a_dead_element_was_said_to_have_lost_its_heat() {
    let over = seconds(limits::HEAT_LOST_OVER);
    // It falls at full power; then the step ends, and it falls as fast as it likes without being asked for heat.
    let falls = |n: u32, now| {
        let asked = n < over + 300;
        let target = Some(celsius(1200.0)).filter(|_| asked);
        Scene { energized: asked, target, ..firing(now, 900.0 - 0.1 * f64::from(n)) }
    };
    let longest = over + 3 * seconds(limits::HEAT_LOST_LATCHES);
    check("let cool", SECOND, longest, falls, &[(Kind::HeatLostSuspected, over, over + 60)]);
}
