//! From a fitted kiln to gains, and the kiln itself as a few numbers to keep.

use crate::machine::{Answer, Machine, whole};
use kiln_core::analysis::{FittedKiln, Fopdt, Formulas, Ideal, Pace, Rule, Ultimate};

impl Machine {
    /// The gains of a rule for a kiln of this gain (K/%), time constant and dead time (s). `rule`: 0 Ziegler-Nichols,
    /// 1 Cohen-Coon, 2 AMIGO, 3 SIMC at `pace`, 0 (gentle) to 1 (brisk).
    ///
    /// Numbers: as of `ideal`.
    pub fn gains(&mut self, rule: f64, pace: f64, [gain, time_constant, dead_time]: [f64; 3]) -> Answer {
        let rule = match whole(rule) {
            Some(0) => Some(Rule::ZieglerNichols),
            Some(1) => Some(Rule::CohenCoon),
            Some(2) => Some(Rule::Amigo),
            Some(3) => Pace::new(pace).map(Rule::Simc),
            Some(_) | None => None,
        };
        let kiln = Fopdt::new(gain, time_constant, dead_time);
        let settings = rule.zip(kiln).map(|(rule, kiln)| rule.settings(&kiln, Formulas::Published));
        self.ideal(settings)
    }

    /// The gains of Tyreus and Luyben for a loop of this ultimate gain (%/K) and period (s). Numbers: as of `ideal`.
    pub fn relay_gains(&mut self, gain: f64, period: f64) -> Answer {
        self.ideal(Ultimate::new(gain, period).map(|ultimate| ultimate.tyreus_luyben()))
    }

    /// Numbers: the parallel gains kp, ki, kd; integral and derivative time in s.
    fn ideal(&mut self, settings: Option<Ideal>) -> Answer {
        let Some((settings, gains)) = settings.and_then(|ideal| Some((ideal, ideal.parallel()?))) else {
            return Answer::Nothing;
        };
        self.figures([gains.kp(), gains.ki(), gains.kd(), settings.integral_time, settings.derivative_time])
    }

    /// Numbers: the fitted kiln, to be kept and given to [`Machine::recall_kiln`].
    pub fn keep_kiln(&mut self) -> Answer {
        let Some(kiln) = self.kiln else { return Answer::Nothing };
        self.figures(kiln.kept())
    }

    /// Takes a kiln back. Refused when the numbers are none.
    pub fn recall_kiln(&mut self, kept: &[f64]) -> Answer {
        self.begin();
        self.kiln = <&[f64; FittedKiln::KEPT]>::try_from(kept).ok().and_then(FittedKiln::from_kept);
        if self.kiln.is_some() { Answer::Done } else { Answer::Refused }
    }
}
