//! What a kiln is, by least squares over a whole record of power and temperature.
//!
//! A model is driven by the power of the record and compared with its temperatures (output error: noise does not bias
//! it, and a loop that was closed for part of the time does no harm). Two models are tried, the textbook's one store
//! behind a dead time ([`plain`]) and a kiln of brick and glowing elements ([`brick`]); the second must explain much
//! more to be preferred. What is reported is the first-order-and-dead-time model of the fitted kiln's own answer to a
//! small step at the record's mean temperature: see [`StepModel`].
//!
//! The kiln must have been at rest at the start: everything it does is then the record's own power.

mod brick;
mod plain;
mod squares;
mod twin;

use super::record::Record;
use super::step::StepModel;
use crate::math;
use crate::units::{Celsius, Millis};
use squares::{Belief, Met, Model, meet};
pub use twin::{FittedKiln, Twin};

/// The shortest record that shows anything.
pub const SHORTEST: Millis = Millis::from_minutes(5);
/// The least difference between the highest and the lowest power, %.
pub const EXCITATION_LEAST: f64 = 5.0;
/// The least difference between the hottest and the coldest reading, K: ten times a workshop's noise.
pub const RISE_LEAST: f64 = 3.0;
/// The least share of the temperature's squares that a model must explain.
pub const R_SQUARED_LEAST: f64 = 0.95;

/// The most that a gain or a time constant may be uncertain by: a standard error, as a share of it.
pub const UNCERTAIN_MOST: f64 = 0.25;

/// The squares of how far the figures of a brick kiln may lie from what is believed of such kilns, in spreads: some twelve
/// are expected of as many figures, and thirty of one in four hundred.
pub const DISBELIEF_MOST: f64 = 30.0;

/// The brick kiln must take away this share of the squares that the textbook's leaves unexplained.
const WORTH: f64 = 0.9;

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
    /// Many models explain it as well: nothing in it tells them apart.
    Uncertain {
        /// The standard error of gain or time constant, as a share of it: see [`UNCERTAIN_MOST`].
        share: f64,
    },
    /// What explains it is no kiln that anybody has seen: the record shows something else as well.
    Strange {
        /// How far its figures lie from those of kilns, in spreads: see [`DISBELIEF_MOST`].
        spreads: f64,
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
    /// How uncertain it is.
    pub errors: StandardErrors,
    /// The share of the squares of the temperature about its mean that the fitted model explains.
    pub r_squared: f64,
    /// The root of the mean square of what it does not explain, K.
    pub residual: f64,
    /// The largest single difference of a cell's mean, K.
    pub worst: f64,
    /// The mean temperature of the record: the model is good about it.
    pub about: Celsius,
    /// The model that explains the record.
    pub shape: Shape,
    /// The hottest of the record.
    pub hottest: Celsius,
    figures: Figures,
}

/// One standard deviation of what noise and everything else unexplained may have done to a model. What the model cannot
/// be is not in it: mains that wandered with the plan, water, a lid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StandardErrors {
    /// Of the gain, K/%.
    pub gain: f64,
    /// Of the time constant, s.
    pub time_constant: f64,
    /// Of the dead time, s.
    pub dead_time: f64,
}

/// What kind of model explains a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One store of heat behind a dead time.
    Plain,
    /// Elements, brick, ware and thermocouple.
    Brick,
}

/// The figures of a model.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Figures {
    Plain { figures: [f64; plain::FIGURES], front: f64 },
    Brick(brick::Logs),
}

/// A model driven through a record.
enum Run<'a> {
    Plain(plain::Run<'a>),
    Brick(brick::Run<'a>),
}

impl Iterator for Run<'_> {
    type Item = f64;

    fn next(&mut self) -> Option<f64> {
        match self {
            Self::Plain(run) => run.next(),
            Self::Brick(run) => run.next(),
        }
    }
}

/// Fits a record.
///
/// # Errors
/// Why it gives no model.
pub fn fit(record: &Record) -> Result<Fit, NoFit> {
    refuse(record)?;
    let start = record.start().ok_or(NoFit::NoAnswer)?;
    let about = record.mean().ok_or(NoFit::NoAnswer)?;
    let textbook = textbook(record);
    let bricks = bricks(record, start);
    // What no textbook kiln answers, no kiln of brick does.
    let worth = textbook.as_ref().map_or(0.0, |(met, _)| (1.0 - WORTH) * met.rest);
    let (figures, explains, step, errors) = match (textbook, bricks) {
        (_, Some(met)) if met.rest < worth => {
            let explains = Explains::of(record, &Figures::Brick(met.figures))?;
            if met.disbelief > DISBELIEF_MOST {
                return Err(NoFit::Strange { spreads: root(met.disbelief) });
            }
            let step = |logs: &brick::Logs| {
                let answer = brick::Answer::of(logs, start, about);
                StepModel::of(|at| answer.at(at))
            };
            (Figures::Brick(met.figures), explains, step(&met.figures), errors(&met, step))
        }
        (Some((met, front)), _) => {
            let figures = Figures::Plain { figures: met.figures, front };
            let explains = Explains::of(record, &figures)?;
            let delay = met.figures.get(plain::DELAY).copied().unwrap_or_default();
            if delay >= plain::DELAY_MOST * 0.99 {
                return Err(NoFit::DeadTimeAtEdge { seconds: delay });
            }
            let step = |figures: &[f64; plain::FIGURES]| StepModel::of(|at| plain::response(figures, front, at));
            (figures, explains, step(&met.figures), errors(&met, step))
        }
        (None, _) => return Err(NoFit::NoAnswer),
    };
    let step = step.ok_or(NoFit::NoAnswer)?;
    let uncertain = (errors.gain / step.kiln.gain()).max(errors.time_constant / step.kiln.time_constant());
    if uncertain > UNCERTAIN_MOST {
        return Err(NoFit::Uncertain { share: uncertain });
    }
    let shape = if matches!(figures, Figures::Brick(_)) { Shape::Brick } else { Shape::Plain };
    let Explains { r_squared, residual, worst } = explains;
    let hottest = Celsius::new(start.get() + record.highest()).ok_or(NoFit::NoAnswer)?;
    Ok(Fit { step, errors, r_squared, residual, worst, about, shape, hottest, figures })
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

/// The best textbook kiln, and the share of its delay that is a lag.
fn textbook(record: &Record) -> Option<(Met<{ plain::FIGURES }>, f64)> {
    let (figures, front) = plain::search(record)?;
    Some((meet(&plain::Driven { record, front }, &plain::beliefs(&figures), figures)?, front))
}

/// The best kiln of brick: dry, and with wet ware where it was hot enough to tell.
fn bricks(record: &Record, start: Celsius) -> Option<Met<{ brick::FIGURES }>> {
    let wet = start.get() + record.highest() > brick::DRYING.get();
    let beliefs = brick::beliefs(wet);
    let likely = beliefs.map(|belief: Belief| belief.likely);
    let soaked = brick::WET.into_iter().filter(|_| wet).map(|water| {
        let mut start = likely;
        start.iter_mut().skip(brick::WATER).for_each(|figure| *figure = math::ln(water));
        start
    });
    let starts = soaked.chain([likely]);
    let found = starts.filter_map(|start| meet(&brick::Driven(record), &beliefs, start));
    found.min_by(|a, b| a.score().total_cmp(&b.score()))
}

fn errors<const N: usize>(met: &Met<N>, step: impl Fn(&[f64; N]) -> Option<StepModel>) -> StandardErrors {
    let [gain, time_constant, dead_time] = met.errors(|figures| {
        let kiln = step(figures)?.kiln;
        Some([kiln.gain(), kiln.time_constant(), kiln.dead_time()])
    });
    StandardErrors { gain, time_constant, dead_time }
}

impl Figures {
    fn run<'a>(&self, record: &'a Record) -> Run<'a> {
        match self {
            Self::Plain { figures, front } => Run::Plain(plain::Driven { record, front: *front }.run(figures)),
            Self::Brick(logs) => Run::Brick(brick::Driven(record).run(logs)),
        }
    }
}

impl Fit {
    /// The kiln itself, to try things on.
    pub const fn kiln(&self) -> FittedKiln {
        FittedKiln::new(self.figures, self.hottest)
    }

    /// The record beside the model: time in s, the mean temperature seen and the one the model has, in °C.
    pub fn beside<'a>(&self, record: &'a Record) -> impl Iterator<Item = (f64, f64, f64)> + 'a {
        let start = record.start().map_or(0.0, Celsius::get);
        let width = record.width();
        (0..).zip(self.figures.run(record).zip(record.rises())).filter_map(move |(index, (modelled, rise))| {
            let at = (f64::from(index) + 0.5) * width;
            rise.map(|rise| (at, start + rise, start + modelled))
        })
    }
}

/// What a model explains of a record: see [`Fit`].
struct Explains {
    r_squared: f64,
    residual: f64,
    worst: f64,
}

impl Explains {
    /// Refuses a model that explains too little.
    fn of(record: &Record, figures: &Figures) -> Result<Self, NoFit> {
        let (mut count, mut sum, mut squares, mut rest, mut worst) = (0.0, 0.0, 0.0, 0.0, 0.0_f64);
        for (modelled, rise) in figures.run(record).zip(record.rises()) {
            let Some(rise) = rise else { continue };
            let off = rise - modelled;
            count += 1.0;
            sum += rise;
            squares += rise * rise;
            rest += off * off;
            worst = worst.max(off.abs());
        }
        let r_squared = 1.0 - rest / (squares - sum * sum / count);
        if r_squared >= R_SQUARED_LEAST {
            Ok(Self { r_squared, residual: root(rest / count), worst })
        } else {
            Err(if r_squared.is_finite() { NoFit::Poor { r_squared } } else { NoFit::NoAnswer })
        }
    }
}

fn root(square: f64) -> f64 {
    if square > 0.0 { math::exp(0.5 * math::ln(square)) } else { 0.0 }
}

/// A stretch as whole cells and the share of a cell beyond.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "a time over a width of seconds, never negative, beyond a record's end at most; to truncate is meant"
)]
fn cells(count: f64) -> (usize, f64) {
    let whole = count as usize;
    (whole, count - whole as f64)
}

#[cfg(test)]
mod tests;
