//! The published tuning rules: from a kiln's gain, time constant and dead time to the gains of a regulator.
//!
//! Every rule is written as its source has it, in the ideal form
//! `power = gain · (error + ∫error/integral_time + derivative_time · d(error)/dt)`, and turned into the parallel form
//! of [`PidGains`] in one place. Which rule suits a firing is not decided here.
//!
//! | rule | source |
//! |---|---|
//! | Ziegler-Nichols | J. G. Ziegler, N. B. Nichols, Trans. ASME 64, 1942: reaction curve, PID |
//! | Cohen-Coon | G. H. Cohen, G. A. Coon, Trans. ASME 75, 1953: PID |
//! | AMIGO | K. J. Åström, T. Hägglund, J. Process Control 14, 2004, equation (7) |
//! | SIMC | S. Skogestad, J. Process Control 13, 2003: first order with delay, PI |
//! | Tyreus-Luyben | B. D. Tyreus, W. L. Luyben, Ind. Eng. Chem. Res. 31, 1992; PID row: Luyben, 1996 |

use super::Fopdt;
use crate::math;
use crate::regulate::PidGains;
use crate::tune::Swing;
use crate::units::{Duty, Kelvin};

/// Whose formulas.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Formulas {
    /// As published.
    Published,
    /// As the reference's analyser has them: the integral time of AMIGO lacks its factor of the dead time and has
    /// another one instead, up to fifty times too long; Cohen-Coon mixes rows of the table. For the golden replay.
    Reference,
}

/// A rule that starts from a step response.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Rule {
    /// A quarter of amplitude left after each swing: far too lively for a kiln; shown because it is known.
    ZieglerNichols,
    /// The same aim, corrected for long dead times.
    CohenCoon,
    /// As fast as a robust loop can be (maximum sensitivity about 1.4).
    Amigo,
    /// Its pace can be chosen.
    Simc(Pace),
}

/// How briskly SIMC's loop is to act, 0 (gentle) to 1 (brisk).
///
/// Brisk is the source's tight setting, a closed-loop time constant of one dead time; gentle is four dead times.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pace(f64);

impl Pace {
    /// A closed-loop time constant of four dead times.
    pub const GENTLE: Self = Self(0.0);
    /// A closed-loop time constant of two and a half dead times.
    pub const MEDIUM: Self = Self(0.5);
    /// A closed-loop time constant of one dead time: as tight as the source allows.
    pub const BRISK: Self = Self(1.0);

    /// Takes 0 to 1; `None` for anything else.
    pub fn new(pace: f64) -> Option<Self> {
        (0.0..=1.0).contains(&pace).then_some(Self(pace))
    }

    /// The closed-loop time constant, in dead times.
    fn dead_times(self) -> f64 {
        4.0 - 3.0 * self.0
    }
}

/// Settings in the ideal form, as rules are published.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ideal {
    /// The proportional gain, %/K.
    pub gain: f64,
    /// The integral time, s.
    pub integral_time: f64,
    /// The derivative time, s; 0 for none.
    pub derivative_time: f64,
}

impl Ideal {
    /// The gains of a parallel regulator; `None` where they are none a regulator takes.
    pub fn parallel(&self) -> Option<PidGains> {
        PidGains::new(self.gain, self.gain / self.integral_time, self.gain * self.derivative_time)
    }
}

impl Rule {
    /// What the rule gives for a kiln. Times below a turn of the loop count as one turn.
    pub fn settings(self, kiln: &Fopdt, formulas: Formulas) -> Ideal {
        let kiln = kiln.in_turns();
        let (gain, tau, dead) = (kiln.gain(), kiln.time_constant(), kiln.dead_time());
        match self {
            Self::ZieglerNichols => {
                Ideal { gain: 1.2 * tau / (gain * dead), integral_time: 2.0 * dead, derivative_time: 0.5 * dead }
            }
            Self::CohenCoon => cohen_coon(gain, tau, dead, formulas),
            Self::Amigo => amigo(gain, tau, dead, formulas),
            Self::Simc(pace) => {
                let both = dead * (pace.dead_times() + 1.0);
                Ideal { gain: tau / (gain * both), integral_time: tau.min(4.0 * both), derivative_time: 0.0 }
            }
        }
    }

    /// The rule to begin with for a kiln whose dead time is `share` time constants. Published: AMIGO, the one made to be
    /// robust. The reference takes Cohen-Coon for more than 0.3, unless the test it graded was a poor one.
    pub fn recommended(share: f64, poor: bool, formulas: Formulas) -> Self {
        match formulas {
            Formulas::Reference if !poor && share > 0.3 => Self::CohenCoon,
            Formulas::Reference | Formulas::Published => Self::Amigo,
        }
    }

    /// Its name in figures and documents.
    pub const fn name(self) -> &'static str {
        match self {
            Self::ZieglerNichols => "ziegler_nichols",
            Self::CohenCoon => "cohen_coon",
            Self::Amigo => "amigo",
            Self::Simc(_) => "simc",
        }
    }

    /// The gains for a kiln; `None` where they are none a regulator takes.
    pub fn gains(self, kiln: &Fopdt, formulas: Formulas) -> Option<PidGains> {
        self.settings(kiln, formulas).parallel()
    }
}

fn cohen_coon(gain: f64, tau: f64, dead: f64, formulas: Formulas) -> Ideal {
    let ratio = dead / tau;
    let derivative_time = 4.0 * dead / (11.0 + 2.0 * ratio);
    match formulas {
        Formulas::Published => Ideal {
            gain: (tau / dead) * (4.0 / 3.0 + ratio / 4.0) / gain,
            integral_time: dead * (32.0 + 6.0 * ratio) / (13.0 + 8.0 * ratio),
            derivative_time,
        },
        Formulas::Reference => Ideal {
            gain: (tau / dead) * (1.0 + ratio / 12.0) / gain,
            integral_time: dead * (30.0 + 3.0 * ratio) / (9.0 + 20.0 * ratio),
            derivative_time,
        },
    }
}

fn amigo(gain: f64, tau: f64, dead: f64, formulas: Formulas) -> Ideal {
    let share = (0.4 * dead + 0.8 * tau) / (dead + 0.1 * tau);
    Ideal {
        gain: (0.2 + 0.45 * tau / dead) / gain,
        integral_time: match formulas {
            Formulas::Published => share * dead,
            Formulas::Reference => share * (dead + 0.3 * tau),
        },
        derivative_time: 0.5 * dead * tau / (0.3 * dead + tau),
    }
}

/// The ultimate gain and period of a loop, measured by a relay test.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ultimate {
    gain: f64,
    period: f64,
}

impl Ultimate {
    /// Takes the ultimate gain in %/K and its period in s; `None` unless both are above 0 and finite.
    pub fn new(gain: f64, period: f64) -> Option<Self> {
        let sound = gain > 0.0 && gain.is_finite() && period > 0.0 && period.is_finite();
        sound.then_some(Self { gain, period })
    }

    /// From the swing of a relay test between no power and `on`, switching `hysteresis` past the middle: the
    /// describing function of a relay with hysteresis, `4·d / (π·√(a² − h²))` with half the power `d` and the
    /// amplitude `a` (K. J. Åström, T. Hägglund, Automatica 20, 1984). `None` for a swing no wider than the hysteresis.
    pub fn of_swing(swing: &Swing, on: Duty, hysteresis: Kelvin) -> Option<Self> {
        let (wide, narrow) = (swing.amplitude.get(), hysteresis.get());
        let squared = wide * wide - narrow * narrow;
        if squared <= 0.0 {
            return None;
        }
        let root = math::exp(0.5 * math::ln(squared));
        Self::new(4.0 * (on.percent() / 2.0) / (core::f64::consts::PI * root), swing.period.seconds())
    }

    /// The gain at which the loop would swing for ever, %/K.
    pub const fn gain(&self) -> f64 {
        self.gain
    }

    /// The period of that swing, s.
    pub const fn period(&self) -> f64 {
        self.period
    }

    /// The settings of Tyreus and Luyben: calmer than Ziegler-Nichols, made for lags.
    pub fn tyreus_luyben(&self) -> Ideal {
        Ideal { gain: self.gain / 2.2, integral_time: 2.2 * self.period, derivative_time: self.period / 6.3 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Millis;

    fn near(what: &str, seen: f64, wanted: f64, slack: f64) {
        assert!((seen - wanted).abs() <= slack, "{what}: {seen}, wanted {wanted} within {slack}");
    }

    /// Settings of a rule for gain, time constant and dead time, as some source prints them, to its last digit.
    fn check(rule: Rule, (gain, tau, dead): (f64, f64, f64), printed: Ideal, digits: (f64, f64, f64)) {
        let kiln = Fopdt::new(gain, tau, dead).unwrap();
        let seen = rule.settings(&kiln, Formulas::Published);
        let what = std::format!("{rule:?} of {kiln:?}");
        near(&what, seen.gain, printed.gain, digits.0);
        near(&what, seen.integral_time, printed.integral_time, digits.1);
        near(&what, seen.derivative_time, printed.derivative_time, digits.2);
    }

    const fn ideal(gain: f64, integral_time: f64, derivative_time: f64) -> Ideal {
        Ideal { gain, integral_time, derivative_time }
    }

    /// Åström and Hägglund 2004, examples 1 (gain 1, T 1.04, L 0.075) and 2 (1/(s+1)^4: gain 1, T 2.90, L 1.42), the
    /// times a hundredfold so that no turn of the loop is in the way.
    #[test]
    fn amigo_as_printed() {
        check(Rule::Amigo, (1.0, 104.0, 7.5), ideal(6.44, 36.1, 3.67), (0.005, 0.05, 0.01));
        check(Rule::Amigo, (1.0, 290.0, 142.0), ideal(1.12, 240.0, 61.9), (0.005, 0.5, 0.05));
    }

    /// Skogestad 2003, table 3: `e^(-s)/(20s + 1)` gives gain 10 and integral time 8; a lag shorter than that, `(4s + 1)`,
    /// is its own integral time.
    #[test]
    fn simc_as_printed() {
        check(Rule::Simc(Pace::BRISK), (1.0, 20.0, 1.0), ideal(10.0, 8.0, 0.0), (1e-9, 1e-9, 0.0));
        check(Rule::Simc(Pace::BRISK), (1.0, 4.0, 1.0), ideal(2.0, 4.0, 0.0), (1e-9, 1e-9, 0.0));
        check(Rule::Simc(Pace::GENTLE), (1.0, 20.0, 1.0), ideal(4.0, 20.0, 0.0), (1e-9, 1e-9, 0.0));
        assert!(Pace::new(1.1).is_none() && Pace::new(-0.1).is_none() && Pace::new(f64::NAN).is_none());
    }

    /// Ziegler and Nichols 1942: gain 1.2/(R·L) for a reaction rate R of 0.01 K/s per percent and a lag of 30 s.
    #[test]
    fn ziegler_nichols_as_printed() {
        check(Rule::ZieglerNichols, (5.0, 500.0, 30.0), ideal(4.0, 60.0, 15.0), (1e-9, 1e-9, 1e-9));
    }

    /// Cohen and Coon's row for PID at a dead time of half the time constant: 2·(4/3 + 1/8), 35/17, 4/12.
    #[test]
    fn cohen_coon_as_printed() {
        check(Rule::CohenCoon, (1.0, 20.0, 10.0), ideal(2.916_67, 20.588, 3.333), (1e-5, 1e-3, 1e-3));
    }

    /// Tyreus and Luyben's integrator behind a dead time D: ultimate gain π/2 over D, period 4·D.
    #[test]
    fn tyreus_luyben_as_printed() {
        let loops = Ultimate::new(core::f64::consts::FRAC_PI_2 / 10.0, 40.0).unwrap();
        let seen = loops.tyreus_luyben();
        near("gain", seen.gain, 0.0714, 1e-4);
        near("integral time", seen.integral_time, 88.0, 1e-9);
        near("derivative time", seen.derivative_time, 6.349, 1e-3);
    }

    /// A kiln of 0.01 K/s per percent behind 30 s, under a relay: it swings with a period of four dead times and an
    /// amplitude of the dead time's climb at half power, and a relay of 50 % is then worth 4/π of the true limit π/2.
    #[test]
    fn the_ultimate_gain_of_a_swing() {
        let swing =
            Swing { period: Millis::from_seconds(120), amplitude: Kelvin::whole(15), on: Millis::ZERO, count: 3 };
        let ultimate = Ultimate::of_swing(&swing, Duty::FULL, Kelvin::ZERO).unwrap();
        near("gain", ultimate.gain(), 4.0 * 50.0 / (core::f64::consts::PI * 15.0), 1e-9);
        near("period", ultimate.period(), 120.0, 1e-9);
        let wider = Ultimate::of_swing(&swing, Duty::FULL, Kelvin::whole(9)).unwrap();
        near("with hysteresis", wider.gain() / ultimate.gain(), 15.0 / 12.0, 1e-9);
        assert_eq!(Ultimate::of_swing(&swing, Duty::FULL, Kelvin::whole(15)), None);
    }

    /// The kiln both incidents were found on: gain 3.3567 K/%, T 338 s, L 2 s.
    const KILN: (f64, f64, f64) = (3.3567, 338.0, 2.0);

    #[test]
    fn incident_amigo_integral_time_was_fifty_times_too_long() {
        let kiln = Fopdt::new(KILN.0, KILN.1, KILN.2).unwrap();
        let integral_time = |formulas| Rule::Amigo.settings(&kiln, formulas).integral_time;
        near("published", integral_time(Formulas::Published), 15.2, 0.05);
        near("reference", integral_time(Formulas::Reference), 783.0, 1.0);
    }

    #[test]
    fn incident_cohen_coon_mixed_two_rows() {
        let kiln = Fopdt::new(KILN.0, KILN.1, KILN.2).unwrap();
        let settings = |formulas| Rule::CohenCoon.settings(&kiln, formulas);
        near("published integral time", settings(Formulas::Published).integral_time, 4.91, 0.005);
        near("published gain", settings(Formulas::Published).gain, 67.2, 0.05);
        near("reference integral time", settings(Formulas::Reference).integral_time, 6.58, 0.005);
        near("reference gain", settings(Formulas::Reference).gain, 50.4, 0.05);
    }

    #[test]
    fn parallel_gains() {
        let gains = ideal(4.0, 60.0, 15.0).parallel().unwrap();
        near("ki", gains.ki(), 4.0 / 60.0, 1e-12);
        near("kd", gains.kd(), 60.0, 1e-12);
        assert_eq!(ideal(4.0, 0.0, 0.0).parallel(), None, "no regulator takes an infinite gain");
    }

    #[test]
    fn a_kiln_is_refused_by_its_figures() {
        for (gain, tau, dead) in [(0.0, 1.0, 1.0), (1.0, 0.0, 1.0), (1.0, 1.0, -1.0), (f64::NAN, 1.0, 1.0)] {
            assert_eq!(Fopdt::new(gain, tau, dead), None);
        }
        assert_eq!(Fopdt::forced(-1.0, 0.5, f64::NAN), Fopdt::new(1.0, 1.0, 1.0).unwrap());
    }
}
