//! The tuning analyser on whole logs: its gains for the models it found, and its logs through our fit.
//!
//! How it finds a model (phases, a threshold, 63 % of an unfinished rise) is not replayed: there is no such code here,
//! docs/decisions/0007-one-fit-for-a-tuning.md says why. What each of its logs gives here is a model or a refusal.

use kiln_core::analysis::{Formulas, NoFit, Record, Rule, Sample, fit};
use kiln_core::units::Duty;

use super::analysis_formulas::{gains, kiln, share};
use crate::table::{Scenario, TraceError};
use crate::tally::{Reason, Tally};
use crate::traces::Traces;

const METHOD: &str = "the model is found by another method (docs/decisions/0007-one-fit-for-a-tuning.md)";
const LOG: Reason = Reason::agreed(METHOD);

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "analysis", |scenario, tally| match scenario.name() {
        "summary" => summary(scenario, tally),
        _ => log(scenario, tally),
    })
}

fn summary(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    for row in scenario.rows() {
        let kiln = kiln(&row, ["gain_c_per_pct", "time_constant_s", "dead_time_s"])?;
        let share = share(&row, ["time_constant_s", "dead_time_s"])?;
        let poor = row.text("quality")? == "POOR";
        tally.row(row, |check| {
            gains(check, &kiln);
            check.exact("recommended", Rule::recommended(share, poor, Formulas::Reference).name());
        });
    }
    let model = ["name", "points", "phases", "heat_loss_h", "ambient_c", "gain_method"];
    tally.exclude_columns(scenario, &model, METHOD);
    tally.exclude_columns(scenario, &["gain_confidence", "heat_loss_method"], METHOD);
    Ok(())
}

/// A log: every row is read, and the whole gives a model or a refusal that fits it.
fn log(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let mut record = Record::new();
    for row in scenario.rows() {
        record.push(Sample {
            at: row.millis("elapsed_seconds")?,
            temperature: row.celsius("current_temp_c")?,
            duty: Duty::from_percent(row.get("ssr_output_percent")?),
        });
        tally.exclude(row, LOG);
    }
    tally.exclude_columns(scenario, &["timestamp", "target_temp_c", "state", "step_name", "step_index"], METHOD);
    tally.exclude_columns(scenario, &["total_steps", "measured_rate_c_per_hour"], METHOD);
    let wrong = match (scenario.name(), fit(&record)) {
        ("short", Err(NoFit::TooShort { .. })) | ("no_heating", Err(NoFit::NoExcitation { .. } | NoFit::NoAnswer)) => {
            None
        }
        ("short" | "no_heating", other) => Some(format!("{other:?}")),
        // Drawn by hand: stores of heat that no elements stand before, a gain that drops from plateau to plateau.
        ("plateau_gain_drop" | "plateaus_physical", Ok(_) | Err(NoFit::Strange { .. })) | (_, Ok(_)) => None,
        (_, Err(refused)) => Some(format!("{refused:?}")),
    };
    if let Some(wrong) = wrong {
        tally.mismatch(format!("{}: {wrong}", scenario.name()));
    }
    Ok(())
}
