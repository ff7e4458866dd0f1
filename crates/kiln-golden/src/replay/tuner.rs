//! Tuning runs: the reference's step tables through the shipping stepper.

use kiln_core::command::TuningMode;
use kiln_core::tune::plan::{Kind, Step, Until};
use kiln_core::tune::{Goal, Plan, Stage, TuneDemand, Tuning, View};
use kiln_core::units::{Celsius, Duty};
use serde_json::{Value, json};

use crate::table::{Row, Scenario, TraceError};
use crate::tally::Tally;
use crate::traces::Traces;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "tuner", one)
}

fn one(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let mode = scenario.param("mode")?;
    let plan = mode.as_str().and_then(mode_named).and_then(Plan::reference);
    let plan = plan.ok_or_else(|| TraceError::new(&scenario.name(), &format!("no plan for {mode}")))?;
    let cap = scenario.param("max_temp_arg")?.as_f64().and_then(Celsius::new);
    let mut tuning = Tuning::new(plan, cap).map_err(|bad| TraceError::new(&scenario.name(), &format!("{bad:?}")))?;
    let cap = Celsius::new(scenario.param_f64("max_temp_effective")?);
    let table: Vec<Value> = plan.steps.iter().map(|step| described(step, cap.unwrap_or(plan.cap))).collect();
    if scenario.param("steps")? != &Value::Array(table.clone()) {
        tally.mismatch(format!("{}: the step table is {table:?}", scenario.name()));
    }
    for row in scenario.rows() {
        let demand = tuning.update(row.instant("now_s")?, row.celsius("temp_c")?);
        let view = tuning.view().ok_or_else(|| TraceError::new(&scenario.name(), "a plan without steps"))?;
        compare(row, tally, demand, &view);
    }
    Ok(())
}

pub(super) fn mode_named(name: &str) -> Option<TuningMode> {
    match name {
        "SAFE" => Some(TuningMode::Safe),
        "STANDARD" => Some(TuningMode::Standard),
        "THOROUGH" => Some(TuningMode::Thorough),
        "HIGH_TEMP" => Some(TuningMode::HighTemperature),
        _ => None,
    }
}

/// The step as the trace's parameters describe it.
fn described(step: &Step, cap: Celsius) -> Value {
    let (mut target, mut hold, mut plateau) = (Value::Null, 0, false);
    if let Kind::Drive { until, .. } = step.kind {
        match until {
            Until::Timeout => {}
            Until::Reach { target: to, then } => (target, hold) = (whole(to.min(cap).get()), then.get() / 1000),
            Until::Drop(drop) => target = whole(drop.get()),
            Until::Plateau => plateau = true,
        }
    }
    let timeout = step.longest.get() / 1000;
    json!({
        "name": step.label, "ssr": whole(power(step).percent()), "target": target, "hold": hold,
        "timeout": timeout, "plateau": plateau,
    })
}

fn whole(value: f64) -> Value {
    value.to_string().parse::<u64>().map_or(Value::Null, Value::from)
}

fn power(step: &Step) -> Duty {
    match step.kind {
        Kind::Drive { duty, .. } => duty,
        Kind::Probe { .. } | Kind::Settle { .. } | Kind::Bump { .. } | Kind::Relay { .. } => Duty::OFF,
    }
}

fn compare(row: Row<'_>, tally: &mut Tally, demand: TuneDemand, view: &View) {
    let duty = if let TuneDemand::Heat(duty) = demand { duty } else { Duty::OFF };
    let (stage, error) = match view.stage {
        Stage::Running => ("running", ""),
        Stage::Finished => ("complete", ""),
        Stage::Failed(_) => ("error", "over_temperature"),
    };
    let target = view.goal.map(|goal| match goal {
        Goal::Reach(target) => target.get(),
        Goal::Drop(drop) => drop.get(),
    });
    tally.row(row, |check| {
        check.float("ssr_pct", duty.percent());
        check.flag("continue", matches!(demand, TuneDemand::Heat(_)));
        check.exact("stage", stage);
        check.exact("step_index", view.index);
        check.exact("step_name", view.step.label);
        check.float("step_ssr", power(&view.step).percent());
        check.float_opt("step_target", target);
        check.float("step_elapsed_s", view.elapsed.seconds());
        check.flag("plateau_detected", view.plateau);
        check.float_opt("peak_c", view.peak.map(Celsius::get));
        check.exact("hist_len", view.samples);
        check.exact("error", error);
    });
}
