//! Every kiln against the published table of its family.
//!
//! What the table means was found by trying against an independent implementation of the same equations:
//! *time to* is the minutes at full power from a uniform 22 °C until the thermocouple (not the ware, not the brick)
//! reads the temperature; *duty to hold* is the duty after the brick has soaked through (the mean of the last of
//! sixty hours held at the temperature), not that of the first hour, which is up to a third higher.
//! The table is rounded to whole minutes and hundredths and is met to 3 % (or half a minute). `minutes` and `duty` are
//! the unrounded figures of the independent implementation, met to 0.1 %. Both take the heat capacity of the ware's
//! core at the core's own temperature; the table's origin took it at the surface's, which costs the heat balance and
//! makes up to 0.6 % of difference on the heaviest load.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test that cannot go on fails")]
#![allow(clippy::float_cmp, reason = "the claim is bit-equality")]

use kiln_sim::plant::{NAMES, Plant, PlantError, PlantSpec, Surroundings};

const ROOM: Surroundings = Surroundings::calm(22.0);

fn cold(name: &str) -> Plant {
    Plant::new(&PlantSpec::built_in(name).unwrap(), 22.0).unwrap()
}

/// Minutes at full power until the thermocouple is at each temperature; `None` if it is not within 30 h.
fn minutes_to<const N: usize>(name: &str, celsius: [f64; N]) -> [Option<f64>; N] {
    let mut kiln = cold(name);
    let mut reached = [None; N];
    for step in 1..=30 * 7200_u32 {
        kiln.step(1.0, &ROOM);
        for (target, at) in celsius.iter().zip(&mut reached) {
            if at.is_none() && kiln.thermocouple_c() >= *target {
                *at = Some(f64::from(step) / 120.0);
            }
        }
    }
    reached
}

/// Mean duty of the last hour of sixty, held by a plain proportional-integral loop on the true thermocouple.
fn duty_to_hold(name: &str, celsius: f64) -> f64 {
    let mut kiln = cold(name);
    while kiln.thermocouple_c() < celsius {
        kiln.step(1.0, &ROOM);
    }
    let (mut integral, mut last_hour) = (0.5, 0.0);
    for step in 0..60 * 7200_u32 {
        let error = celsius - kiln.thermocouple_c();
        let duty = (0.02 * error + integral).clamp(0.0, 1.0);
        integral = (integral + error * 0.0001).clamp(0.0, 1.0);
        kiln.step(duty, &ROOM);
        if step >= 59 * 7200 {
            last_hour += duty / 7200.0;
        }
    }
    last_hour
}

fn near(what: &str, seen: f64, wanted: f64, slack: f64) {
    assert!((seen - wanted).abs() <= slack, "{what}: {seen:.3}, wanted {wanted} within {slack:.3}");
}

/// A row: temperatures, the table's minutes, the unrounded ones.
fn check_heating<const N: usize>(name: &str, celsius: [f64; N], table: [f64; N], minutes: [f64; N]) {
    let expected = celsius.into_iter().zip(table.into_iter().zip(minutes));
    for (seen, (celsius, (table, minutes))) in minutes_to(name, celsius).into_iter().zip(expected) {
        let what = format!("{name}: minutes to {celsius} °C");
        let seen = seen.unwrap_or_else(|| panic!("{what}: never"));
        near(&what, seen, table, (0.03 * table).max(0.5));
        near(&what, seen, minutes, 0.001 * minutes + 1.0 / 120.0);
        eprintln!("{what}: {seen:.2} (table {table}, independent {minutes})");
    }
}

fn check_holding(name: &str, rows: &[(f64, f64, f64)]) {
    for (celsius, table, duty) in rows {
        let what = format!("{name}: duty to hold {celsius} °C");
        let seen = duty_to_hold(name, *celsius);
        near(&what, seen, *table, 0.03 * table);
        near(&what, seen, *duty, 0.001 * duty + 0.0005);
        eprintln!("{what}: {seen:.4} (table {table}, independent {duty})");
    }
}

#[test]
fn test2k5_heats_and_holds_as_published() {
    check_heating("test2k5", [600.0, 1060.0, 1222.0], [20.0, 63.0, 91.0], [19.92, 63.11, 90.89]);
    check_holding("test2k5", &[(1060.0, 0.46, 0.460), (1222.0, 0.56, 0.558)]);
}

#[test]
fn top9_heats_and_holds_as_published() {
    check_heating("top9", [600.0, 1060.0, 1222.0], [45.0, 130.0, 183.0], [45.06, 130.07, 183.08]);
    check_holding("top9", &[(1060.0, 0.58, 0.580), (1222.0, 0.70, 0.703)]);
}

#[test]
fn front15_heats_and_holds_as_published() {
    check_heating("front15", [600.0, 1060.0, 1222.0], [183.0, 454.0, 589.0], [182.52, 453.63, 588.47]);
    check_holding("front15", &[(1060.0, 0.46, 0.464), (1222.0, 0.55, 0.555)]);
}

#[test]
fn glass5_heats_and_holds_as_published() {
    check_heating("glass5", [600.0], [39.0], [38.65]);
    check_holding("glass5", &[(800.0, 0.50, 0.499)]);
}

#[test]
fn top9_heavy_heats_and_holds_as_published() {
    check_heating("top9_heavy", [600.0, 1060.0, 1222.0], [106.0, 272.0, 370.0], [104.88, 270.38, 368.57]);
    check_holding("top9_heavy", &[(1060.0, 0.58, 0.581), (1222.0, 0.70, 0.705)]);
}

/// The table says in words: reaches 1060 °C slowly, never 1222 °C.
#[test]
fn old9_reaches_1060_slowly_and_1222_never() {
    let [low, high] = minutes_to("old9", [1060.0, 1222.0]);
    near("old9: minutes to 1060 °C", low.unwrap(), 383.42, 0.4);
    assert_eq!(high, None, "old9 must never reach 1222 °C");
}

/// No row in the table; both columns are the independent implementation's.
#[test]
fn jb_onelump_is_ten_times_as_quick_as_a_kiln() {
    check_heating("jb_onelump", [600.0, 1060.0, 1222.0], [22.84, 53.90, 73.03], [22.84, 53.90, 73.03]);
}

/// Plant A: published as at most 516 °C/h and never above 1439 °C. The rate is full power over both heat capacities;
/// what is seen after the element has caught up is that, less what the oven loses by then.
#[test]
fn plant_a_has_its_published_rate_and_ceiling() {
    let mut kiln = cold("plant_a");
    let around = Surroundings::calm(20.0);
    (0..20 * 120).for_each(|_| kiln.step(1.0, &around));
    let start = kiln.chamber_c();
    (0..120).for_each(|_| kiln.step(1.0, &around));
    let seen = (kiln.chamber_c() - start) * 60.0;
    let left = 1.0 - (f64::midpoint(start, kiln.chamber_c()) - 20.0) / (1439.0 - 20.0);
    near("plant_a: °C/h", seen / left, 516.0, 0.01 * 516.0);
    (0..60 * 7200).for_each(|_| kiln.step(1.0, &around));
    near("plant_a: ceiling", kiln.chamber_c(), 1439.0, 0.5);
    near("plant_a: the thermocouple follows", kiln.thermocouple_c(), kiln.chamber_c(), 0.1);
}

/// Plant B: published as 90 s of dead time, about 1130 °C at most, 30 A falling by 0.035 %/K.
#[test]
fn plant_b_has_its_published_dead_time_ceiling_and_current() {
    let mut kiln = cold("plant_b");
    let around = Surroundings::calm(20.0);
    let cold_a = kiln.conducting_current_a(&around);
    near("plant_b: cold current", cold_a, 30.0, 0.03);
    let silent = (1..=200).find(|_| {
        let before = kiln.chamber_c();
        kiln.step(1.0, &around);
        kiln.chamber_c() > before
    });
    assert_eq!(silent, Some(181), "nothing may happen for 90 s");
    for _ in 0..40 * 7200 {
        kiln.step(1.0, &around);
    }
    near("plant_b: ceiling", kiln.chamber_c(), 1130.0, 10.0);
    let hot_a = 30.0 / (1.0 + 0.000_35 * (kiln.chamber_c() - 20.0));
    near("plant_b: hot current", kiln.conducting_current_a(&around), hot_a, 1e-9);
}

/// What each fault of the plant does, seen from outside.
#[test]
fn surroundings_reach_the_kiln() {
    let after = |around: Surroundings| {
        let mut kiln = cold("top9");
        (0..7200).for_each(|_| kiln.step(1.0, &ROOM));
        (0..600).for_each(|_| kiln.step(1.0, &around));
        (kiln.thermocouple_c(), kiln.ware_c(), kiln.current_a())
    };
    let (calm_c, calm_ware_c, calm_a) = after(ROOM);
    near("current of 9.4 kW at 230 V", calm_a, 40.87, 0.01);
    let (out_c, out_ware_c, _) = after(Surroundings { thermocouple_out: true, ..ROOM });
    assert!(out_c < calm_c - 300.0 && out_ware_c == calm_ware_c, "only the reading falls: {out_c} {out_ware_c}");
    let (half_c, _, half_a) = after(Surroundings { element_health: 0.5, ..ROOM });
    assert!(half_c < calm_c - 20.0 && half_a == calm_a / 2.0, "half the elements: {half_c} °C, {half_a} A");
    let (open_c, ..) = after(Surroundings { lid: 1.0, ..ROOM });
    assert!(open_c < calm_c - 50.0, "an open lid: {open_c}");
    let (dark_c, _, dark_a) = after(Surroundings { mains: 0.0, ..ROOM });
    assert!(dark_c < calm_c - 50.0 && dark_a == 0.0, "no mains: {dark_c} °C, {dark_a} A");
    let (low_c, _, low_a) = after(Surroundings { mains: 0.81, ..ROOM });
    assert!(low_c < calm_c && (low_a / calm_a - 0.9).abs() < 1e-12, "mains at 90 %: {low_c} °C, {low_a} A");
}

#[test]
fn every_name_has_a_kiln_and_no_other() {
    for name in NAMES {
        let spec = PlantSpec::built_in(name).unwrap();
        assert!(!spec.doc.is_empty() && !spec.source.is_empty(), "{name} explains itself");
    }
    let error = PlantSpec::built_in("top10").unwrap_err();
    assert_eq!(error, PlantError::UnknownName("top10".to_owned()));
    assert!(error.to_string().contains("top9_heavy"), "the refusal lists what there is: {error}");
}
