#![allow(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    clippy::cast_lossless,
    reason = "tenths of a second and random bits of a test"
)]

use std::vec::Vec;

use super::*;
use crate::analysis::Sample;
use crate::units::Duty;

/// A textbook kiln and a day with it.
#[derive(Clone, Copy)]
struct Day<'a> {
    kiln: (f64, f64, f64),
    /// Seconds and percent.
    power: &'a [(u32, f64)],
    noise: f64,
    every: u32,
}

/// Three powers: a climb, a fall and a step between.
const POWER: &[(u32, f64)] = &[(900, 40.0), (900, 15.0), (900, 35.0), (900, 0.0)];

/// What a logger would have written: the kiln computed exactly every tenth of a second, noise of a triangle's shape.
fn samples(day: &Day<'_>) -> Vec<Sample> {
    let (gain, tau, dead) = day.kiln;
    let power: Vec<f64> =
        day.power.iter().flat_map(|(s, percent)| std::iter::repeat_n(*percent, *s as usize * 10)).collect();
    let (keeps, behind) = ((-0.1 / tau).exp(), (dead * 10.0).round() as usize);
    let (mut rise, mut chance, mut rows) = (0.0, 12_345_u64, Vec::new());
    let mut random = || {
        chance = chance.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (chance >> 11) as f64 / (1_u64 << 53) as f64
    };
    for tenth in 0..power.len() {
        if tenth % (day.every as usize * 10) == 0 {
            let noise = (random() + random() - 1.0) * day.noise * 6.0_f64.sqrt();
            rows.push(Sample {
                at: Millis::new(tenth as u64 * 100),
                temperature: Celsius::new(22.0 + rise + noise).unwrap(),
                duty: Duty::from_percent(power[tenth]),
            });
        }
        let given = tenth.checked_sub(behind).map_or(0.0, |then| power[then]);
        rise = keeps * rise + (1.0 - keeps) * gain * given;
    }
    rows
}

fn check(day: &Day<'_>) {
    let (gain, tau, dead) = day.kiln;
    let fit = fit(&Record::of(samples(day))).unwrap();
    let kiln = fit.step.kiln;
    assert!((kiln.gain() / gain - 1.0).abs() < 0.02, "{:?}: {kiln:?}", day.kiln);
    assert!((kiln.time_constant() / tau - 1.0).abs() < 0.02, "{:?}: {kiln:?}", day.kiln);
    assert!((kiln.dead_time() - dead).abs() < 2.0, "{:?}: {kiln:?}", day.kiln);
    assert!(fit.residual < 0.3 + day.noise && fit.r_squared > 0.99, "{fit:?}");
}

const KILNS: [(f64, f64, f64); 6] = [
    (3.0, 300.0, 30.0),
    (6.0, 800.0, 60.0),
    (2.0, 150.0, 20.0),
    (12.0, 2000.0, 90.0),
    (1.5, 300.0, 5.0),
    (2.0, 200.0, 100.0),
];

#[test]
fn textbook_kilns_come_back() {
    for kiln in KILNS {
        check(&Day { kiln, power: POWER, noise: 0.02, every: 2 });
    }
}

#[test]
fn noise_does_not_bias() {
    for kiln in KILNS {
        check(&Day { kiln, power: POWER, noise: 0.2, every: 2 });
    }
}

#[test]
fn standard_errors_are_of_the_size_of_the_errors() {
    let (mut count, mut squares) = (0.0, 0.0);
    for kiln in KILNS {
        let fit = fit(&Record::of(samples(&Day { kiln, power: POWER, noise: 0.5, every: 2 }))).unwrap();
        let (gain, tau, _) = kiln;
        let found = fit.step.kiln;
        for (off, error) in
            [(found.gain() - gain, fit.errors.gain), (found.time_constant() - tau, fit.errors.time_constant)]
        {
            assert!(error > 0.0 && off.abs() < 5.0 * error + 0.004 * off.abs().max(gain), "{kiln:?}: {off} {error}");
            (count, squares) = (count + 1.0, squares + (off / error) * (off / error));
        }
    }
    let ratio = f64::sqrt(squares / count);
    assert!((0.3..3.0).contains(&ratio), "errors are {ratio} standard errors");
}

#[test]
fn a_record_that_leaves_the_kiln_open_is_refused() {
    // Ten minutes of a climb with ten of a fall: a kiln of an hour could have any gain.
    let day = Day { kiln: (12.0, 9000.0, 60.0), power: &[(200, 20.0), (200, 0.0)], noise: 1.0, every: 2 };
    let refused = fit(&Record::of(samples(&day)));
    assert!(matches!(refused, Err(NoFit::Uncertain { .. } | NoFit::Poor { .. })), "{refused:?}");
}

#[test]
fn rows_far_apart_will_do() {
    check(&Day { kiln: (6.0, 800.0, 60.0), power: POWER, noise: 0.1, every: 5 });
}

#[test]
fn what_shows_nothing_is_refused_by_name() {
    let day = Day { kiln: KILNS[0], power: POWER, noise: 0.2, every: 2 };
    let refused = |power: &[(u32, f64)], kiln: (f64, f64, f64)| {
        fit(&Record::of(samples(&Day { kiln, power, ..day }))).unwrap_err()
    };
    assert!(matches!(refused(&[(200, 40.0)], KILNS[0]), NoFit::TooShort { .. }));
    assert!(matches!(refused(&[(1800, 40.0)], KILNS[0]), NoFit::NoExcitation { .. }));
    assert!(matches!(refused(&[(900, 40.0), (900, 0.0)], (0.001, 300.0, 30.0)), NoFit::NoRise { .. }));
    assert!(matches!(
        refused(&[(900, 40.0), (900, 0.0)], (-1.0, 300.0, 30.0)),
        NoFit::NoAnswer | NoFit::DeadTimeAtEdge { .. } | NoFit::Poor { .. }
    ));
    let mut random = 7_u64;
    let noise = samples(&day).into_iter().map(|sample| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        Sample { temperature: Celsius::new((random >> 58) as f64).unwrap(), ..sample }
    });
    assert!(matches!(fit(&Record::of(noise)), Err(NoFit::Poor { .. } | NoFit::NoAnswer)), "noise is no kiln");
}

#[test]
fn the_record_can_be_drawn_beside_the_model() {
    let record = Record::of(samples(&Day { kiln: KILNS[0], power: POWER, noise: 0.0, every: 2 }));
    let fit = fit(&record).unwrap();
    let worst = fit.beside(&record).fold(0.0_f64, |worst, (_, seen, model)| worst.max((seen - model).abs()));
    assert!(worst < 0.5 && (worst - fit.worst).abs() < 1e-9, "{worst} {}", fit.worst);
}
