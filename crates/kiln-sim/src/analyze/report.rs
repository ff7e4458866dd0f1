//! A model and the gains that follow, as text.

use kiln_core::analysis::{
    Fit, Formulas, Ideal, NoFit, Pace, R_SQUARED_LEAST, Rule, Shape, StandardErrors, StepModel, UNCERTAIN_MOST,
    Ultimate,
};
use kiln_sim::tune::{BAR, Beside};

/// A fit.
pub(super) fn model(fit: &Fit) -> String {
    let shape = match fit.shape {
        Shape::Plain => "one store of heat",
        Shape::Brick => "a kiln of brick and elements",
    };
    let StandardErrors { gain, time_constant, dead_time } = fit.errors;
    format!(
        "model  {}   good about {:.0} °C\n±      gain {gain:6.3} °C/%   time constant {time_constant:6.0} s   dead time \
         {dead_time:5.1} s   one standard error\nfit    R² {:.4}   residual {:.2} °C rms, {:.1} °C at most   {shape}, a \
         step watched for {:.0} min\n",
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
pub(super) fn beside_truth(beside: &Beside, mains: f64) -> String {
    let verdict = if beside.within([BAR; 3]) { "within the bar" } else { "outside the bar" };
    format!(
        "truth  {}   a noise-free ±2 % step at {:.0} °C, watched for {:.0} min\noff    gain {:+.1} %   time constant {:+.1} \
         %   dead time {:+.1} s   {verdict} (mains of the day: {:+.1} %)\n",
        figures(&beside.truth),
        beside.fit.about.get(),
        beside.truth.horizon / 60.0,
        100.0 * beside.gain_off,
        100.0 * beside.time_constant_off,
        beside.dead_time_off_s,
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
        NoFit::Uncertain { share } => {
            format!(
                "gain and time constant are uncertain by {:.0} %, at most {:.0} % will do: a longer plan shows more",
                100.0 * share,
                100.0 * UNCERTAIN_MOST
            )
        }
        NoFit::Strange { spreads } => {
            format!(
                "only a kiln unlike any other would do that ({spreads:.1} spreads off): wet ware, a lid, a draught?"
            )
        }
        NoFit::Poor { r_squared } => {
            format!(
                "the best model explains {:.0} % of it, {:.0} % is needed",
                100.0 * r_squared,
                100.0 * R_SQUARED_LEAST
            )
        }
    }
}
