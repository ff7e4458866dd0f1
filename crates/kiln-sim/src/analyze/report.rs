//! A model and the gains that follow, as text.

use kiln_core::analysis::{Fit, Formulas, Ideal, NoFit, Pace, R_SQUARED_LEAST, Rule, StepModel, Ultimate};

/// A fit.
pub(super) fn model(fit: &Fit) -> String {
    let stores = if fit.stores == 1 { "1 store of heat" } else { "2 stores of heat" };
    format!(
        "model  {}   good about {:.0} °C\nfit    R² {:.4}   residual {:.2} °C rms, {:.1} °C at most   {stores}, a step \
         watched for {:.0} min\n",
        figures(&fit.step),
        fit.about.get(),
        fit.r_squared,
        fit.residual,
        fit.worst,
        fit.step.horizon / 60.0
    )
}

fn figures(step: &StepModel) -> String {
    let kiln = step.kiln;
    format!(
        "gain {:6.3} °C/%   time constant {:6.0} s   dead time {:5.1} s",
        kiln.gain(),
        kiln.time_constant(),
        kiln.dead_time()
    )
}

/// What a simulated kiln really is beside what was found, on mains of a share of the nominal power.
pub(super) fn beside_truth(fit: &Fit, truth: &StepModel, mains: f64) -> String {
    let off = |seen: f64, really: f64| 100.0 * (seen / really - 1.0);
    let (seen, really) = (fit.step.kiln, truth.kiln);
    format!(
        "truth  {}   a noise-free ±2 % step at {:.0} °C, watched for {:.0} min\noff    gain {:+.0} %   time constant {:+.0} %   \
         dead time {:+.1} s   ({:+.1} % of the gain off is the mains of the day)\n",
        figures(truth),
        fit.about.get(),
        truth.horizon / 60.0,
        off(seen.gain(), really.gain()),
        off(seen.time_constant(), really.time_constant()),
        seen.dead_time() - really.dead_time(),
        100.0 * (mains - 1.0)
    )
}

/// Every rule for a model; whether one of them is to be begun with.
pub(super) fn rules(fit: &Fit, recommend: bool) -> String {
    let kiln = fit.step.kiln;
    let rows = [
        ("Ziegler-Nichols", Rule::ZieglerNichols),
        ("Cohen-Coon", Rule::CohenCoon),
        ("AMIGO", Rule::Amigo),
        ("SIMC, gentle", Rule::Simc(Pace::GENTLE)),
        ("SIMC, medium", Rule::Simc(Pace::MEDIUM)),
        ("SIMC, brisk", Rule::Simc(Pace::BRISK)),
    ];
    let share = kiln.dead_time() / kiln.time_constant();
    let best = Rule::recommended(share, false, Formulas::Published);
    let mut text = String::from("\nrule               kp %/°C  ki %/(°C·s)  kd %·s/°C\n");
    for (name, rule) in rows {
        text += &row(name, &rule.settings(&kiln, Formulas::Published), recommend && rule == best);
    }
    text
}

/// The rule for a relay test.
pub(super) fn relay(ultimate: &Ultimate) -> String {
    format!(
        "relay  ultimate gain {:.2} %/°C   period {:.0} s\n\nrule               kp %/°C  ki %/(°C·s)  kd %·s/°C\n{}\n",
        ultimate.gain(),
        ultimate.period(),
        row("Tyreus-Luyben", &ultimate.tyreus_luyben(), true)
    )
}

fn row(name: &str, settings: &Ideal, best: bool) -> String {
    let Some(gains) = settings.parallel() else {
        return format!("{name:16}   no regulator takes these\n");
    };
    let best = if best { "   <- recommended" } else { "" };
    format!("{name:16} {:9.3}   {:10.5}  {:9.2}{best}\n", gains.kp(), gains.ki(), gains.kd())
}

/// Why there is no model, and what helps.
pub(super) fn refusal(why: &NoFit) -> String {
    match why {
        NoFit::TooShort { lasted } => format!("the record is only {:.0} s long", lasted.seconds()),
        NoFit::NoExcitation { percent } => format!("the power changes by {percent:.0} % only: nothing was tried"),
        NoFit::NoRise { kelvin } => format!("the temperature changes by {kelvin:.1} °C only"),
        NoFit::NoAnswer => {
            "more power does not make it hotter: a heater that is off, or a kiln hot at the start".to_owned()
        }
        NoFit::DeadTimeAtEdge { seconds } => format!("a dead time of {seconds:.0} s or more: no kiln"),
        NoFit::Poor { r_squared } => {
            format!(
                "the best model explains {:.0} % of it, {:.0} % is needed",
                100.0 * r_squared,
                100.0 * R_SQUARED_LEAST
            )
        }
    }
}
