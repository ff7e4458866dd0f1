//! The time-proportional window.

use kiln_core::units::{Duty, Instant, Millis};
use kiln_core::window::{Window, WindowSettings};
use serde_json::Value;

use crate::table::{Scenario, TraceError};
use crate::tally::Tally;
use crate::traces::Traces;

/// Replays the module.
pub fn replay(traces: &Traces) -> Tally {
    Tally::over(traces, "ssr", scenario)
}

fn scenario(scenario: &Scenario, tally: &mut Tally) -> Result<(), TraceError> {
    let mut window = Window::new(settings(scenario)?, Instant::from_millis(scenario.param_u64("start_ms")?));
    let blocking = "the reference's stagger blocks; ours does not";
    tally.exclude_columns(scenario, &["pins", "after_ms", "edges"], blocking);
    for row in scenario.rows() {
        let now = Instant::from_millis(row.get("now_ms")?);
        match row.text("op")? {
            "set_output" => window.set(Duty::from_percent(row.get("percent")?)),
            "update" => {
                window.update(now);
            }
            "force_off" => window.force_off(),
            other => return Err(TraceError::new(&"ssr: op", other)),
        }
        tally.row(row, |check| {
            check.exact("duty", format_args!("{:?}", window.requested().percent()));
            check.exact("duty_locked", format_args!("{:?}", window.locked().percent()));
            check.flag("is_on", window.is_on());
        });
    }
    Ok(())
}

fn settings(scenario: &Scenario) -> Result<WindowSettings, TraceError> {
    let refused = || TraceError::new(&"ssr: settings", "refused");
    // The reference cuts the cycle to whole milliseconds.
    let cycle_ms = (scenario.param_f64("cycle_time_s")? * 1000.0).trunc();
    let cycle = Millis::from_seconds_f64(cycle_ms / 1000.0).ok_or_else(refused)?;
    let stagger = Millis::from_seconds_f64(scenario.param_f64("stagger_delay_s")?).ok_or_else(refused)?;
    let relays = scenario.param("pins")?.as_array().map_or(0, Vec::<Value>::len);
    WindowSettings::new(cycle, relays, stagger).map_err(|_| refused())
}
