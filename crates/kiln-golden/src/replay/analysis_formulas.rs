//! The tuning rules, with the reference's formulas: its nine gains, and the rule it would recommend.

use kiln_core::analysis::{Fopdt, Formulas, Rule};

use crate::table::{Check, Row, Scenario, TraceError};
use crate::tally::Tally;
use crate::traces::Traces;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "analysis_formulas", scenario)
}

fn scenario(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    for row in scenario.rows() {
        row.text("id")?;
        let share = share(&row, ["T_s", "L_s"])?;
        let kiln = kiln(&row, ["K", "T_s", "L_s"])?;
        tally.row(row, |check| {
            gains(check, &kiln);
            for (column, poor) in [("recommended_good", false), ("recommended_poor", true)] {
                check.exact(column, Rule::recommended(share, poor, Formulas::Reference).name());
            }
        });
    }
    Ok(())
}

/// The model in three columns: gain, time constant, dead time.
pub(super) fn kiln(row: &Row<'_>, [gain, tau, dead]: [&str; 3]) -> Result<Fopdt, TraceError> {
    Ok(Fopdt::forced(row.get(gain)?, row.get(tau)?, row.get(dead)?))
}

/// The dead time in time constants, of the figures as they stand in the columns; 0 where there is no time constant.
pub(super) fn share(row: &Row<'_>, [tau, dead]: [&str; 2]) -> Result<f64, TraceError> {
    let (tau, dead): (f64, f64) = (row.get(tau)?, row.get(dead)?);
    Ok(if tau > 0.0 { dead / tau } else { 0.0 })
}

/// Compares the nine gains.
pub(super) fn gains(check: &mut Check<'_>, kiln: &Fopdt) {
    for (name, rule) in [("zn", Rule::ZieglerNichols), ("cc", Rule::CohenCoon), ("amigo", Rule::Amigo)] {
        let gains = rule.gains(kiln, Formulas::Reference);
        check.float_opt(&format!("{name}_kp"), gains.map(|gains| gains.kp()));
        check.float_opt(&format!("{name}_ki"), gains.map(|gains| gains.ki()));
        check.float_opt(&format!("{name}_kd"), gains.map(|gains| gains.kd()));
    }
}
