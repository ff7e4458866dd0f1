//! How the gains grow with temperature, as a hotter kiln loses more heat.
//!
//! g(T) = 1 + h·(T − Ta): one number for the kiln, found by tuning. Decides when a change is worth making; does not
//! touch the controller.

use super::PidGains;
use crate::units::Celsius;

/// The schedule: the same factor for all three gains.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GainSchedule {
    h: f64,
    ambient: Celsius,
}

/// Changes at or below these are not worth making: the gains would creep with every flicker of the reading.
const WORTH: (f64, f64, f64) = (0.01, 0.0001, 0.01);

impl GainSchedule {
    /// The same gains at every temperature.
    pub const OFF: Self = Self { h: 0.0, ambient: Celsius::whole(25) };

    /// Takes h in 1/K and the temperature at which the base gains were found; `None` unless h is finite.
    ///
    /// An h below 0 says a hotter kiln loses less, which none does: it counts as 0, off.
    pub const fn new(h: f64, ambient: Celsius) -> Option<Self> {
        if h.is_finite() { Some(Self { h: if h > 0.0 { h } else { 0.0 }, ambient }) } else { None }
    }

    /// The growth, 1/K.
    pub const fn h(&self) -> f64 {
        self.h
    }

    /// The temperature at which the base gains were found.
    pub const fn ambient(&self) -> Celsius {
        self.ambient
    }

    /// Whether it changes anything.
    pub const fn is_on(&self) -> bool {
        self.h > 0.0
    }

    /// g(T): 1 at the ambient temperature, more above it, less below.
    pub fn factor(&self, at: Celsius) -> f64 {
        1.0 + self.h * (at - self.ambient).get()
    }

    /// The gains to put in force at a temperature, or `None` if those in force are near enough.
    pub fn next(&self, base: &PidGains, in_force: &PidGains, at: Celsius) -> Option<PidGains> {
        if !self.is_on() {
            return None;
        }
        let next = base.scaled(self.factor(at));
        let moved = (next.kp() - in_force.kp()).abs() > WORTH.0
            || (next.ki() - in_force.ki()).abs() > WORTH.1
            || (next.kd() - in_force.kd()).abs() > WORTH.2;
        moved.then_some(next)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors() {
        let ambient = Celsius::whole(25);
        let cases = [(0.001, 25, 1.0), (0.001, 1025, 2.0), (0.001, 0, 0.975), (-0.002, 1025, 1.0), (0.0, 1025, 1.0)];
        for (h, at, factor) in cases {
            let schedule = GainSchedule::new(h, ambient).unwrap();
            assert!((schedule.factor(Celsius::whole(at)) - factor).abs() < 1e-12, "h {h} at {at}");
        }
        assert!(GainSchedule::new(f64::NAN, ambient).is_none());
    }

    #[test]
    fn a_flicker_is_not_worth_a_change() {
        let base = PidGains::new(25.0, 0.14, 160.0).unwrap();
        let schedule = GainSchedule::new(0.0003, Celsius::whole(25)).unwrap();
        let at = |value: f64| schedule.next(&base, &base, Celsius::new(value).unwrap());
        assert_eq!((at(25.2), at(25.3).is_some()), (None, true));
        assert_eq!(GainSchedule::OFF.next(&base, &base, Celsius::whole(1200)), None);
    }

    #[test]
    fn each_gain_alone_can_be_worth_a_change() {
        let schedule = GainSchedule::new(0.001, Celsius::ZERO).unwrap();
        for (kp, ki, kd) in [(1.0, 0.0, 0.0), (0.0, 0.01, 0.0), (0.0, 0.0, 1.0)] {
            let base = PidGains::new(kp, ki, kd).unwrap();
            let worth = [9, 11].map(|at| schedule.next(&base, &base, Celsius::whole(at)).is_some());
            assert_eq!(worth, [false, true], "{base:?}");
        }
    }

    #[test]
    fn no_gain_turns_negative_in_the_cold() {
        let base = PidGains::new(25.0, 0.14, 160.0).unwrap();
        let schedule = GainSchedule::new(0.1, Celsius::whole(25)).unwrap();
        assert_eq!(schedule.next(&base, &base, Celsius::whole(-50)), PidGains::new(0.0, 0.0, 0.0));
    }
}
