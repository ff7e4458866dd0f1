//! The regulator as the loop drives it: gains that follow the temperature, then the PID turn.

use kiln_core::limits;
use kiln_core::regulate::{Ahead, Ask, GainSchedule, PidGains, PidSettings, Regulator, RegulatorSettings};
use kiln_core::units::{Celsius, Duty};

use crate::table::{Scenario, TraceError};
use crate::tally::Tally;
use crate::traces::Traces;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "gain_schedule", scenario)
}

fn scenario(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let settings = settings(scenario)?;
    let target = celsius(scenario, "setpoint")?;
    let mut regulator = Regulator::new(&settings);
    tally.exclude_columns(scenario, &["tick"], "the number of the row");
    for row in scenario.rows() {
        let (gains, integral) = (regulator.gains(), regulator.integral());
        let measured = row.celsius("temp_c")?;
        let ask = Ask {
            now: row.instant("now_s")?,
            target,
            measured,
            sample: Some(measured),
            applied: Duty::OFF,
            ahead: Ahead::LEVEL,
            window: limits::TICK,
        };
        let duty = regulator.update(&settings, &ask);
        tally.row(row, |check| {
            check.flag("set_gains_calls", regulator.gains() != gains);
            let gain = |of: fn(&PidGains) -> f64| regulator.gains().map_or(f64::NAN, |gains| of(&gains));
            check.float("kp", gain(PidGains::kp));
            check.float("ki", gain(PidGains::ki));
            check.float("kd", gain(PidGains::kd));
            check.float("integral_before", integral);
            check.float("integral_after", regulator.integral());
            check.float("pid_output", duty.percent());
        });
    }
    Ok(())
}

/// The settings the reference ran with.
fn settings(scenario: &Scenario) -> Result<RegulatorSettings, TraceError> {
    let number = |key| scenario.param_f64(key);
    let base = PidGains::new(number("kp_base")?, number("ki_base")?, number("kd_base")?);
    let schedule = GainSchedule::new(number("THERMAL_H")?, celsius(scenario, "THERMAL_T_AMBIENT")?);
    let both = base.zip(schedule).ok_or_else(|| TraceError::new(&"gain_schedule: settings", "refused"))?;
    Ok(RegulatorSettings::Pid(PidSettings { restore_between_runs: false, ..PidSettings::new(both.0, both.1) }))
}

fn celsius(scenario: &Scenario, key: &str) -> Result<Celsius, TraceError> {
    Celsius::new(scenario.param_f64(key)?).ok_or_else(|| TraceError::new(&key, "not finite"))
}
