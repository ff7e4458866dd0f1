//! The whole running firing in a fixed room, its peaks kept.
//!
//! A thousand buckets of equal length; when they are full every two become one of twice the length. Each keeps the
//! lowest and the highest temperature seen in it with their times, so that thinning never cuts a peak off. It does not
//! know what the figures mean, nor how they are shown.

use kiln_core::units::{Celsius, Duty, Millis};

/// How many buckets there are: each gives one or two points, at most [`POINTS_MOST`].
const BUCKETS: usize = 1000;
/// The most points a whole history gives.
pub const POINTS_MOST: usize = 2 * BUCKETS;
/// The length of a bucket at the beginning of a firing.
const FIRST_LENGTH: Millis = Millis::from_seconds(2);

/// One moment of the kiln.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moment {
    /// The temperature, if there is a good reading.
    pub temperature: Option<Celsius>,
    /// The temperature asked for, if one is.
    pub target: Option<Celsius>,
    /// The duty served.
    pub duty: Duty,
    /// Whether the schedule clock stands still.
    pub waiting: bool,
}

/// One point of a history.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Time since the firing began.
    pub at: Millis,
    /// The temperature, °C to a tenth; `None` where there was no good reading.
    pub temperature: Option<Celsius>,
    /// The temperature asked for.
    pub target: Option<Celsius>,
    /// The mean duty around the point, to half a percent.
    pub duty: Duty,
    /// Whether the schedule clock stood still.
    pub waiting: bool,
}

/// A temperature in tenths of a degree above -3276.8 °C; `NONE` where there is none. An empty history is all zeros: it
/// takes no flash.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Tenths(u16);

impl Tenths {
    const NONE: Self = Self(0);
    /// What 0 °C is kept as.
    const ZERO: u16 = 0x8000;

    fn of(temperature: Option<Celsius>) -> Self {
        let tenths = temperature.map(|temperature| crate::round::to_i16(temperature.get() * 10.0).max(i16::MIN + 1));
        tenths.map_or(Self::NONE, |tenths| Self(tenths.cast_unsigned() ^ Self::ZERO))
    }

    fn celsius(self) -> Option<Celsius> {
        let tenths = (self.0 ^ Self::ZERO).cast_signed();
        if self == Self::NONE { None } else { Celsius::new(f64::from(tenths) / 10.0) }
    }
}

/// What is kept of one length of time. Times are in 256ths of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Bucket {
    low: Tenths,
    high: Tenths,
    target: Tenths,
    low_at: u8,
    high_at: u8,
    /// Half percents.
    duty: u8,
    waiting: bool,
}

impl Bucket {
    const EMPTY: Self = Self {
        low: Tenths::NONE,
        high: Tenths::NONE,
        target: Tenths::NONE,
        low_at: 0,
        high_at: 0,
        duty: 0,
        waiting: false,
    };

    /// Takes a temperature seen at a time of this bucket.
    fn see(&mut self, temperature: Tenths, at: u8) {
        if temperature == Tenths::NONE {
            return;
        }
        if self.low == Tenths::NONE || temperature < self.low {
            (self.low, self.low_at) = (temperature, at);
        }
        if self.high == Tenths::NONE || temperature > self.high {
            (self.high, self.high_at) = (temperature, at);
        }
    }

    /// Two buckets as one of twice the length.
    fn join(first: Self, second: Self) -> Self {
        let mut both = Self {
            target: if second.target == Tenths::NONE { first.target } else { second.target },
            duty: first.duty.midpoint(second.duty),
            waiting: first.waiting || second.waiting,
            ..Self::EMPTY
        };
        both.see(first.low, first.low_at / 2);
        both.see(first.high, first.high_at / 2);
        both.see(second.low, 128 + second.low_at / 2);
        both.see(second.high, 128 + second.high_at / 2);
        both
    }

    /// Its one or two points, when it begins at `begin` and lasts `length`.
    fn points(self, begin: Millis, length: Millis) -> impl Iterator<Item = Point> {
        let point = move |temperature: Tenths, at: u8| Point {
            at: begin + Millis::new(length.get() * u64::from(at) / 256),
            temperature: temperature.celsius(),
            target: self.target.celsius(),
            duty: Duty::from_percent(f64::from(self.duty) / 2.0),
            waiting: self.waiting,
        };
        let (low, high) = (point(self.low, self.low_at), point(self.high, self.high_at));
        let (first, second) = if self.low_at <= self.high_at { (low, high) } else { (high, low) };
        [Some(first), (self.low != self.high).then_some(second)].into_iter().flatten()
    }
}

/// The history of one firing.
#[derive(Clone, Debug)]
pub struct History {
    buckets: [Bucket; BUCKETS],
    /// How many buckets are in use; the last of them is still being filled.
    used: usize,
    /// How much longer than [`FIRST_LENGTH`] a bucket is by now.
    longer: Millis,
    /// What has gone into the last bucket, for its mean duty: seconds, and percent times seconds.
    gathered: (f64, f64),
    /// The time of the newest moment.
    newest: Millis,
}

impl Default for History {
    fn default() -> Self {
        Self::new()
    }
}

impl History {
    /// Nothing has happened.
    pub const fn new() -> Self {
        Self {
            buckets: [Bucket::EMPTY; BUCKETS],
            used: 0,
            longer: Millis::ZERO,
            gathered: (0.0, 0.0),
            newest: Millis::ZERO,
        }
    }

    /// Forgets everything: a new firing begins.
    pub fn clear(&mut self) {
        (self.used, self.longer) = (0, Millis::ZERO);
        (self.gathered, self.newest) = ((0.0, 0.0), Millis::ZERO);
    }

    /// The length of a bucket by now.
    fn length(&self) -> Millis {
        FIRST_LENGTH + self.longer
    }

    /// Takes what the kiln shows `at` so long after the firing began. Time that does not go on is not taken.
    pub fn see(&mut self, at: Millis, moment: &Moment) {
        if self.used > 0 && at <= self.newest {
            return;
        }
        let Some(place) = self.place(at) else {
            return;
        };
        self.open(place);
        let passed = at.saturating_sub(self.newest).max(Millis::new(1)).seconds();
        self.newest = at;
        let begin = self.length().get().saturating_mul(u64::try_from(place).unwrap_or(u64::MAX));
        let part = at.get().saturating_sub(begin).saturating_mul(256).checked_div(self.length().get());
        let part = part.and_then(|part| u8::try_from(part).ok()).unwrap_or(u8::MAX);
        self.gathered = (self.gathered.0 + passed, self.gathered.1 + passed * moment.duty.percent());
        let mean = self.gathered.1 / self.gathered.0;
        if let Some(bucket) = self.buckets.get_mut(place) {
            bucket.see(Tenths::of(moment.temperature), part);
            bucket.target = Tenths::of(moment.target);
            bucket.duty = crate::round::to_u8(2.0 * mean);
            bucket.waiting |= moment.waiting;
        }
    }

    /// Every point, oldest first; at most [`POINTS_MOST`].
    pub fn points(&self) -> impl Iterator<Item = Point> + '_ {
        let length = self.length();
        let used = self.buckets.get(..self.used).unwrap_or(&[]);
        used.iter()
            .zip(0_u64..)
            .flat_map(move |(bucket, index)| bucket.points(Millis::new(length.get().saturating_mul(index)), length))
    }

    /// How many buckets are in use, and how long each is: a reader that comes again asks from there.
    pub fn extent(&self) -> (usize, Millis) {
        (self.used, self.length())
    }

    /// The time of the newest moment.
    pub const fn newest(&self) -> Millis {
        self.newest
    }

    /// The bucket for a time, after as many halvings as it takes.
    fn place(&mut self, at: Millis) -> Option<usize> {
        loop {
            let place = usize::try_from(at.get().checked_div(self.length().get())?).unwrap_or(usize::MAX);
            if place < BUCKETS {
                return Some(place);
            }
            self.halve()?;
        }
    }

    /// Makes one bucket of every two.
    fn halve(&mut self) -> Option<()> {
        self.longer = Millis::new(self.length().get().checked_mul(2)?).saturating_sub(FIRST_LENGTH);
        for place in 0..BUCKETS / 2 {
            let pair =
                [2 * place, 2 * place + 1].map(|from| self.buckets.get(from).filter(|_| from < self.used).copied());
            let joined = match pair {
                [Some(first), Some(second)] => Bucket::join(first, second),
                // Half of the time is still to come.
                [Some(first), None] => Bucket { duty: first.duty, ..Bucket::join(first, Bucket::EMPTY) },
                [None, _] => break,
            };
            if let Some(bucket) = self.buckets.get_mut(place) {
                *bucket = joined;
            }
        }
        self.used = self.used.div_ceil(2);
        Some(())
    }

    /// Makes `place` the last bucket in use; those skipped say that nothing was seen.
    fn open(&mut self, place: usize) {
        while self.used <= place {
            if let Some(bucket) = self.buckets.get_mut(self.used) {
                *bucket = Bucket::EMPTY;
            }
            self.used += 1;
            self.gathered = (0.0, 0.0);
        }
    }
}

const _: () = assert!(size_of::<History>() <= 12 * BUCKETS + 64, "the history fits the memory it is given");

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    fn moment(celsius: f64) -> Moment {
        let temperature = Celsius::new(celsius);
        Moment { temperature, target: Celsius::new(500.0), duty: Duty::from_percent(40.0), waiting: false }
    }

    fn fired(seconds: u64, at: impl Fn(u64) -> f64) -> (History, Vec<Point>) {
        let mut history = History::default();
        for second in 0..seconds {
            history.see(Millis::from_seconds(second), &moment(at(second)));
        }
        let points = history.points().collect();
        (history, points)
    }

    #[test]
    fn a_short_firing_is_kept_as_it_was() {
        let temperatures = [20.0, 21.5, 21.5, 21.5, 30.1];
        let (_, points) = fired(5, |second| temperatures[usize::try_from(second).unwrap()]);
        let seen: Vec<_> = points.iter().map(|p| (p.at.get(), p.temperature.unwrap().get())).collect();
        assert_eq!(seen, [(0, 20.0), (1000, 21.5), (2000, 21.5), (4000, 30.1)]);
        assert!(points.iter().all(|p| p.duty == Duty::from_percent(40.0) && p.target == Celsius::new(500.0)));
    }

    #[test]
    fn peaks_stay_however_long_it_lasts() {
        for hours in [1, 13, 60, 168] {
            let seconds = hours * 3600;
            let (peak, dip) = (seconds / 3, seconds / 2);
            let (_, points) = fired(seconds, |second| match second {
                _ if second == peak => 1201.3,
                _ if second == dip => 17.7,
                _ => 600.0,
            });
            assert!(points.len() <= POINTS_MOST, "{hours} h: {}", points.len());
            for (when, what) in [(peak, 1201.3), (dip, 17.7)] {
                let kept = points.iter().find(|p| p.temperature == Celsius::new(what)).unwrap();
                let off = kept.at.seconds() - Millis::from_seconds(when).seconds();
                assert!(off.abs() <= Millis::from_hours(hours).seconds() / 400.0, "{hours} h: {off} s off");
            }
            assert!(points.windows(2).all(|pair| pair[0].at <= pair[1].at), "{hours} h: in order");
        }
    }

    #[test]
    fn gaps_and_missing_readings_are_shown_as_such() {
        let mut history = History::default();
        history.see(Millis::ZERO, &moment(100.0));
        history.see(Millis::from_seconds(7), &Moment { temperature: None, ..moment(0.0) });
        history.see(Millis::from_seconds(9), &moment(101.0));
        history.see(Millis::from_seconds(5), &moment(999.0));
        let seen: Vec<_> = history.points().map(|p| p.temperature.map(Celsius::get)).collect();
        assert_eq!(seen, [Some(100.0), None, None, None, Some(101.0)]);
    }

    #[test]
    fn the_longest_times_end_in_no_loop() {
        let mut history = History::default();
        for at in [0, 1, u64::MAX / 4, u64::MAX / 2, u64::MAX] {
            history.see(Millis::new(at), &moment(50.0));
        }
        assert!(history.points().count() <= POINTS_MOST);
        history.clear();
        assert_eq!(history.points().count(), 0);
    }

    #[test]
    fn a_duty_is_the_mean_of_its_time() {
        let mut history = History::default();
        for second in 0..4000 {
            let duty = Duty::from_percent(if second % 2 == 0 { 100.0 } else { 0.0 });
            history.see(Millis::from_seconds(second), &Moment { duty, ..moment(50.0) });
        }
        for point in history.points().skip(1) {
            assert!((point.duty.percent() - 50.0).abs() <= 1.0, "{point:?}");
        }
    }
}
