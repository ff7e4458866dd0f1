//! Turns raw samples into temperatures that can be trusted, and says when they cannot.
//!
//! Range check, calibration offset, median of the newest samples, and a count of failures in a row. What a failure
//! means for a firing is decided elsewhere; nothing here knows whether the kiln is heating.

use super::{Problem, Reading, Sample};
use crate::limits;
use crate::units::{Celsius, Instant, Kelvin};

/// How samples are conditioned.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FilterSettings {
    offset: Kelvin,
    median: usize,
    /// Failures in a row from which on there is no last reading to keep. When a firing ends over it is the guards'
    /// business, in seconds.
    pub failures_most: u16,
    /// The same while nothing has been seen at or above `cold_below`: a cold kiln can wait longer.
    pub failures_most_cold: u16,
    /// Below this highest temperature since power-up the kiln counts as cold.
    pub cold_below: Celsius,
    /// Whether the temperature must also lie in range after the offset. The reference controller checks before only.
    pub check_calibrated: bool,
}

/// Why filter settings were refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FilterError {
    /// The offset is larger than [`limits::OFFSET_MOST`].
    Offset,
    /// More samples than [`limits::MEDIAN_MOST`].
    Median,
}

impl FilterSettings {
    /// No offset and a median of five, which forgets a burst of one or two samples: one of two passes a median of three,
    /// and a firing must not change its mind over it.
    pub const DELIVERED: Self = Self {
        offset: Kelvin::ZERO,
        median: 5,
        failures_most: 20,
        failures_most_cold: 40,
        cold_below: limits::COLD_BELOW,
        check_calibrated: true,
    };

    /// Adds `offset` to every sample and takes the median of the newest `median` (0 counts as 1; even numbers are
    /// allowed). Failure limits are those of the reference controller: 20 in a row, 40 below 100 °C.
    ///
    /// # Errors
    /// When one is beyond its limit.
    pub const fn new(offset: Kelvin, median: usize) -> Result<Self, FilterError> {
        if offset.abs().get() > limits::OFFSET_MOST.get() {
            return Err(FilterError::Offset);
        }
        if median > limits::MEDIAN_MOST {
            return Err(FilterError::Median);
        }
        let median = if median == 0 { 1 } else { median };
        Ok(Self { offset, median, ..Self::DELIVERED })
    }

    /// What is added to every sample.
    pub const fn offset(&self) -> Kelvin {
        self.offset
    }

    /// How many samples the median is taken of.
    pub const fn median(&self) -> usize {
        self.median
    }

    /// The calibrated temperature of a sample.
    fn calibrate(&self, raw: Celsius) -> Result<Celsius, Problem> {
        let calibrated = raw + self.offset;
        let believed = in_range(raw) && (in_range(calibrated) || !self.check_calibrated);
        if believed { Ok(calibrated) } else { Err(Problem::OutOfRange(raw)) }
    }
}

/// What came of one attempt to read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Conditioned {
    /// A new reading.
    Fresh(Reading),
    /// The attempt failed; the last good reading, with its own stamp.
    Kept(Reading, Problem),
    /// The attempt failed, and there has never been a good reading.
    NotReady(Problem),
    /// The attempt failed, and so did too many before it.
    Lost(Problem),
}

impl Conditioned {
    /// The reading, new or kept.
    pub const fn reading(&self) -> Option<Reading> {
        match self {
            Self::Fresh(reading) | Self::Kept(reading, _) => Some(*reading),
            Self::NotReady(_) | Self::Lost(_) => None,
        }
    }

    /// What the attempt met, unless it succeeded.
    pub const fn problem(&self) -> Option<Problem> {
        match self {
            Self::Fresh(_) => None,
            Self::Kept(_, problem) | Self::NotReady(problem) | Self::Lost(problem) => Some(*problem),
        }
    }
}

/// Conditions one thermocouple's samples.
#[derive(Clone, Copy, Debug)]
pub struct Conditioner {
    settings: FilterSettings,
    window: MedianWindow,
    failures: u16,
    hottest: Option<Celsius>,
    last: Option<Reading>,
}

impl Conditioner {
    /// A conditioner that has seen nothing.
    pub const fn new(settings: FilterSettings) -> Self {
        let window = MedianWindow { samples: [Celsius::ZERO; limits::MEDIAN_MOST], count: 0, room: settings.median };
        Self { settings, window, failures: 0, hottest: None, last: None }
    }

    /// Conditions otherwise from here on. What is known of the kiln stays; the median starts anew, for the samples in it
    /// were calibrated otherwise.
    pub fn set(&mut self, settings: FilterSettings) {
        if self.settings != settings {
            self.settings = settings;
            (self.window.room, self.window.count) = (settings.median, 0);
        }
    }

    /// Takes the very first sample after power-up: a chip that has not finished a conversion reads exactly 0, which
    /// is then not a sample, and a value out of range is not yet a failure.
    pub fn prime(&mut self, sample: Sample, now: Instant) -> Option<Reading> {
        let converted = sample.raw.get() != 0.0;
        let calibrated = self.settings.calibrate(sample.raw).ok().filter(|_| converted)?;
        Some(self.keep(calibrated, now))
    }

    /// Takes what one attempt to read gave at `now`.
    pub fn accept(&mut self, attempt: Result<Sample, Problem>, now: Instant) -> Conditioned {
        match attempt.and_then(|sample| self.settings.calibrate(sample.raw)) {
            Ok(calibrated) => Conditioned::Fresh(self.keep(calibrated, now)),
            Err(problem) => self.fail(problem),
        }
    }

    fn keep(&mut self, calibrated: Celsius, now: Instant) -> Reading {
        self.window.push(calibrated);
        let temperature = self.window.median();
        let sequence = self.last.map_or(1, |last| last.sequence.wrapping_add(1));
        let reading = Reading { temperature, taken: now, sequence };
        self.hottest = Some(self.hottest.map_or(temperature, |hottest| hottest.max(temperature)));
        self.failures = 0;
        self.last = Some(reading);
        reading
    }

    fn fail(&mut self, problem: Problem) -> Conditioned {
        self.failures = self.failures.saturating_add(1);
        if usize::from(self.failures) >= self.settings.median {
            // What came before the gap says nothing about what comes after it.
            self.window.count = 0;
        }
        match self.last {
            None => Conditioned::NotReady(problem),
            Some(_) if self.failures >= self.failures_most() => Conditioned::Lost(problem),
            Some(reading) => Conditioned::Kept(reading, problem),
        }
    }

    fn failures_most(&self) -> u16 {
        let cold = self.hottest.is_none_or(|hottest| hottest < self.settings.cold_below);
        if cold { self.settings.failures_most_cold } else { self.settings.failures_most }
    }

    /// The calibrated temperature of a sample before the median; `None` when it is out of range.
    pub fn calibrated(&self, sample: &Sample) -> Option<Celsius> {
        self.settings.calibrate(sample.raw).ok()
    }

    /// Failed attempts in a row.
    pub const fn failures(&self) -> u16 {
        self.failures
    }

    /// Whether there has ever been a good reading.
    pub const fn is_initialized(&self) -> bool {
        self.last.is_some()
    }

    /// The last good reading.
    pub const fn last_good(&self) -> Option<Reading> {
        self.last
    }

    /// The highest reading since power-up.
    pub const fn hottest(&self) -> Option<Celsius> {
        self.hottest
    }

    /// Samples in the median window.
    pub const fn window_len(&self) -> usize {
        self.window.count
    }
}

fn in_range(temperature: Celsius) -> bool {
    temperature >= limits::READING_LOWEST && temperature <= limits::READING_HIGHEST
}

/// The newest samples, oldest first.
#[derive(Clone, Copy, Debug)]
struct MedianWindow {
    samples: [Celsius; limits::MEDIAN_MOST],
    count: usize,
    room: usize,
}

impl MedianWindow {
    fn push(&mut self, sample: Celsius) {
        if self.count >= self.room {
            self.samples.rotate_left(1);
            self.count = self.room.saturating_sub(1);
        }
        if let Some(place) = self.samples.get_mut(self.count) {
            *place = sample;
            self.count += 1;
        }
    }

    /// The middle sample in order of size, or halfway between the two in the middle.
    fn median(&self) -> Celsius {
        let mut sorted = self.samples;
        let sorted = sorted.get_mut(..self.count).unwrap_or_default();
        sorted.sort_unstable_by(|a, b| a.get().total_cmp(&b.get()));
        let upper = sorted.get(self.count / 2).copied().unwrap_or(Celsius::ZERO);
        let lower = sorted.get(self.count.saturating_sub(1) / 2).copied().unwrap_or(upper);
        lower.midpoint(upper)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sensor::ChipFault;

    fn conditioner(offset: i16, median: usize) -> Conditioner {
        Conditioner::new(FilterSettings::new(Kelvin::whole(offset), median).unwrap())
    }

    fn sample(raw: f64) -> Sample {
        Sample { raw: Celsius::new(raw).unwrap(), cold_junction: None, step: Sample::FINE }
    }

    fn at(seconds: u64) -> Instant {
        Instant::from_millis(seconds * 1000)
    }

    fn check(offset: i16, median: usize, cases: &[(f64, f64)]) {
        let mut filter = conditioner(offset, median);
        for (second, (raw, expected)) in (0..).zip(cases) {
            let got = filter.accept(Ok(sample(*raw)), at(second)).reading().unwrap();
            assert_eq!((got.temperature.get().to_bits(), got.taken), (expected.to_bits(), at(second)), "{raw}");
        }
    }

    #[test]
    fn medians() {
        check(0, 3, &[(20.0, 20.0), (22.0, 21.0), (500.0, 22.0), (22.5, 22.5), (23.0, 23.0)]);
        check(0, 4, &[(1.0, 1.0), (2.0, 1.5), (4.0, 2.0), (8.0, 3.0), (16.0, 6.0)]);
        check(-3, 0, &[(20.0, 17.0), (30.0, 27.0)]);
        check(0, 8, &[(5.0, 5.0); 20]);
    }

    #[test]
    fn a_value_pushed_out_of_range_by_the_offset_is_not_believed() {
        let mut filter = conditioner(2, 1);
        let edge = sample(1499.0);
        assert_eq!(filter.accept(Ok(edge), at(0)), Conditioned::NotReady(Problem::OutOfRange(edge.raw)));
        filter.settings.check_calibrated = false;
        assert!(matches!(filter.accept(Ok(edge), at(1)), Conditioned::Fresh(_)));
    }

    /// Failures until the sensor counts as lost, after one reading of `warmth`.
    fn patience(warmth: f64) -> usize {
        let mut filter = conditioner(0, 3);
        let first = filter.accept(Ok(sample(warmth)), at(0)).reading().unwrap();
        for second in 1.. {
            match filter.accept(Err(Problem::Bus), at(second)) {
                Conditioned::Kept(kept, Problem::Bus) => assert_eq!(kept, first, "its own stamp, not a new one"),
                Conditioned::Lost(Problem::Bus) => return usize::from(filter.failures()),
                other @ (Conditioned::Fresh(_)
                | Conditioned::Kept(..)
                | Conditioned::NotReady(_)
                | Conditioned::Lost(_)) => {
                    panic!("{other:?}")
                }
            }
        }
        0
    }

    #[test]
    fn a_cold_kiln_is_given_more_time() {
        assert_eq!((patience(99.9), patience(100.0)), (40, 20));
    }

    #[test]
    fn one_good_reading_ends_a_loss_and_the_gap_empties_the_window() {
        let mut filter = conditioner(0, 3);
        let open = Problem::Chip(ChipFault::from_bits(ChipFault::OPEN).unwrap());
        assert_eq!(filter.accept(Err(open), at(0)), Conditioned::NotReady(open));
        for second in 1..4 {
            filter.accept(Ok(sample(900.0)), at(second));
        }
        for second in 4..30 {
            filter.accept(Err(open), at(second));
        }
        assert!(matches!(filter.accept(Err(open), at(30)), Conditioned::Lost(_)));
        let back = filter.accept(Ok(sample(850.0)), at(31)).reading().unwrap();
        assert_eq!((back.temperature, back.sequence, filter.failures()), (Celsius::whole(850), 4, 0));
    }

    #[test]
    fn incident_power_up_zero_taken_for_a_temperature() {
        let mut filter = conditioner(0, 3);
        assert_eq!(filter.prime(sample(0.0), at(0)), None);
        assert_eq!(filter.prime(sample(1600.0), at(0)), None);
        assert_eq!((filter.failures(), filter.is_initialized()), (0, false));
        assert!(filter.prime(sample(21.5), at(1)).is_some());
    }

    #[test]
    fn settings_out_of_range_are_refused() {
        assert_eq!(FilterSettings::new(Kelvin::whole(51), 3), Err(FilterError::Offset));
        assert_eq!(FilterSettings::new(Kelvin::whole(-51), 3), Err(FilterError::Offset));
        assert_eq!(FilterSettings::new(Kelvin::ZERO, 9), Err(FilterError::Median));
    }
}
