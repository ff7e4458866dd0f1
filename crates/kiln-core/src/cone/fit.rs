//! Where the activations and doses of the cones come from, and how well they return the chart.
//!
//! For each verified cone: over every whole power k, the dose that makes the largest of its three errors smallest; then
//! the k with the smallest such error, the lower of two alike. An error is the temperature at which the model says the
//! cone falls on a steady climb of 100 °C, less the chart's. Unverified cones take the k of their nearest verified
//! neighbour (019, 10) and the dose that fits what the chart has of them. `the_table_is_the_fit` holds the table of
//! `chart.rs` to this; with `--nocapture` it prints the rows.
#![expect(clippy::print_stdout, reason = "the tables are what these tests show")]

use super::chart::{Cone, Figures, RATES};
use super::heat_work::{Activation, HeatWork, Threshold};
use super::schedule::dose_of;
use crate::units::{Celsius, CelsiusPerHour, Kelvin, Millis};
use std::vec::Vec;
use std::{print, println};

const SPAN: Kelvin = Kelvin::whole(100);

/// What the chart has of a cone: rate, °C.
fn chart(cone: Cone) -> Vec<(CelsiusPerHour, f64)> {
    let [at_15, at_60, at_150] = RATES;
    match cone.figures() {
        Figures::Verified([a, b, c]) => Vec::from([(at_15, a), (at_60, b), (at_150, c)]),
        Figures::Unverified([b, c]) => Vec::from([(at_60, b), (at_150, c)]),
        Figures::Large(c) => Vec::from([(at_150, c)]),
    }
    .into_iter()
    .map(|(rate, celsius)| (rate, f64::from(celsius)))
    .collect()
}

/// The dose of a climb of 100 °C up to `end`.
fn dose(activation: Activation, end: f64, rate: CelsiusPerHour) -> f64 {
    dose_of(Threshold { activation, dose: 0.0 }, end, &[(SPAN, rate)])
}

/// The end at which the climb has that dose.
fn end(activation: Activation, wanted: f64, rate: CelsiusPerHour, near: f64) -> f64 {
    let (mut low, mut high) = (near - 40.0, near + 40.0);
    for _ in 0..22 {
        let middle = f64::midpoint(low, high);
        if dose(activation, middle, rate) < wanted { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The least possible largest error at that activation, and its dose.
fn best(activation: Activation, points: &[(CelsiusPerHour, f64)]) -> (f64, f64) {
    let errors = |wanted: f64| {
        let errors = points.iter().map(|(rate, celsius)| end(activation, wanted, *rate, *celsius) - celsius);
        errors.fold((f64::MAX, f64::MIN), |(least, most), error| (least.min(error), most.max(error)))
    };
    let doses = points.iter().map(|(rate, celsius)| dose(activation, *celsius, *rate));
    let (mut low, mut high) = doses.fold((f64::MAX, f64::MIN), |(low, high), dose| (low.min(dose), high.max(dose)));
    for _ in 0..26 {
        let middle = (low * high).sqrt();
        let (least, most) = errors(middle);
        if least + most < 0.0 { low = middle } else { high = middle }
    }
    let wanted = (low * high).sqrt();
    let (least, most) = errors(wanted);
    (most.max(-least), wanted)
}

/// The fit of a cone, as it stands in the table.
fn fitted(cone: Cone) -> (Activation, f64) {
    let points = chart(cone);
    let among = match cone.figures() {
        Figures::Verified(_) => Activation::ALL,
        Figures::Unverified(_) => &[Activation::K7],
        Figures::Large(_) => &[Activation::K13],
    };
    let fits = among.iter().map(|activation| (best(*activation, &points), *activation));
    let ((_, dose), activation) = fits.min_by(|((a, _), _), ((b, _), _)| a.total_cmp(b)).unwrap();
    (activation, dose)
}

#[test]
fn the_table_is_the_fit() {
    let mut wrong = Vec::new();
    for cone in Cone::all() {
        let (activation, dose) = fitted(cone);
        println!("{:>4} {activation:?} {dose:.3e}", cone.name());
        let kept = cone.threshold();
        if kept.activation != activation || (kept.dose / dose - 1.0).abs() > 1e-3 {
            wrong.push((cone, kept, activation, dose));
        }
    }
    assert!(wrong.is_empty(), "kept, and fitted: {wrong:?}");
}

/// Climbs from `below` degrees under the chart's figure, a second at a time as the firing does, until the cone falls.
fn simulated(cone: Cone, rate: CelsiusPerHour, chart: f64, below: f64) -> f64 {
    let mut work = HeatWork::NONE;
    let start = chart - below;
    let mut seconds = 0.0;
    loop {
        let celsius = start + rate.get() * seconds / 3600.0;
        work.add(Celsius::new(celsius).unwrap(), Millis::from_seconds(1));
        if work.has_fallen(cone) {
            return celsius;
        }
        seconds += 1.0;
    }
}

/// The bar: every verified figure within 4 °C, fed a reading a second; and the same with the whole firing at the rate.
#[test]
fn every_verified_figure_within_four_degrees() {
    println!("cone | 15 °C/h | 60 °C/h | 150 °C/h   (chart, model less chart over the last 100 °C; over 300 °C)");
    let mut worst = [0.0_f64; 3];
    for cone in Cone::all().filter(|cone| matches!(cone.figures(), Figures::Verified(_))) {
        print!("{:>4}", cone.name());
        for (worst, (rate, chart)) in worst.iter_mut().zip(chart(cone)) {
            let error = simulated(cone, rate, chart, 100.0) - chart;
            let whole = simulated(cone, rate, chart, 300.0) - chart;
            print!(" | {chart:>4} {error:>+5.2} {whole:>+5.2}");
            *worst = worst.max(error.abs());
            assert!(error.abs() <= 4.0, "{cone:?} at {rate:?}: {error} °C off");
            assert!(whole.abs() <= 4.5, "{cone:?} at {rate:?} over 300 °C: {whole} °C off");
        }
        println!();
    }
    println!("worst: {:.2} °C at 15, {:.2} °C at 60, {:.2} °C at 150 °C/h", worst[0], worst[1], worst[2]);
}
