//! Many scores in a handful of figures.

use super::Score;

/// The figures of many firings. A figure that no firing has is NaN.
#[derive(Clone, Copy, Debug)]
pub struct Summary {
    /// How many firings.
    pub firings: usize,
    /// How many did not come to their end although the bound does.
    pub unfinished: usize,
    /// Ramp RMS, °C.
    pub ramp_rms: Spread,
    /// Largest error on a ramp, °C.
    pub ramp_most: Spread,
    /// Hold RMS, °C.
    pub hold_rms: Spread,
    /// Worst overshoot at a corner, °C.
    pub overshoot: Spread,
    /// Time to settle, s.
    pub settle_s: Spread,
    /// Size of the heat-work error, cones.
    pub heat_work: Spread,
    /// Minutes over the bound.
    pub overrun_min: Spread,
    /// Closings of the relay an hour.
    pub closings: Spread,
}

/// How a figure is spread over the firings.
#[derive(Clone, Copy, Debug)]
pub struct Spread {
    /// The middle one.
    pub median: f64,
    /// The mean.
    pub mean: f64,
    /// The one that 95 % do not exceed, interpolated.
    pub p95: f64,
    /// The largest.
    pub most: f64,
}

impl Spread {
    /// The spread of these values.
    pub fn of(values: impl Iterator<Item = f64>) -> Self {
        let mut values: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        values.sort_by(f64::total_cmp);
        let mean = values.iter().sum::<f64>() / values.len() as f64;
        Self { median: quantile(&values, 0.5), mean, p95: quantile(&values, 0.95), most: quantile(&values, 1.0) }
    }
}

/// The value at a share of a sorted row, interpolated between its neighbours.
fn quantile(sorted: &[f64], share: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let place = share * last as f64;
    let below = sorted.get(place.floor() as usize).copied().unwrap_or(f64::NAN);
    let above = sorted.get(place.ceil() as usize).copied().unwrap_or(below);
    below + (above - below) * (place - place.floor())
}

impl Summary {
    /// Sums up; each score comes with whether the bound finishes.
    pub fn of(scores: &[(Score, bool)]) -> Self {
        let every =
            |figure: fn(&Score) -> Option<f64>| Spread::of(scores.iter().filter_map(|(score, _)| figure(score)));
        let finished = |figure: fn(&Score) -> f64| {
            Spread::of(scores.iter().filter(|(score, _)| score.finished).map(|(score, _)| figure(score)))
        };
        Self {
            firings: scores.len(),
            unfinished: scores.iter().filter(|(score, finishes)| *finishes && !score.finished).count(),
            ramp_rms: every(|score| score.ramp_rms_c),
            ramp_most: every(|score| score.ramp_most_c),
            hold_rms: every(|score| score.hold_rms_c),
            overshoot: every(|score| score.overshoot_c),
            settle_s: every(|score| score.settle_s),
            heat_work: finished(|score| score.heat_work_cones.abs()),
            overrun_min: finished(|score| score.overrun_min),
            closings: every(|score| Some(score.closings_per_hour)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spreads() {
        let spread = Spread::of([4.0, 1.0, f64::NAN, 3.0, 2.0, 5.0].into_iter());
        assert_eq!((spread.median, spread.mean, spread.most), (3.0, 3.0, 5.0));
        assert!((spread.p95 - 4.8).abs() < 1e-12);
        assert!(Spread::of(core::iter::empty()).median.is_nan());
    }
}
