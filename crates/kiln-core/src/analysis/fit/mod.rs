//! What a kiln is, by least squares over a whole record of power and temperature.
//!
//! The model is driven by the power of the record and compared with its temperatures (output error: noise does not
//! bias it, and a loop that was closed for part of the time does no harm). It is a dead time, a lag in front (elements,
//! thermocouple) and one store of heat or two in parallel (ware and air, and the wall that soaks behind them), above a
//! constant. For given times the gains follow from linear least squares (variable projection: G. H. Golub, V. Pereyra,
//! SIAM J. Numer. Anal. 10, 1973), so that only the times are searched for. What is reported is the
//! first-order-and-dead-time model of the fitted kiln's own step response: see [`StepModel`].
//!
//! The kiln must have been at rest at the start: everything it does is then the record's own power.

use super::descend::lowest;
use super::record::Record;
use super::step::StepModel;
use crate::math;
use crate::units::{Celsius, Millis};

/// The shortest record that shows anything.
pub const SHORTEST: Millis = Millis::from_minutes(5);
/// The least difference between the highest and the lowest power, %.
pub const EXCITATION_LEAST: f64 = 5.0;
/// The least difference between the hottest and the coldest reading, K: ten times a workshop's noise.
pub const RISE_LEAST: f64 = 3.0;
/// The least share of the temperature's squares that a model must explain.
pub const R_SQUARED_LEAST: f64 = 0.95;

/// The longest dead time, s.
const DEAD_MOST: f64 = 400.0;
/// The longest time constant of a store, s: over half a day.
const STORE_MOST: f64 = 50_000.0;
/// The second store is slower than the first by e to this at least.
const APART: f64 = 0.7;
/// A second store must take away this share of what one store leaves unexplained.
const WORTH: f64 = 0.3;
/// One store that leaves less than this share unexplained is all there is to see.
const ENOUGH: f64 = 0.0015;
/// The share of the delay in front of one store that is a lag; whichever explains most.
const FRONTS: [f64; 4] = [0.0, 0.25, 0.5, 0.75];
/// The same in front of two, where a free lag and the fast store would take each other's place.
const FRONT_OF_TWO: f64 = 0.5;

/// Why a record gives no model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum NoFit {
    /// It is too short.
    TooShort {
        /// How long it is.
        lasted: Millis,
    },
    /// The power hardly changes.
    NoExcitation {
        /// The difference between the most and the least, %.
        percent: f64,
    },
    /// The temperature hardly changes.
    NoRise {
        /// The difference between hottest and coldest, K.
        kelvin: f64,
    },
    /// More power does not make this kiln hotter: wrong columns, a heater off, a kiln that was hot at the start.
    NoAnswer,
    /// The dead time is at the end of what is searched, s.
    DeadTimeAtEdge {
        /// What was found, s.
        seconds: f64,
    },
    /// The best model explains too little.
    Poor {
        /// What it explains: see [`R_SQUARED_LEAST`].
        r_squared: f64,
    },
}

/// A kiln as a record shows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Fit {
    /// What the rules want to know.
    pub step: StepModel,
    /// The share of the squares of the temperature about its mean that the fitted model explains.
    pub r_squared: f64,
    /// The root of the mean square of what it does not explain, K.
    pub residual: f64,
    /// The largest single difference of a cell's mean, K.
    pub worst: f64,
    /// The mean temperature of the record: the model is good about it.
    pub about: Celsius,
    /// How many stores of heat could be told apart, 1 or 2.
    pub stores: u8,
    shape: Shape,
    solved: Solved,
}

/// The times of a model, s.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Shape {
    dead: f64,
    lag: f64,
    fast: f64,
    /// The second store, if there is one.
    slow: Option<f64>,
}

/// What follows from them.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Solved {
    gains: [f64; 2],
    base: f64,
    /// Squares unexplained, and squares about the mean; weighted.
    rest: f64,
    whole: f64,
}

/// Fits a record.
///
/// # Errors
/// Why it gives no model.
pub fn fit(record: &Record) -> Result<Fit, NoFit> {
    refuse(record)?;
    let one = FRONTS.into_iter().filter_map(|front| search(record, front, &STARTS_ONE));
    let mut best = one.min_by(|a, b| a.1.rest.total_cmp(&b.1.rest));
    if best.is_none_or(|(_, one)| one.rest > ENOUGH * one.whole) {
        let two = search(record, FRONT_OF_TWO, &STARTS_TWO);
        let worth = best.map_or(f64::INFINITY, |(_, one)| (1.0 - WORTH) * one.rest);
        best = two.filter(|(_, two)| two.rest < worth).or(best);
    }
    let (shape, solved) = best.ok_or(NoFit::NoAnswer)?;
    if shape.dead + shape.lag >= DEAD_MOST * 0.99 {
        return Err(NoFit::DeadTimeAtEdge { seconds: shape.dead + shape.lag });
    }
    let (r_squared, residual, worst) = residuals(record, &shape, &solved).ok_or(NoFit::NoAnswer)?;
    if r_squared < R_SQUARED_LEAST {
        return Err(NoFit::Poor { r_squared });
    }
    let step = StepModel::of(|at| response(&shape, &solved, at)).ok_or(NoFit::NoAnswer)?;
    let about = record.mean().ok_or(NoFit::NoAnswer)?;
    let stores = if shape.slow.is_some() { 2 } else { 1 };
    Ok(Fit { step, r_squared, residual, worst, about, stores, shape, solved })
}

fn refuse(record: &Record) -> Result<(), NoFit> {
    if record.duration() < SHORTEST {
        return Err(NoFit::TooShort { lasted: record.duration() });
    }
    if record.excitation() < EXCITATION_LEAST {
        return Err(NoFit::NoExcitation { percent: record.excitation() });
    }
    if record.reach() < RISE_LEAST {
        return Err(NoFit::NoRise { kelvin: record.reach() });
    }
    Ok(())
}

impl Fit {
    /// The rise above the start that a step of one percent makes in so many seconds, K.
    pub fn response(&self, seconds: f64) -> f64 {
        response(&self.shape, &self.solved, seconds)
    }

    /// The record beside the model: time in s, the mean temperature seen and the one the model has, in °C.
    pub fn beside<'a>(&'a self, record: &'a Record) -> impl Iterator<Item = (f64, f64, f64)> + 'a {
        let start = record.start().map_or(0.0, Celsius::get);
        let width = record.width();
        (0..).zip(Run::new(record, &self.shape)).filter_map(move |(index, (stores, rise))| {
            let at = (f64::from(index) + 0.5) * width;
            rise.map(|rise| (at, start + rise, start + modelled(&self.solved, stores)))
        })
    }
}

/// Times to begin from: fast store, how much slower the second one is, delay; all as searched.
const STARTS_ONE: [[f64; 3]; 4] = [[4.6, 0.0, 20.0], [6.0, 0.0, 60.0], [7.5, 0.0, 40.0], [9.0, 0.0, 150.0]];
const STARTS_TWO: [[f64; 3]; 5] =
    [[4.6, 2.7, 30.0], [6.0, 1.4, 80.0], [6.0, 2.7, 80.0], [7.5, 1.4, 40.0], [5.3, 4.5, 60.0]];

fn search(record: &Record, front: f64, starts: &[[f64; 3]]) -> Option<(Shape, Solved)> {
    let cost = |at: &[f64; 3]| Some(project(record, &shape(at, front)?)?.rest);
    let shape = shape(&lowest(starts, [0.5, 0.5, 20.0], cost)?.0, front)?;
    Some((shape, project(record, &shape)?))
}

/// The times for a place in the search; `None` outside what is searched.
fn shape([log_fast, slower, delay]: &[f64; 3], front: f64) -> Option<Shape> {
    let two = *slower > 0.0;
    let (fast, slow) = (math::exp(*log_fast), math::exp(log_fast + slower));
    let sound = (2.0..=STORE_MOST).contains(&fast) && (0.0..=DEAD_MOST).contains(delay);
    let apart = !two || (*slower >= APART && slow <= STORE_MOST);
    (sound && apart).then_some(Shape {
        dead: delay * (1.0 - front),
        lag: delay * front,
        fast,
        slow: two.then_some(slow),
    })
}

/// How much a cell counts: a kiln answers differently cold, and the model is for where it was most of the time.
fn weight(rise: f64, highest: f64) -> f64 {
    (rise / highest).clamp(0.15, 1.0)
}

/// The gains that explain most with these times; `None` unless all are above 0.
fn project(record: &Record, shape: &Shape) -> Option<Solved> {
    let mut sums = Sums::default();
    let highest = record.highest().max(RISE_LEAST / 2.0);
    for (stores, rise) in Run::new(record, shape) {
        if let Some(rise) = rise {
            sums.add(weight(rise, highest), stores, rise);
        }
    }
    let solved = if shape.slow.is_some() { sums.two() } else { sums.one() }?;
    let [first, second] = solved.gains;
    (first > 0.0 && (second > 0.0 || shape.slow.is_none())).then_some(solved)
}

fn modelled(solved: &Solved, [fast, slow]: [f64; 2]) -> f64 {
    let [first, second] = solved.gains;
    solved.base + first * fast + second * slow
}

/// R², the root mean square and the largest difference.
fn residuals(record: &Record, shape: &Shape, solved: &Solved) -> Option<(f64, f64, f64)> {
    let (mut count, mut sum, mut squares, mut rest, mut worst) = (0.0, 0.0, 0.0, 0.0, 0.0_f64);
    for (stores, rise) in Run::new(record, shape) {
        let Some(rise) = rise else { continue };
        let off = rise - modelled(solved, stores);
        count += 1.0;
        sum += rise;
        squares += rise * rise;
        rest += off * off;
        worst = worst.max(off.abs());
    }
    let whole = squares - sum * sum / count;
    (whole > 0.0).then(|| (1.0 - rest / whole, root(rest / count), worst))
}

fn root(square: f64) -> f64 {
    if square > 0.0 { math::exp(0.5 * math::ln(square)) } else { 0.0 }
}

/// The rise so many seconds after a step of one percent, K.
fn response(shape: &Shape, solved: &Solved, seconds: f64) -> f64 {
    let at = seconds - shape.dead;
    if at <= 0.0 {
        return 0.0;
    }
    let store = |tau: f64| {
        let lag = shape.lag;
        if lag < 0.1 {
            1.0 - math::exp(-at / tau)
        } else if (tau - lag).abs() < 1e-6 * tau {
            1.0 - (1.0 + at / tau) * math::exp(-at / tau)
        } else {
            1.0 - (tau * math::exp(-at / tau) - lag * math::exp(-at / lag)) / (tau - lag)
        }
    };
    let [first, second] = solved.gains;
    first * store(shape.fast) + shape.slow.map_or(0.0, |slow| second * store(slow))
}

/// A model driven through a record: the mean of each store over each cell, for a gain of one, and what was seen.
struct Run<'a, I> {
    record: &'a Record,
    cells: I,
    index: usize,
    behind: usize,
    /// The share of a cell that the delay is longer than whole cells.
    part: f64,
    front: f64,
    stores: [f64; 2],
    front_keeps: f64,
    keeps: [f64; 2],
}

impl<'a> Run<'a, ()> {
    fn new(record: &'a Record, shape: &Shape) -> Run<'a, impl Iterator<Item = Option<f64>> + 'a> {
        let width = record.width();
        let delay = shape.dead / width;
        #[expect(
            clippy::as_conversions,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a dead time within the search's bounds, in cells of at least two seconds; to truncate is meant"
        )]
        let behind = delay as usize;
        let keeps = |tau: f64| if tau > 0.02 * width { math::exp(-width / tau) } else { 0.0 };
        Run {
            record,
            cells: record.rises(),
            index: 0,
            behind,
            part: delay - whole(behind),
            front: 0.0,
            stores: [0.0; 2],
            front_keeps: keeps(shape.lag),
            keeps: [keeps(shape.fast), keeps(shape.slow.unwrap_or(0.0))],
        }
    }
}

fn whole(count: usize) -> f64 {
    u32::try_from(count).map_or(0.0, f64::from)
}

impl<I: Iterator<Item = Option<f64>>> Iterator for Run<'_, I> {
    type Item = ([f64; 2], Option<f64>);

    fn next(&mut self) -> Option<Self::Item> {
        let rise = self.cells.next()?;
        let near = self.record.duty(self.index.checked_sub(self.behind));
        let far = self.record.duty(self.index.checked_sub(self.behind + 1));
        let duty = near + (far - near) * self.part;
        self.index += 1;
        // What the stores are given is the mean of the lag over the cell; the error of that is of second order.
        let before = self.front;
        self.front += (1.0 - self.front_keeps) * (duty - self.front);
        let given = f64::midpoint(before, self.front) * self.lagged() + duty * (1.0 - self.lagged());
        let [fast, slow] = self.stores;
        let [keeps_fast, keeps_slow] = self.keeps;
        self.stores = [fast + (1.0 - keeps_fast) * (given - fast), slow + (1.0 - keeps_slow) * (given - slow)];
        let [new_fast, new_slow] = self.stores;
        Some(([f64::midpoint(fast, new_fast), f64::midpoint(slow, new_slow)], rise))
    }
}

impl<I> Run<'_, I> {
    /// 1 with a lag in front, 0 without.
    fn lagged(&self) -> f64 {
        if self.front_keeps > 0.0 { 1.0 } else { 0.0 }
    }
}

/// The sums of weighted least squares over two stores and a constant.
#[derive(Default)]
struct Sums {
    one: f64,
    store: [f64; 2],
    squares: [f64; 2],
    cross: f64,
    seen: f64,
    seen_store: [f64; 2],
    seen_squares: f64,
}

impl Sums {
    fn add(&mut self, weight: f64, stores: [f64; 2], rise: f64) {
        let [fast, slow] = stores;
        self.one += weight;
        self.store = [self.store[0] + weight * fast, self.store[1] + weight * slow];
        self.squares = [self.squares[0] + weight * fast * fast, self.squares[1] + weight * slow * slow];
        self.cross += weight * fast * slow;
        self.seen += weight * rise;
        self.seen_store = [self.seen_store[0] + weight * fast * rise, self.seen_store[1] + weight * slow * rise];
        self.seen_squares += weight * rise * rise;
    }

    /// The sums about the means.
    fn about_means(&self) -> ([f64; 2], f64, [f64; 2], f64) {
        let about = |sum: f64, a: f64, b: f64| sum - a * b / self.one;
        let [fast, slow] = self.store;
        (
            [about(self.squares[0], fast, fast), about(self.squares[1], slow, slow)],
            about(self.cross, fast, slow),
            [about(self.seen_store[0], fast, self.seen), about(self.seen_store[1], slow, self.seen)],
            about(self.seen_squares, self.seen, self.seen),
        )
    }

    fn solved(&self, gains: [f64; 2], explained: f64, whole: f64) -> Solved {
        let [fast, slow] = self.store;
        let base = (self.seen - gains[0] * fast - gains[1] * slow) / self.one;
        Solved { gains, base, rest: (whole - explained).max(0.0), whole }
    }

    fn one(&self) -> Option<Solved> {
        let ([squares, _], _, [seen, _], whole) = self.about_means();
        let gain = seen / squares;
        gain.is_finite().then(|| self.solved([gain, 0.0], gain * seen, whole))
    }

    fn two(&self) -> Option<Solved> {
        let ([fast, slow], cross, [seen_fast, seen_slow], whole) = self.about_means();
        let scale = fast * slow - cross * cross;
        let gains = [(seen_fast * slow - seen_slow * cross) / scale, (seen_slow * fast - seen_fast * cross) / scale];
        let explained = gains[0] * seen_fast + gains[1] * seen_slow;
        (scale > 1e-12 * fast * slow && explained.is_finite()).then(|| self.solved(gains, explained, whole))
    }
}

#[cfg(test)]
mod tests;
