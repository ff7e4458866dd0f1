//! The textbook kiln: one store of heat behind a lag and a dead time, above a constant.
//!
//! For given times the gain follows from linear least squares (variable projection: G. H. Golub, V. Pereyra, SIAM J.
//! Numer. Anal. 10, 1973), so that only the times are searched for.

use super::super::descend::lowest;
use super::super::record::Record;
use super::squares::{Belief, Model};
use crate::math;

/// The longest delay, s.
pub(super) const DELAY_MOST: f64 = 400.0;
/// The longest time constant of the store, s: over half a day.
const STORE_MOST: f64 = 50_000.0;
/// The share of the delay that is a lag; whichever explains most.
const FRONTS: [f64; 4] = [0.0, 0.25, 0.5, 0.75];
/// Times to begin from: logarithm of the store, delay.
const STARTS: [[f64; 2]; 4] = [[4.6, 20.0], [6.0, 60.0], [7.5, 40.0], [9.0, 150.0]];

/// How many figures the kiln has: logarithms of gain and time constant, delay in s, the constant in K.
pub(super) const FIGURES: usize = 4;
/// Where the delay is among them.
pub(super) const DELAY: usize = 2;

/// A record to drive such kilns through, with a share of the delay that is a lag.
#[derive(Clone, Copy, Debug)]
pub(super) struct Driven<'a> {
    pub(super) record: &'a Record,
    pub(super) front: f64,
}

/// The kiln that explains most: its figures and the share of its delay that is a lag.
pub(super) fn search(record: &Record) -> Option<([f64; FIGURES], f64)> {
    let found = FRONTS.into_iter().filter_map(|front| {
        let driven = Driven { record, front };
        let (times, rest) = lowest(&STARTS, [0.5, 20.0], |times| Some(driven.project(times)?.rest))?;
        Some((driven.project(&times)?, times, front, rest))
    });
    let (solved, [store, delay], front, _) = found.min_by(|a, b| a.3.total_cmp(&b.3))?;
    Some(([math::ln(solved.gain), store, delay, solved.base], front))
}

/// Nothing is believed of a textbook kiln but that its figures are finite.
pub(super) fn beliefs(figures: &[f64; FIGURES]) -> [Belief; FIGURES] {
    let [gain, store, delay, base] = *figures;
    [(gain, 5.0), (store, 5.0), (delay, 200.0), (base, 50.0)].map(|(likely, spread)| Belief { likely, spread })
}

/// The rise so many seconds after a step of one percent, K.
pub(super) fn response(figures: &[f64; FIGURES], front: f64, seconds: f64) -> f64 {
    let [log_gain, log_store, delay, _] = *figures;
    let (tau, lag) = (math::exp(log_store), delay * front);
    let at = seconds - (delay - lag);
    if at <= 0.0 {
        return 0.0;
    }
    let share = if lag < 0.1 {
        1.0 - math::exp(-at / tau)
    } else if (tau - lag).abs() < 1e-6 * tau {
        1.0 - (1.0 + at / tau) * math::exp(-at / tau)
    } else {
        1.0 - (tau * math::exp(-at / tau) - lag * math::exp(-at / lag)) / (tau - lag)
    };
    math::exp(log_gain) * share
}

/// What follows from times.
struct Solved {
    gain: f64,
    base: f64,
    /// Squares unexplained; weighted.
    rest: f64,
}

/// How much a cell counts: a kiln answers differently cold, and the model is for where it was most of the time.
fn weight(rise: f64, highest: f64) -> f64 {
    (rise / highest).clamp(0.15, 1.0)
}

impl<'a> Driven<'a> {
    /// The gain and the constant that explain most with these times; `None` unless the gain is above 0, and outside what
    /// is searched.
    fn project(&self, [log_store, delay]: &[f64; 2]) -> Option<Solved> {
        let store = math::exp(*log_store);
        if !(2.0..=STORE_MOST).contains(&store) || !(0.0..=DELAY_MOST).contains(delay) {
            return None;
        }
        let highest = self.record.highest().max(super::RISE_LEAST / 2.0);
        let (mut one, mut stored, mut seen, mut squares, mut products, mut whole) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0);
        for (unit, rise) in self.unit_run(store, *delay).zip(self.record.rises()) {
            let Some(rise) = rise else { continue };
            let weight = weight(rise, highest);
            one += weight;
            stored += weight * unit;
            seen += weight * rise;
            squares += weight * unit * unit;
            products += weight * unit * rise;
            whole += weight * rise * rise;
        }
        let about = |sum: f64, a: f64, b: f64| sum - a * b / one;
        let gain = about(products, stored, seen) / about(squares, stored, stored);
        let rest = about(whole, seen, seen) - gain * about(products, stored, seen);
        (gain > 0.0 && gain.is_finite()).then(|| Solved {
            gain,
            base: (seen - gain * stored) / one,
            rest: rest.max(0.0),
        })
    }

    fn unit_run(&self, store: f64, delay: f64) -> Run<'a> {
        let width = self.record.width();
        let keeps = |tau: f64| if tau > 0.02 * width { math::exp(-width / tau) } else { 0.0 };
        Run {
            record: self.record,
            index: 0,
            behind: super::cells((delay * (1.0 - self.front)).max(0.0) / width),
            lag: 0.0,
            store: 0.0,
            lag_keeps: keeps(delay * self.front),
            store_keeps: keeps(store),
            gain: 1.0,
            base: 0.0,
        }
    }
}

impl<'a> Model<FIGURES> for Driven<'a> {
    type Run = Run<'a>;

    fn run(&self, [gain, store, delay, base]: &[f64; FIGURES]) -> Run<'a> {
        Run { gain: math::exp(*gain), base: *base, ..self.unit_run(math::exp(*store), *delay) }
    }

    fn seen(&self) -> impl Iterator<Item = Option<f64>> {
        self.record.rises()
    }
}

/// A kiln driven through a record: the mean rise of each cell.
pub(super) struct Run<'a> {
    record: &'a Record,
    index: usize,
    behind: (usize, f64),
    lag: f64,
    store: f64,
    lag_keeps: f64,
    store_keeps: f64,
    gain: f64,
    base: f64,
}

impl Iterator for Run<'_> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        let power = self.record.late(self.index, self.behind);
        self.index += 1;
        // What the store is given is the mean of the lag over the cell; the error of that is of second order.
        let before = self.lag;
        self.lag += (1.0 - self.lag_keeps) * (power - self.lag);
        let given = if self.lag_keeps > 0.0 { f64::midpoint(before, self.lag) } else { power };
        let before = self.store;
        self.store += (1.0 - self.store_keeps) * (given - self.store);
        Some(self.base + self.gain * f64::midpoint(before, self.store))
    }
}
