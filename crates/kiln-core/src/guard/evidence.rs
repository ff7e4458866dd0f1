//! What the guards remember of the last quarter of an hour: how warm it was, and how much heat was on.
//!
//! Heat is counted at the pin, slot by slot; temperatures are means over ten seconds, so that noise of a degree is a
//! tenth of it and a burst of interference is nearly nothing. It judges nothing.

use super::Scene;
use crate::limits;
use crate::units::{Celsius, Instant, Kelvin, Millis};

/// The length of one entry.
const ENTRY: Millis = Millis::from_seconds(10);
/// Entries that are looked at together, so that one of them cannot decide alone.
const FEW: usize = 3;
/// Entries kept: sixteen minutes.
const ENTRIES: usize = 96;

/// Ten seconds.
#[derive(Clone, Copy, Debug, Default)]
struct Entry {
    /// Mean temperature, °C.
    mean: f32,
    /// Seconds of heat at the pin.
    heat: f32,
}

/// The last quarter of an hour, and the codes of the newest samples.
#[derive(Clone, Copy, Debug)]
pub struct Evidence {
    ring: [Entry; ENTRIES],
    /// Where the next entry goes.
    next: usize,
    count: usize,
    open: Open,
    codes: Codes,
}

/// The entry being filled.
#[derive(Clone, Copy, Debug, Default)]
struct Open {
    began: Option<Instant>,
    last_slot: Option<Instant>,
    sum: f32,
    samples: u16,
    heat_ms: u64,
}

/// How long the chip has been saying the same.
#[derive(Clone, Copy, Debug, Default)]
struct Codes {
    raw: Option<Celsius>,
    same: usize,
    heat_ms: u64,
    rest_ms: u64,
    /// What was asked for when it began.
    target: Option<Celsius>,
    noise: Noise,
}

/// How noisy the sensor is: what a stretch of samples showed, and the stretch under way.
#[derive(Clone, Copy, Debug, Default)]
struct Noise {
    is_noisy: bool,
    samples: usize,
    longest: usize,
    turns: usize,
    rose: bool,
}

impl Default for Evidence {
    fn default() -> Self {
        Self { ring: [Entry::default(); ENTRIES], next: 0, count: 0, open: Open::default(), codes: Codes::default() }
    }
}

impl Evidence {
    /// Takes in one slot.
    pub(super) fn see(&mut self, scene: &Scene) {
        let slot = self.open.last_slot.replace(scene.now).map_or(0, |last| scene.now.since(last).get());
        if scene.energized {
            self.open.heat_ms += slot;
            self.codes.heat_ms += slot;
        } else {
            self.codes.rest_ms += slot;
        }
        if let (true, Some(raw)) = (scene.fresh, scene.raw) {
            self.codes.see(raw, scene.target);
        }
        if let (true, Some(reading)) = (scene.fresh, scene.reading.filter(|_| scene.sample.is_some())) {
            self.open.sum += narrow(reading.temperature);
            self.open.samples += 1;
        }
        let began = *self.open.began.get_or_insert(scene.now);
        if scene.now.since(began) >= ENTRY {
            self.close(scene.now);
        }
    }

    /// Forgets the past: a new firing begins. What a kiln at rest said for long is no sign of a frozen chip.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    fn close(&mut self, now: Instant) {
        let heat = to_seconds(self.open.heat_ms);
        let mean = if self.open.samples > 0 { self.open.sum / f32::from(self.open.samples) } else { self.last_mean() };
        if let Some(place) = self.ring.get_mut(self.next) {
            *place = Entry { mean, heat };
        }
        self.next = (self.next + 1) % ENTRIES;
        self.count = (self.count + 1).min(ENTRIES);
        self.open = Open { began: Some(now), last_slot: self.open.last_slot, ..Open::default() };
    }

    fn last_mean(&self) -> f32 {
        self.back(0).map_or(0.0, |entry| entry.mean)
    }

    /// The entry `back` places before the newest.
    fn back(&self, back: usize) -> Option<&Entry> {
        if back < self.count { self.ring.get((self.next + ENTRIES - 1 - back) % ENTRIES) } else { None }
    }

    /// How far the temperature has come over the last `time` for certain: between the least of the newest entries and
    /// the most of those around then when it rose, the other way round when it fell. One entry with a burst of
    /// interference in it moves neither. `None` before so much is known.
    pub(super) fn rise(&self, time: Millis) -> Option<Kelvin> {
        let (new_low, new_high) = self.span(0)?;
        let (old_low, old_high) = self.span(entries(time))?;
        let (rose, fell) = (new_low - old_high, new_high - old_low);
        // One of the two at most is other than zero: what rose for certain has not fallen.
        Kelvin::new(f64::from(rose.max(0.0) + fell.min(0.0)))
    }

    /// The least and the most of the few entries from `back` on.
    fn span(&self, back: usize) -> Option<(f32, f32)> {
        let mut span = (f32::INFINITY, f32::NEG_INFINITY);
        for back in back..back + FEW {
            let mean = self.back(back)?.mean;
            span = (span.0.min(mean), span.1.max(mean));
        }
        Some(span)
    }

    /// How long heat was on during the last `time`, whole entries; `None` before so much is known.
    pub(super) fn heat(&self, time: Millis) -> Option<Millis> {
        let mut heat = 0.0;
        for back in 0..entries(time) {
            heat += f64::from(self.back(back)?.heat);
        }
        Millis::from_seconds_f64(heat)
    }

    /// The least of the newest entries.
    pub(super) fn newest(&self) -> Option<Celsius> {
        Celsius::new(f64::from(self.span(0)?.0))
    }

    /// The highest mean of everything kept but the last `time`.
    pub(super) fn hottest_before(&self, time: Millis) -> Option<Celsius> {
        let hottest = (entries(time)..self.count).filter_map(|back| self.back(back)).map(|entry| entry.mean);
        hottest.reduce(f32::max).and_then(|mean| Celsius::new(f64::from(mean)))
    }

    /// How far the newest entry and the newest reading both lie under the lower of the two entries before: what has
    /// come back already is no drop.
    pub(super) fn drop(&self, at: Celsius) -> Option<Kelvin> {
        let [new, before, earlier] = [self.back(0)?.mean, self.back(1)?.mean, self.back(2)?.mean];
        Kelvin::new(f64::from(before.min(earlier) - new.max(narrow(at))))
    }

    /// Whether the sensor never says the same for long.
    pub(super) const fn is_noisy(&self) -> bool {
        self.codes.noise.is_noisy
    }

    /// What was asked for when the chip began to say the same.
    pub(super) const fn target_at_same(&self) -> Option<Celsius> {
        self.codes.target
    }

    /// How many samples in a row were the same to the last bit.
    pub(super) const fn same_codes(&self) -> usize {
        self.codes.same
    }

    /// Time with heat and time without since the chip began to say the same.
    pub(super) const fn heat_during_same(&self) -> (Millis, Millis) {
        (Millis::new(self.codes.heat_ms), Millis::new(self.codes.rest_ms))
    }
}

impl Codes {
    fn see(&mut self, raw: Celsius, target: Option<Celsius>) {
        if self.raw == Some(raw) {
            self.same = self.same.saturating_add(1);
        } else {
            let mut noise = self.noise;
            noise.see(self.same, self.raw.is_some_and(|before| (raw - before).get().is_sign_positive()));
            *self = Self { raw: Some(raw), same: 1, heat_ms: 0, rest_ms: 0, target, noise };
        }
    }
}

impl Noise {
    /// A code has come after another that was said so often, and is higher or lower.
    fn see(&mut self, same: usize, rises: bool) {
        self.samples += same;
        self.longest = self.longest.max(same);
        self.turns += usize::from(rises != self.rose);
        self.rose = rises;
        if self.samples >= limits::FROZEN_NOISE_SAMPLES {
            let is_noisy = self.longest <= limits::FROZEN_NOISY_SAME && self.turns >= limits::FROZEN_NOISY_TURNS;
            *self = Self { is_noisy, ..Self::default() };
        }
    }
}

/// Whole entries in a length of time.
fn entries(time: Millis) -> usize {
    usize::try_from(time.get() / ENTRY.get()).unwrap_or(usize::MAX)
}

#[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "a hundredth of a degree is enough here")]
fn narrow(temperature: Celsius) -> f32 {
    temperature.get() as f32
}

#[expect(clippy::as_conversions, clippy::cast_precision_loss, reason = "an entry is ten thousand milliseconds")]
fn to_seconds(ms: u64) -> f32 {
    ms as f32 / 1000.0
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::sensor::Reading;

    /// A piece of the past: so many seconds, the temperature in them, and the share of each second with heat.
    pub(in crate::guard) type Piece = (u32, fn(u32) -> f64, f64);

    const START: Instant = Instant::from_millis((1 << 32) - 5000);

    /// A slot of a firing at `at` °C; without a temperature, one in which nothing could be read.
    fn slot(now: Instant, at: Option<f64>, energized: bool, fresh: bool) -> Scene {
        let temperature = at.and_then(Celsius::new);
        Scene {
            sample: temperature,
            raw: temperature,
            energized,
            fresh,
            reading: temperature.map(|temperature| Reading { temperature, taken: now, sequence: 0 }),
            heating: true,
            ..Scene::blank(now, Celsius::whole(1300))
        }
    }

    /// What is remembered of such a past.
    pub(in crate::guard) fn past(pieces: &[Piece]) -> Evidence {
        let (mut evidence, mut now) = (Evidence::default(), START);
        evidence.see(&slot(now, None, false, false));
        for (seconds, at, heat) in pieces {
            for second in 0..*seconds {
                let at = Some(at(second)).filter(|at| at.is_finite());
                for tenth in 0..10 {
                    now = now + limits::SLOT;
                    evidence.see(&slot(now, at, f64::from(tenth) < heat * 10.0, tenth == 0));
                }
            }
        }
        evidence
    }

    fn check(pieces: &[Piece], over: u64, rise: Option<f64>, heat: Option<u64>) {
        let (evidence, over) = (past(pieces), Millis::from_seconds(over));
        assert_eq!(evidence.rise(over).map(Kelvin::get), rise, "{over:?} of {}", pieces.len());
        assert_eq!(evidence.heat(over), heat.map(Millis::new), "{over:?} of {}", pieces.len());
    }

    #[test]
    fn every_slot_of_heat_is_counted_and_only_what_is_certain_rose() {
        check(&[(20, |_| 100.0, 1.0)], 20, None, Some(20_000));
        check(&[(30, |_| 100.0, 0.3)], 20, None, Some(6000));
        check(&[(60, |_| 100.0, 1.0)], 30, Some(0.0), Some(30_000));
        check(&[(30, |_| 100.0, 0.0), (30, |_| 104.0, 0.5)], 30, Some(4.0), Some(15_000));
        check(&[(30, |_| 104.0, 0.0), (30, |_| 100.0, 0.5)], 30, Some(-4.0), Some(15_000));
        // One entry in three is wild: nothing rose or fell for certain.
        check(&[(50, |_| 100.0, 0.0), (10, |_| 130.0, 0.0)], 30, Some(0.0), Some(0));
        check(&[(50, |_| 100.0, 0.0), (10, |_| 70.0, 0.0)], 30, Some(0.0), Some(0));
    }

    #[test]
    fn where_nothing_could_be_read_the_last_temperature_stands() {
        check(&[(30, |_| 500.0, 0.0), (30, |_| f64::NAN, 0.0)], 30, Some(0.0), Some(0));
        check(&[(60, |_| f64::NAN, 0.0)], 30, Some(0.0), Some(0));
        let evidence = past(&[(30, |_| 500.0, 0.0), (30, |_| f64::NAN, 0.0)]);
        assert_eq!(evidence.newest(), Some(Celsius::whole(500)));
    }

    #[test]
    fn the_hottest_is_that_of_before() {
        let evidence = past(&[(30, |_| 700.0, 0.0), (30, |_| 500.0, 0.0), (30, |_| 900.0, 0.0)]);
        assert_eq!(evidence.hottest_before(Millis::from_seconds(30)), Some(Celsius::whole(700)));
        assert_eq!(evidence.hottest_before(Millis::from_seconds(90)), None);
    }
}
