//! A cone, a speed and a kind of ware made into the steps of a profile.
//!
//! The shape is the common one of cone-fire programs: slowly while water leaves, briskly, slowly through the change of
//! the quartz, briskly to 140 °C below the end, and the last 140 °C at the rate the cone is read at. The slow and fast
//! rates are those that a widely used commercial controller documents, in °C/h and rounded; the medium ones lie between
//! (the geometric mean, rounded). The end temperature is not the chart's but the one at which the heat-work model says
//! that the cone falls, in whole degrees, so that schedule and display agree. Tested: every one lands within 0.2 cone.

use super::chart::Cone;
use super::heat_work::{Threshold, exponent};
use crate::math::{exp, nearest};
use crate::profile::{Name, Profile, ProfileError, RampRate, Step};
use crate::units::{Celsius, CelsiusPerHour, Kelvin};

/// What is fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ware {
    /// Raw clay.
    Bisque,
    /// Glazed ware that was fired before.
    Glaze,
}

/// How fast it is fired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speed {
    /// For thick or large pieces.
    Slow,
    /// In between.
    Medium,
    /// For thin pieces.
    Fast,
}

/// A firing by its cone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ConeFiring {
    /// The cone to fall.
    pub cone: Cone,
    /// What is fired.
    pub ware: Ware,
    /// How fast.
    pub speed: Speed,
}

/// How far below the end the last climb begins.
const LAST_CLIMB: Kelvin = Kelvin::whole(140);

/// One recipe: climbs to fixed temperatures (°C, °C/h), the rate up to the last climb, the rate of the last climb.
struct Recipe {
    early: &'static [(i16, i16)],
    brisk: i16,
    last: i16,
}

impl Recipe {
    const fn of(ware: Ware, speed: Speed) -> Self {
        match (ware, speed) {
            (Ware::Bisque, Speed::Slow) => Self { early: &[(120, 45), (540, 110), (600, 55)], brisk: 100, last: 45 },
            (Ware::Bisque, Speed::Medium) => Self { early: &[(120, 55), (540, 135), (600, 70)], brisk: 105, last: 50 },
            (Ware::Bisque, Speed::Fast) => Self { early: &[(120, 65), (540, 165), (600, 85)], brisk: 110, last: 60 },
            (Ware::Glaze, Speed::Slow) => Self { early: &[(120, 85)], brisk: 220, last: 65 },
            (Ware::Glaze, Speed::Medium) => Self { early: &[(120, 140)], brisk: 265, last: 85 },
            (Ware::Glaze, Speed::Fast) => Self { early: &[], brisk: 315, last: 110 },
        }
    }
}

impl ConeFiring {
    /// The temperature at which the firing ends, in whole °C.
    pub fn peak(&self) -> Celsius {
        let Recipe { brisk, last, .. } = Recipe::of(self.ware, self.speed);
        let climbs = [(LAST_CLIMB, CelsiusPerHour::whole(last)), (LAST_CLIMB, CelsiusPerHour::whole(brisk))];
        Celsius::in_4096ths(4096 * nearest(falls_at(self.cone, &climbs)))
    }

    /// The steps, as a profile of that name. It ends at the peak; the kiln then cools by itself.
    ///
    /// # Errors
    /// A peak above what any kiln may be set to: the hardest cones.
    pub fn profile(&self, name: Name) -> Result<Profile, ProfileError> {
        let Recipe { early, brisk, last } = Recipe::of(self.ware, self.speed);
        let peak = self.peak();
        let before = peak - LAST_CLIMB;
        let ramp = |target: Celsius, rate: i16| Step::Ramp {
            target,
            rate: RampRate::PerHour(CelsiusPerHour::whole(rate)),
            min_rate: None,
        };
        let mut steps = [Step::Cool { target: None }; 5];
        // A soft cone ends so low that some of the early climbs are left out.
        let early = early.iter().map(|(to, rate)| (Celsius::whole(*to), *rate)).filter(|(to, _)| *to < before);
        let climbs = early.chain([(before, brisk), (peak, last)]);
        let count = steps.iter_mut().zip(climbs).map(|(place, (to, rate))| *place = ramp(to, rate)).count();
        Profile::new(name, steps.get(..count).unwrap_or(&steps))
    }
}

/// The temperature, °C, at which a cone falls after the given climbs, the last of them first, each by its height.
pub(super) fn falls_at(cone: Cone, climbs: &[(Kelvin, CelsiusPerHour)]) -> f64 {
    let rate = climbs.first().map_or(CelsiusPerHour::whole(60), |(_, rate)| *rate);
    let chart = cone.temperature(rate).celsius.get();
    // The model stays within a few degrees of the chart inside its rates, and 60 °C is ample outside.
    let (mut low, mut high) = (chart - 60.0, chart + 60.0);
    // 60 °C halved 13 times is below a hundredth of a degree.
    for _ in 0..14 {
        let middle = f64::midpoint(low, high);
        if dose_of(cone.threshold(), middle, climbs) < cone.threshold().dose { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The dose of climbs that end at `end`, °C, the last of them first.
pub(super) fn dose_of(threshold: Threshold, end: f64, climbs: &[(Kelvin, CelsiusPerHour)]) -> f64 {
    let mut to = end;
    let mut dose = 0.0;
    for (height, rate) in climbs {
        dose += climb(f64::from(threshold.activation.power()), to, height.get()) * 3600.0 / rate.get();
        to -= height.get();
    }
    dose
}

/// The integral of u^power over temperature from `height` below `to` up to `to`, by Simpson's rule.
fn climb(power: f64, to: f64, height: f64) -> f64 {
    // A panel of at most 140/32 °C changes the steepest integrand by a factor below 2: the rule's error is below 1e-4.
    const PANELS: u8 = 32;
    let width = height / f64::from(PANELS);
    let value = |halves: u8| exp(power * exponent(to - height + f64::from(halves) * width / 2.0));
    let panels = (0..PANELS).map(|panel| value(2 * panel) + 4.0 * value(2 * panel + 1) + value(2 * panel + 2));
    panels.sum::<f64>() * width / 6.0
}

#[cfg(test)]
#[expect(clippy::print_stdout, reason = "the figure is what the test shows")]
mod tests {
    use super::super::chart::Certainty;
    use super::super::heat_work::HeatWork;
    use super::*;
    use crate::limits;
    use crate::units::Millis;

    fn firings() -> impl Iterator<Item = ConeFiring> {
        let wares = [Ware::Bisque, Ware::Glaze];
        let speeds = [Speed::Slow, Speed::Medium, Speed::Fast];
        let kinds = wares.into_iter().flat_map(move |ware| speeds.map(|speed| (ware, speed)));
        Cone::all().flat_map(move |cone| kinds.clone().map(move |(ware, speed)| ConeFiring { cone, ware, speed }))
    }

    fn profile(firing: ConeFiring) -> Result<Profile, ProfileError> {
        firing.profile(Name::new("cone").unwrap())
    }

    /// The heat work of the profile on a kiln that keeps up, a reading every 5 s, and its end, °C.
    fn fired(profile: &Profile) -> (HeatWork, f64) {
        let mut work = HeatWork::NONE;
        let length = profile.nominal_seconds(Some(Celsius::whole(20)));
        let mut at = Celsius::whole(20);
        let mut seconds = 0.0;
        while seconds < length {
            let place = profile.locate(seconds);
            at = profile.step(place.index).and_then(|step| step.setpoint(place.from, place.seconds)).unwrap();
            work.add(at, Millis::from_seconds(5));
            seconds += 5.0;
        }
        (work, at.get())
    }

    #[test]
    fn every_schedule_lands_on_its_cone() {
        let mut worst = 0.0_f64;
        for firing in firings() {
            let Ok(profile) = profile(firing) else {
                assert!(firing.peak() > limits::CEILING, "{firing:?}");
                continue;
            };
            let (work, end) = fired(&profile);
            assert!((end - firing.peak().get()).abs() < 0.6, "{firing:?} ends at {end} °C");
            // Just short of a cone is on the way from the softer one: below the softest there is no such way.
            let Some(reached) = work.reached_so_far() else {
                assert_eq!(firing.cone.name(), "022");
                assert!(work.past(firing.cone).unwrap().abs() < Kelvin::whole(1));
                continue;
            };
            let off = reached.cones_past(firing.cone);
            assert!(off.abs() <= 0.2, "{firing:?} lands {off} cones off at {end} °C");
            assert_eq!(work.certainty(firing.cone), firing.cone.certainty(), "{firing:?}");
            worst = worst.max(off.abs());
        }
        std::println!("worst: {worst:.3} cone");
    }

    #[test]
    fn the_peak_agrees_with_the_chart() {
        for firing in firings().filter(|firing| firing.cone.certainty() == Certainty::Verified) {
            let last = Recipe::of(firing.ware, firing.speed).last;
            let chart = firing.cone.temperature(CelsiusPerHour::whole(last));
            assert_eq!(chart.certainty, Certainty::Verified, "{firing:?}");
            let off = (firing.peak() - chart.celsius).get();
            assert!(off.abs() <= 4.5, "{firing:?}: {off} °C off the chart");
        }
    }

    #[test]
    fn the_steps_are_the_recipe() {
        let climbs = |name: &str, ware, speed| {
            let firing = ConeFiring { cone: Cone::named(name).unwrap(), ware, speed };
            let profile = profile(firing).unwrap();
            let steps = profile.steps().iter().map(|step| match step {
                Step::Ramp { target, rate: RampRate::PerHour(rate), min_rate: None } => (target.get(), rate.get()),
                Step::Ramp { .. } | Step::Hold { .. } | Step::HoldCone { .. } | Step::Cool { .. } => panic!("{step:?}"),
            });
            steps.collect::<std::vec::Vec<_>>()
        };
        let slow = [(120.0, 45.0), (540.0, 110.0), (600.0, 55.0), (920.0, 100.0), (1060.0, 45.0)];
        assert_eq!(climbs("04", Ware::Bisque, Speed::Slow), slow);
        assert_eq!(climbs("6", Ware::Glaze, Speed::Fast), [(1096.0, 315.0), (1236.0, 110.0)]);
        // Cone 018 ends at 710 °C: the last climb begins before the change of the quartz is over.
        let soft = climbs("018", Ware::Bisque, Speed::Fast);
        assert_eq!(soft.iter().map(|(_, rate)| *rate).collect::<std::vec::Vec<_>>(), [65.0, 165.0, 110.0, 60.0]);
        assert!(soft.is_sorted_by(|a, b| a.0 < b.0));
    }
}
