//! The PID controller, call by call, with every term of its answer.

use kiln_core::regulate::{OutputLimits, Pid, PidGains, PidTerms};

use crate::table::{Check, Row, Scenario, TraceError};
use crate::tally::Tally;
use crate::traces::Traces;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "pid", scenario)
}

fn scenario(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let gain = |key| scenario.param_f64(key);
    let mut pid = Pid::new(gains(gain("kp")?, gain("ki")?, gain("kd")?)?);
    let limits = limits(scenario)?;
    for row in scenario.rows() {
        let terms = match row.text("op")? {
            "update" => Some(pid.update(&limits, row.get("setpoint")?, row.get("measured")?, row.instant("now_s")?)),
            "set_gains" => {
                pid.set_gains(changed(&pid.gains(), &row)?);
                None
            }
            "reset" => {
                pid.reset();
                None
            }
            other => return Err(TraceError::new(&"pid: op", other)),
        };
        tally.row(row, |check| compare(check, &pid, terms));
    }
    Ok(())
}

fn gains(kp: f64, ki: f64, kd: f64) -> Result<PidGains, TraceError> {
    PidGains::new(kp, ki, kd).ok_or_else(|| TraceError::new(&"pid: gains", "refused"))
}

/// The gains in force with those replaced that the row names.
fn changed(now: &PidGains, row: &Row<'_>) -> Result<PidGains, TraceError> {
    let or = |column: &str, now: f64| Ok::<f64, TraceError>(row.opt(column)?.unwrap_or(now));
    gains(or("kp_arg", now.kp())?, or("ki_arg", now.ki())?, or("kd_arg", now.kd())?)
}

fn limits(scenario: &Scenario) -> Result<OutputLimits, TraceError> {
    let pair = scenario.param("output_limits")?;
    let number = |at: usize| pair.get(at).and_then(serde_json::Value::as_f64).unwrap_or(f64::NAN);
    OutputLimits::new(number(0), number(1)).ok_or_else(|| TraceError::new(&"pid: limits", "refused"))
}

fn compare(check: &mut Check<'_>, pid: &Pid, terms: Option<PidTerms>) {
    check.float_opt("dt", terms.map(|t| t.dt));
    check.float_opt("error", terms.map(|t| t.error));
    check.float_opt("error_delta", terms.map(|t| t.delta));
    check.float_opt("p_term", terms.map(|t| t.p));
    check.float_opt("i_term", terms.map(|t| t.i));
    check.float_opt("d_term", terms.map(|t| t.d));
    check.float_opt("output_raw", terms.map(|t| t.raw));
    check.float_opt("output", terms.map(|t| t.output));
    check.exact_opt("frozen", terms.map(|t| u8::from(t.frozen)));
    check.float("integral", pid.integral());
    check.float("kp", pid.gains().kp());
    check.float("ki", pid.gains().ki());
    check.float("kd", pid.gains().kd());
}
