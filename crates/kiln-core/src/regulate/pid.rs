//! A PID controller that does not wind up and changes its gains without a bump.
//!
//! Works in °C, seconds and percent of full power: kp in %/°C, ki in %/(°C·s), kd in %·s/°C. The derivative acts on the
//! error. Settings come in with each call; what is remembered is in [`Pid`]. It knows no kiln and no profile.

use crate::units::{Instant, Millis};

/// Proportional, integral and derivative gain. Finite, from 0 to [`PidGains::MOST`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PidGains {
    kp: f64,
    ki: f64,
    kd: f64,
}

impl PidGains {
    /// The largest gain: ten times the largest any kiln is known to have wanted, small enough that no sum overflows.
    pub const MOST: f64 = 1e6;

    /// What a kiln gets before anything is known of it. The reference controller's figures.
    pub const DELIVERED: Self = Self { kp: 25.0, ki: 0.14, kd: 160.0 };

    /// Takes three gains; `None` unless each is a number from 0 to [`PidGains::MOST`].
    pub const fn new(kp: f64, ki: f64, kd: f64) -> Option<Self> {
        if Self::allows(kp) && Self::allows(ki) && Self::allows(kd) { Some(Self { kp, ki, kd }) } else { None }
    }

    const fn allows(gain: f64) -> bool {
        gain >= 0.0 && gain <= Self::MOST
    }

    /// Proportional gain, %/°C.
    pub const fn kp(&self) -> f64 {
        self.kp
    }

    /// Integral gain, %/(°C·s).
    pub const fn ki(&self) -> f64 {
        self.ki
    }

    /// Derivative gain, %·s/°C.
    pub const fn kd(&self) -> f64 {
        self.kd
    }

    /// The gains times `factor`, each held to what a gain may be.
    pub fn scaled(&self, factor: f64) -> Self {
        let scale = |gain: f64| if gain * factor > 0.0 { (gain * factor).min(Self::MOST) } else { 0.0 };
        Self { kp: scale(self.kp), ki: scale(self.ki), kd: scale(self.kd) }
    }
}

/// What the output is held to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OutputLimits {
    low: f64,
    high: f64,
}

impl OutputLimits {
    /// No heat to full power, in percent.
    pub const POWER: Self = Self { low: 0.0, high: 100.0 };

    /// Takes two limits; `None` unless they are finite and in order.
    pub const fn new(low: f64, high: f64) -> Option<Self> {
        if low.is_finite() && high.is_finite() && low <= high { Some(Self { low, high }) } else { None }
    }

    /// Holds a value to the limits; what is not a number is the low one.
    const fn hold(&self, value: f64) -> f64 {
        if value >= self.high {
            self.high
        } else if value > self.low {
            value
        } else {
            self.low
        }
    }
}

/// The parts of one answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PidTerms {
    /// Time since the previous call, seconds.
    pub dt: f64,
    /// Set-point minus measurement, °C.
    pub error: f64,
    /// Change of the error since the previous call, °C.
    pub delta: f64,
    /// Proportional part, %.
    pub p: f64,
    /// Integral part, %.
    pub i: f64,
    /// Derivative part, %.
    pub d: f64,
    /// The sum of the parts, %.
    pub raw: f64,
    /// The sum held to the output limits, %.
    pub output: f64,
    /// The accumulated error, °C·s.
    pub integral: f64,
    /// Whether the integral stood still because the output was at a limit already.
    pub frozen: bool,
}

/// What a PID controller remembers between calls.
#[derive(Clone, Copy, Debug)]
pub struct Pid {
    gains: PidGains,
    integral: f64,
    previous: Option<(f64, Instant)>,
}

/// The time taken to have passed before the first call.
const FIRST: Millis = Millis::from_seconds(1);
/// The time taken to have passed when the clock stood still or went back.
const SHORTEST: Millis = Millis::new(1);

impl Pid {
    /// A controller at rest.
    pub const fn new(gains: PidGains) -> Self {
        Self { gains, integral: 0.0, previous: None }
    }

    /// One turn: where the output should be, at `now`, to bring `measured` to `setpoint` (°C, finite).
    ///
    /// Anti-windup: the integral takes in the new error only if proportional and integral part together do not
    /// already ask for more than the limit the error pushes towards. The derivative is left out of that question: a
    /// single noisy sample must not decide it. In any case the integral alone never exceeds the output limits.
    pub fn update(&mut self, limits: &OutputLimits, setpoint: f64, measured: f64, now: Instant) -> PidTerms {
        let dt = self.previous.map_or(FIRST, |(_, at)| now.since(at).max(SHORTEST)).seconds();
        let error = setpoint - measured;
        let delta = error - self.previous.map_or(0.0, |(error, _)| error);
        let p = self.gains.kp * error;
        let d = self.gains.kd * (delta / dt);
        let frozen = self.integrate(limits, error, p, dt);
        let i = self.gains.ki * self.integral;
        let raw = p + i + d;
        self.previous = Some((error, now));
        let output = limits.hold(raw);
        PidTerms { dt, error, delta, p, i, d, raw, output, integral: self.integral, frozen }
    }

    /// Takes in the error of one turn; returns whether the integral stood still instead.
    fn integrate(&mut self, limits: &OutputLimits, error: f64, p: f64, dt: f64) -> bool {
        let ki = self.gains.ki;
        if ki <= 0.0 {
            self.integral = 0.0;
            return false;
        }
        let candidate = self.integral + error * dt;
        let predicted = p + ki * candidate;
        let at_high = predicted >= limits.high && error > 0.0;
        let at_low = predicted <= limits.low && error < 0.0;
        let frozen = at_high || at_low;
        if !frozen {
            self.integral = candidate;
        }
        self.integral = self.integral.min(limits.high / ki).max(limits.low / ki);
        frozen
    }

    /// Puts other gains in force. The integral part keeps its size, so the output does not jump on account of ki.
    pub fn set_gains(&mut self, gains: PidGains) {
        let (before, after) = (self.gains.ki, gains.ki);
        if after <= 0.0 {
            self.integral = 0.0;
        } else if before > 0.0 {
            let scaled = self.integral * (before / after);
            self.integral = if scaled.is_finite() { scaled } else { 0.0 };
        }
        self.gains = gains;
    }

    /// Forgets the past, keeps the gains.
    pub const fn reset(&mut self) {
        self.integral = 0.0;
        self.previous = None;
    }

    /// The gains in force.
    pub const fn gains(&self) -> PidGains {
        self.gains
    }

    /// The accumulated error, °C·s.
    pub const fn integral(&self) -> f64 {
        self.integral
    }

    /// Notes where things are while nothing is asked of it: nothing is taken in, and the next answer starts from here.
    pub fn follow(&mut self, setpoint: f64, measured: f64, now: Instant) {
        self.previous = Some((setpoint - measured, now));
    }

    /// Forgets the error and sets the integral to what gives `output` percent when there is none.
    pub fn carry_on(&mut self, output: f64) {
        self.previous = None;
        self.integral = if self.gains.ki > 0.0 { output / self.gains.ki } else { 0.0 };
    }

    /// Puts back an accumulated error, °C·s; what is not finite counts as none.
    pub const fn restore_integral(&mut self, integral: f64) {
        self.integral = if integral.is_finite() { integral } else { 0.0 };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gains(kp: f64, ki: f64, kd: f64) -> PidGains {
        PidGains::new(kp, ki, kd).unwrap()
    }

    fn second(n: u64) -> Instant {
        Instant::from_millis(1000 * n)
    }

    #[test]
    fn nonsense_gains_and_limits_are_refused() {
        for bad in [f64::NAN, f64::INFINITY, -1e-9, 1e7] {
            assert!(PidGains::new(bad, 0.0, 0.0).is_none() && PidGains::new(0.0, bad, 0.0).is_none());
            assert!(PidGains::new(0.0, 0.0, bad).is_none());
        }
        assert!(OutputLimits::new(1.0, 0.0).is_none() && OutputLimits::new(f64::NAN, 0.0).is_none());
    }

    #[test]
    fn the_output_is_always_within_its_limits() {
        let wild = [0.0, 1e-300, 1e6, f64::MAX, -f64::MAX, 1200.0, -50.0];
        for kp in [0.0, 1e-308, 1e-300, 25.0, 1e6] {
            let mut pid = Pid::new(gains(kp, kp, kp));
            for (n, value) in (0..).zip(wild.iter().flat_map(|a| wild.map(|b| (*a, b)))) {
                let terms = pid.update(&OutputLimits::POWER, value.0, value.1, second(n / 2));
                assert!((0.0..=100.0).contains(&terms.output), "{kp} {value:?} {terms:?}");
                assert!(pid.integral().is_finite(), "{kp} {value:?} {terms:?}");
            }
        }
    }

    #[test]
    fn a_long_climb_at_full_power_does_not_wind_up() {
        let mut pid = Pid::new(gains(25.0, 0.14, 160.0));
        for n in 0..10_000 {
            let terms = pid.update(&OutputLimits::POWER, 1200.0, 20.0, second(n));
            assert!(terms.frozen && pid.integral().abs() < 1e-12, "{terms:?}");
        }
        assert!(pid.update(&OutputLimits::POWER, 1200.0, 1201.0, second(10_000)).output < 1e-12);
    }

    #[test]
    fn an_integral_from_elsewhere_is_held_to_what_the_output_can_be() {
        for (kept, held) in [(1e9, 1000.0), (-1e9, 0.0)] {
            let mut pid = Pid::new(gains(1.0, 0.1, 0.0));
            pid.restore_integral(kept);
            let terms = pid.update(&OutputLimits::POWER, 100.0, if kept > 0.0 { 101.0 } else { 99.0 }, second(1));
            assert!((terms.integral - held).abs() < 1e-9, "{terms:?}");
        }
    }

    #[test]
    fn at_a_limit_is_saturated_already() {
        for (setpoint, frozen) in [(50.0, true), (49.9, false), (-50.0, true)] {
            let terms = Pid::new(gains(1.0, 1.0, 0.0)).update(&OutputLimits::POWER, setpoint, 0.0, second(1));
            assert_eq!(terms.frozen, frozen, "{terms:?}");
        }
        let mut pid = Pid::new(gains(1.0, 1.0, 0.0));
        pid.restore_integral(10.0);
        assert!(pid.update(&OutputLimits::POWER, 0.0, 5.0, second(1)).frozen, "-5 % and +5 %");
    }

    #[test]
    fn other_gains_leave_the_integral_part_alone() {
        let mut pid = Pid::new(gains(1.0, 0.1, 0.0));
        let before = (0..50).map(|n| pid.update(&OutputLimits::POWER, 101.0, 100.0, second(n))).last().unwrap();
        pid.set_gains(gains(1.0, 0.37, 0.0));
        assert!((0.37 * pid.integral() - before.i).abs() < 1e-9);
        pid.set_gains(gains(1.0, 0.0, 0.0));
        assert!(pid.integral().abs() < 1e-12);
        for (before, after) in [(1e6, 1e-308), (1e-308, 1e6)] {
            let mut pid = Pid::new(gains(1.0, before, 0.0));
            pid.set_gains(gains(1.0, after, 0.0));
            assert!(pid.integral().is_finite());
        }
    }

    #[test]
    fn a_clock_that_stands_or_steps_back_counts_one_millisecond() {
        let mut pid = Pid::new(gains(1.0, 0.1, 1.0));
        let dts = [(5, 1.0), (5, 0.001), (4, 0.001), (6, 2.0)];
        for (at, dt) in dts {
            let terms = pid.update(&OutputLimits::POWER, 50.0, 40.0, second(at));
            assert!((terms.dt - dt).abs() < 1e-12, "{at}: {terms:?}");
        }
    }
}
