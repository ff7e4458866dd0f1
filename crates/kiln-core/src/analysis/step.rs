//! The first-order-and-dead-time model of a step response, by least squares.
//!
//! A kiln is not of first order: its brick goes on soaking for hours, and how long one watches decides what gain and
//! time constant one sees. Over a short time the response has not bent yet and any pair of the same slope will do; over
//! a long one the fit gives the beginning up for the end, dead time first, and that is what a regulator lives on. So
//! the response is watched for as long as the time constant that is then seen: the shortest time in which gain and time
//! constant can be told apart. The truth of a simulated kiln and the answer of a fit are reported by the same rule
//! (docs/decisions/0020-analysis-truth.md).

use super::Fopdt;
use super::descend::lowest;
use crate::math;

/// How long a response is watched, s: looked for between five minutes and four hours.
pub const HORIZONS: [f64; 7] = [300.0, 600.0, 1200.0, 2400.0, 4800.0, 9600.0, 14_400.0];
/// Halvings of the last step of the search for the horizon: from a factor of two to a quarter of a percent.
const HALVINGS: u32 = 8;
/// Points of a response that a model is fitted to.
const POINTS: usize = 80;
/// The same, as a share of the horizon.
const EACH: f64 = 1.0 / 80.0;

/// A model of a step response over a horizon.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StepModel {
    /// The model.
    pub kiln: Fopdt,
    /// How long the response was watched, s.
    pub horizon: f64,
    /// The share of the response's squares that the model explains.
    pub r_squared: f64,
}

impl StepModel {
    /// Fits a response over one horizon in s. `response` gives the rise in K per percent so many seconds after the step.
    /// `None` for a response that does not rise.
    pub fn over(horizon: f64, response: &impl Fn(f64) -> f64) -> Option<Self> {
        let mut seen = Watched { horizon, rises: [0.0; POINTS] };
        for (point, rise) in (1_u8..).zip(&mut seen.rises) {
            *rise = response(horizon * EACH * f64::from(point));
        }
        let starts = [[math::ln(horizon / 3.0), horizon / 20.0], [math::ln(horizon * 2.0), horizon / 8.0]];
        let (at, rest) = lowest(&starts, [0.5, horizon / 20.0], |at| Some(seen.project(at)?.rest))?;
        let Projection { gain, whole, .. } = seen.project(&at)?;
        let [log_tau, dead] = at;
        Some(Self { kiln: Fopdt::new(gain, math::exp(log_tau), dead)?, horizon, r_squared: 1.0 - rest / whole })
    }

    /// Fits a response over the horizon that is as long as the time constant seen over it. `None` for a response that
    /// does not rise. One that has not bent in four hours is given as seen over them.
    pub fn of(response: impl Fn(f64) -> f64) -> Option<Self> {
        let bent = |model: &Self| model.kiln.time_constant() <= model.horizon;
        let (mut short, mut last) = (None, None);
        for horizon in HORIZONS {
            let Some(model) = Self::over(horizon, &response) else { continue };
            last = Some(model);
            if bent(&model) {
                break;
            }
            short = Some(horizon);
        }
        let Some(mut long) = last.filter(bent).map(|model| model.horizon) else { return last };
        let mut short = short.unwrap_or(long / 4.0);
        for _ in 0..HALVINGS {
            let middle = math::exp(0.5 * (math::ln(short) + math::ln(long)));
            match Self::over(middle, &response) {
                Some(model) if bent(&model) => (long, last) = (middle, Some(model)),
                Some(_) | None => short = middle,
            }
        }
        last
    }
}

/// A response at evenly spaced times.
struct Watched {
    horizon: f64,
    rises: [f64; POINTS],
}

/// The best gain for a time constant and a dead time, and what it leaves unexplained.
struct Projection {
    gain: f64,
    rest: f64,
    whole: f64,
}

impl Watched {
    fn project(&self, [log_tau, dead]: &[f64; 2]) -> Option<Projection> {
        let (tau, horizon) = (math::exp(*log_tau), self.horizon);
        if *dead < 0.0 || *dead > horizon / 2.0 || tau > horizon * 100.0 {
            return None;
        }
        let (mut squares, mut products, mut whole) = (0.0, 0.0, 0.0);
        // Equal steps: e to the power of each is the one before times a constant.
        let each = horizon * EACH;
        let (keeps, mut left) = (math::exp(-each / tau), math::exp(dead / tau));
        for (point, seen) in (1_u8..).zip(self.rises) {
            left *= keeps;
            let shape = if each * f64::from(point) > *dead { 1.0 - left } else { 0.0 };
            squares += shape * shape;
            products += shape * seen;
            whole += seen * seen;
        }
        let gain = products / squares;
        (gain > 0.0).then_some(Projection { gain, rest: (whole - gain * products).max(0.0), whole })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_comes_back_as_itself() {
        for (gain, tau, dead) in [(3.0, 300.0, 30.0), (15.0, 2400.0, 90.0), (0.5, 120.0, 0.0), (2.0, 200.0, 100.0)] {
            let response = |at: f64| if at > dead { gain * (1.0 - math::exp((dead - at) / tau)) } else { 0.0 };
            let seen = StepModel::of(response).unwrap();
            assert!((seen.kiln.gain() / gain - 1.0).abs() < 0.01, "{seen:?}");
            assert!((seen.kiln.time_constant() / tau - 1.0).abs() < 0.01, "{seen:?}");
            assert!((seen.kiln.dead_time() - dead).abs() < 1.0 + 0.02 * dead, "{seen:?}");
        }
    }

    #[test]
    fn a_soaking_wall_does_not_hide_the_kiln_in_front_of_it() {
        let store = |gain: f64, tau: f64, at: f64| gain * (1.0 - math::exp(-at / tau));
        let response =
            |at: f64| if at > 60.0 { store(4.0, 400.0, at - 60.0) + store(20.0, 20_000.0, at - 60.0) } else { 0.0 };
        let seen = StepModel::of(response).unwrap();
        assert!(seen.horizon < 2000.0 && seen.kiln.dead_time() > 50.0, "{seen:?}");
        assert!(
            (4.0..6.0).contains(&seen.kiln.gain()) && (400.0..700.0).contains(&seen.kiln.time_constant()),
            "{seen:?}"
        );
        assert_eq!(StepModel::of(|_| -1.0), None);
    }
}
