//! What the firing has done so far: a dose that grows with time, and with temperature far faster.
//!
//! The model: a cone falls when its dose is full. A second at the absolute temperature T adds u^k to it, where
//! `u = exp(Q (1/T0 - 1/T))`, `Q` = 7,500 K and `T0` = 1000 °C: Arrhenius' law with the activation `k Q`. The chart
//! is not one activation: cones 014 and 05 differ fivefold in what ten times the rate means to them. So each cone has
//! its own k, a whole number, and there is one dose for each k in use. Whole numbers because then one exponential a
//! reading serves all of them: the rest are products. How k and the full dose of each cone were found, and how well
//! they return the chart, is `fit.rs`.
//!
//! Between two cones the way is measured in kelvin: how much hotter the firing would have to go to fill the dose.

use super::chart::{Certainty, Cone, Estimate};
use super::kept::KeptWork;
use super::pace::Pace;
use crate::limits;
use crate::math::{exp, ln};
use crate::units::{Celsius, CelsiusPerHour, Kelvin, Millis};

/// What an activation is counted in, K.
pub(super) const QUANTUM_K: f64 = 7500.0;
/// At this temperature a second adds 1 to every dose, K.
const REFERENCE_K: f64 = 1273.15;
/// 0 °C, K.
const FREEZING_K: f64 = 273.15;
/// Below this nothing is added: the softest cone takes a day and a half there to fall.
pub const COLDEST: Celsius = Celsius::whole(500);
/// A cone is an estimate when more than this share of its dose was gathered where the chart does not reach. A tenth of
/// a dose is about 3 K of end temperature.
const DOUBT_MOST: f64 = 0.1;

/// Declares the activations in use.
macro_rules! activations {
    ($($name:ident $power:literal,)+) => {
        /// The activation of a cone: how many [`QUANTUM_K`].
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Activation {
            $(#[doc = concat!($power, " × 7,500 K")] $name,)+
        }

        impl Activation {
            /// All of them, rising.
            #[cfg(test)]
            pub(super) const ALL: &[Self] = &[$(Self::$name),+];

            /// The number of quanta.
            pub(super) const fn power(self) -> u8 {
                match self {
                    $(Self::$name => $power,)+
                }
            }
        }

        /// One number for each activation.
        #[derive(Clone, Copy, Debug, PartialEq)]
        #[expect(non_snake_case, reason = "named as the activations")]
        struct Doses {
            $($name: f64,)+
        }

        impl Doses {
            const COUNT: usize = [$(Activation::$name),+].len();
            const NONE: Self = Self { $($name: 0.0,)+ };

            /// Each of them, in the order of the activations.
            const fn each(&self) -> [f64; Self::COUNT] {
                [$(self.$name),+]
            }

            /// The same again.
            #[expect(non_snake_case, reason = "named as the activations")]
            const fn of_each([$($name),+]: [f64; Self::COUNT]) -> Self {
                Self { $($name),+ }
            }

            const fn of(&self, activation: Activation) -> f64 {
                match activation {
                    $(Activation::$name => self.$name,)+
                }
            }

            /// Adds `seconds` at a temperature whose `u` is `unit`.
            fn add(&mut self, unit: f64, seconds: f64) {
                let mut product = seconds;
                let mut power = 0;
                $(
                    while power < $power {
                        product *= unit;
                        power += 1;
                    }
                    self.$name += product;
                )+
            }
        }
    };
}

activations! {
    K4 4, K5 5, K6 6, K7 7, K10 10, K11 11, K12 12, K13 13, K15 15, K17 17, K19 19, K22 22,
}

/// When a cone falls.
#[derive(Clone, Copy, Debug)]
pub(super) struct Threshold {
    pub(super) activation: Activation,
    /// The full dose, in seconds at 1000 °C.
    pub(super) dose: f64,
}

/// The exponent that u^1 has at a temperature in °C.
pub(super) fn exponent(celsius: f64) -> f64 {
    QUANTUM_K * (1.0 / REFERENCE_K - 1.0 / (celsius + FREEZING_K))
}

/// The heat work of a firing so far. Feed it every reading, from the first on.
///
/// A copy is the same heat work; [`kept`](Self::kept) is a shorter one.
///
/// ```
/// use kiln_core::cone::{Cone, HeatWork};
/// use kiln_core::units::{Celsius, Millis};
/// let mut work = HeatWork::NONE;
/// (600..1225).for_each(|celsius| work.add(Celsius::whole(celsius), Millis::from_minutes(1)));
/// let reached = work.reached_so_far().expect("hotter than any of the soft cones");
/// assert_eq!(reached.cone.name(), "6");
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HeatWork {
    doses: Doses,
    /// The part of the doses that was gathered where the chart does not reach.
    doubtful: Doses,
    pace: Pace,
    /// Whether a reset or an outage came before it.
    incomplete: bool,
}

/// How far the firing has come, in cones.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// The hardest cone that has fallen with all the softer ones.
    pub cone: Cone,
    /// The share of the way to the next one, 0 to 1.
    pub beyond: f64,
    /// How far it can be relied on.
    pub certainty: Certainty,
}

impl Reached {
    /// The number of cones past `cone`; negative when that has not fallen.
    pub fn cones_past(&self, cone: Cone) -> f64 {
        f64::from(self.cone.index()) + self.beyond - f64::from(cone.index())
    }

    /// The end temperature of a steady climb at `rate` that does the same to the ware.
    pub fn equivalent(&self, rate: CelsiusPerHour) -> Estimate {
        let here = self.cone.temperature(rate);
        let Some(next) = self.cone.next() else {
            return Estimate { certainty: here.certainty.and(self.certainty), ..here };
        };
        let there = next.temperature(rate);
        let way = Kelvin::new((there.celsius - here.celsius).get() * self.beyond).unwrap_or(Kelvin::ZERO);
        Estimate { celsius: here.celsius + way, certainty: here.certainty.and(there.certainty).and(self.certainty) }
    }
}

impl HeatWork {
    /// None at all.
    pub const NONE: Self = Self { doses: Doses::NONE, doubtful: Doses::NONE, pace: Pace::NEW, incomplete: false };

    /// Adds a length of time at a temperature, °C. Below [`COLDEST`] it costs no exponential.
    pub fn add(&mut self, at: Celsius, time: Millis) {
        let doubtful = self.pace.goes_beyond_the_chart(at, time);
        if at < COLDEST {
            return;
        }
        let unit = exp(exponent(at.get()));
        self.doses.add(unit, time.seconds());
        if doubtful {
            self.doubtful.add(unit, time.seconds());
        }
    }

    /// How many doses there are.
    pub const DOSES: usize = Doses::COUNT;

    /// What goes on after a reset or an outage from what was kept, if anything was. All that is said from here on is an
    /// estimate; without anything it is also too low.
    pub fn going_on(kept: Option<KeptWork>) -> Self {
        let doses = kept.map_or(Doses::NONE, |kept| Doses::of_each(kept.doses()));
        Self { doses, incomplete: true, ..Self::NONE }
    }

    /// What to keep of it.
    pub fn kept(&self) -> KeptWork {
        KeptWork::of(self.doses.each())
    }

    /// Whether the cone has fallen.
    pub fn has_fallen(&self, cone: Cone) -> bool {
        let Threshold { activation, dose } = cone.threshold();
        self.doses.of(activation) >= dose
    }

    /// How much hotter than needed the firing went for this cone, in kelvin of end temperature; negative: how much
    /// is missing. `None` before any heat work.
    pub fn past(&self, cone: Cone) -> Option<Kelvin> {
        let Threshold { activation, dose } = cone.threshold();
        // A degree more at the end of a steady climb multiplies the dose by the exponential of k Q / T².
        let end_k = cone.temperature(CelsiusPerHour::whole(60)).celsius.get() + FREEZING_K;
        let kelvin = end_k * end_k / (QUANTUM_K * f64::from(activation.power()));
        Kelvin::new(kelvin * ln(self.doses.of(activation) / dose))
    }

    /// How far what is said of this cone can be relied on, from its figures and from how its dose was gathered.
    pub fn certainty(&self, cone: Cone) -> Certainty {
        let activation = cone.threshold().activation;
        let covered = !self.incomplete && self.doubtful.of(activation) <= DOUBT_MOST * self.doses.of(activation);
        cone.certainty().and(if covered { Certainty::Verified } else { Certainty::Estimate })
    }

    /// How far the firing has come; `None` before the softest cone has fallen.
    pub fn reached_so_far(&self) -> Option<Reached> {
        let cone = Cone::all().take_while(|cone| self.has_fallen(*cone)).last()?;
        let certainty = self.certainty(cone);
        let Some(next) = cone.next() else { return Some(Reached { cone, beyond: 0.0, certainty }) };
        let beyond = match (self.past(cone), self.past(next)) {
            (Some(past), Some(short)) => past.get() / (past.get() - short.get()),
            // Heat work that makes a cone fall is there for all of them.
            (None, _) | (_, None) => 0.0,
        };
        Some(Reached { cone, beyond: beyond.clamp(0.0, 1.0), certainty: certainty.and(self.certainty(next)) })
    }

    /// How long the kiln would have to stand at a temperature until the cone falls: nothing when it has fallen, `None`
    /// below [`COLDEST`] and when it is longer than the longest hold.
    pub fn time_left(&self, cone: Cone, at: Celsius) -> Option<Millis> {
        if self.has_fallen(cone) {
            return Some(Millis::ZERO);
        }
        if at < COLDEST {
            return None;
        }
        let Threshold { activation, dose } = cone.threshold();
        let a_second = exp(exponent(at.get()) * f64::from(activation.power()));
        let time = Millis::from_seconds_f64((dose - self.doses.of(activation)) / a_second)?;
        (time <= limits::HOLD_LONGEST).then_some(time)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::vec::Vec;

    fn cone(name: &str) -> Cone {
        Cone::named(name).unwrap()
    }

    /// Climbs from 150 °C below `to` at a rate, a reading every 2 s, and calls `each` after every one.
    fn climb(work: &mut HeatWork, to: f64, rate: f64, mut each: impl FnMut(&HeatWork, f64)) {
        let step = rate * 2.0 / 3600.0;
        let mut celsius = to - 150.0;
        while celsius < to {
            celsius += step;
            work.add(Celsius::new(celsius).unwrap(), Millis::from_seconds(2));
            each(work, celsius);
        }
    }

    fn stand(work: &mut HeatWork, at: f64, minutes: u64) {
        (0..minutes * 6).for_each(|_| work.add(Celsius::new(at).unwrap(), Millis::from_seconds(10)));
    }

    /// Inside the chart's rates every cone falls after all the softer ones, and the way from one to the next is smooth.
    #[test]
    fn cones_fall_in_order_and_the_way_between_is_smooth() {
        for rate in [15.0, 30.0, 60.0, 100.0, 150.0] {
            let mut work = HeatWork::NONE;
            let mut last = 0.0;
            climb(&mut work, 700.0, rate, |_, _| {});
            for to in [850.0, 1000.0, 1150.0, 1300.0] {
                climb(&mut work, to, rate, |work, celsius| {
                    let fallen = Cone::all().filter(|cone| work.has_fallen(*cone)).count();
                    let Some(reached) = work.reached_so_far() else { return assert_eq!(fallen, 0) };
                    assert_eq!(usize::from(reached.cone.index()) + 1, fallen, "{rate} °C/h, {celsius} °C");
                    let way = reached.cones_past(cone("022"));
                    assert!(way >= last && way < last + 0.05 || last == 0.0, "{celsius} °C: from {last} to {way}");
                    last = way;
                });
            }
            assert!(last > 30.0, "{rate} °C/h ends at {last}");
        }
    }

    #[test]
    fn the_equivalent_is_the_chart_when_the_cone_falls() {
        for (rate, wanted) in [(60_i16, 1222.0), (150, 1243.0)] {
            let mut work = HeatWork::NONE;
            let mut seen = None;
            climb(&mut work, 1250.0, 60.0, |work, _| {
                if seen.is_none() && work.has_fallen(cone("6")) {
                    seen = work.reached_so_far();
                }
            });
            let equivalent = seen.unwrap().equivalent(CelsiusPerHour::whole(rate));
            assert!((equivalent.celsius.get() - wanted).abs() < 0.1, "{equivalent:?} at {rate} °C/h");
            assert_eq!(equivalent.certainty, Certainty::Verified);
        }
    }

    #[test]
    fn ten_degrees_more_are_ten_degrees_more() {
        let [mut work, mut hotter] = [HeatWork::NONE; 2];
        climb(&mut work, 1222.0, 60.0, |_, _| {});
        climb(&mut hotter, 1232.0, 60.0, |_, _| {});
        let more = hotter.past(cone("6")).unwrap().get() - work.past(cone("6")).unwrap().get();
        assert!((more - 10.0).abs() < 0.3, "{more}");
        assert_eq!(HeatWork::NONE.past(cone("6")), None);
        assert_eq!(HeatWork::NONE.reached_so_far(), None);
    }

    /// What the firing was like, the cone asked about, and how far the answer can be relied on.
    #[test]
    fn what_the_chart_does_not_cover_is_an_estimate() {
        use Certainty::{Estimate, Verified};
        let cases = [
            (60.0, 0, "6", Verified),
            (15.0, 0, "6", Verified),
            (150.0, 0, "6", Verified),
            (60.0, 50, "6", Verified),
            (60.0, 120, "6", Estimate),
            (300.0, 0, "6", Estimate),
            (5.0, 0, "6", Estimate),
            (60.0, 0, "11", Estimate),
            (60.0, 0, "020", Estimate),
        ];
        for (rate, minutes, name, certainty) in cases {
            let mut work = HeatWork::NONE;
            climb(&mut work, 1200.0, rate, |_, _| {});
            stand(&mut work, 1200.0, minutes);
            assert_eq!(work.certainty(cone(name)), certainty, "{name}: {rate} °C/h and {minutes} min");
        }
    }

    /// Between the last verified cone and the first that is not.
    #[test]
    fn the_way_to_a_cone_in_doubt_is_in_doubt() {
        let mut work = HeatWork::NONE;
        climb(&mut work, 1289.0, 60.0, |_, _| {});
        let reached = work.reached_so_far().unwrap();
        assert_eq!((reached.cone, reached.certainty), (cone("10"), Certainty::Estimate));
        assert_eq!(work.certainty(cone("10")), Certainty::Verified);
        assert_eq!(reached.equivalent(CelsiusPerHour::whole(60)).certainty, Certainty::Estimate);
    }

    #[test]
    fn nothing_is_added_below_the_coldest() {
        let mut work = HeatWork::NONE;
        stand(&mut work, 499.9, 6000);
        assert_eq!(work.past(cone("022")), None);
        stand(&mut work, 500.0, 1);
        assert!(work.past(cone("022")).is_some());
    }

    #[test]
    fn a_stand_lower_down_leaves_no_doubt() {
        let mut work = HeatWork::NONE;
        stand(&mut work, 600.0, 600);
        climb(&mut work, 1225.0, 60.0, |_, _| {});
        let reached = work.reached_so_far().unwrap();
        assert_eq!((reached.cone, reached.certainty), (cone("6"), Certainty::Verified));
        // The soft cones fell at the stand.
        assert_eq!(work.certainty(cone("022")), Certainty::Estimate);
    }

    #[test]
    fn the_time_left_is_the_time_it_takes() {
        let mut work = HeatWork::NONE;
        climb(&mut work, 1205.0, 60.0, |_, _| {});
        let left = work.time_left(cone("6"), Celsius::whole(1205)).unwrap().seconds();
        assert!((600.0..3600.0).contains(&left), "{left} s");
        let mut took = 0.0;
        while !work.has_fallen(cone("6")) {
            work.add(Celsius::whole(1205), Millis::from_seconds(1));
            took += 1.0;
        }
        assert!((took - left).abs() <= 1.0, "{took} s, not {left}");
        assert_eq!(work.time_left(cone("6"), Celsius::whole(20)), Some(Millis::ZERO));
        assert_eq!(work.time_left(cone("10"), Celsius::whole(499)), None);
        assert_eq!(work.time_left(cone("10"), Celsius::whole(900)), None);
    }

    #[test]
    fn nothing_makes_it_more_than_a_number() {
        let extremes =
            [-1e300, -300.0, 0.0, 499.9, 500.0, 1500.0, 1e6, 1e300].map(|celsius| Celsius::new(celsius).unwrap());
        let times = [0, 1, 1000, 3_600_000, u64::MAX].map(Millis::new);
        let mut work = HeatWork::NONE;
        for (at, time) in extremes.into_iter().flat_map(|at| times.map(|time| (at, time))) {
            work.add(at, time);
            let past: Vec<_> = Cone::all().filter_map(|cone| work.past(cone)).collect();
            assert!(past.len() == Cone::COUNT || past.is_empty(), "{at:?} {time:?}");
            assert!(work.reached_so_far().is_none_or(|reached| (0.0..=1.0).contains(&reached.beyond)));
        }
        assert_eq!(work.reached_so_far().unwrap().cone, cone("13"));
    }
}
