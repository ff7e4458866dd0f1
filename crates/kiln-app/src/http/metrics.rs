//! The state of the kiln as figures for Prometheus (text format 0.0.4).
//!
//! Names follow Prometheus' own rules: base units, a prefix of one word. A figure that is not known is left out, never
//! zero.

use core::fmt::{self, Write};
use kiln_wire::status::{StateWord, Status};

/// Every state, and its word.
const STATES: [(StateWord, &str); 5] = [
    (StateWord::Idle, "idle"),
    (StateWord::Running, "running"),
    (StateWord::Tuning, "tuning"),
    (StateWord::Complete, "complete"),
    (StateWord::Error, "error"),
];

/// Writes them.
///
/// # Errors
/// There is not enough room.
pub fn write(status: &Status, out: &mut dyn Write) -> fmt::Result {
    gauge(out, "temperature_celsius", "Temperature of the chamber.", status.temp_c)?;
    gauge(out, "temperature_age_seconds", "Age of that reading.", status.temp_age_s)?;
    gauge(out, "terminals_celsius", "Temperature of the thermocouple's terminals.", status.terminals_c)?;
    gauge(out, "target_celsius", "Temperature asked for.", status.target_c)?;
    gauge(out, "output_ratio", "Power asked for.", Some(status.output_percent / 100.0))?;
    gauge(out, "relays_on", "Heating relays energised, as seen at their pins.", Some(count(status.relays_on.len())))?;
    gauge(out, "contactor_held", "Whether the contactor is held closed.", Some(truth(status.contactor_held)))?;
    out.write_str("# HELP kiln_state What the kiln is doing.\n# TYPE kiln_state gauge\n")?;
    for (state, word) in STATES {
        writeln!(out, "kiln_state{{state=\"{word}\"}} {}", u8::from(status.state == state))?;
    }
    if let Some(run) = &status.run {
        gauge(out, "firing_elapsed_seconds", "Schedule clock of the firing.", Some(run.elapsed_s))?;
        gauge(out, "firing_remaining_seconds", "Nominal time left.", Some(run.remaining_s))?;
        gauge(out, "firing_progress_ratio", "How much is done.", Some(run.progress_percent / 100.0))?;
        gauge(out, "firing_step", "Running step, counted from 0.", Some(count(run.step.index)))?;
        gauge(out, "firing_waiting", "Whether the schedule clock stands.", Some(truth(run.waiting.is_some())))?;
        gauge(out, "firing_energy_joules", "Energy so far.", run.energy_kwh.map(|energy| energy * 3.6e6))?;
    }
    gauge(out, "fault_latched", "Whether a fault is latched.", Some(truth(status.fault.is_some())))?;
    gauge(out, "guards_speaking", "Guards that find something.", Some(count(status.guards.len())))?;
    gauge(out, "control_age_seconds", "Age of the control loop's newest word.", Some(status.control.age_s))?;
    gauge(out, "control_silent", "Whether that is too old.", Some(truth(status.control.silent)))?;
    gauge(out, "events_total", "Events since the start.", Some(f64::from(status.events_total)))?;
    gauge(out, "wifi_signal_dbm", "Strength of the signal.", status.network.signal_dbm.map(f64::from))
}

fn gauge(out: &mut dyn Write, name: &str, help: &str, value: Option<f64>) -> fmt::Result {
    let Some(value) = value.filter(|value| value.is_finite()) else { return Ok(()) };
    writeln!(out, "# HELP kiln_{name} {help}\n# TYPE kiln_{name} gauge\nkiln_{name} {value}")
}

const fn truth(is: bool) -> f64 {
    if is { 1.0 } else { 0.0 }
}

fn count(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
