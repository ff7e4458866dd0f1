//! The rate history.

use kiln_core::history::History;
use kiln_core::units::{Celsius, Millis};

use crate::table::{Row, Scenario, TraceError};
use crate::tally::Tally;
use crate::traces::Traces;

/// More than any trace keeps.
const ROOM: usize = 61;

/// The traces begin a little before 0; the history counts from 0, and only differences matter to it.
const BEFORE_S: f64 = 1000.0;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "rate_monitor", scenario)
}

fn scenario(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let capacity = usize::try_from(scenario.param_u64("capacity")?).unwrap_or(usize::MAX);
    if capacity > ROOM {
        return Err(TraceError::new(&"rate_monitor: capacity", &capacity));
    }
    let mut history = History::<ROOM>::keeping(capacity);
    for row in scenario.rows() {
        match row.text("op")? {
            "add" => {
                let (at, temperature) = sample(&row)?;
                history.add(at, temperature);
            }
            "clear" => history.clear(),
            other => return Err(TraceError::new(&"rate_monitor: op", other)),
        }
        // A window below 0 asks for the sample nearest to a moment still to come: the newest, as a window of 0 does.
        let window = Millis::from_seconds_f64(row.opt("window_s")?.unwrap_or(0.0_f64).max(0.0)).unwrap_or(Millis::ZERO);
        tally.row(row, |check| {
            check.exact("size", history.len());
            check.flag("is_full", history.is_full());
            check.float("rate_c_per_h", history.rate(window).get());
        });
    }
    Ok(())
}

fn sample(row: &Row<'_>) -> Result<(Millis, Celsius), TraceError> {
    let seconds: f64 = row.get("t_s")?;
    let at =
        Millis::from_seconds_f64(seconds + BEFORE_S).ok_or_else(|| TraceError::new(&"rate_monitor: t_s", &seconds))?;
    Ok((at, row.celsius("temp_c")?))
}
