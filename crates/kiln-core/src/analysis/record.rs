//! A record of power and temperature, kept in cells of equal width however long it gets.
//!
//! Samples come in order and may be any time apart; a power holds until the next sample. When the cells are used up,
//! each two become one: a run of a quarter of an hour and one of a day take the same memory and the same time to fit.

use crate::units::{Celsius, Duty, Millis};

/// One row of a log.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sample {
    /// Time since the first sample.
    pub at: Millis,
    /// The temperature.
    pub temperature: Celsius,
    /// The power really applied: see [`WindowSettings::delivered`](crate::window::WindowSettings::delivered).
    pub duty: Duty,
}

/// The most cells.
pub const CELLS: usize = 1500;

#[derive(Clone, Copy, Debug, Default)]
struct Cell {
    /// Sum of the temperatures above the first one, K.
    rise: f64,
    count: f64,
    /// Power times time, %·s.
    energy: f64,
}

/// A record of power and temperature.
#[derive(Clone, Debug)]
pub struct Record {
    cells: [Cell; CELLS],
    used: usize,
    width: Millis,
    first: Option<Celsius>,
    last: Option<Sample>,
    span: Extremes,
}

/// How far a record reaches.
#[derive(Clone, Copy, Debug)]
struct Extremes {
    rise: (f64, f64),
    duty: (f64, f64),
}

impl Default for Record {
    fn default() -> Self {
        Self::new()
    }
}

impl Record {
    /// An empty record.
    #[expect(clippy::large_stack_arrays, reason = "36 kB: on a computer, or in a static; never in the control loop")]
    pub const fn new() -> Self {
        Self {
            cells: [Cell { rise: 0.0, count: 0.0, energy: 0.0 }; CELLS],
            used: 0,
            width: Millis::from_seconds(2),
            first: None,
            last: None,
            span: Extremes { rise: (0.0, 0.0), duty: (f64::INFINITY, f64::NEG_INFINITY) },
        }
    }

    /// Everything of an iterator.
    pub fn of(samples: impl IntoIterator<Item = Sample>) -> Self {
        let mut record = Self::new();
        for sample in samples {
            record.push(sample);
        }
        record
    }

    /// Adds a sample. One that is no later than the one before it is left out.
    pub fn push(&mut self, sample: Sample) {
        let first = *self.first.get_or_insert(sample.temperature);
        if let Some(last) = self.last {
            if sample.at <= last.at {
                return;
            }
            self.hold(last, sample.at);
        }
        let rise = (sample.temperature - first).get();
        self.span.rise = (self.span.rise.0.min(rise), self.span.rise.1.max(rise));
        let duty = sample.duty.percent();
        self.span.duty = (self.span.duty.0.min(duty), self.span.duty.1.max(duty));
        if let Some(cell) = self.cell(sample.at) {
            cell.rise += rise;
            cell.count += 1.0;
        }
        self.last = Some(sample);
    }

    /// Spreads the power of a sample over the cells from its time to `until`.
    fn hold(&mut self, sample: Sample, until: Millis) {
        let mut from = sample.at;
        while from < until {
            let width = self.width.get();
            let edge = Millis::new((from.get() / width + 1) * width);
            let to = if edge < until { edge } else { until };
            let seconds = to.saturating_sub(from).seconds();
            let before = self.width;
            if let Some(cell) = self.cell(from) {
                cell.energy += sample.duty.percent() * seconds;
            }
            // The cells have been merged meanwhile: the stretch was laid out by narrower ones, and still fits.
            debug_assert!(self.width >= before);
            from = to;
        }
    }

    fn cell(&mut self, at: Millis) -> Option<&mut Cell> {
        loop {
            let index = usize::try_from(at.get() / self.width.get()).ok()?;
            if index < CELLS {
                self.used = self.used.max(index + 1);
                return self.cells.get_mut(index);
            }
            self.merge();
        }
    }

    fn merge(&mut self) {
        for index in 0..CELLS {
            let pair = self.cells.get(2 * index..).unwrap_or_default();
            let merged = pair.iter().take(2).fold(Cell::default(), |sum, cell| Cell {
                rise: sum.rise + cell.rise,
                count: sum.count + cell.count,
                energy: sum.energy + cell.energy,
            });
            if let Some(cell) = self.cells.get_mut(index) {
                *cell = merged;
            }
        }
        self.used = self.used.div_ceil(2);
        self.width = Millis::new(2 * self.width.get());
    }

    /// How long it is.
    pub fn duration(&self) -> Millis {
        self.last.map_or(Millis::ZERO, |last| last.at)
    }

    /// The first temperature.
    pub const fn start(&self) -> Option<Celsius> {
        self.first
    }

    /// The mean temperature over time.
    pub fn mean(&self) -> Option<Celsius> {
        let (sum, count) = self.rises().flatten().fold((0.0, 0.0), |(s, n), rise| (s + rise, n + 1.0));
        Celsius::new(self.first?.get() + sum / count)
    }

    /// The difference between the hottest and the coldest sample, K.
    pub(super) fn reach(&self) -> f64 {
        self.span.rise.1 - self.span.rise.0
    }

    /// The highest rise above the first temperature, K.
    pub(super) const fn highest(&self) -> f64 {
        self.span.rise.1
    }

    /// The difference between the most and the least power, %.
    pub(super) fn excitation(&self) -> f64 {
        self.span.duty.1 - self.span.duty.0
    }

    /// The width of a cell, s.
    pub(super) fn width(&self) -> f64 {
        self.width.seconds()
    }

    /// The cells, in order. The last one may be cut short and is left out.
    /// Each is the mean rise above the first temperature in K; `None` for a cell without a sample.
    pub(super) fn rises(&self) -> impl Iterator<Item = Option<f64>> {
        let whole = self.cells.iter().take(self.used.saturating_sub(1));
        whole.map(|cell| (cell.count > 0.0).then(|| cell.rise / cell.count))
    }

    /// The mean power of a cell, %; none before the first.
    pub(super) fn duty(&self, index: Option<usize>) -> f64 {
        index.and_then(|index| self.cells.get(index)).map_or(0.0, |cell| cell.energy / self.width())
    }

    /// The mean power of a cell some whole cells and a share of one earlier, %.
    pub(super) fn late(&self, index: usize, (behind, part): (usize, f64)) -> f64 {
        let near = self.duty(index.checked_sub(behind));
        near + (self.duty(index.checked_sub(behind + 1)) - near) * part
    }
}

#[cfg(test)]
#[allow(clippy::as_conversions, clippy::cast_precision_loss, reason = "small counts of a test")]
mod tests {
    use super::*;

    fn sample(second: u64, celsius: f64, percent: f64) -> Sample {
        let temperature = Celsius::new(celsius).unwrap();
        Sample { at: Millis::from_seconds(second), temperature, duty: Duty::from_percent(percent) }
    }

    #[test]
    fn power_and_temperature_are_kept_however_long_the_record() {
        for (every, count) in [(1, 100), (2, 3000), (7, 9000)] {
            let record = Record::of((0..count).map(|n| sample(n * every, 20.0 + n as f64, (n % 2) as f64 * 50.0)));
            let energy: f64 = (0..record.rises().count()).map(|n| record.duty(Some(n)) * record.width()).sum();
            let seconds = record.rises().count() as f64 * record.width();
            assert!((energy / seconds - 25.0).abs() < 1.5, "{every} s: {energy} %s in {seconds} s");
            assert!((record.mean().unwrap().get() - 20.0 - count as f64 / 2.0).abs() < count as f64 / 50.0);
            assert_eq!(record.duration(), Millis::from_seconds((count - 1) * every));
        }
    }

    #[test]
    fn a_sample_out_of_order_is_left_out() {
        let record =
            Record::of([sample(0, 20.0, 0.0), sample(10, 30.0, 0.0), sample(9, 900.0, 0.0), sample(20, 30.0, 0.0)]);
        assert!((record.reach() - 10.0).abs() < 1e-9);
    }
}
