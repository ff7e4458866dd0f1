//! A fitted kiln to try things on: what it would do with a power, second by second.
//!
//! [`FittedKiln`] is what a fit leaves behind and can be kept as a few numbers; [`Twin`] is one of it under way. What it
//! says beyond the hottest it was fitted at is an extrapolation: see [`FittedKiln::hottest`]. Not for the control loop.

use super::{Figures, brick, plain};
use crate::math;
use crate::units::{Celsius, Duty, Kelvin};

/// A kiln as a fit knows it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FittedKiln {
    figures: Figures,
    hottest: Celsius,
}

/// Logarithms of figures of kilns lie within this of 0: e^25 seconds are two thousand years.
const LOG_MOST: f64 = 25.0;
/// The kinds, as they are kept.
const PLAIN: f64 = 0.0;
const BRICK: f64 = 1.0;

impl FittedKiln {
    /// How many numbers it is kept as: its kind, the hottest it was seen at in °C, its figures, zeros.
    pub const KEPT: usize = 2 + brick::FIGURES;

    pub(super) const fn new(figures: Figures, hottest: Celsius) -> Self {
        Self { figures, hottest }
    }

    /// The hottest it was seen at: above that it is believed to go on as it was.
    pub const fn hottest(&self) -> Celsius {
        self.hottest
    }

    /// As numbers, to be kept.
    pub fn kept(&self) -> [f64; Self::KEPT] {
        let mut kept = [0.0; Self::KEPT];
        let (kind, front, logs): (f64, Option<f64>, &[f64]) = match &self.figures {
            Figures::Plain { figures, front } => (PLAIN, Some(*front), figures),
            Figures::Brick(logs) => (BRICK, None, logs),
        };
        let numbers = [kind, self.hottest.get()].into_iter().chain(front).chain(logs.iter().copied());
        kept.iter_mut().zip(numbers).for_each(|(place, number)| *place = number);
        kept
    }

    /// From what was kept; `None` for numbers that are no kiln.
    pub fn from_kept(kept: &[f64; Self::KEPT]) -> Option<Self> {
        let [kind, hottest, rest @ ..] = kept;
        let log = |value: &f64| value.abs() <= LOG_MOST;
        let is = |wanted: f64| kind.total_cmp(&wanted).is_eq();
        let figures = if is(BRICK) && rest.iter().all(log) {
            Figures::Brick(*rest)
        } else {
            let [front, gain, store, delay, base, ..] = *rest;
            let times = (0.0..=plain::DELAY_MOST).contains(&delay) && (0.0..1.0).contains(&front);
            let sound = is(PLAIN) && log(&gain) && log(&store) && times && base.is_finite();
            sound.then_some(Figures::Plain { figures: [gain, store, delay, base], front })?
        };
        Some(Self { figures, hottest: Celsius::new(*hottest)? })
    }

    /// One of it that has stood at `start` for a long time, with all its brick.
    pub fn at_rest(&self, start: Celsius) -> Twin {
        Twin::new(&self.figures, start)
    }
}

/// The most turns that power can be late: the longest delay of either kind, and the turn it is in.
const LATE: usize = 402;

/// A kiln under way.
#[derive(Clone, Debug)]
pub struct Twin {
    store: Store,
    start: Celsius,
    /// Powers of the last turns, %, as a ring.
    powers: [f64; LATE],
    turn: usize,
    /// Turns that the power is late, and the share of a turn beyond.
    behind: (usize, f64),
}

#[derive(Clone, Debug)]
enum Store {
    Plain { gain: f64, lag: f64, store: f64, lag_keeps: f64, store_keeps: f64 },
    Brick(brick::Alive),
}

impl Twin {
    fn new(figures: &Figures, start: Celsius) -> Self {
        let (store, late) = match figures {
            Figures::Plain { figures: [gain, store, delay, _], front } => {
                let keeps = |tau: f64| if tau > 0.02 { math::exp(-1.0 / tau) } else { 0.0 };
                let (lag_keeps, store_keeps) = (keeps(delay * front), keeps(math::exp(*store)));
                let store = Store::Plain { gain: math::exp(*gain), lag: 0.0, store: 0.0, lag_keeps, store_keeps };
                (store, delay * (1.0 - front))
            }
            Figures::Brick(logs) => {
                let alive = brick::Alive::new(logs, start);
                let late = alive.late();
                (Store::Brick(alive), late)
            }
        };
        let most = 400.0; // as LATE
        Self { store, start, powers: [0.0; LATE], turn: 0, behind: super::cells(late.clamp(0.0, most)) }
    }

    /// One second at a power; the temperature the thermocouple then has.
    pub fn turn(&mut self, duty: Duty) -> Celsius {
        if let Some(place) = self.powers.get_mut(self.turn % LATE) {
            *place = duty.percent();
        }
        let (behind, part) = self.behind;
        let before = |turns: usize| {
            let at = self.turn.checked_sub(turns).map(|turn| turn % LATE);
            at.and_then(|at| self.powers.get(at)).copied().unwrap_or(0.0)
        };
        let power = before(behind) + (before(behind + 1) - before(behind)) * part;
        self.turn += 1;
        let rise = match &mut self.store {
            Store::Plain { gain, lag, store, lag_keeps, store_keeps } => {
                *lag += (1.0 - *lag_keeps) * (power - *lag);
                let given = if *lag_keeps > 0.0 { *lag } else { power };
                *store += (1.0 - *store_keeps) * (given - *store);
                *gain * *store
            }
            Store::Brick(alive) => alive.second(power),
        };
        self.start + Kelvin::new(rise).unwrap_or(Kelvin::ZERO)
    }
}

#[cfg(test)]
mod tests {
    use super::super::super::{Record, Sample};
    use super::super::fit;
    use super::*;
    use crate::units::Millis;
    use std::vec::Vec;

    /// The powers of a test: an hour of three levels.
    fn power(second: u64) -> f64 {
        match second / 900 {
            0 => 40.0,
            1 => 15.0,
            2 => 35.0,
            _ => 0.0,
        }
    }

    fn drive(kiln: &FittedKiln, seconds: u64) -> Vec<f64> {
        let mut twin = kiln.at_rest(Celsius::whole(22));
        (0..seconds).map(|second| twin.turn(Duty::from_percent(power(second))).get()).collect()
    }

    fn record(temperatures: &[f64]) -> Record {
        Record::of((0_u64..).zip(temperatures).map(|(second, celsius)| Sample {
            at: Millis::from_seconds(second + 1),
            temperature: Celsius::new(*celsius).unwrap(),
            duty: Duty::from_percent(power(second + 1)),
        }))
    }

    fn kilns() -> [FittedKiln; 2] {
        let plain = Figures::Plain { figures: [3.0, 300.0, 40.0, 1.0].map(math::ln), front: 0.25 };
        let Figures::Plain { figures: [gain, store, ..], front } = plain else { panic!() };
        let plain = Figures::Plain { figures: [gain, store, 40.0, 0.0], front };
        let brick = Figures::Brick(brick::beliefs(false).map(|belief| belief.likely));
        [plain, brick].map(|figures| FittedKiln::new(figures, Celsius::whole(100)))
    }

    #[test]
    fn a_twin_of_a_twin_does_the_same() {
        for kiln in kilns() {
            let truth = drive(&kiln, 3600);
            let found = fit(&record(&truth)).unwrap();
            let again = drive(&found.kiln(), 3600);
            let worst = truth.iter().zip(&again).fold(0.0_f64, |worst, (a, b)| worst.max((a - b).abs()));
            assert!(worst < 1.5, "{worst} K apart: {kiln:?}, {found:?}");
        }
    }

    #[test]
    fn what_is_kept_comes_back_and_nonsense_does_not() {
        for kiln in kilns() {
            assert_eq!(FittedKiln::from_kept(&kiln.kept()), Some(kiln));
            for (at, bad) in [(0, 2.0), (1, f64::NAN), (2, f64::INFINITY), (3, 1e9)] {
                let mut kept = kiln.kept();
                kept[at] = bad;
                assert_eq!(FittedKiln::from_kept(&kept), None, "{at} {bad}");
            }
        }
    }

    #[test]
    fn more_power_is_hotter_and_all_of_it_is_bounded() {
        for kiln in kilns() {
            let end = |percent: f64| {
                let mut twin = kiln.at_rest(Celsius::whole(20));
                (0..40_000).fold(0.0, |_, _| twin.turn(Duty::from_percent(percent)).get())
            };
            let ends = [0.0, 10.0, 50.0, 100.0].map(end);
            assert!(ends.is_sorted() && (ends[0] - 20.0).abs() < 1e-9 && ends[3] < 4000.0, "{ends:?}");
        }
    }
}
